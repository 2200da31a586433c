"""Signatures, which of them count and are shown, and the steps of their life.

A signature's state is changed by `signatories/states.py` alone, which keeps history and tally.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.lib.search import WordsField
from casa.lib.text import fold, folded
from signatories.addresses import canonical
from signatories.models.consent import ConsentWording
from signatories.models.organizations import NAME_LENGTH, Organization
from signatories.models.place import Place
from statements.models import Edition, Statement, default_language, language_field, public_now

COUNTED = Q(state="confirmed", approved=True)
"""The signatures that stand in the tally, whatever the statement's own state is."""

NAMED = Q(name_withheld=False)
"""Those whose signers are named in public, where they count."""


def searched_words(signature: Any) -> str:
    """What a signature is found by in public: name, organization and place; "" if withheld."""
    if signature.name_withheld:
        return ""
    place = (signature.city, signature.region)
    if (organization := signature.organization) is not None:
        of_its_own = (organization.city, organization.region)
        return folded(" ".join((organization.name, *(of_its_own if any(of_its_own) else place))))
    return folded(" ".join((signature.name, signature.affiliation, *place)))


class SignatureQuerySet(models.QuerySet["Signature"]):
    def counted(self) -> Self:
        return self.filter(COUNTED)

    def public(self) -> Self:
        """What visitors may know of: counted, and under a statement that is public now."""
        return self.counted().filter(public_now(path="statement__"))

    def withdrew(self) -> Self:
        """Those who asked to be listed as withdrawn; name them only under a public statement."""
        return self.filter(withdrawal_shown=True).order_by("-withdrawn_at")

    def of_mailbox(self, address: str) -> Self:
        """All that was signed with exactly this address, in whatever case it was typed.

        Not with other spellings of the same mailbox: not every provider knows them, and what
        these rows say is for nobody but who reads the mail of this one.
        """
        # The index is of the key, and of rows with one; SQLite uses it only where that is said.
        found = self.exclude(email_key="").filter(email_key=canonical(address))
        return found.filter(email__iexact=address)

    def people(self) -> Self:
        return self.filter(kind=Signature.Kind.PERSON)

    def organizations(self) -> Self:
        return self.filter(kind=Signature.Kind.ORGANIZATION)

    def named(self) -> Self:
        return self.filter(NAMED)

    def follow_names(self) -> None:
        """Write anew what is made of names: what the signatures are sorted and found by."""
        changed = []
        for one in self.select_related("organization"):
            made = (fold(one.displayed_name), searched_words(one))
            if made != (one.sort_key, one.search_words):
                one.sort_key, one.search_words = made
                changed.append(one)
        Signature.objects.bulk_update(changed, ["sort_key", "search_words"], batch_size=500)

    def leads(self) -> Self:
        """Lead signatories, in the order staff put them."""
        return self.filter(lead_position__isnull=False).order_by("lead_position", "pk")

    def others(self) -> Self:
        """All but the lead signatories."""
        return self.filter(lead_position__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-confirmed_at", "-pk")

    def with_edition_number(self) -> Self:
        """Each with the number of the edition it stands under, as `edition_number`."""
        return self.annotate(edition_number=Coalesce("edition__number", 1))

    def for_statement_page(self, newest: int) -> ForStatementPage:
        """Lead signatories and the `newest` others of each kind, of one statement; one query,
        and one for the logos of organizations.

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
        return rows.order_by().select_related("organization").with_edition_number()


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
        organizations = [one for one in others if one.kind == Signature.Kind.ORGANIZATION]
        models.prefetch_related_objects(organizations, "organization__logos")
        return cls(
            leads=sorted(
                (one for one in signatures if one.lead_position is not None),
                key=lambda one: (one.lead_position, one.pk),
            ),
            organizations=organizations,
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

    class MailTrouble(models.TextChoices):
        SOFT = "soft", _("Not delivered yet")
        HARD = "hard", _("The address does not exist")
        COMPLAINT = "complaint", _("Marked as unwanted")

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
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="signatures",
        null=True,
        blank=True,
        verbose_name=_("organization"),
    )
    postal_code = models.CharField(
        _("postal code"), max_length=20, blank=True, help_text=_("Never shown in public.")
    )
    comment = models.TextField(
        _("comment"), max_length=1000, blank=True, help_text=_("Never shown in public.")
    )
    name_withheld = models.BooleanField(
        _("name withheld"), default=False, help_text=_("Counted, and not named in public.")
    )
    sort_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)
    search_words = WordsField(help_text="What it is found by in public; written by states.py too.")

    email = models.EmailField(_("e-mail address"), blank=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False)
    mailbox_place = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text="1 for the second of two people who share a mailbox, where the statement lets.",
    )
    nonce = models.CharField(max_length=43, editable=False)
    code_tries = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Wrong codes typed since the last mail."
    )
    reminded_at = models.DateTimeField(null=True, editable=False)
    mails_sent = models.PositiveIntegerField(default=0, editable=False)
    mailed_since = models.DateTimeField(
        default=timezone.now, editable=False, help_text="The start of the time that is counted."
    )
    language = language_field(default=default_language)
    wants_updates = models.BooleanField(_("wants updates"), default=False)
    consent = models.ForeignKey(ConsentWording, on_delete=models.PROTECT, null=True, editable=False)
    consented_at = models.DateTimeField(null=True, editable=False)
    declared_age = models.PositiveSmallIntegerField(
        null=True, editable=False, help_text="The minimum age that the signer declared to have."
    )
    mail_trouble = models.CharField(
        _("trouble with mail"),
        max_length=9,
        choices=MailTrouble.choices,
        blank=True,
        editable=False,
    )
    mail_trouble_at = models.DateTimeField(null=True, editable=False)

    claimed_website = models.URLField(
        _("website given with it"),
        max_length=300,
        blank=True,
        editable=False,
        help_text="Typed for an organization that the directory may know by another one.",
    )
    is_another = models.BooleanField(
        default=False,
        editable=False,
        help_text="Said to be none of the organizations of similar names that were shown.",
    )
    share_code = models.CharField(
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
    number = models.PositiveBigIntegerField(
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
        max_length=32,
        blank=True,
        editable=False,
        help_text="Keyed hash of where the form was posted from; the key changes and is not kept.",
    )
    suspicions = models.JSONField(
        _("suspicions"), default=list, blank=True, editable=False, help_text="Keys of spam rules."
    )

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
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_shown = models.BooleanField(
        default=False, editable=False, help_text="Listed in public as “withdrew on …”."
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
            # The list narrowed to a place, and how many there are in each.
            models.Index(
                "statement",
                "kind",
                "country",
                F("confirmed_at").desc(),
                F("id").desc(),
                F("region"),
                name="signature_public_place",
                condition=COUNTED & NAMED,
            ),
            models.Index(
                "statement",
                "kind",
                name="signature_withheld",
                condition=COUNTED & Q(name_withheld=True),
            ),
            # How many stand under an earlier edition, counted without a look at the rows.
            models.Index(
                "statement", "edition", "kind", name="signature_by_edition", condition=COUNTED
            ),
            # What the first screen of the back office counts, among millions of others.
            models.Index("confirmed_at", "kind", name="signature_per_day", condition=COUNTED),
            models.Index("id", name="signature_to_approve", condition=Q(approved=False)),
            models.Index(
                "import_confidence",
                name="signature_imported",
                condition=Q(import_confidence__isnull=False),
            ),
            models.Index("email_key", name="signature_mailbox", condition=~Q(email_key="")),
            models.Index("id", name="signature_suspicious", condition=~Q(suspicions=[])),
            models.Index("share_code", name="signature_shared", condition=~Q(share_code="")),
            # Who brought how many: counted from the index alone.
            models.Index(
                "statement", "via", name="signature_brought", condition=COUNTED & ~Q(via="")
            ),
            models.Index(
                "renamed_at", name="signature_renamed", condition=Q(renamed_at__isnull=False)
            ),
            # Whom to remind: some of what waits, among millions that are done.
            models.Index("created_at", name="signature_waiting", condition=Q(state="pending")),
            models.Index(
                fields=["-id"], name="signature_mail_trouble", condition=~Q(mail_trouble="")
            ),
            models.Index(
                "statement",
                F("withdrawn_at").desc(),
                name="signature_withdrew",
                condition=Q(withdrawal_shown=True),
            ),
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
                "mailbox_place",
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
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key", "search_words"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("signatories:list", args=[self.statement.slug])

    def words_to_search(self) -> str:
        return searched_words(self)

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
