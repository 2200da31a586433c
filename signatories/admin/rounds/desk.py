"""The list of invitation rounds, and the form of one: statement, deadline, reminders, words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import OfficeAdmin, Screen, screen_urls
from casa.lib.moments.fields import FIELDS_OF_ADMIN
from casa.lib.moments.words import moment_in_words, zone_name
from signatories.admin.filters import STATEMENT_TITLES, StatementFilter
from signatories.admin.rounds import adding, ending, list_file, people, person, preview, sending
from signatories.admin.rounds.permissions import may_ask
from signatories.models import InvitationRound, InvitationWords
from signatories.rounds import settings as round_settings
from signatories.rounds.mails import shipped_words
from statements.models import Statement
from statements.permissions import of_visible_statements, visible_to

SCREENS = (
    Screen("people", "<int:pk>/people/", people.show, may_ask, of=InvitationRound),
    Screen("add_people", "<int:pk>/people/add/", adding.show_list, may_ask, of=InvitationRound),
    Screen("add_one", "<int:pk>/people/one/", adding.show_one, may_ask, of=InvitationRound),
    Screen(
        "person", "<int:pk>/people/<int:invitation>/", person.show, may_ask, of=InvitationRound
    ),
    Screen("send", "<int:pk>/send/<slug:due>/", sending.show, may_ask, of=InvitationRound),
    Screen("stop", "<int:pk>/stop/", sending.stop, may_ask, of=InvitationRound, post_only=True),
    Screen("end", "<int:pk>/end/", ending.show, may_ask, of=InvitationRound),
    Screen("mail", "<int:pk>/mail/", preview.show, may_ask, of=InvitationRound),
    Screen(
        "mail_html", "<int:pk>/mail/<str:language>/", preview.show_html, may_ask,
        of=InvitationRound,
    ),
    Screen("csv", "<int:pk>/list.csv", list_file.give, may_ask, of=InvitationRound),
)  # fmt: skip


class RoundForm(forms.ModelForm):
    def clean_deadline(self) -> datetime:
        deadline: datetime = self.cleaned_data["deadline"]
        if "deadline" in self.changed_data and deadline <= timezone.now():
            raise ValidationError(_("This moment has passed. Choose a later one."))
        return deadline


class WordsInline(admin.StackedInline):
    """A form for each language; one that is left as it is keeps the site's own words."""

    model = InvitationWords
    fields = ("language", "subject", "body")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(_missing(obj))

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(settings.LANGUAGES)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return forms.ChoiceField(
                choices=settings.LANGUAGES,
                label=db_field.verbose_name.capitalize(),
                help_text=db_field.help_text,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _missing(asking: InvitationRound | None) -> list[dict[str, str]]:
    """What stands at first in the forms of the languages that have no words of their own."""
    written = {one.language for one in asking.words.all()} if asking and asking.pk else set()
    found = []
    for code, _name in settings.LANGUAGES:
        if code not in written:
            with translation.override(code):
                found.append({"language": code, **shipped_words()})
    return found


class DueFilter(admin.SimpleListFilter):
    """Those whose deadline is near."""

    title = _("deadline")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("soon", _("today or tomorrow"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return round_settings.due_soon(queryset) if self.value() == "soon" else queryset


@admin.register(InvitationRound)
class InvitationRoundAdmin(OfficeAdmin):
    """Whoever may see a round may do everything with it: it is one task of one desk."""

    form = RoundForm
    change_form_template = "admin/signatories/invitationround/change_form.html"
    list_display = ("title", "of", "until", "answered")
    list_display_links = None
    list_filter = (DueFilter, StatementFilter)
    list_select_related = ("statement",)
    show_facets = admin.ShowFacets.NEVER
    first_step = _(
        "No round yet. Choose a draft and a deadline, then add whom to ask to sign it first."
    )
    fields = ("statement", "title", "deadline", "reminder_days", "answers_to")
    inlines = (WordsInline,)
    formfield_overrides = FIELDS_OF_ADMIN

    def get_queryset(self, request: HttpRequest) -> Any:
        found = of_visible_statements(request.user, super().get_queryset(request))
        return found.prefetch_related(STATEMENT_TITLES)

    def get_list_display(self, request: HttpRequest) -> Any:
        self.counts = round_settings.Counts()
        return ("name", "of", "until", "answered")

    @admin.display(description=_("title"), ordering="title")
    def name(self, asking: InvitationRound) -> str:
        url = reverse("admin:signatories_invitationround_people", args=[asking.pk])
        return format_html('<a href="{}">{}</a>', url, asking.title)

    @admin.display(description=_("answers until"), ordering="deadline")
    def until(self, asking: InvitationRound) -> str:
        if asking.ended_at is not None:
            return gettext("ended on %(moment)s") % {"moment": moment_in_words(asking.ended_at)}
        return moment_in_words(asking.deadline)

    @admin.display(description=_("statement"))
    def of(self, asking: InvitationRound) -> str:
        return str(asking.statement)

    @admin.display(description=_("signed / silent / on the list"))
    def answered(self, asking: InvitationRound) -> str:
        counted = self.counts.of(asking.pk)
        return f"{counted.signed} / {counted.silent} / {counted.total}"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "statement":
            kwargs["queryset"] = _statements(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        if "statement" in form.base_fields:  # chosen here, and written elsewhere
            widget = form.base_fields["statement"].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False
        if "deadline" in form.base_fields:
            told = gettext("The time is that of %(zone)s.") % {"zone": zone_name()}
            field = form.base_fields["deadline"]
            field.help_text = f"{InvitationRound._meta.get_field('deadline').help_text} {told}"
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("statement",) if obj is not None else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"statement": request.GET.get("statement", ""), "title": gettext("First to sign")}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        given["initial"] = _missing(obj)
        return given

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who was asked stays on record until it is forgotten; a list nobody was asked by goes."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not round_settings.has_begun(obj))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would stop at the first one that has begun
        return actions

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        round_settings.delete(obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = staff(request)
        super().save_model(request, obj, form, change)
        if change and "deadline" in form.changed_data:
            round_settings.follow_deadline(obj)
            if obj.ended_at is not None:
                told = gettext("The round stays ended until you reopen it.")
                messages.warning(request, told)
                return
            number = obj.invitations.count()
            told = ngettext(
                "%(number)d link works until the new deadline.",
                "%(number)d links work until the new deadline.",
                number,
            )
            messages.info(request, told % {"number": number})

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if "_save" in request.POST:
            return redirect("admin:signatories_invitationround_people", obj.pk)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_save" in request.POST:
            messages.success(request, gettext("The round is saved."))
            return redirect("admin:signatories_invitationround_people", obj.pk)
        return super().response_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]


def _statements(request: HttpRequest) -> Any:
    """Those that are not public yet: of others everybody can be sent the address."""
    seen = visible_to(staff(request), Statement.objects.newest_first())
    over = (Statement.Status.WITHDRAWN, Statement.Status.ARCHIVED, Statement.Status.CLOSED)
    public = Statement.objects.public().values("pk")
    return seen.exclude(status__in=over).exclude(pk__in=public).prefetch_related("texts")
