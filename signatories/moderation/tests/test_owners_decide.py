"""What the owner of a signature sets is not overwritten by staff who had it open before."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from casa.lib.concurrent_edits.testing import posted_back
from signatories.models import Signature
from signatories.self_service import editing, privacy
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    client.force_login(make_user(name="Mo Moderator"))
    return client


@pytest.fixture
def signature():
    return make_signature(make_edition(may_withhold=True), "Nora Lind", affiliation="Readers")


def save(client, signature, data):
    answer = client.post(reverse("admin:signatories_signature_change", args=[signature.pk]), data)
    return answer, " ".join(str(one) for one in get_messages(answer.wsgi_request))


@pytest.mark.medium
def test_a_withheld_name_stays_withheld_and_staff_are_told(moderator, signature):
    opened = posted_back(signature, city="Ganja")
    editing.withhold(signature)
    answer, told = save(moderator, signature, opened)
    assert answer.status_code == 302
    assert "Its signer had the name withheld on" in told
    row = Signature.objects.get()
    assert (row.name_withheld, row.city) == (True, "Ganja")


@pytest.mark.medium
def test_a_name_that_is_shown_again_is_not_withheld_again(moderator, signature):
    editing.withhold(signature)
    opened = posted_back(signature, city="Ganja")
    editing.show(signature)
    save(moderator, signature, opened)
    assert Signature.objects.get().name_withheld is False


@pytest.mark.medium
@pytest.mark.parametrize("name", ["name", "affiliation"])
def test_what_the_owner_corrected_stays_over_what_staff_typed(moderator, signature, name):
    opened = posted_back(signature, **{name: "Of the office", "city": "Ganja"})
    editing.correct(signature, {name: "Of the owner"})
    answer, told = save(moderator, signature, opened)
    assert answer.status_code == 302
    assert "was set by its owner after you opened it, and stays. You had: Of the office" in told
    row = Signature.objects.get()
    assert (getattr(row, name), row.city) == ("Of the owner", "Ganja")
    assert "Of the office" not in row.events.last().reason


@pytest.mark.medium
def test_staff_who_look_at_it_again_may_correct_it(moderator, signature):
    editing.correct(signature, {"name": "Of the owner"})
    save(moderator, signature, posted_back(signature, name="Of the office"))
    assert Signature.objects.get().name == "Of the office"


@pytest.mark.medium
def test_staff_are_told_of_it_where_something_else_is_wrong(moderator, signature):
    opened = posted_back(signature, name="  ")
    editing.withhold(signature)
    answer, told = save(moderator, signature, opened)
    assert answer.status_code == 200
    assert "had the name withheld" in told
    assert answer.context["adminform"].form["name_withheld"].value()


@pytest.mark.medium
def test_two_windows_of_the_office_are_asked(moderator, signature):
    opened = posted_back(signature, name="Nora A. Lind")
    theirs = posted_back(signature, name="Nora B. Lind")
    save(moderator, signature, theirs)
    answer, told = save(moderator, signature, opened)
    assert answer.status_code == 200
    assert "You changed this in another window on" in answer.text
    assert "owner" not in told
    assert Signature.objects.get().name == "Nora B. Lind"


@pytest.mark.medium
def test_a_withdrawn_signature_stays_withdrawn_and_staff_are_told(moderator, signature):
    opened = posted_back(signature, city="Ganja")
    editing.withdraw(signature, shown=False)
    _answer, told = save(moderator, signature, opened)
    assert "Its signer withdrew it on" in told
    assert Signature.objects.get().state == "withdrawn"


@pytest.mark.medium
def test_an_erased_signature_does_not_come_back_and_what_was_typed_is_shown(moderator, signature):
    opened = posted_back(signature, name="Nora B. Lind")
    privacy.erase(signature)
    answer, _told = save(moderator, signature, opened)
    assert answer.status_code == 409
    assert "deleted or erased" in answer.text
    assert "Nora B. Lind" in answer.text
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_erased_details_of_whoever_signed_for_an_organization_stay_erased(moderator):
    trust = make_organization()
    signature = make_signature(make_edition(), organization=trust, role="Chair")
    opened = posted_back(signature, honorific="Dr", role="President")
    privacy.erase_representative(signature)
    answer, _told = save(moderator, signature, opened)
    assert answer.status_code == 409
    row = Signature.objects.get()
    assert (row.honorific, row.role) == ("", "")
    assert not row.events.filter(reason__contains="President").exists()
