"""A look: all that pages, mails and files show of the appearance, ready to be read.

It is made of a plain dictionary (`Content`), which a published appearance stores and a draft is
turned into (casa/appearance/publishing.py), or of the settings where nothing is public yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Self, TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from casa.appearance import typefaces
from casa.appearance.theme import Accent, Theme

WORDS = (
    "name", "tagline", "postal_address", "contact_email", "logo_words", "fediverse_account",
    "home_title", "home_words",
)  # fmt: skip
PICTURES = ("logo", "dark_logo", "icon")


class Said(str):
    """Words of the coalition, with the code of the language they are in."""

    language: str

    def __new__(cls, text: str, language: str) -> Self:
        said = super().__new__(cls, text)
        said.language = language
        return said

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.language


class Size(TypedDict):
    """One size of a picture, in pixels."""

    filename: str
    content_type: str
    width: int
    height: int


class Content(TypedDict):
    """All of an appearance; `words` and `links` by language, `pictures` with the smallest first."""

    accent: str
    second: str
    typefaces: str
    header: str
    shows_name: bool
    pictures: dict[str, list[Size]]
    words: dict[str, dict[str, str]]
    links: dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Link:
    label: str
    address: str

    @property
    def is_elsewhere(self) -> bool:
        return not self.address.startswith("/")


@dataclass(frozen=True)
class Words:
    """What the coalition says of itself to readers of one language.

    What is not said in it is said in the site's own; each word knows the language it is in.
    """

    name: Said
    tagline: Said
    postal_address: Said
    contact_email: Said
    logo_words: Said
    fediverse_account: Said
    home_title: Said
    home_words: Said
    header_links: tuple[Link, ...]
    footer_links: tuple[Link, ...]
    profiles: tuple[Link, ...]


@dataclass(frozen=True)
class Picture:
    """A picture in its sizes, the smallest first; width and height are those of the smallest."""

    sizes: tuple[tuple[str, int, int], ...]  # address, width, height

    @property
    def address(self) -> str:
        return self.sizes[0][0]

    @property
    def width(self) -> int:
        return self.sizes[0][1]

    @property
    def height(self) -> int:
        return self.sizes[0][2]

    @property
    def srcset(self) -> str:
        return ", ".join(f"{address} {width / self.width:g}x" for address, width, _h in self.sizes)

    def at_least(self, width: int) -> str:
        """The address of the smallest size that is as wide, else of the largest."""
        found = (address for address, has, _height in self.sizes if has >= width)
        return next(found, self.sizes[-1][0])


def _public_address(filename: str) -> str:
    return reverse("appearance:picture", args=[filename])


@dataclass(frozen=True)
class Look:
    """`version` is another for each appearance that was ever public, and for each draft."""

    version: str
    content: Content
    address_of: Callable[[str], str] = _public_address
    _words: dict[str, Words] = field(default_factory=dict, compare=False)

    @cached_property
    def theme(self) -> Theme:
        accent = Accent.from_hex(self.content["accent"])
        second = self.content["second"]
        pair = self.content["typefaces"]
        return Theme(
            accent,
            Accent.from_hex(second) if second else accent,
            pair if pair in typefaces.PAIRS else typefaces.DEFAULT,
        )

    @property
    def accent(self) -> Accent:
        return self.theme.accent

    @property
    def header(self) -> str:
        return self.content["header"]

    @cached_property
    def logo(self) -> Picture | None:
        return self._picture("logo")

    @cached_property
    def dark_logo(self) -> Picture | None:
        return self._picture("dark_logo")

    @cached_property
    def icon(self) -> Picture | None:
        return self._picture("icon")

    @property
    def shows_name(self) -> bool:
        return self.content["shows_name"] or self.logo is None

    def _picture(self, which: str) -> Picture | None:
        sizes = self.content["pictures"].get(which)
        if not sizes:
            return None
        return Picture(
            tuple((self.address_of(one["filename"]), one["width"], one["height"]) for one in sizes)
        )

    @property
    def words(self) -> Words:
        """In the active language."""
        return self.in_language(get_language() or settings.LANGUAGE_CODE)

    def in_language(self, code: str) -> Words:
        found = self._words.get(code)
        if found is None:
            found = self._words[code] = _words(self.content, code)
        return found

    def size(self, filename: str) -> Size | None:
        """The size of a picture of this look with that name."""
        every = (size for sizes in self.content["pictures"].values() for size in sizes)
        return next((size for size in every if size["filename"] == filename), None)


def _words(content: Content, code: str) -> Words:
    own = settings.LANGUAGE_CODE
    said = {name: _said(content["words"], name, (code, own)) for name in WORDS}
    said["home_title"] = said["home_title"] or said["tagline"]
    said["logo_words"] = said["logo_words"] or said["name"]
    links = content["links"].get(code, [])
    return Words(
        **said,
        header_links=_links(links, "header"),
        footer_links=_links(links, "footer"),
        profiles=_links(links, "profile"),
    )


def _said(words: Mapping[str, Mapping[str, str]], name: str, codes: tuple[str, ...]) -> Said:
    for code in codes:
        if text := words.get(code, {}).get(name):
            return Said(text, code)
    return Said(_of_settings(name), settings.LANGUAGE_CODE)


def _links(links: list[dict[str, str]], place: str) -> tuple[Link, ...]:
    return tuple(Link(one["label"], one["address"]) for one in links if one["place"] == place)


def _of_settings(name: str) -> str:
    found: str = {
        "name": settings.SITE_NAME,
        "tagline": settings.SITE_TAGLINE,
        "postal_address": settings.SITE_POSTAL_ADDRESS,
        "contact_email": settings.SITE_CONTACT_EMAIL,
    }.get(name, "")
    return found


def of_settings() -> Look:
    """What stands in the environment: the first values, until staff make others public."""
    said = tuple((name, _of_settings(name)) for name in WORDS)
    return _of_settings_once(settings.SITE_ACCENT_COLOR, settings.LANGUAGE_CODE, said)


@lru_cache(maxsize=4)
def _of_settings_once(accent: str, language: str, said: tuple[tuple[str, str], ...]) -> Look:
    content = Content(
        accent=accent,
        second="",
        typefaces=typefaces.DEFAULT,
        header="plain",
        shows_name=True,
        pictures={},
        words={language: {name: text for name, text in said if text}},
        links={},
    )
    return Look("settings", content)


def of_stored(version: str, stored: Mapping[str, Any]) -> Look:
    """Of what a published appearance holds; an older one may lack what came since."""
    return Look(version, Content(**{**of_settings().content, **stored}))  # type: ignore[typeddict-item]
