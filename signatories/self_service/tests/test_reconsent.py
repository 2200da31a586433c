"""A material correction is told to every signer once, and they stay or withdraw."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from casa.lib.text import unparted
from casa.mail import delivery
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import states, tally, tokens
from signatories.mailings import batches, correction_notices
from signatories.models import CorrectionMailing, Signature
from signatories.signing import confirmation
from signatories.testing import form_data, make_organization, make_signature
from statements import lifecycle
from statements.models import Edition, Statement, StatementText
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def correct(statement, body="<p>Pupils learn there on Sundays.</p>", *, is_material=True):
    StatementText.objects.filter(statement=statement, language="en").update(body=body)
    return lifecycle.correct(
        statement, by=None, note=f"Now: {body[3:-4]}", is_material=is_material
    )[0]


def notified_signatures(edition_number=2):
    mails = OutgoingMail.objects.filter(
        kind=correction_notices.KIND, params__edition=edition_number
    )
    return sorted(mails.values_list("params__signature", flat=True))


def link(signature, answer=""):
    token = tokens.make(signature, tokens.CORRECTION)
    if answer:
        return reverse("signatories:correction_answer", args=[token, answer])
    return reverse("signatories:correction", args=[token])


def answer(client, signature, answer):
    url = link(Signature.objects.get(pk=signature.pk))
    question = client.get(url).context["correction"]
    return press(client, url, {"answer": answer, "seen": question.mark if question else ""})


def press(client, link, data, **more):
    """A button of the page behind a link, which posts to the statement's URL."""
    statement = Statement.objects.get()
    token = link.split("/sign/correction/")[1].strip("/")
    return client.post(statement.get_absolute_url(), {"correction": token, **data}, **more)


# --- Telling -------------------------------------------------------------------------------


@pytest.mark.medium
def test_confirmed_signers_of_the_earlier_text_are_told_and_nobody_else():
    first = make_edition()
    person = make_signature(first)
    organization = make_signature(first, organization=make_organization())
    unchecked = make_signature(first, approved=False)
    for state in ("pending", "hidden", "withdrawn", "invalidated"):
        make_signature(first, state=state)
    make_signature(first, email="")
    make_signature(make_edition("Another statement"))
    second = correct(first.statement)
    make_signature(second)
    assert correction_notices.notify_signers() == 3
    assert notified_signatures() == [person.pk, organization.pk, unchecked.pk]
    assert correction_notices.notify_signers() == 0
    assert notified_signatures() == [person.pk, organization.pk, unchecked.pk]


@pytest.mark.medium
def test_a_lead_signatory_from_before_publication_is_told():
    first = make_edition()
    lead = make_signature(first, lead_position=1)
    Signature.objects.update(edition=None)
    correct(first.statement)
    correction_notices.notify_signers()
    assert notified_signatures() == [lead.pk]
    lead.refresh_from_db()
    assert "Saturdays" in compose(OutgoingMail.objects.get()).body


def test_a_minor_correction_is_told_to_nobody():
    first = make_edition()
    make_signature(first)
    correct(first.statement, is_material=False)
    assert correction_notices.notify_signers() == 0
    assert not CorrectionMailing.objects.exists()


def test_nobody_is_told_of_what_is_not_public():
    first = make_edition()
    make_signature(first)
    correct(first.statement)
    lifecycle.withdraw(first.statement, by=None)
    assert correction_notices.notify_signers() == 0


@pytest.mark.medium
def test_batches_go_on_where_a_killed_worker_stopped(monkeypatch):
    first = make_edition()
    pks = [make_signature(first).pk for _ in range(7)]
    correct(first.statement)
    monkeypatch.setattr(batches, "SIZE", 3)
    correction_notices._begin_mailings()
    mailing = CorrectionMailing.objects.get()
    assert correction_notices.notify_batch(mailing.pk) == 3  # and then the worker is gone
    assert notified_signatures() == pks[:3]
    assert correction_notices.notify_signers() == 4
    assert notified_signatures() == pks
    mailing.refresh_from_db()
    assert (mailing.queued, mailing.last_signature) == (7, pks[-1])
    assert mailing.finished_at


