"""Whatever file is given to the import desk: a sentence, and nothing under the statement."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casa.lib.documents.tests.hostile import FILES
from signatories.leads import reading
from signatories.models import ImportBatch, ImportLine, Signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]


def url(screen, *args):
    return reverse(f"admin:signatories_importbatch_{screen}", args=args)


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


def give(office, name, data):
    statement = make_edition().statement
    given = {"statement": statement.pk, "place": "ordinary", "consent": "mail"}
    return office.post(url("new"), {**given, "file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_upload_changes_nothing(office, name):
    make, said = FILES[name]
    answer = give(office, name, make())
    if answer.status_code == 302:  # it is long, so the worker reads it
        batch = ImportBatch.objects.get()
        reading.read(batch)
        page = office.get(url("review", batch.pk))
        assert page.status_code == 200
        assert said in page.text
    else:
        assert answer.status_code == 422
        assert said in answer.text
        assert not ImportBatch.objects.exists()
    assert not ImportLine.objects.exists()
    assert not Signature.objects.exists()


def test_a_file_of_more_than_ten_megabytes_is_not_even_stored(office):
    answer = give(office, "names.csv", bytes(11 << 20))
    assert answer.status_code == 422
    assert "at most 10 MB" in answer.text
    assert not ImportBatch.objects.exists()
