"""Passing a statement on: plain links that open the network's own page, and load nothing here."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

# The networks' documented share addresses; {url} and {text} are filled in, percent-encoded.
NETWORKS = (
    ("WhatsApp", "https://wa.me/?text={text}%20{url}"),
    ("Telegram", "https://t.me/share/url?url={url}&text={text}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("X", "https://x.com/intent/post?url={url}&text={text}"),
    ("Bluesky", "https://bsky.app/intent/compose?text={text}%20{url}"),
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
)


@dataclass(frozen=True)
class ShareLink:
    name: str
    url: str


def share_links(url: str, title: str) -> list[ShareLink]:
    """Mail first, then the networks people use. `url` is a full address."""
    filled = {"url": quote(url, safe=""), "text": quote(title, safe="")}
    mail = f"mailto:?subject={filled['text']}&body={filled['url']}"
    networks = [ShareLink(name, address.format(**filled)) for name, address in NETWORKS]
    return [ShareLink(_("Mail"), mail), *networks]
