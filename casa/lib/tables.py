"""Tables keyed by the members of an enumeration."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Partial(dict[Key, Value]):
    """A table that has rows for some members only, `because` of something.

    Any other table has a row for every member, which a test asks of each.
    """

    def __init__(self, rows: Mapping[Key, Value], *, because: str) -> None:
        super().__init__(rows)
        self.because = because
