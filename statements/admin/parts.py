"""What belongs to a statement beside its words: whom it asks, what it cites, files, news."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import FileField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.lib.moments.fields import FIELDS_OF_ADMIN
from statements.admin.files import staff_url
from statements.admin.forms import (
    AttachmentFileInput,
    AttachmentForm,
    ConsentForm,
    QuestionForm,
    SupporterForm,
)
from statements.admin.formset_rows import RowFormSet
from statements.admin.texts import LanguageChoiceMixin, language_name
from statements.models import (
    AddresseeAnswer,
    Attachment,
    ConsentText,
    Delivery,
    QuestionKind,
    QuestionText,
    Reference,
    Release,
    SupporterText,
    Target,
    Update,
)
from statements.permissions import may_take_action

FEWEST_CHOICES = 2


class PartInline(admin.StackedInline):
    """A part of the statement's screen; `first_step` is what it says while it has no rows."""

    template = "admin/statements/statement/part.html"
    formfield_overrides = FIELDS_OF_ADMIN
    formset = RowFormSet
    first_step: Promise
    is_ordered = False

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # How a row is added where no script runs.
        return int(request.GET.get("more") == self.get_prefix())

    @classmethod
    def get_prefix(cls) -> str:
        return str(cls.get_formset_prefix())

    @classmethod
    def get_formset_prefix(cls) -> str:
        return str(cls.model._meta.get_field("statement").remote_field.related_name)


class LanguagesFormSet(RowFormSet):
    """One row for each language, which no form of a single one can see."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not self._is_removed(form)]
        shown = [form.instance.pk for form in self.forms if form.instance.pk]
        model: Any = self.model
        others = model.objects.filter(statement=self.instance.pk).exclude(pk__in=shown)
        taken = set(others.values_list("language", flat=True))
        [constraint] = model._meta.constraints
        for form in kept:
            language = form.cleaned_data.get("language")
            if language in taken:
                form.add_error("language", constraint.violation_error_message)
            taken.add(language)

    def _is_removed(self, form: Any) -> bool:
        return bool(form.cleaned_data.get("DELETE"))


class QuestionFormSet(LanguagesFormSet):
    """The question in each language: in the original's first, and with as many answers in each."""

    def clean(self) -> None:
        super().clean()
        kind = self.instance.question_kind
        if any(self.errors) or kind == QuestionKind.NONE:
            return
        words = {form.cleaned_data["language"]: form for form in self.forms if self._is_kept(form)}
        original = words.get(self.instance.language)
        if original is None and not self._is_stored():
            raise ValidationError(
                gettext("Write your question in the statement’s own language (%(language)s).")
                % {"language": language_name(self.instance.language)}
            )
        if kind == QuestionKind.CHOICE:
            for form in words.values():
                self._check_choices(form, original)

    def _is_kept(self, form: Any) -> bool:
        return bool(form.cleaned_data.get("label")) and not self._is_removed(form)

    def _is_stored(self) -> bool:
        """Whether the original's words are there, of which a colleague wrote after this opened."""
        shown = [form.instance.pk for form in self.forms if form.instance.pk]
        stored = QuestionText.objects.filter(statement=self.instance.pk).exclude(pk__in=shown)
        return stored.filter(language=self.instance.language).exists()

    def _check_choices(self, form: Any, original: Any) -> None:
        number = len(form.cleaned_data["choices"].splitlines())
        wanted = len(original.cleaned_data["choices"].splitlines()) if original else number
        if number < FEWEST_CHOICES:
            form.add_error("choices", gettext("Offer two answers at least."))
        elif number != wanted:
            told = ngettext(
                "Write %(number)d answer, as in the original, in the same order.",
                "Write %(number)d answers, as in the original, in the same order.",
                wanted,
            )
            form.add_error("choices", told % {"number": wanted})


class ConsentInline(LanguageChoiceMixin, PartInline):
    model = ConsentText
    form = ConsentForm
    formset = LanguagesFormSet
    fields = ("language", "text", "in_place")
    first_step = _("The form has the site’s own sentence. Add one where this statement needs it.")


class QuestionInline(LanguageChoiceMixin, PartInline):
    model = QuestionText
    form = QuestionForm
    formset = QuestionFormSet
    fieldsets = (
        (
            None,
            {
                "description": _(
                    "Whoever has answered keeps their answer, beside the question as it was worded"
                    " then. An answer that you reword or take away is no longer offered and is"
                    " counted apart; with other words it is another question."
                ),
                "fields": ("language", "label", "help_text", "choices"),
            },
        ),
    )
    first_step = _("Nothing of your own is asked. One question more costs signatures.")


class SupporterInline(LanguageChoiceMixin, PartInline):
    model = SupporterText
    form = SupporterForm
    formset = LanguagesFormSet
    fields = (
        "language", "share_sentence", "next_step", "thanks", "step_words",
        ("step_label", "step_address"), "letter_subject", "letter_words",
    )  # fmt: skip
    first_step = _(
        "People pass on the title and a link, and are thanked in the site’s words. Add yours."
    )


