"""The screen that counts, for one statement, the signatures that came by each signer's link."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from casa.lib.admin import page_context
from signatories.core import referrals
from statements.models import Statement
from statements.permissions import is_visible_to

MOST = 100


def may_see_referrers(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> bool:
    return model_admin.has_view_permission(request) and is_visible_to(request.user, statement)


def show_referrers(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    context = page_context(
        model_admin,
        request,
        title=gettext("Who brought others"),
        statement=statement,
        referrers=referrals.referrers(statement, MOST),
        most=MOST,
    )
    return render(request, "admin/signatories/referrers.html", context)
