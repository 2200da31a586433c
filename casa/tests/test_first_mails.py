"""Mails that may reach anybody hold nothing of a stranger's but a name, which leads nowhere.

The kinds come from the registry of mails, the fields from what a supporter submits, so a new one
of either is looked at too.
"""

import dataclasses
import re
import unicodedata
from datetime import timedelta
from itertools import count

import pytest
from django.db.models import Model
from django.utils import timezone
from django.utils.html import strip_tags

from casa.accounts.models import User
from casa.accounts.testing import make_staff
from casa.mail import kinds
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import tally
from signatories.mailings import addressees, followers, owner_asks, reminders
from signatories.models import AddresseeMailing, Invitation, Organization, Signature
from signatories.rounds import sending as rounds
from signatories.self_service import private_links
from signatories.signing import submission
from signatories.signing.forms import SignForm
from signatories.signing.submission import Submission
from signatories.testing import form_data, make_invitation, make_round, make_signature
from statements import addressee_answers, previews
from statements.models import Ask, Edition, Target
from statements.testing import make_delivery, make_draft, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

_numbers = count()
# Each with a word that is nowhere else, by which it is found again however it is written.
HOSTILE = [
    "YOU WON zqxwin.com/prize", "t.me/zqxwin", "ｚｑｘｗｉｎ．ｌｙ", "zqxwin。ly", "zqxwin․ly",
    "𝐳𝐪𝐱𝐰𝐢𝐧.𝐥𝐲", "zqxwin.рф", "z\u200bqxwin.ly", "zq\u0332xwin.ly", "xn--zqxwin-qla.de",
    "zqxwin (dot) ly", "zqxwin [.] ly", "zqxwin .ly", "zqxwin dot com", "https://zqxwin",
    "hxxp://zqxwin", "www.zqxwin", "zqxwin@example", "zqxwin＠example", "zqxwin (at) example",
    "@zqxwin", "tel:zqxwin", "zqxwin +49 900 4711", "zqxwin ٠٩٠٠٤٧", "zqxwin ①②③④⑤",
    "10.20.30.4 zqxwin",
]  # fmt: skip


def new_mailbox():
    """One that has had no mail yet."""
    return f"nora{next(_numbers)}@example.org"


def signed(**typed):
    edition = typed.pop("edition", None) or make_edition()
    least = {"kind": "person", "name": "Nora", "email": new_mailbox(), "consent": "I agree."}
    submission.sign(edition, Submission(**{**least, **typed}))
    return Signature.objects.latest("pk")


def confirm_case(**typed):
    signed(**typed)


def reminder_case(**typed):
    one = signed(**typed)
    queue(reminders.KIND, to=one.email, language="en", params={"signature": one.pk})


def already_signed_case(**typed):
    """Two share the mailbox, and a third one signs."""
    typed |= {"edition": make_edition(shared_mailboxes=True), "email": new_mailbox()}
    for name in (typed.pop("name", "Nora"), "Ida", "Nils"):
        signed(**{**typed, "name": name})


def has_signed_case(**typed):
    one = signed(**typed)
    if one.organization:
        other = {"edition": one.edition, "organization": one.organization}
        make_signature(**other)
    queue("signatories.confirm", to=one.email, language="en", params={"signature": one.pk})


def private_links_case(**typed):
    private_links.request(signed(**typed).email)


def follow_confirm_case(**typed):
    edition = typed.get("edition") or make_edition()
    followers.follow(edition.statement, new_mailbox())


def ask_owner_case(**typed):
    one = signed(**typed)
    Signature.objects.filter(pk=one.pk).update(
        state="confirmed", confirmed_at=timezone.now(), consent_source="partner"
    )
    queue(owner_asks.KIND, to=one.email, language="en", params={"signature": one.pk})


def preview_case(**typed):
    link, _path = previews.give(
        make_draft(),
        name=typed.get("name", "Nora"),
        email=new_mailbox(),
        may_sign=True,
        expires_at=timezone.now() + timedelta(days=1),
        by=User.objects.first() or make_staff(),
    )
    previews.send(link)


def addressee_case(**typed):
    one = signed(**typed)
    Signature.objects.filter(pk=one.pk).update(state="confirmed", confirmed_at=timezone.now())
    target = one.statement.targets.create(name="The council", email=new_mailbox())
    addressees.switch_on(target, every=None, by=User.objects.first() or make_staff())
    week_ago = timezone.now() - timedelta(days=8)
    AddresseeMailing.objects.filter(target=target).update(last_at=week_ago)
    tally.adjust(one.statement_id, "person", 1)
    addressees.tell()


def answer_link_case(**typed):
    delivery = make_delivery(make_edition().statement)
    Target.objects.filter(pk=delivery.target_id).update(email=new_mailbox())
    delivery.refresh_from_db()
    by = User.objects.first() or make_staff()
    addressee_answers.send(addressee_answers.give(delivery, by=by))


def ask_case(due="ask", **typed):
    asking = make_round(by=User.objects.first() or make_staff())
    one = make_invitation(
        asking, typed.get("name", "Nora"), email=new_mailbox(), kind=typed.get("kind", "person"),
        organization=typed.get("organization", "River Trust"), role=typed.get("role", ""),
    )  # fmt: skip
    if due == "remind":
        Invitation.objects.filter(pk=one.pk).update(sent_at=timezone.now() - timedelta(days=3))
    assert rounds.begin(asking, due, by=asking.created_by)
    rounds.send_due()


