"""The list and the form of organizations in the directory."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext, ngettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import Screen, screen_urls
from casa.lib.long_lists import BoundedPaginator
from casa.lib.media.uploads import PictureAdmin
from signatories.admin import logo_uploads
from signatories.admin.decisions import DecidingAdmin, VerbButton
from signatories.admin.directory import likely, merge, moved, split
from signatories.admin.events import OrganizationEventInline
from signatories.admin.filters import (
    CountryFilter,
    HasSignedFilter,
    LogoFilter,
    ToCheckFilter,
    VerifyAgainFilter,
)
from signatories.admin.logos import OrganizationForm
from signatories.models import DirectoryChange, Organization, OrganizationAlias, Signature
from signatories.moderation import bulk
from signatories.moderation import decisions as moderation
from signatories.organizations import likeness, logos, renewals, verification

DECISIONS = {
    "verify": VerbButton(
        _("Verify"),
        _("For an organization that the office has made sure of. Its signatures stay as they are."),
    ),
    "ask_again": VerbButton(
        _("Ask to verify again"),
        _(
            "Whoever signed for it is asked by mail whether the entry is still right; their click"
            " renews the verification. It stays verified meanwhile, and without an answer in 30"
            " days it is listed as not answered."
        ),
    ),
    "reject": VerbButton(
        _("Reject"),
        _(
            "For an organization that does not exist or did not agree to sign. The signatures in"
            " its name become invalid, for the same reason."
        ),
    ),
}


MOST_CHANGES = 10
SCREENS = (
    Screen("merge", "merge/", merge.show_merge, merge.may_merge),
    Screen("likely", "likely-duplicates/", likely.show_likely, merge.may_merge),
    Screen(
        "moved", "moved/<int:pk>/", moved.show_moved,
        lambda model_admin, request, change: merge.may_merge(model_admin, request),
        of=DirectoryChange,
    ),
    Screen(
        "split", "<int:pk>/split/", split.show_split,
        lambda model_admin, request, organization: merge.may_merge(model_admin, request),
        of=Organization,
    ),
)  # fmt: skip


class AliasInline(admin.TabularInline):
    model = OrganizationAlias
    extra = 0
    fields = ("name",)
    verbose_name_plural = _("other names it is known by")


@admin.register(Organization)
class OrganizationAdmin(PictureAdmin, DecidingAdmin):
    picture_jobs = {"new_logo": logos.FROM_STAFF}
    change_form_template = "admin/signatories/organization/change_form.html"
    list_display = ("called", "verification", "kind", "place", "has_signed", "website")
    sortable_by = ("called", "verification", "kind")  # by what has an index
    first_step = _("No organizations yet. They come in by signing, or you add one yourself.")
    form = OrganizationForm
    list_filter = (
        "verification",
        ToCheckFilter,
        VerifyAgainFilter,
        LogoFilter,
        "kind",
        HasSignedFilter,
        CountryFilter,
    )
    search_fields = ("name", "aliases__name")
    search_help_text = _(
        "Beginnings of words of its name, or of another name it is known by; accents and capitals"
        " do not matter"
    )
    fields = (
        "name", "kind", "city", "region", "country", "website", "ror", "registration", "new_logo",
        "logo_action",
    )  # fmt: skip
    inlines = (AliasInline, OrganizationEventInline)
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    decisions = DECISIONS
    decision_permission = "signatories.verify_organization"
    preview = staticmethod(bulk.preview_organizations)
    done_words = ngettext_lazy("%(n)d organization changed.", "%(n)d organizations changed.", "n")
    left_words = ngettext_lazy(
        "%(n)d organization left as it was.", "%(n)d organizations left as they were.", "n"
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        counted = Signature.objects.counted().filter(organization=OuterRef("pk"))
        there = super().get_queryset(request).filter(merged_into=None)
        return there.annotate(has_counted=Exists(counted))

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if "verify" in actions:
            actions["merge"] = (merge.begin, "merge", gettext("Merge …"))
        return actions

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(search_words__words=search_term), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {"may_upload_logos": staff(request).has_perm(logo_uploads.PERMISSION)}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        own = {"verification__exact", "kind__exact", "signed", "country", "to_check", "logo"}
        return lookup in own | {VerifyAgainFilter.parameter_name}

    @admin.display(
        description=Organization._meta.get_field("name").verbose_name, ordering="sort_key"
    )
    def called(self, organization: Organization) -> str:
        return organization.name

    @admin.display(description=pgettext_lazy("organization", "has signed"), boolean=True)
    def has_signed(self, organization: Organization) -> bool:
        return organization.has_counted  # type: ignore[attr-defined]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_used = obj is not None and (
            obj.signatures.exists() or obj.changes.exists() or obj.merged.exists()
        )
        return not is_used and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.require_pictures_read(request)
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            moderation.follow_name(obj)
        if change and "website" in form.changed_data:
            before = form.initial.get("website") or ""
            moderation.website_changed(obj, by=staff(request), before=before)
        form.save_logo(obj)
        if "name" in form.changed_data:
            self._warn_of_alike(request, obj)

    def _warn_of_alike(self, request: HttpRequest, organization: Organization) -> None:
        if others := likeness.alike(organization):
            words = gettext(
                "The directory has similar names: %(names)s. Make sure that it is another."
            )
            names = ", ".join(str(one) for one in others)
            self.message_user(request, words % {"names": names}, messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        logos.remove(obj.logos.all())
        super().delete_model(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if heir := self._heir_of(object_id):
            told = gettext("It was merged into this organization.")
            self.message_user(request, told, messages.INFO)
            return redirect("admin:signatories_organization_change", heir.pk)
        organization = self.get_object(request, object_id)
        extra: dict[str, Any] = {}
        if organization is not None:
            extra = {"organization": organization, **self._panel(request, organization)}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def _is_possible(self, organization: Organization, verb: str) -> bool:
        if verb == "ask_again":
            return not renewals.obstacle(organization)
        return not moderation.is_settled(organization, bulk.VERIFICATION[verb])

    def _heir_of(self, object_id: str) -> Organization | None:
        if not object_id.isdecimal() or len(object_id) > 18:
            return None
        merged = Organization.objects.exclude(merged_into=None).filter(pk=int(object_id)).first()
        return merged.heir if merged else None

    def _panel(self, request: HttpRequest, organization: Organization) -> dict[str, Any]:
        possible = [
            verb
            for verb in DECISIONS
            if self.may_decide(request) and self._is_possible(organization, verb)
        ]
        why_again = organization.renewal_reason
        counts = organization.signatures.aggregate(
            counted=Count("pk", filter=Q(state="confirmed", approved=True)), all=Count("pk")
        )
        return {
            "possible": {verb: DECISIONS[verb] for verb in possible},
            "signed": ngettext(
                "%(counted)d signature that counts, %(all)d in all",
                "%(counted)d signatures that count, %(all)d in all",
                counts["counted"],
            )
            % counts,
            "why_again": Organization.ToRenew(why_again).label if why_again else "",
            "is_unanswered": renewals.is_unanswered(organization),
            "has_signatures": counts["all"],
            "claims": verification.claimed_websites(organization) if organization.to_check else [],
            "logos": list(organization.logos.all()),
            "changes": moved.rows_of(moved.changes_of(organization)[:MOST_CHANGES]),
            "may_merge": merge.may_merge(self, request),
            "alike": likeness.alike(organization) if organization.to_check else [],
        }
