"""What signers meet: the way through, statements that cannot be signed, and errors."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casa.demo.content import GIVEN
from signatories.testing import make_organization
from statements import lifecycle
from statements.models import Statement
from statements.testing import make_draft, make_edition
from tools.look import pages, texts
from tools.look.cases.parts import furnish, people
from tools.look.pages import Page


def signing() -> list[Page]:
    """The way of a signer, and of one who signs for an organization."""
    edition = make_edition(
        ask_comment="optional", ask_country="required", ask_region="optional", minimum_age=16
    )
    of_a_person = [
        *pages.form(edition, of_age="16"),
        *pages.signing(edition, name="Wilma Lund", country="DK", city="Østerby"),
    ]
    trust = make_organization("River Trust", website="https://river.example.org")
    anglers = make_organization("Alder Valley Anglers", city="Millbrook", country="US")
    return [
        *of_a_person,
        *pages.signing_for(edition, trust, anglers),
        *pages.previews_of(make_draft("A statement that few have seen")),
        *pages.answering(make_edition("A statement that was handed over")),
    ]


def ended() -> list[Page]:
    """Statements that cannot be signed, each for another reason, side by side."""
    found: list[Page] = []
    now = timezone.now()
    special: dict[str, dict[str, Any]] = {
        "not-yet": {"signing_opens_at": now + timedelta(days=9)},
        "soon": {"signing_closes_at": now + timedelta(hours=20)},
        "only-read": {
            "signers": Statement.Signers.NOBODY,
            "kind": Statement.Kind.PRESS_STATEMENT,
        },
    }
    for name in ("closed", "delivered", "archived", "paused", "not-yet", "only-read", "soon"):
        fields = special.get(name, {})
        edition = make_edition(f"Keep the reading room open: {name}", place="Aldermouth", **fields)
        statement = edition.statement
        people(edition, list(GIVEN[:7]))
        if name in ("closed", "archived", "delivered"):
            lifecycle.close(statement, by=None)
        if name == "delivered":
            furnish(statement, texts.ENGLISH)
        if name == "archived":
            lifecycle.archive(statement, by=None)
        if name == "paused":
            lifecycle.pause(statement, by=None, sentence="We check the names until Monday.")
        wanted = ("statement", "sign", "embed", "embed-tally", "signatories", "badge")
        found += [
            page
            for page in pages.statement(edition, f"{name}-")
            if page.name.removeprefix(f"{name}-") in wanted[: 2 if name == "soon" else 4]
        ]
    site = [page for page in pages.site() if page.name in ("front", "list")]
    return [*site, *found]


def errors() -> list[Page]:
    """What goes wrong, the limits on included."""
    withdrawn = make_edition("A statement that was taken back")
    path = withdrawn.statement.get_absolute_url()
    lifecycle.withdraw(withdrawn.statement, by=None)
    return [pages.challenged(make_edition()), *pages.errors(path)]
