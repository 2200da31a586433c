"""Signatory lines, as coalitions write them under a statement, read into fields."""

from .parsed import Block, ParsedLine
from .reading import BlockContext, parse_block, parse_line, read_block
from .text import is_heading, numbered_lines

__all__ = [
    "Block",
    "BlockContext",
    "ParsedLine",
    "is_heading",
    "numbered_lines",
    "parse_block",
    "parse_line",
    "read_block",
]
