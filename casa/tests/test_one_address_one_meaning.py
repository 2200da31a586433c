"""An address means one mailbox, whoever reads it: the forms, the outbox, the mail server, the key,
and who compares it with the website of an organization.

By IDNA 2003, which Python's codec and Django's mail know, straße-x.de is strasse-x.de, and that is
somebody else's.
"""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from casa.accounts.models import User
from casa.accounts.testing import PASSWORD, make_staff, sign_in
from casa.lib.addresses.mailbox_keys import mailbox_key
from casa.mail.composing import compose, sender
from casa.mail.delivery import deliver_due
from casa.mail.models import OutgoingMail
from casa.mail.tests.conftest import smtp  # noqa: F401 - a fixture
from signatories.mailings import followers
from signatories.models import Follower, Organization, Signature
from signatories.signing import confirmation
from signatories.testing import form_data, own_url
from statements.models import PreviewLink
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

TYPED, ADDRESS = "Mallory@Straße-X.de", "Mallory@xn--strae-x-3va.de"
SHOWN = "Mallory@xn--strae-x-3va.de (Mallory@straße-x.de)"
HOST = "xn--strae-x-3va.de"


def post(client, edition, **fields):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    return client.post(url, form_data(**fields), follow=True)


@pytest.mark.medium
def test_a_signer_is_written_to_kept_and_shown_at_the_domain_that_was_typed(client, smtp):  # noqa: F811
    answer = post(client, make_edition(), email=TYPED)
    assert SHOWN in answer.text
    signature = Signature.objects.get()
    assert (signature.email, signature.email_key) == (ADDRESS, mailbox_key(f"mallory@{HOST}"))
    envelope = []
    smtp.answer = lambda recipient: envelope.append(recipient) or "250 OK"
    deliver_due()
    assert envelope == [ADDRESS]
    assert SHOWN in client.get(own_url(signature)).text
    client.force_login(make_user())
    for url in (
        reverse("admin:signatories_signature_changelist"),
        reverse("admin:signatories_signature_change", args=[signature.pk]),
        reverse("admin:mail_outgoingmail_changelist") + "?state=all",
    ):
        assert SHOWN in client.get(url).text, url


@pytest.mark.medium
def test_three_spellings_of_one_mailbox_sign_once(client):
    edition = make_edition()
    for email in (TYPED, ADDRESS, f" mailto:mallory@{HOST}. "):
        assert post(client, edition, email=email).status_code == 200
    assert Signature.objects.count() == 1
    assert post(client, edition, email="mallory@strasse-x.de").status_code == 200
    assert Signature.objects.count() == 2


@pytest.mark.medium
@pytest.mark.parametrize(
    ("website", "verified"),
    [("https://www.straße-x.de", HOST), ("https://www.strasse-x.de", "")],
)
def test_a_mailbox_verifies_the_domain_that_its_mail_goes_to_and_no_other(
    client, website, verified
):
    post(client, make_edition(), kind="organization", organization="River Trust", authorized="on",
         website=website, email=TYPED)  # fmt: skip
    signature = Signature.objects.get()
    confirmation.confirm(signature)
    organization = Organization.objects.get()
    assert organization.verified_domain == verified
    mailed_to = {mail.to.rpartition("@")[2] for mail in OutgoingMail.objects.all()}
    assert mailed_to == {HOST}
    host = verified or "strasse-x.de"
    assert organization.website == f"https://www.{host}"
    if verified:
        page = client.get(organization.get_absolute_url()).text
        assert f"Verified by the mail domain {HOST} (straße-x.de)" in page


@pytest.mark.medium
@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("root@localhost", "No mail reaches “localhost” from here."),
        ("x@[127.0.0.1]", "No mail reaches “[127.0.0.1]” from here."),
        ("x@example.nowhere", "No mail reaches “example.nowhere” from here."),
        ("x@co.uk", "No mail reaches “co.uk” from here."),
        (f"{'n' * 65}@example.org", "longer than the 64 letters"),
        ("x@☃.net", "There can be no domain “☃.net”."),
        ("nörа@example.org", "letters from a to z"),
    ],
)
def test_what_no_mail_reaches_is_refused_beside_the_field(client, email, words):
    answer = post(client, make_edition(), email=email)
    assert answer.status_code == 422
    assert words in answer.context["form"].errors["email"][0]
    assert f'value="{email}"' in answer.text  # what was typed is kept
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_a_follower_is_written_to_at_the_domain_that_was_typed(client):
    statement = make_edition().statement
    answer = client.post(
        reverse("signatories:follow", args=[statement.slug]), {"email": TYPED}, follow=True
    )
    assert SHOWN in answer.text
    follower = Follower.objects.get()
    assert (follower.email, follower.email_key) == (ADDRESS, mailbox_key(f"mallory@{HOST}"))
    assert OutgoingMail.objects.get().to == ADDRESS
    followers.follow(statement, f"mallory@{HOST}")
    assert Follower.objects.count() == 1


