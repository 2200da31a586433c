"""The register of what is stored of people: the terms it is kept in, and what was declared.

Each app declares every column of its models in its `personal_data.py`, and `casa/personal_data.py`
those of the packages that are installed. What follows from a declaration is derived from it: the
privacy page from all of them, the lists of a signature's columns in
`signatories/core/personal_data.py`. A test walks the models and fails on an undeclared column.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Field, Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.lib import periods
from casa.lib.periods import Term

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = str | Promise


class Subject(TextChoices):
    """Whom a column tells of; members in the order of the privacy page."""

    SIGNER = "signer", _("Who signs")
    ORGANIZATION = "organization", _("Organizations that sign")
    FOLLOWER = "follower", _("Who wants to hear of a hand-over")
    INVITED = "invited", _("Who is shown a statement before it is public")
    ADDRESSEE = "addressee", _("Whom a statement is addressed to")
    CREDITED = "credited", _("Who made a picture that stands with a statement")
    RECIPIENT = "recipient", _("Who gets mail from us")
    SENDER = "sender", _("Who sends a form, or asks our interface for programs")
    ASKING = "asking", _("Who asks us by letter for data or erasure")
    STAFF = "staff", _("Who works for us")


class Basis(TextChoices):
    """Why it may be stored (GDPR)."""

    CONSENT = "consent", _("explicit consent, Art. 6(1)(a) and 9(2)(a) GDPR")
    INTEREST = "interest", _("legitimate interest, Art. 6(1)(f) GDPR")
    DUTY = "duty", _("accountability for what was decided, Art. 5(2) and 6(1)(f) GDPR")
    CONTRACT = "contract", _("employment or office, Art. 6(1)(b) GDPR")


class Retention(TextChoices):
    """How long data is kept. `in_words` says it with the period that is in force."""

    WITH_SIGNATURE = (
        "with_signature",
        _("until the signature is erased; %(period)s if nobody confirms it"),
    )
    AFTER_END = (
        "after_end",
        _(
            "until the signature is erased, at the latest %(period)s after the hand-over and the"
            " end of signing"
        ),
    )
    NETWORK = "network", _("for %(period)s after it was signed")
    WITH_LINES = "with_lines", _("for %(period)s after it was imported")
    WITH_FOLLOWING = (
        "with_following",
        _(
            "until you stop it, at the latest %(period)s after the hand-over and the end of"
            " signing; 14 days if you never confirm it"
        ),
    )
    WITH_LINK = (
        "with_link",
        _(
            "for %(period)s after the link stopped working, or until the signature made by it is"
            " erased"
        ),
    )
    AFTER_ROUND = "after_round", _("for %(period)s after the day until which you could answer")
    WITH_MAIL = (
        "with_mail",
        _(
            "for %(period)s after it was sent, or until what it is about is erased; 30 days if"
            " nothing was sent"
        ),
    )
    AFTER_ANSWER = "after_answer", _("for %(period)s after we answered")
    ON_PAPER = "on_paper", _("for %(period)s after it was uploaded")
    IN_PACKET = (
        "in_packet",
        _("for %(period)s after it was put together to be handed over; who has it keeps it"),
    )
    IN_LOG = "in_log", _("for %(period)s")
    IN_DIRECTORY = "in_directory", _("as long as the organization stands in our directory")
    WITH_STATEMENT = "with_statement", _("as long as the statement")
    WITH_ACCOUNT = "with_account", _("as long as the account")
    SIGNED_IN = "signed_in", _("until sign-out, or until the session ends by itself")
    A_DAY = "a_day", _("for a day")
    A_WEEK = "a_week", _("for 7 days, or until it is saved or discarded")
    A_MONTH = "a_month", _("for 30 days")
    FOR_GOOD = "for_good", _("for good")

    @property
    def term(self) -> Term | None:
        """What the office may choose of it."""
        return TERMS[self]

    def in_words(self) -> str:
        """The label, in the active language, with the period in force."""
        if self.term is None:
            return str(self.label)
        return str(self.label) % {"period": periods.in_words(self.term)}


TERMS: dict[Retention, Term | None] = {
    Retention.WITH_SIGNATURE: Term.UNCONFIRMED,
    Retention.AFTER_END: Term.CONTACT,
    Retention.NETWORK: Term.NETWORK,
    Retention.WITH_LINES: Term.LINES,
    Retention.WITH_FOLLOWING: Term.CONTACT,
    Retention.WITH_LINK: Term.PREVIEW,
    Retention.AFTER_ROUND: Term.ROUND,
    Retention.WITH_MAIL: Term.MAIL,
    Retention.AFTER_ANSWER: Term.REQUEST,
    Retention.ON_PAPER: Term.PAPER,
    Retention.IN_PACKET: Term.PACKET,
    Retention.IN_LOG: Term.LOG,
    Retention.IN_DIRECTORY: None,
    Retention.WITH_STATEMENT: None,
    Retention.WITH_ACCOUNT: None,
    Retention.SIGNED_IN: None,
    Retention.A_DAY: None,
    Retention.A_WEEK: None,
    Retention.A_MONTH: None,
    Retention.FOR_GOOD: None,
}
"""What the office may choose of each; None where it may not."""

ENDED = ""
WHY_KEPT: dict[Retention, Words] = {
    Retention.WITH_SIGNATURE: _("who signed which words stays public, as its signers agreed to"),
    Retention.AFTER_END: ENDED,
    Retention.NETWORK: ENDED,
    Retention.WITH_LINES: ENDED,
    Retention.WITH_FOLLOWING: ENDED,
    Retention.WITH_LINK: ENDED,
    Retention.AFTER_ROUND: ENDED,
    Retention.WITH_MAIL: ENDED,
    Retention.AFTER_ANSWER: ENDED,
    Retention.ON_PAPER: ENDED,
    Retention.IN_PACKET: ENDED,
    Retention.IN_LOG: ENDED,
    Retention.IN_DIRECTORY: _("an organization that signed stays in the directory"),
    Retention.WITH_STATEMENT: _("a statement is a public document, and says by whom it was made"),
    Retention.WITH_ACCOUNT: _("an account that is used has to be told from others"),
    Retention.SIGNED_IN: ENDED,
    Retention.A_DAY: ENDED,
    Retention.A_WEEK: ENDED,
    Retention.A_MONTH: ENDED,
    Retention.FOR_GOOD: _("who decided what has to be known as long as the decision holds"),
}
"""Why something is kept that no rule ends. A `Ground` may say it of itself (`because`)."""


@dataclass(frozen=True)
class Ground:
    """Whose data it is, why it may be stored, and until when.

    `because` says why it is kept where no rule ends that, and nothing of WHY_KEPT does.
    """

    subject: Subject
    basis: Basis
    retention: Retention
    because: Words = ""

    @property
    def why_kept(self) -> Words:
        """Why it is kept for longer than any period; "" where a rule ends it."""
        return self.because or WHY_KEPT[self.retention]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A stored column, by its name in the database.

    With a `ground` it holds data of somebody, and `purpose` says what for; without one, `purpose`
    says why it does not. `label` is for a field whose own name says too little outside its screen.
    """

    name: str
    purpose: Words
    ground: Ground | None = None
    label: Words = ""
    downloaded: bool = False  # by its subject, with all that is stored of them
    history: Retention = Retention.FOR_GOOD  # how long earlier values of it are kept
    sealed: bool = False  # lies encrypted in the database, or as a keyed hash of `data_keys`


