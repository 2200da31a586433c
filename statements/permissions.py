"""Whose draft is whose. What a role may do at all is a permission; this adds: with which rows."""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from casa.accounts.models import User
from statements.models import Statement, StatementQuerySet

Whoever = User | AnonymousUser

EDIT_ANY = "statements.edit_any_statement"

Rows = TypeVar("Rows", bound=QuerySet)


def visible_to(user: Whoever, statements: StatementQuerySet) -> StatementQuerySet:
    """Published ones, and of those being written one's own; all of them for an editor."""
    if user.has_perm(EDIT_ANY):
        return statements
    return statements.filter(Q(created_by=user.pk) | ~Q(status__in=Statement.UNPUBLISHED_STATUSES))


def of_visible_statements(user: Whoever, rows: Rows) -> Rows:
    """Those of `rows`, which belong to a `statement`, whose statement `user` may see."""
    if user.has_perm(EDIT_ANY):
        return rows
    return rows.filter(statement__in=visible_to(user, Statement.objects.all()).values("pk"))


def may_see(user: Whoever, statement: Statement) -> bool:
    return user.has_perm("statements.view_statement") and is_visible_to(user, statement)


def is_visible_to(user: Whoever, statement: Statement) -> bool:
    """Whether `visible_to` gives it, for screens that have a permission of their own."""
    return not statement.is_unpublished or _is_in_charge(user, statement)


def may_edit(user: Whoever, statement: Statement) -> bool:
    """An author edits a draft of their own until it is submitted; an editor edits any statement."""
    if not user.has_perm("statements.change_statement"):
        return False
    return user.has_perm(EDIT_ANY) or (
        statement.created_by_id == user.pk and statement.status == Statement.Status.DRAFT
    )


def may_take_action(user: Whoever, statement: Statement, permission: str) -> bool:
    """Whether `user` may take an action that asks for `permission` ("publish_statement")."""
    return user.has_perm(f"statements.{permission}") and _is_in_charge(user, statement)


def _is_in_charge(user: Whoever, statement: Statement) -> bool:
    return user.has_perm(EDIT_ANY) or statement.created_by_id == user.pk
