"""Every kind of mail can be looked at by staff, with invented data, as it would be sent."""

import calendar
import re

import pytest
from babel import Locale
from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags

from casa.accounts.testing import make_staff
from casa.lib import languages
from casa.mail import composing, kinds
from casa.mail.models import OutgoingMail
from casa.mail.samples import language_name
from casa.tests.test_translations import english_in
from signatories.core import mail_samples
from signatories.models import Signature
from statements.testing import make_user
from tools import messages

pytestmark = pytest.mark.page

TO_STAFF = ("casa.", "accounts.", "mail.")


def english_months(text, language):
    """Those that stand beside a number, and are called otherwise in the language."""
    own = Locale.parse(language).months["format"]["wide"].values()
    months = "|".join({*calendar.month_name[1:]}.difference(own)) or "^$"
    return re.findall(rf"\b(?:{months}) \d|\d\.? (?:{months})\b", text)


KINDS = sorted(kinds.every())
OFFERED = [code for code, _name in settings.LANGUAGES]
LANGUAGES = sorted({*OFFERED, *messages.languages()})
"""Every one that the interface is translated into, whether the site offers it or not."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_sample_and_says_when_it_is_sent(kind):
    assert kinds.get(kind).sample, (
        "Give `sample=` to kinds.register; signatories.core.mail_samples helps."
    )
    assert kinds.get(kind).when, "Give `when=` to kinds.register: a sentence for staff."


@pytest.mark.medium
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_is_what_a_mail_should_be(kind, language, monkeypatch, settings):
    # Not marked django_db: a sample that asks the database fails here.
    settings.LANGUAGES = [(code, code) for code in ("en", *LANGUAGES)]
    settings.SITE_POSTAL_ADDRESS = "1 Quay Street, Aldermouth"
    make = mail_samples.edition

    def with_long_title(**fields):
        edition = make(**fields)
        edition.title = "W" * 80
        return edition

    monkeypatch.setattr(mail_samples, "edition", with_long_title)
    email = composing.sample(kind, language)
    html = email.alternatives[0].content
    assert 0 < len(email.subject) < 60
    assert "W" * 20 not in email.subject
    for part in (email.body, html):
        assert "1 Quay Street, Aldermouth" in part  # the foot
        assert len(re.findall(r"\n--\n|<hr", part)) == 1
    way = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
    assert f'<html lang="{language}" dir="{way}">' in html
    if language not in languages.FOR_VISITORS or not kind.startswith(TO_STAFF):
        assert english_in({*email.body.splitlines(), email.subject}, language) == set()
    assert not english_months(email.body, language)
    assert "<img" not in html
    # Text and HTML lead to the same places.
    addresses = r"https?://[^\s\"<>]+"
    assert set(re.findall(addresses, email.body)) == set(re.findall(addresses, html))
    # The reason stands first.
    reason = email.body.split("\n\n")[0]
    assert " ".join(reason.split()) in " ".join(strip_tags(html).replace("&quot;", '"').split())


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_to_any_mail_reaches_the_office(kind, settings):
    settings.SITE_NAME, settings.SITE_CONTACT_EMAIL = "Rivers, and more", "office@bücher.example"
    settings.DEFAULT_FROM_EMAIL = "no-reply@mailer.example.org"
    email = composing.sample(kind, OFFERED[0])
    assert email.message()["Reply-To"] == '"Rivers, and more" <office@xn--bcher-kva.example>'


def page(**query):
    return reverse("admin:mail_outgoingmail_samples", query=query)


@pytest.mark.medium
@pytest.mark.django_db
def test_staff_look_at_a_mail_in_each_language(client):
    client.force_login(make_user())
    answer = client.get(page(kind="signatories.update"))
    assert "News of a statement" in answer.text
    assert answer.text.count("<iframe") == 2 * len(OFFERED)
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert not OutgoingMail.objects.exists()
    assert not Signature.objects.exists()


@pytest.mark.django_db
def test_a_mail_in_its_frame_can_run_and_load_nothing(client):
    client.force_login(make_user())
    answer = client.get(
        reverse("admin:mail_outgoingmail_sample_html", args=["signatories.confirm", "az"])
    )
    policy = answer["Content-Security-Policy"]
    assert "style-src 'unsafe-inline';" in f"{policy};"  # browsers heed it where it stands alone
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert 'lang="az"' in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("args", [["nothing", "en"], ["mail.test", "xx"]])
def test_what_is_not_there_is_not_found(client, args):
    client.force_login(make_user())
    url = reverse("admin:mail_outgoingmail_sample_html", args=args)
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_who_may_not_see_the_outbox_sees_no_samples(client):
    client.force_login(make_staff())
    assert client.get(page()).status_code == 403


@pytest.mark.medium
@pytest.mark.django_db
def test_a_kind_without_a_sample_is_listed_and_not_shown(client, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register("tests.bare", lambda mail: None, label="Bare")
    client.force_login(make_user())
    answer = client.get(page(kind="tests.bare"))
    assert "Bare" in answer.text
    assert "<iframe" not in answer.text
    url = reverse("admin:mail_outgoingmail_sample_html", args=["tests.bare", "en"])
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_who_may_not_see_the_outbox_sees_no_html_of_a_mail(client):
    client.force_login(make_staff())
    url = reverse("admin:mail_outgoingmail_sample_html", args=["signatories.confirm", "en"])
    assert client.get(url).status_code == 403


def test_a_language_that_django_does_not_know_is_named_by_its_code():
    assert language_name("az") == "Azərbaycanca"
    assert language_name("tlh") == "tlh"