class TargetInline(PartInline):
    model = Target
    fields = (("name", "office"), "email", "position")
    is_ordered = True
    first_step = _("Nobody is addressed yet. Name the office or person who can act on it.")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        may_mail = request.user.has_perm("signatories.send_update")
        return ("told_by_mail",) if may_mail and obj is not None else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *self.get_readonly_fields(request, obj))

    @admin.display(description=_("by mail"))
    def told_by_mail(self, target: Target) -> str:
        if not target.pk:
            return gettext("Once it is saved, you can have them told how many signed.")
        url = reverse("admin:signatories_addresseemailing_show", args=[target.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Tell them how many signed"))


class ReferenceInline(PartInline):
    model = Reference
    fields = (("title", "identifier"), "url", "position")
    is_ordered = True
    first_step = _("Nothing is cited yet. Add the law or resolution that the words rest on.")


class AttachmentInline(PartInline):
    model = Attachment
    form = AttachmentForm
    template = "admin/statements/statement/files.html"
    formfield_overrides = {**FIELDS_OF_ADMIN, FileField: {"widget": AttachmentFileInput}}
    is_ordered = True
    first_step = _("No files yet. Add a fact sheet or a picture; visitors can download it.")

    class Media:
        css = {"all": ("casa/admin-files.css",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("renditions")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # What was uploaded is opened from the line of its file, which shows the last field too.
        may_change = self.has_change_permission(request, obj)
        shown = ("title", "alt_text", "file") if may_change else ("title", "alt_text")
        return ((None, {"fields": shown}), (None, {"fields": ("position",)}))

    def view_on_site(self, attachment: Attachment) -> str:
        is_public = attachment.statement.is_public()
        return attachment.get_absolute_url() if is_public else staff_url(attachment)


class ReleaseInline(PartInline):
    model = Release
    fieldsets = (
        (
            None,
            {"fields": (("wire", "city", "date"), "headline", "lead_in", "source", "original_url")},
        ),
        (
            _("What is kept of it for the office"),
            {
                "classes": ("collapse",),
                "description": _("Visitors see none of this."),
                "fields": ("head", "media_contact", "boilerplate", "notes_to_editors"),
            },
        ),
    )
    first_step = _("Not released yet. When a wire has sent it out, say where and when.")


class UpdateInline(LanguageChoiceMixin, PartInline):
    model = Update
    fields = (("language", "posted_at"), "title", "body")
    first_step = _("No news yet. Post what happened, and it stands under the statement.")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        may_mail = request.user.has_perm("signatories.add_updatemailing")
        return ("by_mail",) if may_mail and obj is not None and obj.is_public() else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *self.get_readonly_fields(request, obj))

    @admin.display(description=_("by mail"))
    def by_mail(self, update: Update) -> str:
        if not update.pk:
            return gettext("Once it is saved, you can mail it to signers who asked for news.")
        query = urlencode({"statement": update.statement_id, "update": update.pk})
        return format_html(
            '<a href="{}?{}">{}</a>',
            reverse("admin:signatories_updatemailing_add"),
            query,
            gettext("Mail this to signers"),
        )


class DeliveryFormSet(RowFormSet):
    """What an addressee answered themselves keeps its hand-over, and stays theirs."""

    def clean(self) -> None:
        super().clean()
        kept = set(
            AddresseeAnswer.objects.public()
            .filter(delivery__statement=self.instance.pk)
            .values_list("delivery", flat=True)
        )
        answered = [form for form in self.forms if form.instance.pk in kept]
        if any(form.cleaned_data.get("DELETE") for form in answered):
            raise ValidationError(
                gettext(
                    "The addressee’s own answer stands under this hand-over. Take that out of"
                    " public view first."
                )
            )
        for form in answered:
            if "target" in form.changed_data:
                told = gettext("Who got it has answered it: it cannot become somebody else’s.")
                form.add_error("target", told)


class DeliveryInline(PartInline):
    model = Delivery
    formset = DeliveryFormSet
    fields = (("target", "delivered_on"), "note", ("answered_on",), "answer")
    first_step = _("Not handed over yet. When it was, say to whom and when.")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        may = obj is not None and may_take_action(request.user, obj, "decide_addresseeanswer")
        return ("own_answers",) if may and obj.is_public() else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *self.get_readonly_fields(request, obj))

    @admin.display(description=_("in their own words"))
    def own_answers(self, delivery: Delivery) -> str:
        if not delivery.pk:
            return gettext("Once it is saved, you can let the addressee answer it themselves.")
        url = reverse("admin:statements_statement_answers", args=[delivery.statement_id])
        return format_html(
            '<a href="{}?part=after#delivery-{}">{}</a>',
            url,
            delivery.pk,
            gettext("Let the addressee answer by a private link"),
        )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        field: Any = formset.form.base_fields.get("target")
        if field:
            field.queryset = Target.objects.filter(statement=obj)
        return formset
