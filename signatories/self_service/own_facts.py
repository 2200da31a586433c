"""The facts on a signer's private page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import methodcaller

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from casa.lib import countries
from casa.lib.addresses import mailboxes, web_addresses
from casa.lib.moments.words import written_out
from signatories.core import personal_data
from signatories.models import Signature


@dataclass(frozen=True)
class Fact:
    """A line of the list; `language` is that of `value`, in which a signer read it."""

    label: str
    value: str
    language: str


def facts(signature: Signature) -> Iterator[Fact]:
    """All columns that are declared as seen by their signer and hold something."""
    for name in personal_data.SEEN:
        if value := _value(signature, name):
            label = _label(name) if name != "answer" else _answered(signature)
            yield Fact(label, value, _language(signature, name))


# How a column is written that is no text and no date.
WRITTEN: dict[str, Callable[[Signature], str]] = {
    "organization_id": lambda one: str(one.organization or ""),
    "affiliation_mark": methodcaller("get_affiliation_mark_display"),
    "consent_source": methodcaller("get_consent_source_display"),
    "email": lambda one: mailboxes.shown(one.email),
    "claimed_website": lambda one: web_addresses.shown(one.claimed_website),
    "country": lambda one: countries.country_name(one.country),
    "question": lambda one: "",  # stands before the answer
    "declared_age": lambda one: _age(one.declared_age),
    "consent_id": lambda one: str(one.consent or ""),
}


def _value(signature: Signature, name: str) -> str:
    if name in WRITTEN:
        return WRITTEN[name](signature)
    value = getattr(signature, name)
    return written_out(value) if isinstance(value, datetime) else str(value or "")


def _answered(signature: Signature) -> str:
    """The question that the answer is to, and whether it is never shown."""
    if signature.answer_public:
        return signature.question
    return gettext("%(detail)s, never shown") % {"detail": signature.question}


def _age(years: int | None) -> str:
    return gettext("at least %(years)d") % {"years": years} if years else ""


def _label(name: str) -> str:
    label, column = str(capfirst(personal_data.label(name))), personal_data.COLUMNS[name]
    if column.asked and not column.public:
        return gettext("%(detail)s, never shown") % {"detail": label}
    return label


def _language(signature: Signature, name: str) -> str:
    if name == "consent_id" and signature.consent is not None:
        return signature.consent.language
    return get_language() or ""
