"""Packets: what is handed over to a decision-maker, frozen at a moment, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casa.lib.db.sealed import SealedBinaryField
from statements.models import Delivery, Edition, Statement, Target
from statements.models.fields import language_field

if TYPE_CHECKING:
    from casa.accounts.models import User

LETTER_LENGTH = 8_000


class Packet(models.Model):
    """The words, the counts and the names of a statement as they were at one moment.

    Written by `signatories/packets/` alone. Once it has a checksum, the database refuses to change
    or delete it; `delivery` and `emptied_at` are the two things that may still be said of it.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Being made")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Ready")

    class Order(models.TextChoices):
        ALPHABET = "alphabet", _("From A to Z")
        COUNTRY = "country", _("By country, then from A to Z")
        REGION = "region", _("By state or region, then from A to Z")

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        LETTER = "us-letter", "US Letter"

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="packets", verbose_name=_("statement")
    )
    target: models.ForeignKey[Target | None] = models.ForeignKey(
        Target, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("for whom"),
        help_text=_("One of those the statement is addressed to; the letter names them."),
    )  # fmt: skip
    addressee = models.CharField(
        max_length=200, blank=True, editable=False, help_text="The target’s name, as it was."
    )
    language = language_field()
    order = models.CharField(
        _("people are listed"), max_length=8, choices=Order.choices, default=Order.ALPHABET
    )
    paper = models.CharField(_("paper"), max_length=9, choices=Paper.choices, default=Paper.A4)
    letter = models.TextField(
        _("covering letter"), max_length=LETTER_LENGTH, blank=True,
        help_text=_(
            "The first page. These words in braces are filled in: {addressee}, {title}, {count},"
            " {date}. Leave it empty for a packet without a letter."
        ),
    )  # fmt: skip
    comments = models.JSONField(default=list, blank=True, help_text="Keys of signatures.")

    made_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("by"),
        help_text="Nobody where it was made on the command line of the server.",
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.RUNNING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, help_text="Nobody works on it before that.")

    frozen_at = models.DateTimeField(_("frozen"), null=True)
    edition: models.ForeignKey[Edition | None] = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("edition")
    )
    organizations = models.PositiveIntegerField(_("organizations"), default=0)
    people = models.PositiveIntegerField(_("people"), default=0)
    withheld = models.PositiveIntegerField(_("names withheld"), default=0)
    names = models.PositiveIntegerField(_("names in it"), default=0)
    files = models.PositiveIntegerField(default=0, help_text="How many there will be.")
    files_made = models.PositiveIntegerField(default=0)

    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    finished_at = models.DateTimeField(_("ready"), null=True)
    delivery: models.ForeignKey[Delivery | None] = models.ForeignKey(
        Delivery, on_delete=models.SET_NULL, null=True, related_name="packets",
        verbose_name=_("hand-over"),
    )  # fmt: skip
    emptied_at = models.DateTimeField(_("files deleted"), null=True)

    class Meta:
        verbose_name = _("packet")
        verbose_name_plural = _("packets")
        ordering = ("-pk",)
        permissions = [("make_packet", "Can make and download packets")]
        indexes = [models.Index("id", name="packet_at_work", condition=Q(state="running"))]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def file_name(self) -> str:
        """What its archive is called on the disk of whoever downloads it."""
        day = f"-{self.frozen_at:%Y-%m-%d}" if self.frozen_at else ""
        return f"{self.statement.slug}-packet-{self.pk}{day}.zip"


class PacketPiece(models.Model):
    """Some bytes of a file of a packet. It stands in the database, so it has no address."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="pieces")
    file = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    data = SealedBinaryField()

    class Meta:
        verbose_name = "piece of a packet"
        verbose_name_plural = "pieces of packets"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint("packet", "file", "position", name="packet_piece_once")
        ]

    def __str__(self) -> str:
        return f"{self.packet_id}/{self.file}/{self.position}"
