"""The pages about the coalition in the back office: one text for each language."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casa.lib.admin import EditorMediaMixin, OfficeAdmin
from casa.lib.html.sanitizer import clean
from casa.lib.language_formsets import LanguageFormSet
from casa.pages import free_admin  # noqa: F401 - registers its screens
from casa.pages.models import SitePage, SitePageText
from casa.pages.reading import shipped


class TextForm(forms.ModelForm):
    """A text that was left as it came is not stored, so that it goes on following the product."""

    class Meta:
        model = SitePageText
        fields = ("language", "title", "body")
        widgets = {"language": forms.HiddenInput}

    def has_changed(self) -> bool:
        if self.instance.pk or not self.is_bound:
            return super().has_changed()
        came = shipped(self.instance.page.key, self["language"].value() or "")
        typed = (self["title"].value() or "", clean(self["body"].value() or ""))
        return any(typed) if came is None else typed != (came.title, came.body)


class TextFormSet(LanguageFormSet):
    """Those that staff wrote, then those as shipped."""

    @staticmethod
    def initial_of(owner: SitePage, language: str) -> dict[str, str]:
        words = shipped(owner.key, language)
        return {
            "language": language,
            "title": words.title if words else "",
            "body": words.body if words else "",
        }


class TextInline(admin.StackedInline):
    model = SitePageText
    form = TextForm
    formset = TextFormSet
    template = "admin/pages/texts.html"
    can_delete = True


@admin.register(SitePage)
class SitePageAdmin(EditorMediaMixin, OfficeAdmin):
    list_display = ("name", "written")
    list_display_links = ("name",)
    inlines = (TextInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("texts")

    @admin.display(description=_("page"))
    def name(self, page: SitePage) -> str:
        return str(page)

    @admin.display(description=_("your own words in"))
    def written(self, page: SitePage) -> str:
        names = dict(settings.LANGUAGES)
        return ", ".join(names.get(text.language, text.language) for text in page.texts.all())

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # there are three, and a migration made them

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
