"""Signatures and organizations in the back office."""

from signatories.admin import exports, mailings, many, organizations, owners, signatures

__all__ = ["exports", "mailings", "many", "organizations", "owners", "signatures"]
