"""A signer is welcomed once, and thanked when all is over."""

import pytest
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import states
from signatories.mailings import updates
from signatories.models import UpdateMailing
from signatories.signing import confirmation
from signatories.testing import begin_mailing, make_mailing, make_signature
from statements import lifecycle
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


def welcomes():
    return OutgoingMail.objects.filter(kind="signatories.welcome")


def test_who_confirms_is_welcomed_once():
    signature = make_signature(make_edition(), state="pending")
    for _ in range(2):
        confirmation.confirm(signature)
    message = compose(welcomes().get())
    assert message.subject == "Thank you for signing"
    assert "You did not ask for news" in message.body


def test_a_welcome_is_not_sent_to_who_withdrew_meanwhile():
    signature = make_signature(make_edition(), state="pending")
    confirmation.confirm(signature)
    signature.refresh_from_db()
    states.withdraw(signature)
    assert compose(welcomes().get()) is None


def test_the_welcome_can_be_switched_off(settings):
    settings.WELCOME_MAIL = False
    confirmation.confirm(make_signature(make_edition(), state="pending"))
    assert not welcomes().exists()


def test_thanks_wait_until_signing_is_closed():
    edition = make_edition()
    make_signature(edition, wants_updates=True)
    make_signature(edition)
    mailing = make_mailing(edition.statement, by=make_staff(), kind="thanks")
    with pytest.raises(updates.MailingError, match="still open"):
        begin_mailing(mailing)
    lifecycle.close(edition.statement, by=None)
    mailing.refresh_from_db()
    assert begin_mailing(mailing)
    assert updates.send_updates() == 1
    assert OutgoingMail.objects.get().kind == "signatories.thanks"


@pytest.mark.slow
def test_a_text_is_prepared_in_each_language(client):
    edition = make_edition()
    client.force_login(make_user())
    url = reverse("admin:signatories_updatemailing_add")
    text = client.get(f"{url}?statement={edition.statement.pk}&kind=thanks").text
    assert 'value="Thank you for signing, and what happened"' in text
    assert '<option value="thanks" selected>' in text
    change = reverse("admin:statements_statement_part", args=[edition.statement.pk, "after"])
    assert "Thank the signers" not in client.get(change).text
    lifecycle.close(edition.statement, by=None)
    assert "Thank the signers" in client.get(change).text


@pytest.mark.medium
def test_prepared_words_are_stored_untouched_and_not_sent_with_a_gap(client):
    edition = make_edition()
    make_signature(edition, wants_updates=True)
    lifecycle.close(edition.statement, by=None)
    client.force_login(make_user())
    url = f"{reverse('admin:signatories_updatemailing_add')}?statement={edition.statement.pk}"
    page = client.get(f"{url}&kind=thanks")
    (words,) = [one.formset for one in page.context["inline_admin_formsets"]]
    data = {"statement": edition.statement.pk, "kind": "thanks", "_save": "1",
            "words-TOTAL_FORMS": 2, "words-INITIAL_FORMS": 0}  # fmt: skip
    for number, form in enumerate(words.forms[:2]):
        data |= {f"words-{number}-{name}": value for name, value in form.initial.items()}
    client.post(f"{url}&kind=thanks", data)
    mailing = UpdateMailing.objects.get()
    assert [one.language for one in mailing.words.all()] == ["en", "az"]
    with pytest.raises(updates.MailingError, match="square brackets"):
        begin_mailing(mailing)
    for one in mailing.words.all():
        one.body = "<p>Handed over.</p>"
        one.save()
    assert updates.begin(UpdateMailing.objects.get(), by=mailing.created_by)
