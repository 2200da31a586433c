"""The questions of a statement's sign form, and its consent sentences."""

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from casa.appearance import reading
from casa.lib import countries, regions
from casa.lib.db import rows
from statements.models import Ask, Statement

# The details that a statement may ask or not, with what is said where a required one is missing.
SENTENCES = {
    "role": _("Enter your role or profession."),
    "affiliation": _("Enter your organization."),
    "city": _("Enter your town or city."),
    "country": _("Choose your country."),
    "region": _("Choose your state or region."),
    "postal_code": _("Enter your postal code."),
    "comment": _("Write a comment."),
}
# Required of some signers only, which the form finds out when it knows the others.
CONDITIONAL = ("affiliation", "region")


def adapt(fields: dict[str, forms.Field], statement: Statement) -> None:
    """Leave of a form's `fields` what `statement` asks, and mark what is optional."""
    for name, sentence in SENTENCES.items():
        ask = getattr(statement, f"ask_{name}")
        if ask == Ask.NO:
            fields.pop(name, None)
            continue
        field: Any = fields[name]
        field.required = ask == Ask.REQUIRED and name not in CONDITIONAL
        field.marked_optional = ask == Ask.OPTIONAL
        field.error_messages["required"] = sentence
    if not statement.may_withhold:
        fields.pop("name_withheld", None)
    if statement.minimum_age is None:
        fields.pop("of_age", None)
    else:
        fields["of_age"].set_minimum(statement.minimum_age)  # type: ignore[attr-defined]


def place(cleaned: dict[str, Any], *, is_required: bool) -> None:
    """Put a region into `cleaned` as addresses have it, with its country where none was chosen.

    Raises ValidationError if it is missing, or one of another country.
    """
    code, country = cleaned.get("region", ""), cleaned.get("country", "")
    if not code:
        if is_required and regions.of_country(country):
            raise ValidationError(SENTENCES["region"], code="required")
        return
    if country and country != code[:2]:
        cleaned["region"] = ""
        raise ValidationError(
            gettext("%(region)s is not in %(country)s. Choose another one, or none.")
            % {"region": regions.name(code), "country": countries.country_name(country)},
            code="other_country",
        )
    cleaned["country"], cleaned["region"] = code[:2], regions.in_address(code)


def consent_sentence(statement: Statement) -> str:
    """What a signer agrees to, in the language of the page; kept with the signature.

    A statement has sentences of its own in the languages that staff wrote them in. In another one
    the site's own is better than words that its reader may not understand.
    """
    return _with_own(statement, sites_consent_sentence)


def _with_own(statement: Statement, sites: Callable[[Statement], str]) -> str:
    """The statement's words after the sentence that `sites` gives, or in its place."""
    own = rows.first(_OWN_SENTENCE, [statement.pk, get_language() or ""])
    if own is None:
        return sites(statement)
    text, is_in_place = own
    return text if is_in_place else f"{sites(statement)} {text}"


_OWN_SENTENCE = """
    SELECT text, in_place FROM statements_consenttext
    WHERE statement_id = %s AND language = %s AND text <> ''
"""


def sites_consent_sentence(statement: Statement) -> str:
    if statement.may_withhold:
        return gettext(
            "By signing you agree that %(site)s keeps your details for this statement, shows your"
            " name as you chose above, and sends you a mail to confirm. Your e-mail address is"
            " never shown or passed on. You can withdraw at any time."
        ) % {"site": reading.words().name}
    return gettext(
        "By signing you agree that %(site)s keeps your details for this statement, shows your"
        " name in public, and sends you a mail to confirm. Your e-mail address is never shown or"
        " passed on. You can withdraw at any time."
    ) % {"site": reading.words().name}


def paper_consent(statement: Statement) -> str:
    """What a signer on paper agrees to, in the language of the page."""
    return _with_own(statement, _sites_paper_consent)


def _sites_paper_consent(statement: Statement) -> str:
    if statement.may_withhold:
        return gettext(
            "By signing you agree that %(site)s keeps what you write here for this statement, and"
            " shows your name in public unless you tick that it should not. Your e-mail address"
            " and your handwriting are never shown or passed on. You can withdraw at any time."
        ) % {"site": reading.words().name}
    return gettext(
        "By signing you agree that %(site)s keeps what you write here for this statement, and"
        " shows your name in public. Your e-mail address and your handwriting are never shown or"
        " passed on. You can withdraw at any time."
    ) % {"site": reading.words().name}


def owner_consent(statement: Statement) -> str:
    """What the owner of an imported name agrees to, who says that it is theirs."""
    return _with_own(statement, _sites_owner_sentence)


def _sites_owner_sentence(statement: Statement) -> str:
    return gettext(
        "By confirming you agree that %(site)s keeps your details for this statement and shows"
        " your name with it as it stands above. Your e-mail address is never shown or passed on."
        " You can withdraw at any time."
    ) % {"site": reading.words().name}


def invitation_consent() -> str:
    """What an invited lead signatory agrees to; kept with the signature."""
    return gettext(
        "By signing you agree that %(site)s keeps your details for this statement and shows your"
        " name among the first when it is published. Your e-mail address is never shown or passed"
        " on. You can withdraw on this page until then, and by writing to us at any time."
    ) % {"site": reading.words().name}


def mark(sentence: str) -> str:
    """A short mark of a sentence, which the form carries to say which one its reader saw."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]
