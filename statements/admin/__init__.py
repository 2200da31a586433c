"""Statements in the back office; one module for each part of the work."""

from statements.admin import answers, editions, front_page, statement, topics

__all__ = ["answers", "editions", "front_page", "statement", "topics"]
