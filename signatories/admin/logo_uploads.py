"""Logos in bulk: many files or a ZIP file, each reviewed beside its organization, then shown."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import Screen, page_context
from casa.lib.text import normalise
from signatories.admin.screens import ScreensAdmin
from signatories.models import NAME_LENGTH, LogoFile, LogoUpload, Organization
from signatories.organizations import bulk_logos, logo_archives
from signatories.templatetags.organizations import logo_pictures

PERMISSION = "signatories.change_organization"
REFRESH = 3  # seconds
LEAVE, OTHER = "", "other"
Certainty, State = LogoFile.Certainty, LogoUpload.State


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.FileField):
    """Many files of one field; `clean` gives them all."""

    widget = FilesInput(attrs={"multiple": True, "accept": "image/*,.zip,application/zip"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in chosen or [None]]


class UploadForm(forms.Form):
    pictures = FilesField(
        label=_("Pictures, or a ZIP file of them"),
        help_text=_(
            "PNG, JPEG, WebP, GIF or HEIC, each called like its organization: “River Trust.png”."
            " At most 100 files of 5 MB each, and 20 MB to send."
        ),
        error_messages={"empty": _("A file is empty. Leave it out.")},
    )


class FileForm(forms.Form):
    """What becomes of one file."""

    choice = forms.ChoiceField(label=_("Whose logo it is"), required=False)
    other = forms.CharField(
        label=_("Name of another organization"), required=False, max_length=NAME_LENGTH
    )
    replaces = forms.BooleanField(
        label=_("Replace the logo that it has, if it has one"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        file: LogoFile,
        known: Mapping[int, Organization],
        unshown: Mapping[int, str],
    ) -> None:
        self.why_left = unshown.get(file.organization_id or 0, "")
        is_chosen = file.organization_id in known and not self.why_left
        first = str(file.organization_id) if is_chosen else LEAVE
        super().__init__(data, prefix=f"f{file.pk}", initial={"choice": first})
        self.file = file
        self.alike = [known[pk] for pk in file.alike if pk in known]
        choice: Any = self.fields["choice"]
        choice.choices = [
            (LEAVE, _("leave it out")),
            *((str(one.pk), _told(one)) for one in self.alike),
            (OTHER, _("another one, whose name is written beside")),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name, choice = normalise(data.get("other") or ""), data.get("choice", LEAVE)
        self.organization = next((one for one in self.alike if str(one.pk) == choice), None)
        if choice == OTHER or (name and choice == LEAVE):
            self.organization = self._named(name)
        return data

    organization: Organization | None = None

    def _named(self, name: str) -> Organization | None:
        if not name:
            self.add_error("other", gettext("Write the name of the organization."))
            return None
        found = list(Organization.objects.all().named(name)[:2])
        if not found:
            self.add_error("other", gettext("The directory has no organization of this name."))
        elif len(found) > 1:
            words = gettext("The directory has several of this name. Add the logo on its own page.")
            self.add_error("other", words)
        return found[0] if len(found) == 1 else None

    @property
    def picture(self) -> str:
        """The smallest size, inside the page: a picture that waits has no address."""
        found = next((one for one in self.file.pictures.all() if not one.is_before), None)
        if found is None:
            return ""
        return f"data:{found.content_type};base64,{b64encode(bytes(found.data)).decode()}"

    @property
    def logos(self) -> list[tuple[Organization, dict[str, object]]]:
        """The logos that the organizations have now."""
        pairs = [(one, logo_pictures(one.shown_logos)) for one in self.alike]
        return [(one, pictures[0]) for one, pictures in pairs if pictures]


def _told(one: Organization) -> str:
    parts = [one.name, one.place]
    if one.shown_logos:
        parts.append(gettext("has a logo"))
    return ", ".join(part for part in parts if part)


def may_upload(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return staff(request).has_perm(PERMISSION)


def may_review(model_admin: admin.ModelAdmin, request: HttpRequest, upload: LogoUpload) -> bool:
    return may_upload(model_admin, request)


def show_new(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form for the files (GET); stores them for the worker (POST)."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid() and (upload := _opened(request, form)):
        return redirect("admin:signatories_logoupload_review", upload.pk)
    context = page_context(model_admin, request, title=gettext("Logos in bulk"), form=form)
    return render(request, "admin/signatories/logos/new.html", context)


def _opened(request: HttpRequest, form: UploadForm) -> LogoUpload | None:
    chosen: list[UploadedFile] = form.cleaned_data["pictures"]
    try:
        return bulk_logos.open_upload(logo_archives.found_in(chosen), by=staff(request))
    except logo_archives.RefusedError as refusal:
        form.add_error("pictures", str(refusal))
        return None


def show_review(
    model_admin: admin.ModelAdmin, request: HttpRequest, upload: LogoUpload
) -> HttpResponse:
    """Each file beside its organization (GET); shows, discards or undoes (POST)."""
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    forms_of = _forms(upload, request.POST if verb == "apply" else None)
    if verb == "apply" and upload.state == State.REVIEW and not _are_right(forms_of):
        messages.error(request, gettext("Please correct what is marked below. Nothing is changed."))
    elif verb:
        _act(request, upload, verb, forms_of)
        return redirect("admin:signatories_logoupload_review", upload.pk)
    parts = {one: [form for form in forms_of if form.file.certainty == one] for one in Certainty}
    is_read = upload.state == State.READING and "still" not in request.GET
    context = page_context(
        model_admin,
        request,
        title=str(upload),
        upload=upload,
        parts=[(capfirst(str(one.label)), parts[one]) for one in Certainty if parts[one]],
        refused=upload.files.exclude(refusal=""),
        outcomes=upload.files.exclude(outcome="").select_related("organization"),
        refresh=REFRESH if is_read else 0,
        read=upload.files.filter(is_read=True).count(),
        all=upload.files.count(),
    )
    return render(request, "admin/signatories/logos/review.html", context)


def _forms(upload: LogoUpload, data: Any) -> list[FileForm]:
    if upload.state != State.REVIEW:
        return []
    readable = upload.files.filter(refusal="").select_related("organization")
    files = list(readable.prefetch_related("pictures"))
    pks = {pk for file in files for pk in file.alike}
    known = Organization.objects.filter(pk__in=pks).with_logos().in_bulk()
    unshown = bulk_logos.not_to_be_shown(known.values())
    return [FileForm(data, file=file, known=known, unshown=unshown) for file in files]


def _are_right(forms_of: list[FileForm]) -> bool:
    """Whether each is, and no two files are for one organization."""
    are_right = not [form for form in forms_of if not form.is_valid()]
    seen: dict[int, LogoFile] = {}
    for form in forms_of:
        if form.organization is None:
            continue
        if (other := seen.setdefault(form.organization.pk, form.file)) != form.file:
            words = gettext("“%(file)s” is for the same organization. Leave one of them out.")
            form.add_error("choice", words % {"file": other.name})
            are_right = False
    return are_right


def _act(request: HttpRequest, upload: LogoUpload, verb: str, forms_of: list[FileForm]) -> None:
    told = {"apply": _applied, "discard": _discarded, "undo": _undone}.get(verb)
    said = told(upload, forms_of) if told else ""
    if said:
        messages.success(request, said)
    else:
        messages.warning(request, gettext("Somebody decided on these files before. Look again."))


def _applied(upload: LogoUpload, forms_of: list[FileForm]) -> str:
    choices = {
        form.file.pk: bulk_logos.Choice(form.organization, form.cleaned_data["replaces"])
        for form in forms_of
    }
    shown = bulk_logos.apply(upload, choices)
    if shown is None:
        return ""
    return ngettext("%(n)d logo is shown.", "%(n)d logos are shown.", shown) % {"n": shown}


def _discarded(upload: LogoUpload, forms_of: list[FileForm]) -> str:
    return gettext("None of them is shown.") if bulk_logos.discard(upload) else ""


def _undone(upload: LogoUpload, forms_of: list[FileForm]) -> str:
    counted = bulk_logos.undo(upload)
    if counted is None:
        return ""
    words = gettext("Undone: %(back)d. Kept, since somebody changed the logo: %(kept)d.")
    return words % {"back": counted[0], "kept": counted[1]}


SCREENS = (
    Screen("new", "new/", show_new, may_upload),
    Screen("review", "<int:pk>/review/", show_review, may_review, of=LogoUpload),
)


@admin.register(LogoUpload)
class LogoUploadAdmin(ScreensAdmin):
    """Who uploaded logos, how many of them are shown, and the way to each review."""

    permission = PERMISSION
    screens = SCREENS
    row_screen = "review"
    lookups = frozenset({"state__exact"})
    first_step = _("No logos were uploaded in bulk yet.")
    list_display = ("created_at", "by", "state", "shown")
    list_filter = ("state",)
    list_select_related = ("by",)
    fields: ClassVar[Any] = ("created_at", "by", "state", "shown")