_declared: dict[type[Model], tuple[Column, ...]] = {}
declared: Mapping[type[Model], tuple[Column, ...]] = MappingProxyType(_declared)


def personal(
    names: str, purpose: Words, ground: Ground, *, sealed: str = "", **more: Any
) -> tuple[Column, ...]:
    """Columns that hold data of somebody; `sealed` names those that lie encrypted, `more` is what
    else a `Column` says.
    """
    return tuple(
        Column(name=name, purpose=purpose, ground=ground, sealed=name in sealed.split(), **more)
        for name in names.split()
    )


def impersonal(names: str, reason: str) -> tuple[Column, ...]:
    """Columns that hold data of nobody."""
    return tuple(Column(name=name, purpose=reason) for name in names.split())


def declare(model: type[Model], *columns: Iterable[Column]) -> None:
    """Say what each column of `model` holds, and with it those of its history."""
    if model in _declared:
        raise ValueError(f"{model._meta.label} is declared already.")
    _declared[model] = tuple(column for group in columns for column in group)
    if name := getattr(model._meta, "simple_history_manager_attribute", ""):
        history = getattr(model, name).model
        _declared[history] = tuple(_history_columns(history, _declared[model]))


def _history_columns(history: type[Model], columns: Iterable[Column]) -> Iterator[Column]:
    """Earlier values, which stay where the office can look them up."""
    there = {field.attname for field in history._meta.concrete_fields}
    for column in columns:
        if column.name in there:
            yield _earlier(column)
    by_staff = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)
    yield from personal("history_user_id", _("who changed what"), by_staff)
    yield from personal("history_change_reason", _("who changed what"), by_staff, label=_("reason"))
    yield from impersonal("history_id history_date history_type", "what was changed, and when")


def _earlier(column: Column) -> Column:
    if column.ground is None:
        return column
    ground = Ground(column.ground.subject, Basis.DUTY, column.history, column.ground.because)
    purpose = _("so that the office can look up what was changed")
    return replace(column, purpose=purpose, ground=ground)


def label(model: type[Model], column: Column) -> Words:
    """What people call a column. One that leads to an account is named for what it leads to."""
    field = field_of(model, column.name)
    if not column.label and field.related_model is get_user_model():
        return _("account")
    return column.label or field.verbose_name


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """The field behind a column."""
    return next(field for field in model._meta.concrete_fields if field.attname == name)


# What subjects are told


def values(row: Model) -> dict[str, Any]:
    """The columns of `row` that its subject downloads."""
    return {one.name: getattr(row, one.name) for one in declared[type(row)] if one.downloaded}


def explanations(model: type[Model]) -> dict[str, dict[str, str]]:
    """What `values` of such a row are called, what they are for, why and how long they are kept."""
    return {
        one.name: {
            "label": str(label(model, one)),
            "purpose": str(one.purpose),
            "basis": str(one.ground.basis.label),
            "retention": one.ground.retention.in_words(),
        }
        for one in declared[model]
        if one.downloaded and one.ground
    }


@dataclass(frozen=True)
class Purpose:
    """What is stored for one purpose."""

    items: str
    purpose: str


def purposes_by_ground(subject: Subject) -> list[tuple[Ground, list[Purpose]]]:
    """All that is stored of such people, in the language of the page."""
    found: dict[Ground, dict[str, list[str]]] = {}
    for model, columns in declared.items():
        for column in columns:
            if column.ground and column.ground.subject == subject:
                purposes = found.setdefault(column.ground, {})
                purposes.setdefault(str(column.purpose), []).append(str(label(model, column)))
    return [
        (ground, [Purpose("; ".join(dict.fromkeys(labels)), purpose)
                  for purpose, labels in purposes.items()])
        for ground, purposes in sorted(found.items(), key=_rank)
    ]  # fmt: skip


def _rank(one: tuple[Ground, object]) -> tuple[int, int]:
    ground, _purposes = one
    return list(Basis).index(ground.basis), list(Retention).index(ground.retention)
