"""The form that asks to follow a statement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories.signing.fields import MailboxField


class FollowForm(forms.Form):
    """Asks where to write to when what is awaited of the statement happens."""

    email = MailboxField(help_text=_("Used for this alone. We send you a link to confirm it."))

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.auto_id = "follow-%s"
