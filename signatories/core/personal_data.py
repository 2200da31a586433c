"""What is stored of people: each column of each model declared once, and what follows from it.

Download, export, erasure, the confirm page's digest, the signer's own form and resubmission take
their columns from here. A test walks the models and fails on a column that is not declared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model

from casa.accounts.models import User
from casa.mail.models import OutgoingMail
from signatories.models import (
    Erasure,
    ExportLog,
    Follower,
    OrganizationEvent,
    Signature,
    SignatureEvent,
    UpdateRecipient,
)
from statements.models import Comment, PreviewLink, PreviewVisit, StatementEvent


class Basis(StrEnum):
    """Why it may be stored (GDPR)."""

    CONSENT = "explicit consent of the signer, Art. 6(1)(a) and 9(2)(a)"
    INTEREST = "legitimate interest in an honest count, Art. 6(1)(f)"
    DUTY = "accountability for what staff decided, Art. 5(2) and 6(1)(f)"
    CONTRACT = "employment or office of the member of staff, Art. 6(1)(b)"


class Kept(StrEnum):
    """Until when."""

    WITH_SIGNATURE = "until the signature is erased"
    WITH_FOLLOWER = "until the follower leaves; 14 days where it is not confirmed"
    WITH_LINK = "until the signature made by the link is erased, which empties it"
    WITH_MAIL = "until the signature, or whatever it is about, is erased"
    WITH_ACCOUNT = "as long as the account"
    FOR_GOOD = "for good: it names nobody by itself"


class Owner(StrEnum):
    """Who may correct a column by the private link."""

    PERSON = "person"
    REPRESENTATIVE = "representative"


UNCHANGED: Any = object()
BOTH = frozenset(Owner)
PERSON = frozenset({Owner.PERSON})
NOBODY: frozenset[Owner] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Column:
    """A stored column.

    `purpose` says what it is for; without a `basis` it says why the column is no personal data.
    `erased` is the value left when whoever signed for an organization erases their details.
    """

    name: str
    purpose: str
    basis: Basis | None = None
    kept: Kept | None = None
    asked: bool = False  # by the sign form, under this name
    public: bool = False  # shown to visitors
    typed: bool = False  # in the signer's own words: checked first where names are pre-moderated
    downloaded: bool = False  # in the signer's download
    exported: str = ""  # the column of the export
    contact: bool = False  # exported only with the permission to see contact data
    editable_by: frozenset[Owner] = NOBODY
    retyped: bool = False  # replaced by a later submission until it is confirmed
    confirmed: bool = False  # shown by the confirm page, which counts nothing else
    erased: Any = UNCHANGED


def _signed(name: str, purpose: str, **more: Any) -> Column:
    more = {"downloaded": True, **more}
    return Column(name=name, purpose=purpose, basis=Basis.CONSENT, kept=Kept.WITH_SIGNATURE, **more)


def _guarding(name: str, purpose: str, **more: Any) -> Column:
    return Column(
        name=name, purpose=purpose, basis=Basis.INTEREST, kept=Kept.WITH_SIGNATURE, **more
    )


def _plain(name: str, reason: str, **more: Any) -> Column:
    return Column(name=name, purpose=reason, **more)


SIGNATURE: tuple[Column, ...] = (
    # What the signer typed
    _signed("name", "to name who signs", asked=True, public=True, typed=True, exported="name",
            editable_by=BOTH, retyped=True, confirmed=True, erased=""),
    _signed("honorific", "form of address, from a list", public=True, exported="honorific",
            erased=""),
    _signed("credentials", "title after the name, from a list", public=True,
            exported="credentials", erased=""),
    _signed("role", "to say as what they sign", asked=True, public=True, typed=True,
            exported="role", editable_by=BOTH, retyped=True, confirmed=True, erased=""),
    _signed("affiliation", "for identification", asked=True, public=True, typed=True,
            exported="affiliation", editable_by=PERSON, retyped=True, confirmed=True, erased=""),
    _signed("city", "to say where support comes from", asked=True, public=True, typed=True,
            exported="city", editable_by=PERSON, retyped=True, confirmed=True),
    _signed("region", "to say where support comes from", asked=True, public=True,
            exported="region", editable_by=PERSON, retyped=True, confirmed=True),
    _signed("country", "to say where support comes from", asked=True, public=True,
            exported="country_code", editable_by=PERSON, retyped=True, confirmed=True),
    _signed("postal_code", "to count support by district", asked=True, exported="postal_code",
            contact=True, editable_by=PERSON, retyped=True, confirmed=True, erased=""),
    _signed("comment", "a word to the office", asked=True, exported="comment", contact=True,
            editable_by=BOTH, retyped=True, confirmed=True, erased=""),
    _signed("email", "to confirm, and to reach the signer about this signature", asked=True,
            exported="email", contact=True, erased=""),
    _signed("name_withheld", "the wish not to be named", asked=True, exported="name_withheld",
            retyped=True, confirmed=True),
    _signed("wants_updates", "the wish to get news", asked=True, exported="updates",
            contact=True, retyped=True, erased=False),
    _signed("declared_age", "that they declared to be old enough", exported="declared_age",
            retyped=True, erased=None),
    _signed("claimed_website", "to tell organizations of similar names apart", retyped=True,
            erased=""),
    _signed("is_another", "to tell organizations of similar names apart", downloaded=False,
            retyped=True, erased=False),
    _signed("language", "to write in the signer's language", exported="language", retyped=True),
    _signed("consented_at", "proof of consent", retyped=True),
    _signed("consent_id", "proof of consent: the sentence, downloaded in words",
            downloaded=False, retyped=True),
    # What happened with it
    _signed("kind", "person or organization", exported="kind"),
    _signed("state", "whether it counts", exported="state"),
    _signed("approved", "whether a moderator has checked the name", exported="approved"),
    _signed("number", "which of its kind it was"),
    _signed("created_at", "when it was signed", exported="signed"),
    _signed("confirmed_at", "when it was confirmed", public=True, exported="confirmed"),
    _signed("renamed_at", "when the signer changed public words", exported="changed",
            erased=None),
    _signed("withdrawn_at", "when it was withdrawn", exported="withdrawn"),
    _signed("withdrawal_shown", "the wish to be listed as withdrawn", exported="withdrawal"),
    _signed("share_code", "to count who came by the signer's link", erased=""),
    _signed("via", "by whose link the signer came", erased=""),
    _signed("reminded_at", "so that there is one reminder", erased=None),
    _signed("mail_trouble", "what a mail server said of the address", erased=""),
    _signed("mail_trouble_at", "when a mail server said it", erased=None),
    # Lists of names that staff imported
    _signed("original_line", "the line of an imported list", exported="line", erased=""),
    _signed("import_notes", "what the import was unsure of", downloaded=False, erased=""),
    _signed("import_confidence", "how sure the import was", downloaded=False),
    _signed("lead_position", "place among the first names", public=True, downloaded=False,
            exported="lead"),
    # Against abuse
    _guarding("email_key", "one signature per e-mail address", erased=""),
    _guarding("network", "a keyed hash of where it was posted from", downloaded=True,
              retyped=True, erased=""),
    _guarding("suspicions", "rules that found something odd", erased=[]),
    _guarding("code_tries", "so that codes cannot be guessed"),
    _guarding("mails_sent", "so that nobody is flooded with mail"),
    _guarding("mailed_since", "so that nobody is flooded with mail"),
    _guarding("mailbox_place", "that two people share an e-mail address"),
    # Made of the above
    _signed("sort_key", "order in lists, made of the name", downloaded=False, retyped=True),
    _signed("search_words", "search in lists, made of public words", downloaded=False),
    _plain("id", "a number"),
    _plain("statement_id", "which statement", exported="statement"),
    _plain("edition_id", "which words were signed", exported="edition", retyped=True,
           confirmed=True),
    _plain("organization_id", "which organization", exported="organization"),
    _plain("nonce", "the secret of its links, renewed when details are erased"),
)  # fmt: skip


def _of(names: str, purpose: str, basis: Basis, kept: Kept) -> tuple[Column, ...]:
    return tuple(
        Column(name=name, purpose=purpose, basis=basis, kept=kept) for name in names.split()
    )


def _none(names: str, reason: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, purpose=reason) for name in names.split())


STAFF = "who of the office did it"
DECLARED: dict[type[Model], tuple[Column, ...]] = {
    Signature: SIGNATURE,
    Follower: (
        *_of("email email_key language", "to tell of the hand-over", Basis.CONSENT,
             Kept.WITH_FOLLOWER),
        *_of("confirmed_at created_at", "proof of consent", Basis.CONSENT, Kept.WITH_FOLLOWER),
        *_of("mails_sent mailed_since", "so that nobody is flooded with mail", Basis.INTEREST,
             Kept.WITH_FOLLOWER),
        *_none("id statement_id nonce", "numbers and secrets of its links"),
    ),
    Erasure: (
        *_of("mailbox_hash name_hash", "so that an import does not bring an erased name back",
             Basis.INTEREST, Kept.FOR_GOOD),
        *_none("id statement_id signature_number at", "that something was erased, and when"),
    ),
    UpdateRecipient: (
        *_of("mailbox", "a keyed hash: one mail for each e-mail address", Basis.INTEREST,
             Kept.WITH_SIGNATURE),
        *_none("id mailing_id signature_id mail_id", "rows that belong together"),
    ),
    SignatureEvent: (
        *_of("by_id", STAFF, Basis.DUTY, Kept.WITH_SIGNATURE),
        *_of("reason", "why it was decided", Basis.DUTY, Kept.WITH_SIGNATURE),
        *_none("id signature_id from_state to_state from_edition_id at", "what changed, and when"),
    ),
    OrganizationEvent: (
        *_of("by_id", STAFF, Basis.DUTY, Kept.FOR_GOOD),
        *_of("reason", "why it was decided; emptied where it names somebody who was erased",
             Basis.DUTY, Kept.FOR_GOOD),
        *_none("id organization_id from_verification to_verification at", "what changed, and when"),
    ),
    ExportLog: (
        *_of("by_id", STAFF, Basis.DUTY, Kept.FOR_GOOD),
        *_none("id at statement_id columns rows", "what was exported, and when"),
    ),
    PreviewLink: (
        *_of("name email", "to whom words were shown before publication", Basis.CONSENT,
             Kept.WITH_LINK),
        *_of("created_by_id revoked_by_id", STAFF, Basis.DUTY, Kept.WITH_LINK),
        *_none("id statement_id key may_sign expires_at revoked_at created_at", "the link itself"),
    ),
    PreviewVisit: (
        *_of("link_id at", "when the link was opened", Basis.DUTY, Kept.WITH_LINK),
        *_none("id sha256", "which words were shown"),
    ),
    StatementEvent: (
        *_of("by_id note", STAFF, Basis.DUTY, Kept.FOR_GOOD),
        *_none("id statement_id from_status to_status at", "what changed, and when"),
    ),
    Comment: (
        *_of("by_id text", "what colleagues write to each other", Basis.DUTY, Kept.FOR_GOOD),
        *_none("id statement_id at", "where and when"),
    ),
    OutgoingMail: (
        *_of("to language params", "to send the mail", Basis.CONSENT, Kept.WITH_MAIL),
        *_of("trouble trouble_at last_error provider_id message_id",
             "what became of the mail", Basis.INTEREST, Kept.WITH_MAIL),
        *_none("id kind state attempts due_at created_at sent_at", "how far the mail has come"),
    ),
    User: (
        *_of("email name password", "to sign in", Basis.CONTRACT, Kept.WITH_ACCOUNT),
        *_of("last_login date_joined reset_mailed_at session_epoch", "to keep the account safe",
             Basis.CONTRACT, Kept.WITH_ACCOUNT),
        *_none("id is_superuser is_staff is_active is_demo", "what the account may do"),
    ),
}  # fmt: skip

WITHOUT_PEOPLE = frozenset({
    "accounts.RoleGrant", "pages.SitePage", "pages.SitePageText",
    "statements.SigningPause", "statements.Topic", "statements.TopicName", "statements.Statement",
    "statements.Milestone", "statements.Target", "statements.Reference", "statements.Attachment",
    "statements.Release", "statements.Rendition", "statements.Update", "statements.Delivery",
    "statements.StatementText", "statements.Edition", "statements.EditionWords",
    "statements.ConsentText",
    "signatories.ConsentWording", "signatories.Organization", "signatories.OrganizationAlias",
    "signatories.OrganizationKey", "signatories.DeliveryNotice", "signatories.Logo",
    "signatories.CorrectionMailing", "signatories.UpdateMailing", "signatories.UpdateWords",
    "signatories.RateCount", "signatories.DailySalt", "signatories.TallySlot",
})  # fmt: skip
"""Models whose rows tell of no person: words, organizations, counts. Staff in a role of theirs
(who wrote, who published) and decision-makers in public office are named there."""


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


DOWNLOADED = _names(one for one in SIGNATURE if one.downloaded)
RETYPED = _names(one for one in SIGNATURE if one.retyped)
CONFIRMED = _names(one for one in SIGNATURE if one.confirmed)
EDITABLE = {
    owner: _names(one for one in SIGNATURE if owner in one.editable_by) for owner in Owner
}  # fmt: skip
EDITABLE_IN_PUBLIC = _names(one for one in SIGNATURE if one.public and one.editable_by)
EDITABLE_WORDS = _names(one for one in SIGNATURE if one.typed)


def erased_values() -> dict[str, Any]:
    """What is written over the details of whoever signed for an organization."""
    return {
        one.name: list(one.erased) if isinstance(one.erased, list) else one.erased
        for one in SIGNATURE
        if one.erased is not UNCHANGED
    }
