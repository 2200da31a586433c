"""The list and the form of signatures, and the screens beside them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib import neighbours
from casa.lib.addresses import mailboxes
from casa.lib.addresses.in_texts import without_addresses
from casa.lib.admin import Screen, screen_urls
from casa.lib.keys import primary_key
from casa.lib.long_lists import BoundedPaginator, LongList
from casa.lib.text import normalise
from signatories.admin import answers, exports, filters, leads, referrals, suspicions
from signatories.admin.decisions import DecidingAdmin, VerbButton
from signatories.admin.events import SignatureEventInline
from signatories.core import office_search
from signatories.core.personal_data import label
from signatories.leads.doubts import in_words
from signatories.models import Decision, ImportProof, Signature
from signatories.moderation import bulk
from signatories.moderation import decisions as moderation
from signatories.signing import own_answers
from statements.models import Statement
from statements.permissions import of_visible_statements

MOST_DECISIONS = 5
CONTACT_PERMISSION = "signatories.view_contact_data"

DECISIONS = {
    "approve": VerbButton(
        _("Approve"),
        _("The name was checked: it stands in public and counts once confirmed."),
        key="a",
    ),
    "hide": VerbButton(
        _("Hide"), _("Out of public view and out of the count. It can be shown again."), key="h"
    ),
    "restore": VerbButton(
        _("Show again"),
        _("Back to where it was before: in public view and in the count, if it was confirmed."),
        key="s",
    ),
    "invalidate": VerbButton(
        _("Mark as invalid"),
        _(
            "For a signature that is not genuine: it leaves the count, and its mailbox cannot sign"
            " this statement again."
        ),
        key="i",
    ),
}


REMARKS = (
    _("to be approved"), _("changed by the signer"), _("listed as withdrawn"),
    _("name withheld"), _("unsure"), _("trouble with mail"), _("suspicious"),
)  # fmt: skip


@lru_cache(maxsize=1_000)
def _in_words(language: str | None, kind: str, state: str, remarks: tuple[bool, ...]) -> str:
    """The same for most rows of a list, where each translation takes its time."""
    parts = [str(Signature.Kind(kind).label), str(Signature.State(state).label)]
    parts += [str(words) for words, holds in zip(REMARKS, remarks, strict=True) if holds]
    return ", ".join(parts[:1] + [part[:1].lower() + part[1:] for part in parts[1:]])


class SignatureForm(forms.ModelForm):
    """The fields that staff may correct; a person's name cannot be emptied."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own_answers.offer(self.fields, self.instance)

    def clean_name(self) -> str:
        name = normalise(self.cleaned_data["name"])
        if not name and self.instance.kind == Signature.Kind.PERSON:
            raise forms.ValidationError(gettext("Write the person's name."))
        return name


SCREENS = (
    Screen(
        "leads", "leads/<int:statement_pk>/", leads.show_order, leads.may_order,
        of=Statement, key="statement_pk",
    ),
    Screen("lead", "<int:pk>/lead/", leads.place, leads.may_place, of=Signature, post_only=True),
    Screen(
        "referrers", "referrers/<int:statement_pk>/", referrals.show_referrers,
        referrals.may_see_referrers, of=Statement, key="statement_pk",
    ),
    Screen(
        "answers", "answers/<int:statement_pk>/", answers.show_answers, answers.may_see_answers,
        of=Statement, key="statement_pk",
    ),
    Screen("export", "export/", exports.export_signatures, exports.may_export),
    Screen("counts", "counts/", exports.export_counts, exports.may_count),
)  # fmt: skip


PLACE = ("city", "region", "country")


class SignatureList(LongList):
    ALSO_BY = {"statement_id": ("state",)}  # in the order of an index that is there

    def _get_default_ordering(self) -> list[str]:
        """The newest first; of some days, by the index in which those stand together."""
        of_days = any(self.params.get(day) for day in filters.SignedBetweenFilter.DAYS)
        return ["-created_at"] if of_days else ["-pk"]


