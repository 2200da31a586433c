"""The pages about the coalition itself: who it is, what it keeps of people, how to reach it.

Each comes with a good first text (`templates/pages/shipped/`), which visitors read until staff
write their own.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


class FreePageQuerySet(models.QuerySet["FreePage"]):
    def public(self) -> FreePageQuerySet:
        return self.filter(is_public=True)


class FreePage(models.Model):
    """A page that staff begin. Visitors read what was made public of it last, not the draft."""

    class Place(models.TextChoices):
        NONE = "none", pgettext_lazy("place", "in no menu")
        HEADER = "header", pgettext_lazy("place", "top of the page")
        FOOTER = "footer", pgettext_lazy("place", "end of the page")

    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        blank=True,
        help_text=_(
            "What stands behind the name of the site, in letters from a to z, digits and hyphens."
            " Empty: it is made from the title. Once the page was public, its earlier addresses"
            " lead here."
        ),
    )
    place = models.CharField(_("menu"), max_length=10, choices=Place.choices, default=Place.NONE)
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Pages with a smaller number come first in the menu.")
    )
    is_public = models.BooleanField(_("public"), default=False, editable=False)
    published_at = models.DateTimeField(_("made public"), null=True, editable=False)

    objects = FreePageQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = _("page of your own")
        verbose_name_plural = _("pages of your own")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(published_at__isnull=False),
                name="free_page_public_since",
            )
        ]

    def __str__(self) -> str:
        return f"/{self.slug}/"

    def get_absolute_url(self) -> str:
        return reverse("free-pages:page", args=[self.slug])

    @property
    def was_public(self) -> bool:
        """Whether somebody may have a link to it."""
        return self.published_at is not None


class FreePageText(models.Model):
    """The draft of a page's words in one language."""

    page = models.ForeignKey(FreePage, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(
        _("title"), max_length=120, help_text=_("Stands above the text, in menus and in the tab.")
    )
    body = RichTextField(_("text"), help_text=_("What visitors read on this page."))

    history = Records()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("page", "language", name="free_page_text_one_per_language")
        ]

    def __str__(self) -> str:
        return self.title


class PublicPageText(models.Model):
    """The words that visitors read; written by `casa/pages/publishing.py` alone."""

    page = models.ForeignKey(FreePage, on_delete=models.CASCADE, related_name="public_texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    body = RichTextField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("page", "language", name="public_page_text_one_per_language")
        ]

    def __str__(self) -> str:
        return self.title


class FormerAddress(models.Model):
    """An address that a page had while it was public; it leads to where the page is now."""

    slug = models.SlugField(max_length=60, unique=True)
    page = models.ForeignKey(FreePage, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug
