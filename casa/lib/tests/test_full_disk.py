"""A program of ours that has no room to write is no fault of what it was given to read."""

import errno
from io import BytesIO
from tempfile import TemporaryFile

import pytest

from casa.lib import confined, full_disk


@pytest.mark.parametrize("number", sorted(full_disk.NUMBERS))
def test_it_is_known_by_its_number_and_in_words(number):
    error = OSError(number, "no room")
    assert full_disk.is_meant(error)
    assert full_disk.number_in(f"Traceback …\nOSError: {error}") == number


def test_other_errors_are_not_meant():
    assert not full_disk.is_meant(OSError(errno.ENOENT, "no such file"))
    assert not full_disk.is_meant(ValueError("No room"))
    assert full_disk.number_in("OSError: [Errno 2] no such file") is None


@pytest.mark.medium
def test_a_program_that_has_no_room_raises_it(monkeypatch):
    program = confined.Program("unused", patience=1, wall_seconds=30, in_line=1)
    failing = "raise OSError(28, 'No space left on device')"
    monkeypatch.setattr(program, "command", (*confined.PYTHON[:-1], "-c", failing))
    with TemporaryFile() as made, pytest.raises(OSError, match="No space") as raised:
        program.run("job", BytesIO(b"a picture"), made)
    assert full_disk.is_meant(raised.value)
