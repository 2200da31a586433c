"""The constraints on signatures: known states, one signature for each signer."""

from django.db import models
from django.db.models import Q

CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(state__in=["pending", "confirmed", "hidden", "withdrawn", "invalidated"]),
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
