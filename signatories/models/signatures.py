"""A signature: who signed, what was signed, and where that stands.

A signature's state is changed by `signatories/core/states.py` alone, which keeps history and tally.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.lib import alphabets
from casa.lib.addresses.fields import WebAddressField
from casa.lib.db.sealed import SealedCharField, SealedTextField
from casa.lib.db.search import WordsField
from signatories.models.collected import AffiliationMark, CollectedBy
from signatories.models.consent import ConsentWording
from signatories.models.funnel import SOURCE_LENGTH
from signatories.models.mail_contact import MailContact
from signatories.models.office_words import OfficeWords, ReadOfficeWords
from signatories.models.organizations import NAME_LENGTH, Organization
from signatories.models.place import Place
from signatories.models.public_words import PublicWords
from signatories.models.signature_constraints import CONSTRAINTS
from signatories.models.signature_indexes import INDEXES
from signatories.models.signature_sets import (
    SignatureQuerySet,
    searched_words,
)
from statements.models import ANSWER_LENGTH, QUESTION_LENGTH, Edition, Statement


def in_full(honorific: str, name: str, credentials: str) -> str:
    """A person's name as lists have it: "Dr. Nora Lind, MD"."""
    return f"{honorific} {name}".strip() + (f", {credentials}" if credentials else "")


