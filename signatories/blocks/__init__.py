"""Signatory lines, as coalitions write them under a statement, read into fields."""

from .parsed import ParsedLine
from .reading import BlockContext, parse_block, parse_line
from .text import is_heading, numbered_lines

__all__ = [
    "BlockContext",
    "ParsedLine",
    "is_heading",
    "numbered_lines",
    "parse_block",
    "parse_line",
]
