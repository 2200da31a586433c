"""The screen of the appearance: the draft, what is public, and what was public before."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.appearance import pictures, publishing
from casa.appearance.models import (
    Appearance,
    AppearanceLink,
    AppearanceText,
    PublishedAppearance,
)
from casa.lib.admin import EditorMediaMixin, Screen, page_context, screen_urls
from casa.lib.language_formsets import LanguageFormSet
from casa.lib.media.uploads import PictureAdmin
from casa.office.appearance import preview
from casa.office.appearance.forms import AppearanceForm, TextForm

SHOWN_EARLIER = 20
CHANGE = "admin:appearance_appearance_change"


def may_change(model_admin: admin.ModelAdmin, request: HttpRequest, *args: Any, **kw: Any) -> bool:
    return model_admin.has_change_permission(request)


def publish(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    publishing.draft()
    try:
        is_new = publishing.publish(by=staff(request), seen=request.POST.get("seen", "-"))
    except publishing.UnseenError:
        told = gettext("Somebody changed the draft after you opened this page. Look at it again.")
        messages.error(request, told)
        return redirect("admin:appearance_appearance_preview")
    if is_new:
        messages.success(request, gettext("Visitors see the new appearance from now on."))
    else:
        messages.info(request, gettext("Visitors see it already: nothing was changed since."))
    return redirect(CHANGE, 1)


def restore(
    model_admin: admin.ModelAdmin, request: HttpRequest, earlier: PublishedAppearance
) -> HttpResponse:
    """Say what restoring does (GET), or do it (POST)."""
    publishing.draft()
    if request.method == "POST":
        publishing.restore(earlier, by=staff(request))
        messages.success(request, gettext("Visitors see the earlier appearance again."))
        return redirect(CHANGE, 1)
    context = page_context(
        model_admin,
        request,
        title=_("Show an earlier appearance again"),
        earlier=earlier,
        is_changed=publishing.is_changed(publishing.draft()),
    )
    return render(request, "admin/appearance/appearance/restore.html", context)


SCREENS = (
    Screen("preview", "preview/", preview.show, may_change),
    Screen(
        "preview_page", "preview/<slug:page>/<slug:language>/", preview.show_page, may_change
    ),
    Screen("picture", "pictures/<str:filename>", preview.show_picture, may_change),
    Screen("publish", "publish/", publish, may_change, post_only=True),
    Screen("restore", "restore/<int:pk>/", restore, may_change, of=PublishedAppearance),
)  # fmt: skip


class TextInline(admin.StackedInline):
    model = AppearanceText
    form = TextForm
    formset = LanguageFormSet
    template = "admin/appearance/texts.html"
    can_delete = True


class LinkInline(admin.TabularInline):
    model = AppearanceLink
    fields = ("language", "place", "label", "address", "position")
    extra = 0


@admin.register(Appearance)
class AppearanceAdmin(EditorMediaMixin, PictureAdmin):
    """The form of the only row; the list redirects to it."""

    form = AppearanceForm
    picture_jobs = {f"new_{name}": job for name, job in pictures.JOBS.items()}
    change_form_template = "admin/appearance/appearance/change_form.html"
    readonly_fields = ("pictures_now",)
    fieldsets = (
        (_("Colours and typefaces"), {"fields": ("accent", "second", "typefaces", "header")}),
        (
            _("Logo"),
            {
                "fields": (
                    "pictures_now",
                    "shows_name",
                    *(f"{verb}_{name}" for name in pictures.JOBS for verb in ("new", "remove")),
                )
            },
        ),
    )
    inlines = (TextInline, LinkInline)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        publishing.draft()
        return redirect(CHANGE, 1)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        earlier = PublishedAppearance.objects.select_related("by")[:SHOWN_EARLIER]
        context = {
            "earlier": earlier,
            "is_changed": row is not None and publishing.is_changed(row),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("pictures in this draft"))
    def pictures_now(self, row: Appearance) -> str:
        """Each picture as it is in the draft, with its name."""
        labels = {
            "logo": gettext("Logo"),
            "dark_logo": gettext("Logo for the dark"),
            "icon": gettext("Small picture"),
        }
        shown = [
            (reverse("admin:appearance_appearance_picture", args=[sizes[-1]["filename"]]),
             labels[name])
            for name in pictures.JOBS
            if (sizes := pictures.sizes_of(getattr(row, name)))
        ]  # fmt: skip
        if not shown:
            return gettext("None yet: the name stands at the top of the page in letters.")
        figures = format_html_join(
            "", '<figure><img src="{}" alt=""><figcaption>{}</figcaption></figure>', shown
        )
        return format_html('<div class="pictures-now">{}</div>', figures)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.require_pictures_read(request)
        form.keep_pictures()
        super().save_model(request, obj, form, change)
        pictures.remove_unused()

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.message_user(
            request, gettext("The draft is saved. Visitors see it once you make it public.")
        )
        where = "admin:appearance_appearance_preview" if "_preview" in request.POST else ""
        return redirect(where) if where else redirect(CHANGE, 1)
