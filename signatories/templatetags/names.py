"""Names of signatories, as pages list them.

A page lists up to 200 names. In templates they took three quarters of the time of such a page, so
they are written in Python.
"""

from collections.abc import Iterable, Iterator

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from signatories.core.answers import with_answers
from signatories.models import Organization, Signature
from signatories.public.under_editions import Group, by_edition
from signatories.templatetags.organizations import organization_logo

register = template.Library()


@register.simple_tag
def signatory(signature: Signature, *, linked: bool = False) -> SafeString:
    """Whom a list names, and what stands beside the name; an organization `linked` to its page."""
    return _together(_parts(signature, linked=linked))


@register.simple_tag(takes_context=True)
def names(
    context: Context,
    signatures: Iterable[Signature],
    css_class: str,
    *,
    linked: bool = False,
    logos: bool = False,
    first_number: int = 0,
    answers: bool = False,
) -> SafeString:
    """The list of `signatures` to the statement of the page, numbered from `first_number` on.

    Who signed different texts stands in a list for each. With `logos`, each is an organization and
    has its logo before it; with `answers`, what people answered to the office's own question
    stands behind them, where it is public.
    """
    if answers:
        signatures = with_answers(signatures, context["statement"])
    groups = by_edition(signatures, context["statement"])
    told = [
        _group(group, css_class, linked=linked, logos=logos, first_number=first_number)
        for group in groups
    ]
    return mark_safe("\n".join(told))  # noqa: S308 - each part is escaped


def _group(
    group: Group, css_class: str, *, linked: bool, logos: bool, first_number: int
) -> SafeString:
    """With a number before each where `first_number` is that of the list's first."""
    said = format_html('<p class="note">{}</p>\n', group.label) if group.label else ""
    kind = "ol" if first_number else "ul"
    items = [_item(one, linked=linked, logo=logos) for one in group.signatures]
    start = ""
    if first_number and group.runs_on:
        start = f' start="{first_number + group.placed[0][0]}"'
    elif first_number:
        places = [first_number + place for place, _one in group.placed]
        items = [
            f'<li value="{place}"{item.removeprefix("<li")}'
            for place, item in zip(places, items, strict=True)
        ]
    opening = f'<{kind} class="{conditional_escape(css_class)}"{start}>'
    whole = "\n".join([opening, *items, f"</{kind}>"])
    return mark_safe(said + whole)  # noqa: S308 - each part is escaped


def _item(signature: Signature, *, linked: bool, logo: bool) -> str:
    name = _together(_parts(signature, linked=linked))
    if not logo:
        return f"<li>{name}</li>"
    logo_of = f'<span class="logo">{_logo(signature)}</span>'
    return f'<li class="with-logo">{logo_of}<div>{name}</div></li>'


def _logo(signature: Signature) -> str:
    if signature.name_withheld or signature.organization is None:
        return ""
    return organization_logo(signature.organization)


def _parts(signature: Signature, *, linked: bool) -> Iterator[SafeString]:
    if signature.name_withheld:
        yield format_html('<span class="withheld">{}</span>', gettext("Name withheld"))
    elif signature.organization is not None:
        yield from _organization(signature, signature.organization, linked=linked)
    else:
        yield _name(signature.displayed_name)
        yield _particulars(signature.particulars)
        yield _particulars(signature.place)
        yield _answer(signature.shown_answer)


def _organization(
    signature: Signature, organization: Organization, *, linked: bool
) -> Iterator[SafeString]:
    """Who spoke for it stands beside a lead signatory alone."""
    yield _name(organization.name, organization.get_absolute_url() if linked else "")
    if signature.lead_position is not None and signature.name:
        yield _particulars(", ".join(filter(None, (signature.name, signature.role))))
    yield _particulars(organization.place or signature.place)


def _name(name: str, url: str = "") -> SafeString:
    if not url:
        return format_html('<span class="name"><bdi>{}</bdi></span>', name)
    return format_html('<span class="name"><a href="{}"><bdi>{}</bdi></a></span>', url, name)


def _answer(words: str) -> SafeString:
    return format_html('<q class="particulars">{}</q>', words) if words else SafeString()


def _particulars(words: str) -> SafeString:
    return format_html('<span class="particulars">{}</span>', words) if words else SafeString()


def _together(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("\n".join(filter(None, parts)))  # noqa: S308 - parts are escaped where made
