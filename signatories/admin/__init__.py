"""Signatures and organizations in the back office."""

from signatories.admin import (
    addressee_mailings,
    decisions_on_many,
    exports,
    guards,
    logo_uploads,
    mailings,
    organizations,
    owner_mailings,
    owners,
    packets,
    paper,
    signatures,
)
from signatories.admin.imports import desk
from signatories.admin.rounds import desk as rounds_desk

__all__ = [
    "addressee_mailings",
    "decisions_on_many",
    "desk",
    "exports",
    "guards",
    "logo_uploads",
    "mailings",
    "organizations",
    "owner_mailings",
    "owners",
    "packets",
    "paper",
    "rounds_desk",
    "signatures",
]