class Signature(Place, MailContact):
    """One person, or one organization through its representative, under one edition."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANIZATION = "organization", _("Organization")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation")
        CONFIRMED = "confirmed", _("Confirmed")
        HIDDEN = "hidden", _("Hidden")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        INVALIDATED = "invalidated", _("Invalid")

    COUNTABLE_STATES = (State.PENDING, State.CONFIRMED)
    """Counted, or counted as soon as its signer confirms."""

    STANDING_STATES = (State.CONFIRMED, State.HIDDEN)
    """Confirmed once and not taken back: its signer stands by the words, shown or not."""

    LIVE_STATES = (State.PENDING, *STANDING_STATES)
    """Neither withdrawn nor invalid: its signer may change it or withdraw it."""

    shown_answer: str = ""
    """What visitors read of the answer, where a list shows answers."""

    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        related_name="signatures",
        db_index=False,
        verbose_name=_("statement"),
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="signatures",
        null=True,
        verbose_name=_("edition"),
        help_text=_(
            "The words they signed. Empty for a lead signatory who was placed before publication:"
            " they stand under edition 1."
        ),
    )
    kind = models.CharField(_("signs as"), max_length=12, choices=Kind.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PENDING
    )
    approved = models.BooleanField(
        _("approved"), default=True, help_text=_("No while a moderator has yet to check the name.")
    )

    honorific = models.CharField(
        _("form of address"), max_length=60, blank=True, help_text=_("Before the name: “Dr.”.")
    )
    name = models.CharField(
        _("name"),
        max_length=NAME_LENGTH,
        blank=True,
        help_text=_("The person, or the person who signs for the organization."),
    )
    credentials = models.CharField(
        _("credentials"), max_length=100, blank=True, help_text=_("After the name: “PhD”.")
    )
    role = models.CharField(
        _("role"), max_length=200, blank=True, help_text=_("Profession or office: “Librarian”.")
    )
    affiliation = models.CharField(
        _("affiliation"),
        max_length=NAME_LENGTH,
        blank=True,
        help_text=_("A person's organization, for identification; it does not sign."),
    )
    affiliation_mark = models.CharField(
        _("affiliation signs"),
        max_length=19,
        choices=AffiliationMark.choices,
        blank=True,
        help_text=_("What stands beside the affiliation, where its signer asked for it."),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="signatures",
        null=True,
        blank=True,
        verbose_name=_("organization"),
    )
    postal_code = SealedCharField(
        _("postal code"), max_length=20, blank=True, help_text=_("Never shown in public.")
    )
    comment = SealedTextField(
        _("comment"), max_length=1000, blank=True, help_text=_("Never shown in public.")
    )
    question = models.CharField(
        _("question of the office"),
        max_length=QUESTION_LENGTH,
        blank=True,
        editable=False,
        help_text="As it was worded when it was answered, in the language of the original.",
    )
    answer = SealedCharField(
        _("answer"),
        max_length=ANSWER_LENGTH,
        blank=True,
        help_text=_("To the question of the office; of several answers, the original’s words."),
    )
    answer_public = models.BooleanField(
        _("answer is public"),
        default=False,
        editable=False,
        help_text="Whether its signer was told that it is shown.",
    )
    name_withheld = models.BooleanField(
        _("name withheld"), default=False, help_text=_("Counted, and not named in public.")
    )
    sort_key = models.CharField(
        _("name, as it is sorted"), max_length=NAME_LENGTH * 2, editable=False
    )
    sort_key_az = models.BinaryField(_("name, as it is sorted"), default=b"", db_default=b"")
    sort_key_tr = models.BinaryField(_("name, as it is sorted"), default=b"", db_default=b"")
    search_words = WordsField(
        verbose_name=_("public words, as they are searched"),
        help_text="What it is found by in public; written by states.py too.",
    )

    consent = models.ForeignKey(
        ConsentWording,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        verbose_name=_("what was agreed to"),
    )
    consented_at = models.DateTimeField(_("agreed"), null=True, editable=False)
    declared_age = models.PositiveSmallIntegerField(
        _("declared age"),
        null=True,
        editable=False,
        help_text="The minimum age that the signer declared to have.",
    )
    claimed_website = WebAddressField(
        _("website given with it"),
        max_length=300,
        blank=True,
        editable=False,
        help_text="Typed for an organization that the directory may know by another one.",
    )
    is_another = models.BooleanField(
        _("another organization than similar ones"),
        default=False,
        editable=False,
        help_text="Said to be none of the organizations of similar names that were shown.",
    )
    share_code = models.CharField(
        _("code of the link to pass on"),
        max_length=16,
        blank=True,
        editable=False,
        help_text="Stands in links the signer passes on; says nothing of them.",
    )
    via = models.CharField(
        _("came through"),
        max_length=16,
        blank=True,
        editable=False,
        help_text="The share code of the signer whose link was followed.",
    )
    source = models.CharField(
        _("source"),
        max_length=SOURCE_LENGTH,
        blank=True,
        editable=False,
        help_text="What the link said that was followed (utm_source), or that it was in a frame.",
    )
    number = models.PositiveBigIntegerField(
        _("number"),
        null=True,
        editable=False,
        help_text="How many of its kind were counted once this one was, this one included.",
    )
    renamed_at = models.DateTimeField(
        _("changed by the signer"),
        null=True,
        blank=True,
        editable=False,
        help_text="When the signer last changed words that everybody sees.",
    )
    network = models.CharField(
        _("network, as a keyed hash"),
        max_length=32,
        blank=True,
        editable=False,
        help_text="Keyed hash of where the form was posted from; the key changes and is not kept.",
    )
    suspicions = models.JSONField(
        _("suspicions"), default=list, blank=True, editable=False, help_text="Keys of spam rules."
    )

    lead_position = models.PositiveIntegerField(
        _("place among the lead signatories"), null=True, blank=True
    )
    original_line = SealedTextField(
        _("line as it came"), blank=True, help_text=_("Where the name was imported from a list.")
    )
    import_notes = SealedTextField(_("unsure about"), blank=True)
    import_confidence = models.FloatField(_("confidence"), null=True, blank=True)

    batch = models.ForeignKey(
        "signatories.ImportBatch",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="signatures",
        verbose_name=_("import"),
    )
    consent_source = models.CharField(
        _("how consent was given"),
        max_length=8,
        choices=CollectedBy.choices,
        blank=True,
        editable=False,
        help_text=_("Empty where the signer signed on this site."),
    )

    created_at = models.DateTimeField(_("signed"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_shown = models.BooleanField(
        _("listed as withdrawn"),
        default=False,
        editable=False,
        help_text="Listed in public as “withdrew on …”.",
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("-pk",)
        permissions = [
            ("moderate_signature", "Can approve, hide, restore and invalidate"),
            ("export_signature", "Can export signatures"),
            ("view_contact_data", "Can see e-mail addresses"),
        ]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.displayed_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.follow_name()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *alphabets.COLUMNS, "search_words"}
        super().save(*args, **kwargs)

    def follow_name(self) -> None:
        """Make anew what it is sorted by."""
        for column, made in alphabets.sort_keys(self.displayed_name).items():
            setattr(self, column, made)

    def get_absolute_url(self) -> str:
        return reverse("signatories:list", args=[self.statement.slug])

    def words_to_search(self) -> str:
        return searched_words(self)

    @property
    def is_counted(self) -> bool:
        return self.state == self.State.CONFIRMED and self.approved

    @property
    def is_named(self) -> bool:
        """Whether everybody may read who signed."""
        return self.is_counted and not self.name_withheld

    @property
    def displayed_name(self) -> str:
        """How the signer is named in a list: the organization, or the person in full."""
        if self.organization is not None:
            return self.organization.name
        return in_full(self.honorific, self.name, self.credentials)

    @property
    def particulars(self) -> str:
        """What stands beside a person's name in lists: "Teacher, River School"."""
        words = ", ".join(words for words in (self.role, self.affiliation) if words)
        # A mark of an affiliation that is not there says nothing.
        marked = words and self.affiliation_mark
        return f"{words} ({self.get_affiliation_mark_display()})" if marked else words


for _lookup in (OfficeWords, ReadOfficeWords):
    Signature._meta.get_field("sort_key").register_lookup(_lookup)
Signature._meta.get_field("search_words").register_lookup(PublicWords)
