"""What addressees answer by themselves to a hand-over, and the private links by which they do."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from statements.models.page_parts import EditablePart, PagePartQuerySet
from statements.models.parts import Delivery

LONGEST_ANSWER = 5000  # characters of an answer


class AnswerLink(models.Model):
    """A private link by which the addressee answers a hand-over; one of each works at most."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="answer_links")
    key = models.CharField(
        max_length=43,
        unique=True,
        editable=False,
        help_text="Random; the address is made of it and of the site's secret key.",
    )
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("link to answer")
        verbose_name_plural = _("links to answer")
        default_permissions = ()
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                "delivery", condition=Q(revoked_at=None), name="answer_link_works_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AddresseeAnswerQuerySet(PagePartQuerySet["AddresseeAnswer"]):
    def waiting(self) -> AddresseeAnswerQuerySet:
        return self.filter(state=AddresseeAnswer.State.WAITING)

    def public(self) -> AddresseeAnswerQuerySet:
        """What visitors may read of a hand-over that they may know of, in the order it came."""
        return self.filter(state=AddresseeAnswer.State.PUBLISHED).order_by("sent_at", "pk")


class AddresseeAnswer(EditablePart):
    """An answer in the addressee's own words. Its state is written by `addressee_answers` alone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for our look")
        PUBLISHED = "published", _("Public")
        DECLINED = "declined", _("Not shown")

    path_to_statement = "delivery__statement"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="own_answers")
    words = models.TextField(_("answer"), max_length=LONGEST_ANSWER)
    name = models.CharField(_("name"), max_length=200)
    office = models.CharField(_("office"), max_length=200)
    consent = models.TextField(help_text="The sentence that was agreed to, as it was shown.")
    sent_at = models.DateTimeField(_("came"))
    sha256 = models.CharField(
        max_length=64,
        help_text="Of words, name and office; staff decide on what they read.",
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    reason = models.TextField(
        _("why it is not shown"), max_length=1000, blank=True, help_text=_("For the office only.")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[Any] = AddresseeAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of an addressee")
        verbose_name_plural = _("answers of addressees")
        default_permissions = ("view",)
        permissions = [
            ("decide_addresseeanswer", "Can let addressees answer, and publish what they answer")
        ]
        ordering = ("sent_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "published", "declined"]),
                name="addressee_answer_state_known",
            ),
            models.UniqueConstraint(
                "delivery", condition=Q(state="waiting"), name="addressee_answer_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
