"""Who signed, what organizations there are, and colleagues."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casa.accounts.models import User, staff
from casa.lib.addresses import mailboxes
from casa.lib.addresses.mailbox_keys import mailbox_keys
from casa.lib.db.search import highlighted, search_words
from casa.office.lists import visible
from casa.office.search.found import MOST, READ_ONE_BY_ONE, Found, has_all, in_order, screen_of
from signatories.core import office_search
from signatories.models import Invitation, InvitationRound, Organization, Signature

CONTACT_PERMISSION = "signatories.view_contact_data"


def _by_mailbox(request: HttpRequest) -> bool:
    return staff(request).has_perm(CONTACT_PERMISSION)


def find_signatures(request: HttpRequest, query: str) -> list[int]:
    rows = visible(request, Signature)
    return office_search.find(rows, query, by_mailbox=_by_mailbox(request), at_most=MOST)


def show_signatures(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = visible(request, Signature).select_related("organization", "statement")
    for row in in_order(rows, keys):
        parts = [row.get_kind_display(), row.get_state_display().lower(), str(row.statement)]
        if row.organization is not None and row.name:
            parts.insert(1, row.name)
        if "@" in query:
            parts.insert(0, mailboxes.shown(row.email))
        yield Found(highlighted(row.displayed_name, words), screen_of(row), " · ".join(parts))


# Organizations


def find_organizations(request: HttpRequest, query: str) -> list[int]:
    rows = visible(request, Organization).searched(query).order_by("sort_key", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def show_organizations(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    words = search_words(query)
    rows = visible(request, Organization).prefetch_related("aliases")
    for row in in_order(rows, keys):
        parts = [str(row.get_verification_display()), row.city]
        if not has_all(row.name, words):
            known = (one.name for one in row.aliases.all() if has_all(one.name, words))
            parts.append(", ".join(known))
        note = " · ".join(part for part in parts if part)
        yield Found(highlighted(row.name, words), screen_of(row), note)


# Who is asked to sign first


def _invitations(request: HttpRequest) -> Any:
    rounds = visible(request, InvitationRound).values("pk")
    return Invitation.objects.filter(round__in=rounds)


def find_invitations(request: HttpRequest, query: str) -> list[int]:
    rows = _invitations(request)
    if "@" in query:
        found = rows.filter(email_key__in=mailbox_keys(mailboxes.sought(query)))
        return list(found.order_by("-pk").values_list("pk", flat=True)[:MOST])
    words = search_words(query)
    named = rows.order_by("-pk").values_list("pk", "name", "organization")[:READ_ONE_BY_ONE]
    return [key for key, name, entity in named if words and has_all(f"{name} {entity}", words)]


def show_invitations(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    rows = _invitations(request).with_state().select_related("round")
    for row in in_order(rows, keys):
        url = reverse("admin:signatories_invitationround_person", args=[row.round_id, row.pk])
        note = f"{Invitation.State(row.state).label} · {row.round}"
        yield Found(highlighted(row.displayed_name, search_words(query)), url, note)


# Colleagues


def find_colleagues(request: HttpRequest, query: str) -> list[int]:
    words = search_words(query)
    rows = visible(request, User).order_by("name", "pk").values_list("pk", "name", "email")
    return [
        key
        for key, name, email in rows[:READ_ONE_BY_ONE]
        if (words and has_all(f"{name} {email}", words))
    ]


def show_colleagues(request: HttpRequest, query: str, keys: Sequence[int]) -> Iterator[Found]:
    for row in in_order(visible(request, User), keys):
        note = mailboxes.shown(row.email)
        yield Found(highlighted(row.name or note, search_words(query)), screen_of(row), note)
