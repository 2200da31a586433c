"""What pages show of an organization: its initials, where a logo would stand."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from signatories.models import Organization

register = template.Library()


@register.simple_tag
def organization_logo(organization: Organization, size: int = 48) -> SafeString:
    """It stands beside the name and says nothing more, so it is hidden from screen readers."""
    return format_html(
        '<span class="monogram{}" aria-hidden="true">{}</span>',
        " large" if size > 48 else "",
        initials(organization.name),
    )


def initials(name: str) -> str:
    """The first letters of up to two words: "River Trust" gives "RT"."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or name[:1]
