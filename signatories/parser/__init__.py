"""Signatory lines, as coalitions write them under a statement, read into fields."""

from .lines import BlockContext, parse_line
from .organization_kinds import kind_of
from .parsed import FIELDS, SURE, Block, Column, LeftOut, ParsedLine, Shape
from .reading import parse_block, read_block
from .sheets import read_rows
from .text import is_heading, numbered_lines
from .vocabulary import PARTICLES

__all__ = [
    "FIELDS",
    "PARTICLES",
    "SURE",
    "Block",
    "BlockContext",
    "Column",
    "LeftOut",
    "ParsedLine",
    "Shape",
    "is_heading",
    "kind_of",
    "numbered_lines",
    "parse_block",
    "parse_line",
    "read_block",
    "read_rows",
]
