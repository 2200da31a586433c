"""A database that is away, or a disk that is full, is no fault of the page: 503 in the look of the
site, with a way on.
"""

import errno
import os

import pytest
from django.db import OperationalError

from statements.models import Statement


@pytest.mark.django_db
def test_it_answers_503_and_when_to_come_back(client, monkeypatch, caplog):
    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(Statement.objects, "public", away)
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "We are back in a moment" in answer.text
    assert "The database cannot be reached" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_so_does_a_disk_that_is_full(client, monkeypatch, caplog, number):
    def full(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Statement.objects, "public", full)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "We are back in a moment" in answer.text
    assert "the disk is full" in caplog.text
