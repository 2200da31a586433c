"""The page that thanks, kept but for what is the signer's own.

It was three fifths of the work of a confirmation. What is kept is made for nobody: where something
of a signer stands, it has a hole, which is filled for each of them. So nothing of a person is kept,
and whoever adds to the page has to name what is a signer's own (`_own`).
"""

import hashlib
from dataclasses import replace
from typing import NamedTuple

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import caches
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from casa.appearance import reading
from casa.lib.addresses import domains
from casa.lib.addresses.mailto import in_link
from casa.lib.moments.words import last_moment_in_words
from casa.lib.release import fingerprint
from signatories.core import paper, tally, tokens
from signatories.core.answers import with_answers
from signatories.models import Signature
from signatories.models.signatures import in_full
from statements import onward, supporter_texts
from statements.models import Statement
from statements.public.kept_page import ALIAS, KEPT_FOR, Holes
from statements.templatetags.reading import signing_state

TEMPLATE = "signatories/confirmed.html"
NAMED = "signatories/_signatory.html"


class Page(NamedTuple):
    pieces: tuple[str, ...]
    holes: tuple[str, ...]


def page(request: HttpRequest, signature: Signature, *, private_url: str) -> str:
    """The page for the owner of a signature; `private_url` where it is shown this once."""
    own = _own(signature, private_url)
    kept = _kept(request, signature, [name for name, value in own.items() if value])
    parts = [kept.pieces[0]]
    for name, piece in zip(kept.holes, kept.pieces[1:], strict=True):
        parts += (conditional_escape(own[name]), piece)
    return "".join(parts)


def _own(signature: Signature, private_url: str) -> dict[str, str]:
    """What is the signer's own, or another with each signature; "" for what there is not."""
    organization, statement = signature.organization, signature.statement
    with_answers([signature], statement)
    signed = replace(tally.signed(statement), is_behind=_is_behind(signature))
    return {
        "number": intcomma(signature.number) if signature.number else "",
        "organization": organization.name if organization else "",
        "domain": domains.shown(organization.verified_domain) if organization else "",
        "named": render_to_string(NAMED, {"signature": signature}),
        "share_code": signature.share_code,
        "written_by": _written_by(signature),
        "written_by_in_link": in_link(_written_by(signature)),
        "private_url": private_url,
        "tally": signed.in_words,
        "on_paper": paper.in_words(statement),
    }


def _written_by(signature: Signature) -> str:
    """What stands below a letter of theirs: their name, for whom they signed, and their town."""
    name = in_full(signature.honorific, signature.name, signature.credentials)
    signed_for = signature.organization.name if signature.organization else ""
    return "\n".join(filter(None, (name, signature.particulars, signed_for, signature.city)))


def _is_behind(signature: Signature) -> bool:
    return bool(signature.edition and signature.edition.is_behind)


def _kept(request: HttpRequest, signature: Signature, own: list[str]) -> Page:
    """The page for all who have what `own` names, and of whom the same is told."""
    statement, told = signature.statement, _told(signature)
    if request.path != statement.get_absolute_url():  # whoever has a link could make up many
        return _made(request, signature, own, told)
    seen = (
        fingerprint(), reading.version(), get_language(), statement.pk, statement.changed_at,
        signature.edition_id, onward.seen_of(statement),
        signing_state(statement), _deadline(statement), own, told,
    )  # fmt: skip
    cache, key = caches[ALIAS], f"thanks:{hashlib.sha256(repr(seen).encode()).hexdigest()}"
    kept: Page | None = cache.get(key)
    if kept is None:
        kept = _made(request, signature, own, told)
        cache.set(key, kept, KEPT_FOR)
    return kept


def _told(signature: Signature) -> dict[str, bool]:
    """What chooses among the sentences of the page."""
    organization = signature.organization
    return {
        "is_counted": signature.is_counted,
        "is_of_organization": organization is not None,
        "to_check": bool(organization and organization.to_check),
        "wants_updates": signature.wants_updates,
        "welcome_mail": settings.WELCOME_MAIL,
    }


def _deadline(statement: Statement) -> str:
    closes = statement.signing_closes_at
    return last_moment_in_words(closes) if closes else ""


def _made(
    request: HttpRequest, signature: Signature, own: list[str], told: dict[str, bool]
) -> Page:
    """With holes in the places of what is the signer's `own`, and no other row of a signature than
    one that was made for it.
    """
    holes = Holes()
    marks = {name: holes.leave(name) for name in own}
    statement = signature.statement
    nobodys = Signature(statement=statement, share_code=marks.get("share_code", ""))
    context = {
        **told,
        **marks,
        "signature": nobodys,
        "statement": statement,
        "edition": signature.edition,
        "said": supporter_texts.thanks(statement),
        "onward": onward.onward_of(statement),
        "private_days": tokens.LIFETIME[tokens.MANAGE].days,
    }
    return Page(*holes.split(render_to_string(TEMPLATE, context, request)))
