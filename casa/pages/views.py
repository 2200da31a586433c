"""The pages about the coalition, for visitors."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from casa.lib import http
from casa.lib.periods import Term, in_words
from casa.lib.personal_data import Ground, Purpose, Subject, purposes_by_ground
from casa.pages import reading
from casa.pages.menus import in_a_language
from casa.pages.models import FreePage, SitePage
from casa.pages.reading import Words


@http.public
@require_safe
def page(request: HttpRequest, key: SitePage.Key) -> HttpResponse:
    words = reading.words(key, get_language() or "")
    context: dict[str, object] = {"words": words, "key": key}
    if key == SitePage.Key.PRIVACY:
        context["subjects"] = _subjects()
        context["backups"] = in_words(Term.BACKUP)
    return render(request, "pages/page.html", context)


@http.public
@require_safe
def free_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that staff made public; an address it had before leads to it."""
    page = FreePage.objects.filter(slug=slug).first()
    if page is None:
        page = FreePage.objects.filter(former_addresses__slug=slug).first()
    if page is None or not page.was_public:
        raise Http404
    if not page.is_public:
        raise http.Gone
    if page.slug != slug:
        return redirect(page, permanent=True)
    texts = {
        text.language: Words(text.language, text.title, text.body)
        for text in page.public_texts.all()
    }
    return render(request, "pages/page.html", free_page_context(texts))


def free_page_context(texts: dict[str, Words]) -> dict[str, object]:
    """What the template shows of a page with words in these languages, in the active one."""
    code = in_a_language(texts, get_language() or "")
    return {"words": texts[code], "languages": list(texts), "shown_in": code}


def _subjects() -> list[tuple[Subject, list[tuple[Ground, list[Purpose]]]]]:
    """What is stored of whom, but of staff, whom their employer tells."""
    visitors = [subject for subject in Subject if subject != Subject.STAFF]
    return [(subject, purposes_by_ground(subject)) for subject in visitors]
