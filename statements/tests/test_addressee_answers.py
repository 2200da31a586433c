"""Addressees answer by a private link; staff publish what they wrote as it is, or decline it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib.testing import assert_flat_queries
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.office import roles
from statements import addressee_answers, lifecycle
from statements.models import AddresseeAnswer, AnswerLink, Delivery
from statements.testing import (
    make_answer,
    make_delivery,
    make_edition,
    make_user,
    screen_data,
    screen_url,
)

pytestmark = pytest.mark.django_db

SAID = {
    "words": "We keep it open.\r\n\r\nUntil June.", "name": "Ines Falk",
    "office": "Chair of the council", "consent": "on",
}  # fmt: skip


@pytest.fixture
def statement():
    return make_edition().statement


@pytest.fixture
def staff():
    return make_user()


@pytest.fixture
def link(statement, staff):
    return addressee_answers.give(make_delivery(statement), by=staff)


def page_of(link):
    return reverse("statements:answer", args=[addressee_answers.token_of(link)])


def screen_of(statement):
    return reverse("admin:statements_statement_answers", args=[statement.pk])


def everywhere(client, statement):
    """What visitors and programs read of a statement and its story."""
    address = statement.get_absolute_url()
    paths = (address, f"{address}feed.atom", f"{address}print/", "/")
    return {
        **{path: client.get(path).text for path in paths},
        "api": client.get(f"/api/v1/statements/{statement.slug}").text,
    }


@pytest.mark.medium
def test_an_answer_waits_is_changed_and_is_published_as_theirs(client, statement, link, staff):
    page = client.get(page_of(link))
    assert "no-store" in page["Cache-Control"] and "noindex" in page["X-Robots-Tag"]
    assert "The council" in page.text and "Pupils learn there" in page.text
    assert client.post(page_of(link), SAID).status_code == 302
    assert "Until then you can change it below" in client.get(page_of(link)).text
    assert not [path for path, text in everywhere(client, statement).items() if "June" in text]

    client.post(page_of(link), {**SAID, "words": "We keep it open until July."})
    sent = AddresseeAnswer.objects.get()
    assert (sent.words, sent.state) == ("We keep it open until July.", "waiting")
    assert sent.consent.startswith("I agree that")

    client.force_login(staff)
    assert "answer of an addressee waits" in client.get("/admin/").text
    data = {"publish": sent.pk, "seen": sent.sha256}
    assert client.post(screen_of(statement), data).status_code == 302
    client.logout()
    shown = everywhere(client, statement)
    for where in (statement.get_absolute_url(), "api"):
        assert "until July" in shown[where] and "Ines Falk" in shown[where], where
    assert "in their own words" in shown[statement.get_absolute_url()]
    assert "Ines Falk, Chair of the council" in shown[f"{statement.get_absolute_url()}feed.atom"]
    assert "Answer from The council" in shown["/"]
    assert "Answered on" in client.get("/statements/").text


def test_a_second_answer_is_a_new_one(client, statement, link, staff):
    client.post(page_of(link), SAID)
    first = AddresseeAnswer.objects.get()
    addressee_answers.publish(first, seen=first.sha256, by=staff)
    client.post(page_of(link), {**SAID, "words": "Until August, then."})
    assert [one.state for one in AddresseeAnswer.objects.all()] == ["published", "waiting"]
    first.refresh_from_db()
    assert first.words == "We keep it open.\n\nUntil June."


def test_words_that_changed_since_are_not_published(statement, staff):
    sent = make_answer(statement)
    addressee_answers.answer(
        sent.delivery, words="Never.", name="Ines Falk", office="Chair", consent="Yes."
    )
    for decide in (addressee_answers.publish, addressee_answers.decline):
        more = {"reason": "x"} if decide is addressee_answers.decline else {}
        with pytest.raises(addressee_answers.AnswerError):
            decide(sent, seen=sent.sha256, by=staff, **more)
    assert AddresseeAnswer.objects.get().state == "waiting"


@pytest.mark.medium
def test_declining_keeps_a_reason_and_takes_out_of_view(client, statement, staff):
    sent = make_answer(statement, words="Zanzibarium")
    client.force_login(staff)
    asked = {"decline": sent.pk, "seen": sent.sha256}
    assert client.post(screen_of(statement), {**asked, "reason": " "}).status_code == 422
    client.post(screen_of(statement), {"publish": sent.pk, "seen": sent.sha256})
    assert "Zanzibarium" in client.get(statement.get_absolute_url()).text
    client.post(screen_of(statement), {**asked, "reason": "It was a prank."})
    assert "Zanzibarium" not in "".join(everywhere(client, statement).values())
    sent.refresh_from_db()
    assert (sent.state, sent.reason, sent.decided_by) == ("declined", "It was a prank.", staff)
    assert "It was a prank." in client.get(screen_of(statement)).text
    client.post(screen_of(statement), {"publish": sent.pk, "seen": sent.sha256})
    sent.refresh_from_db()
    assert sent.state == "declined"


def test_what_is_wrong_is_said_beside_its_field_and_kept(client, link):
    answer = client.post(page_of(link), {**SAID, "consent": "", "name": "A\u202eB"})
    assert answer.status_code == 422
    for sentence in ("Without your consent", "invisible characters", "Until June."):
        assert sentence in answer.text
    assert client.post(page_of(link), {**SAID, "words": "x" * 5001}).status_code == 422
    assert client.post(page_of(link), {**SAID, "words": "\u200b"}).status_code == 422
    crossing = client.post(page_of(link), SAID, headers={"Sec-Fetch-Site": "cross-site"})
    assert crossing.status_code == 403
    assert not AddresseeAnswer.objects.exists()
    client.post(page_of(link), {**SAID, "words": "y\r\n" * 2500})  # 5,000 characters, as typed
    assert AddresseeAnswer.objects.get().words.count("y") == 2500


def test_a_script_is_words(client, statement, link, staff):
    client.post(page_of(link), {**SAID, "words": "<script>alert(1)</script>"})
    sent = AddresseeAnswer.objects.get()
    addressee_answers.publish(sent, seen=sent.sha256, by=staff)
    client.force_login(staff)
    for path in (statement.get_absolute_url(), screen_of(statement), page_of(link)):
        assert "<script>alert" not in client.get(path).text


def test_a_link_ends_by_time_by_staff_and_by_a_new_one(client, statement, link, staff):
    path = page_of(link)
    AnswerLink.objects.update(expires_at=timezone.now())
    assert client.get(path).status_code == 410
    AnswerLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert client.get(path).status_code == 200
    newer = addressee_answers.give(link.delivery, by=staff)
    assert client.get(path).status_code == 410
    assert client.post(path, SAID).status_code == 410
    assert client.get(page_of(newer)).status_code == 200
    addressee_answers.revoke(link.delivery, by=staff)
    assert client.get(page_of(newer)).status_code == 410
    assert client.get(f"{path[:-3]}x/").status_code == 404
    assert not AddresseeAnswer.objects.exists()


def test_a_link_lives_ninety_days(link):
    days = (link.expires_at - link.created_at).total_seconds() / 86400
    assert round(days) == 90


def test_nothing_is_shown_of_what_is_not_public(client, statement, link, staff):
    lifecycle.withdraw(statement, by=staff, note="An error.")
    assert client.get(page_of(link)).status_code == 410
    other = make_edition("Another").statement
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(addressee_answers.AnswerError):
        addressee_answers.give(make_delivery(other, delivered_on=tomorrow), by=staff)


def test_the_link_goes_by_mail_to_the_addressee_alone(statement, link):
    addressee_answers.send(link)
    mail = OutgoingMail.objects.get()
    message = compose(mail)
    assert message and addressee_answers.address_of(link) in message.body
    assert message.to == ["council@example.org"]
    assert "List-Unsubscribe" in message.extra_headers
    statement.targets.update(email="other@example.org")
    assert compose(mail) is None  # who had the address before gets nothing
    statement.targets.update(email="")
    link.delivery.refresh_from_db()
    with pytest.raises(addressee_answers.AnswerError):
        addressee_answers.send(AnswerLink.objects.get())


@pytest.mark.medium
def test_staff_neither_remove_nor_give_away_what_stands_as_theirs(client, statement, staff):
    sent = make_answer(statement)
    addressee_answers.publish(sent, seen=sent.sha256, by=staff)
    delivery, other = sent.delivery, statement.targets.create(name="The mayor")
    client.force_login(staff)

    def save(**changed):
        row = {
            "id": delivery.pk, "statement": statement.pk, "target": delivery.target_id,
            "delivered_on": delivery.delivered_on, "note": "", "answered_on": "", "answer": "",
            **changed,
        }  # fmt: skip
        data = screen_data(statement) | {f"deliveries-0-{name}": row[name] for name in row}
        data |= {"deliveries-TOTAL_FORMS": 1, "deliveries-INITIAL_FORMS": 1}
        return client.post(screen_url(statement, "after"), data)

    assert "Take that out of public" in save(DELETE="on").text
    assert "cannot become somebody else" in save(target=other.pk).text
    assert save(note="By hand.").status_code == 302
    assert Delivery.objects.get().note == "By hand."


def test_only_whoever_may_decide_sees_links(client, statement, link):
    moderator = make_staff("moderator@example.org")
    moderator.groups.add(Group.objects.get(name=roles.MODERATOR.name))
    client.force_login(moderator)
    assert client.get(screen_of(statement)).status_code == 403
    assert client.post(screen_of(statement), {"make": link.delivery_id}).status_code == 403


def test_answers_of_another_statement_are_not_reached(client, statement, staff):
    sent = make_answer(make_edition("Another").statement)
    client.force_login(staff)
    data = {"publish": sent.pk, "seen": sent.sha256}
    assert client.post(screen_of(statement), data).status_code == 404


@pytest.mark.medium
def test_the_page_asks_as_much_for_three_answers_as_for_one(client, statement, staff):
    def add(number):
        sent = make_answer(statement, words=f"Answer {number}")
        addressee_answers.publish(sent, seen=sent.sha256, by=staff)

    def ask(rows):
        text = client.get(f"/api/v1/statements/{statement.slug}").text
        assert text.count("Answer ") == rows

    assert_flat_queries(add, ask)
