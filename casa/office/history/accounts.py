"""All that happened to the account of a member of staff: edits, roles, and facts such as a new
password, which are told without what they are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.accounts.models import Fact, User
from casa.office.history.edits import shown
from casa.office.history.entries import ONE_SAVE, Change, Entry, Part, name_of

# The names and their order are those of the account's screen.
FIELDS: dict[str, str | Promise] = {
    "email": gettext_lazy("e-mail address"),
    "name": gettext_lazy("name"),
    "is_staff": gettext_lazy("Works in the back office"),
    "is_active": gettext_lazy("May sign in"),
    "is_superuser": gettext_lazy("May do everything, without a role"),
}
GIVEN: dict[str, str | Promise] = {
    "groups": gettext_lazy("Roles"),
    "user_permissions": gettext_lazy("Permissions beside the roles"),
}


@dataclass(frozen=True)
class Kept:
    """An account as one row of its history has it."""

    row: Any
    values: dict[str, Any]
    given: dict[str, frozenset[int]]


def of_account(user: User) -> list[Entry]:
    """Oldest first; a constant number of queries."""
    rows = _rows(user)
    names = _names(rows)
    entries: list[Entry] = []
    before: Kept | None = None
    first: Kept | None = None  # of one save
    for here, following in zip(rows, [*rows[1:], None], strict=True):
        first = first or here
        if following and _is_rest_of_save(before, here, following):
            continue
        entries.extend(_entry(before, first, here, names))
        before, first = here, None
    return entries


def _rows(user: User) -> list[Kept]:
    history: Any = User.history
    rows = (
        history.filter(id=user.pk)
        .select_related("history_user")
        .prefetch_related("historicaluser_groups_set", "historicaluser_user_permissions_set")
        .order_by("history_date", "pk")
    )
    return [
        Kept(
            row,
            {name: getattr(row, name) for name in FIELDS},
            {
                "groups": frozenset(one.group_id for one in row.historicaluser_groups_set.all()),
                "user_permissions": frozenset(
                    one.permission_id for one in row.historicaluser_user_permissions_set.all()
                ),
            },
        )
        for row in rows
    ]


def _names(rows: list[Kept]) -> dict[str, dict[int, str]]:
    """What the given roles and permissions are called, in the order in which they are told."""
    ids = {key for kept in rows for key in kept.given["user_permissions"]}
    permissions = Permission.objects.filter(pk__in=ids).select_related("content_type")
    return {
        "groups": {group.pk: _(group.name) for group in Group.objects.order_by("pk")},
        "user_permissions": {permission.pk: str(permission) for permission in permissions},
    }


def _is_rest_of_save(before: Kept | None, here: Kept, following: Kept) -> bool:
    """One save in the admin is up to three rows: the fields, the roles taken, the roles given.

    What was given is never joined with what follows: a right that somebody had for a second is
    told.
    """
    return (
        following.row.history_user_id == here.row.history_user_id
        and following.row.history_date - here.row.history_date <= ONE_SAVE
        and not here.row.history_change_reason
        and not following.row.history_change_reason
        and following.values == here.values
        and all(keys <= before.given[name] if before else not keys
                for name, keys in here.given.items())
    )  # fmt: skip


def _entry(
    before: Kept | None, first: Kept, here: Kept, names: dict[str, dict[int, str]]
) -> Iterator[Entry]:
    changes = tuple(_changes(before, here, names))
    fact = here.row.history_change_reason
    if before and not (changes or fact):
        return
    nobody = _("whoever has the link in a mail, or the command line")
    yield Entry(
        first.row.history_date,
        name_of(here.row.history_user, nobody if fact == Fact.PASSWORD else ""),
        str(Fact(fact).label) if fact else _("Edited") if before else _("Begun"),
        parts=(Part(_account(), changes, is_new=before is None),) if changes else (),
        kind="event" if fact else "edit",
    )


def _account() -> str:
    return capfirst(str(User._meta.verbose_name))


def _changes(before: Kept | None, here: Kept, names: dict[str, dict[int, str]]) -> Iterator[Change]:
    for name, label in FIELDS.items():
        field: Any = User._meta.get_field(name)
        old, new = before.values[name] if before else "", here.values[name]
        if old != new and not (before is None and new is False):
            yield Change(capfirst(str(label)), shown(field, old, {}), shown(field, new, {}))
    for name, label in GIVEN.items():
        held = before.given[name] if before else frozenset()
        if held != here.given[name]:
            old, new = (_listed(keys, names[name]) for keys in (held, here.given[name]))
            yield Change(str(label), old, new)


def _listed(keys: frozenset[int], names: dict[int, str]) -> str:
    known = [name for key, name in names.items() if key in keys]
    gone = [_("no. %(number)s") % {"number": key} for key in sorted(keys - names.keys())]
    return ", ".join([*known, *gone])
