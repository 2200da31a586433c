"""Requests for data or erasure that came by letter: staff note them, find who asks, and answer."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.accounts.models import User
from casa.lib.moments.fields import DayField
from casa.office.own_screens import OwnScreens
from signatories.admin.imports.desk import ascii_name
from signatories.models import DataRequest, DataRequestProof
from signatories.models.data_requests import MOST_WORDS
from signatories.self_service import data_requests
from signatories.self_service.data_requests import DataRequestError

SCREENS = OwnScreens("letters", "casa/admin-retention.css", "signatories.change_datarequest")
LARGEST_LETTER = 5 * 1024**2
CLOSED_SHOWN = 100


class RequestForm(forms.ModelForm):
    """A request, as it came."""

    received_on = DayField(label=gettext_lazy("Received on"), asks=False)
    letter = forms.FileField(
        label=gettext_lazy("The letter"),
        required=False,
        help_text=gettext_lazy("A scan, at most 5 MB. Kept apart, for those who answer requests."),
    )

    class Meta:
        model = DataRequest
        fields = ("kind", "name", "email", "received_on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})}

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def clean_letter(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["letter"]
        if file is not None and (file.size or 0) > LARGEST_LETTER:
            raise ValidationError(_("The file is too large: at most 5 MB are taken."))
        return file


class WordsForm(forms.Form):
    """Why it takes longer, or what was done."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


def urls(site: AdminSite) -> list[URLPattern]:
    one = "letters/<int:letter>/"
    return [
        path("letters/", site.admin_view(overview), name="letters"),
        path("letters/new/", site.admin_view(new), name="letters_new"),
        path(one, site.admin_view(show), name="letter"),
        path(f"{one}scan/", site.admin_view(scan), name="letter_scan"),
    ]


def waiting(request: HttpRequest) -> list[DataRequest]:
    """Requests that are to be answered, the most urgent first, for the first screen."""
    if not SCREENS.are_for(request):
        return []
    return list(DataRequest.objects.filter(closed_at=None).order_by("due_on", "pk")[:CLOSED_SHOWN])


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    context["today"] = timezone.localdate()
    return SCREENS.page(request, template, title=_("Requests by letter"), **context)


def overview(request: HttpRequest) -> HttpResponse:
    SCREENS.require(request)
    closed = DataRequest.objects.exclude(closed_at=None).order_by("-closed_at")[:CLOSED_SHOWN]
    return _page(request, "overview", waiting=waiting(request), closed=closed)


def new(request: HttpRequest) -> HttpResponse:
    by = SCREENS.require(request)
    form = RequestForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["letter"]
        letter = (file.name or "", file.read()) if file else None
        row = data_requests.record(form.save(commit=False), by=by, letter=letter)
        return redirect("admin:letter", row.pk)
    return _page(request, "new", form=form)


def show(request: HttpRequest, letter: int) -> HttpResponse:
    by = SCREENS.require(request)
    row = get_object_or_404(DataRequest.objects.select_related("closed_by"), pk=letter)
    if request.method == "POST" and (done := _done(request, row, by)):
        return done
    found = data_requests.found(row)[: data_requests.MOST_FOUND] if row.is_open else []
    has_scan = DataRequestProof.objects.filter(pk=letter).exists()
    return _page(request, "letter", row=row, found=found, has_scan=has_scan)


def _done(request: HttpRequest, row: DataRequest, by: User) -> HttpResponse | None:
    """Take the step that was pressed; None where the page has to be shown again."""
    steps: dict[str, Callable[[], HttpResponse | None]] = {
        "download": lambda: _download(row, _chosen(request)),
        "erase": lambda: _erase(request, row),
        "extend": lambda: _with_words(request, lambda words: data_requests.extend(row.pk, words)),
        "close": lambda: _with_words(
            request, lambda words: data_requests.close(row.pk, words, by=by)
        ),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        return None
    try:
        answer = step()
    except DataRequestError as error:
        messages.error(request, str(error))
        answer = None
    return answer or redirect("admin:letter", row.pk)


def _chosen(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < 19]


def _download(row: DataRequest, chosen: list[int]) -> HttpResponse:
    data = data_requests.collect(row, chosen)
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="request-{row.pk}.json"'
    return answer


def _erase(request: HttpRequest, row: DataRequest) -> None:
    if request.POST.get("sure") != "on":
        raise DataRequestError(_("Nothing was erased: tick that you are sure."))
    number = data_requests.erase(row.pk, _chosen(request))
    messages.success(request, _("Erased. Signatures: %(number)d.") % {"number": number})


def _with_words(request: HttpRequest, take: Callable[[str], None]) -> None:
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise DataRequestError(_("Say it in words, at most 2,000 letters."))
    take(form.cleaned_data["words"])
    messages.success(request, _("Saved."))


def scan(request: HttpRequest, letter: int) -> HttpResponse:
    """The letter, as a file that no browser opens here."""
    SCREENS.require(request)
    proof = DataRequestProof.objects.filter(pk=letter).first()
    if proof is None:
        raise Http404
    answer = HttpResponse(bytes(proof.data), content_type="application/octet-stream")
    name = ascii_name(proof.file_name).replace('"', "")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
