"""The import desk of the back office: its list of batches, and the forms that begin one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib import countries
from casa.lib.admin import (
    BoundedPaginator,
    OfficeAdmin,
    ReadOnlyMixin,
    Screen,
    page_context,
    screen_urls,
)
from signatories.admin import import_outcomes, import_review
from signatories.admin.filters import STATEMENT_TITLES, StatementFilter
from signatories.admin.import_forms import LEADS, ListForm, OneForm, ReleaseForm, ascii_name
from signatories.leads import batches, imports, outcomes, typed
from signatories.models import ImportBatch, ImportLine, ImportProof
from statements.models import Statement
from statements.permissions import of_visible_statements
from statements.release_parser import ReleaseError

PERMISSION = "signatories.import_names"


def may_import(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return staff(request).has_perm(PERMISSION)


def may_import_release(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    """A release becomes a draft, so whoever imports one may write drafts."""
    return may_import(model_admin, request) and request.user.has_perm("statements.add_statement")


def may_see_batch(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch, **captured: Any
) -> bool:
    seen = of_visible_statements(request.user, ImportBatch.objects.filter(pk=batch.pk))
    return may_import(model_admin, request) and seen.exists()


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"statement": request.GET.get("statement", "")}


def _posted(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        return {"initial": _initial(request)}
    return {"data": request.POST, "files": request.FILES}


def show_new(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form for a list of names (GET); stores and reads it (POST)."""
    form = ListForm(by=staff(request), **_posted(request))
    if not form.is_valid():
        return _page(model_admin, request, form, gettext("Import names"), "list")
    data, file = form.cleaned_data, form.cleaned_data["file"]
    batch = batches.open_batch(
        data["statement"],
        form.data_of_list,
        by=staff(request),
        source=ImportBatch.Source.FILE if file else ImportBatch.Source.PASTED,
        consent=data["consent"],
        file_name=file.name if file else "",
        as_leads=data["place"] == LEADS,
        asks_first=data["asks_first"],
    )
    batches.read_soon(batch)
    return import_review.page_of(batch)


