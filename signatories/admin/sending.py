"""The screens that send an update to signers: preview, trial, start, stop."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from casa.accounts.models import staff
from casa.lib.addresses import mailboxes
from casa.lib.admin import Screen, page_context
from casa.lib.diff import in_text
from casa.lib.moments.fields import MomentField
from casa.lib.moments.words import how_far_in_words, moment_in_words, zone_name
from casa.mail import composing
from casa.mail.samples import as_mail_html, html_of, language_name, shown, with_mail_frames
from signatories.mailings import update_mails, updates
from signatories.models import UpdateMailing, UpdateWords

REFRESH = 5  # seconds
SOON = timedelta(minutes=2)
FARTHEST = timedelta(days=366)
FIRST_LINES = 240  # characters
State = UpdateMailing.State
TITLES: dict[str, Any] = {
    State.DRAFT: _("Look at it and send it"),
    State.WAITING: _("About to leave"),
    State.SENDING: _("How far it has come"),
    State.STOPPED: _("How far it has come"),
    State.FINISHED: _("How far it has come"),
}


class SendingForm(forms.Form):
    """When it leaves, and what its sender saw: how many readers, and which words."""

    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=_("When"),
        choices=(
            (NOW, _("In a minute. Until then you can stop it, and nobody gets it")),
            (LATER, _("At a moment that you choose")),
        ),
        initial=NOW,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say when it is to leave.")},
    )
    at = MomentField(
        label=_("Day and time"),
        required=False,
        asks=False,
        help_text=_("Until then you can stop it, and nobody gets it."),
    )
    counted = forms.CharField(required=False)
    seen = forms.CharField(required=False)

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if self.cleaned_data.get("when") != self.LATER:
            return None
        if at is None:
            raise ValidationError(_("Choose the day and the time at which it is to leave."))
        if at <= timezone.now():
            raise ValidationError(_("This moment has passed. Choose a later one."))
        if at > timezone.now() + FARTHEST:
            raise ValidationError(_("This is more than a year ahead. Is the year right?"))
        return at


def may_see(
    model_admin: admin.ModelAdmin, request: HttpRequest, mailing: UpdateMailing, **captured: str
) -> bool:
    return model_admin.has_view_permission(request)


def may_send(model_admin: admin.ModelAdmin, request: HttpRequest, mailing: UpdateMailing) -> bool:
    return may_see(model_admin, request, mailing) and _sends(request)


def _sends(request: HttpRequest) -> bool:
    return request.user.has_perm("signatories.send_update")


def _page_of(mailing: UpdateMailing) -> HttpResponse:
    return redirect("admin:signatories_updatemailing_send", mailing.pk)


def show_mailing(
    model_admin: admin.ModelAdmin, request: HttpRequest, mailing: UpdateMailing
) -> HttpResponse:
    """The mail, its readers, and how far it has come (GET); tries, stops, resumes (POST)."""
    prefetch_related_objects([mailing], "words", "statement__texts")
    if request.method == "POST":
        _act(request, mailing)
        return _page_of(mailing)
    return _mailing_page(request, model_admin, mailing)


def show_confirmation(
    model_admin: admin.ModelAdmin, request: HttpRequest, mailing: UpdateMailing
) -> HttpResponse:
    """What is about to leave, to how many and from whom (GET); lets it go, once (POST)."""
    prefetch_related_objects([mailing], "words", "statement__texts")
    if mailing.state != State.DRAFT:
        messages.info(request, gettext("It has been sent already: once. Nothing was done now."))
        return _page_of(mailing)
    if reason := updates.obstacle(mailing):
        messages.error(request, reason)
        return _page_of(mailing)
    form = SendingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _begin(request, mailing, form):
        return _page_of(mailing)
    return _confirmation_page(request, model_admin, mailing, form)


def _act(request: HttpRequest, mailing: UpdateMailing) -> None:
    """Take the step that was pressed, and say what became of it."""
    if not _sends(request):
        raise PermissionDenied
    verb = request.POST.get("verb", "")
    try:
        if verb == "send_trial":
            _send_trial(request, mailing)
        elif verb == "call_off":
            _call_off(request, mailing)
        elif verb == "stop" and updates.stop(mailing):
            messages.success(request, gettext("Stopped. What had left stays out."))
        elif verb == "resume" and updates.resume(mailing):
            messages.success(request, gettext("It goes on where it was stopped."))
        else:
            messages.warning(request, gettext("Nothing was done: somebody else was faster."))
    except updates.MailingError as error:
        messages.error(request, str(error))


def _call_off(request: HttpRequest, mailing: UpdateMailing) -> None:
    if updates.call_off(mailing):
        told = gettext("Stopped. Nobody got it, and you can change its words again.")
        messages.success(request, told)
    elif updates.stop(mailing):
        told = gettext("It had begun to leave. It is stopped now; what had left stays out.")
        messages.warning(request, told)
    else:
        messages.warning(request, gettext("Nothing was done: somebody else was faster."))


def _send_trial(request: HttpRequest, mailing: UpdateMailing) -> None:
    user, language = staff(request), request.POST.get("language", "")
    if mailing.state != State.DRAFT or language not in dict(settings.LANGUAGES):
        raise updates.MailingError(gettext("Choose a language."))
    updates.send_trial(mailing, to=user, language=language)
    told = gettext("A test is on its way to %(email)s.")
    messages.success(request, told % {"email": mailboxes.shown(user.email)})


def _begin(request: HttpRequest, mailing: UpdateMailing, form: SendingForm) -> bool:
    """Whether the page is done with; False to look at it again, with a message."""
    total = updates.audience(mailing.statement).total()
    data = form.cleaned_data
    if data["counted"] != str(total):
        told = gettext("The number of readers has changed since. Look at it again, then send.")
    elif data["seen"] != mark_of(mailing):
        told = gettext("The words have changed since. Look at them again, then send.")
    elif not total:
        told = gettext("Nobody under this statement has asked for news.")
    else:
        _start_sending(request, mailing, data["at"], total)
        return True
    messages.error(request, told)
    return False


def _start_sending(
    request: HttpRequest, mailing: UpdateMailing, at: datetime | None, total: int
) -> None:
    if not updates.begin(mailing, by=staff(request), at=at):
        messages.info(request, gettext("It has been sent already: once. Nothing was done now."))
        return
    told = ngettext("It goes to %(number)d mailbox.", "It goes to %(number)d mailboxes.", total)
    told %= {"number": total}
    if at and mailing.leaves_at:
        when = gettext("It leaves on %(moment)s.") % {"moment": moment_in_words(mailing.leaves_at)}
        told = f"{told} {when}"
    messages.success(request, told)


def mark_of(mailing: UpdateMailing) -> str:
    """A short mark of the words, to tell whether they are those that were looked at."""
    words = sorted((one.language, one.subject, one.body) for one in mailing.words.all())
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


def _confirmation_page(
    request: HttpRequest, model_admin: admin.ModelAdmin, mailing: UpdateMailing, form: SendingForm
) -> HttpResponse:
    readers = _readers(mailing)
    context = page_context(
        model_admin,
        request,
        title=_("Send it?"),
        mailing=mailing,
        form=form,
        mark=mark_of(mailing),
        sender=composing.sender(),
        reply_to=composing.office(),
        letters=[_beginning(words) for words in mailing.words.all()],
        time_zone=zone_name(),
        **readers,
    )
    return render(request, "admin/signatories/updatemailing/confirm.html", context)


def _beginning(words: UpdateWords) -> dict[str, str]:
    lines = Truncator(" ".join(in_text(words.body).split())).chars(FIRST_LINES)
    return {
        "language": words.language,
        "language_name": language_name(words.language),
        "subject": words.subject,
        "lines": lines,
    }


@with_mail_frames
def _mailing_page(
    request: HttpRequest, model_admin: admin.ModelAdmin, mailing: UpdateMailing
) -> HttpResponse:
    context = page_context(
        model_admin,
        request,
        title=TITLES[mailing.state],
        mailing=mailing,
        obstacle="" if mailing.state == State.FINISHED else updates.obstacle(mailing),
        may_send=_sends(request),
        mails=_mails(mailing),
        **_stage(request, mailing),
    )
    return render(request, "admin/signatories/updatemailing/send.html", context)


def _stage(request: HttpRequest, mailing: UpdateMailing) -> dict[str, Any]:
    if mailing.state == State.DRAFT:
        return _readers(mailing)
    if mailing.state == State.WAITING:
        return {**_readers(mailing), **_wait(request, mailing)}
    return _under_way(request, mailing)


def _readers(mailing: UpdateMailing) -> dict[str, Any]:
    counted = updates.audience(mailing.statement)
    rows = []
    for code, number in sorted(counted.items()):
        words = mailing.words_in(code)
        other = language_name(words.language) if words and words.language != code else ""
        rows.append({"name": language_name(code), "number": number, "in_other": other})
    unchecked = updates.awaiting_approval(mailing.statement)
    return {"by_language": rows, "total": counted.total(), "unchecked": unchecked}


def _wait(request: HttpRequest, mailing: UpdateMailing) -> dict[str, Any]:
    assert mailing.leaves_at is not None  # noqa: S101 - for the type checker
    left = max(mailing.leaves_at - timezone.now(), timedelta(0))
    return {
        "seconds_left": round(left.total_seconds()) if left < SOON else None,
        "refresh": REFRESH if left < SOON and "still" not in request.GET else 0,
        "leaves": moment_in_words(mailing.leaves_at),
        "distance": how_far_in_words(mailing.leaves_at),
    }


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


def _mails(mailing: UpdateMailing) -> list[dict[str, Any]]:
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
    Screen("send", "<int:pk>/send/", show_mailing, may_see, of=UpdateMailing),
    Screen("confirm", "<int:pk>/confirm/", show_confirmation, may_send, of=UpdateMailing),
    Screen(
        "html", "<int:pk>/html/<str:language>/",
        lambda model_admin, request, mailing, language: _html(request, mailing, language),
        may_see, of=UpdateMailing,
    ),
)  # fmt: skip
