"""The pages about the coalition itself: who it is, what it keeps of people, how to reach it.

Each comes with a good first text (`templates/pages/shipped/`), which visitors read until staff
write their own.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.lib.db.history import Records
from casa.lib.html.sanitizer import RichTextField


class SitePage(models.Model):
    """One page at a fixed address; a migration makes the three rows, and staff edit their texts."""

    class Key(models.TextChoices):
        ABOUT = "about", _("About us")
        PRIVACY = "privacy", _("Privacy")
        CONTACT = "contact", _("Contact")

    key = models.CharField(
        _("page"), max_length=10, choices=Key.choices, unique=True, editable=False
    )

    class Meta:
        verbose_name = _("page of the site")
        verbose_name_plural = _("pages of the site")
        ordering = ("key",)

    def __str__(self) -> str:
        return str(self.get_key_display())

    def get_absolute_url(self) -> str:
        return reverse(f"pages:{self.key}")


class SitePageText(models.Model):
    """What staff wrote for a page in one language, in place of the text that came with it."""

    page = models.ForeignKey(SitePage, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(
        _("title"), max_length=120, help_text=_("Stands above the text and in the browser’s tab.")
    )
    body = RichTextField(_("text"), help_text=_("What visitors read on this page."))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    history = Records(excluded_fields=["changed_at"])

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("page", "language", name="site_page_text_one_per_language")
        ]

    def __str__(self) -> str:
        return self.title
