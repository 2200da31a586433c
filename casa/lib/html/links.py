"""Addresses of links in rich text: full ones alone, since texts are read in mails and feeds too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

PROTOCOLS = ("http", "https", "mailto")
MOST_NAMED = 5
LONGEST_NAMED = 100  # characters

# The sanitiser writes it so: every value in quotes, every link closed.
_LINK = re.compile(r'<a((?: [\w-]{1,20}="[^"]*")*)>')
_HREF = re.compile(r' href="([^"]*)"')
_END = "</a>"


@dataclass(frozen=True)
class BadLink:
    """A link that leads nowhere for some reader: its address, or its words where it has none."""

    address: str
    words: str

    @property
    def sentence(self) -> str:
        if not self.address:
            return _("The link on “%(words)s” has no address.") % {"words": self.words}
        if not self.words:
            return _("The link to “%(address)s” has no words.") % {"address": self.address}
        return _(
            "“%(address)s” is not a full address. Links begin with https://, http:// or mailto:."
        ) % {"address": self.address}


def completed(address: str) -> str:
    """`address` as it is stored: "www.example.org" means https."""
    plain = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", address).rstrip()
    return f"https://{plain}" if plain[:4].lower() == "www." else plain


def is_full(address: str) -> bool:
    """Whether `address` leads to the same place wherever it is read."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:  # a bracket or a port that is none
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path.strip("@")
    begins_whole = re.match(r"https?://[^/\\?#]", address, re.IGNORECASE)
    return bool(begins_whole and host) and not re.search(r"\s", parts.netloc)


def checked(html: str) -> tuple[str, list[BadLink]]:
    """Sanitised `html` with full addresses alone, and the links that were otherwise."""
    bad: list[BadLink] = []
    pieces, end = [], 0
    for match in _LINK.finditer(html):
        href = _HREF.search(match[1])
        address = completed(unescape(href[1])) if href else ""
        close = html.find(_END, match.end())
        words = " ".join(strip_tags(html[match.end() : close]).replace("&nbsp;", " ").split())
        if not words or not is_full(address):
            bad.append(BadLink(_short(address), _short(unescape(words))))
        if href and not is_full(address):
            pieces += [html[end : match.start()], match[0].replace(href[0], "", 1)]
            end = match.end()
    return "".join([*pieces, html[end:]]), bad


def without_dead_links(html: str) -> str:
    """What `checked` gave, with the words alone of links that lead nowhere."""
    pieces, end = [], 0
    for match in _LINK.finditer(html):
        close = html.find(_END, match.end())
        words = html[match.end() : close]
        pieces.append(html[end : match.start()])
        if _HREF.search(match[1]) and strip_tags(words).strip():
            pieces.append(f"{match[0]}{words}{_END}")
        else:
            pieces.append(words)
        end = close + len(_END)
    return "".join([*pieces, html[end:]])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAMED else f"{text[:LONGEST_NAMED]}…"


def sentences(bad: Iterable[BadLink]) -> list[str]:
    """One sentence for each link, for the first of them."""
    return list(dict.fromkeys(one.sentence for one in bad))[:MOST_NAMED]
