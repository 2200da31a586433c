"""What statement pages show of signing: the form, the count in words, the names."""

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from signatories import tally, typos
from signatories.forms import SignForm, consent_sentence
from signatories.spam import trap
from statements.models import Edition, Statement

register = template.Library()

FORM_KEPT_FOR = 3600  # seconds; the key changes with the statement, so this only bounds memory


@register.simple_tag
def sign_form(edition: Edition) -> SafeString:
    """The empty form. It is alike for every visitor and slow to render, so it is kept."""
    statement = edition.statement
    key = f"sign-form:{edition.pk}:{statement.changed_at.timestamp()}:{get_language()}"
    html = cache.get(key)
    if html is None:
        context = {
            "form": SignForm(edition),
            "statement": statement,
            "consent": consent_sentence(),
            "opened": trap.PLACE_OF_MOMENT,
        }
        html = render_to_string("signatories/_form.html", context)
        cache.set(key, html, FORM_KEPT_FOR)
    html = html.replace(trap.PLACE_OF_MOMENT, trap.opened_now(), 1)
    return mark_safe(html)  # noqa: S308 - rendered by the template above


@register.simple_tag
def mail_domains() -> str:
    """The domains that typos.js compares with, parted by spaces."""
    return " ".join(typos.DOMAINS)


@register.simple_tag
def consent() -> str:
    return consent_sentence()


@register.simple_tag
def tally_of(statement: Statement) -> str:
    """The count in words. Prefetch `tally_slots` where many statements are listed."""
    count = tally.of(statement)
    return tally_in_words(count.organizations, count.people)


@register.simple_tag
def signed_which_text(statement: Statement) -> str:
    """ "312 people signed this text, 40 people an earlier one."; "" while there is one edition."""
    earlier = tally.under_earlier_editions(statement)
    if not earlier:
        return ""
    count = tally.of(statement)
    these = tally_in_words(
        count.organizations - earlier.organizations, count.people - earlier.people
    )
    numbers = {
        "these": these,
        "earlier": tally_in_words(earlier.organizations, earlier.people),
    }
    if not these:
        return gettext("All %(earlier)s signed an earlier text than this one.") % numbers
    return gettext("%(these)s signed this text, %(earlier)s an earlier one.") % numbers


@register.simple_tag
def tally_in_words(organizations: int, people: int) -> str:
    """The count as text: "47 organizations and 1,312 people", "1 person", "" for none."""
    parts = []
    if organizations > 0:
        parts.append(
            ngettext("%(number)s organization", "%(number)s organizations", organizations)
            % {"number": intcomma(organizations)}
        )
    if people > 0:
        parts.append(
            ngettext("%(number)s person", "%(number)s people", people)
            % {"number": intcomma(people)}
        )
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(organizations)s and %(people)s") % {
        "organizations": parts[0],
        "people": parts[1],
    }
