"""The verbs that change a statement's state. Nothing else writes `status` or an edition."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib.html.links import sentences
from casa.lib.html.sanitizer import cleaned
from statements import contact_periods, signals, slugs, unread
from statements.models import Edition, Statement, StatementEvent, StatementText
from statements.new_editions import fingerprint, make_first, make_planned
from statements.translations import (
    Answer,
    LanguageState,
    Plan,
    answers_for,
    language_name,
    language_states,
    plan,
)

Status = Statement.Status
CORRECTABLE = (Status.PUBLISHED, Status.CLOSED)


class LifecycleError(Exception):
    """What was asked for cannot be done; the message says why, in words for staff."""


# What may follow what; nothing follows an end.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.REVIEW, Status.PUBLISHED),
    Status.REVIEW: (Status.DRAFT, Status.PUBLISHED),
    # Back to a draft only while nobody could read it.
    Status.PUBLISHED: (Status.CLOSED, Status.WITHDRAWN, Status.DRAFT),
    Status.CLOSED: (Status.PUBLISHED, Status.ARCHIVED, Status.WITHDRAWN, Status.DRAFT),
    Status.ARCHIVED: (),
    Status.WITHDRAWN: (),
}


@transaction.atomic
def create_draft(text: StatementText, *, by: User | None = None, **fields: object) -> Statement:
    """Store a new draft with its first text (unsaved, without a statement)."""
    statement = Statement(language=text.language, created_by=by, **fields)
    slugs.give(statement, text.title)
    text.statement = statement
    text.save()
    return statement


@transaction.atomic
def publish(statement: Statement, *, by: User | None, note: str = "") -> list[Edition]:
    """Make edition 1 of the working copy and show it, now or from `publish_at` on."""
    check_four_eyes(statement, by)
    texts = _texts_to_publish(statement)
    now = timezone.now()
    publish_at = statement.publish_at or now
    _step(
        statement, Status.PUBLISHED, by=by, note=note, at=now,
        from_status=Statement.UNPUBLISHED_STATUSES,
        also={"publish_at": publish_at, "edition_number": 1, "last_number": 1},
    )  # fmt: skip
    transaction.on_commit(signals.announce_published, robust=True)
    return make_first(statement, texts, at=now, by=by)


@transaction.atomic
def stop_publication(statement: Statement, *, by: User | None, note: str = "") -> None:
    """Bring a statement that is not public yet back to a draft; its editions are discarded.

    Nothing of it was ever public, and its address follows its title again.
    """
    with _while_unread(statement):
        discarded = unread.discard(statement)
        _step(
            statement, Status.DRAFT, by=by, note=_note_with_fingerprints(note, discarded),
            from_status=CORRECTABLE, also={"edition_number": 0, "last_number": 0},
        )  # fmt: skip
        slugs.follow_title(statement)


@transaction.atomic
def replace_unread(
    statement: Statement, *, by: User | None, note: str = "", seen: str = ""
) -> list[Edition]:
    """Let the working copy go public in place of the words that nobody could read yet.

    They are edition 1 again. `seen` is the `working_copy_mark` of what the editor looked at.
    """
    check_four_eyes(statement, by)
    with _while_unread(statement):
        texts = _texts_to_publish(statement)
        _check_mark(statement, texts, seen)
        if not any(state.waits for state in language_states(statement, texts)):
            raise LifecycleError(_("Nothing changed: these are the words that go public."))
        discarded, now = unread.discard(statement), timezone.now()
        Statement.objects.filter(pk=statement.pk).update(edition_number=1, last_number=1)
        StatementEvent.objects.create(
            statement=statement, from_status=statement.status, to_status=statement.status,
            at=now, by=by, note=_note_with_fingerprints(note, discarded),
        )  # fmt: skip
        statement.refresh_from_db()
        return make_first(statement, texts, at=now, by=by)


@contextmanager
def _while_unread(statement: Statement) -> Iterator[None]:
    """Hold a statement under embargo; afterwards it has to be unread still. In a transaction."""
    publish_at = unread.hold(statement)
    if publish_at is None:
        raise _not_unread(statement)
    try:
        yield
        unread.require_time_left(publish_at)
    except unread.TooLateError as error:
        raise LifecycleError(_too_late()) from error
    except unread.ReferredToError as error:
        raise LifecycleError(
            _(
                "Somebody who signed by a preview link agreed to a correction of these words, so"
                " they have to stay. Put its moment far off, and go on with a copy of it."
            )
        ) from error


def _not_unread(statement: Statement) -> LifecycleError:
    is_waiting = Statement.objects.get(pk=statement.pk).status in CORRECTABLE
    return LifecycleError(_too_late()) if is_waiting else _not_now(statement)


def _too_late() -> str:
    return _("It is too late: the statement is public, or will be in a moment.")


def _note_with_fingerprints(note: str, discarded: list[Edition]) -> str:
    """The note, and by which fingerprints the words are known that are gone."""
    prints = ", ".join(f"{one.sha256} ({one.language})" for one in discarded)
    gone = _("Discarded before anybody could read it, SHA-256: %(prints)s") % {"prints": prints}
    return f"{note}\n{gone}".strip()


def check_four_eyes(statement: Statement, by: User | None) -> None:
    """Refuse `by` to publish words that nobody else has looked at, where the office wants that.

    Call it in the transaction that publishes: the row stays locked, so the words stay whose
    they are. A command that has no user in charge passes.
    """
    if not settings.FOUR_EYES or by is None:
        return
    row = Statement.objects.select_for_update().get(pk=statement.pk)
    if by.pk == (row.edited_by_id or row.created_by_id):
        raise LifecycleError(
            _("You changed the words last, so somebody else has to look at them and publish.")
        )


@transaction.atomic
def correct(
    statement: Statement,
    *,
    by: User | None,
    note: str = "",
    is_material: bool,
    seen: str = "",
    answers: Mapping[str, Answer] | None = None,
    notes: Mapping[str, str] | None = None,
) -> list[Edition]:
    """Make the next edition of the working copy, in the languages that `answers` say.

    A translation of which nothing is said gets its new words if it has some, and is behind the
    corrected original if it has none. `note`, in the original language, and `notes`, by
    language, tell readers what changed. `seen` is the `working_copy_mark` of what the editor
    looked at; if the words have changed since, nothing is published. Whoever signed stays under
    the edition they signed.
    """
    told = {statement.language: note, **(notes or {})}
    told = {language: words.strip() for language, words in told.items() if words.strip()}
    check_four_eyes(statement, by)
    _lock_to_correct(statement)
    kept = {language for language, answer in (answers or {}).items() if answer == Answer.KEPT}
    states = _states_to_correct(statement, seen, kept)
    made = _planned(states, answers or {}, told, is_material)
    now = timezone.now()
    Statement.objects.filter(pk=statement.pk).update(
        edition_number=made.edition_number, last_number=made.last_number, changed_at=now
    )
    StatementEvent.objects.create(
        statement=statement, from_status=statement.status, to_status=statement.status,
        at=now, by=by, note=told.get(statement.language) or next(iter(told.values()), ""),
    )  # fmt: skip
    statement.refresh_from_db()
    return make_planned(statement, made, at=now, by=by)


def _lock_to_correct(statement: Statement) -> None:
    """Let nobody else publish words of it in this transaction; refuse who looks at old ones."""
    now = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if statement.status not in CORRECTABLE or now.status != statement.status:
        raise _not_now(statement)
    if now.is_embargoed():
        raise LifecycleError(
            _("Nobody has read these words yet: replace them, there is nothing to correct.")
        )
    read = (statement.edition_number, statement.last_number)
    if (now.edition_number, now.last_number) != read:
        raise LifecycleError(_("Somebody else published a correction just now. Look at it first."))


@transaction.atomic
def submit(statement: Statement, *, by: User | None, note: str = "") -> None:
    """Hand a draft to an editor."""
    _step(statement, Status.REVIEW, by=by, note=note, from_status=(Status.DRAFT,))


@transaction.atomic
def send_back(statement: Statement, *, by: User | None, note: str = "") -> None:
    """Hand a submitted draft back to its author."""
    _step(statement, Status.DRAFT, by=by, note=note, from_status=(Status.REVIEW,))


@transaction.atomic
def close(statement: Statement, *, by: User | None, note: str = "") -> None:
    """End signing now; the statement and its names stay public."""
    now = timezone.now()
    times: dict[str, object] = {}
    if statement.signing_opens_at is None or statement.signing_opens_at < now:
        # Who has begun may still confirm for a day, counted from this moment.
        times["signing_closes_at"] = min(statement.signing_closes_at or now, now)
    _step(
        statement, Status.CLOSED, by=by, note=note, from_status=(Status.PUBLISHED,), also=times
    )  # fmt: skip


@transaction.atomic
def reopen(statement: Statement, *, by: User | None, note: str = "") -> None:
    """Open signing again, without an end."""
    if obstacle := contact_periods.obstacle_to_signing(statement):
        raise LifecycleError(obstacle)
    _step(
        statement, Status.PUBLISHED, by=by, note=note, from_status=(Status.CLOSED,),
        also={"signing_closes_at": None},
    )  # fmt: skip


@transaction.atomic
def archive(statement: Statement, *, by: User | None, note: str = "") -> None:
    """Put a closed statement to rest; it can still be read."""
    _step(statement, Status.ARCHIVED, by=by, note=note, from_status=(Status.CLOSED,))


@transaction.atomic
def withdraw(statement: Statement, *, by: User | None, note: str = "") -> None:
    """Take the statement back. Its address then says so, and none of its words are shown."""
    _step(
        statement, Status.WITHDRAWN, by=by, note=note,
        from_status=(Status.PUBLISHED, Status.CLOSED),
    )  # fmt: skip


@transaction.atomic
def pause(statement: Statement, *, by: User | None, sentence: str = "") -> None:
    """Stop signing for a while; `sentence` tells visitors why. What was begun can be confirmed."""
    note = _("signing paused: %(sentence)s") % {"sentence": sentence or _("no reason given")}
    _switch_pause(statement, on=True, by=by, note=note, sentence=sentence)


@transaction.atomic
def resume(statement: Statement, *, by: User | None, note: str = "") -> None:
    """Let signing go on."""
    told = _("signing resumed: %(note)s") % {"note": note} if note else _("signing resumed")
    _switch_pause(statement, on=False, by=by, note=told, sentence="")


def _switch_pause(
    statement: Statement, *, on: bool, by: User | None, note: str, sentence: str
) -> None:
    switched = Statement.objects.filter(
        pk=statement.pk, status=Status.PUBLISHED, signing_paused=not on
    ).update(signing_paused=on, pause_sentence=sentence, changed_at=timezone.now())
    if not switched:
        raise _not_now(statement)
    StatementEvent.objects.create(
        statement=statement, from_status=Status.PUBLISHED, to_status=Status.PUBLISHED,
        at=timezone.now(), by=by, note=note,
    )  # fmt: skip
    statement.refresh_from_db()


def _step(
    statement: Statement,
    to_status: str,
    *,
    by: User | None,
    note: str,
    from_status: tuple[str, ...],
    at: datetime | None = None,
    also: dict[str, object] | None = None,
) -> None:
    """The one door: a conditional update (with fields that change `also`) and its history row,
    in the caller's transaction.
    """
    before = statement.status
    known = before in from_status and to_status in TRANSITIONS[before]
    if not known or not Statement.objects.filter(pk=statement.pk, status=before).update(
        status=to_status, changed_at=timezone.now(), **(also or {})
    ):
        raise _not_now(statement)
    StatementEvent.objects.create(
        statement=statement, from_status=before, to_status=to_status, at=at or timezone.now(),
        by=by, note=note,
    )  # fmt: skip
    statement.refresh_from_db()


def _not_now(statement: Statement) -> LifecycleError:
    current = Statement.objects.get(pk=statement.pk).get_status_display()
    return LifecycleError(
        _("This cannot be done now: the statement is “%(status)s”.") % {"status": current}
    )


def _states_to_correct(statement: Statement, seen: str, kept: set[str]) -> list[LanguageState]:
    texts = _texts_to_publish(statement, kept)
    # As the page showed them; the others are cleaned.
    _check_mark(statement, list(statement.texts.all()), seen)
    states = language_states(statement, texts)
    if any(state.is_missing for state in states):
        raise LifecycleError(
            _("A language that visitors read is missing. Put its words back, then correct them.")
        )
    if not answers_for(states):
        raise LifecycleError(_("Nothing changed: the words are those that visitors read."))
    return states


def _check_mark(statement: Statement, texts: list[StatementText], seen: str) -> None:
    if seen and seen != working_copy_mark(statement, texts):
        raise LifecycleError(
            _("The words were changed after you opened this page. Look at the difference again.")
        )


def _planned(
    states: list[LanguageState],
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    is_material: bool,
) -> Plan:
    offered = answers_for(states)
    if any(answer not in offered.get(language, ()) for language, answer in answers.items()):
        raise LifecycleError(_("The languages have changed since you opened this page."))
    made = plan(states, answers, notes, is_material=is_material)
    if not made.editions:
        raise LifecycleError(_("Nothing would change: every language stays as it is."))
    if made.without_note:
        raise LifecycleError(_("Say what changed: readers see it with the corrected text."))
    return made


def working_copy_mark(statement: Statement, texts: list[StatementText]) -> str:
    """A short mark of the words a correction would publish, and of the editions it would follow."""
    marks = sorted(
        f"{text.language} {fingerprint(text.title, text.summary, text.body, text.ask)}"
        for text in texts
    )
    current = Edition.objects.current().filter(statement=statement)
    read = sorted(
        f"{language} {number}" for language, number in current.values_list("language", "number")
    )
    return hashlib.sha256("\n".join([*read, *marks]).encode()).hexdigest()[:16]


def _texts_to_publish(statement: Statement, kept: Collection[str] = ()) -> list[StatementText]:
    """The working copy, fit to be published; of what is `kept` back, as it is."""
    texts = list(statement.texts.all())
    if not any(text.language == statement.language for text in texts):
        raise LifecycleError(_("There is no text in the statement's own language yet."))
    for text in texts:
        if text.language in kept:
            continue
        found = cleaned(text.body)
        if not (text.title.strip() and found.html):
            raise LifecycleError(
                _("A text needs a title and words before it is published; look at %(language)s.")
                % {"language": language_name(text.language)}
            )
        if found.bad_links:  # it was stored before links had to be full addresses
            raise LifecycleError(sentences(found.bad_links)[0])
        text.body = found.html  # type: ignore[assignment]
    return texts
