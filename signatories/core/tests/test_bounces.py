"""A mail that failed is noted on its signature; one at an address that does not exist is closed."""

from base64 import b64encode

import pytest
from django.urls import reverse

from casa.mail import bounces, kinds
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.mailings import updates
from signatories.models import Signature
from signatories.signing import confirmation
from signatories.testing import form_data, make_signature, press_confirm
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casa.mail.tests.urls")]

EMAIL = "nora@example.org"
SECRET = "casa:a-secret-of-the-tests"


def mail_to(signature, kind="signatories.confirm", to=EMAIL):
    mail = queue(kind, to=to, language="en", params={"signature": signature.pk})
    OutgoingMail.objects.filter(pk=mail.pk).update(provider_id=f"number-{mail.pk}")
    mail.refresh_from_db()
    return mail


def report(client, settings, mail, kind="HardBounce", secret=SECRET):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    event = {
        "RecordType": "Bounce", "Type": kind, "MessageID": mail.provider_id, "Email": mail.to,
        "ID": 42, "BouncedAt": "2026-11-24T16:33:54.9070259Z",
        "Details": f"550 5.1.1 <{mail.to}>: unknown user",
    }  # fmt: skip
    return client.post(
        "/anymail/postmark/tracking/", event, content_type="application/json",
        headers={"Authorization": f"Basic {b64encode(secret.encode()).decode()}"},
    )  # fmt: skip


def last_reason(signature):
    return signature.events.last().reason


@pytest.mark.medium
def test_every_kind_of_mail_to_a_signer_tells_its_signature_of_trouble():
    untold = {
        name
        for name, kind in kinds.every().items()
        if not kind.on_trouble and kind.sample and "manage_url" in kind.sample().context
    }
    untold.discard(updates.TRIAL)  # staff get it, for an invented signer
    assert untold == set(), "Give `on_trouble=bounces.record_bounce` to kinds.register"


@pytest.mark.medium
def test_what_waits_at_an_address_that_does_not_exist_is_closed(client, settings):
    signature = make_signature(make_edition(), email=EMAIL, state="pending")
    assert report(client, settings, mail_to(signature)).status_code == 200
    signature.refresh_from_db()
    assert (signature.state, signature.mail_trouble) == ("withdrawn", "hard")
    assert signature.mail_trouble_at
    assert last_reason(signature) == "address does not exist"
    assert press_confirm(client, signature).status_code == 410


@pytest.mark.medium
def test_the_person_may_sign_again(client, settings):
    edition = make_edition()
    signature = make_signature(edition, email=EMAIL, state="pending")
    report(client, settings, mail_to(signature))
    client.post(reverse("signatories:sign", args=[edition.statement.slug]), form_data())
    assert sorted(Signature.objects.values_list("state", flat=True)) == ["pending", "withdrawn"]


@pytest.mark.medium
def test_without_the_secret_nobody_closes_anything(client, settings):
    signature = make_signature(make_edition(), email=EMAIL, state="pending")
    assert report(client, settings, mail_to(signature), secret="casa:guessed").status_code == 400
    signature.refresh_from_db()
    assert (signature.state, signature.mail_trouble) == ("pending", "")


@pytest.mark.parametrize("state", ["confirmed", "hidden", "invalidated"])
def test_whatever_else_stays_and_says_so(client, settings, state):
    signature = make_signature(make_edition(), email=EMAIL, state=state)
    report(client, settings, mail_to(signature, "signatories.already_signed"))
    signature.refresh_from_db()
    assert (signature.state, signature.mail_trouble) == (state, "hard")
    assert last_reason(signature) == "address does not exist"


def test_soft_trouble_closes_nothing_and_passes():
    signature = make_signature(make_edition(), email=EMAIL, state="pending")
    mail = mail_to(signature)
    bounces.record(mail, bounces.Trouble.SOFT)
    signature.refresh_from_db()
    assert (signature.state, signature.mail_trouble) == ("pending", "soft")
    bounces.record(mail, None)
    signature.refresh_from_db()
    assert (signature.mail_trouble, signature.mail_trouble_at) == ("", None)
    assert last_reason(signature) == "mail arrived after all"


@pytest.mark.medium
def test_a_complaint_ends_updates_for_good(client, settings):
    signature = make_signature(make_edition(), email=EMAIL, wants_updates=True)
    report(client, settings, mail_to(signature), "SpamComplaint")
    report(client, settings, mail_to(signature), "HardBounce")
    signature.refresh_from_db()
    assert (signature.state, signature.wants_updates) == ("confirmed", False)
    assert signature.mail_trouble == "complaint"


def test_of_an_address_spelled_another_way_it_says_nothing():
    """Else anybody could close a signature by posting its mailbox with a tag it does not take."""
    signature = make_signature(make_edition(), email=EMAIL, state="pending")
    bounces.record(mail_to(signature, to="nora+bogus@example.org"), bounces.Trouble.HARD)
    signature.refresh_from_db()
    assert (signature.state, signature.mail_trouble) == ("pending", "")


def test_nor_of_an_erased_signature_or_one_with_another_address_by_now():
    signature = make_signature(make_edition(), email=EMAIL, state="pending")
    mail = mail_to(signature)
    Signature.objects.update(email="other@example.org", email_key="other@example.org")
    assert bounces.record(mail, bounces.Trouble.HARD)
    signature.refresh_from_db()
    assert signature.mail_trouble == ""
    later = mail_to(signature)
    Signature.objects.all().delete()
    assert bounces.record(later, bounces.Trouble.HARD)


def test_confirmed_just_before_it_is_not_closed():
    signature = make_signature(make_edition(), email=EMAIL, state="pending")
    mail = mail_to(signature)
    confirmation.confirm(signature)
    bounces.record(mail, bounces.Trouble.HARD)
    signature.refresh_from_db()
    assert (signature.state, signature.mail_trouble) == ("confirmed", "hard")


@pytest.mark.medium
@pytest.mark.parametrize(("chosen", "shown"), [("any", 2), ("hard", 1), ("soft", 1), ("", 3)])
def test_staff_find_them_in_the_list(client, chosen, shown):
    edition = make_edition()
    for trouble in ("hard", "soft", ""):
        make_signature(edition, mail_trouble=trouble)
    client.force_login(make_user())
    url = reverse("admin:signatories_signature_changelist")
    answer = client.get(url, {"trouble": chosen} if chosen else {})
    assert answer.context["cl"].result_count == shown


@pytest.mark.medium
def test_staff_see_it_on_the_signature_with_its_history(client):
    signature = make_signature(make_edition(), email=EMAIL)
    bounces.record(mail_to(signature), bounces.Trouble.HARD)
    client.force_login(make_user())
    page = client.get(reverse("admin:signatories_signature_change", args=[signature.pk]))
    assert "The address does not exist" in page.text
    assert "address does not exist" in page.text
