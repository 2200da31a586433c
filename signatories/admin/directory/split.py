"""One entry stands for two organizations: what goes to a new one, looked at, then done."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.admin.directory.merge import title_of
from signatories.models import Organization, Signature
from signatories.organizations import merging, splitting
from signatories.organizations.splitting import Chosen
from statements.permissions import is_visible_to

MOST_LISTED = 500


class SplitForm(forms.ModelForm):
    """The new entry, and what goes to it."""

    signatures = forms.TypedMultipleChoiceField(
        label=_("Signatures"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    aliases = forms.TypedMultipleChoiceField(
        label=_("Other names it is known by"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    logos = forms.BooleanField(label=_("The logo"), required=False)

    class Meta:
        model = Organization
        fields = ("name", "kind", "city", "region", "country", "website", "ror", "registration")

    def __init__(self, *args: Any, of: Organization, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        signatures: Any = self.fields["signatures"]
        signatures.choices = [(one.pk, _line(request, one)) for one in signatures_listed(of)]
        aliases: Any = self.fields["aliases"]
        aliases.choices = list(of.aliases.values_list("pk", "name"))
        for name, is_there in (
            ("signatures", signatures.choices),
            ("aliases", aliases.choices),
            ("logos", of.logos.exists()),
        ):
            if not is_there:
                del self.fields[name]
        for name in ("name", "website", "registration"):
            self.fields[name].widget.attrs["class"] = "vTextField"

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not self.chosen():
            raise forms.ValidationError(gettext("Choose what goes to the new entry."))
        return self.cleaned_data

    def chosen(self) -> Chosen:
        data = self.cleaned_data
        return Chosen(
            tuple(data.get("signatures") or ()),
            tuple(data.get("aliases") or ()),
            bool(data.get("logos")),
        )


def signatures_listed(organization: Organization) -> Any:
    rows = organization.signatures.select_related("statement").order_by("-pk")
    return rows.prefetch_related("statement__texts")[:MOST_LISTED]


def _line(request: HttpRequest, one: Signature) -> str:
    of_signer = (one.name, one.place) if is_visible_to(request.user, one.statement) else ()
    parts = (title_of(request, one.statement), *of_signer, str(one.get_state_display()))
    return " · ".join(part for part in parts if part)


def show_split(
    model_admin: admin.ModelAdmin, request: HttpRequest, organization: Organization
) -> HttpResponse:
    """Ask what goes where (GET); show what would move, or do it (POST)."""
    if organization.merged_into is not None:
        return redirect("admin:signatories_organization_change", organization.heir.pk)
    form = SplitForm(request.POST or None, of=organization, request=request)
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if "split" in request.POST and (done := _split(request, organization, form)):
            return done
        preview = _preview(organization, form)
    context = page_context(
        model_admin,
        request,
        title=_("Split an organization"),
        organization=organization,
        form=form,
        is_long=organization.signatures.count() > MOST_LISTED,
        most=MOST_LISTED,
        **preview,
    )
    return render(request, "admin/signatories/organization/split.html", context)


def _preview(organization: Organization, form: SplitForm) -> dict[str, Any]:
    chosen = form.chosen()
    going = len(chosen.signatures)
    return {
        "is_preview": True,
        "new": form.cleaned_data["name"],
        "going": going,
        "staying": organization.signatures.count() - going,
        "names": list(organization.aliases.filter(pk__in=chosen.aliases)),
        "logo": chosen.logos,
    }


def _split(
    request: HttpRequest, organization: Organization, form: SplitForm
) -> HttpResponse | None:
    data = form.cleaned_data
    new = Organization(**{name: data[name] for name in form.Meta.fields})
    try:
        change = splitting.split(organization, new, form.chosen(), by=staff(request))
    except merging.RefusedError as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, gettext("Split. It can be undone on this page."))
    return redirect("admin:signatories_organization_moved", change.pk)
