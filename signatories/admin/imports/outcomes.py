"""Says in sentences what has become of an import."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext_lazy

from signatories.leads.outcomes import ImportOutcome
from signatories.moderation.queue import SIGNATURES

SENTENCES = {
    "stands": ngettext_lazy(
        "%(n)d name stands under the statement.",
        "%(n)d names stand under the statement.",
        "n",
    ),
    "asked": ngettext_lazy(
        "%(n)d was asked by mail, and counts once its reader confirms.",
        "%(n)d were asked by mail, and count once their readers confirm.",
        "n",
    ),
    "waits": ngettext_lazy(
        "%(n)d waits for a moderator: its name is protected.",
        "%(n)d wait for a moderator: their names are protected.",
        "n",
    ),
    "merged": ngettext_lazy(
        "%(n)d was merged with somebody who is there.",
        "%(n)d were merged with somebody who is there.",
        "n",
    ),
    "behind": ngettext_lazy(
        "%(n)d of these stays among the others, since it is hidden or not confirmed.",
        "%(n)d of these stay among the others, since they are hidden or not confirmed.",
        "n",
    ),
    "met": ngettext_lazy(
        "%(n)d stands there by now, and waits for you under “To decide”.",
        "%(n)d stand there by now, and wait for you under “To decide”.",
        "n",
    ),
    "held": ngettext_lazy(
        "%(n)d could not be taken, and waits for you under “To decide”.",
        "%(n)d could not be taken, and wait for you under “To decide”.",
        "n",
    ),
}
"""What is said of each number of an `ImportOutcome`."""


def sentences(request: HttpRequest, outcome: ImportOutcome) -> list[str]:
    """One for each kind of outcome that there is."""
    told = {
        name: str(SENTENCES[name] % {"n": number})
        for name, number in vars(outcome).items()
        if number
    }
    if "waits" in told:
        told["waits"] = _with_queue(request, told["waits"])
    return list(told.values())


def in_one(request: HttpRequest, outcome: ImportOutcome) -> SafeString:
    """The sentences as one message."""
    return format_html_join(" ", "{}", ((one,) for one in sentences(request, outcome)))


def _with_queue(request: HttpRequest, sentence: str) -> str:
    """With the way to the queue, for whoever may decide there."""
    if not request.user.has_perm(SIGNATURES):
        return sentence
    url = reverse("admin:signatories_decision_queue")
    return format_html('<a href="{}">{}</a>', url, sentence)
