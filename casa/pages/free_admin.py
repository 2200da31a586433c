"""Pages that the office begins itself, in the back office: a draft, and what is public of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casa.lib.admin import EditorMediaMixin, OfficeAdmin, Screen, page_context, screen_urls
from casa.lib.dead_pages import as_dead_page, visitors_request
from casa.lib.language_formsets import LanguageFormSet
from casa.pages import addresses, publishing, views
from casa.pages.models import FreePage, FreePageText
from casa.pages.reading import Words

CHANGE = "admin:pages_freepage_change"


class PageForm(forms.ModelForm):
    class Meta:
        model = FreePage
        fields = ("slug", "place", "position")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug:
            addresses.check(slug, self.instance)
        return slug


class TextForm(forms.ModelForm):
    class Meta:
        model = FreePageText
        fields = ("language", "title", "body")
        widgets = {"language": forms.HiddenInput}


class TextInline(admin.StackedInline):
    model = FreePageText
    form = TextForm
    formset = LanguageFormSet
    template = "admin/pages/freepage/texts.html"
    can_delete = True


def may_change(model_admin: Any, request: HttpRequest, page: FreePage, **captured: Any) -> bool:
    return bool(model_admin.has_change_permission(request, page))


def publish(model_admin: Any, request: HttpRequest, page: FreePage) -> HttpResponse:
    try:
        is_new = publishing.publish(page, seen=request.POST.get("seen", "-"))
    except publishing.UnseenError:
        told = gettext("Somebody changed the words after you opened this page. Look at them again.")
        messages.error(request, told)
    except publishing.NoWordsError:
        messages.error(request, gettext("The page has no words yet. Write and save them first."))
    else:
        told = gettext("Visitors read the page as it is now.")
        messages.success(request, told if is_new else gettext("Visitors read it so already."))
    return redirect(CHANGE, page.pk)


def take_back(model_admin: Any, request: HttpRequest, page: FreePage) -> HttpResponse:
    """Say what taking back does (GET), or do it (POST)."""
    if request.method == "POST":
        publishing.take_back(page)
        messages.success(request, gettext("The page is off the site. Its draft is still here."))
        return redirect(CHANGE, page.pk)
    context = page_context(model_admin, request, title=_("Take the page off the site"), page=page)
    return render(request, "admin/pages/freepage/take_back.html", context)


def preview(
    model_admin: Any, request: HttpRequest, page: FreePage, language: str
) -> HttpResponseBase:
    answer: HttpResponseBase = _preview(request, page, language)
    return answer


@as_dead_page
@require_safe
def _preview(request: HttpRequest, page: FreePage, language: str) -> HttpResponse:
    """The draft as visitors would read it in a language of the site."""
    texts = {
        text.language: Words(text.language, text.title, text.body) for text in page.texts.all()
    }
    if language not in dict(settings.LANGUAGES) or not texts:
        raise Http404
    with translation.override(language):
        asked = visitors_request(request, page.get_absolute_url())
        answer = render(asked, "pages/page.html", views.free_page_context(texts))
    answer.headers["Content-Language"] = language
    return answer


SCREENS = (
    Screen("preview", "<int:pk>/preview/<slug:language>/", preview, may_change, of=FreePage),
    Screen("publish", "<int:pk>/publish/", publish, may_change, of=FreePage, post_only=True),
    Screen("take_back", "<int:pk>/take-back/", take_back, may_change, of=FreePage),
)


@admin.register(FreePage)
class FreePageAdmin(EditorMediaMixin, OfficeAdmin):
    form = PageForm
    list_display = ("title", "address", "state", "place")
    list_display_links = ("title",)
    list_filter = ("is_public", "place")
    first_step = _("No pages yet. Add one: it is a draft until you make it public.")
    inlines = (TextInline,)
    change_form_template = "admin/pages/freepage/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("texts", "public_texts")

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj is not None and obj.is_public else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A page that was public is taken back: whoever has its link is told so."""
        was_public = obj is not None and obj.was_public
        return not was_public and super().has_delete_permission(request, obj)

    @admin.display(description=_("title"))
    def title(self, page: FreePage) -> str:
        return next((text.title for text in page.texts.all()), gettext("without words"))

    @admin.display(description=_("address"), ordering="slug")
    def address(self, page: FreePage) -> str:
        return str(page)

    @admin.display(description=_("state"))
    def state(self, page: FreePage) -> str:
        if not page.is_public:
            return gettext("taken back") if page.was_public else gettext("draft")
        is_newer = publishing.is_changed(page)
        return gettext("public, with a newer draft") if is_newer else gettext("public")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        page = self.get_object(request, object_id)
        context = {
            "page": page,
            "is_changed": page is not None and page.is_public and publishing.is_changed(page),
            "languages": settings.LANGUAGES,
            "seen": publishing.mark_of(page) if page is not None else "",
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = form.initial.get("slug") or ""
        obj.slug = obj.slug or before or addresses.made_from("", obj)
        super().save_model(request, obj, form, change)
        publishing.moved(obj, before)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        page = form.instance
        if not change and not form.cleaned_data.get("slug"):
            titles = {text.language: text.title for text in page.texts.all()}
            own = titles.get(settings.LANGUAGE_CODE) or next(iter(titles.values()), "")
            page.slug = addresses.made_from(own, page)
            page.save()