@pytest.mark.medium
def test_a_batch_that_fails_leaves_no_half(monkeypatch):
    first = make_edition()
    pks = [make_signature(first).pk for _ in range(4)]
    correct(first.statement)
    queue, calls = correction_notices.queue, []

    def dies_at_the_third(*args, **kwargs):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return queue(*args, **kwargs)

    monkeypatch.setattr(correction_notices, "queue", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        correction_notices.notify_signers()
    assert notified_signatures() == []
    monkeypatch.setattr(correction_notices, "queue", queue)
    correction_notices.notify_signers()
    assert notified_signatures() == pks


@pytest.mark.medium
def test_a_long_mailing_leaves_room_for_other_mail(monkeypatch):
    first = make_edition()
    for _ in range(5):
        make_signature(first)
    correct(first.statement)
    monkeypatch.setattr(batches, "SIZE", 2)
    monkeypatch.setattr(batches, "BACKLOG", 2)
    assert correction_notices.notify_signers() == 2
    assert correction_notices.notify_signers() == 0
    delivery.deliver_due()
    assert correction_notices.notify_signers() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_tell_everybody_once():
    first = make_edition()
    pks = [make_signature(first).pk for _ in range(20)]
    correct(first.statement)

    def work(_):
        try:
            return correction_notices.notify_signers()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))
    assert sum(counts) == 20
    assert notified_signatures() == pks


@pytest.mark.medium
def test_each_material_edition_is_told_once_and_the_latest_mail_shows_it_all():
    first = make_edition()
    make_signature(first)
    correct(first.statement)
    correction_notices.notify_signers()
    correct(first.statement, "<p>Pupils learn there on Mondays.</p>")
    correction_notices.notify_signers()
    outdated, newest = OutgoingMail.objects.order_by("pk")
    assert compose(outdated) is None
    assert "[removed: Saturdays][added: Mondays]" in compose(newest).body


@pytest.mark.medium
def test_who_confirms_after_the_mailing_is_told_then_and_once():
    first = make_edition()
    early, late = (make_signature(first, state="pending") for _ in range(2))
    correct(first.statement)
    confirmation.confirm(early)  # nobody has been told yet: the mailing finds them
    assert notified_signatures() == []
    correction_notices.notify_signers()
    confirmation.confirm(late)
    correction_notices.notify_signers()
    assert notified_signatures() == [early.pk, late.pk]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_confirming_while_signers_are_told_misses_nobody(monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 2)
    first = make_edition()
    pks = [make_signature(first, state="pending" if n % 2 else "confirmed").pk for n in range(24)]
    correct(first.statement)

    def work(pk):
        try:
            if pk is None:
                correction_notices.notify_signers()
            else:
                confirmation.confirm(Signature.objects.get(pk=pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, [None, *pks[1::4], None, *pks[3::4]]))
    correction_notices.notify_signers()
    assert notified_signatures() == pks


# --- The mail ------------------------------------------------------------------------------


@pytest.mark.medium
def test_the_mail_shows_the_difference_and_both_ways():
    first = make_edition()
    signature = make_signature(first, email="nora@example.org")
    correct(first.statement)
    correction_notices.notify_signers()
    delivery.deliver_due()
    (message,) = django_mail.outbox
    assert message.to == ["nora@example.org"]
    assert len(message.subject) < 60
    html = message.alternatives[0].content
    assert "[removed: Saturdays][added: Sundays]" in message.body
    assert "<del>" in html
    assert "Now: Pupils learn there on Sundays." in message.body
    for words in (message.body, html):
        links = set(re.findall(r"/sign/correction/[^/\s\"]+/(\w+)/", words))
        assert links == {"stay", "withdraw"}
        assert "nora" not in "".join(re.findall(r"/sign/correction/\S+", words))
    signature.refresh_from_db()
    assert signature.edition == first


@pytest.mark.slow
@pytest.mark.parametrize("how", ["answered", "withdrew", "statement withdrawn"])
def test_a_mail_that_is_no_longer_wanted_is_not_sent(how, client):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    correction_notices.notify_signers()
    if how == "answered":
        answer(client, signature, "stay")
    elif how == "withdrew":
        states.withdraw(signature)
    else:
        lifecycle.withdraw(first.statement, by=None)
    assert compose(OutgoingMail.objects.get()) is None


# --- Answering -----------------------------------------------------------------------------


@pytest.mark.medium
def test_opening_a_link_answers_nothing(client):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    for answer in ("", "stay", "withdraw"):
        page = client.get(link(signature, answer))
        assert "no-store" in page["Cache-Control"]
        assert "<del>" in page.text
        assert 'value="stay"' in page.text
        assert 'value="withdraw"' in page.text
    signature.refresh_from_db()
    assert (signature.edition, signature.state) == (first, "confirmed")


