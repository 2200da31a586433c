"""Who changed which word when: History pages, and the file for a lawyer."""

import hashlib
import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from casa.lib.concurrent_edits.testing import opened_with
from casa.lib.testing import assert_flat_queries
from casa.office.history.others import of_organization
from casa.office.history.statement import history_of
from signatories.models import ExportLog, OrganizationAlias
from signatories.moderation import decisions
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Comment, Delivery, PreviewLink, PreviewVisit, SigningPause, Target
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


def history_url(row, suffix=""):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history{suffix}"
    return reverse(name, args=[row.pk])


def with_role(name):
    user = make_user(f"the-{name}@example.org", is_superuser=False, name=f"Nell {name}")
    user.groups.add(Group.objects.get(name=name))
    return user


def words_on_page(client, row):
    """The words of the History page, without its marks."""
    answer = client.get(history_url(row))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", answer.text)))


def a_life(editor):
    """A statement with something of everything that can happen to one."""
    statement = make_draft("Open the <b>reading room</b>")
    lifecycle.submit(statement, by=editor, note="Please check the date.")
    Comment.objects.create(statement=statement, by=editor, text="The date is right.")
    target = Target.objects.create(statement=statement, name="Council")
    target.office = "Culture Committee"
    target.save()
    link = PreviewLink.objects.create(
        statement=statement, name="Daily Paper", email="desk@paper.example", key="k" * 43,
        created_by=editor, expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    PreviewVisit.objects.create(link=link, sha256="0" * 64)
    lifecycle.publish(statement, by=editor)
    Delivery.objects.create(statement=statement, target=target, delivered_on=timezone.localdate())
    target.delete()
    return statement


@pytest.mark.medium
def test_a_statement_shows_all_that_happened_and_by_whom(client):
    editor = make_user(name="Edda Editor")
    statement = a_life(editor)
    ExportLog.objects.create(by=editor, statement=statement, columns=["name"], rows=7)
    client.force_login(editor)
    words = words_on_page(client, statement)
    for told in (
        "Submitted for review", "Please check the date.", "Published", "Comment",
        "The date is right.", "Addressee “Council”: added", "Addressee “Council”: removed",
        "Culture Committee", "Preview link for “Daily Paper”", "opened once", "7 rows exported",
        "Edition 1 in English published", statement.editions.get().sha256, "command line",
        "Edda Editor", "Hand-over: added",
    ):  # fmt: skip
        assert told in words, told


@pytest.mark.medium
def test_an_edit_in_the_admin_is_the_editors_and_one_by_a_command_is_nobodys(client):
    editor = make_user(name="Edda Editor")
    organization = make_organization("River Trust")
    client.force_login(editor)
    no_rows = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    answer = client.post(
        reverse("admin:signatories_organization_change", args=[organization.pk]),
        {
            **opened_with(organization), "name": "River Trust", "kind": "association",
            "city": "Millbrook", "region": "", "country": "", "website": "",
            **{f"{rows}-{key}": n for rows in ("aliases", "events") for key, n in no_rows.items()},
        },
    )  # fmt: skip
    assert answer.status_code == 302
    # What the request leaves behind must not colour what follows.
    organization.refresh_from_db()
    organization.city = "Port Hale"
    organization.save()
    begun, in_admin, by_command = of_organization(organization)
    assert in_admin.who == "Edda Editor"
    assert in_admin.parts[0].changes[0].new == "Millbrook"
    assert "command line" in begun.who
    assert begun.who == by_command.who


@pytest.mark.medium
def test_words_are_compared_word_by_word(client):
    statement = make_draft(body="<p>Pupils learn there on Saturdays.</p>")
    text = statement.texts.get()
    text.body = "<p>Pupils learn there on Sundays.</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    text.save()
    client.force_login(make_user())
    answer = client.get(history_url(statement))
    assert re.search(r"<del>.*?Saturdays", answer.text)
    assert re.search(r"<ins>.*?Sundays", answer.text)
    assert "<script>alert" not in answer.text


@pytest.mark.medium
def test_the_pause_of_the_whole_site_shows_who_and_no_number(client):
    editor = with_role("Editor")
    client.force_login(editor)
    pause = SigningPause.objects.create(pk=1)
    data = {"is_on": "on", "sentence": "Back on Monday.", **opened_with(pause)}
    url = reverse("admin:statements_signingpause_change", args=[pause.pk])
    assert client.post(url, data).status_code == 302
    words = words_on_page(client, pause)
    assert "Nell Editor Edited" in words
    assert "Back on Monday." in words
    assert "By:" not in words


@pytest.mark.medium
def test_a_save_without_a_change_is_no_entry():
    statement = make_draft()
    before = len(history_of(statement))
    statement.save()
    statement.texts.get().save()
    assert len(history_of(statement)) == before


@pytest.mark.medium
def test_publishing_is_not_an_edit_of_whoever_saves_next():
    statement = make_draft()
    lifecycle.publish(statement, by=None)
    statement.place = "Exampletown"
    statement.save()
    changes = [c.label for e in history_of(statement)[1:] for p in e.parts for c in p.changes]
    assert changes == ["Place"]


def test_one_save_is_one_entry():
    statement = make_draft()
    first = history_of(statement)[0]
    assert [part.name for part in first.parts] == ["Statement: added", "Text (English): added"]


@pytest.mark.medium
def test_an_organization_shows_edits_and_decisions(client):
    moderator = with_role("Moderator")
    organization = make_organization("River Trust")
    OrganizationAlias.objects.create(organization=organization, name="The Trust")
    organization.city = "Millbrook"
    organization.save()
    decisions.verify(organization, by=moderator, reason="Seen in the register.")
    client.force_login(moderator)
    words = words_on_page(client, organization)
    for told in ("Millbrook", "The Trust", "Not checked → Verified", "Seen in the register."):
        assert told in words


@pytest.mark.medium
def test_a_signature_shows_its_steps(client):
    moderator = with_role("Moderator")
    signature = make_signature(make_edition(), "Nora Lind")
    decisions.hide(signature, by=moderator, reason="Asked by phone.")
    client.force_login(moderator)
    words = words_on_page(client, signature)
    assert "Confirmed → Hidden" in words
    assert "Nell Moderator" in words
    assert signature.email not in words


@pytest.mark.medium
def test_it_asks_as_much_of_a_long_history_as_of_a_short_one():
    statement = make_draft()

    def add(number):
        Target.objects.create(statement=statement, name=f"Council {number}")
        lifecycle.submit(statement, by=None)
        lifecycle.send_back(statement, by=None)

    assert_flat_queries(add, lambda _rows: history_of(statement))


@pytest.mark.medium
def test_the_file_holds_everything_and_refers_to_nothing(client):
    editor = make_user(name="Edda Editor")
    statement = a_life(editor)
    edition = statement.editions.get()
    hidden = make_signature(edition, "Hidden Person")
    decisions.hide(hidden, by=editor, reason="Personal matter.")
    make_signature(edition, "Lena Lead", lead_position=1)
    make_signature(edition, "Shy Lead", lead_position=2, name_withheld=True)
    client.force_login(editor)
    answer = client.get(history_url(statement, "_export"))
    assert answer["Content-Disposition"].startswith('attachment; filename="history-')
    text = answer.text
    for told in ("Pupils learn there", edition.sha256, "Lena Lead", "Please check the date.",
                 "Culture Committee", "Confirmed", "Hidden", "Edda Editor"):  # fmt: skip
        assert told in text, told
    for secret in (
        "@example",
        "@paper",
        "Shy Lead",
        "Hidden Person",
        "Personal matter.",
        "<script",
        "<b>reading",
    ):
        assert secret not in text, secret
    assert not re.search(r"(src|href)=|url\(|@import", text)


@pytest.mark.medium
def test_the_file_proves_its_fingerprints(client):
    statement = make_draft(summary="Two lines,\r\nas a browser sends them.")
    lifecycle.publish(statement, by=None)
    client.force_login(make_user())
    text = client.get(history_url(statement, "_export")).text
    source = unescape(re.search(r"<pre>(.*?)</pre>", text, re.DOTALL)[1])
    assert hashlib.sha256(source.encode()).hexdigest() == statement.editions.get().sha256
    assert "DIFFERENT" not in text


@pytest.mark.medium
@pytest.mark.parametrize(("role", "status"), [("Author", 403), ("Editor", 200), ("Analyst", 403)])
def test_history_is_for_those_who_edit(client, role, status):
    statement = make_edition().statement
    client.force_login(with_role(role))
    assert client.get(history_url(statement)).status_code == status
    assert client.get(history_url(statement, "_export")).status_code == status
    assert client.get(reverse("admin:how_we_publish")).status_code == 200
