"""A translation that is behind says so to its readers, wherever its words are read or signed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from signatories.core import tokens
from signatories.models import Signature
from signatories.testing import form_data, make_signature
from statements import lifecycle
from statements.models import Edition
from statements.testing import make_translated, rewrite
from statements.translations import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.page]

NOTICE = "bu tərcümə"
SLUG = "keep-the-reading-room-open"
PAGES = (
    "/az/statements/{slug}/",
    "/az/sign/{slug}/",
    "/az/embed/{slug}/",
    "/az/statements/{slug}/print/",
    "/az/statements/{slug}/editions/1/",
)


def make_behind():
    statement = make_translated()
    rewrite(statement, "<p>Pupils learn there on Sundays.</p>")
    lifecycle.correct(statement, by=None, note="Sundays.", is_material=True)
    return statement


def notice_in(answer):
    return answer.text.partition('class="earlier-text"')[2].partition("</div>")[0]


@pytest.mark.medium
@pytest.mark.parametrize("address", PAGES)
def test_its_readers_are_told_and_led_to_the_original(client, address):
    statement = make_behind()
    answer = client.get(address.format(slug=statement.slug))
    assert answer.status_code == 200
    told = notice_in(answer)
    assert f'href="/statements/{statement.slug}/" hreflang="en"' in told
    assert f'href="/statements/{statement.slug}/changes/2/" hreflang="en"' in told
    assert str(timezone.localdate().year) in told
    assert "orijinal" in told


@pytest.mark.medium
@pytest.mark.parametrize("address", PAGES)
def test_nobody_else_is(client, address):
    statement = make_behind()
    assert not notice_in(client.get(address.replace("/az", "", 1).format(slug=statement.slug)))
    lifecycle.correct(statement, by=None, is_material=False, answers={"az": Answer.CONFIRMED})
    assert not notice_in(client.get(address.format(slug=statement.slug)))


@pytest.mark.medium
def test_whoever_signs_it_stands_under_the_earlier_text(client):
    statement = make_behind()
    client.post(f"/az/sign/{statement.slug}/", form_data(edition=1))
    signed = Signature.objects.get().edition
    assert (signed.language, signed.number, signed.is_behind) == ("az", 1, True)


def test_the_list_of_editions_says_what_is_read_in_each_language(client):
    statement = make_behind()
    answer = client.get(f"/statements/{statement.slug}/editions/")
    first, second = answer.context["numbered"][1], answer.context["numbered"][0]
    assert (second.is_current, first.is_current) == (True, False)
    assert "this translation does not have the correction yet" in answer.text
    assert "What visitors read now in this language" in answer.text


@pytest.mark.medium
def test_each_edition_page_says_what_is_read_in_its_language(client):
    statement = make_behind()
    page = f"/statements/{statement.slug}/editions/1/"
    assert "is an earlier text. Visitors now read edition 2" in client.get(page).text
    assert "noindex" in client.get(page).text
    assert "noindex" not in client.get(f"/az{page}").text


@pytest.mark.medium
def test_what_an_edition_changed_is_told_from_the_one_before_in_its_language(client):
    statement = make_behind()
    rewrite(statement, "<p>Bazar ertəsi.</p>")
    lifecycle.correct(statement, by=None, note="Mondays.", is_material=False)
    rewrite(statement, "<p>Şagirdlər bazar ertəsi oxuyur.</p>", language="az")
    lifecycle.correct(statement, by=None, notes={"az": "Gün."}, is_material=False)
    answer = client.get(f"/az/statements/{statement.slug}/changes/3/")
    assert (answer.context["edition"].language, answer.context["before"].number) == ("az", 1)
    assert '<p class="lead">Gün.</p>' in answer.text
    english = client.get(f"/az/statements/{statement.slug}/changes/2/")
    assert english.context["edition"].language == "en"
    assert '<p class="lead" lang="en" dir="ltr">Sundays.</p>' in english.text
    assert client.get(f"/statements/{statement.slug}/changes/1/").status_code == 404


@pytest.mark.medium
def test_a_note_that_was_written_in_the_original_is_marked_as_such(client):
    statement = make_translated()
    rewrite(statement, "<p>Pupils learn there on Sundays.</p>")
    rewrite(statement, "<p>Bazar.</p>", language="az")
    lifecycle.correct(statement, by=None, note="The day was wrong.", is_material=False)
    answer = client.get(f"/az/statements/{statement.slug}/")
    assert '<span lang="en" dir="ltr">The day was wrong.</span>' in answer.text


@pytest.mark.medium
def test_the_timeline_of_a_translation_tells_of_a_correction_that_it_lacks(client):
    statement = make_behind()
    told = client.get(f"/az/statements/{statement.slug}/").text
    assert "Sundays." in told.partition('id="timeline"')[2]


@pytest.mark.medium
def test_lists_search_and_feeds_go_on_with_the_words_that_are_read(client):
    statement = make_behind()
    for address in ("/az/statements/", "/az/statements/?q=oxuyur", "/az/", "/az/feed.atom"):
        assert "Oxu zalı açıq qalsın" in client.get(address).text, address
    assert Edition.objects.public().current().filter(statement=statement).count() == 2


@pytest.mark.medium
def test_the_page_that_confirms_says_which_text_is_signed(client):
    make_behind()
    for language, number, told in (("az", 1, True), ("en", 2, False), ("en", 1, False)):
        edition = Edition.objects.get(language=language, number=number)
        waiting = make_signature(edition, state=Signature.State.PENDING)
        for make, purpose in (("confirm", tokens.CONFIRM), ("manage", tokens.MANAGE)):
            url = reverse(f"signatories:{make}", args=[tokens.make(waiting, purpose)])
            answer = client.get(url)
            assert answer.status_code == 200
            assert bool(notice_in(answer)) == told, (language, number, make)
            is_newer = "/changes/2/" in answer.text.replace(notice_in(answer), "")
            assert is_newer == ((language, number) == ("en", 1)), (language, number, make)
