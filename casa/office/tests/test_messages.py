"""What was done is told in one message with its number, however much it was."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.templatetags.said import MOST_ALONE, gathered
from signatories.models import Signature
from signatories.moderation import looking
from signatories.testing import make_round, make_signature
from statements.testing import make_edition, make_user


def said(*levels):
    return [Message(level, f"Approved: Person {n} <b>") for n, level in enumerate(levels)]


def test_a_few_are_told_each():
    rows = said(*[messages.SUCCESS] * MOST_ALONE, messages.ERROR)
    assert gathered(rows).alone == rows
    assert gathered(rows).folded == []


def test_many_are_one_and_what_went_wrong_is_seen():
    rows = said(*[messages.SUCCESS] * 40, messages.ERROR, messages.WARNING)
    told = gathered(rows)
    assert (len(told.folded), told.alone) == (40, rows[40:])


@pytest.mark.django_db
@pytest.mark.medium
def test_a_page_after_many_decisions_shows_one_line_with_their_number(client):
    edition = make_edition(premoderated=True)
    rows = [make_signature(edition, f"Person {n}", approved=False) for n in range(5)]
    client.force_login(make_staff("all@example.org", is_superuser=True))
    queue = reverse("admin:signatories_decision_queue")
    for _row in rows:  # faster than the pages between them are read
        one = Signature.objects.filter(approved=False).first()
        client.post(queue, {"kind": "signature", "pk": one.pk, "verb": "accept",
                            "seen": looking.mark(one)})  # fmt: skip
    text = client.get(reverse("admin:index")).text
    found = text.split('class="messagelist"')[1].split("</ul></details>")[0]
    assert "5 things were done" in found
    assert found.count("Approved: Person") == 5
    assert found.count('<li class="success">') == 1


@pytest.mark.django_db
@pytest.mark.medium
def test_what_was_left_out_of_a_list_is_one_message(client):
    client.force_login(make_user())
    asking = make_round()
    url = reverse("admin:signatories_invitationround_add_people", args=[asking.pk])
    text = "Name\tE-mail\nNora Lind\tus@example.org\nIda Dahl\tus@example.org\n"
    client.post(url, {"text": text, "language": "en"}, follow=True)
    again = "Nora Lind\tus@example.org\nOlga Quist\tus@example.org\n"
    answer = client.post(url, {"text": "Name\tE-mail\n" + again, "language": "en"}, follow=True)
    found = answer.text.split('class="messagelist"')[1].split("</ul></details>")[0]
    assert "2 were left out" in found
    assert found.count('<li class="warning">') == 1


def test_lines_of_a_message_are_text():
    shown = render_to_string("admin/folded.html", {"sentence": "<b>", "lines": ["<script>"]})
    assert "<script>" not in shown and "&lt;script&gt;" in shown
