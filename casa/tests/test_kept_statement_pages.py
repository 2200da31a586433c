"""The page of a statement, of what is kept of it, is to the byte what is made anew."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from difflib import unified_diff
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone, translation

from signatories.core import states
from signatories.models import Signature
from signatories.moderation import decisions
from signatories.self_service import privacy
from signatories.testing import make_logo, make_organization, make_signature
from statements import lifecycle
from statements.models import Attachment, Edition, SigningPause, Statement
from statements.models.page_parts import PagePart
from statements.public import statement_pages
from statements.reading import current_editions
from statements.testing import (
    make_draft,
    make_edition,
    make_picture,
    make_translated,
    make_user,
    rewrite,
)

pytestmark = pytest.mark.django_db


def plain() -> Statement:
    return make_edition().statement


def signed() -> Statement:
    """By leads, organizations with and without a logo, people, and some who are not named."""
    edition = make_edition("Signed & “quoted” <words>")
    make_signature(edition, "Ada Lead", lead_position=1, role="Chair", affiliation="Trust")
    make_signature(edition, "", organization=make_organization("Lead Trust"), lead_position=2)
    make_logo(trust := make_organization("River Trust", city="Leeds", country="GB"))
    make_logo(unseen := make_organization("Unseen Logo Trust"), approved=False)
    for organization in (trust, unseen, make_organization("<b>Trust</b>")):
        make_signature(edition, "Rita", organization=organization)
    for number in range(14):
        make_signature(edition, f"Person {number}", city="Baku", country="AZ", honorific="Dr.")
    make_signature(edition, "Hidden Person", name_withheld=True)
    return edition.statement


def with_parts() -> Statement:
    statement, now = signed(), timezone.now()
    target = statement.targets.create(name="Council", office="Chair")
    statement.references.create(title="Library Act", url="https://example.org/act")
    statement.releases.create(headline="Open!", wire="Wire", lead_in="Before", date=now.date())
    make_picture(statement)
    Attachment.objects.create(
        statement=statement, title="Sheet", size=2048, sha256="y", content_type="application/pdf",
        file=ContentFile(b"%PDF", "sheet.pdf"),
    )  # fmt: skip
    for title, at in (("Past", now - timedelta(days=1)), ("To come", now + timedelta(days=2))):
        statement.updates.create(title=title, body=f"<p>{title}</p>", posted_at=at)
    today = timezone.localdate()
    statement.deliveries.create(
        target=target, delivered_on=today, answered_on=today + timedelta(days=9), answer="Soon."
    )
    statement.milestones.create(of="person", number=10, reached_at=now + timedelta(seconds=1))
    return statement


def corrected() -> Statement:
    """A translation that is behind, and signers of the earlier text."""
    statement = make_translated()
    for edition in statement.editions.all():
        make_signature(edition, f"Signer of {edition.language}")
    rewrite(statement, "<p>Pupils learn there on Sundays.</p><table><tr><td>1</td></tr></table>")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=True)
    make_signature(statement.editions.get(number=2), "Later Signer")
    return statement


def closed() -> Statement:
    statement = signed()
    lifecycle.close(statement, by=None)
    return statement


def opens_later() -> Statement:
    later = timezone.now() + timedelta(days=3)
    closes = later + timedelta(days=3)
    return make_edition(signing_opens_at=later, signing_closes_at=closes).statement


def paused() -> Statement:
    statement = plain()
    lifecycle.pause(statement, by=None, sentence="The council answers first.")
    return statement


def press() -> Statement:
    draft = make_draft(kind="press_statement", signers="nobody", place="Leeds")
    return lifecycle.publish(draft, by=None)[0].statement


RECORDED = [plain, signed, with_parts, corrected, closed, opens_later, paused, press]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def made_anew(path: str, slug: str) -> str:
    request = RequestFactory().get(path)
    language = translation.get_language_from_path(path) or "en"
    with translation.override(language):
        request.resolver_match = resolve(path)
        return without_moment(statement_pages.made_anew(request, current_editions(slug)))


def without_moment(page: str) -> str:
    """When the form was opened is said to the second."""
    return re.sub(r'(name="opened" value=)"[^"]+"', r"\1", page)


def shown(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return without_moment(answer.text)


def addresses(statement: Statement) -> list[str]:
    return [prefix + f"/statements/{statement.slug}/" for prefix in ("", "/az")]


@pytest.mark.slow
@pytest.mark.parametrize("make", RECORDED)
def test_what_is_kept_is_what_is_made_anew(client: Any, make: Callable[[], Statement]) -> None:
    statement = make()
    for path in addresses(statement):
        whole = made_anew(path, statement.slug)
        assert_same([shown(client, path) for _ in range(3)], whole)
        make_signature(Edition.objects.filter(statement=statement).first(), "Another Signer")
        assert_same([shown(client, path)], made_anew(path, statement.slug))


def assert_same(pages: list[str], whole: str) -> None:
    for page in pages:
        differing = list(unified_diff(whole.splitlines(), page.splitlines(), lineterm="", n=0))
        assert not differing
        assert page == whole


def changes() -> Iterator[tuple[str, Callable[[Statement], object]]]:
    """What everybody must see at once; of a page by `with_parts`."""
    nora = "Person 12"

    def of(act: Callable[[Signature], object]) -> Callable[[Statement], object]:
        return lambda statement: act(statement.signatures.get(name=nora))

    yield "hidden", of(lambda one: decisions.hide(one, by=make_user(), reason="Spam"))
    yield (
        "withdrawn",
        of(
            lambda one: states.change_state(
                one, to="withdrawn", from_states=Signature.LIVE_STATES, by=None, reason=""
            )
        ),
    )
    yield "erased", of(privacy.erase_all)


@pytest.mark.medium
@pytest.mark.parametrize(("name", "change"), list(changes()))
def test_a_name_is_gone_at_once(
    client: Any, name: str, change: Callable[[Statement], object]
) -> None:
    statement = signed()
    [path, _az] = addresses(statement)
    assert "Person 12" in shown(client, path)
    change(statement)
    assert "Person 12" not in shown(client, path)
    assert shown(client, path) == made_anew(path, statement.slug)


@pytest.mark.medium
def test_a_part_that_is_taken_away_is_gone_at_once(client: Any) -> None:
    statement = plain()
    [path, _az] = addresses(statement)
    target = statement.targets.create(name="The Council of Leeds")
    assert "Council of Leeds" in shown(client, path)
    statement.targets.update(name="The Council of Hull")
    assert "Council of Hull" in shown(client, path)
    target.delete()
    assert "Council of" not in shown(client, path)


@pytest.mark.medium
def test_a_correction_and_a_withdrawal_are_seen_at_once(client: Any) -> None:
    statement = plain()
    [path, _az] = addresses(statement)
    assert "on Saturdays" in shown(client, path)
    rewrite(statement, "<p>Pupils learn there on Sundays.</p>")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=True)
    assert "Pupils learn there on Sundays" in shown(client, path)
    lifecycle.withdraw(statement, by=None)
    assert client.get(path).status_code == 410


def test_the_address_of_nothing_is_kept_by_nobody(client: Any) -> None:
    assert client.get("/statements/nothing/").status_code == 404
    draft = make_draft()
    assert client.get(f"/statements/{draft.slug}/").status_code == 404


@pytest.mark.medium
def test_what_the_clock_shows_and_hides(client: Any, clock: Any) -> None:
    now = timezone.now()
    statement = make_edition(
        publish_at=now + timedelta(hours=1), signing_opens_at=now + timedelta(hours=2),
        signing_closes_at=now + timedelta(hours=4),
    ).statement  # fmt: skip
    statement.updates.create(title="The news", body="<p>1</p>", posted_at=now + timedelta(hours=3))
    statement.deliveries.create(delivered_on=timezone.localdate(now + timedelta(days=3)))
    [path, _az] = addresses(statement)
    assert client.get(path).status_code == 404
    seen = []
    for hours in (1, 1, 1, 1, 96):
        clock.move(hours=hours, seconds=1)
        page = shown(client, path)
        assert shown(client, path) == page == made_anew(path, statement.slug)
        seen.append(("Signing opens" in page, "The news" in page, "Handed over" in page))
    assert seen == [
        (True, False, False), (False, False, False), (False, True, False), (False, True, False),
        (False, True, True),
    ]  # fmt: skip


@pytest.mark.medium
def test_signing_is_stopped_on_the_whole_site(client: Any) -> None:
    statement = plain()
    [path, _az] = addresses(statement)
    assert "Signing is stopped" not in shown(client, path)
    SigningPause(pk=1, is_on=True, sentence="Back on Monday.").save()
    assert "Back on Monday." in shown(client, path)


@pytest.mark.slow
def test_what_was_read_before_a_change_is_not_kept_for_after_it(client: Any) -> None:
    """Somebody changes a part while a page is made: amid any two of its queries."""
    statement = plain()
    [path, _az] = addresses(statement)
    target = statement.targets.create(name="Council 0")
    for number in count(1):
        statement.targets.create(name=f"Makes it anew {number}")
        change = After(number, partial(rename, target.pk, number))
        with connection.execute_wrapper(change):
            shown(client, path)
        if change.left > 0:  # there are no more queries
            assert number > 5
            break
        assert f">Council {number}<" in shown(client, path)


def rename(pk: int, number: int) -> None:
    apps.get_model("statements", "Target").objects.filter(pk=pk).update(name=f"Council {number}")


class After:
    """Does something after so many queries."""

    def __init__(self, number: int, act: Callable[[], object]) -> None:
        self.left, self._act = number, act

    def __call__(self, execute: Any, *asked: Any) -> Any:
        answer = execute(*asked)
        self.left -= 1
        if self.left == 0:
            self._act()
        return answer


def queries_while(ask: Callable[[], object]) -> list[str]:
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        ask()
    return asked


COMPARED = {"statement", "signature", "organization", "logo", "tallyslot", "papercount"}
"""What is read for every page, and compared."""


@pytest.mark.medium
@pytest.mark.parametrize("make", [with_parts, corrected])
def test_each_table_that_is_read_moves_what_is_kept(
    client: Any, make: Callable[[], Statement]
) -> None:
    statement = make()
    asked = queries_while(lambda: shown(client, f"/statements/{statement.slug}/"))
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(asked)))
    known = {model._meta.db_table: model for model in apps.get_models()}
    others = {
        known[table]
        for table in read
        if not issubclass(known[table], PagePart) and known[table]._meta.model_name not in COMPARED
    }
    # Look and menus are read anew with each mark, which is in the key of what is kept.
    told = {"publishedappearance", "freepage", "publicpagetext"}
    assert {model._meta.model_name for model in others} <= {"signingpause", *told}


@pytest.mark.medium
def test_names_are_made_of_what_is_compared_alone(client: Any) -> None:
    """A column that is fetched later would be another query for each name, and compared by none."""
    statement = signed()
    [path, _az] = addresses(statement)
    asked = queries_while(lambda: shown(client, path))
    table = '"signatories_(?:signature|organization|logo)"'
    assert not [sql for sql in asked if re.search(rf'{table}."id" = \S+ LIMIT 21', sql)]


@pytest.mark.slow
def test_a_page_that_stays_asks_little(client: Any) -> None:
    statement = with_parts()
    [path, _az] = addresses(statement)
    shown(client, path)
    asked = queries_while(lambda: shown(client, path))
    assert not [sql for sql in asked if "statements_edition" in sql and '"body"' in sql]
