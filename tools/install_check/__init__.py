"""Follows docs/install.md on an empty Debian: see __main__.py."""
