"""One search over everything that a member of staff may see, and nothing else.

Each kind of thing is looked for among the rows that its own list shows to this member of staff.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casa.accounts.models import User, staff
from casa.lib.addresses import mailboxes
from casa.lib.db.search import highlighted, passages, search_words
from casa.lib.html.plain import plain
from casa.lib.text import folded, normalise
from casa.mail import kinds
from casa.mail.models import OutgoingMail
from casa.office.dashboard import list_url, may_list, visible
from casa.pages.models import SitePage
from casa.pages.reading import shipped
from signatories.core import office_search
from signatories.models import Organization, Signature, UpdateMailing, UpdateWords
from statements.models import Edition, Statement, StatementText, Topic, Update
from statements.permissions import of_visible_statements
from statements.search import passages_of

MOST = 1000
"""So many of a kind are counted; beyond, a search is to be made narrower."""

SHOWN, SHOWN_OF_ONE_KIND = 8, 100
READ_ONE_BY_ONE = 1000
"""Of what has no index, so many of the newest rows are read: there are never many."""

TYPED_LENGTH = 200
LEAST_LETTERS = 2
CONTACT_PERMISSION = "signatories.view_contact_data"


@dataclass(frozen=True)
class Found:
    """A line of the answer."""

    title: SafeString | str
    url: str
    note: str = ""
    passages: Sequence[SafeString] = ()


@dataclass(frozen=True)
class Kind:
    """What can be found: who may, which rows (by key, at most MOST), and how some are shown."""

    name: str  # in addresses
    label: Promise
    may: Callable[[HttpRequest], bool]
    find: Callable[[HttpRequest, str], Sequence[Any]]
    show: Callable[[HttpRequest, str, Sequence[Any]], Iterable[Found]]
    listed: type[Model] | None = None  # whose list finds the same


@dataclass(frozen=True)
class Group:
    """The answer for one kind."""

    kind: Kind
    number: int
    found: list[Found]
    all_url: str
    list_url: str

    @property
    def is_bounded(self) -> bool:
        return self.number >= MOST


def has_all(text: str, words: Iterable[str]) -> bool:
    """Whether each of `words` begins a word of `text`; the rule of `casa.lib.db.search`."""
    found = f" {folded(text)}"
    return all(f" {word}" in found for word in words)


def _screen(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _may_list(model: type[Model]) -> Callable[[HttpRequest], bool]:
    return lambda request: may_list(request, model)


def _in_order(rows: Any, keys: Sequence[int]) -> list[Any]:
    """The rows with these keys, in the order of the keys."""
    by_key = {row.pk: row for row in rows.filter(pk__in=keys)}
    return [by_key[key] for key in keys if key in by_key]


# Statements, by the words of the working copy and of every edition


def _find_statements(request: HttpRequest, query: str) -> list[int]:
    texts = StatementText.objects.filter(search_words__words=query)
    editions = Edition.objects.filter(words__text__words=query)
    said = Q(pk__in=texts.values("statement")) | Q(pk__in=editions.values("statement"))
    rows = visible(request, Statement).prefetch_related(None).filter(said)
    return list(rows.order_by("-changed_at", "-pk").values_list("pk", flat=True)[:MOST])


def _show_statements(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = _in_order(visible(request, Statement).prefetch_related(None), keys)
    texts: dict[int, list[StatementText | Edition]] = {key: [] for key in keys}
    matching = {"statement__in": keys}
    for text in StatementText.objects.filter(**matching, search_words__words=query).order_by("pk"):
        texts[text.statement_id].append(text)
    editions = Edition.objects.filter(**matching, words__text__words=query)
    for edition in editions.order_by("-number", "pk"):
        texts[edition.statement_id].append(edition)
    for row in rows:
        match = next(iter(texts[row.pk]), None)
        title = match.title if match else str(row)
        pieces = passages_of(match, words) if match else []
        yield Found(highlighted(title, words), _screen(row), _said_of(row, match), pieces)


def _said_of(statement: Statement, match: StatementText | Edition | None) -> str:
    status = statement.state_in_words
    if isinstance(match, Edition):
        where = gettext("in the words of edition %(number)s") % {"number": match.number}
        return f"{status}, {where}"
    return status


# Signatures, by names; by an address only for who may see addresses


def _by_mailbox(request: HttpRequest) -> bool:
    return staff(request).has_perm(CONTACT_PERMISSION)


def _find_signatures(request: HttpRequest, query: str) -> list[int]:
    rows = visible(request, Signature)
    return office_search.find(rows, query, by_mailbox=_by_mailbox(request), at_most=MOST)


def _show_signatures(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = visible(request, Signature).select_related("organization", "statement")
    for row in _in_order(rows, keys):
        parts = [row.get_kind_display(), row.get_state_display().lower(), str(row.statement)]
        if row.organization is not None and row.name:
            parts.insert(1, row.name)
        if "@" in query:
            parts.insert(0, mailboxes.shown(row.email))
        yield Found(highlighted(row.displayed_name, words), _screen(row), " · ".join(parts))


# Organizations


def _find_organizations(request: HttpRequest, query: str) -> list[int]:
    rows = visible(request, Organization).searched(query).order_by("sort_key", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def _show_organizations(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = visible(request, Organization).prefetch_related("aliases")
    for row in _in_order(rows, keys):
        parts = [str(row.get_verification_display()), row.city]
        if not has_all(row.name, words):
            known = (one.name for one in row.aliases.all() if has_all(one.name, words))
            parts.append(", ".join(known))
        note = " · ".join(part for part in parts if part)
        yield Found(highlighted(row.name, words), _screen(row), note)


# Mail


def _find_mails(request: HttpRequest, query: str) -> list[int]:
    if "@" not in query:
        return []
    rows = visible(request, OutgoingMail).to_mailbox(mailboxes.sought(query))
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST])


def _show_mails(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    labels = kinds.labels()
    for row in _in_order(visible(request, OutgoingMail), keys):
        at = date_format(localtime(row.created_at), "SHORT_DATETIME_FORMAT")
        parts = (mailboxes.shown(row.to), str(row.get_state_display()), at)
        yield Found(str(labels.get(row.kind, row.kind)), _screen(row), " · ".join(parts))


def _find_mailings(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = UpdateWords.objects.filter(mailing__in=visible(request, UpdateMailing).values("pk"))
    newest = rows.order_by("-mailing", "pk").values_list("mailing", "subject", "body")
    found = (
        mailing
        for mailing, subject, body in newest[:READ_ONE_BY_ONE]
        if has_all(f"{subject} {plain(body)}", words)
    )
    return list(dict.fromkeys(found))


def _show_mailings(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    for row in _in_order(visible(request, UpdateMailing), keys):
        parts = (str(row.get_kind_display()), str(row.get_state_display()), str(row.statement))
        pieces = [
            piece
            for one in row.words.all()
            for piece in passages(plain(one.body), words, at_most=1)
        ]
        yield Found(highlighted(str(row), words), _screen(row), " · ".join(parts), pieces[:1])


# News under statements


def _may_read_news(request: HttpRequest) -> bool:
    return may_list(request, Statement) and staff(request).has_perm("statements.view_update")


def _find_news(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = of_visible_statements(staff(request), Update.objects.order_by("-posted_at", "-pk"))
    newest = rows.values_list("pk", "title", "body")[:READ_ONE_BY_ONE]
    return [key for key, title, body in newest if has_all(f"{title} {plain(body)}", words)]


def _show_news(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = of_visible_statements(staff(request), Update.objects.select_related("statement"))
    for row in _in_order(rows.prefetch_related("statement__texts"), keys):
        pieces = passages(plain(row.body), words, at_most=1)
        title = highlighted(row.title, words)
        yield Found(title, _screen(row.statement), str(row.statement), pieces)


# Topics, pages, colleagues, help


def _find_topics(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = visible(request, Topic)[:READ_ONE_BY_ONE]
    return [row.pk for row in rows if any(has_all(name.name, words) for name in row.names.all())]


def _show_topics(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    for row in _in_order(visible(request, Topic), keys):
        names = ", ".join(name.name for name in row.names.all())
        yield Found(highlighted(names, search_words(query)), _screen(row))


def _page_words(page: SitePage) -> Iterator[tuple[str, str]]:
    """Title and words of the page in each language that it has."""
    written = {text.language: text for text in page.texts.all()}
    for code, _name in settings.LANGUAGES:
        text = written.get(code) or shipped(page.key, code)
        if text is not None:
            yield str(text.title), plain(text.body)


def _find_pages(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    return [
        page.pk
        for page in visible(request, SitePage).prefetch_related("texts")
        if any(has_all(f"{title} {text}", words) for title, text in _page_words(page))
    ]


def _show_pages(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    for page in _in_order(visible(request, SitePage).prefetch_related("texts"), keys):
        pieces = [
            piece
            for _title, text in _page_words(page)
            for piece in passages(text, words, at_most=1)
        ]
        yield Found(highlighted(str(page), words), _screen(page), "", pieces[:1])


def _find_colleagues(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = visible(request, User).order_by("email").values_list("pk", "name", "email")
    return [
        key
        for key, name, email in rows[:READ_ONE_BY_ONE]
        if (words and has_all(f"{name} {email}", words))
    ]


def _show_colleagues(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    for row in _in_order(visible(request, User), keys):
        note = mailboxes.shown(row.email)
        yield Found(highlighted(row.name or note, search_words(query)), _screen(row), note)


_help_kept: dict[str, list[tuple[str, str, str]]] = {}


def _help_sections(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(anchor, heading, words) of each section of the page “How we publish”."""
    language = get_language() or settings.LANGUAGE_CODE
    if language not in _help_kept:
        _help_kept[language] = _read_help(request)
    return _help_kept[language]


