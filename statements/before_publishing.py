"""What is missing in a statement, or odd, before it is published: one list, made of checks.

A finding that blocks is one for which `lifecycle.publish` refuses; all others are advice. An app
that knows more registers a check of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib.dead_links import Outcome
from casa.lib.html.links import sentences
from casa.lib.html.sanitizer import cleaned
from casa.lib.media import files
from casa.lib.moments.words import day_in_words, last_moment_in_words, moment_in_words
from statements import link_checks
from statements.models import LONG_PAST, Statement, StatementText
from statements.translations import language_name

Kind = Statement.Kind


@dataclass(frozen=True)
class Finding:
    """A sentence for staff, and where it is put right: a part of the screen, and a field there.

    `field` is the name of a field of the statement, of a kind of row ("targets"), or of a field in
    a row: "texts:az:summary", by language, and "attachments:12:title", by primary key.
    """

    sentence: str
    part: str
    field: str
    blocks: bool = False


Check = Callable[[Statement, User], Iterator[Finding]]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Register a check: it yields what it finds in a statement that the user may be publishing."""
    CHECKS.append(function)
    return function


def findings(statement: Statement, user: User) -> list[Finding]:
    """What is missing or odd, first what blocks."""
    found = [finding for one in CHECKS for finding in one(statement, user)]
    return sorted(found, key=lambda finding: not finding.blocks)


# The words


def _in_text(text: StatementText, name: str, sentence: str, *, blocks: bool = False) -> Finding:
    told = sentence % {"language": language_name(text.language)}
    return Finding(told, "words", f"texts:{text.language}:{name}", blocks)


def _original(statement: Statement) -> StatementText | None:
    texts = statement.texts.all()
    return next((text for text in texts if text.language == statement.language), None)


@check
def words_are_there(statement: Statement, user: User) -> Iterator[Finding]:
    if _original(statement) is None:
        told = _("There are no words in %(language)s, the statement’s own language.")
        where = f"texts:{statement.language}:title"
        told %= {"language": language_name(statement.language)}
        yield Finding(told, "words", where, blocks=True)
    for text in statement.texts.all():
        if not text.title.strip():
            yield _in_text(text, "title", _("No title in %(language)s."), blocks=True)
        if not cleaned(text.body).html:
            sentence = _("No words in %(language)s yet.")
            if text.language != statement.language:
                sentence = _("A title and no words in %(language)s: write them, or remove it.")
            yield _in_text(text, "body", sentence, blocks=True)


@check
def links_lead_somewhere(statement: Statement, user: User) -> Iterator[Finding]:
    for text in statement.texts.all():
        for sentence in sentences(cleaned(text.body).bad_links):
            yield _in_text(text, "body", sentence.replace("%", "%%"), blocks=True)


@check
def links_answer(statement: Statement, user: User) -> Iterator[Finding]:
    """What was heard when somebody last had the links looked at (`statements.link_checks`)."""
    fields = link_checks.links_of(statement)
    for url, row in link_checks.looked_at(statement).items():
        if row.checked_at is None or row.outcome not in link_checks.DEAD:
            continue
        told = _("A link does not answer: %(url)s (looked at on %(moment)s).")
        if row.outcome == Outcome.GONE:
            told = _("A link leads to a page that is not there: %(url)s (looked at on %(moment)s).")
        told %= {"url": url, "moment": moment_in_words(row.checked_at)}
        field = fields[url]
        yield Finding(told, "words" if field.startswith("texts") else "addressees", field)


@check
def the_next_step_has_a_link(statement: Statement, user: User) -> Iterator[Finding]:
    by_link = (Statement.AfterSigning.WRITE, Statement.AfterSigning.LINK)
    if statement.after_signing not in by_link:
        return
    if not statement.supporter_texts.exclude(step_address="").exists():
        told = _("The next step after signing has no link yet, so it is not offered.")
        yield Finding(told, "supporters", "after_signing")


@check
def a_letter_has_words(statement: Statement, user: User) -> Iterator[Finding]:
    if statement.after_signing != Statement.AfterSigning.LETTER:
        return
    if not statement.supporter_texts.exclude(letter_words="").exists():
        told = _("The letter that signers may send has no words yet, so it is not offered.")
        yield Finding(told, "supporters", "after_signing")


@check
def a_letter_has_a_reader(statement: Statement, user: User) -> Iterator[Finding]:
    if statement.after_signing != Statement.AfterSigning.LETTER:
        return
    if not statement.targets.exclude(email="").exists():
        told = _("No addressee has an e-mail address, so no letter to them is offered.")
        yield Finding(told, "addressees", "targets")


@check
def every_text_has_a_summary(statement: Statement, user: User) -> Iterator[Finding]:
    for text in statement.texts.all():
        if not text.summary.strip():
            sentence = _("No summary in %(language)s: lists and search engines show it.")
            yield _in_text(text, "summary", sentence)