def show_one(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form for one signature that came by letter or mail (GET); stores it (POST)."""
    form = OneForm(by=staff(request), **_posted(request))
    if not form.is_valid():
        return _page(model_admin, request, form, gettext("Type one signature"), "one")
    data = form.cleaned_data
    batch = typed.store(
        data["statement"],
        form.understood(data),
        by=staff(request),
        consent=data["consent"],
        as_leads=data["place"] == LEADS,
        words=data["proof_words"],
        file=data["proof_file"],
    )
    if batch.state == ImportBatch.State.REVIEW:
        told = gettext("Somebody like this stands there already. Decide below what becomes of it.")
        messages.warning(request, told)
        return import_review.page_of(batch)
    _say_one(request, batch)
    return redirect(f"{request.path}?statement={batch.statement_id}")


def _say_one(request: HttpRequest, batch: ImportBatch) -> None:
    """Say that a typed signature stands, or what it waits for."""
    outcome, line = outcomes.of_batch(batch), batch.lines.get()
    if outcome.stands:
        told = gettext("%(name)s stands under the statement.") % {"name": line.displayed_name}
        messages.success(request, _with_signature(request, told, line))
    else:
        told = import_outcomes.in_one(request, outcome)
        messages.warning(request, _with_signature(request, told, line))


def _with_signature(request: HttpRequest, told: str, line: ImportLine) -> str:
    """Add a link to the signature, for whoever may see it."""
    if not line.signature_id or not request.user.has_perm("signatories.view_signature"):
        return told
    url = reverse("admin:signatories_signature_change", args=[line.signature_id])
    return format_html('{} <a href="{}">{}</a>', told, url, gettext("Look at the signature"))


def show_release(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form for a press release (GET); makes a draft of it (POST)."""
    form = ReleaseForm(**({**_posted(request)} if request.method == "POST" else {}))
    title = gettext("Import a press release")
    if not form.is_valid():
        return _page(model_admin, request, form, title, "release")
    file = form.cleaned_data["file"]
    try:
        parsed = imports.parse_release(form.data_of_release)
        if parsed.is_long_past and not form.cleaned_data["signers"]:
            return _ask_who_signs(model_admin, request, form, parsed)
        made = imports.import_release(
            parsed,
            language=form.cleaned_data["language"],
            by=staff(request),
            file_name=file.name if file else "",
            consent=form.cleaned_data["consent"],
            signers=_signers(form),
        )
    except (ReleaseError, imports.ImportRefused) as error:
        form.add_error("file" if file else "text", str(error))
        return _page(model_admin, request, form, title, "release")
    return _after_release(request, made)


def _signers(form: ReleaseForm) -> Statement.Signers | None:
    chosen = form.cleaned_data["signers"]
    return Statement.Signers(chosen) if chosen else None


def _ask_who_signs(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    form: ReleaseForm,
    parsed: imports.ParsedRelease,
) -> HttpResponse:
    told = gettext("It is dated %(date)s, which is long past. Say who may sign it now, if anybody.")
    form.add_error(
        "signers", told % {"date": date_format(parsed.dated_on or localdate(), "DATE_FORMAT")}
    )
    return _page(model_admin, request, form, gettext("Import a press release"), "release")


def _after_release(request: HttpRequest, made: imports.Imported) -> HttpResponse:
    if not made.is_new:
        told = gettext("This release was imported before; here it is. Nothing was changed.")
        messages.info(request, told)
    elif made.batch is None:
        messages.success(request, gettext("A draft was made of it. It has no list of names."))
    else:
        told = gettext("A draft was made of it. Look through its names; then publish the draft.")
        messages.success(request, told)
        return import_review.page_of(made.batch)
    return redirect("admin:statements_statement_change", made.statement.pk)


def _page(
    model_admin: admin.ModelAdmin, request: HttpRequest, form: forms.Form, title: str, which: str
) -> HttpResponse:
    context = page_context(
        model_admin,
        request,
        title=title,
        form=form,
        which=which,
        may_import_release=may_import_release(model_admin, request),
        countries=countries.country_choices() if which == "one" else (),
    )
    status = 422 if form.is_bound else 200
    return render(request, "admin/signatories/imports/new.html", context, status=status)


def give_proof(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch, line: int
) -> HttpResponseBase:
    """The letter that a typed signature came by, as a file that no browser opens here."""
    proof = ImportProof.objects.filter(line=line, line__batch=batch).exclude(data=b"").first()
    if proof is None or not request.user.has_perm("signatories.view_contact_data"):
        raise Http404
    answer = HttpResponse(bytes(proof.data), content_type="application/octet-stream")
    name = ascii_name(proof.file_name).replace('"', "")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


SCREENS = (
    Screen("new", "new/", show_new, may_import),
    Screen("one", "one/", show_one, may_import),
    Screen("release", "release/", show_release, may_import_release),
    Screen("review", "<int:pk>/review/", import_review.show, may_see_batch, of=ImportBatch),
    Screen("apply", "<int:pk>/apply/", import_review.show_apply, may_see_batch, of=ImportBatch),
    Screen("close", "<int:pk>/close/", import_review.show_close, may_see_batch, of=ImportBatch),
    Screen("again", "<int:pk>/again/", import_review.show_again, may_see_batch, of=ImportBatch),
    Screen("undo", "<int:pk>/undo/", import_review.show_undo, may_see_batch, of=ImportBatch),
    Screen("proof", "<int:pk>/proof/<int:line>/", give_proof, may_see_batch, of=ImportBatch),
)


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyMixin, OfficeAdmin):
    """Who imported which names, what has become of them, and the way to each review."""

    first_step = _("No names were imported yet.")
    list_display = ("at", "what", "of", "by", "standing", "lines", "made")
    list_filter = ("state", StatementFilter)
    list_select_related = ("by", "statement")
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    fields: ClassVar[Any] = ("created_at", "by", "file_name", "sha256", "state", "made")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = of_visible_statements(request.user, super().get_queryset(request))
        return found.prefetch_related(STATEMENT_TITLES)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in {"state__exact", "statement"}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {"may_import_release": may_import_release(self, request)}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The review is the page of a batch."""
        batch = self.get_object(request, object_id)
        if batch is None or not may_see_batch(self, request, batch):
            return super().change_view(request, object_id, form_url, extra_context)
        return import_review.page_of(batch)

    @admin.display(description=_("imported"), ordering="created_at")
    def at(self, batch: ImportBatch) -> Any:
        return localtime(batch.created_at)

    @admin.display(description=_("what"), ordering="file_name")
    def what(self, batch: ImportBatch) -> str:
        return str(batch)

    @admin.display(description=_("statement"))
    def of(self, batch: ImportBatch) -> str:
        return str(batch.statement)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, batch: ImportBatch) -> str:
        return str(batch.get_state_display())

    @admin.display(description=_("lines"), ordering="lines_read")
    def lines(self, batch: ImportBatch) -> str:
        return intcomma(batch.lines_read)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]