def _read_help(request: HttpRequest) -> list[tuple[str, str, str]]:
    context = {"time_zone": settings.TIME_ZONE, "version": settings.VERSION}
    page = render_to_string("admin/help/how_we_publish.html", context, request)
    sections = []
    for part in page.split('<section id="')[1:]:
        anchor, _quote, rest = part.partition('"')
        heading, _end, text = rest.partition("</h2>")
        heading = heading.partition("<h2>")[2]
        sections.append((anchor, plain(heading), plain(text.partition("</section>")[0])))
    return sections


def _find_help(request: HttpRequest, query: str) -> list[tuple[str, str, str]]:
    words = search_words(query)
    sections = _help_sections(request)
    return [one for one in sections if has_all(f"{one[1]} {one[2]}", words)]


def _show_help(
    request: HttpRequest, query: str, keys: Sequence[tuple[str, str, str]]
) -> Iterator[Found]:
    words, page = search_words(query), reverse("admin:how_we_publish")
    for anchor, heading, text in keys:
        pieces = passages(text, words, at_most=1)
        yield Found(highlighted(heading, words), f"{page}#{anchor}", "", pieces)


KINDS = (
    Kind("statements", _("Statements"), _may_list(Statement), _find_statements, _show_statements),
    Kind(
        "signatures", _("Signatures"), _may_list(Signature), _find_signatures, _show_signatures,
        listed=Signature,
    ),
    Kind(
        "organizations", _("Organizations"), _may_list(Organization), _find_organizations,
        _show_organizations, listed=Organization,
    ),
    Kind("news", _("News under statements"), _may_read_news, _find_news, _show_news),
    Kind("mailings", _("News by mail"), _may_list(UpdateMailing), _find_mailings, _show_mailings),
    Kind("mails", _("Outgoing mail"), _may_list(OutgoingMail), _find_mails, _show_mails),
    Kind("topics", _("Topics"), _may_list(Topic), _find_topics, _show_topics),
    Kind("pages", _("Pages of the site"), _may_list(SitePage), _find_pages, _show_pages),
    Kind("colleagues", _("Staff members"), _may_list(User), _find_colleagues, _show_colleagues),
    Kind("help", _("How we publish"), lambda request: True, _find_help, _show_help),
)  # fmt: skip


