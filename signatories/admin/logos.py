"""The logo on an organization's screen: a new one, none, or the one that came with a signature."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casa.lib.media import uploads
from signatories.models import Organization
from signatories.organizations import logos
from signatories.signing.organization_form import LogoField

SHOW, DISCARD, REMOVE = "show", "discard", "remove"


class StaffLogoField(LogoField):
    """Takes what telephones make; see `uploads` for when it is read."""

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        upload = super().clean(data, initial)
        if upload and (refusal := uploads.refusal_of(upload)):
            raise ValidationError(refusal, code="picture")
        return upload


class OrganizationForm(forms.ModelForm):
    new_logo = StaffLogoField(
        job=logos.FROM_STAFF,
        label=_("New logo"),
        required=False,
        help_text=_(
            "PNG, JPEG, WebP, GIF or HEIC, up to 20 MB. It takes the place of the one before."
        ),
    )
    logo_action = forms.ChoiceField(
        label=_("Logo"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Done when you save. A new logo chosen above goes before it."),
    )

    class Meta:
        model = Organization
        fields = ("name", "kind", "city", "region", "country", "website", "ror", "registration")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "logo_action" not in self.fields:
            return  # somebody who may only look
        kept = (
            set(self.instance.logos.values_list("approved", flat=True)) if self.instance.pk else ()
        )
        choices: list[tuple[str, Any]] = [("", _("leave it as it is"))]
        if False in kept:
            choices += [
                (SHOW, _("show the logo that came with a signature")),
                (DISCARD, _("delete the logo that came with a signature")),
            ]
        if True in kept:
            choices += [(REMOVE, _("delete the logo that is shown"))]
        self.fields["logo_action"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["logo_action"].widget = forms.HiddenInput()

    @property
    def stood(self) -> dict[str, Any]:
        """Both act on the logos that were seen, and not on others that came meanwhile."""
        logos_seen = [f"{one.pk} {one.approved}" for one in self.instance.logos.order_by("pk")]
        return {name: logos_seen for name in ("new_logo", "logo_action") if name in self.fields}

    def save_logo(self, organization: Organization) -> None:
        """Do what was chosen; a new picture goes before everything else."""
        action = self.cleaned_data.get("logo_action")
        if picture := self.cleaned_data.get("new_logo"):
            logos.store(organization, uploads.pictures_of(picture), approved=True)
        elif action == SHOW:
            logos.approve(organization)
        elif action == REMOVE:
            logos.remove(organization.logos.filter(approved=True))
        if action == DISCARD:
            logos.remove(organization.logos.filter(approved=False))
