"""Signatures and organizations in the back office."""

from signatories.admin import (
    exports,
    guards,
    mailings,
    many,
    organizations,
    owners,
    signatures,
)
from signatories.admin.imports import desk

__all__ = [
    "desk",
    "exports",
    "guards",
    "mailings",
    "many",
    "organizations",
    "owners",
    "signatures",
]
