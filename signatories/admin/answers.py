"""The screen that counts, for one statement, the answers to the office's own question."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from casa.lib.admin import page_context
from signatories.core import answers
from statements.models import Statement
from statements.permissions import is_visible_to


def may_see_answers(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> bool:
    return model_admin.has_view_permission(request) and is_visible_to(request.user, statement)


def show_answers(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    context = page_context(
        model_admin,
        request,
        title=gettext("Answers, counted"),
        statement=statement,
        answers=answers.count(statement),
        most=answers.MOST_COUNTED,
    )
    return render(request, "admin/signatories/answers.html", context)
