"""Atom feeds: what was published, and what happened with one statement; of public things alone."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone, translation

from casa.lib.testing import assert_flat_queries
from statements import lifecycle
from statements.models import Delivery, Statement, StatementText, Target, Update
from statements.public import feeds
from statements.public.parts import timeline
from statements.testing import make_draft, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SECRET = "Zanzibarium"


def read(client, url, **headers):
    answer = client.get(url, **headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def texts(feed, name):
    return [entry.findtext(f"{ATOM}{name}") for entry in entries(feed)]


def ago(days):
    return timezone.now() - timedelta(days=days)


def in_two_languages(title="Keep the reading room open", translated="Oxu zalı qalsın"):
    draft = make_draft(title)
    StatementText.objects.create(
        statement=draft, language="az", title=translated, body="<p>Uşaqlar oxuyur.</p>"
    )
    return lifecycle.publish(draft, by=None)[0].statement


def test_statements_newest_first_in_the_readers_language(client):
    make_edition("An older one", publish_at=ago(3))
    in_two_languages()
    feed = read(client, "/feed.atom")
    assert feed.get(LANG) == "en"
    assert texts(feed, "title") == ["Keep the reading room open", "An older one"]
    azerbaijani = read(client, "/az/feed.atom")
    assert azerbaijani.get(LANG) == "az"
    assert texts(azerbaijani, "title") == ["Oxu zalı qalsın", "An older one"]
    # Words in another language than the feed's say so.
    assert [entry.get(LANG) for entry in entries(azerbaijani)] == [None, "en"]


def test_addresses_are_the_sites_own_whatever_name_was_asked_for(client, settings):
    settings.SITE_URL = "https://letters.example.org"
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    slug = make_edition().statement.slug
    for url in ("/feed.atom", f"/statements/{slug}/feed.atom"):
        answer = client.get(url, headers={"Host": "elsewhere.example"})
        assert "elsewhere" not in answer.text
        assert f"https://letters.example.org/statements/{slug}/" in answer.text


@pytest.mark.medium
def test_ids_stay_and_dates_move_with_the_words(client):
    statement = make_edition(publish_at=ago(9)).statement
    before = entries(read(client, "/feed.atom"))[0]
    text = statement.texts.get()
    text.title = "Keep the reading room open on Saturdays"
    text.save()
    statement.refresh_from_db()
    lifecycle.correct(statement, by=None, note="The day was missing.", is_material=False)
    after = entries(read(client, "/feed.atom"))[0]
    same = [before.findtext(f"{ATOM}{name}") for name in ("id", "published")]
    assert [after.findtext(f"{ATOM}{name}") for name in ("id", "published")] == same
    assert before.findtext(f"{ATOM}id").startswith("tag:")
    assert after.findtext(f"{ATOM}updated") > before.findtext(f"{ATOM}updated")
    feed = read(client, "/feed.atom")
    assert feed.findtext(f"{ATOM}updated") == after.findtext(f"{ATOM}updated")
    assert after.findtext(f"{ATOM}title") == "Keep the reading room open on Saturdays"


def test_what_happened_with_one_statement(client):
    statement = make_edition(publish_at=ago(30)).statement
    target = Target.objects.create(statement=statement, name="The council")
    Update.objects.create(
        statement=statement, title="The press wrote", body="<p>Two pages.</p>", posted_at=ago(5)
    )
    Delivery.objects.create(
        statement=statement, target=target, delivered_on=timezone.localdate(ago(9)), note="By hand",
        answered_on=timezone.localdate(ago(2)), answer="They <will> see",
    )  # fmt: skip
    feed = read(client, f"{statement.get_absolute_url()}feed.atom")
    title = "Keep the reading room open"
    assert texts(feed, "title") == [
        f"Answer from The council: {title}", "The press wrote",
        f"Handed over to The council: {title}", f"Published: {title}",
    ]  # fmt: skip
    assert texts(feed, "summary")[:2] == ["<p>They &lt;will&gt; see</p>", "<p>Two pages.</p>"]
    assert len(set(texts(feed, "id"))) == 4
    assert texts(feed, "updated") == sorted(texts(feed, "updated"), reverse=True)


def test_corrections_are_told_with_what_changed(client):
    statement = make_edition().statement
    text = statement.texts.get()
    text.body = "<p>Pupils learn there on Sundays.</p>"
    text.save()
    statement.refresh_from_db()
    lifecycle.correct(statement, by=None, note="Sundays, not Saturdays.", is_material=False)
    newest = entries(read(client, f"{statement.get_absolute_url()}feed.atom"))[0]
    assert newest.findtext(f"{ATOM}title") == "Corrected: Keep the reading room open"
    assert "Sundays, not Saturdays." in newest.findtext(f"{ATOM}summary")
    assert newest.find(f"{ATOM}link").get("href").endswith("/changes/2/")


def test_a_script_that_got_into_the_database_is_not_passed_on(client):
    statement = make_edition().statement
    update = Update.objects.create(statement=statement, title="News", body="<p>News.</p>")
    table = Update._meta.db_table
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET body = '<p onclick=x()>News</p><script>x()</script>'")
    assert Update.objects.get(pk=update.pk).body.endswith("</script>")
    summaries = texts(read(client, f"{statement.get_absolute_url()}feed.atom"), "summary")
    assert "<p>News</p>" in summaries


def test_signs_that_xml_cannot_hold_are_left_out(client):
    slug = make_edition("Keep\x0b the \ufffe room").statement.slug
    assert texts(read(client, "/feed.atom"), "title") == ["Keep the  room"]
    assert texts(read(client, f"/statements/{slug}/feed.atom"), "title")


def make_hidden(state):
    fields = {"summary": SECRET, "ask": SECRET, "body": f"<p>{SECRET}</p>"}
    if state == "embargoed":
        fields["publish_at"] = timezone.now() + timedelta(hours=1)
    statement = make_draft(f"{SECRET} title", **fields)
    if state != "draft":
        lifecycle.publish(statement, by=None)
    if state == "withdrawn":
        lifecycle.withdraw(statement, by=None)
    Update.objects.create(statement=statement, title=SECRET, body=f"<p>{SECRET}</p>")
    Statement.objects.filter(pk=statement.pk).update(slug="neutral-address")


@pytest.mark.medium
@pytest.mark.parametrize(
    ("state", "status"), [("draft", 404), ("embargoed", 404), ("withdrawn", 410)]
)
def test_nothing_of_what_is_not_public(client, state, status):
    make_hidden(state)
    make_edition("Something public")
    for url in ("/feed.atom", "/az/feed.atom"):
        assert SECRET not in client.get(url).text
    answer = client.get("/statements/neutral-address/feed.atom")
    assert answer.status_code == status
    assert SECRET not in answer.text


@pytest.mark.medium
def test_news_that_are_dated_later_wait(client):
    statement = make_edition().statement
    Update.objects.create(
        statement=statement, title=SECRET, body=f"<p>{SECRET}</p>", posted_at=ago(-1)
    )
    assert SECRET not in client.get(f"{statement.get_absolute_url()}feed.atom").text


@pytest.mark.medium
def test_whoever_has_it_is_told_so(client):
    slug = make_edition().statement.slug
    for url in ("/feed.atom", f"/statements/{slug}/feed.atom"):
        first = client.get(url)
        assert first["Cache-Control"].startswith("public")
        assert not first.cookies
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    Update.objects.create(statement=Statement.objects.get(), title="News", body="<p>News.</p>")
    again = client.get(f"/statements/{slug}/feed.atom", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_an_empty_feed_is_one_and_stays_the_same(client):
    answer = client.get("/feed.atom")
    assert entries(ElementTree.fromstring(answer.content)) == []
    assert client.get("/feed.atom")["ETag"] == answer["ETag"]


@pytest.mark.medium
def test_the_feed_of_statements_costs_the_same_at_any_length(client):
    def ask(rows):
        assert len(entries(read(client, "/feed.atom"))) == rows

    assert_flat_queries(lambda number: make_edition(f"Statement {number}"), ask)


@pytest.mark.medium
def test_the_feed_of_a_statement_costs_the_same_at_any_length(client):
    statement = make_edition().statement

    def add(number):
        Update.objects.create(statement=statement, title=f"News {number}", body="<p>News.</p>")
        target = Target.objects.create(statement=statement, name=f"Council {number}")
        today = timezone.localdate()
        Delivery.objects.create(statement=statement, target=target, delivered_on=today)

    def ask(rows):
        feed = read(client, f"{statement.get_absolute_url()}feed.atom")
        assert len(entries(feed)) == 2 * rows + 1

    assert_flat_queries(add, ask)


@pytest.mark.medium
def test_pages_name_their_feeds(client):
    statement = make_edition().statement
    address = f"/az{statement.get_absolute_url()}"
    page = client.get(address).text
    for feed in ("/az/feed.atom", f"{address}feed.atom"):
        assert f'type="application/atom+xml" href="{feed}"' in page
        assert client.get(feed).status_code == 200


def test_feeds_are_only_read(client):
    assert client.post("/feed.atom").status_code == 405


def test_titles_have_the_colon_of_their_language():
    edition = make_edition()
    event = timeline(edition.statement, "en")[0]
    with translation.override("fr"):
        title = feeds._entry(event, edition).title
    assert title.endswith(f"\u202f: {edition.title}")
