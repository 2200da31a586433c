"""Invented signatures for staff to look at mails with; none of them is in the database."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signatories.core import tokens
from signatories.core.reconsent_questions import Note, ReconsentQuestion
from signatories.models import Organization, Signature
from statements.models import Edition, Statement


def edition(**fields: Any) -> Edition:
    """An edition in the active language, under a statement that is public and open."""
    language = get_language() or ""
    statement = Statement(
        slug="sample",
        status=Statement.Status.PUBLISHED,
        publish_at=timezone.now(),
        language=language,
        edition_number=1,
    )
    words: dict[str, Any] = {
        "number": 1,
        "translates": 1,
        "title": _("Keep the reading room open on Saturdays"),
        "summary": _("The reading room is to close on Saturdays."),
        "body": f"<p>{_('Pupils learn there on Saturdays.')}</p>",
    }
    return Edition(statement=statement, language=language, **{**words, **fields})


def signature(**fields: Any) -> Signature:
    """A person's signature that waits for confirmation, unless `fields` say otherwise."""
    signed = edition()
    defaults: dict[str, Any] = {
        "statement": signed.statement,
        "edition": signed,
        "kind": Signature.Kind.PERSON,
        "state": Signature.State.PENDING,
        "name": "Nora Lind",
        "email": "nora@example.org",
        "email_key": "nora@example.org",
        "nonce": tokens.new_nonce(),
        "share_code": "",
        "language": signed.language,
        "city": "Aldermouth",
        "country": "GB",
        "wants_updates": True,
    }
    if fields.get("state", Signature.State.PENDING) != Signature.State.PENDING:
        defaults["confirmed_at"] = timezone.now()
    return Signature(**{**defaults, **fields})


def organization_signature(**fields: Any) -> Signature:
    """The same for an organization, signed by its representative."""
    organization = Organization(name="River Trust", website="https://rivers.example.org")
    defaults = {"kind": Signature.Kind.ORGANIZATION, "organization": organization}
    return signature(**{**defaults, **fields})


def corrected() -> tuple[Signature, ReconsentQuestion]:
    """A signature under an edition that was corrected since, and the question it is asked."""
    signed = signature(state=Signature.State.CONFIRMED)
    assert signed.edition is not None  # noqa: S101 - for the type checker
    body = f"<p>{_('Pupils learn there on Sundays.')}</p>"
    current = edition(number=2, translates=2, body=body)
    return signed, ReconsentQuestion(
        signed.edition, current, [Note(_("The day was wrong."), current.language)]
    )
