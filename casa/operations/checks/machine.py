"""The machine: room on its disks, files that have to be there, programs for pictures and PDFs."""

import filecmp
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.media import lettering, stored
from casa.operations.findings import Finding, Needs, broken, check, fine, look

LITTLE, VERY_LITTLE = 2 * 1024**3, 200 * 1024**2  # bytes


@check(gettext_lazy("Disk"), needs=Needs.NOTHING)
def room() -> Iterator[Finding]:
    for folder in dict.fromkeys([Path(settings.VAR_DIR), Path(tempfile.gettempdir())]):
        free = shutil.disk_usage(folder).free
        words = _("%(free)s are free for %(folder)s.") % {
            "free": filesizeformat(free), "folder": folder,
        }  # fmt: skip
        remedy = _("Free some, or move the folder to a larger disk.")
        if free < VERY_LITTLE:
            yield broken(words, remedy)
        elif free < LITTLE:
            yield look(words, remedy)
        else:
            yield fine(words)


@check(gettext_lazy("Disk"), needs=Needs.NOTHING)
def uploads() -> Iterator[Finding]:
    if not stored.are_in_folder():
        yield from _bucket()
        return
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT):
            pass
    except OSError as error:
        yield broken(
            _("Nothing can be written to %(folder)s (%(error)s).")
            % {"folder": settings.MEDIA_ROOT, "error": error.strerror},
            _("Give the folder to the user who runs the site."),
        )
    else:
        yield fine(_("Uploads can be written."))


def _bucket() -> Iterator[Finding]:
    """An upload of no meaning, which is written, read and deleted."""
    try:
        name = default_storage.save("doctor/probe", ContentFile(b"casa"))
        with default_storage.open(name) as file:
            is_kept = file.read() == b"casa"
        default_storage.delete(name)
        next(stored.names(), "")
    except OSError:
        is_kept = False
    if is_kept:
        yield fine(_("Uploads can be written."))
    else:
        yield broken(
            _("The bucket of uploads gives no answer, or refuses."),
            _("Are MEDIA_BUCKET_URL and the key’s rights (read, write, delete, list) right?"),
        )


@check(gettext_lazy("Cache"), needs=Needs.NOTHING)
def cache() -> Iterator[Finding]:
    """Counters of limits and kept pages stand there; processes share it only where it is set so."""
    is_shared = not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")
    key, value = "doctor", get_random_string(12)
    try:
        caches["default"].set(key, value, 10)
        found = caches["default"].get(key)
    except Exception as error:  # noqa: BLE001 - each cache raises errors of its own
        found, value = type(error).__name__, "?"
    if found != value:
        yield broken(_("The cache keeps nothing."), _("Is it running, and is CACHE_URL right?"))
    elif is_shared:
        yield fine(_("The cache that processes share answers."))
    else:
        yield fine(_("Each process has a cache of its own, which is enough on one machine."))


@check(gettext_lazy("Files of the pages"), needs=Needs.NOTHING)
def static_files() -> Iterator[Finding]:
    """`collectstatic` leaves a list of what it made beside copies of what it took."""
    if settings.DEBUG:
        return  # they are served from where they are
    remedy = _("Run: manage.py collectstatic --noinput")
    if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        yield broken(_("Style sheets and scripts are not collected."), remedy)
    elif not all(map(_is_collected, OURS.rglob("*.*"))):
        yield broken(_("Style sheets and scripts are of another version."), remedy)
    else:
        yield fine(_("Style sheets and scripts are those of this version."))


OURS = settings.BASE_DIR / "static" / "casa"


def _is_collected(file: Path) -> bool:
    copy = settings.STATIC_ROOT / "casa" / file.relative_to(OURS)
    return copy.is_file() and filecmp.cmp(file, copy, shallow=False)


@check(gettext_lazy("Pictures"), needs=Needs.NOTHING)
def scripts() -> Iterator[Finding]:
    if lettering.lays_out_every_script():
        yield fine(_("Share images can show every script."))
    else:
        yield look(
            _("Share images cannot show Arabic, Persian and Hebrew."),
            _("Install FriBiDi. On Debian: apt install libfribidi0"),
        )
