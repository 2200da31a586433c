"""Asking those whose names were imported to confirm them: counted, begun, stopped, and answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import Screen, page_context
from casa.mail.samples import language_name
from signatories.admin.filters import STATEMENT_TITLES, TITLES, StatementFilter
from signatories.admin.imports.permissions import PERMISSION, may_import
from signatories.admin.screens import ScreensAdmin
from signatories.mailings import owner_asks
from signatories.models import ImportBatch, OwnerMailing
from statements.models import Statement
from statements.permissions import of_visible_statements, visible_to

REFRESH = 5  # seconds
State = OwnerMailing.State


def may_see(
    model_admin: admin.ModelAdmin, request: HttpRequest, mailing: OwnerMailing, **captured: Any
) -> bool:
    seen = of_visible_statements(request.user, OwnerMailing.objects.filter(pk=mailing.pk))
    return may_import(model_admin, request) and seen.exists()


def url_of(mailing: OwnerMailing) -> str:
    return reverse("admin:signatories_ownermailing_show", args=[mailing.pk])


def show_new(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """How many would be asked, and how (GET); asks them, each once (POST)."""
    statement, batch = _chosen(request)
    if statement is None:
        return _choice_page(model_admin, request)
    if request.method == "POST":
        return _begin(request, statement, batch)
    found = owner_asks.readers(statement, batch)
    context = page_context(
        model_admin,
        request,
        title=gettext("Ask imported people to confirm?"),
        statement=statement,
        batch=batch,
        readers=found,
        languages=[(language_name(code), number) for code, number in found.languages if code],
        obstacle=owner_asks.obstacle(statement, batch),
    )
    return render(request, "admin/signatories/ownermailing/new.html", context)


def _chosen(request: HttpRequest) -> tuple[Statement | None, ImportBatch | None]:
    """The statement and the import of the address. Raises Http404 if it is not for their eyes."""
    if asked := request.GET.get("batch", ""):
        batches = ImportBatch.objects.select_related("statement")
        batch = of_visible_statements(request.user, batches).filter(pk=_number(asked)).first()
        if batch is None:
            raise Http404
        return batch.statement, batch
    if asked := request.GET.get("statement", ""):
        statements = visible_to(request.user, Statement.objects.prefetch_related(TITLES))
        statement = statements.filter(pk=_number(asked)).first()
        if statement is None:
            raise Http404
        return statement, None
    return None, None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _choice_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    statements = visible_to(request.user, Statement.objects.public().prefetch_related(TITLES))
    context = page_context(
        model_admin, request, title=gettext("Ask imported people to confirm?"),
        statements=statements.newest_first(),
    )  # fmt: skip
    return render(request, "admin/signatories/ownermailing/new.html", context)


def _begin(request: HttpRequest, statement: Statement, batch: ImportBatch | None) -> HttpResponse:
    seen = _number(request.POST.get("counted", ""))
    try:
        mailing = owner_asks.begin(statement, batch, by=staff(request), seen=seen)
    except owner_asks.AskingError as error:
        messages.error(request, str(error))
        return redirect(request.get_full_path())
    if mailing is None:
        messages.info(request, gettext("Nobody is left to be asked. Nothing was sent."))
        return redirect(request.get_full_path())
    return redirect(url_of(mailing))


def show(
    model_admin: admin.ModelAdmin, request: HttpRequest, mailing: OwnerMailing
) -> HttpResponse:
    """How far it has come and what was answered (GET); stops it, or goes on (POST)."""
    if request.method == "POST":
        _act(request, mailing)
        return redirect(url_of(mailing))
    answers = owner_asks.answers(mailing)
    is_sending = mailing.state == State.SENDING
    context = page_context(
        model_admin,
        request,
        title=gettext("Question to imported people"),
        mailing=mailing,
        asked=sum(answers.values()),
        confirmed=answers["confirmed"],
        objected=answers["objected"],
        silent=answers[""],
        left=owner_asks.to_ask(mailing.statement, mailing.batch).count(),
        waiting=owner_asks.waiting(mailing).count(),
        may_stop=owner_asks.may_stop(mailing),
        obstacle=owner_asks.obstacle(mailing.statement, mailing.batch),
        refresh=REFRESH if is_sending and "still" not in request.GET else 0,
    )
    return render(request, "admin/signatories/ownermailing/show.html", context)


def _act(request: HttpRequest, mailing: OwnerMailing) -> None:
    verb = request.POST.get("verb", "")
    if verb == "stop" and owner_asks.stop(mailing):
        told = gettext("Stopped. Mails that had not left are called back; what had left stays out.")
        messages.success(request, told)
    elif verb == "resume" and owner_asks.resume(mailing):
        messages.success(request, gettext("It goes on where it was stopped."))
    else:
        messages.warning(request, gettext("Nothing was done: somebody else was faster."))


SCREENS = (
    Screen("new", "new/", show_new, may_import),
    Screen("show", "<int:pk>/show/", show, may_see, of=OwnerMailing),
)


@admin.register(OwnerMailing)
class OwnerMailingAdmin(ScreensAdmin):
    """Who was asked when, and the way to how far it has come."""

    permission = PERMISSION
    screens = SCREENS
    lookups = frozenset({"state__exact", "statement"})
    first_step = _(
        "Nobody was asked yet. Ask from the screen of an import, or from the signatures of a"
        " statement."
    )
    list_display = ("at", "of", "from_import", "standing", "people")
    list_filter = ("state", StatementFilter)
    list_select_related = ("statement", "batch")
    fields: ClassVar[Any] = ("statement", "batch", "state", "begun_by", "begun_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = of_visible_statements(request.user, super().get_queryset(request))
        return found.annotate(number=Count("asked")).prefetch_related(STATEMENT_TITLES)

    @admin.display(description=_("begun"), ordering="begun_at")
    def at(self, mailing: OwnerMailing) -> Any:
        return localtime(mailing.begun_at)

    @admin.display(description=_("statement"))
    def of(self, mailing: OwnerMailing) -> str:
        return str(mailing.statement)

    @admin.display(description=_("import"))
    def from_import(self, mailing: OwnerMailing) -> str:
        return str(mailing.batch or gettext("all imports"))

    @admin.display(description=_("state"), ordering="state")
    def standing(self, mailing: OwnerMailing) -> str:
        return str(mailing.get_state_display())

    @admin.display(description=_("people asked"))
    def people(self, mailing: Any) -> str:
        return str(intcomma(mailing.number))
