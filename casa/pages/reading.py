"""What a page of the site says in a language: what staff wrote, else the text that came with it."""

from dataclasses import dataclass

from django.conf import settings
from django.template import Context, Engine
from django.template.exceptions import TemplateDoesNotExist
from django.urls import reverse
from django.utils import translation

from casa.appearance import reading as looks
from casa.lib.html.sanitizer import clean
from casa.lib.http import absolute
from casa.pages.models import SitePage, SitePageText

FOLDER = "pages/shipped"
SHIPPED_LANGUAGES = sorted(
    {path.name.split(".")[1] for path in (settings.BASE_DIR / "templates" / FOLDER).iterdir()}
)


@dataclass(frozen=True)
class Words:
    """A page's title and cleaned HTML, and the language they are in."""

    language: str
    title: str
    body: str


def words(page: SitePage.Key, language: str) -> Words:
    """The page in `language`; where nobody wrote it in that, in the site's own, else as shipped."""
    written = {text.language: text for text in SitePageText.objects.filter(page__key=page)}
    for code in (language, settings.LANGUAGE_CODE):
        if text := written.get(code):
            return Words(code, text.title, text.body)
        if shipped_words := shipped(page, code):
            return shipped_words
    return shipped(page, "en") or Words("en", str(page.label), "")


def _private_link_address(language: str) -> str:
    with translation.override(language):
        return absolute(reverse("signatories:request_link"))


def shipped(page: str, language: str) -> Words | None:
    """The text that comes with the product, with this site's name and addresses; None if none.

    The first line of the file is the title, the rest is HTML as the editor writes it.
    """
    if language not in SHIPPED_LANGUAGES:
        return None
    try:
        template = Engine.get_default().get_template(f"{FOLDER}/{page}.{language}.html")
    except TemplateDoesNotExist:
        return None
    said = looks.current().in_language(language)
    context = {
        "site_name": said.name,
        "site_tagline": said.tagline,
        "site_postal_address": said.postal_address,
        "site_contact_email": said.contact_email,
        "site_url": settings.SITE_URL,
        "private_link_address": _private_link_address(language),
    }
    title, _newline, body = template.render(Context(context)).strip().partition("\n")
    return Words(language, title, clean("".join(line.strip() for line in body.splitlines())))