@pytest.mark.medium
def test_who_stays_stands_under_the_new_text_and_counts_as_before(client):
    first = make_edition()
    signature = make_signature(first)
    second = correct(first.statement)
    assert answer(client, signature, "stay").status_code == 200
    assert answer(client, signature, "stay").status_code == 200  # twice is harmless
    signature.refresh_from_db()
    assert (signature.edition, signature.state) == (second, "confirmed")
    step = signature.events.last()
    assert (step.from_edition, step.from_state, step.to_state) == (first, "confirmed", "confirmed")
    assert signature.events.count() == 2
    assert tally.of(first.statement).people == 1
    assert "stands under edition 2" in client.get(link(signature)).text


@pytest.mark.medium
def test_who_withdraws_is_gone_and_the_tally_follows(client):
    first = make_edition()
    stays, goes = make_signature(first, "Nora Lind"), make_signature(first, "Ove Dahl")
    correct(first.statement)
    assert answer(client, goes, "withdraw").status_code == 200
    assert answer(client, goes, "withdraw").status_code == 200
    goes.refresh_from_db()
    assert goes.state == "withdrawn"
    assert tally.of(first.statement).people == 1
    assert tally.differences() == []
    names = client.get(reverse("signatories:list", args=[first.statement.slug])).text
    assert stays.name in names
    assert goes.name not in names
    assert "is withdrawn" in client.get(link(goes)).text


@pytest.mark.medium
def test_who_withdrew_cannot_stay(client):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    seen = client.get(link(signature)).context["correction"].mark
    states.withdraw(signature)
    assert press(client, link(signature), {"answer": "stay", "seen": seen}).status_code == 409
    signature.refresh_from_db()
    assert (signature.state, signature.edition) == ("withdrawn", first)


@pytest.mark.medium
def test_nobody_stays_under_words_that_came_after_the_page(client):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    seen = client.get(link(signature)).context["correction"].mark
    correct(first.statement, "<p>Pupils learn there on Mondays.</p>")
    again = press(client, link(signature), {"answer": "stay", "seen": seen})
    assert again.status_code == 409
    assert "Mondays" in again.text
    signature.refresh_from_db()
    assert signature.edition == first


@pytest.mark.medium
@pytest.mark.parametrize("data", [{}, {"answer": "x"}, {"answer": "stay"}, {"seen": "1-2"}])
def test_an_answer_that_did_not_arrive_changes_nothing(client, data):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    assert press(client, link(signature), data).status_code == 409
    signature.refresh_from_db()
    assert (signature.edition, signature.state) == (first, "confirmed")


def test_another_site_cannot_answer(client):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    headers = {"Sec-Fetch-Site": "cross-site"}
    answered = press(client, link(signature), {"answer": "withdraw"}, headers=headers)
    assert answered.status_code == 403
    signature.refresh_from_db()
    assert signature.state == "confirmed"


@pytest.mark.medium
def test_links_die_with_the_address_and_with_time(client, monkeypatch):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    url, confirm = link(signature), tokens.make(signature, tokens.CONFIRM)
    assert client.get(reverse("signatories:correction", args=[confirm])).status_code == 404
    monkeypatch.setitem(tokens.LIFETIME, tokens.CORRECTION, 0)
    monkeypatch.setattr("django.core.signing.time.time", lambda: 9e9)
    assert client.get(url).status_code == 410
    monkeypatch.undo()
    assert client.get(url).status_code == 200
    Signature.objects.update(email="other@example.org", email_key="other@example.org")
    assert client.get(url).status_code == 404


@pytest.mark.medium
def test_a_withdrawn_statement_shows_none_of_its_words(client):
    first = make_edition()
    signature = make_signature(first)
    correct(first.statement)
    url = link(signature)
    lifecycle.withdraw(first.statement, by=None)
    page = client.get(url).text
    assert "Pupils" not in page
    assert "reading room" not in page
    assert press(client, url, {"answer": "withdraw"}).status_code == 200
    signature.refresh_from_db()
    assert signature.state == "withdrawn"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_stay_and_withdraw_at_once_end_in_one_of_both():
    first = make_edition()
    signatures = [make_signature(first) for _ in range(8)]
    second = correct(first.statement)
    url = {one.pk: link(one) for one in signatures}

    def work_on(item):
        pk, answer = item
        try:
            data = {"answer": answer, "seen": f"{first.pk}-{second.pk}"}
            return press(Client(), url[pk], data).status_code
        finally:
            connection.close()

    work = [(one.pk, answer) for one in signatures for answer in ("stay", "withdraw")]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(work_on, work))
    assert set(statuses) <= {200, 409}
    assert {one.state for one in Signature.objects.all()} == {"withdrawn"}
    assert tally.of(first.statement).people == 0
    assert tally.differences() == []
    for one in signatures:
        steps = list(one.events.values_list("to_state", "from_edition")[1:])
        assert steps in ([("withdrawn", None)], [("confirmed", first.pk), ("withdrawn", None)])


