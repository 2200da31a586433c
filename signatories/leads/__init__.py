"""Lead signatories: placed by staff, or imported from a release or a list."""
