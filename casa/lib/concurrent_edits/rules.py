"""What is special about a model: who changed it last, and what its owner alone decides."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from casa.lib.keys import primary_key


@dataclass(frozen=True)
class Change:
    """Who changed something, "" for the site itself, and when."""

    who: str
    at: datetime
    by: int | None = None
    is_own: bool = False

    def read_by(self, reader: int | None) -> "Change":
        """Who has a record open in two windows meets their own change."""
        return replace(self, is_own=reader is not None and self.by == reader)

    @property
    def moment(self) -> str:
        return date_format(localtime(self.at), "DATETIME_FORMAT")

    def __str__(self) -> str:
        if self.is_own:
            told = _("You changed this in another window on %(moment)s, after you opened it here.")
            return told % {"moment": self.moment}
        if self.who:
            return _("%(name)s changed this on %(moment)s, after you opened it.") % {
                "name": self.who, "moment": self.moment,
            }  # fmt: skip
        return _("This was changed on %(moment)s, after you opened it.") % {"moment": self.moment}


def last_change(row: Model, name: str = "") -> Change | None:
    """The change that made the field `name` of a stored row what it is."""
    if hasattr(row, "history"):
        return _in_history(row.history.order_by("-history_date", "-history_id")[:50], name)
    return _in_log(row)


def _in_history(records: Any, name: str) -> Change | None:
    found = None
    for record in records.select_related("history_user"):
        if found is not None and _value(record, name) != _value(found, name):
            break
        found = record
        if not name or not hasattr(record, name):
            break
    return found and Change(
        str(found.history_user or ""), found.history_date, found.history_user_id
    )


def _value(record: Any, name: str) -> Any:
    value = getattr(record, f"{name}_id", None)
    return getattr(record, name) if value is None else value


def _in_log(row: Model) -> Change | None:
    kind = apps.get_model("contenttypes", "ContentType").objects.get_for_model(row)
    log = apps.get_model("admin", "LogEntry").objects
    entries = log.filter(content_type=kind, object_id=str(row.pk))
    last = entries.select_related("user").first()
    return Change(str(last.user), last.action_time, last.user_id) if last else None


def removal(model: type[Model], pk: str) -> Change | None:
    """Who removed a row that is gone."""
    history: Any = getattr(model, "history", None)
    if history is None or not primary_key(pk):
        return None
    gone = (
        history.filter(id=primary_key(pk), history_type="-").select_related("history_user").first()
    )
    return gone and Change(str(gone.history_user or ""), gone.history_date, gone.history_user_id)


@dataclass(frozen=True)
class Rules:
    """`identity` changes when the row is no longer the one that was opened, though its number is
    the same. `owned` names the fields whose owner changed them since a moment: a form opened
    before it never overwrites these. `news` are sentences on what else the owner did since.
    """

    identity: Callable[[Any], str] = lambda row: ""
    last_change: Callable[[Any, str], Change | None] = last_change
    owned: Callable[[Any, datetime], Collection[str]] = lambda row, since: ()
    news: Callable[[Any, datetime], list[str]] = lambda row, since: []


_by_model: dict[type[Model], Rules] = {}
_PLAIN = Rules()


def register(model: type[Model], rules: Rules) -> None:
    _by_model[model] = rules


def of(model: type[Model]) -> Rules:
    return _by_model.get(model, _PLAIN)
