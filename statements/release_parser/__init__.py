"""Plain-text press releases, read into a statement's parts."""

from .lines import MAX_BYTES, ReleaseError
from .references import find_references
from .release import Release, parse_release

__all__ = ["MAX_BYTES", "Release", "ReleaseError", "find_references", "parse_release"]
