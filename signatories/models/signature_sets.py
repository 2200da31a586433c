"""The sets of signatures: counted, public, named, searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from casa.lib import alphabets
from casa.lib.addresses.mailbox_keys import mailbox_keys
from casa.lib.text import folded
from statements.models import public_now

if TYPE_CHECKING:
    from signatories.models.signatures import Signature

COUNTED = Q(state="confirmed", approved=True)
"""The signatures that stand in the tally, whatever the statement's own state is."""

LISTED = (
    "kind", "name", "honorific", "credentials", "name_withheld", "role", "affiliation",
    "affiliation_mark", "answer", "answer_public",
    "city", "region", "country", "lead_position", "confirmed_at", "withdrawn_at", "statement",
    "edition",
    "organization__name", "organization__slug", "organization__kind",
    "organization__city", "organization__region", "organization__country",
    "organization__website", "organization__verification",
)  # fmt: skip
"""What lists show of a signature."""

NAMED = Q(name_withheld=False)
"""Those whose signers are named in public, where they count."""


def searched_words(signature: Any) -> str:
    """What a signature is found by in public: name, organization and place; "" if withheld."""
    if signature.name_withheld:
        return ""
    place = (signature.city, signature.region)
    if (organization := signature.organization) is not None:
        of_its_own = (organization.city, organization.region)
        return folded(" ".join((organization.name, *(of_its_own if any(of_its_own) else place))))
    return folded(" ".join((signature.name, signature.affiliation, *place)))


class SignatureQuerySet(models.QuerySet["Signature"]):
    def counted(self) -> Self:
        return self.filter(COUNTED)

    def public(self) -> Self:
        """What visitors may know of: counted, and under a statement that is public now."""
        return self.counted().filter(public_now(path="statement__"))

    def withdrew(self) -> Self:
        """Those who asked to be listed as withdrawn; name them only under a public statement."""
        return self.filter(withdrawal_shown=True).order_by("-withdrawn_at")

    def of_mailbox(self, address: str) -> Self:
        """All signatures with exactly this address, ignoring case.

        Not with other spellings of the same mailbox: not every provider knows them, and what
        these rows say is for nobody but who reads the mail of this one.
        """
        return self.counted_as_mailbox(address).filter(email__iexact=address)

    def counted_as_mailbox(self, address: str) -> Self:
        """All that was signed with this address, or a spelling that is counted as the same."""
        # The index is of the key, and of rows with one; SQLite uses it only where that is said.
        return self.exclude(email_key="").filter(email_key__in=mailbox_keys(address))

    def people(self) -> Self:
        return self.filter(kind=self.model.Kind.PERSON)

    def organizations(self) -> Self:
        return self.filter(kind=self.model.Kind.ORGANIZATION)

    def named(self) -> Self:
        return self.filter(NAMED)

    def follow_names(self) -> None:
        """Write anew what is made of names: what the signatures are sorted and found by."""
        changed = []
        made_of_names = (*alphabets.COLUMNS, "search_words")
        for one in self.select_related("organization"):
            before = [getattr(one, column) for column in made_of_names]
            one.follow_name()
            one.search_words = searched_words(one)
            if before != [getattr(one, column) for column in made_of_names]:
                changed.append(one)
        self.model.objects.bulk_update(changed, made_of_names, batch_size=500)

    def leads(self) -> Self:
        """Lead signatories, in the order staff put them."""
        return self.filter(lead_position__isnull=False).order_by("lead_position", "pk")

    def others(self) -> Self:
        """All but the lead signatories."""
        return self.filter(lead_position__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-confirmed_at", "-pk")

    def with_edition_number(self) -> Self:
        """Each with the number of the edition it stands under, as `edition_number`."""
        return self.annotate(edition_number=Coalesce("edition__number", 1))

    def as_listed(self) -> Self:
        """With what public lists show of each, and the number of its edition as `edition_number`.

        Nothing else is fetched: no e-mail address leaves the database for a page.
        """
        return self.select_related("organization").with_edition_number().only(*LISTED)

    def for_statement_page(self, newest: int, *, in_preview: bool = False) -> ForStatementPage:
        """Lead signatories and the `newest` others of each kind, of one statement.

        `in_preview` as they stand there once the statement is public.
        """
        public = (self.counted() if in_preview else self.public()).as_listed()
        others = public.others().newest_first()
        with_logos = others.organizations().prefetch_related("organization__logos")
        return ForStatementPage(
            leads=list(public.leads().prefetch_related("organization__logos")),
            organizations=list(with_logos[:newest]),
            people=list(others.people()[:newest]),
        )


@dataclass(frozen=True)
class ForStatementPage:
    """The names a statement's page shows, each list in the order it is shown in."""

    leads: list[Signature]
    organizations: list[Signature]
    people: list[Signature]
