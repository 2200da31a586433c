"""The directory: organizations, their other names, and what staff decided on them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casa.lib import alphabets
from casa.lib.addresses.fields import WebAddressField
from casa.lib.db.history import Records
from casa.lib.db.search import WordsField
from casa.lib.organization_names import index
from casa.lib.ror import LENGTH as ROR_LENGTH
from casa.lib.ror import RorField, address
from casa.lib.text import address_slug, fold, name_key
from signatories.models.organization_sets import (
    ANSWER_WITHIN,
    OrganizationQuerySet,
    verified_before,
)
from signatories.models.place import Place

if TYPE_CHECKING:
    from signatories.models.logos import Logo
    from signatories.models.organization_names import OrganizationAlias

NAME_LENGTH = 200
REGISTRATION_LENGTH = 120
SLUG_LENGTH = 80
SORTED_BY = alphabets.COLUMNS


def free_slug(name: str, *, among: models.QuerySet[Any] | None = None) -> str:
    """An address made of `name` that no organization has yet; one query.

    Whoever takes it at the same time is refused by the database.
    """
    organizations = Organization.objects.all() if among is None else among
    stem = address_slug(name, SLUG_LENGTH - 9) or "organization"
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, 10))]
    taken = set(organizations.filter(slug__in=candidates).values_list("slug", flat=True))
    free = next((one for one in candidates if one not in taken), "")
    return free or f"{stem}-{secrets.token_hex(4)}"


_NOT_IN_HISTORY = (
    "name_key", "sort_key", "sort_key_az", "sort_key_tr", "search_words", "slug", "merged_into",
    "stands_from", "is_compared",
)  # fmt: skip


_MAY_STAND = (
    Q(merged_into=None)
    & ~Q(verification="rejected")
    & (Q(stands_from__isnull=False) | Q(verification="verified", verified_domain=""))
)


class Organization(Place):
    """An entity in the directory."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        TRADE_UNION = "trade_union", _("Trade union")
        FOUNDATION = "foundation", _("Foundation")
        PARTY = "party", _("Political party")
        NETWORK = "network", _("Network or alliance")
        COMPANY = "company", _("Company")
        PUBLIC = "public", _("Public body")
        UNIVERSITY = "university", _("University")
        EDUCATION = "education", _("School or other education")
        RELIGIOUS = "religious", _("Religious community")
        OTHER = "other", _("Other")

    class Verification(models.TextChoices):
        OPEN = "open", _("Not checked")
        VERIFIED = "verified", _("Verified")
        REJECTED = "rejected", _("Rejected")

    class ToRenew(models.TextChoices):
        """Why a verified one is to be verified again. OLD is told by the clock and never stored."""

        WEBSITE = "website", _("its website was changed to another domain")
        REPRESENTATIVE = "representative", _("another mailbox, of another domain, signed for it")
        OLD = "old", _("it was verified long ago")

    class ToCheck(models.TextChoices):
        """Why its representative's mailbox could not verify it."""

        NO_WEBSITE = "no_website", _("no website was given")
        OTHER_DOMAIN = "other_domain", _("the mailbox is of another domain than the website")
        FREE_MAIL = "free_mail", _("the mailbox is of a provider that anybody can use")
        OTHER_WEBSITE = "other_website", _("another website was given than the directory has")
        DOUBLE = "double", _("the directory has one of a similar name")
        ALIKE = "alike", _("its name is like another one’s, and nobody said whether both are one")

    name = models.CharField(
        pgettext_lazy("of a thing", "name"),
        max_length=NAME_LENGTH,
        help_text=_("In full, as the organization writes it itself."),
    )
    name_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)
    sort_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)
    sort_key_az = models.BinaryField(default=b"", db_default=b"")
    sort_key_tr = models.BinaryField(default=b"", db_default=b"")
    search_words = WordsField(help_text="Of all its names.")
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        editable=False,
        help_text="Its page's address; it stays when the name changes.",
    )
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind.choices,
        default=Kind.ASSOCIATION,
        help_text=_("Visitors can filter the directory by it."),
    )
    website = WebAddressField(
        _("website"),
        max_length=300,
        blank=True,
        help_text=_("Its own site, which its name links to."),
    )
    ror = RorField(
        _("ROR ID"),
        max_length=ROR_LENGTH,
        blank=True,
        help_text=_("As the registry ror.org names it, for universities and institutes."),
    )
    registration = models.CharField(
        _("registration number"),
        max_length=REGISTRATION_LENGTH,
        blank=True,
        help_text=_("With the register it stands in: “Charity Register 123456”."),
    )
    verification = models.CharField(
        _("verification"),
        max_length=10,
        choices=Verification.choices,
        default=Verification.OPEN,
        editable=False,
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verified_domain = models.CharField(
        _("verified by the domain"),
        max_length=253,
        blank=True,
        editable=False,
        help_text=_("Its website and its representative’s mailbox share it. Empty if staff did."),
    )
    to_check = models.CharField(
        _("to be checked, since"),
        max_length=16,
        choices=ToCheck.choices,
        blank=True,
        editable=False,
    )
    to_renew = models.CharField(
        _("to be verified again, since"),
        max_length=16,
        choices=ToRenew.choices,
        blank=True,
        editable=False,
    )
    asked_again_at = models.DateTimeField(_("asked to verify again"), null=True, editable=False)
    request_mailed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
        help_text="It left the directory; its address leads to this one.",
    )
    stands_from = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When the first statement it signed went public; kept by core/standing.py.",
    )
    is_compared = models.BooleanField(
        default=False,
        editable=False,
        help_text="No while the worker has to look for others of like names.",
    )

    objects = OrganizationQuerySet.as_manager()
    history = Records(excluded_fields=[*_NOT_IN_HISTORY])

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("sort_key", "pk")
        permissions = [("verify_organization", "Can verify and reject organizations")]
        indexes = [
            models.Index("sort_key", "id", name="organization_directory"),
            # What visitors browse; programs count it from the index alone.
            models.Index(
                fields=["sort_key", "id"],
                include=["stands_from", "verification", "verified_domain"],
                condition=_MAY_STAND,
                name="organization_public",
            ),
            models.Index("sort_key_az", "id", condition=_MAY_STAND, name="organization_public_az"),
            models.Index("sort_key_tr", "id", condition=_MAY_STAND, name="organization_public_tr"),
            # The list of the back office, as it is sorted and filtered.
            models.Index("verification", "id", name="organization_by_verification"),
            models.Index("kind", "id", name="organization_by_kind"),
            models.Index(
                "sort_key",
                "id",
                condition=Q(stands_from=None, merged_into=None),
                name="organization_without_statement",
            ),
            models.Index(
                "asked_again_at",
                condition=Q(asked_again_at__isnull=False),
                name="organization_asked_again",
            ),
            models.Index("to_check", condition=~Q(to_check=""), name="organization_to_check"),
            models.Index("id", condition=Q(is_compared=False), name="organization_to_compare"),
        ]
        constraints = [
            models.UniqueConstraint(
                "name_key",
                "country",
                name="organization_one_per_name_and_country",
                condition=Q(merged_into=None),
            ),
            models.UniqueConstraint(
                "ror", condition=~Q(ror="") & Q(merged_into=None), name="organization_one_per_ror"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_logos(self) -> list[Logo]:
        """The sizes of its logo that may be shown in public, narrowest first; [] if there is none.

        Costs no query on rows of `Organization.objects.with_logos()`.
        """
        if self.verification == self.Verification.REJECTED:
            return []
        return [logo for logo in self.logos.all() if logo.approved]

    @property
    def renewal_reason(self) -> str:
        """Why it is to be verified again, as a ToRenew; "" if nothing speaks for it."""
        if self.verification != self.Verification.VERIFIED:
            return ""
        before = verified_before()
        is_old = before is not None and self.verified_at is not None and self.verified_at < before
        return self.to_renew or (self.ToRenew.OLD.value if is_old else "")

    @property
    def answer_due(self) -> datetime | None:
        """Until when its representative can verify it again; None if nobody was asked."""
        return self.asked_again_at + ANSWER_WITHIN if self.asked_again_at else None

    @property
    def ror_address(self) -> str:
        """The address of its record at ror.org; "" if it has no ROR ID."""
        return address(self.ror)

    @property
    def other_names(self) -> list[OrganizationAlias]:
        """Its aliases but for the name it has, which a merge or a new name may leave among them."""
        return [alias for alias in self.aliases.all() if alias.name_key != self.name_key]

    @property
    def heir(self) -> Organization:
        """The one that stands for it in the directory: itself, unless it was merged."""
        one = self
        while one.merged_into is not None:
            one = one.merged_into
        return one

    def get_absolute_url(self) -> str:
        return reverse("signatories:organization", args=[self.slug])

    def clean(self) -> None:
        """Says in a form what the database would refuse; the key itself is no field of a form."""
        others = Organization.objects.in_directory().exclude(pk=self.pk)
        wrong: dict[str, Any] = {}
        if others.filter(name_key=name_key(self.name), country=self.country).exists():
            wrong["name"] = _("The directory has an organization of this name.")
        if self.ror and (same := others.filter(ror=self.ror).first()):
            words = gettext("“%(name)s” has this ROR ID in the directory, so it is the same one.")
            wrong["ror"] = words % {"name": same.name}
        if wrong:
            raise ValidationError(wrong)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.follow_name()
        if not self.slug:
            self.slug = free_slug(self.name)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "name_key", *SORTED_BY, "search_words"}
        super().save(*args, **kwargs)
        self.signatures.all().follow_names()
        self.renew_keys()

    def follow_name(self) -> None:
        """Make anew what it is told apart and sorted by."""
        self.name_key = name_key(self.name)
        for column, made in alphabets.sort_keys(self.name).items():
            setattr(self, column, made)

    def words_to_search(self) -> str:
        called = [fold(self.name)]
        if self.pk is not None:
            called += self.aliases.order_by("pk").values_list("name_key", flat=True)
        return " ".join(dict.fromkeys(called))

    def index_keys(self) -> set[str]:
        """What it stands under in the index of names; nothing once it is merged with another."""
        if self.merged_into_id is not None:
            return set()
        called = [self.name, *self.aliases.values_list("name", flat=True)]
        return {key for name in called for key in self._keys_of(name)}

    def _keys_of(self, name: str) -> set[str]:
        return index.keys(name, self.city) | index.name_parts(name)

    def add_keys(self) -> None:
        """Put a row that was just stored, and has no other name yet, into the index of names."""
        self._store_keys(self._keys_of(self.name))

    def _store_keys(self, new: set[str]) -> None:
        rows = [self.keys.model(organization=self, key=key) for key in sorted(new)]
        self.keys.bulk_create(rows, ignore_conflicts=True)

    def renew_keys(self) -> None:
        """Bring the index of its names up to date; for those who store rows without `save`."""
        words = self.words_to_search()
        own = Organization.objects.filter(pk=self.pk)
        own.exclude(search_words=words).update(search_words=words)
        wanted = self.index_keys()
        there = set(self.keys.values_list("key", flat=True))
        if there - wanted:
            self.keys.filter(key__in=there - wanted).delete()
        self._store_keys(wanted - there)
        if wanted != there:
            Organization.objects.filter(pk=self.pk).update(is_compared=False)