def ask_reminder_case(**typed):
    ask_case(due="remind", **typed)


CASES = {
    "signatories.confirm": confirm_case,
    "signatories.reminder": reminder_case,
    "signatories.already_signed": already_signed_case,
    "signatories.organization_has_signed": has_signed_case,
    "signatories.private_links": private_links_case,
    "signatories.follow_confirm": follow_confirm_case,
    "signatories.ask_owner": ask_owner_case,
    "signatories.addressee": addressee_case,
    "statements.answer_link": answer_link_case,
    "statements.preview": preview_case,
    "signatories.ask": ask_case,
    "signatories.ask_reminder": ask_reminder_case,
}
TYPED = [
    field.name
    for field in dataclasses.fields(Submission)
    if field.type == "str" or field.type is str
]
FIXED = {"kind", "organization_kind", "email"}  # chosen from lists, and where the mail goes


def first_kinds():
    return {name for name, kind in kinds.every().items() if kind.is_first}


def words_of(message):
    """All that a reader of a mail sees, text and HTML, in one string."""
    html = message.alternatives[0].content
    return "\n".join([message.subject, message.body, html, strip_tags(html)])


def squeezed(text):
    """Letters and digits alone, in their plainest form."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    digits = "".join(str(unicodedata.decimal(char, char)) for char in plain)
    return "".join(char for char in digits if char.isalnum())


def mails():
    """Every queued mail as it would leave."""
    return [message for mail in OutgoingMail.objects.all() if (message := compose(mail))]


def width(name):
    """How much of a field is kept."""
    if name == "organization":
        return Organization._meta.get_field("name").max_length
    if name == "website":
        name = "claimed_website"
    known = {field.name: field for field in Signature._meta.get_fields()}
    return getattr(known.get(name), "max_length", None) or 100


def test_every_first_mail_has_a_case():
    assert first_kinds() == set(CASES), "Give the kind a case in CASES, or say is_first=False"


@pytest.mark.slow
@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("signs_as", ["person", "organization"])
def test_nothing_that_a_stranger_typed_leads_anywhere(kind, signs_as):
    """Every field at once holds it. The rows are made without the form, which refuses most."""
    found, edition = [], make_edition(shared_mailboxes=True)
    for value in HOSTILE:
        OutgoingMail.objects.all().delete()
        Signature.objects.all().delete()
        Organization.objects.all().delete()
        fields = [name for name in TYPED if name not in FIXED and len(value) <= width(name)]
        CASES[kind](kind=signs_as, edition=edition, **dict.fromkeys(fields, value))
        messages = mails()
        assert messages
        found += [value for one in messages if "zqxwin" in squeezed(words_of(one))]
    assert found == []


@pytest.mark.medium
@pytest.mark.parametrize("kind", CASES)
def test_a_first_mail_is_written_without_rows(kind):
    """Its template is given words, so that nobody shows one more column of a row by and by."""
    CASES[kind]()
    for mail in OutgoingMail.objects.filter(kind=kind):
        message = kinds.get(kind).build(mail)
        rows = [one for one in message.context.values() if isinstance(one, Model)]
        assert [type(one) for one in rows] in ([], [Edition])


def test_the_name_is_shown_and_nothing_else_that_was_typed():
    signed(name="St.John Lind", city="Aldermouth", role="Teacher", comment="Good morning")
    (message,) = mails()
    words = words_of(message)
    assert "St. John Lind" in words
    assert not re.search("Aldermouth|Teacher|Good morning", words)


def test_an_organization_that_is_called_as_a_website_is_not_named():
    signed(kind="organization", organization="Change.org")
    (message,) = mails()
    assert "Change" not in words_of(message)
    assert Signature.objects.get().displayed_name == "Change.org"


@pytest.mark.slow
@pytest.mark.parametrize("signs_as", ["person", "organization"])
def test_what_the_form_takes_leads_nowhere_either(signs_as):
    """Each field alone is taken by the form or refused; all that is taken is then submitted."""
    edition = make_edition(**dict.fromkeys(ask_fields(), Ask.OPTIONAL))
    required = {"organization": "River Trust", "authorized": "on"} if signs_as != "person" else {}
    taken = []
    fields = SignForm(edition).fields
    for value in HOSTILE:
        data = form_data(kind=signs_as, **required)
        fine = [name for name in fields if SignForm(edition, {**data, name: value}).is_valid()]
        taken += [(name, value) for name in fine]
        form = SignForm(edition, {**data, **dict.fromkeys(fine, value), "email": new_mailbox()})
        assert form.is_valid()
        submission.sign(edition, form.submission())
    assert {field for field, _value in taken} >= {"comment"}
    assert {value for field, value in taken if field == "name"} == set()
    assert not [value for field, value in taken if field == "city" and "." in value]
    found = [words_of(one) for one in mails() if "zqxwin" in squeezed(words_of(one))]
    assert found == []


def ask_fields():
    fields = make_edition().statement._meta.concrete_fields
    return [field.name for field in fields if field.name.startswith("ask_")]
