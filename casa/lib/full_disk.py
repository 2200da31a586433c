"""What the system says where there is no room for what is written."""

import errno
import re

NUMBERS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The disk is full, the user's share of it is, or the file may grow no further."""

SAID = re.compile(rf"\[Errno ({'|'.join(str(number) for number in sorted(NUMBERS))})\]")


def is_meant(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in NUMBERS


def number_in(said: str) -> int | None:
    """The number of such an error in what a program of ours said before it failed."""
    found = SAID.search(said)
    return int(found[1]) if found else None