@check
def something_is_asked(statement: Statement, user: User) -> Iterator[Finding]:
    """A statement to the press may ask for nothing; a translation asks what the original asks."""
    original = _original(statement)
    if original is None:
        return
    if not original.ask.strip():
        if statement.kind != Kind.PRESS_STATEMENT:
            yield _in_text(original, "ask", _("It asks for nothing: the part “What it asks”."))
        return
    for text in statement.texts.all():
        if not text.ask.strip():
            yield _in_text(text, "ask", _("What it asks is missing in %(language)s."))


@check
def every_language_has_words(statement: Statement, user: User) -> Iterator[Finding]:
    written = {text.language for text in statement.texts.all()} | {statement.language}
    for code, _name in settings.LANGUAGES:
        if code not in written:
            told = _("No translation into %(language)s: its readers get the original.")
            told %= {"language": language_name(code)}
            yield Finding(told, "words", f"texts:{code}:title")


@check
def somebody_else_has_looked(statement: Statement, user: User) -> Iterator[Finding]:
    wrote = statement.edited_by_id or statement.created_by_id
    if settings.FOUR_EYES and wrote == user.pk:
        told = _("You changed the words last: somebody else has to look at them and publish.")
        where = f"texts:{statement.language}:title"
        yield Finding(told, "words", where, blocks=True)


# Who signs, and who is addressed


@check
def somebody_is_addressed(statement: Statement, user: User) -> Iterator[Finding]:
    asks = statement.kind in {Kind.OPEN_LETTER, Kind.PETITION}
    if asks and not statement.targets.exists():
        yield Finding(_("Nobody is addressed."), "addressees", "targets")


# Dates


@check
def dates_are_not_odd(statement: Statement, user: User) -> Iterator[Finding]:
    now = timezone.now()
    public = max(statement.publish_at or now, now)
    if statement.publish_at and statement.is_unpublished and statement.publish_at <= now:
        told = _("The moment to go public has passed, %(moment)s: it would be public at once.")
        told %= {"moment": moment_in_words(statement.publish_at)}
        yield Finding(told, "dates", "publish_at")
    elif public > now + timedelta(days=365):
        told = _("It would go public in more than a year, on %(moment)s.")
        yield Finding(told % {"moment": moment_in_words(public)}, "dates", "publish_at")
    yield from _odd_signing(statement, public)


def _odd_signing(statement: Statement, public: datetime) -> Iterator[Finding]:
    if statement.signers == Statement.Signers.NOBODY:
        return
    opens = max(statement.signing_opens_at or public, public)
    closes = statement.signing_closes_at
    if opens > public + timedelta(days=30):
        told = _("Signing opens more than a month after it is public, on %(moment)s.")
        yield Finding(told % {"moment": moment_in_words(opens)}, "dates", "signing_opens_at")
    if closes is None:
        return
    if closes <= opens:
        told = _("Nobody could sign: signing closes before it is public, on %(moment)s.")
        yield Finding(told % {"moment": moment_in_words(closes)}, "dates", "signing_closes_at")
    elif closes < opens + timedelta(days=1):
        told = _("It could be signed for less than a day, until %(moment)s.")
        yield Finding(told % {"moment": last_moment_in_words(closes)}, "dates", "signing_closes_at")


@check
def its_date_is_near(statement: Statement, user: User) -> Iterator[Finding]:
    day = statement.dated_on
    if not day or abs(day - timezone.localdate(statement.publish_at)) <= LONG_PAST:
        return
    if not statement.is_from_the_past:
        told = _("The date that stands on it is far from the day it goes public: %(day)s.")
        yield Finding(told % {"day": day_in_words(day)}, "words", "dated_on")
    elif statement.signers != Statement.Signers.NOBODY:
        told = _("It went out long ago, on %(day)s, and could be signed now. Is that meant?")
        yield Finding(told % {"day": day_in_words(day)}, "signing", "signers")


# Files

ENDINGS = (*files.SUFFIXES.values(), ".jpeg", ".jpg", ".png", ".webp", ".gif", ".heic")


@check
def files_have_titles(statement: Statement, user: User) -> Iterator[Finding]:
    for one in statement.attachments.all():
        title = one.title.strip()
        if not title or title.lower().endswith(ENDINGS):
            told = _("A file has no title that says what it is: “%(name)s”.")
            told %= {"name": title or one.filename}
            yield Finding(told, "files", f"attachments:{one.pk}:title")
        if one.is_image and not one.alt_text.strip():
            told = _("“%(name)s” has no description for those who cannot see it.")
            told %= {"name": title or one.filename}
            yield Finding(told, "files", f"attachments:{one.pk}:alt_text")
