"""What visitors read."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from casa.lib import http, parameters
from statements import files, search
from statements.models import Attachment, Rendition, Statement
from statements.public import front_page, lists, news, posts, statement_pages
from statements.public.parts import fetch_deliveries
from statements.tallies import fetch_earlier, fetch_paper

STATEMENTS_PER_PAGE = 20
NEWS_ON_FRONT_PAGE = 5


@http.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    shown = front_page.statements()
    main, others = shown[:1], shown[1:]
    fetch_earlier(shown)
    fetch_paper(shown)
    fetch_deliveries(shown)
    context = {"main": main, "others": others, "news": news.lately(NEWS_ON_FRONT_PAGE)}
    return render(request, "statements/home.html", context)


@http.public
@http.limited("search", when=http.is_searched)
@require_safe
@parameters.known(*lists.StatementFilters.names(), "page")
def statement_list(request: HttpRequest) -> HttpResponse:
    filters = lists.StatementFilters.of(request.GET)
    found = filters.statements().for_lists()
    page = lists.ORDER.page(found, request.GET.get("page", ""), STATEMENTS_PER_PAGE)
    fetch_earlier(page.rows)
    fetch_paper(page.rows)
    fetch_deliveries(page.rows)
    context = {
        "page": page,
        "rows": search.as_listed(page.rows, filters.q),
        "filters": filters,
        "selects": lists.selects(filters),
        "number": filters.statements().count() if filters else None,
    }
    return render(request, "statements/statement_list.html", context)


@csrf_exempt
def statement_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The page (GET), and what takes posts to its URL, whatever the statement is called by then."""
    return posts.answer(request) if request.method == "POST" else statement_page(request, slug)


statement_detail.cache_policy = "public"  # type: ignore[attr-defined]


@http.public
@require_safe
def statement_page(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(statement_pages.of_visitors(request, slug))


@http.public
@require_safe
def attachment(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """An attachment of a public statement, under an address that stays when its file changes."""
    return files.as_download(request, _offered(slug, pk))


@http.public
@require_safe
def attachment_by_name(request: HttpRequest, slug: str, pk: int, filename: str) -> HttpResponseBase:
    """Where attachments were once: with the file's name in the address."""
    return redirect(_offered(slug, pk), permanent=True)


def _offered(slug: str, pk: int) -> Attachment:
    offered = Attachment.objects.filter(statement__in=Statement.objects.public())
    return get_object_or_404(offered.select_related("statement"), pk=pk, statement__slug=slug)


@require_safe
@http.public
def picture(request: HttpRequest, slug: str, pk: int, filename: str) -> FileResponse:
    """A rendition of an image that is offered with a public statement, to be shown on its page."""
    offered = Rendition.objects.filter(attachment__statement__in=Statement.objects.public())
    found = get_object_or_404(offered, pk=pk, attachment__statement__slug=slug)
    if found.filename != filename:
        raise Http404
    return FileResponse(found.file.open(), content_type=found.content_type)
