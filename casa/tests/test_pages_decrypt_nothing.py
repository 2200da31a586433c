"""Public pages neither encrypt, decrypt nor hash anything: encryption makes none of them slower."""

import pytest
from django.urls import reverse

from casa.lib import data_keys
from signatories.models import Signature
from signatories.testing import make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

WAYS = ("seal", "unseal", "seal_text", "unseal_text", "keyed_hash")


@pytest.fixture
def done(monkeypatch):
    """What was encrypted, decrypted or hashed, by the name of the function."""
    found = []

    def noted(name, function):
        def call(*args, **kwargs):
            found.append(name)
            return function(*args, **kwargs)

        return call

    for name in WAYS:
        monkeypatch.setattr(data_keys, name, noted(name, getattr(data_keys, name)))
    return found


def test_a_page_made_anew_among_signatures_with_contact_data_decrypts_nothing(client, done):
    edition = make_edition()
    for number in range(3):
        make_signature(
            edition, f"Nora {number}", email=f"n{number}@example.org", comment="Yes",
            postal_code="12345", lead_position=number or None,
        )  # fmt: skip
    assert {"seal_text", "keyed_hash"} <= set(done)
    done.clear()
    slug = edition.statement.slug
    for name in ("signatories:list", "signatories:sign", "signatories:embed", "signatories:csv",
                 "statements:detail"):  # fmt: skip
        answer = client.get(reverse(name, args=[slug]))
        assert b"".join(answer) if answer.streaming else answer.content
    assert done == []
    assert Signature.objects.filter(statement=edition.statement)[0].comment == "Yes"
    assert "unseal_text" in done
