"""What addressees answer: the links that let them, what waits for a look, and what is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import OfficeAdmin, ReadOnlyMixin, page_context
from casa.lib.keys import primary_key
from statements import addressee_answers
from statements.addressee_answers import AnswerError
from statements.admin import screen
from statements.models import AddresseeAnswer, AnswerLink, Delivery, Statement
from statements.permissions import may_take_action, visible_to

PERMISSION = "decide_addresseeanswer"
MOST_REASON = 1000  # characters
State = AddresseeAnswer.State


def may_decide(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return may_take_action(request.user, statement, PERMISSION)


def url_of(statement_id: int, anchor: str = "") -> str:
    url = reverse("admin:statements_statement_answers", args=[statement_id])
    return f"{url}#{anchor}" if anchor else url


def show_answers(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """The hand-overs with their links and answers (GET); does what a button says (POST)."""
    typed = request.POST.get("reason", "").strip()[:MOST_REASON]
    if request.method == "POST" and _act(request, statement, typed):
        return redirect(request.get_full_path())
    context = page_context(
        model_admin,
        request,
        title=_("Answers of addressees"),
        statement=statement,
        rows=_rows(statement),
        typed=typed,
        typed_for=primary_key(request.POST.get("decline", "")),
        most_reason=MOST_REASON,
        back=screen.back_url(request, statement),
    )
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/statements/answers.html", context, status=status)


def _rows(statement: Statement) -> list[dict[str, Any]]:
    deliveries = statement.deliveries.select_related("statement", "target")
    deliveries = deliveries.prefetch_related("answer_links__created_by", "own_answers__decided_by")
    return [
        {
            "delivery": delivery,
            "link": (link := _working_link(delivery)),
            "address": addressee_answers.address_of(link) if link else "",
            "answers": list(delivery.own_answers.all()),
            "obstacle": addressee_answers.obstacle(delivery),
        }
        for delivery in deliveries
    ]


def _working_link(delivery: Delivery) -> AnswerLink | None:
    now = timezone.now()
    links = (one for one in delivery.answer_links.all() if one.revoked_at is None)
    link = next((one for one in links if one.expires_at > now), None)
    if link:
        link.delivery = delivery
    return link


def _act(request: HttpRequest, statement: Statement, reason: str) -> bool:
    """Do what was pressed, and add a message; False if the page is to be shown again."""
    verbs: dict[str, Callable[[HttpRequest, Statement, str], str]] = {
        "make": _make, "send": _send, "revoke": _revoke, "publish": _publish,
        "decline": lambda *asked: _decline(*asked, reason=reason),
    }  # fmt: skip
    pressed = next((name for name in verbs if name in request.POST), "")
    try:
        told = verbs[pressed](request, statement, request.POST[pressed]) if pressed else ""
    except AnswerError as error:
        messages.error(request, str(error))
        return False
    if told:
        messages.success(request, told)
    return True


def _delivery(statement: Statement, key: str) -> Delivery:
    deliveries = statement.deliveries.select_related("statement", "target")
    return get_object_or_404(deliveries, pk=primary_key(key))


def _make(request: HttpRequest, statement: Statement, key: str) -> str:
    addressee_answers.give(_delivery(statement, key), by=staff(request))
    return gettext("The link is made. Its address stands below.")


def _send(request: HttpRequest, statement: Statement, key: str) -> str:
    link = _working_link(_delivery(statement, key))
    if link is None:
        raise AnswerError(gettext("This link does not work any more. Make a new one."))
    addressee_answers.send(link)
    return gettext("A mail with the link is on its way to the addressee.")


def _revoke(request: HttpRequest, statement: Statement, key: str) -> str:
    addressee_answers.revoke(_delivery(statement, key), by=staff(request))
    return gettext("The link is revoked: it shows nothing any more.")


def _answer(statement: Statement, key: str) -> AddresseeAnswer:
    answers = AddresseeAnswer.objects.filter(delivery__statement=statement)
    return get_object_or_404(answers, pk=primary_key(key))


def _publish(request: HttpRequest, statement: Statement, key: str) -> str:
    seen = request.POST.get("seen", "")
    addressee_answers.publish(_answer(statement, key), seen=seen, by=staff(request))
    return gettext("The answer is public under its hand-over.")


def _decline(request: HttpRequest, statement: Statement, key: str, *, reason: str) -> str:
    found, seen = _answer(statement, key), request.POST.get("seen", "")
    addressee_answers.decline(found, seen=seen, reason=reason, by=staff(request))
    return gettext("The answer is not shown. Your reason is kept with it.")


@admin.register(AddresseeAnswer)
class AddresseeAnswerAdmin(ReadOnlyMixin, OfficeAdmin):
    """All answers, each of which leads to the page of its statement."""

    list_display = ("name", "office", "of", "sent_at", "state")
    list_filter = ("state",)
    list_select_related = ("delivery__statement",)
    search_fields = ("name", "office")
    ordering = ("-sent_at",)
    show_facets = admin.ShowFacets.NEVER
    fields: ClassVar[Any] = ("name", "office", "words", "sent_at", "state", "reason")
    first_step = _(
        "No addressee has answered yet. Make a link for one at the hand-over, on the screen of its"
        " statement."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        statements = visible_to(request.user, Statement.objects.all())
        found = super().get_queryset(request).filter(delivery__statement__in=statements)
        return found.prefetch_related("delivery__statement__texts")

    @admin.display(description=_("statement"))
    def of(self, sent: AddresseeAnswer) -> str:
        return str(sent.delivery.statement)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        """Leads to the page on which it is decided."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            return super().change_view(request, object_id, *args, **kwargs)
        return redirect(url_of(row.delivery.statement_id, f"answer-{row.pk}"))
