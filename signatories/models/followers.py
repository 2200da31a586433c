"""Followers: mailboxes that get a mail when a statement can be signed or is handed over."""

from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casa.lib.addresses.mailbox_keys import mailbox_keys
from casa.lib.addresses.sealed import MailboxKeyField, SealedAddressField
from casa.lib.db.fields import DynamicCharField
from statements.models import Delivery, Statement, default_language, language_field, public_now


def follower_nonce() -> str:
    """128 random bits that a follower's links depend on."""
    return secrets.token_urlsafe(16)


class FollowerQuerySet(models.QuerySet["Follower"]):
    def counted_as_mailbox(self, address: str) -> Self:
        """What this address follows, or a spelling that is counted as the same."""
        return self.filter(email_key__in=mailbox_keys(address))

    def to_notify(self) -> Self:
        """Confirmed followers of public statements with a hand-over they do not know of yet."""
        known = DeliveryNotice.objects.filter(follower=OuterRef(OuterRef("pk")))
        news = Delivery.objects.filter(
            statement=OuterRef("statement"), delivered_on__lte=timezone.localdate()
        ).exclude(pk__in=known.values("delivery"))
        confirmed = self.filter(public_now(path="statement__"), confirmed_at__isnull=False)
        return confirmed.filter(Exists(news)).order_by("pk")

    def to_remind(self) -> Self:
        """Confirmed followers who asked to hear that a statement can be signed, and it can."""
        waiting = self.filter(wants_opening=True, confirmed_at__isnull=False)
        return waiting.filter(statement__in=Statement.objects.open()).order_by("pk")


class Follower(models.Model):
    """A mailbox that wants to hear of one statement's hand-overs. The row goes when it leaves.

    With `wants_opening` it also hears once that the statement can be signed.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="followers")
    email = SealedAddressField()
    email_key = MailboxKeyField(max_length=254)
    language = language_field(default=default_language)
    nonce = DynamicCharField(max_length=43, default=follower_nonce)
    wants_opening = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("statement", "email_key", name="follower_one_per_mailbox")
        ]
        indexes = [
            models.Index("email_key", name="follower_mailbox"),
            models.Index(
                "created_at", name="follower_waiting", condition=Q(confirmed_at__isnull=True)
            ),
            models.Index("statement", name="follower_reminded", condition=Q(wants_opening=True)),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.pk}"


class DeliveryNotice(models.Model):
    """A hand-over that a follower has had a mail about, or that was made before they followed."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="notices")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("follower", "delivery", name="follower_noticed_once")
        ]

    def __str__(self) -> str:
        return f"{self.follower_id}/{self.delivery_id}"
