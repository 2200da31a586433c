"""One search over everything that a member of staff may see, and nothing else.

Each kind of thing is looked for among the rows that its own list shows to this member of staff.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casa.accounts.models import User
from casa.lib.db.search import search_words
from casa.lib.text import normalise
from casa.mail.models import OutgoingMail
from casa.office.lists import list_url, may_list
from casa.office.search import mails, people, site, statements
from casa.office.search.found import MOST, Found
from casa.pages.models import SitePage
from signatories.models import InvitationRound, Organization, Signature, UpdateMailing
from statements.models import Statement, Topic

SHOWN, SHOWN_OF_ONE_KIND = 8, 100
TYPED_LENGTH = 200
LEAST_LETTERS = 2


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


def _lists(model: type[Model]) -> Callable[[HttpRequest], bool]:
    return lambda request: may_list(request, model)


KINDS = (
    Kind(
        "statements", _("Statements"), _lists(Statement),
        statements.find_statements, statements.show_statements,
    ),
    Kind(
        "signatures", _("Signatures"), _lists(Signature),
        people.find_signatures, people.show_signatures, listed=Signature,
    ),
    Kind(
        "organizations", _("Organizations"), _lists(Organization),
        people.find_organizations, people.show_organizations, listed=Organization,
    ),
    Kind(
        "invitations", _("Asked to sign first"), _lists(InvitationRound),
        people.find_invitations, people.show_invitations,
    ),
    Kind(
        "news", _("News under statements"), statements.may_read_news,
        statements.find_news, statements.show_news,
    ),
    Kind(
        "mailings", _("News by mail"), _lists(UpdateMailing),
        mails.find_mailings, mails.show_mailings,
    ),
    Kind("mails", _("Outgoing mail"), _lists(OutgoingMail), mails.find_mails, mails.show_mails),
    Kind("topics", _("Topics"), _lists(Topic), site.find_topics, site.show_topics),
    Kind("pages", _("Pages of the site"), _lists(SitePage), site.find_pages, site.show_pages),
    Kind(
        "colleagues", _("Staff members"), _lists(User),
        people.find_colleagues, people.show_colleagues,
    ),
    Kind("help", _("How we publish"), lambda request: True, site.find_help, site.show_help),
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


def urls(office: admin.AdminSite) -> list[URLPattern]:
    @require_safe
    def search_page(request: HttpRequest) -> HttpResponse:
        """Open to all staff: each finds what they may see."""
        query = normalise(request.GET.get("q", "")[:TYPED_LENGTH])
        only = request.GET.get("kind", "")
        is_short = sum(len(word) for word in search_words(query)) < LEAST_LETTERS
        context = {
            **office.each_context(request),
            "title": _("Search"),
            "query": query,
            "is_short": is_short,
            "groups": [] if is_short else search(request, query, _known(only)),
            "only": _known(only),
        }
        return render(request, "admin/search.html", context)

    return [path("search/", office.admin_view(search_page), name="search")]


def _known(name: str) -> str:
    return name if name in {kind.name for kind in KINDS} else ""
