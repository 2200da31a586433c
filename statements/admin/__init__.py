"""Statements in the back office; one module for each part of the work."""

from statements.admin import editions, front_page, statement, topics

__all__ = ["editions", "front_page", "statement", "topics"]
