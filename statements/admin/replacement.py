"""The screen of the words that go public, while nobody could read them: others take their place."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import page_context
from casa.lib.moments.words import how_far_in_words, moment_in_words
from statements import lifecycle
from statements.admin import screen
from statements.models import Statement
from statements.translations import language_states


def show_replacement(
    model_admin: Any, request: HttpRequest, statement: Statement, back: str
) -> HttpResponse:
    """Show what would go public instead (GET), or let it (POST)."""
    if request.method == "POST" and _replace(request, statement):
        return redirect(back)
    texts = list(statement.texts.all())
    waiting = [state for state in language_states(statement, texts) if state.waits]
    if not waiting:
        messages.info(request, gettext("Nothing changed: these are the words that go public."))
        return redirect(back)
    context = page_context(
        model_admin,
        request,
        title=_("Replace the words that go public"),
        statement=statement,
        waiting=waiting,
        mark=lifecycle.working_copy_mark(statement, texts),
        note=request.POST.get("note", ""),
        back=back,
    )
    return render(request, "admin/statements/replacement.html", context)


def _replace(request: HttpRequest, statement: Statement) -> bool:
    try:
        lifecycle.replace_unread(
            statement,
            by=staff(request),
            note=request.POST.get("note", "").strip(),
            seen=request.POST.get("seen", ""),
        )
    except lifecycle.LifecycleError as error:
        messages.error(request, str(error))
        statement.refresh_from_db()
        return False
    messages.success(request, gettext("Replaced. %(words)s") % {"words": _what_goes(statement)})
    return True


def _what_goes(statement: Statement) -> str:
    assert statement.publish_at is not None  # noqa: S101 - it is published
    return gettext("The words as they are now go public on %(moment)s, %(how_far)s.") % {
        "moment": moment_in_words(statement.publish_at),
        "how_far": how_far_in_words(statement.publish_at),
    }


def warn_of_earlier_words(request: HttpRequest, statement: Statement) -> None:
    """After a save: the words that go public are not those that were saved."""
    if not statement.is_embargoed():
        return
    if any(state.waits for state in language_states(statement, statement.texts.all())):
        url = reverse("admin:statements_statement_correct", args=[statement.pk])
        address = screen.beside(url, request)
        messages.warning(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                gettext("What you saved does not go public yet: the earlier words do."),
                address,
                gettext("Look at the difference and replace them"),
            ),
        )