@admin.register(Signature)
class SignatureAdmin(DecidingAdmin):
    form = SignatureForm
    change_form_template = "admin/signatories/signature/change_form.html"
    first_step = _("Nobody has signed yet. Names stand here as soon as a statement is signed.")
    list_filter = (
        filters.DecisionFilter, "state", ("kind", filters.KindFilter), filters.LeadFilter,
        "name_withheld", filters.ChangedFilter, filters.SuspiciousFilter, filters.ImportedFilter,
        filters.MailTroubleFilter, filters.StatementFilter,
        filters.CountryFilter, filters.SignedBetweenFilter, filters.InDecisionFilter,
    )  # fmt: skip
    list_select_related = ("statement", "organization")
    search_fields = ("name",)  # shows the search box; get_search_results searches
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    inlines = (SignatureEventInline,)
    decisions = DECISIONS
    decision_permission = "signatories.moderate_signature"
    preview = staticmethod(bulk.preview)
    done_words = ngettext_lazy("%(n)d signature changed.", "%(n)d signatures changed.", "n")
    left_words = ngettext_lazy(
        "%(n)d signature left as it was.", "%(n)d signatures left as they were.", "n"
    )
    readonly_fields: ClassVar[Any] = (
        "statement", "edition", "kind", "state", "approved", "organization", "lead_position",
        "address", "wants_updates", "postal_code", "comment", "question", "language", "line",
        "notes",
        "import_confidence", "batch", "consent_source", "created_at", "confirmed_at",
        "renamed_at", "withdrawal", "mail_trouble", *suspicions.FIELDS,
    )  # fmt: skip

    def may_see_contact(self, request: HttpRequest) -> bool:
        return staff(request).has_perm(CONTACT_PERMISSION)

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Signature]:
        found = of_visible_statements(request.user, super().get_queryset(request))
        found = found.prefetch_related(filters.STATEMENT_TITLES)
        return found if self.may_see_contact(request) else found.defer("email", "email_key")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        name = "shown_with_address" if self.may_see_contact(request) else "shown_as"
        # The list of one statement needs no column for its title.
        statement = () if request.GET.get("statement") else ("of_statement",)
        return (name, "state_and_remarks", "place", "signed_on", *statement)

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[LongList]:
        return SignatureList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the lookups of filters and links: `?email__startswith=` would disclose addresses."""
        return lookup in {
            "state__exact", "approved__exact", "kind__exact", "name_withheld__exact",
            "organization__id__exact", "confirmed_at__gte", "confirmed_at__lt",
            # Names of filters, for which Django calls this method too.
            "decision", "lead", "changed", "imported", "trouble", "suspicious", "statement",
            "country", "since", "until", "in_decision",
        }  # fmt: skip

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        # What is done with all that is found, or written into a file, is for more than is listed.
        is_list = request.method == "GET" and not getattr(request, "reads_on", False)
        most = office_search.MOST if is_list else BoundedPaginator.LIMIT
        contact = self.may_see_contact(request)
        found = office_search.find(queryset, term, by_mailbox=contact, at_most=most)
        return queryset.filter(pk__in=found), False

    def get_paginator(self, request: HttpRequest, *args: Any, **options: Any) -> BoundedPaginator:
        made: Any = super().get_paginator(request, *args, **options)
        if request.GET.get(SEARCH_VAR, "").strip():
            made.limit = office_search.MOST
        return made

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        chosen = request.GET.get("statement", "")
        extra = {"statement_pk": primary_key(chosen) or ""}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        if self.may_see_contact(request):
            changelist.search_help_text = gettext(
                "Beginning of a name or an organization, a whole e-mail address, or a domain"
            )
        else:
            changelist.search_help_text = gettext("Beginning of a name or an organization")
        return changelist

    @admin.display(description=label("name"), ordering="sort_key")
    def shown_as(self, signature: Signature) -> str:
        return signature.displayed_name

    @admin.display(description=label("name"), ordering="sort_key")
    def shown_with_address(self, signature: Signature) -> str:
        return format_html(
            "{}<small>{}</small>", signature.displayed_name, mailboxes.shown(signature.email)
        )

    @admin.display(description=label("state"), ordering="state")
    def state_and_remarks(self, signature: Signature) -> str:
        """Kind and state, and remarks on whether and where the name is public."""
        remarks = (
            not signature.approved, signature.renamed_at is not None,
            signature.withdrawal_shown, signature.name_withheld,
            (signature.import_confidence or 1) < filters.UNSURE_BELOW,
            bool(signature.mail_trouble), bool(signature.suspicions),
        )  # fmt: skip
        words = _in_words(get_language(), signature.kind, signature.state, remarks)
        if (place := signature.lead_position) is None:
            return words
        return f"{words}, {gettext('lead signatories: %(place)d') % {'place': place}}"

    @admin.display(description=_("statement"), ordering="statement_id")
    def of_statement(self, signature: Signature) -> str:
        return str(signature.statement)

    @admin.display(description=label("created_at"), ordering="created_at")
    def signed_on(self, signature: Signature) -> str:
        return date_format(localtime(signature.created_at), "SHORT_DATE_FORMAT")

    # One signature

    @admin.display(description=label("email"), empty_value="–")
    def address(self, signature: Signature) -> str:
        return mailboxes.shown(signature.email)

    @admin.display(description=label("withdrawn_at"), ordering="withdrawn_at")
    def withdrawal(self, signature: Signature) -> str:
        day = date_format(localtime(signature.withdrawn_at), "DATETIME_FORMAT")
        return f"{day}, {gettext('listed as withdrawn')}" if signature.withdrawal_shown else day

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        contact: tuple[str, ...] = ()
        if self.may_see_contact(request):
            given = ("postal_code", "comment") if obj is not None else ()
            contact = ("address", "wants_updates", *(name for name in given if getattr(obj, name)))
        trouble: tuple[str, ...] = ()
        if obj is not None and obj.mail_trouble:
            trouble = ("mail_trouble",)
        who: tuple[str, ...] = (
            "honorific", "name", "credentials", "role", "affiliation", "affiliation_mark",
        )  # fmt: skip
        if obj is not None and obj.kind == Signature.Kind.ORGANIZATION:
            who = ("organization", "honorific", "name", "credentials", "role")
        answered = ("question", "answer") if obj is None or obj.answer else ()
        sections: list[Any] = [
            (_("Who signed"), {"fields": (*who, *PLACE, *answered, "name_withheld")}),
            (
                _("What they signed"),
                {
                    "fields": (
                        *contact, "statement", "edition", "lead_position", "language",
                        "created_at", "confirmed_at", *trouble,
                        *(("renamed_at",) if obj is not None and obj.renamed_at else ()),
                        *(("withdrawal",) if obj is not None and obj.withdrawn_at else ()),
                    )
                },
            ),
        ]  # fmt: skip
        if obj is not None and obj.network:
            sections.append((_("Signs of abuse"), {"fields": suspicions.FIELDS}))
        if obj is not None and obj.original_line:
            imported = {"fields": ("line", "notes", "import_confidence", "batch", "consent_source")}
            sections.append((_("Read from a list"), imported))
        return sections

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # An organization cannot withhold its name.
        is_organization = obj is not None and obj.kind == Signature.Kind.ORGANIZATION
        return (*self.readonly_fields, *(("name_withheld",) if is_organization else ()))

    @admin.display(description=label("original_line"))
    def line(self, signature: Signature) -> str:
        return without_addresses(signature.original_line)

    @admin.display(description=label("import_notes"), ordering="import_notes")
    def notes(self, signature: Signature) -> str:
        said = without_addresses(signature.import_notes)
        return "\n".join(map(in_words, said.splitlines()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        moderation.edit(obj, changes, by=staff(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        signature = self.get_object(request, object_id)
        extra: dict[str, Any] = {}
        if signature is not None:
            extra = {
                "signature": signature,
                "possible": self._possible(request, signature),
                "of_decisions": self._decisions(request, signature),
                "proofs": self._proofs(request, signature),
                "neighbours": neighbours.of(self, request, signature),
                **leads.button_context(self, request, signature),
            }
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def _decisions(self, request: HttpRequest, signature: Signature) -> list[Decision]:
        """The decisions on many that were for it, the newest first."""
        if not self.may_decide(request):
            return []
        rows = signature.decision_rows.select_related("decision").order_by("-decision")
        return [row.decision for row in rows[:MOST_DECISIONS]]

    def _proofs(self, request: HttpRequest, signature: Signature) -> Iterable[ImportProof]:
        """What it came by, if staff typed it from a letter or a mail."""
        if not self.may_see_contact(request):
            return ()
        proofs = ImportProof.objects.filter(line__signature=signature).defer("data")
        return proofs.select_related("line")

    def _possible(self, request: HttpRequest, signature: Signature) -> dict[str, VerbButton]:
        if not self.may_decide(request):
            return {}
        return {
            verb: decision
            for verb, decision in DECISIONS.items()
            if signature.state in moderation.FROM_STATES[verb]
            and not (verb == "approve" and signature.approved)
        }

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]
