"""Editions in the back office: looked at, never changed."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from casa.lib.admin import OfficeAdmin, ReadOnlyMixin
from statements.models import Edition


@admin.register(Edition)
class EditionAdmin(ReadOnlyMixin, OfficeAdmin):
    first_step = _("No editions yet. Publishing a statement makes its first one.")
    list_display = ("title", "number", "language", "published_at", "publisher")
    list_filter = ("language",)
    list_select_related = ("statement", "published_by")
    search_fields = ("title",)
    fields = (
        "public_page", "number", "language", "title", "summary", "body_shown", "ask", "sha256",
        "translates", "change_note", "change_note_language", "is_material", "published_at",
        "publisher",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("statement"))
    def body_shown(self, edition: Edition) -> SafeString:
        # Cleaned when it was stored (casa.lib.html), like everything in a RichTextField.
        return format_html('<div class="words">{}</div>', SafeString(edition.body))

    @admin.display(description=_("public page"))
    def public_page(self, edition: Edition) -> SafeString:
        url = reverse("statements:edition", args=[edition.statement.slug, edition.number])
        return format_html('<a href="{}">{}</a>', url, url)

    @admin.display(description=_("published by"), ordering="published_by")
    def publisher(self, edition: Edition) -> str:
        return str(edition.published_by or "–")
