"""Says in sentences what has become of an import."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from signatories.leads.outcomes import ImportOutcome
from signatories.moderation.queue import SIGNATURES


def sentences(request: HttpRequest, outcome: ImportOutcome) -> list[str]:
    """One for each kind of outcome that there is."""
    n = {name: {"n": number} for name, number in vars(outcome).items()}
    told = {
        "stands": ngettext(
            "%(n)d name stands under the statement.",
            "%(n)d names stand under the statement.",
            outcome.stands,
        ) % n["stands"],
        "asked": ngettext(
            "%(n)d was asked by mail, and counts once its reader confirms.",
            "%(n)d were asked by mail, and count once their readers confirm.",
            outcome.asked,
        ) % n["asked"],
        "waits": _with_queue(request, ngettext(
            "%(n)d waits for a moderator: its name is protected.",
            "%(n)d wait for a moderator: their names are protected.",
            outcome.waits,
        ) % n["waits"]),
        "merged": ngettext(
            "%(n)d was merged with somebody who is there.",
            "%(n)d were merged with somebody who is there.",
            outcome.merged,
        ) % n["merged"],
        "behind": ngettext(
            "%(n)d of these stays among the others, since it is hidden or not confirmed.",
            "%(n)d of these stay among the others, since they are hidden or not confirmed.",
            outcome.behind,
        ) % n["behind"],
        "met": ngettext(
            "%(n)d stands there by now, and waits for you under “To decide”.",
            "%(n)d stand there by now, and wait for you under “To decide”.",
            outcome.met,
        ) % n["met"],
        "held": ngettext(
            "%(n)d could not be taken, and waits for you under “To decide”.",
            "%(n)d could not be taken, and wait for you under “To decide”.",
            outcome.held,
        ) % n["held"],
    }  # fmt: skip
    return [sentence for name, sentence in told.items() if getattr(outcome, name)]


def in_one(request: HttpRequest, outcome: ImportOutcome) -> SafeString:
    """The sentences as one message."""
    return format_html_join(" ", "{}", ((one,) for one in sentences(request, outcome)))


def _with_queue(request: HttpRequest, sentence: str) -> str:
    """With the way to the queue, for whoever may decide there."""
    if not request.user.has_perm(SIGNATURES):
        return sentence
    url = reverse("admin:signatories_decision_queue")
    return format_html('<a href="{}">{}</a>', url, sentence)
