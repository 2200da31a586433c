"""Statements with everything that staff can add, one in words that are too long."""

from datetime import date

from casa.demo.content import GIVEN, TEXTS, TOWNS, text_from_file
from signatories.leads import placement
from signatories.parser import numbered_lines, parse_block
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_draft
from tools.look import pages, texts
from tools.look.cases.parts import correct, current, furnish, organizations, people, topic
from tools.look.pages import Page


def letter() -> list[Page]:
    """An open letter with 40 lead signatories, three editions and everything else staff can add."""
    draft = text_from_file("library")
    draft.body += texts.RICH
    statement = lifecycle.create_draft(draft, place="Aldermouth", dated_on=date(2026, 3, 2))
    StatementText.objects.create(statement=statement, **_plain(text_from_file("library", "az")))
    topic(statement, en="Public libraries", az="Kitabxanalar")
    topic(statement, en="Opening hours", az="İş saatları")
    lines = (TEXTS / "library.signatories.txt").read_text(encoding="utf-8")
    more = "".join(
        f"{name} Ekström-Lund, Reading Teacher, Quay Street Primary School, {TOWNS[at % 5][0]}\n"
        for at, name in enumerate(GIVEN[:40])
    )
    wanted = parse_block(numbered_lines(lines + more))[:40]
    placement.place(statement, wanted)
    edition = lifecycle.publish(statement, by=None)[0]
    people(edition, [f"{name} Okafor" for name in GIVEN])
    organizations(edition, ["Aldermouth Readers' Circle", "Şirinvan Kitab Klubu", "River Trust"])
    furnish(statement, texts.ENGLISH)
    correct(
        statement,
        "first of September",
        "first of October",
        "The plan begins a month later.",
        is_material=True,
    )
    correct(
        statement,
        "beside a school",
        "beside a school, and one above a surgery",
        "Named a branch that was left out, and said where it is.",
        is_material=False,
    )
    edition = current(statement)
    site = [page for page in pages.site() if page.name in ("front", "list", "search")]
    question = pages.question_to_imported(edition, "Nora Lind")
    return [*site, *pages.statement(edition), pages.correction(edition, "Nora Lind"), question]


def _plain(text: StatementText) -> dict[str, str]:
    return {name: getattr(text, name) for name in ("language", "title", "summary", "body", "ask")}


def long() -> list[Page]:
    """Titles of 160 characters, names of 80 without a space, in everything that has a name."""
    name, organization = texts.LONG_NAME, texts.LONG_ORGANIZATION
    statement = make_draft(
        texts.LONG_TITLE,
        summary=texts.LONG_TITLE,
        body=f"<h2>{name}</h2><p>{texts.LONG_ADDRESS}</p>" + texts.RICH,
        ask=texts.LONG_TITLE,
        place=name[:60],
    )
    topic(statement, en=name[:60])
    placement.place(
        statement, parse_block(numbered_lines(f"{name}, {organization}, Aldermouth, UK\n"))
    )
    edition = lifecycle.publish(statement, by=None)[0]
    people(edition, [name, f"Dr {name} {name}"], role=name, affiliation=organization)
    [signed] = organizations(edition, [organization])
    signed.website = f"https://{organization[:50].lower()}.example.org/{name}"
    signed.save()
    furnish(statement, texts.LONG)
    correct(statement, "<h2>", f"<h2>{organization} ", texts.LONG_TITLE, is_material=True)
    edition = current(statement)
    return [
        *pages.site(search=name[:20].lower()),
        *pages.statement(edition),
        pages.organization(signed),
        *pages.form(edition, name=name, affiliation=organization),
        *pages.signing(edition, name=name, affiliation=organization, role=name, city=name),
        pages.correction(edition, name),
    ]
