"""What pages show of organizations."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from signatories.models import Organization

register = template.Library()

SMALL_WORDS = {"of", "the", "for", "and", "de", "des", "du", "la", "le", "und", "der", "die", "das"}


@register.simple_tag
def organization_logo(organization: Organization, size: str) -> SafeString:
    """Its first letters where a logo would stand; `size` is "small" or "large"."""
    return format_html(
        '<span class="logo logo-{} monogram" aria-hidden="true">{}</span>',
        size,
        monogram(organization.name),
    )


def monogram(name: str) -> str:
    words = [word for word in name.split() if word[0].isalnum()]
    chosen = [word for word in words if word.lower() not in SMALL_WORDS] or words
    return "".join(word[0] for word in chosen[:2]).upper()
