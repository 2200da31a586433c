"""What pages show of an organization: its logo, or its initials in a circle."""

from base64 import b64encode
from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casa.lib.media.images import WEBP
from signatories.models import Logo, Organization
from signatories.public import directory

register = template.Library()

ON_FRONT_PAGE = 18


@register.simple_tag
def organization_logo(organization: Organization, size: int = 48) -> SafeString:
    """A picture at most `size` CSS pixels high and twice as wide; initials where there is none.

    It stands beside the name and says nothing more, so it is hidden from screen readers. Costs no
    query on rows of `Organization.objects.with_logos()`.
    """
    logos = organization.shown_logos
    if not logos:
        large = " large" if size > 48 else ""
        return format_html(_MONOGRAM, large, initials(organization.name))
    others = [logo for logo in logos if logo.content_type != WEBP]
    largest = max(others or logos, key=lambda logo: logo.width)
    scale = min(1, size / largest.height, 2 * size / largest.width)
    width, height = (max(1, round(side * scale)) for side in (largest.width, largest.height))
    webp = _srcset(logo for logo in logos if logo.content_type == WEBP)
    sizes = _srcset(others)
    return format_html(
        _PICTURE,
        format_html(_WEBP, webp, width) if webp else "",
        min(others or logos, key=lambda logo: logo.width).get_absolute_url(),
        format_html(_SIZES, sizes, width) if sizes else "",
        width,
        height,
    )


# Written in Python like the names beside them: a page lists dozens, and a template for each cost
# more than all else of a name.
_MONOGRAM = '<span class="monogram{}" aria-hidden="true">{}</span>'
_PICTURE = (
    '<picture>{}<img class="organization-logo" src="{}"{} width="{}" height="{}" alt=""'
    ' loading="lazy" decoding="async"></picture>'
)
_WEBP = '<source type="image/webp" srcset="{}" sizes="{}px">'
_SIZES = ' srcset="{}" sizes="{}px"'


def _srcset(logos: Iterable[Logo]) -> str:
    return ", ".join(f"{logo.get_absolute_url()} {logo.width}w" for logo in logos)


def initials(name: str) -> str:
    """The first letters of up to two words: "River Trust" gives "RT"."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or name[:1]


@register.simple_tag
def organizations_behind() -> list[Organization]:
    """Some of those that signed public statements, for the front page."""
    return directory.newest_signers(ON_FRONT_PAGE)


@register.simple_tag
def logo_pictures(logos: list[Logo]) -> list[dict[str, object]]:
    """For staff: the smallest size of the shown and of the waiting logo, inside the page itself.

    A logo that waits has no URL, so that only staff can see it.
    """
    smallest = {one.approved: one for one in reversed(logos) if one.content_type == WEBP}
    return [
        {
            "approved": approved,
            "width": one.width,
            "height": one.height,
            "data": f"data:{one.content_type};base64,{_base64(one)}",
        }
        for approved, one in sorted(smallest.items(), reverse=True)
    ]


def _base64(logo: Logo) -> str:
    try:
        with logo.file.open() as file:
            return b64encode(file.read()).decode()
    except FileNotFoundError:
        return ""  # a database that was restored without its files
