"""Signatures and organizations in the back office."""

from signatories.admin import exports, mailings, organizations, owners, signatures

__all__ = ["exports", "mailings", "organizations", "owners", "signatures"]
