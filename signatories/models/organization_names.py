"""What organizations are called besides, and what they are found by."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casa.lib.db.history import Records
from casa.lib.organization_names import index
from casa.lib.text import name_key
from signatories.models.organization_sets import is_public, is_stood_behind
from signatories.models.organizations import NAME_LENGTH, Organization


class OrganizationAlias(models.Model):
    """Another name that an organization is known by."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(
        pgettext_lazy("of a thing", "name"),
        max_length=NAME_LENGTH,
        help_text=_("A short form, an earlier name or one in another language; it is found by it."),
    )
    name_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False)

    history = Records(excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ("name",)
        constraints = [models.UniqueConstraint("name_key", name="organization_alias_one_owner")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name_key = name_key(self.name)
        same = OrganizationAlias.objects.filter(name_key=self.name_key)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("Another organization has this name already.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)
        self.organization.renew_keys()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        self.organization.renew_keys()
        return deleted


class OrganizationKeyQuerySet(models.QuerySet["OrganizationKey"]):
    def of_public(self) -> Self:
        """Those of the organizations that `OrganizationQuerySet.public` gives."""
        return self.filter(is_public("organization__"))

    def of_stood_behind(self) -> Self:
        """Those of organizations for which somebody confirmed, or which staff entered or looked
        at. A form that nobody confirmed makes an entry, too, and anybody may post one.
        """
        return self.filter(is_stood_behind("organization__"))


class OrganizationKey(models.Model):
    """What an organization is found by, by its name; see `casa/lib/organization_names/index.py`."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=index.KEY_LENGTH, db_index=True)

    objects = OrganizationKeyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("organization", "key", name="organization_key_once")]

    def __str__(self) -> str:
        return self.key
