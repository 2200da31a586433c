"""What an organization takes over from those that are merged into it, where it has nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from casa.lib.addresses import web_addresses
from signatories.models import Organization

Verification, ToCheck = Organization.Verification, Organization.ToCheck
PLACE = ("city", "region", "country")
VERIFIED = ("verification", "verified_at", "verified_domain", "to_renew")
PLAIN = ("website", "ror", "registration")
COLUMNS = (*PLAIN, *PLACE, *VERIFIED, "to_check")
ABOUT_NAMES = (ToCheck.ALIKE, ToCheck.DOUBLE)
"""Reasons to check an entry that end with it."""


def taken_over(stays: Organization, others: Iterable[Organization]) -> dict[str, list[Any]]:
    """{column: [before, after]}, as JSON keeps it, of what changes."""
    after = {name: getattr(stays, name) for name in COLUMNS}
    for one in others:
        _take_over(after, one, name_key=stays.name_key, but=[stays.pk, one.pk])
    return {
        name: [as_json(getattr(stays, name)), as_json(value)]
        for name, value in after.items()
        if value != getattr(stays, name)
    }


def _take_over(after: dict[str, Any], one: Organization, *, name_key: str, but: list[int]) -> None:
    after |= {name: after[name] or getattr(one, name) for name in PLAIN}
    place = {name: after[name] or getattr(one, name) for name in PLACE}
    fits = all(getattr(one, name) in ("", place[name]) for name in PLACE)
    same = Organization.objects.in_directory().filter(name_key=name_key, country=place["country"])
    if fits and not same.exclude(pk__in=but).exists():
        after |= place
    if after["verification"] != Verification.OPEN:
        return
    domain = one.verified_domain
    if one.verification == Verification.VERIFIED and (
        not domain or web_addresses.registrable(after["website"]) == domain
    ):
        after |= {name: getattr(one, name) for name in VERIFIED} | {"to_check": ""}
    elif one.to_check not in ABOUT_NAMES:
        after["to_check"] = after["to_check"] or one.to_check


def _is_taken(organization: Organization, country: str) -> bool:
    there = Organization.objects.in_directory().exclude(pk=organization.pk)
    return there.filter(name_key=organization.name_key, country=country).exists()


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def of_json(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name == "verified_at" and value else value


def put_back(organization: Organization, filled: Mapping[str, list[Any]]) -> tuple[int, int]:
    """Write what stood there before, where nobody changed it since; how many were and were not.

    Place and verification are each put back as a whole or not at all.
    """
    changed = {
        name for name, (_before, after) in filled.items()
        if as_json(getattr(organization, name)) != after
    }  # fmt: skip
    if "country" in filled and _is_taken(organization, filled["country"][0]):
        changed.add("country")
    for whole in (PLACE, VERIFIED):
        if changed & set(whole):
            changed |= set(whole) & set(filled)
    back = [name for name in filled if name not in changed]
    for name in back:
        setattr(organization, name, of_json(name, filled[name][0]))
    if back:
        organization.save(update_fields=back)
    return len(back), len(changed)
