"""Signatures and organizations in the back office."""

from signatories.admin import exports, imports, mailings, many, organizations, owners, signatures

__all__ = ["exports", "imports", "mailings", "many", "organizations", "owners", "signatures"]
