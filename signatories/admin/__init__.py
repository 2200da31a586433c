"""Signatures and organizations in the back office."""

from signatories.admin import exports, organizations, signatures

__all__ = ["exports", "organizations", "signatures"]
