"""Wherever the number of a corrected statement stands, it says how many signed an earlier text.

The public addresses come from the URL configuration, so a new one is looked at without a line here.
"""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from casa.lib.media import lettering
from casa.lib.testing import assert_flat_queries
from casa.lib.text import unparted
from casa.site.social_images import posters
from casa.site.social_images.drawing import CONDITION_HEIGHT, CONDITION_SIZES, ROOM
from casa.tests.test_leaks import addresses, body_of
from signatories.core import states, tally
from signatories.models import Signature
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Edition
from statements.testing import make_translated, make_user, rewrite
from statements.translations import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.page]

PEOPLE, EARLIER = 113, 79
"""Counted in all, and under an earlier text: the original's, or a translation's that is behind."""
SAID = ("earlier", "əvvəlki")


def sign(edition, number):
    one = make_signature(edition, "Nora Lind")
    now = timezone.now()
    more = [
        Signature(statement=edition.statement, edition=edition, kind="person", name=f"N {n}",
                  state="confirmed", confirmed_at=now, language="en", consent=one.consent)
        for n in range(number - 1)
    ]  # fmt: skip
    Signature.objects.bulk_create(more)
    tally.adjust(edition.statement_id, "person", number - 1)


@pytest.fixture(scope="module")
def _first_of_its_module():
    cache.clear()


@pytest.fixture
def statement(_first_of_its_module):
    """Corrected in meaning; its Azerbaijani translation is behind."""
    made = make_translated()
    sign(Edition.objects.get(language="en"), 70)
    make_signature(Edition.objects.get(language="en"), organization=make_organization())
    rewrite(made, "<p>Pupils learn there on Sundays.</p>")
    lifecycle.correct(made, by=None, note="Sundays.", is_material=True, answers={"az": Answer.KEPT})
    sign(Edition.objects.get(language="en", number=2), 34)
    sign(Edition.objects.get(language="az"), 9)
    return made


def shows(number, text):
    """Whether the text names the number, and not as a part of another, a moment or an address."""
    return re.search(rf"(?<![\w.:/-]){number}(?![\w.:/-])", text) is not None


@pytest.mark.slow
def test_no_public_address_tells_the_number_without_its_condition(client, statement):
    told, without = [], []
    for address in sorted(addresses([statement])):
        for url in (address, f"/az{address}"):
            answer = client.get(url)
            text = body_of(answer).decode(errors="replace")
            if answer.status_code != 200 or not shows(PEOPLE, text):
                continue
            told.append(url)
            if not (shows(EARLIER, text) and any(word in text for word in SAID)):
                without.append(url)
    assert not without
    page = f"/statements/{statement.slug}/"
    expected = {
        "/", "/statements/", page, f"/az{page}", f"{page}signatories/", f"{page}print/",
        f"{page}count.json", f"{page}badge.svg", f"/embed/{statement.slug}/",
        reverse("paper:statement", args=[statement.slug]), "/api/v1/statements",
        f"/api/v1/statements/{statement.slug}", f"/api/v1/statements/{statement.slug}/tally",
    }  # fmt: skip
    assert expected <= set(told)


@pytest.mark.medium
def test_share_images_say_it_in_each_language(statement):
    for edition in Edition.objects.current():
        poster = posters.of_edition(edition)
        assert shows(PEOPLE, poster.tally)
        assert shows(EARLIER, poster.condition)


@pytest.mark.parametrize("language", ["en", "az"])
def test_share_images_have_room_for_the_condition_of_millions(language):
    counted = tally.Tally(123_456, 12_345_678)
    with translation.override(language):
        words = tally.Signed(counted, counted).short_condition
    lines = lettering.fit(
        words, lettering.SANS, sizes=CONDITION_SIZES, width=ROOM, height=CONDITION_HEIGHT, rtl=False
    )
    assert " ".join(lines.lines) == words


@pytest.mark.medium
def test_a_translation_that_is_behind_speaks_of_the_corrected_text(client, statement):
    count = client.get(f"/az/statements/{statement.slug}/count.json").json()
    said = unparted("34 nəfər düzəldilmiş mətni, 1 təşkilat və 79 nəfər əvvəlki mətni")
    assert said in count["words"]
    english = client.get(f"/statements/{statement.slug}/count.json").json()
    assert english["earlier"] == {"organizations": 1, "people": EARLIER}
    assert english["words"] == unparted(
        "Signed by 1 organization and 113 people, of whom 34 people signed this text,"
        " 1 organization and 79 people an earlier one"
    )


@pytest.mark.medium
def test_the_office_is_told_too(client, statement):
    client.force_login(make_user())
    screen = [statement.pk]
    for url in (
        reverse("admin:index"),
        reverse("admin:statements_statement_changelist"),
        reverse("admin:statements_statement_change", args=screen),
        reverse("admin:statements_statement_correct", args=screen),
    ):
        text = client.get(url).text
        assert shows(PEOPLE, text), url
        assert shows(EARLIER, text), url
        assert "earlier" in text


@pytest.mark.medium
def test_each_name_says_which_text_it_stands_under(client, statement):
    api = f"/api/v1/statements/{statement.slug}/signatories"
    items, url = [], api
    while url:
        page = client.get(url).json()
        items, url = items + page["items"], page["next"]
    assert sum(one["earlier"] for one in items) == EARLIER
    rows = body_of(client.get(f"/statements/{statement.slug}/signatories.csv")).decode()
    assert rows.count(",yes") == EARLIER + 1
    text = client.get(f"/statements/{statement.slug}/signatories/").text
    assert "signed edition 1" in text
    assert "signed edition 2" not in text


@pytest.mark.medium
def test_whoever_signed_words_that_are_read_again_signed_this_text():
    """A correction that is taken back, and a translation that needed no change."""
    made = make_translated(body="<p>Saturdays.</p>")
    make_signature(Edition.objects.get(language="en"))
    make_signature(Edition.objects.get(language="az"), "Nora Berg")
    rewrite(made, "<p>Sundays.</p>")
    lifecycle.correct(made, by=None, note="S.", is_material=True, answers={"az": Answer.CONFIRMED})
    assert tally.under_earlier_editions(made) == tally.Tally(people=1)
    rewrite(made, "<p>Saturdays.</p>")
    lifecycle.correct(made, by=None, note="No.", is_material=True, answers={"az": Answer.CONFIRMED})
    assert tally.under_earlier_editions(made) == tally.Tally()


def test_a_slip_of_a_translation_alone_moves_its_own_signers_alone():
    made = make_translated()
    make_signature(Edition.objects.get(language="en"))
    signed = make_signature(Edition.objects.get(language="az"), "Nora Berg")
    rewrite(made, "<p>Bazar.</p>", language="az")
    lifecycle.correct(made, by=None, notes={"az": "Səhv."}, is_material=True)
    assert tally.under_earlier_editions(made) == tally.Tally(people=1)
    states.move_to_edition(signed, Edition.objects.get(language="az", number=2), reason="stays")
    tally.forget_earlier(made)
    assert tally.under_earlier_editions(made) == tally.Tally()


@pytest.mark.medium
def test_many_corrected_statements_are_counted_at_once(client):
    def make(number):
        made = make_translated(title=f"Statement {number}")
        make_signature(made.editions.get(language="en"))
        rewrite(made, "<p>Sundays.</p>")
        lifecycle.correct(made, by=None, note="S.", is_material=True)
        cache.clear()

    for url in ("/statements/", "/", "/api/v1/statements"):
        assert_flat_queries(make, lambda _rows, url=url: client.get(url))
