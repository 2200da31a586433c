"""The share images, the icons, and the manifest that names them."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from casa.appearance import reading
from casa.appearance.looks import Picture
from casa.appearance.theme import LIGHT_GROUND
from casa.lib import http, languages
from casa.site.social_images import drawing, posters
from casa.site.social_images.drawing import Poster
from statements.reading import editions_numbered

LARGEST_NUMBER = 2**31 - 1  # an integer of the database
TOUCH_ICON = 180  # pixels
SMALL_ICON = 32


@require_safe
@http.public
@http.limited("share_image")
@http.for_other_sites
@conditional_page
def edition_image(request: HttpRequest, slug: str, number: int, language: str) -> HttpResponse:
    if number > LARGEST_NUMBER:
        raise Http404
    for edition in editions_numbered(slug, number):
        if edition.language == language:
            return _drawn(posters.of_edition(edition))
    raise Http404


@require_safe
@http.public
@http.limited("share_image")
@http.for_other_sites
@conditional_page
def site_image(request: HttpRequest, language: str) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return _drawn(posters.of_site(language))


def _drawn(poster: Poster) -> HttpResponse:
    headers = {"ETag": f'"{poster.fingerprint}"'}
    return HttpResponse(posters.drawn(poster), content_type=poster.content_type, headers=headers)


@require_safe
@http.public
@conditional_page
def icon(request: HttpRequest, size: int, *, maskable: bool = False) -> HttpResponse:
    if (own := reading.public().icon) and not maskable:
        return _own_icon(own, size)
    drawn = drawing.icon(_initial(), reading.current().accent.on_light, size, maskable=maskable)
    return HttpResponse(drawn, content_type="image/png")


@require_safe
@http.public
@conditional_page
def favicon(request: HttpRequest) -> HttpResponse:
    if own := reading.public().icon:
        return _own_icon(own, SMALL_ICON)
    drawn = drawing.favicon(_initial(), reading.current().accent.on_light)
    return HttpResponse(drawn, content_type="image/x-icon")


def _own_icon(icon: Picture, size: int) -> HttpResponse:
    """The small picture that the office chose, in the size that is asked for or the next larger."""
    filename = icon.at_least(size).rpartition("/")[2]
    found = reading.public().size(filename)
    assert found is not None  # noqa: S101 - for the type checker: it is one of its sizes
    with default_storage.open(f"appearance/{filename}") as file:
        return HttpResponse(file.read(), content_type=found["content_type"])


def _initial() -> str:
    return next((sign.upper() for sign in reading.words().name if sign.isalnum()), "")


@require_safe
@http.public
@conditional_page
def manifest(request: HttpRequest) -> HttpResponse:
    said = reading.words()
    content = {
        "id": "/",
        "name": said.name,
        "short_name": said.name,
        "description": said.tagline,
        "lang": settings.LANGUAGE_CODE,
        "dir": "rtl" if languages.is_rtl(settings.LANGUAGE_CODE) else "ltr",
        "start_url": reverse("statements:home"),
        "display": "browser",
        "background_color": LIGHT_GROUND,
        "theme_color": reading.current().accent.on_light,
        "icons": _icon_entries(),
    }
    return JsonResponse(content, content_type="application/manifest+json")


def _icon_entries() -> list[dict[str, str]]:
    own = reading.public().content["pictures"].get("icon")
    if own:
        return [
            {
                "src": reverse("appearance:picture", args=[one["filename"]]),
                "sizes": f"{one['width']}x{one['height']}",
                "type": one["content_type"],
                "purpose": "any",
            }
            for one in own
        ]
    return [
        _icon_entry("share:icon-192", 192, "any"),
        _icon_entry("share:icon-512", 512, "any"),
        _icon_entry("share:icon-maskable-192", 192, "maskable"),
        _icon_entry("share:icon-maskable-512", 512, "maskable"),
    ]


def _icon_entry(name: str, size: int, purpose: str) -> dict[str, str]:
    sizes = f"{size}x{size}"
    return {"src": reverse(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
