"""The head of a statement's page: what it asks, of whom, who stands behind it, how many."""

import re

import pytest
from django.utils import translation

from casa.lib.text import unparted
from signatories.testing import make_logo, make_organization, make_signature
from statements.models import StatementText
from statements.public.enumeration import LONG, enumerated, first_named
from statements.public.words import body_beside_ask
from statements.testing import make_edition

ASK = "We ask “the <council>” to keep it open & quiet."
ASKED = "<p>We ask “the &lt;council&gt;” to keep it open &amp; quiet.</p>"


def words(body: str, ask: str = ASK) -> StatementText:
    return StatementText(body=body, ask=ask)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"<p>One.</p>\n{ASKED}\n<p>Two.</p>", "<p>One.</p>\n<p>Two.</p>"),
        (f"<ul><li>One</li></ul>{ASKED}", "<ul><li>One</li></ul>"),
        (f"{ASKED}<p>Two.</p>", "<p>Two.</p>"),
        (ASKED, ASKED),  # nothing would be left
        (f"<ul><li>{ASKED}</li></ul>", f"<ul><li>{ASKED}</li></ul>"),
        (f"<blockquote>{ASKED}</blockquote>", f"<blockquote>{ASKED}</blockquote>"),
        ("<p>Another.</p>", "<p>Another.</p>"),
    ],
)
def test_the_text_does_not_repeat_what_it_asks(body, left):
    assert body_beside_ask(words(body)) == left


def test_an_ask_of_several_paragraphs_is_left_out_whole_or_not_at_all():
    ask = "First.\r\n\r\nSecond\nline."
    whole = "<p>One.</p>\n<p>First.</p>\n<p>Second line.</p>"
    assert body_beside_ask(words(whole, ask)) == "<p>One.</p>"
    half = "<p>One.</p>\n<p>First.</p>"
    assert body_beside_ask(words(half, ask)) == half
    assert body_beside_ask(words(half, "")) == half


@pytest.mark.parametrize(
    ("names", "number", "shown"),
    [
        ([], 0, 0),
        (["Ada"], 1, 1),
        (["Ada", "Bo", "Cy"], 3, 3),
        (["A" * 30, "B" * 30], 2, 2),  # no more room than "and 1 other" takes
        (["A" * 30, "B" * 30], 9, 1),
        (["A" * 300, "B"], 2, 1),
    ],
)
def test_as_many_names_as_have_room(names, number, shown):
    assert first_named(names, number) == names[:shown]


def test_names_are_put_together_as_the_language_does():
    with translation.override("az"):
        assert enumerated(["Ada", "<b>"]) == "<bdi>Ada</bdi> və <bdi>&lt;b&gt;</bdi>"
    assert 'class="long"' in enumerated(["x" * (LONG + 1)])


def page_of(client, statement) -> str:
    return client.get(statement.get_absolute_url()).text


def head_of(page: str) -> str:
    return page[page.index('<header class="statement-head">') : page.index('<div class="side">')]


@pytest.mark.medium
@pytest.mark.django_db
def test_the_head_says_it_in_this_order(client):
    edition = make_edition(body=f"<p>It is quiet.</p>{ASKED}", ask=ASK)
    for number in range(5):
        edition.statement.targets.create(name=f"Council of Town {number}", office="Chair")
    for number in range(1, 31):
        make_signature(edition, f"Lead Signatory {number}", lead_position=number)
    page = page_of(client, edition.statement).partition("<main")[2]
    order = [
        "</h1>", "keep it open", "Council of Town 0", unparted("3 others"), "Lead Signatory 1",
        unparted("28 others"), "<strong>30</strong>\u00a0people", 'id="sign"',
        "It is quiet.", "Council of Town 4",
    ]  # fmt: skip
    at = [page.index(one) for one in order]
    assert sorted(at[:8]) == at[:8] and at[7] < min(at[8:])
    assert page.count("keep it open &amp; quiet") == 1


@pytest.mark.django_db
def test_paper_says_what_it_asks_once(client):
    edition = make_edition(body=f"<p>It is quiet.</p>{ASKED}", ask=ASK)
    page = client.get(f"{edition.statement.get_absolute_url()}print/").text
    assert page.count("keep it open &amp; quiet") == 1
    assert page.index("keep it open") < page.index("It is quiet.")


@pytest.mark.medium
@pytest.mark.django_db
def test_organizations_stand_behind_it_where_nobody_submitted_it(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    edition = make_edition()
    assert f"Published by</dt>\n    <dd><bdi>{settings.SITE_NAME}" in page_of(
        client, edition.statement
    )
    make_logo(trust := make_organization("River Trust"))
    make_signature(edition, organization=trust)
    make_signature(edition, organization=make_organization("Unnamed Trust"), name_withheld=True)
    head = head_of(page_of(client, edition.statement))
    assert "Signed by</dt>" in head and "<bdi>River Trust</bdi>" in head
    assert unparted("1 other organization</a>") in head and "Unnamed Trust" not in head
    assert trust.shown_logos[0].get_absolute_url() in head


@pytest.mark.medium
@pytest.mark.django_db
def test_the_two_numbers_are_told_apart(client):
    edition = make_edition()
    assert "Be the first to sign." in head_of(page_of(client, edition.statement))
    make_signature(edition, "Ada Abel")
    make_signature(edition, organization=make_organization())
    head = head_of(page_of(client, edition.statement))
    numbers = re.search(r'<ul class="numbers".*?</ul>', head, re.DOTALL)
    assert numbers
    told = "<li><strong>1</strong>\u00a0person</li><li><strong>1</strong>\u00a0organization</li>"
    assert told in numbers[0]
