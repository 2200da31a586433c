"""The switch that stops signing on the whole site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.db import rows
from casa.lib.db.history import Records
from casa.lib.db.reading import from_primary

PAUSE_KEY = "signing-pause"
PAUSE_KEPT_FOR = 2  # seconds


class SigningPause(models.Model):
    """The one row that stops signing everywhere."""

    is_on = models.BooleanField(
        _("signing is stopped on the whole site"),
        default=False,
        help_text=_("Nobody can begin to sign. What was begun can still be confirmed."),
    )
    sentence = models.CharField(
        _("what visitors are told"),
        max_length=300,
        blank=True,
        help_text=_("One sentence in place of every form: why, and until when."),
    )
    changed_at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    history = Records()

    class Meta:
        verbose_name = _("pause of the whole site")
        verbose_name_plural = _("pause of the whole site")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="signing_pause_one_row")]

    def __str__(self) -> str:
        return gettext("Signing is stopped") if self.is_on else gettext("Signing is open")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        cache.delete(PAUSE_KEY)

    @classmethod
    @from_primary()
    def now(cls) -> SigningPause:
        """The row as the database has it; signing is open where there is none yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @staticmethod
    def is_on_now() -> bool:
        """Whether signing is stopped everywhere, as the database has it: each signature asks."""
        found = rows.first("SELECT is_on FROM statements_signingpause WHERE id = 1", [])
        return bool(found and found[0])

    @classmethod
    def lately(cls) -> SigningPause:
        """As `now`, at most PAUSE_KEPT_FOR old: every page asks, and it seldom changes."""
        found = cache.get(PAUSE_KEY)
        if found is None:
            now = cls.now()
            found = (now.is_on, now.sentence)
            cache.set(PAUSE_KEY, found, PAUSE_KEPT_FOR)
        return cls(pk=1, is_on=found[0], sentence=found[1])