@pytest.mark.medium
def test_an_invitation_is_sent_to_the_domain_that_was_typed(client):
    client.force_login(make_user())
    statement = make_draft()
    url = reverse("admin:statements_statement_previews", args=[statement.pk])
    posted = {"name": "Lena", "email": TYPED, "send": "on"}
    posted |= {"expires_at_0": "2099-01-01", "expires_at_1": "00:00"}
    assert "at most" in client.post(url, posted).text  # and the address is kept
    offered = client.get(url).context["form"].initial["expires_at"].isoformat()
    posted |= {"expires_at_0": offered[:10], "expires_at_1": offered[11:16]}
    answer = client.post(url, posted, follow=True)
    assert PreviewLink.objects.get().email == ADDRESS
    assert OutgoingMail.objects.get().to == ADDRESS
    assert answer.text.count(SHOWN) == 2  # in the message, and in the list of links


@pytest.mark.medium
def test_staff_sign_in_by_either_spelling_and_cannot_have_two_accounts(client):
    client.force_login(make_user())
    data = {"email": TYPED, "name": "Mal"}
    add = reverse("admin:accounts_user_add")
    assert client.post(add, data).status_code == 302
    user = User.objects.get(name="Mal")
    assert user.email == ADDRESS
    user.set_password(PASSWORD)
    user.save()
    assert SHOWN in client.get(reverse("admin:accounts_user_changelist")).text
    for email in (f"mallory@{HOST}", "mallory@straße-x.de."):
        again = client.post(add, {**data, "email": email})
        assert "already an account" in again.text
    make_staff("mallory@strasse-x.de")  # is somebody else
    for email in (TYPED, ADDRESS, f"<mallory@{HOST}>"):
        own = Client()
        assert sign_in(own, email).status_code == 302
        assert own.get(reverse("admin:index")).context["user"].email == ADDRESS
    client.logout()
    client.post(reverse("admin:password_reset"), {"email": TYPED}, follow=True)
    assert OutgoingMail.objects.get().to == ADDRESS


@pytest.mark.medium
def test_failed_tries_to_sign_in_count_under_one_spelling(client, settings):
    make_staff(ADDRESS)
    settings.AXES_FAILURE_LIMIT = 3
    for email in (TYPED, ADDRESS, f"mallory@{HOST}."):
        answer = sign_in(Client(), email, "wrong")
    assert answer.status_code == 429


def test_commands_read_addresses_as_forms_do():
    call_command("createsuperuser", email=TYPED, name="Mal", interactive=False, stdout=StringIO())
    assert User.objects.get().email == ADDRESS
    call_command("reset_second_factor", TYPED, stdout=StringIO())
    call_command("send_test_mail", TYPED, wait=0, stdout=StringIO())
    assert OutgoingMail.objects.get().to == ADDRESS
    with pytest.raises(CommandError, match="No mail reaches"):
        call_command("send_test_mail", "root@localhost")


def test_a_row_that_holds_an_address_in_its_own_letters_is_mailed_there_too(smtp):  # noqa: F811
    """As stored before addresses were read into one form."""
    envelope = []
    smtp.answer = lambda recipient: envelope.append(recipient) or "250 OK"
    call_command("send_test_mail", "nora@example.org", wait=0, stdout=StringIO())
    OutgoingMail.objects.update(to="mallory@straße-x.de")
    assert compose(OutgoingMail.objects.get()).to == [f"mallory@{HOST}"]
    deliver_due()
    assert envelope == [f"mallory@{HOST}"]


def test_the_sender_is_at_the_domain_of_the_site(settings):
    settings.DEFAULT_FROM_EMAIL = "signatures@straße-x.de"
    assert sender() == f"Civic Coalition <signatures@{HOST}>"
