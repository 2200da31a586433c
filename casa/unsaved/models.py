"""What was typed or chosen and is stored nowhere else."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a form of the back office was not saved."""

    SESSION = "session", _("Your session had ended.")
    OTHER = "other", _("Somebody else was signed in by then.")
    CSRF = "csrf", _("You had signed in again since you opened the page.")
    FORBIDDEN = "forbidden", _("You may not do this.")
    GONE = "gone", _("What you worked on is not there any more.")
    ERROR = "error", _("Something went wrong on our side.")
    REFUSED = "refused", _("It could not be done.")
    CLOSED = "closed", _("The page was closed before it was saved.")


class UnsavedForm(models.Model):
    """A form that was sent and not saved; written by `casa/unsaved/holding.py` alone.

    What was typed is encrypted, for this row and its owner.
    """

    key = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=2000, help_text="The page's, without its query.")
    why = models.CharField(max_length=12, choices=Reason.choices)
    sealed = models.TextField(_("what was typed"), help_text="Encrypted.")
    typed_at = models.DateTimeField(_("typed at"))
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "unsaved form"
        verbose_name_plural = "unsaved forms"

    def __str__(self) -> str:
        return str(self.key)


class UnsavedFile(models.Model):
    """A file that was chosen in a form that was not saved; written by `kept_files.py` alone.

    It is as it came, so it is never served and never opened here: it goes with the next try, and
    is read as any upload then. Its key alone opens it; that of a member of staff, for them alone.
    """

    key = models.UUIDField(primary_key=True, help_text="A hash of what the form carries.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    file = models.FileField(upload_to="unsaved")
    size = models.PositiveIntegerField(help_text="Bytes.")
    sealed = models.TextField(_("name of the file"), help_text="Encrypted.")
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "unsaved file"
        verbose_name_plural = "unsaved files"

    def __str__(self) -> str:
        return str(self.key)
