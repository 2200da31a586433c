"""Signatures and organizations in the back office."""

from signatories.admin import exports, mailings, organizations, signatures

__all__ = ["exports", "mailings", "organizations", "signatures"]
