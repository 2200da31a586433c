"""What stands in the head of a statement's page: who stands behind it, and how many signed."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from casa.lib.text import unparted
from signatories.core import tally
from signatories.core.goals import Goal, goal_of
from signatories.core.tally import NumberAndNoun
from signatories.models import ForStatementPage, Organization, Signature
from signatories.public.statement_page import LOGOS_IN_HEAD, LOGOS_IN_ROW
from statements.models import Edition, Statement
from statements.public.enumeration import enumerated, first_named
from statements.public.kept_page import NEWEST_SHOWN

register = template.Library()

VERIFIED = Organization.Verification.VERIFIED
Others = Callable[[int], SafeString | None]


class Backers(NamedTuple):
    """Who stands behind a statement: a label, names as a list in words, and logos."""

    label: str
    names: SafeString
    organizations: list[Organization]
    """Those with a logo that stands before the names."""

    row: list[Organization]
    """Those whose logos stand in a row of their own."""


@register.simple_tag
def backers(signatures: ForStatementPage, edition: Edition) -> Backers | None:
    """The lead signatories, else organizations that signed; None where there are neither."""
    organizations: int = edition.organizations  # type: ignore[attr-defined]
    if leads := signatures.leads:
        found = _backers(gettext("Submitted by"), leads, len(leads), _others)
    elif signed := signatures.organizations:
        found = _backers(gettext("Signed by"), signed, organizations, _other_organizations)
    else:
        return None
    row = edition.statement.logo_row
    if row == Statement.LogoRow.VERIFIED:
        return found._replace(organizations=[], row=_verified(signatures))
    return found if row == Statement.LogoRow.NAMED else found._replace(organizations=[])


def _verified(signatures: ForStatementPage) -> list[Organization]:
    """Of the lead signatories and of the newest organizations, each once."""
    shown = [one for one in (*signatures.leads, *signatures.organizations) if not one.name_withheld]
    verified = {
        one.organization.pk: one.organization
        for one in shown
        if one.organization and one.organization.verification == VERIFIED
    }
    return _with_logo(verified.values(), LOGOS_IN_ROW)


def _backers(label: str, signatures: Sequence[Signature], number: int, others: Others) -> Backers:
    told = [one for one in signatures[:NEWEST_SHOWN] if not one.name_withheld]
    shown = first_named([one.displayed_name for one in told], number)
    return Backers(
        label,
        enumerated(shown, others(number - len(shown))),
        _with_logo((one.organization for one in told), LOGOS_IN_HEAD),
        [],
    )


def _others(number: int) -> SafeString | None:
    words = ngettext("%(number)s other", "%(number)s others", number)
    return _link(words, number)


def _other_organizations(number: int) -> SafeString | None:
    words = ngettext("%(number)s other organization", "%(number)s other organizations", number)
    return _link(words, number)


def _link(words: str, number: int) -> SafeString | None:
    told = unparted(words % {"number": intcomma(number)})
    return format_html('<a href="#signatories">{}</a>', told) if number else None


def _with_logo(organizations: Iterable[Organization | None], most: int) -> list[Organization]:
    found = (one for one in organizations if one is not None and one.shown_logos)
    return list(islice(found, most))


@register.simple_tag
def numbers(edition: Edition) -> list[NumberAndNoun]:
    """How many people and how many organizations signed, each for itself; [] for none."""
    return tally.signed_beside(edition).all.numbers


@register.simple_tag
def goal(edition: Edition) -> Goal | None:
    """The goal of a statement, where there is one to be told of."""
    return goal_of(edition.statement, tally.signed_beside(edition).all.people)


register.simple_tag(tally.this_week_in_words, name="this_week")


@register.simple_tag
def which_text(edition: Edition) -> str:
    """ "7 people signed this text, 2 people an earlier one."; "" where all signed this one."""
    return tally.signed_beside(edition).sentence
