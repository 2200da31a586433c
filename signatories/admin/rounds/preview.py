"""The mail of a round as those who are asked get it, in each language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from casa.lib.admin import page_context
from casa.mail import composing
from casa.mail.samples import as_mail_html, html_of, shown, with_mail_frames
from signatories.models import Invitation, InvitationRound
from signatories.rounds import mails
from statements.models import PreviewLink


def show(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound
) -> HttpResponse:
    return _page(request, model_admin, asking)


@with_mail_frames
def _page(
    request: HttpRequest, model_admin: admin.ModelAdmin, asking: InvitationRound
) -> HttpResponse:
    context = page_context(
        model_admin, request, title=gettext("The mail"), asking=asking,
        mails=[_mail(asking, code) for code, _name in settings.LANGUAGES],
    )  # fmt: skip
    return render(request, "admin/signatories/invitationround/mail.html", context)


def _mail(asking: InvitationRound, language: str) -> dict[str, Any]:
    address = reverse("admin:signatories_invitationround_mail_html", args=[asking.pk, language])
    return shown(_written(asking, language), language, address)


def _written(asking: InvitationRound, language: str) -> Any:
    """To somebody invented, by a link that opens nothing."""
    link = PreviewLink(statement=asking.statement, name="Nora Lind", key="sample")
    asked = Invitation(round=asking, link=link, kind="person", name="Nora Lind")
    with translation.override(language):
        message = mails.message(asked, is_reminder=False)
        return composing.to_email(message, to="nora@example.org", number="<sample@example.org>")


def show_html(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound, language: str
) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return _html(request, asking, language)


@as_mail_html
@xframe_options_sameorigin
def _html(request: HttpRequest, asking: InvitationRound, language: str) -> HttpResponse:
    return HttpResponse(html_of(_written(asking, language)))
