import pytest
from django.test import Client


@pytest.fixture
def other_client() -> Client:
    """Another browser."""
    return Client()