# --- What visitors see ---------------------------------------------------------------------


def under(text):
    """The parts of a page that name who signed the current text, and who an earlier one."""
    current, _label, earlier = text.partition("signed the text as it is now:")[2].partition(
        "signed edition 1:"
    )
    return current, earlier


@pytest.mark.slow
def test_lists_say_who_signed_which_text(client):
    first = make_edition()
    make_signature(first, "Nora Lind")
    stays = make_signature(first, "Ove Dahl")
    page, names = (
        first.statement.get_absolute_url(),
        reverse("signatories:list", args=[first.statement.slug]),
    )
    assert "signed edition" not in client.get(names).text
    second = correct(first.statement)
    make_signature(second, "Pia Holm")
    for url in (page, names):
        text = client.get(url).text
        assert unparted("1 person signed this text, 2 people an earlier one.") in text
        current, earlier = under(text)
        assert "Pia Holm" in current and "Nora Lind" in earlier and "Ove Dahl" in earlier
    answer(client, stays, "stay")
    for url in (page, names):
        text = client.get(url).text
        assert unparted("2 people signed this text, 1 person an earlier one.") in text
        current, earlier = under(text)
        assert "Pia Holm" in current and "Ove Dahl" in current and "Nora Lind" in earlier


@pytest.mark.medium
def test_where_all_signed_one_earlier_text_it_is_said_once(client):
    first = make_edition()
    for name in ("Nora Lind", "Ove Dahl"):
        make_signature(first, name)
    correct(first.statement)
    for path in ("", "signatories/", "print/"):
        text = client.get(f"{first.statement.get_absolute_url()}{path}").text
        assert text.count("signed edition 1") == 1, path
        assert "signed the text as it is now" not in text


@pytest.mark.medium
def test_numbers_stay_with_names_where_some_signed_another_text(client):
    first = make_edition()
    older, newer = make_signature(first, "Nora Lind"), make_signature(first, "Ove Dahl")
    correct(first.statement)
    answer(client, older, "stay")
    make_signature(first, "Pia Holm")
    text = client.get(reverse("signatories:list", args=[first.statement.slug])).text
    assert newer.pk and 'start="3"' in text.partition("Nora Lind")[0]


def test_what_stands_under_earlier_texts_is_counted_by_kind_and_only_if_counted():
    first = make_edition()
    make_signature(first, organization=make_organization())
    make_signature(first)
    make_signature(first, state="hidden")
    make_signature(first, approved=False)
    lead = make_signature(first, lead_position=1)
    Signature.objects.filter(pk=lead.pk).update(edition=None)
    assert not tally.under_earlier_editions(first.statement)
    second = correct(first.statement)
    make_signature(second)
    assert tally.under_earlier_editions(first.statement) == tally.Tally(organizations=1, people=2)


@pytest.mark.medium
def test_new_signers_sign_the_newest_text_and_an_open_form_the_one_it_showed(client):
    first = make_edition()
    second = correct(first.statement)
    url = reverse("signatories:sign", args=[first.statement.slug])
    client.post(url, form_data(email="new@example.org"))
    client.post(url, form_data(email="slow@example.org", edition=1))
    by_email = {one.email: one for one in Signature.objects.all()}
    assert by_email["new@example.org"].edition == second
    slow = by_email["slow@example.org"]
    assert slow.edition == first
    page = client.get(reverse("signatories:confirm", args=[tokens.make(slow, tokens.CONFIRM)])).text
    assert reverse("statements:changes", args=[first.statement.slug, 2]) in page


def test_only_a_standing_signature_is_moved_to_another_text():
    first = make_edition()
    signature = make_signature(first, state="pending")
    second = correct(first.statement)
    with pytest.raises(states.StateError):
        states.move_to_edition(signature, second, reason="")
    assert Edition.objects.count() == 2


def test_an_answer_that_no_mail_offers_is_not_found(client):
    signature = make_signature(make_edition())
    token = tokens.make(signature, tokens.CORRECTION)
    url = reverse("signatories:correction_answer", args=[token, "stay"])
    assert client.get(url).status_code == 200
    assert client.get(url.replace("stay", "dance")).status_code == 404
