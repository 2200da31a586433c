"""What statement pages show of signing: the form, the count in words, the names."""

from dataclasses import replace

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import cache
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from casa.appearance import reading
from casa.lib import periods
from casa.lib.periods import Term
from casa.lib.text import unparted
from signatories.core import paper, referrals, tally
from signatories.core.tally import tally_in_words
from signatories.mailings.awaited import awaited
from signatories.models import Signature
from signatories.public import lists
from signatories.signing import domain_typos
from signatories.signing.antispam import honeypot
from signatories.signing.forms import SignForm
from statements import contact_periods, supporter_texts
from statements.models import Edition, Statement
from statements.public.kept_page import leave_or

register = template.Library()

FORM_KEPT_FOR = 3600
"""Seconds. The key changes when the statement's screen is saved, its options and consent sentences
included, so this only bounds memory."""


@register.simple_tag(takes_context=True)
def sign_form(context: Context, edition: Edition) -> SafeString:
    """The empty form. It is alike for every visitor and slow to render, so it is kept."""
    if edition.pk is None:  # a preview: its words are no edition yet
        html: str = _empty_form(edition)
    else:
        html = _kept_form(edition)
    opened = leave_or(context, honeypot.OPENED_FIELD, honeypot.opened_now)
    html = html.replace(honeypot.PLACE_OF_MOMENT, opened, 1)
    return mark_safe(html)  # noqa: S308 - rendered by the template above


def _kept_form(edition: Edition) -> str:
    changed_at = edition.statement.changed_at.timestamp()
    key = f"sign-form:{edition.pk}:{changed_at}:{get_language()}:{reading.version()}"
    html: str | None = cache.get(key)
    if html is None:
        html = _empty_form(edition)
        cache.set(key, html, FORM_KEPT_FOR)
    return html


def _empty_form(edition: Edition) -> SafeString:
    kept = {
        "form": SignForm(edition),
        "statement": edition.statement,
        "opened": honeypot.PLACE_OF_MOMENT,
    }
    return render_to_string("signatories/_form.html", kept)


@register.simple_tag
def contact_data_kept(statement: Statement) -> str:
    """When contact data of who signs is deleted, where the statement has a period of its own."""
    months = contact_periods.own_months(statement) if statement.pk else None
    if months is None:
        return ""
    return gettext(
        "Your e-mail address, and a postal code, a comment or an answer that only we see, are"
        " deleted %(period)s after the hand-over and the end of signing."
    ) % {"period": periods.in_words(Term.CONTACT, months)}


@register.simple_tag
def mail_domains() -> str:
    """The domains that sign.js compares with, parted by spaces."""
    return " ".join(domain_typos.DOMAINS)


@register.simple_tag
def referral_url(signature: Signature) -> str:
    return referrals.referral_url(signature)


@register.simple_tag
def share_links(address: str, words: str) -> list[referrals.ShareLink]:
    return referrals.share_links(address, words)


@register.simple_tag
def mailto_url(address: str, edition: Edition) -> str:
    """A mail with the office's own sentence, where there is one, and the link."""
    return referrals.mailto_url(address, edition.title, supporter_texts.share_sentence(edition))


@register.simple_tag
def mastodon_url(statement: Statement, address: str) -> str:
    """Our page that asks for the reader's server; it carries the code of the signer's link."""
    _page, _mark, query = address.partition("?")
    path = reverse("signatories:mastodon", args=[statement.slug])
    return f"{path}?{query}" if query else path


WITHDRAWN_SHOWN = 100


@register.simple_tag
def withdrawn_from(statement: Statement) -> list[Signature]:
    """The newest of those who asked to be listed as withdrawn, for a page of a public statement."""
    withdrew = Signature.objects.withdrew().filter(statement=statement)
    return list(withdrew.as_listed()[:WITHDRAWN_SHOWN])


register.simple_tag(tally_in_words)


@register.simple_tag
def tally_of(statement: Statement, edition: Edition | None = None) -> str:
    """The count in words, with its condition, beside the `edition` that is shown.

    Where many statements are listed, prefetch `tally_slots` and call `fetch_earlier`.
    """
    return _signed(statement, edition).in_words


@register.simple_tag
def tally_beside(edition: Edition) -> str:
    """The same of an edition that comes with its tally."""
    return tally.signed_beside(edition).in_words


@register.simple_tag
def signed_which_text(statement: Statement, edition: Edition | None = None) -> str:
    """ "312 people signed this text, 40 people an earlier one."; "" where all signed this one."""
    return _signed(statement, edition).sentence


register.simple_tag(awaited)
register.simple_tag(tally.collected_in_words, name="collected_by_organizer")
register.simple_tag(paper.in_words, name="on_paper")
register.simple_tag(paper.alone_in_words, name="on_paper_alone")


def _signed(statement: Statement, edition: Edition | None) -> tally.Signed:
    return replace(tally.signed(statement), is_behind=bool(edition and edition.is_behind))


@register.simple_tag
def names_withheld(statement: Statement) -> str:
    """How many of those who signed are not named, as a sentence; "" for none."""
    number = sum(lists.withheld(statement).values())
    if not number:
        return ""
    told = ngettext(
        "%(number)s of them asked not to be named.",
        "%(number)s of them asked not to be named.",
        number,
    )
    return unparted(told % {"number": intcomma(number)})
