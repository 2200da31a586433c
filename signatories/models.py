"""Who signs: organizations, signatures, their history, and the tally.

A signature's state is changed by `signatories/states.py` alone, which keeps history and tally.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.lib import places
from casa.lib.appendonly import AppendOnlyQuerySet
from casa.lib.fields import WebAddressField
from casa.lib.text import fold, name_key
from statements.models import Edition, Statement, default_language, language_field, public_now

if TYPE_CHECKING:
    from casa.accounts.models import User

NAME_LENGTH = 200


class Place(models.Model):
    """Where somebody is, as much of it as is known."""

    city = models.CharField(_("city"), max_length=120, blank=True)
    region = models.CharField(
        _("state or region"),
        max_length=60,
        blank=True,
        help_text=_("The customary code where the country has one: “NY”."),
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, choices=places.country_choices
    )

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """ "Portland, ME" or "Leeds, United Kingdom", in the reader's language."""
        return places.written(self.city, self.region, self.country)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def named(self, name: str) -> Self:
        """Those that are called `name` or have it as an alias, however it is spelled."""
        key = name_key(name)
        return self.filter(Q(name_key=key) | Q(aliases__name_key=key)).distinct().order_by("pk")


class Organization(Place):
    """An entity in the directory."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        COMPANY = "company", _("Company")
        EDUCATION = "education", _("School or university")
        RELIGIOUS = "religious", _("Religious community")
        PUBLIC = "public", _("Public body")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)
    sort_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.ASSOCIATION
    )
    website = WebAddressField(_("website"), max_length=300, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("sort_key", "pk")
        indexes = [models.Index("sort_key", "id", name="organization_directory")]
        constraints = [
            models.UniqueConstraint(
                "name_key", "country", name="organization_one_per_name_and_country"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Says in a form what the database would refuse; the key itself is no field of a form."""
        same = Organization.objects.filter(name_key=name_key(self.name), country=self.country)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("The directory has an organization of this name.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key, self.sort_key = name_key(self.name), fold(self.name)
        super().save(*args, **kwargs)
        self.signatures.exclude(sort_key=self.sort_key).update(sort_key=self.sort_key)


class OrganizationAlias(models.Model):
    """Another name that an organization is known by."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ("name",)
        constraints = [models.UniqueConstraint("name_key", name="organization_alias_one_owner")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        same = OrganizationAlias.objects.filter(name_key=name_key(self.name))
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("Another organization has this name already.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)


class ConsentWording(models.Model):
    """A consent sentence as it was shown; signatures point at the one their signer saw."""

    language = language_field()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint("language", "sha256", name="consent_one_per_wording")
        ]

    def __str__(self) -> str:
        return self.text


COUNTED = Q(state="confirmed", approved=True)
"""The signatures that stand in the tally, whatever the statement's own state is."""


class SignatureQuerySet(models.QuerySet["Signature"]):
    def counted(self) -> Self:
        return self.filter(COUNTED)

    def public(self) -> Self:
        """What visitors may know of: counted, and under a statement that is public now."""
        return self.counted().filter(public_now(path="statement__"))

    def people(self) -> Self:
        return self.filter(kind=Signature.Kind.PERSON)

    def organizations(self) -> Self:
        return self.filter(kind=Signature.Kind.ORGANIZATION)

    def leads(self) -> Self:
        """Lead signatories, in the order staff put them."""
        return self.filter(lead_position__isnull=False).order_by("lead_position", "pk")

    def others(self) -> Self:
        """All but the lead signatories."""
        return self.filter(lead_position__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-confirmed_at", "-pk")

    def for_statement_page(self, newest: int) -> ForStatementPage:
        """Lead signatories and the `newest` others of each kind, of one statement; one query.

        A UNION of three keyed look-ups: with OR, both databases read every signature there is.
        """
        public = self.public()
        others = public.others().newest_first()
        chosen = (
            public.leads()
            ._whole_rows()
            .union(
                others.people()[:newest]._whole_rows(),
                others.organizations()[:newest]._whole_rows(),
                all=True,
            )
        )
        newest_first = sorted(chosen, key=lambda one: (one.confirmed_at, one.pk), reverse=True)
        return ForStatementPage.sorted_out(newest_first)

    def _whole_rows(self) -> SignatureQuerySet:
        """The same rows without order or limit of their own: SQLite takes neither in a UNION."""
        rows = Signature.objects.filter(pk__in=self.values("pk"))
        return rows.order_by().select_related("organization")


@dataclass(frozen=True)
class ForStatementPage:
    """The names a statement's page shows, each list in the order it is shown in."""

    leads: list[Signature]
    organizations: list[Signature]
    people: list[Signature]

    @classmethod
    def sorted_out(cls, newest_first: Iterable[Signature]) -> Self:
        signatures = list(newest_first)
        others = [one for one in signatures if one.lead_position is None]
        return cls(
            leads=sorted(
                (one for one in signatures if one.lead_position is not None),
                key=lambda one: (one.lead_position, one.pk),
            ),
            organizations=[one for one in others if one.kind == Signature.Kind.ORGANIZATION],
            people=[one for one in others if one.kind == Signature.Kind.PERSON],
        )


class Signature(Place):
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

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="signatures", db_index=False
    )
    edition = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="signatures",
        null=True,
        help_text="The words they signed. Empty for a lead signatory who was placed before"
        " publication: they stand under edition 1.",
    )
    kind = models.CharField(_("signs as"), max_length=12, choices=Kind.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PENDING
    )
    approved = models.BooleanField(
        _("approved"), default=True, help_text=_("No while a moderator has yet to check the name.")
    )

    honorific = models.CharField(_("form of address"), max_length=60, blank=True)
    name = models.CharField(
        _("name"),
        max_length=NAME_LENGTH,
        blank=True,
        help_text=_("The person, or the person who signs for the organization."),
    )
    credentials = models.CharField(
        _("credentials"), max_length=100, blank=True, help_text=_("After the name: “PhD”.")
    )
    role = models.CharField(_("role"), max_length=200, blank=True)
    affiliation = models.CharField(
        _("affiliation"),
        max_length=NAME_LENGTH,
        blank=True,
        help_text=_("A person's organization, for identification; it does not sign."),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="signatures",
        null=True,
        blank=True,
        verbose_name=_("organization"),
    )
    name_withheld = models.BooleanField(
        _("name withheld"), default=False, help_text=_("Counted, and not named in public.")
    )
    sort_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)

    email = models.EmailField(_("e-mail address"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    nonce = models.CharField(max_length=43, editable=False)
    mails_sent = models.PositiveIntegerField(default=0, editable=False)
    mailed_since = models.DateTimeField(
        default=timezone.now, editable=False, help_text="The start of the time that is counted."
    )
    language = language_field(default=default_language)
    wants_updates = models.BooleanField(_("wants updates"), default=False)
    consent = models.ForeignKey(ConsentWording, on_delete=models.PROTECT, null=True, editable=False)
    consented_at = models.DateTimeField(null=True, editable=False)

    lead_position = models.PositiveIntegerField(
        _("place among the first names"), null=True, blank=True
    )
    original_line = models.TextField(
        _("line as it came"), blank=True, help_text=_("Where the name was imported from a list.")
    )
    import_notes = models.TextField(_("unsure about"), blank=True)
    import_confidence = models.FloatField(_("confidence"), null=True, blank=True)

    created_at = models.DateTimeField(_("signed"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ("-pk",)
        indexes = [
            models.Index(
                "statement",
                "kind",
                F("confirmed_at").desc(),
                F("id").desc(),
                name="signature_public_newest",
                condition=COUNTED,
            ),
            models.Index(
                "statement",
                "lead_position",
                name="signature_leads",
                condition=Q(lead_position__isnull=False),
            ),
            models.Index("statement", "state", "id", name="signature_moderation_list"),
            models.Index("email_key", name="signature_mailbox", condition=~Q(email_key="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "confirmed", "hidden", "withdrawn", "invalidated"]
                ),
                name="signature_state_known",
            ),
            models.CheckConstraint(
                condition=(Q(kind="person", organization__isnull=True) & ~Q(name=""))
                | Q(kind="organization", organization__isnull=False),
                name="signature_person_or_organization",
            ),
            # One live row per mailbox: whoever withdrew may sign again, under a row of its own.
            models.UniqueConstraint(
                "statement",
                "email_key",
                name="signature_one_per_person",
                condition=Q(kind="person") & ~Q(email_key="") & ~Q(state="withdrawn"),
            ),
            models.UniqueConstraint(
                "statement",
                "organization",
                "email_key",
                name="signature_one_try_per_representative",
                condition=Q(kind="organization") & ~Q(state="withdrawn"),
            ),
            models.UniqueConstraint(
                "statement",
                "organization",
                name="signature_one_per_organization",
                condition=Q(kind="organization", state__in=["confirmed", "hidden"]),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="signature_confirmed_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(edition__isnull=False) | Q(lead_position__isnull=False),
                name="signature_has_edition_or_is_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.displayed_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = fold(self.displayed_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("signatories:list", args=[self.statement.slug])

    @property
    def is_counted(self) -> bool:
        return self.state == self.State.CONFIRMED and self.approved

    @property
    def displayed_name(self) -> str:
        """How the signer is named in a list: the organization, or the person in full."""
        if self.organization is not None:
            return self.organization.name
        credentials = f", {self.credentials}" if self.credentials else ""
        return f"{self.honorific} {self.name}".strip() + credentials


class SignatureEventQuerySet(AppendOnlyQuerySet["SignatureEvent"]):
    pass


class SignatureEvent(models.Model):
    """One step in a signature's life; written by `signatories/states.py` alone.

    Rows are never changed. They go only with their signature, when that is erased.
    """

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="events")
    from_state = models.CharField(max_length=12, blank=True, choices=Signature.State.choices)
    to_state = models.CharField(max_length=12, choices=Signature.State.choices)
    at = models.DateTimeField()
    by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(blank=True)

    objects = SignatureEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


class TallySlot(models.Model):
    """A part of a statement's count of one kind. The count is the sum of the slots.

    Writers pick a slot at random, so that simultaneous confirmations do not wait for one row.
    A single slot may be negative; the sum never is.
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="tally_slots", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Signature.Kind.choices)
    slot = models.PositiveSmallIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("statement", "kind", "slot", name="tally_slot_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slot}: {self.count}"
