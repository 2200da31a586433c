"""Pages for tests."""

from casa.lib.text import address_slug
from casa.pages import publishing
from casa.pages.models import FreePage


def make_page(title: str = "Join us", *, public: bool = True, place: str = "none") -> FreePage:
    """A page with English words, called by its title."""
    page = FreePage.objects.create(slug=address_slug(title, 60), place=place)
    page.texts.create(language="en", title=title, body="<p>Words of the page.</p>")
    if public:
        publishing.publish(page)
        page.refresh_from_db()
    return page
