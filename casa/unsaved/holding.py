"""Keep what staff typed and could not save, for themselves alone, and give it back.

It is never sent again by itself: it stands in the form, and whoever typed it presses the button.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from casa.lib import sealing
from casa.retention.rules import Due
from casa.unsaved import kept_files, opened
from casa.unsaved.models import Reason, UnsavedForm

KEPT_FOR = timedelta(days=7)
MOST_FORMS = 20
"""Each member of staff keeps so many; one more takes the place of the oldest."""

PURPOSE = "unsaved form"
PARAMETER = "unsaved"
"""In the address of a page: the form to be filled in."""

FIELD = "_unsaved"
"""In a form that was filled in so: what it was filled in from, to be forgotten once it is saved."""

KEPT_FILE = "_kept-"
"""Begins the names of fields that carry the key of a kept file."""

SECRET = re.compile(
    r"passw|secret|token|csrf|altcha|(^|[-_])otp([-_]|$)|(^|-)(code|pin|key)$", re.IGNORECASE
)
"""Names of fields that are never kept."""

CONTROL = re.compile(
    r"^(_.*|action|index|select_across|ids|next|back|initial-.*|.*__prefix__.*"
    r"|seen|moment|counted|wanted|verb|preset|listed|language|.+-language|.+_shown"
    r"|.+-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|id))$"
)
"""Names of fields that say nothing by themselves."""

CHOICE = re.compile(r"\d*|[a-z]{2,3}|on")
"""Values that somebody chose rather than wrote: numbers, languages, ticks."""

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Held:
    """What is held, opened for its owner."""

    row: UnsavedForm
    page: str
    fields: Pairs
    files: dict[str, str] = field(default_factory=dict)  # secrets of kept files, by field

    @property
    def words(self) -> list[str]:
        """What somebody would miss, in the order of the form."""
        return words_in(self.fields)

    @property
    def address(self) -> str:
        """The page, to be filled in."""
        return page_filled(self.page, self.row.key)

    @property
    def why(self) -> str:
        return str(Reason(self.row.why).label)


def fields_of(posted: QueryDict | Mapping[str, Any]) -> Pairs:
    """What may be kept of a form."""
    assert isinstance(posted, QueryDict)  # noqa: S101 - for the type checker
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if isinstance(value, str) and not SECRET.search(name) and not _is_ours(name)
    ]


def _is_ours(name: str) -> bool:
    return name in (opened.FIELD, FIELD) or name.startswith(KEPT_FILE)


def words_in(fields: Iterable[tuple[str, str]]) -> list[str]:
    return [
        value
        for name, value in fields
        if not CHOICE.fullmatch(value.strip()) and not CONTROL.match(name)
    ]


def hold(
    user: int,
    page: str,
    fields: Pairs,
    why: Reason,
    *,
    files: Mapping[str, str] | None = None,
    typed_at: datetime | None = None,
) -> UnsavedForm | None:
    """Keep what was typed on a page; None where nobody would miss it."""
    if not words_in(fields) and not files:
        return None
    path = page.partition("?")[0]
    again = next((one for one in _of(user, path) if one.fields == fields), None)
    if again and not files:
        return again.row
    key, now = uuid4(), timezone.now()
    payload = json.dumps({"page": page, "fields": fields, "files": dict(files or {})})
    row = UnsavedForm.objects.create(
        key=key,
        user_id=user,
        path=path,
        why=why,
        sealed=sealing.seal(
            zlib.compress(payload.encode()), purpose=PURPOSE, owner=_owner(user, key)
        ),
        typed_at=min(typed_at or now, now),
        ends_at=now + KEPT_FOR,
    )
    _forget_oldest(user)
    return row


def _owner(user: int, key: UUID) -> str:
    return f"{user}:{key}"


def _forget_oldest(user: int) -> None:
    rows = UnsavedForm.objects.filter(user_id=user).order_by("-ends_at", "key")
    UnsavedForm.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[MOST_FORMS:])).delete()


def find(user: int, key: str) -> Held | None:
    """What is held under a key, for whoever typed it."""
    try:
        row = _rows(user).filter(key=UUID(key)).first()
    except ValueError:
        return None
    return _opened(row) if row else None


def on_page(user: int, path: str) -> Held | None:
    """The latest that was typed on a page."""
    return next(iter(_of(user, path)), None)


def all_of(user: int) -> list[Held]:
    """All that is held for somebody, the latest first."""
    return [held for row in _rows(user) if (held := _opened(row))]


def is_held(key: str) -> bool:
    """Whether there is anything under a key, whoever typed it; for who has yet to sign in."""
    try:
        return UnsavedForm.objects.filter(key=UUID(key), ends_at__gt=timezone.now()).exists()
    except ValueError:
        return False


def _of(user: int, path: str) -> list[Held]:
    return [held for row in _rows(user).filter(path=path) if (held := _opened(row))]


def _rows(user: int) -> Any:
    rows = UnsavedForm.objects.filter(user_id=user, ends_at__gt=timezone.now())
    return rows.order_by("-typed_at", "-ends_at")


def _opened(row: UnsavedForm) -> Held | None:
    try:
        text = sealing.unseal(row.sealed, purpose=PURPOSE, owner=_owner(row.user_id, row.key))
    except sealing.BrokenSealError:
        return None
    kept = json.loads(zlib.decompress(text))
    return Held(row, kept["page"], [(name, value) for name, value in kept["fields"]], kept["files"])


def forget(user: int, keys: Iterable[str], *, with_files: bool = True) -> None:
    """What was saved after all, or is not wanted any more."""
    for held in filter(None, (find(user, key) for key in keys)):
        if with_files:
            kept_files.forget(held.files.values(), user=user)
        held.row.delete()


def due(at: datetime) -> Iterator[Due]:
    """What was held for long enough."""
    yield Due(UnsavedForm.objects.filter(ends_at__lt=at))


def page_filled(page: str, key: object) -> str:
    """The address of a page that is filled in from what is held."""
    return f"{page}{'&' if '?' in page else '?'}{PARAMETER}={key}"


def key_in(request: HttpRequest) -> str:
    return request.GET.get(PARAMETER, "")[:40]


def is_office(request: HttpRequest) -> bool:
    return request.path.startswith(settings.OFFICE_PATH)
