"""The coalition's colours, made readable on light and on dark ground, and its typefaces."""

import base64
import colorsys
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from casa.appearance.typefaces import PAIRS

LIGHT_GROUND = "#ffffff"
DARK_GROUND = "#14171a"  # --ground in static/casa/site/foundation.css
AA_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(color: str) -> float:
    """Relative luminance of #rrggbb, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _channels(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: str, ground: str) -> str:
    """`color`, moved towards black or white until text in it on `ground` meets AA."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    step = -0.01 if luminance(ground) > 0.5 else 0.01
    while contrast(color, ground) < AA_CONTRAST:
        lightness += step
        red, green, blue = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        color = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return color


@dataclass(frozen=True)
class Accent:
    on_light: str
    on_dark: str

    @classmethod
    def from_hex(cls, value: str) -> "Accent":
        """Raises ValueError for anything but #rgb or #rrggbb."""
        if re.fullmatch(r"#[0-9a-fA-F]{3}", value):
            value = "#" + "".join(digit * 2 for digit in value[1:])
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError("is not a hex colour")
        return cls(readable(value, LIGHT_GROUND), readable(value, DARK_GROUND))


@dataclass(frozen=True)
class Theme:
    """Colours and typefaces of public pages; without a second colour the accent is in its place."""

    accent: Accent
    second: Accent
    typefaces: str  # a key of typefaces.PAIRS

    @cached_property
    def stylesheet(self) -> str:
        """The only inline style of the site; allowed by its hash, so pages need no nonce."""
        dark = f"@media (prefers-color-scheme:dark){{{self._rule(':root', 'on_dark')}}}"
        # A frame on another site may be told which to wear (templates/signatories/embed.html).
        told = self._rule(":root[data-theme=light]", "on_light")
        told += self._rule(":root[data-theme=dark]", "on_dark")
        fixed = f":root{{--band:{self.second.on_light}}}"  # white is readable on it
        light = self._rule(":root", "on_light")
        return f"{light}{dark}{told}{fixed}{PAIRS[self.typefaces].stylesheet}"

    def _rule(self, selector: str, ground: str) -> str:
        accent, second = getattr(self.accent, ground), getattr(self.second, ground)
        return f"{selector}{{--accent:{accent};--second:{second}}}"

    @cached_property
    def stylesheet_hash(self) -> str:
        """The stylesheet's entry in a Content-Security-Policy, without its quotes."""
        digest = hashlib.sha256(self.stylesheet.encode()).digest()
        return f"sha256-{base64.b64encode(digest).decode()}"
