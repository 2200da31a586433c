"""Statements in the back office; one module for each part of the work."""

from statements.admin import editions, statement, topics

__all__ = ["editions", "statement", "topics"]
