"""The form for the code from the mail."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from signatories.signing import codes
from signatories.signing.fields import MailboxField


class CodeForm(forms.Form):
    """Asks for the six digits, which confirm as the link does."""

    email = MailboxField()
    code = forms.CharField(
        label=_("The six digits from the mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "pattern": r"[\d\s.\-]{6,}",
                "class": "code",
            }
        ),
        error_messages={"required": _("Enter the six digits from the mail.")},
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data, auto_id="code-%s", use_required_attribute=False)  # type: ignore[arg-type]

    def clean_code(self) -> str:
        code = codes.normalise(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("Enter the six digits from the mail."), code="invalid")
        return code
