"""Logos of many organizations at once: read, matched by the names of the files, shown, undone.

A worker reads the pictures; until a person says yes, no organization is changed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib import tasks
from casa.lib.media import images
from casa.lib.text import name_key
from casa.retention.rules import Due
from signatories.models import Logo, LogoFile, LogoPicture, LogoUpload, Organization, Signature
from signatories.organizations import likeness, logos
from signatories.organizations.logo_archives import Found

Certainty, Outcome, State = LogoFile.Certainty, LogoFile.Outcome, LogoUpload.State

TASK = "read-logos"
RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)
KEPT_FOR = timedelta(days=30)
"""How long an upload can be reviewed, and undone."""

MOST_ALIKE = 5
# What files of logos are called besides their organization.
_BESIDE = re.compile(
    r"\b(?:logo|logos|logotype|icon|final|web|print|rgb|cmyk|transparent|white|black|colou?r|dark"
    r"|light|small|large|hires|vector|png|jpe?g|copy|kopie|neu|new|v\d{1,2}|\d{2,4}x\d{2,4}"
    r"|\d{2,4}px|[1-3]x)\b"
)


_COUNTED = re.compile(r"\s?\(\d{1,3}\)$")  # by whatever downloaded it twice


@transaction.atomic
def open_upload(found: Iterable[Found], *, by: User) -> LogoUpload:
    """Store the files for a worker to read; all of them, or none where `found` raises."""
    upload = LogoUpload.objects.create(by=by, language=get_language() or "")
    for position, one in enumerate(found, start=1):
        LogoFile.objects.create(upload=upload, position=position, name=one.name, data=one.data)
    transaction.on_commit(lambda: tasks.enqueue(TASK))
    return upload


# What the worker does


def read_uploads() -> int:
    """Read the pictures of all uploads that wait, until RUN_TIME is used up; how many."""
    stop_at, number = timezone.now() + RUN_TIME, 0
    for upload in LogoUpload.objects.filter(state=State.READING).order_by("pk"):
        with translation.override(upload.language):
            for pk in upload.files.filter(is_read=False).values_list("pk", flat=True):
                if timezone.now() >= stop_at or not _read(pk):
                    return number
                number += 1
        _match_all(upload)
    return number


def _read(pk: int) -> bool:
    """Read one file, with no lock held meanwhile; False if others are being read just now."""
    file = LogoFile.objects.get(pk=pk)
    sizes: logos.Sizes = ()
    try:
        sizes = logos.read(_as_upload(file), logos.FROM_STAFF)
    except logos.RefusedError as refusal:
        if str(refusal) == str(images.SENTENCES["busy"]):
            return False
        file.refusal = str(refusal)[:400]
    with transaction.atomic():
        unread = LogoFile.objects.filter(pk=pk, is_read=False)
        if unread.update(is_read=True, refusal=file.refusal, data=b""):
            _keep(file, sizes)
    return True


def _as_upload(file: LogoFile) -> Any:
    return ContentFile(bytes(file.data), name=file.name)


def _keep(file: LogoFile, sizes: Iterable[images.Written], *, is_before: bool = False) -> None:
    for one in sizes:
        LogoPicture.objects.create(
            file=file, is_before=is_before, content_type=one.content_type, width=one.width,
            height=one.height, data=one.data,
        )  # fmt: skip
        one.file.close()


@dataclass(frozen=True)
class Match:
    certainty: str
    organizations: list[Organization]


def name_in(file_name: str) -> str:
    """What a file’s name says: “river trust” of “River-Trust_logo@2x.png”."""
    stem = _COUNTED.sub("", PurePosixPath(file_name).stem)
    words = re.sub(r"[_\W]+", " ", stem, flags=re.UNICODE).strip()
    bare = " ".join(_BESIDE.sub(" ", words.casefold()).split())
    return bare or words


def match(file_name: str) -> Match:
    """The organizations that a file may be of: SURE where exactly one is called so."""
    for name in dict.fromkeys((PurePosixPath(file_name).stem, name_in(file_name))):
        named = list(Organization.objects.all().named(name)[:MOST_ALIKE]) if name_key(name) else []
        if named:
            return Match(Certainty.SURE if len(named) == 1 else Certainty.UNSURE, named)
    name = name_in(file_name)
    # Files are called by the beginning of a long name as well.
    alike = (likeness.alike_by_name(name) or likeness.suggestions(name))[:MOST_ALIKE]
    return Match(Certainty.UNSURE if alike else Certainty.NONE, alike)


@transaction.atomic
def _match_all(upload: LogoUpload) -> None:
    if not LogoUpload.objects.filter(pk=upload.pk, state=State.READING).update(state=State.REVIEW):
        return
    readable = list(upload.files.filter(refusal=""))
    matches = {file.pk: match(file.name) for file in readable}
    firsts = Counter(one.organizations[0].pk for one in matches.values() if one.organizations)
    for file in readable:
        found = matches[file.pk]
        first = found.organizations[0] if found.organizations else None
        is_twice = first is not None and firsts[first.pk] > 1
        file.alike = [one.pk for one in found.organizations]
        file.certainty = Certainty.UNSURE if is_twice else found.certainty
        file.organization = first if file.certainty == Certainty.SURE else None
        file.save(update_fields=["alike", "certainty", "organization"])


def due(at: datetime) -> Iterator[Due]:
    """Uploads that nobody touched for KEPT_FOR; logos that are shown stay."""
    yield Due(LogoUpload.objects.filter(changed_at__lt=at - KEPT_FOR))


# What staff do

UNSHOWN_STATES = (Signature.State.HIDDEN, Signature.State.WITHDRAWN)


def not_to_be_shown(organizations: Iterable[Organization]) -> dict[int, str]:
    """Why the logo of one is shown only if somebody says so, by the key of the organization."""
    organizations = list(organizations)
    rejected = Organization.Verification.REJECTED
    found = {
        one.pk: _("It is rejected, so its logo is shown nowhere.")
        for one in organizations
        if one.verification == rejected
    }
    rows = Signature.objects.filter(organization__in=[one.pk for one in organizations])
    unshown, shown = set[int](), set[int]()
    for pk, state, withheld in rows.values_list("organization", "state", "name_withheld"):
        if withheld or state in UNSHOWN_STATES:
            unshown.add(pk)
        elif state == Signature.State.CONFIRMED:
            shown.add(pk)
    for pk in unshown - shown:
        found.setdefault(pk, _("It asked not to be shown, or was hidden."))
    return found


@dataclass(frozen=True)
class Choice:
    """What is to become of a file; without an organization it is left out."""

    organization: Organization | None
    replaces: bool = False


@transaction.atomic
def apply(upload: LogoUpload, choices: Mapping[int, Choice]) -> int | None:
    """Show the logos as chosen; how many. None if somebody decided on the upload before.

    An organization that has a logo keeps it, unless the choice replaces it.
    """
    if not _move(upload, State.REVIEW, State.DONE):
        return None
    shown = 0
    chosen = [
        (file, choices.get(file.pk, Choice(None))) for file in upload.files.filter(refusal="")
    ]
    # Organizations are locked in one order, so that two such uploads cannot deadlock.
    for file, choice in sorted(chosen, key=_organization_of):
        file.organization = choice.organization
        file.outcome = _show(file, choice)
        file.save(update_fields=["organization", "outcome"])
        shown += file.outcome == Outcome.SHOWN
    upload.shown = shown
    upload.save(update_fields=["shown", "changed_at"])
    return shown


def _organization_of(chosen: tuple[LogoFile, Choice]) -> int:
    organization = chosen[1].organization
    return organization.pk if organization else 0


def _show(file: LogoFile, choice: Choice) -> str:
    organization = choice.organization
    if organization is None or organization.merged_into_id is not None:
        return Outcome.LEFT
    if organization.verification == Organization.Verification.REJECTED:
        return Outcome.LEFT
    before = [one for one in organization.logos.order_by("width", "pk") if one.approved]
    if before and not choice.replaces:
        return Outcome.HAS
    _keep(file, filter(None, map(_written_of, before)), is_before=True)
    logos.store(organization, _pictures(file), approved=True)
    return Outcome.SHOWN


def _written_of(logo: Logo) -> images.Written | None:
    try:
        with logo.file.open() as stored:
            data = stored.read()
    except FileNotFoundError:
        return None  # a database that was restored without its files
    return images.Written(logo.content_type, logo.width, logo.height, BytesIO(data))


def _pictures(file: LogoFile, *, is_before: bool = False) -> logos.Sizes:
    return tuple(
        images.Written(one.content_type, one.width, one.height, BytesIO(bytes(one.data)))
        for one in file.pictures.filter(is_before=is_before)
    )


def discard(upload: LogoUpload) -> bool:
    """Show none of them; False if somebody decided on the upload before."""
    return _move(upload, State.REVIEW, State.DISCARDED)


@transaction.atomic
def undo(upload: LogoUpload) -> tuple[int, int] | None:
    """Bring back the logos of before: how many, and how many stay that somebody changed since.

    None if it is not one that was done.
    """
    if not _move(upload, State.DONE, State.UNDONE):
        return None
    counted: Counter[str] = Counter()
    for file in upload.files.filter(outcome=Outcome.SHOWN).select_related("organization"):
        file.outcome = Outcome.UNDONE if _bring_back(file) else Outcome.KEPT
        file.save(update_fields=["outcome"])
        counted[file.outcome] += 1
    return counted[Outcome.UNDONE], counted[Outcome.KEPT]


def _bring_back(file: LogoFile) -> bool:
    organization = file.organization
    if organization is None:
        return False
    now = organization.logos.filter(approved=True)
    if {logos.digest_of(one) for one in now} != set(map(logos.digest, _pictures(file))):
        return False
    if before := _pictures(file, is_before=True):
        logos.store(organization, before, approved=True)
    else:
        logos.remove(now)
    return True


def _move(upload: LogoUpload, at: str, to: str) -> bool:
    rows = LogoUpload.objects.filter(pk=upload.pk, state=at)
    moved = rows.update(state=to, changed_at=timezone.now())
    upload.refresh_from_db()
    return bool(moved)
