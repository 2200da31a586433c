"""Lists that staff keep against abuse: protected names; networks, domains and countries."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib import countries
from casa.lib.addresses import domains
from casa.lib.db.fields import DynamicCharField
from casa.lib.db.history import Records
from casa.lib.text import fold, normalise
from signatories.models.organizations import NAME_LENGTH

if TYPE_CHECKING:
    from casa.accounts.models import User

NETWORKS_KEPT_FOR = timedelta(days=30)
WIDEST = {4: 8, 6: 16}
"""Bits of the widest network that can be listed: a wider one would be everybody."""


class ProtectedName(models.Model):
    """A name that waits for a moderator wherever it is signed with: a minister's, a singer's."""

    name = models.CharField(
        _("name"),
        max_length=NAME_LENGTH,
        help_text=_(
            "As it is written. Other spellings of it are found too, in any order and with other"
            " names between; a single word is found only where it is the whole name."
        ),
    )
    key = models.CharField(max_length=NAME_LENGTH * 2, unique=True, editable=False)
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("For colleagues: who that is, and whom to ask."),
    )
    made_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("added"), auto_now_add=True)

    history = Records(excluded_fields=["key"])

    class Meta:
        verbose_name = _("protected name")
        verbose_name_plural = _("protected names")
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = normalise(self.name)
        self.key = fold(self.name)
        if self.name and not self.key:
            raise ValidationError({"name": gettext("Write letters of the name.")})
        others = ProtectedName.objects.exclude(pk=self.pk).filter(key=self.key)
        if self.key and others.exists():
            raise ValidationError({"name": gettext("This name is on the list already.")})

    def save(self, *args: Any, **options: Any) -> None:
        self.key = fold(self.name)
        if (fields := options.get("update_fields")) is not None:
            options["update_fields"] = {*fields, "key"}
        super().save(*args, **options)


class AccessRule(models.Model):
    """What becomes of forms from one network or country, or with addresses of one domain."""

    class Action(models.TextChoices):
        ALLOW = "allow", _("Allow more than from others")
        SLOW = "slow", _("Always ask for the check against scripts")
        BLOCK = "block", _("Take no signatures")

    action = models.CharField(
        _("what happens"),
        max_length=5,
        choices=Action.choices,
        help_text=_("Where several are for one form: blocking goes first, then allowing."),
    )
    title = models.CharField(
        _("title"), max_length=120, help_text=_("For colleagues: “Rally on the square”.")
    )
    network = models.CharField(
        _("network"),
        max_length=50,
        blank=True,
        help_text=_("An address or a network in CIDR form: “192.0.2.0/24”, “2001:db8::/48”."),
    )
    domain = models.CharField(
        _("domain of addresses"),
        max_length=253,
        blank=True,
        help_text=_("What stands after the @, with all names below it: “example.org”."),
    )
    country = DynamicCharField(
        _("country the form comes from"),
        max_length=2,
        blank=True,
        choices=countries.country_choices,
        help_text=_("As the proxy tells it, whatever is typed in the form."),
    )
    starts_at = models.DateTimeField(
        _("from"), null=True, blank=True, help_text=_("Empty means at once.")
    )
    ends_at = models.DateTimeField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("A network is listed for 30 days at most, and then forgotten."),
    )
    made_by: models.ForeignKey[User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+", verbose_name=_("by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("added"), auto_now_add=True)

    history = Records()  # goes with the network: see signing/antispam/access.py

    class Meta:
        verbose_name = _("network or domain")
        verbose_name_plural = _("networks and domains")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(domain="", country="") & ~Q(network="")
                    | Q(network="", country="") & ~Q(domain="")
                    | Q(network="", domain="") & ~Q(country="")
                ),
                name="access_rule_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self._clean_whose()
        if self.network:
            self.network = _network(self.network)
            self._clean_end()
        elif self.domain:
            self.domain = _domain(self.domain)
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": gettext("This is before it begins.")})

    def _clean_whose(self) -> None:
        if sum(map(bool, (self.network, self.domain, self.country))) == 1:
            return
        if settings.COUNTRY_HEADER or self.country:
            told = gettext("Fill in just one: a network, a domain or a country.")
            raise ValidationError(dict.fromkeys(("network", "domain", "country"), told))
        told = gettext("Write either a network or a domain.")
        raise ValidationError(dict.fromkeys(("network", "domain"), told))

    def _clean_end(self) -> None:
        first = max(self.starts_at or timezone.now(), timezone.now())
        self.ends_at = self.ends_at or first + NETWORKS_KEPT_FOR
        if self.ends_at > first + NETWORKS_KEPT_FOR:
            told = gettext("Choose a moment within 30 days. It can be put off later.")
            raise ValidationError({"ends_at": told})

    def holds(self, at: datetime) -> bool:
        begun = self.starts_at is None or self.starts_at <= at
        return begun and (self.ends_at is None or at < self.ends_at)


def _network(text: str) -> str:
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError:
        told = gettext("This is no network. Write it like “192.0.2.0/24”.")
        raise ValidationError({"network": told}) from None
    if network.prefixlen < WIDEST[network.version]:
        raise ValidationError({"network": gettext("This is too wide: it would be everybody.")})
    return str(network)


def _domain(text: str) -> str:
    try:
        domain = domains.in_ascii(text.strip().removeprefix("@"))
    except domains.InvalidDomainError:
        words = gettext("“%(domain)s” is no domain. Write it like “example.org”.")
        raise ValidationError({"domain": words % {"domain": text}}) from None
    if domains.is_public_suffix(domain):
        raise ValidationError({"domain": gettext("This is too wide: it would be everybody.")})
    return domain
