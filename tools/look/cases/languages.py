"""Statements in other languages than the site's own, and the pages around them."""

from datetime import date

from django.urls import reverse
from django.utils import translation

from casa.demo.content import text_from_file
from signatories.leads import placement
from signatories.parser import numbered_lines, parse_block
from statements import lifecycle
from statements.models import Statement, StatementText
from tools.look import pages, texts
from tools.look.cases.parts import correct, current, furnish, organizations, people, topic
from tools.look.pages import Page


def azerbaijani() -> list[Page]:
    """The interface and a statement in Azerbaijani."""
    text = text_from_file("library", "az")
    change = ("şənbə", "şənbə səhəri", "Günün hansı hissəsi olduğu yazıldı.")
    return _translated(text, texts.AZERBAIJANI, change)


def rtl() -> list[Page]:
    """A statement in Persian, on pages that run from right to left."""
    beside = texts.PERSIAN
    text = StatementText(language="fa", **texts.PERSIAN_STATEMENT)
    change = ("شنبه‌ها", "صبح شنبه‌ها", "نوشتیم کدام بخش روز منظور است.")
    found = _translated(text, beside, change)
    translation.activate("en")
    path = reverse("statements:detail", args=[Statement.objects.get().slug])
    return [*found, Page("statement-on-an-english-page", path)]


def _translated(
    text: StatementText, beside: texts.Beside, change: tuple[str, str, str]
) -> list[Page]:
    """All pages in a language, of a statement that was written in it."""
    language = text.language
    translation.activate(language)
    statement = lifecycle.create_draft(text, place=beside.city, dated_on=date(2026, 3, 2))
    topic(statement, **{language: beside.attachment})
    placement.place(statement, parse_block(numbered_lines(beside.leads)))
    edition = lifecycle.publish(statement, by=None)[0]
    people(edition, list(beside.names), language=language)
    [first, *_more] = organizations(edition, list(beside.organizations))
    furnish(statement, beside)
    correct(statement, *change, is_material=True)
    edition = current(statement)
    return [
        *pages.site(search=change[1]),
        *pages.statement(edition),
        pages.organization(first),
        *pages.form(edition, name=beside.names[0]),
        *pages.signing(edition, name=beside.names[0], language=language),
        pages.correction(edition, beside.names[0]),
    ]
