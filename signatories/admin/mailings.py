"""News to signers in the back office: written, looked at, tried, sent, stopped."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from casa.accounts.models import staff
from casa.lib.addresses import mailboxes
from casa.lib.admin import EditorMediaMixin, Screen, screen_urls
from casa.mail import composing
from casa.mail.samples import as_mail_html, html_of, language_name, shown, with_mail_frames
from signatories.mailings import update_mails, updates
from signatories.models import UpdateMailing, UpdateWords
from statements.models import Statement, Update

REFRESH = 5  # seconds
State = UpdateMailing.State


class WordsForm(forms.ModelForm):
    def has_changed(self) -> bool:
        """Whether there are words: prepared ones count without a touch, a language alone not."""
        if self.instance.pk:
            return super().has_changed()
        typed = (self.data.get(self.add_prefix(name), "") for name in ("subject", "body"))
        return any(strip_tags(text).strip() for text in typed)


class WordsFormSet(BaseInlineFormSet):
    """One form for each language of the site; only the statement's own, or another, is needed."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        written = [
            form.cleaned_data["language"]
            for form in self.forms
            if form.cleaned_data.get("subject") and not form.cleaned_data.get("DELETE")
        ]
        if not written:
            raise forms.ValidationError(_("Write the news in one language at least."))


