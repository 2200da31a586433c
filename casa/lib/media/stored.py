"""The uploads of the site, wherever they are kept: in a folder, or in a bucket."""

from collections.abc import Iterator

from django.core.files.storage import FileSystemStorage, default_storage


class MediaAwayError(OSError):
    """Where uploads are kept gives no answer; nothing is said of whether a file is there."""


def are_in_folder() -> bool:
    """Whether they are files of this machine, in MEDIA_ROOT."""
    return isinstance(default_storage, FileSystemStorage) or isinstance(
        getattr(default_storage, "_wrapped", None), FileSystemStorage
    )


def names(folder: str = "") -> Iterator[str]:
    """The name of each of them, in order. Raises MediaAwayError."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was uploaded yet
        return
    prefix = f"{folder}/" if folder else ""
    for name in sorted(files):
        yield f"{prefix}{name}"
    for name in sorted(folders):
        yield from names(f"{prefix}{name}")
