"""The screens that begin an import: a list, one signature, a press release."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext

from casa.accounts.models import staff
from casa.lib import countries
from casa.lib.admin import page_context
from signatories.admin.imports.forms import LEADS, ListForm, OneForm, ReleaseForm
from signatories.admin.imports.outcomes import in_one
from signatories.admin.imports.permissions import may_import_release
from signatories.admin.imports.review_page import redirect_to_review
from signatories.leads import batches, imports, outcomes, reading, typed
from signatories.models import ImportBatch, ImportLine
from statements.models import Statement
from statements.release_parser import ReleaseError


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
    reading.read_soon(batch)
    if reading.is_unreadable(batch):
        # The sentence stands beside the field, and the list of imports is not told of it.
        reading.remove_refused(batch)
        form.add_error("file" if file else "text", batch.refusal)
        return _page(model_admin, request, form, gettext("Import names"), "list")
    return redirect_to_review(batch)


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
        return redirect_to_review(batch)
    _say_one(request, batch)
    return redirect(f"{request.path}?statement={batch.statement_id}")


def _say_one(request: HttpRequest, batch: ImportBatch) -> None:
    """Say that a typed signature stands, or what it waits for."""
    outcome, line = outcomes.of_batch(batch), batch.lines.get()
    if outcome.stands:
        told = gettext("%(name)s stands under the statement.") % {"name": line.displayed_name}
        messages.success(request, _with_signature(request, told, line))
    else:
        told = in_one(request, outcome)
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
        return redirect_to_review(made.batch)
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
