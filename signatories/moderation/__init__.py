"""Decisions of staff on signatures and organizations, one or many, and exports."""
