"""The list of statements: searched in all languages, narrowed by links that need no script."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib.db.search import highlighted, passages
from casa.lib.testing import assert_flat_queries
from statements import copying, lifecycle
from statements.models import Delivery, Statement, StatementText, Target, Topic, TopicName
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db

LIST = "/statements/"
SECRET = "Zanzibarium"


def titles(answer):
    return [found.edition.title for found in answer.context["rows"]]


def make_topic(**names):
    topic = Topic.objects.create()
    for language, name in names.items():
        TopicName.objects.create(topic=topic, language=language, name=name)
    return topic


def translated(title, language="az", **fields):
    statement = make_draft("Keep the library open", **fields)
    text = StatementText(statement=statement, language=language, title=title, body="<p>Sözlər</p>")
    text.save()
    lifecycle.publish(statement, by=None)
    return statement


@pytest.mark.medium
def test_words_are_found_by_their_beginnings_whatever_their_case_and_accents(client):
    make_edition("Mend the bridge")
    make_edition("Paint the school")
    for query in ("bridge", "BRID", "mend bridge", "bridge mend", "Mend, the bridge!", "brídge"):
        assert titles(client.get(LIST, {"q": query})) == ["Mend the bridge"], query


@pytest.mark.medium
def test_what_is_not_there_is_not_found_and_there_is_a_way_on(client):
    make_edition("Mend the bridge")
    make_edition("Paint the school")
    for query in ("ridge", "bridge school", "bridges", "%", "' :* |", "br_dge"):
        answer = client.get(LIST, {"q": query})
        assert titles(answer) == [], query
        assert "Nothing was found" in answer.text, query
        assert f'href="{LIST}"' in answer.text, query


@pytest.mark.medium
@pytest.mark.parametrize("part", ["summary", "body", "ask"])
def test_every_part_is_searched_and_the_passage_is_marked(client, part):
    words = f"<p>{'Long ago. ' * 60}The ferryman rows &amp; sings.</p>" if part == "body" else ""
    fields = {part: words or "The ferryman rows & sings."}
    make_edition("A title", **fields)
    text = client.get(LIST, {"q": "ferry"}).text
    assert "The <mark>ferryman</mark> rows &amp; sings." in text


@pytest.mark.medium
def test_one_word_does_not_run_into_the_next_paragraph(client):
    make_edition("A title", body="<p>One</p><p>two <strong>thr</strong>ee</p>")
    assert titles(client.get(LIST, {"q": "two"})) == ["A title"]
    assert titles(client.get(LIST, {"q": "three"})) == ["A title"]


@pytest.mark.medium
def test_a_match_in_another_language_is_shown_in_it(client):
    translated("Oxu zalı açıq qalsın")
    text = client.get(LIST, {"q": "aciq"}).text
    assert "Keep the library open" in text
    assert '<p class="row-summary" lang="az" dir="ltr">Oxu zalı <mark>açıq</mark> qalsın' in text
    text = client.get("/az/statements/", {"q": "aciq"}).text
    assert "Oxu zalı <mark>açıq</mark> qalsın" in text
    assert "another language" not in text


def test_marks_are_safe_and_keep_the_spelling():
    assert highlighted("<b>İsmayılova’s</b> list", ["ismayilova"]) == (
        "&lt;b&gt;<mark>İsmayılova’s</mark>&lt;/b&gt; list"
    )
    (one,) = passages("x " * 200 + "needle " + "y " * 200, ["needle"], at_most=2)
    assert one.startswith("… ") and one.endswith(" …") and "<mark>needle</mark>" in one
    assert len(one) < 330


def draft():
    make_draft(f"{SECRET} title", body=f"<p>{SECRET}</p>")


def embargoed():
    later = timezone.now() + timedelta(hours=1)
    lifecycle.publish(make_draft(f"{SECRET} title", publish_at=later), by=None)


def withdrawn():
    statement = make_edition(f"{SECRET} title").statement
    lifecycle.withdraw(statement, by=None)


def corrected_away():
    statement = make_edition("A title", body=f"<p>{SECRET}</p>").statement
    statement.texts.update(body="<p>Other words.</p>")
    lifecycle.correct(statement, by=None, note="a word", is_material=False)


def working_copy():
    make_edition("A title").statement.texts.update(body=f"<p>{SECRET}</p>")


@pytest.mark.medium
@pytest.mark.parametrize("secret", [draft, embargoed, withdrawn, corrected_away, working_copy])
def test_no_word_is_found_that_visitors_do_not_read_now(client, secret):
    secret()
    assert titles(client.get(LIST, {"q": SECRET})) == []


@pytest.mark.medium
def test_the_word_would_be_found_if_it_were_public(client):
    make_edition(f"{SECRET} title")
    assert len(titles(client.get(LIST, {"q": SECRET}))) == 1


@pytest.mark.medium
@pytest.mark.parametrize("secret", [draft, embargoed, withdrawn])
def test_no_filter_tells_of_what_is_not_public(client, secret):
    secret()
    make_edition("Something public")
    for statement in Statement.objects.filter(texts__title__startswith=SECRET):
        statement.topics.add(make_topic(en=f"{SECRET} topic"))
        Target.objects.create(statement=statement, name=f"{SECRET} board")
    text = client.get(LIST).text + client.get(LIST, {"state": "open"}).text
    assert SECRET not in text


@pytest.mark.slow
def test_filters_narrow_the_list_and_say_how_many_they_leave(client):
    bridge = make_edition("Mend the bridge", dated_on=date(2024, 5, 1)).statement
    make_edition("Paint the school", dated_on=date(2025, 5, 1))
    closed = make_edition("Keep the pool", dated_on=date(2025, 6, 1)).statement
    lifecycle.close(closed, by=None)
    Delivery.objects.create(statement=closed, delivered_on=timezone.localdate())
    topic = make_topic(en="Bridges", az="Körpülər")
    bridge.topics.add(topic)
    Target.objects.create(statement=bridge, name="Bridge Board")
    for asked, found in (
        ({"state": "open"}, ["Paint the school", "Mend the bridge"]),
        ({"state": "closed"}, ["Keep the pool"]),
        ({"state": "delivered"}, ["Keep the pool"]),
        ({"year": "2025"}, ["Keep the pool", "Paint the school"]),
        ({"year": "2025", "state": "open"}, ["Paint the school"]),
        ({"topic": topic.pk}, ["Mend the bridge"]),
        ({"to": "Bridge Board"}, ["Mend the bridge"]),
        ({"to": "Bridge Board", "q": "school"}, []),
        ({"state": "x", "year": "x", "topic": "x"},
         ["Keep the pool", "Paint the school", "Mend the bridge"]),
    ):  # fmt: skip
        assert titles(client.get(LIST, asked)) == found, asked
    text = client.get(LIST).text
    for choice in ("Open for signatures (2)", "Closed (1)", "2025 (2)", "Handed over (1)"):
        assert choice in text
    assert "Bridges (1)" in client.get(LIST, {"topic": topic.pk}).text
    assert "Körpülər (1)" in client.get(f"/az{LIST}", {"topic": topic.pk}).text


def test_a_hand_over_that_is_only_planned_does_not_count(client):
    statement = make_edition("Keep the pool").statement
    tomorrow = timezone.localdate() + timedelta(days=1)
    Delivery.objects.create(statement=statement, delivered_on=tomorrow)
    assert titles(client.get(LIST, {"state": "delivered"})) == []


@pytest.mark.medium
def test_narrowed_lists_are_kept_out_of_search_engines(client):
    make_edition()
    narrowed, whole = client.get(LIST, {"q": "reading"}).text, client.get(LIST).text
    canonical = re.compile(r'<link rel="canonical" href="[^"?]+/statements/">')
    assert 'content="noindex"' in narrowed
    assert not canonical.search(narrowed)  # two pages that differ do not say that they are one
    assert 'content="noindex"' not in whole and canonical.search(whole)


@pytest.mark.slow
def test_pages_go_by_key_and_keep_the_filters(client, monkeypatch):
    monkeypatch.setattr("statements.public.views.STATEMENTS_PER_PAGE", 2)
    for number in range(5):
        make_edition(f"Statement {number}")
    first = client.get(LIST, {"q": "statement"})
    assert titles(first) == ["Statement 4", "Statement 3"]
    key = first.context["page"].next
    make_edition("Statement of late")
    second = client.get(f"{LIST}?q=statement&page={key}")
    assert titles(second) == ["Statement 2", "Statement 1"]
    assert "q=statement" in re.search(r'rel="next" href="([^"]+)"', second.text)[1]
    back = f"{second.context['page'].previous}.back"
    assert titles(client.get(LIST, {"q": "statement", "page": back})) == titles(first)
    assert client.get(LIST, {"page": "nonsense-1"}).status_code == 200


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow(client):
    def add(n):
        statement = translated(f"Başlıq {n}")
        statement.topics.add(make_topic(en=f"Topic {n}"))
        Target.objects.create(statement=statement, name=f"Board {n}")

    def ask(rows):
        found = client.get(LIST, {"q": "basliq", "year": timezone.now().year})
        assert len(titles(found)) == rows

    assert_flat_queries(add, ask)


@pytest.mark.slow
def test_a_topic_is_chosen_on_the_screen_and_stands_in_the_history(client):
    from casa.office.history.statement import history_of
    from statements.testing import make_user, screen_data

    client.force_login(make_user())
    statement, topic = make_draft(), make_topic(en="Libraries")
    url = reverse("admin:statements_statement_change", args=[statement.pk])
    assert "Libraries" in client.get(url).text
    assert client.post(url, screen_data(statement, topics=[topic.pk])).status_code == 302
    assert list(statement.topics.all()) == [topic]
    changes = [change for entry in history_of(statement) for part in entry.parts
               for change in part.changes]  # fmt: skip
    assert ("", "Libraries") in [(one.old, one.new) for one in changes]
    assert list(copying.copy_as_draft(statement, by=None).topics.all()) == [topic]


@pytest.mark.medium
def test_staff_name_a_topic_in_each_language(client):
    from statements.testing import make_user

    client.force_login(make_user())
    data = {"names-TOTAL_FORMS": 2, "names-INITIAL_FORMS": 0}
    data |= {"names-0-language": "en", "names-0-name": "Rivers"}
    data |= {"names-1-language": "az", "names-1-name": "Çaylar"}
    assert client.get(reverse("admin:statements_topic_add")).status_code == 200
    assert client.post(reverse("admin:statements_topic_add"), data).status_code == 302
    assert {str(name) for name in Topic.objects.get().names.all()} == {"Rivers", "Çaylar"}
    again = client.post(reverse("admin:statements_topic_add"), data)
    assert "Another topic has this name already." in again.text
