"""Signatures and organizations in the back office."""

from signatories.admin import (
    exports,
    guards,
    imports,
    mailings,
    many,
    organizations,
    owners,
    signatures,
)

__all__ = [
    "exports",
    "guards",
    "imports",
    "mailings",
    "many",
    "organizations",
    "owners",
    "signatures",
]