def search(request: HttpRequest, query: str, only: str = "") -> list[Group]:
    """What there is of each kind, those without anything left out."""
    groups = []
    for kind in KINDS:
        if only not in ("", kind.name) or not kind.may(request):
            continue
        if keys := kind.find(request, query):
            groups.append(_group(request, query, kind, keys, only))
    return groups


def _group(request: HttpRequest, query: str, kind: Kind, keys: Sequence[Any], only: str) -> Group:
    shown = keys[: SHOWN_OF_ONE_KIND if only else SHOWN]
    more = len(keys) > len(shown) and not only
    query_string = urlencode({"q": query, "kind": kind.name})
    return Group(
        kind=kind,
        number=len(keys),
        found=list(kind.show(request, query, shown)),
        all_url=f"{reverse('admin:search')}?{query_string}" if more else "",
        list_url=list_url(kind.listed, q=query) if kind.listed else "",
    )


def urls(site: admin.AdminSite) -> list[URLPattern]:
    @require_safe
    def search_page(request: HttpRequest) -> HttpResponse:
        """Open to all staff: each finds what they may see."""
        query = normalise(request.GET.get("q", "")[:TYPED_LENGTH])
        only = request.GET.get("kind", "")
        is_short = sum(len(word) for word in search_words(query)) < LEAST_LETTERS
        context = {
            **site.each_context(request),
            "title": _("Search"),
            "query": query,
            "is_short": is_short,
            "groups": [] if is_short else search(request, query, _known(only)),
            "only": _known(only),
        }
        return render(request, "admin/search.html", context)

    return [path("search/", site.admin_view(search_page), name="search")]


def _known(name: str) -> str:
    return name if name in {kind.name for kind in KINDS} else ""
