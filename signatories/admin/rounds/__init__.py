"""Invitation rounds in the back office: one module for each of their screens."""
