"""Signatures and organizations in the back office."""

from signatories.admin import (
    decisions_on_many,
    exports,
    guards,
    logo_uploads,
    mailings,
    organizations,
    owners,
    paper,
    signatures,
)
from signatories.admin.imports import desk

__all__ = [
    "decisions_on_many",
    "desk",
    "exports",
    "guards",
    "logo_uploads",
    "mailings",
    "organizations",
    "owners",
    "paper",
    "signatures",
]
