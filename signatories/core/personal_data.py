"""A signature's columns, each declared once, and the lists that follow from it.

Form, confirm page, resubmission, private page, download, erasure, export, the office's screen and
public lists take their columns from here, or a test compares them with what stands here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from casa.lib import personal_data
from casa.lib.personal_data import Basis, Ground, Retention, Subject, Words
from signatories.models import Signature


class Owner(StrEnum):
    """Who may correct a column by the private link."""

    PERSON = "person"
    REPRESENTATIVE = "representative"


UNCHANGED: Any = object()
BOTH = frozenset(Owner)
PERSON = frozenset({Owner.PERSON})
NOBODY: frozenset[Owner] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Column(personal_data.Column):
    """A column of a signature, and where it is asked, shown and kept.

    `erased` is the value left when whoever signed for an organization erases their details.
    """

    asked: bool = False  # by the sign form, under this name
    public: bool = False  # shown to visitors
    typed: bool = False  # in the signer's own words: checked first where names are pre-moderated
    retyped: bool = False  # replaced by a later submission until it is confirmed
    confirmed: bool = False  # shown by the confirm page, which counts nothing else
    seen: bool = False  # by the signer, on the private page
    editable_by: frozenset[Owner] = NOBODY
    seen_by_staff: bool = False  # on the screen of a signature
    edited_by_staff: bool = False  # there, too
    exported: str = ""  # the column of the export
    contact: bool = False  # staff need the permission to see contact data
    erased: Any = UNCHANGED


def _given(name: str, purpose: Words, **more: Any) -> Column:
    ground = Ground(Subject.SIGNER, Basis.CONSENT, Retention.WITH_SIGNATURE)
    return Column(name=name, purpose=purpose, ground=ground, **{"downloaded": True, **more})


def _contact(name: str, purpose: Words, **more: Any) -> Column:
    """A detail that goes a while after the hand-over; `erased` is what is left then, too."""
    ground = Ground(Subject.SIGNER, Basis.CONSENT, Retention.AFTER_END)
    return Column(name=name, purpose=purpose, ground=ground, **{"downloaded": True, **more})


def _imported(name: str, purpose: Words, **more: Any) -> Column:
    ground = Ground(Subject.SIGNER, Basis.CONSENT, Retention.WITH_LINES)
    return Column(name=name, purpose=purpose, ground=ground, **{"downloaded": True, **more})


def _guarding(
    name: str, purpose: Words, retention: Retention = Retention.AFTER_END, **more: Any
) -> Column:
    ground = Ground(Subject.SIGNER, Basis.INTEREST, retention)
    return Column(name=name, purpose=purpose, ground=ground, **more)


def _plain(name: str, reason: str, **more: Any) -> Column:
    return Column(name=name, purpose=reason, **more)


NAMING = _("to name who signs")
STANDING = _("to say as what somebody signs")
PLACE = _("to say where support comes from")
CONSENT = _("to prove consent")
COUNTING = _("to know whether and as what it counts")
COURSE = _("to know what happened when")
SIMILAR = _("to tell organizations of similar names apart")
REFERRALS = _("to count who came by whose link")
SOURCES = _("to count where those who sign come from")
BOUNCES = _("to know whether mail arrives")
IMPORTED = _("to check names that were imported from a list")
ONE_EACH = _("to count one signature for each mailbox")
ABUSE = _("to hold off abuse")
LISTS = _("to sort and search lists")

SIGNATURE: tuple[Column, ...] = (
    # Who signs what
    _plain("statement_id", "which statement", seen_by_staff=True, exported="statement"),
    _given("kind", COUNTING, public=True, exported="kind"),
    _plain("organization_id", "which organization", seen=True, seen_by_staff=True,
           exported="organization"),
    # What the signer typed
    _given("honorific", NAMING, public=True, seen=True, seen_by_staff=True, edited_by_staff=True,
           exported="honorific", erased=""),
    _given("name", NAMING, asked=True, public=True, typed=True, retyped=True, confirmed=True,
           seen=True, editable_by=BOTH, seen_by_staff=True, edited_by_staff=True, exported="name",
           erased=""),
    _given("credentials", NAMING, public=True, seen=True, seen_by_staff=True, edited_by_staff=True,
           exported="credentials", erased=""),
    _given("role", STANDING, asked=True, public=True, typed=True, retyped=True, confirmed=True,
           seen=True, editable_by=BOTH, seen_by_staff=True, edited_by_staff=True, exported="role",
           erased=""),
    _given("affiliation", STANDING, asked=True, public=True, typed=True, retyped=True,
           confirmed=True, seen=True, editable_by=PERSON, seen_by_staff=True, edited_by_staff=True,
           exported="affiliation", erased=""),
    _given("affiliation_mark", STANDING, public=True, seen=True, seen_by_staff=True,
           edited_by_staff=True, exported="affiliation_mark", erased=""),
    _given("city", PLACE, asked=True, public=True, typed=True, retyped=True, confirmed=True,
           seen=True, editable_by=PERSON, seen_by_staff=True, edited_by_staff=True,
           exported="city"),
    _given("region", PLACE, asked=True, public=True, retyped=True, confirmed=True, seen=True,
           editable_by=PERSON, seen_by_staff=True, edited_by_staff=True, exported="region"),
    _given("country", PLACE, asked=True, public=True, retyped=True, confirmed=True, seen=True,
           editable_by=PERSON, seen_by_staff=True, edited_by_staff=True, exported="country"),
    _contact("postal_code", _("to count support by district"), asked=True, retyped=True,
           confirmed=True, seen=True, editable_by=PERSON, seen_by_staff=True,
           exported="postal_code", contact=True, sealed=True, erased=""),
    _contact("comment", _("to hear what signers have to say"), asked=True, retyped=True,
           confirmed=True, seen=True, editable_by=BOTH, seen_by_staff=True, exported="comment",
           contact=True, sealed=True, erased=""),
    _contact("question", _("to know what an answer answers"), retyped=True, seen=True,
           seen_by_staff=True, exported="question", erased=""),
    _contact("answer", _("to hear what signers answer to the office’s own question"), asked=True,
           typed=True, retyped=True, confirmed=True, seen=True, editable_by=BOTH,
           seen_by_staff=True, edited_by_staff=True, exported="answer", sealed=True, erased=""),
    _contact("answer_public", _("to show no answer whose signer was not told so"),
           retyped=True, confirmed=True, exported="answer_public", erased=False),
    _contact("email", _("to confirm the signature and to write about it"), asked=True, seen=True,
           seen_by_staff=True, exported="email", contact=True, sealed=True, erased=""),
    _given("name_withheld", _("to name nobody who wishes so"), asked=True, public=True,
           retyped=True, confirmed=True, seen_by_staff=True, edited_by_staff=True,
           exported="name_withheld"),
    _contact("wants_updates", _("to send news to those who want it"), asked=True, retyped=True,
           seen_by_staff=True, exported="updates", contact=True, erased=False),
    _contact("declared_age", _("to know that somebody is old enough to sign"), retyped=True,
           seen=True, exported="declared_age", erased=None),
    _contact("claimed_website", SIMILAR, retyped=True, seen=True, erased=""),
    _contact("is_another", SIMILAR, downloaded=False, retyped=True, erased=False),
    _given("language", _("to write in the signer’s language"), retyped=True, seen_by_staff=True,
           exported="language"),
    _given("consented_at", CONSENT, retyped=True, seen=True),
    _given("consent_id", CONSENT, downloaded=False, retyped=True, seen=True),  # in words
    _given("consent_source", CONSENT, seen=True, seen_by_staff=True, exported="consent_source"),
    # What happened with it
    _given("state", COUNTING, exported="state"),
    _given("approved", COUNTING, exported="approved"),
    _given("number", _("to tell signers the number of their signature")),
    _given("created_at", COURSE, seen=True, seen_by_staff=True, exported="signed"),
    _given("confirmed_at", COURSE, public=True, seen=True, seen_by_staff=True,
           exported="confirmed"),
    _given("renamed_at", COURSE, seen=True, seen_by_staff=True, exported="changed", erased=None),
    _given("withdrawn_at", COURSE, public=True, seen=True, seen_by_staff=True,
           exported="withdrawn"),
    _given("withdrawal_shown", _("to list a withdrawal where its signer wishes so"),
           seen_by_staff=True, exported="withdrawal"),
    _contact("share_code", REFERRALS, erased=""),
    _contact("via", REFERRALS, erased=""),
    _contact("source", SOURCES, erased=""),
    _contact("reminded_at", _("to remind nobody twice"), erased=None),
    _contact("mail_trouble", BOUNCES, seen_by_staff=True, erased=""),
    _contact("mail_trouble_at", BOUNCES, erased=None),
    # Lists of names that staff imported
    _imported("original_line", IMPORTED, seen_by_staff=True, exported="line", sealed=True,
           erased=""),
    _contact("import_notes", IMPORTED, downloaded=False, seen_by_staff=True, sealed=True,
           erased=""),
    _given("import_confidence", IMPORTED, downloaded=False, seen_by_staff=True),
    _plain("batch_id", "which import it came by", seen_by_staff=True, exported="import"),
    _given("lead_position", _("to put the lead signatories in order"), public=True,
           downloaded=False, seen_by_staff=True, exported="lead"),
    # Against abuse
    _guarding("email_key", ONE_EACH, sealed=True, erased=""),
    _guarding("mailbox_place", ONE_EACH, Retention.WITH_SIGNATURE),
    _guarding("network", ABUSE, Retention.NETWORK, downloaded=True, retyped=True,
              seen_by_staff=True, erased=""),
    _guarding("suspicions", ABUSE, seen_by_staff=True, erased=[]),
    _guarding("code_tries", ABUSE, erased=0),
    # Made of the above
    _given("sort_key", LISTS, downloaded=False, retyped=True),
    _given("sort_key_az", LISTS, downloaded=False, retyped=True),
    _given("sort_key_tr", LISTS, downloaded=False, retyped=True),
    _given("search_words", LISTS, downloaded=False),
    _plain("id", "a number"),
    _plain("edition_id", "which words were signed", retyped=True, confirmed=True,
           public=True, seen_by_staff=True, exported="edition"),
    _plain("nonce", "the secret of its links, renewed when details are erased"),
)  # fmt: skip

COLUMNS = {column.name: column for column in SIGNATURE}


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


ASKED = _names(one for one in SIGNATURE if one.asked)
PUBLIC = _names(one for one in SIGNATURE if one.public)
SEEN = _names(one for one in SIGNATURE if one.seen)
RETYPED = _names(one for one in SIGNATURE if one.retyped)
CONFIRMED = _names(one for one in SIGNATURE if one.confirmed)
EDITABLE = {
    owner: _names(one for one in SIGNATURE if owner in one.editable_by) for owner in Owner
}  # fmt: skip
EDITABLE_IN_PUBLIC = _names(one for one in SIGNATURE if one.public and one.editable_by)
EDITABLE_WORDS = _names(one for one in SIGNATURE if one.typed)
EDITABLE_BY_STAFF = _names(one for one in SIGNATURE if one.edited_by_staff)


def label(name: str) -> Words:
    """What people call a column of a signature."""
    return personal_data.label(Signature, COLUMNS[name])


def erased_values() -> dict[str, Any]:
    """What is written over the details of whoever signed for an organization."""
    return _left(one for one in SIGNATURE if one.erased is not UNCHANGED)


def ended_values(retention: Retention) -> dict[str, Any]:
    """What is written over the columns that are kept so long, once that is over."""
    return _left(one for one in SIGNATURE if one.ground and one.ground.retention == retention)


def _left(columns: Iterable[Column]) -> dict[str, Any]:
    return {
        one.name: list(one.erased) if isinstance(one.erased, list) else one.erased
        for one in columns
    }