class WordsInline(admin.StackedInline):
    model = UpdateWords
    form = WordsForm
    formset = WordsFormSet
    fields = ("language", "subject", "body")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj is not None and obj.state != State.DRAFT else self._missing(obj)

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(settings.LANGUAGES)

    def _missing(self, mailing: UpdateMailing | None) -> int:
        return len(settings.LANGUAGES) - (mailing.words.count() if mailing and mailing.pk else 0)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return forms.ChoiceField(
                choices=settings.LANGUAGES,
                label=db_field.verbose_name.capitalize(),
                help_text=db_field.help_text,
                initial=settings.LANGUAGE_CODE,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_delete_permission(request, obj)


def _is_open(mailing: UpdateMailing | None) -> bool:
    """Whether its words may change: what has begun to leave stays as it is."""
    return mailing is None or mailing.state == State.DRAFT


@admin.register(UpdateMailing)
class UpdateMailingAdmin(EditorMediaMixin, admin.ModelAdmin):
    change_form_template = "admin/signatories/updatemailing/change_form.html"
    list_display = ("subject", "statement", "kind", "state", "queued", "begun_at")
    first_step = _("No news yet. Write it, look at it, and send it to signers who asked for it.")
    list_filter = ("state", "kind")
    list_select_related = ("statement",)
    fields = ("statement", "kind")
    inlines = (WordsInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("words", "statement__texts")

    @admin.display(description=_("subject"))
    def subject(self, mailing: UpdateMailing) -> str:
        return str(mailing)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "statement":
            public = Statement.objects.public().newest_first()
            kwargs["queryset"] = public.prefetch_related("texts")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        if "statement" in form.base_fields:  # chosen here, and written elsewhere
            widget = form.base_fields["statement"].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("statement",) if obj is not None else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would stop at the first one that was sent
        return actions

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None:
            given["initial"] = _prepared(request)
        return given

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = staff(request)
            key = request.GET.get("update", "")
            updates_of = Update.objects.filter(statement=obj.statement)
            obj.update = updates_of.filter(pk=key if key.isdecimal() else 0).first()
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if "_save" in request.POST:
            return redirect("admin:signatories_updatemailing_send", obj.pk)
        return super().response_add(request, obj, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, SCREENS), *super().get_urls()]


def _may_see(
    model_admin: admin.ModelAdmin, request: HttpRequest, mailing: UpdateMailing, **captured: str
) -> bool:
    return model_admin.has_view_permission(request)


def _send(
    model_admin: admin.ModelAdmin, request: HttpRequest, mailing: UpdateMailing
) -> HttpResponse:
    """The mail, its readers, and how far it has come (GET); sends, stops, resumes (POST)."""
    prefetch_related_objects([mailing], "words", "statement__texts")
    if request.method == "POST":
        _act(request, mailing)
        return redirect("admin:signatories_updatemailing_send", mailing.pk)
    return _send_page(request, model_admin, mailing)


def _prepared(request: HttpRequest) -> list[dict[str, str]]:
    """What stands in each language's form at first: an update's words, or prepared thanks."""
    key = request.GET.get("update", "")
    update = Update.objects.filter(pk=key if key.isdecimal() else 0).first()
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words = update_mails.prepared_words(request.GET.get("kind", ""), code)
        if update is not None and update.language == code:
            words |= {"subject": update.title, "body": update.body}
        found.append(words)
    return found


def _act(request: HttpRequest, mailing: UpdateMailing) -> None:
    """Take the step that was pressed, and say what became of it."""
    if not request.user.has_perm("signatories.send_update"):
        raise PermissionDenied
    verb = request.POST.get("verb", "")
    try:
        if verb == "send_trial":
            _send_trial(request, mailing)
        elif verb == "begin":
            _begin(request, mailing)
        elif verb == "stop" and updates.stop(mailing):
            messages.success(request, gettext("Stopped. What had left stays out."))
        elif verb == "resume" and updates.resume(mailing):
            messages.success(request, gettext("It goes on where it was stopped."))
        else:
            messages.warning(request, gettext("Nothing was done: somebody else was faster."))
    except updates.MailingError as error:
        messages.error(request, str(error))


def _send_trial(request: HttpRequest, mailing: UpdateMailing) -> None:
    user, language = staff(request), request.POST.get("language", "")
    if mailing.state != State.DRAFT or language not in dict(settings.LANGUAGES):
        raise updates.MailingError(gettext("Choose a language."))
    updates.send_trial(mailing, to=user, language=language)
    told = gettext("A test is on its way to %(email)s.")
    messages.success(request, told % {"email": mailboxes.shown(user.email)})


def _begin(request: HttpRequest, mailing: UpdateMailing) -> None:
    total = updates.audience(mailing.statement).total()
    if request.POST.get("counted") != str(total):
        raise updates.MailingError(
            gettext("The number of readers has changed since. Look at it again, then send.")
        )
    if not updates.begin(mailing, by=staff(request)):
        raise updates.MailingError(gettext("Somebody else has sent it already."))
    told = ngettext("It goes to %(number)d mailbox.", "It goes to %(number)d mailboxes.", total)
    messages.success(request, told % {"number": total})


@with_mail_frames
def _send_page(
    request: HttpRequest, model_admin: admin.ModelAdmin, mailing: UpdateMailing
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Send") if mailing.state == State.DRAFT else _("How far it has come"),
        "mailing": mailing,
        "obstacle": "" if mailing.state == State.FINISHED else updates.obstacle(mailing),
        "may_send": request.user.has_perm("signatories.send_update"),
        "mails": _shown(mailing),
        **(_before(mailing) if mailing.state == State.DRAFT else _under_way(request, mailing)),
    }
    return render(request, "admin/signatories/updatemailing/send.html", context)


def _before(mailing: UpdateMailing) -> dict[str, Any]:
    counted = updates.audience(mailing.statement)
    rows = []
    for code, number in sorted(counted.items()):
        words = mailing.words_in(code)
        other = language_name(words.language) if words and words.language != code else ""
        rows.append({"name": language_name(code), "number": number, "in_other": other})
    return {"by_language": rows, "total": counted.total()}


def _under_way(request: HttpRequest, mailing: UpdateMailing) -> dict[str, Any]:
    progress = updates.progress(mailing)
    following = updates.subscribed_signatures(mailing.statement).filter(
        pk__gt=mailing.last_signature
    )
    left = 0 if mailing.state == State.FINISHED else following.count()
    moves = mailing.state == State.SENDING or progress.waiting
    return {
        "progress": progress,
        "left": left,
        "done": mailing.queued - progress.waiting,
        "expected": max(mailing.queued + left, 1),
        "refresh": REFRESH if moves and "still" not in request.GET else 0,
    }


def _shown(mailing: UpdateMailing) -> list[dict[str, Any]]:
    found = []
    for words in mailing.words.all():
        address = reverse("admin:signatories_updatemailing_html", args=[mailing.pk, words.language])
        found.append(shown(_written(mailing, words), words.language, address))
    return found


def _written(mailing: UpdateMailing, words: UpdateWords) -> Any:
    with translation.override(words.language):
        message = update_mails.shown(mailing, words)
        return composing.to_email(message, to="nora@example.org", number="<sample@example.org>")


@as_mail_html
@xframe_options_sameorigin
def _html(request: HttpRequest, mailing: UpdateMailing, language: str) -> HttpResponse:
    words = next((one for one in mailing.words.all() if one.language == language), None)
    if words is None:
        raise Http404
    return HttpResponse(html_of(_written(mailing, words)))


SCREENS = (
    Screen("send", "<int:pk>/send/", _send, _may_see, of=UpdateMailing),
    Screen(
        "html", "<int:pk>/html/<str:language>/",
        lambda model_admin, request, mailing, language: _html(request, mailing, language),
        _may_see, of=UpdateMailing,
    ),
)  # fmt: skip
