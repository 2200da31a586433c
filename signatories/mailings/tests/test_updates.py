"""News goes to signers who asked for it, to each mailbox once, and can be stopped at any moment."""

import re
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib.testing import queries_of
from casa.mail import delivery
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.mailings import batches, updates
from signatories.models import Signature, UpdateMailing, UpdateRecipient
from signatories.testing import begin_mailing, make_mailing, make_organization, make_signature
from statements import lifecycle
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def mailing(edition):
    return make_mailing(edition.statement, by=make_staff())


def reader(edition, **fields):
    return make_signature(edition, wants_updates=True, **fields)


def begin(mailing):
    return begin_mailing(mailing)


def mailed():
    mails = OutgoingMail.objects.filter(kind="signatories.update")
    return sorted(mails.values_list("params__signature", flat=True))


@pytest.mark.medium
def test_it_goes_to_confirmed_signers_who_asked_and_nobody_else(edition, mailing):
    person, unchecked = reader(edition), reader(edition, approved=False)
    for state in ("pending", "hidden", "withdrawn", "invalidated"):
        reader(edition, state=state)
    make_signature(edition)
    reader(edition, email="")
    reader(make_edition("Another statement"))
    assert updates.audience(edition.statement).total() == 2
    assert updates.send_updates() == 0  # nobody has pressed the button
    assert begin(mailing)
    assert not begin(mailing)
    assert updates.send_updates() == 2
    assert updates.send_updates() == 0
    assert mailed() == [person.pk, unchecked.pk]
    mailing.refresh_from_db()
    assert (mailing.state, mailing.queued) == ("finished", 2)


@pytest.mark.medium
def test_the_page_says_how_many_names_await_approval(client, edition, mailing):
    reader(edition)
    reader(edition, approved=False, email="nora@example.org")
    reader(edition, approved=False, email="Nora+work@example.org", organization=make_organization())
    client.force_login(make_user())
    for address in (page(mailing), confirm_page(mailing)):
        assert "1 of these names still awaits approval." in client.get(address).text
    Signature.objects.update(approved=True)
    assert "approval" not in client.get(page(mailing)).text


@pytest.mark.medium
def test_the_way_on_stands_above_what_grows_while_it_loads(client, edition, mailing):
    reader(edition)
    client.force_login(make_user())
    text = client.get(page(mailing)).text
    assert text.index(confirm_page(mailing)) < text.index("<iframe")


@pytest.mark.medium
@pytest.mark.parametrize("batch", [1, 500])
def test_a_mailbox_that_signed_twice_gets_one(edition, mailing, monkeypatch, batch):
    monkeypatch.setattr(batches, "SIZE", batch)
    first = reader(edition, email="nora@example.org")
    reader(edition, email="Nora+work@example.org", organization=make_organization())
    assert updates.audience(edition.statement) == {"en": 1}
    begin(mailing)
    updates.send_updates()
    assert mailed() == [first.pk]


@pytest.mark.medium
def test_a_mailbox_whose_first_signature_left_meanwhile_gets_no_second(
    edition, mailing, monkeypatch
):
    monkeypatch.setattr(batches, "SIZE", 1)
    first = reader(edition, email="nora@example.org")
    reader(edition, email="nora@example.org", organization=make_organization())
    begin(mailing)
    updates.send_batch(mailing.pk)
    Signature.objects.filter(pk=first.pk).update(wants_updates=False)
    updates.send_updates()
    assert mailed() == [first.pk]


@pytest.mark.medium
def test_who_leaves_before_it_comes_to_them_gets_nothing(edition, mailing):
    stays, leaves, withdraws = reader(edition), reader(edition), reader(edition)
    begin(mailing)
    updates.send_updates()
    updates.unsubscribe(leaves, how="test")
    Signature.objects.filter(pk=withdraws.pk).update(state="withdrawn")
    delivery.deliver_due()
    states = dict(OutgoingMail.objects.values_list("params__signature", "state"))
    assert states == {stays.pk: "sent", leaves.pk: "dropped", withdraws.pk: "dropped"}
    progress = updates.progress(mailing)
    assert (progress.sent, progress.dropped, progress.waiting) == (1, 2, 0)


@pytest.mark.medium
def test_each_reads_it_in_their_language_or_the_statements(edition, mailing):
    mailing.words.create(language="az", subject="Şura gündəliyə saldı", body="<p>Cümə axşamı.</p>")
    for language in ("en", "az", "fr"):
        reader(edition, language=language)
    begin(mailing)
    updates.send_updates()
    subjects = [compose(mail).subject for mail in OutgoingMail.objects.order_by("pk")]
    english = "The council has put it on its agenda"
    assert subjects == [english, "Şura gündəliyə saldı", english]


@pytest.mark.medium
def test_text_and_html_say_the_same_and_a_script_is_in_neither(edition, mailing):
    words = mailing.words.get()
    words.body = '<p>See <a href="https://x.example.org/a">there</a><script>x()</script>.</p>'
    words.save()
    reader(edition)
    begin(mailing)
    updates.send_updates()
    email = compose(OutgoingMail.objects.get())
    html = email.alternatives[0].content
    for part in (email.body, html):
        assert "See" in part
        assert "https://x.example.org/a" in part
        assert "sign/unsubscribe/" in part
        assert "x()" not in part
    assert email.body.startswith("You signed “Keep the reading room open” and asked for news")


@pytest.mark.medium
def test_stopping_takes_back_what_waits_and_resuming_tells_everybody_once(
    edition, mailing, monkeypatch
):
    monkeypatch.setattr(batches, "SIZE", 3)
    pks = [reader(edition).pk for _ in range(8)]
    begin(mailing)
    updates.send_batch(mailing.pk)
    delivery.deliver_due()
    updates.send_batch(mailing.pk)
    in_hand = OutgoingMail.objects.filter(params__signature=pks[3])
    in_hand.update(state="sending", attempts=1)  # a worker talks to the server at this moment
    assert updates.stop(mailing)
    assert not updates.stop(mailing)
    assert mailed() == pks[:4]
    assert (mailing.state, mailing.queued) == ("stopped", 4)
    assert updates.send_updates() == 0
    assert updates.resume(mailing)
    updates.send_updates()
    assert mailed() == pks
    mailing.refresh_from_db()
    assert (mailing.state, mailing.queued) == ("finished", 8)
    assert UpdateRecipient.objects.count() == 8


@pytest.mark.medium
def test_batches_go_on_where_a_killed_worker_stopped(edition, mailing, monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 3)
    pks = [reader(edition).pk for _ in range(7)]
    begin(mailing)
    assert updates.send_batch(mailing.pk) == 3  # and then the worker is gone
    queue_all = updates.queue_all

    def dies(*args):
        queue_all(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(updates, "queue_all", dies)
    with pytest.raises(KeyboardInterrupt):
        updates.send_updates()
    assert mailed() == pks[:3]  # a batch is whole or not there
    monkeypatch.setattr(updates, "queue_all", queue_all)
    updates.send_updates()
    assert mailed() == pks


@pytest.mark.medium
def test_a_long_mailing_leaves_room_for_other_mail(edition, mailing, monkeypatch):
    for _ in range(5):
        reader(edition)
    monkeypatch.setattr(batches, "SIZE", 2)
    monkeypatch.setattr(batches, "BACKLOG", 2)
    begin(mailing)
    assert updates.send_updates() == 2
    assert updates.send_updates() == 0
    delivery.deliver_due()
    assert updates.send_updates() == 2


@pytest.mark.medium
def test_a_batch_takes_as_many_queries_for_many_readers_as_for_one():
    staff, sent = make_staff(), []
    for readers in (1, 60):
        edition = make_edition(f"For {readers}")
        for _ in range(readers):
            reader(edition)
        mailing = make_mailing(edition.statement, by=staff)
        begin(mailing)
        sent.append(len(queries_of(partial(updates.send_batch, mailing.pk))))
    assert len(mailed()) == 61
    assert sent[0] == sent[1]


def test_nobody_is_mailed_about_what_is_not_public(edition, mailing):
    reader(edition)
    begin(mailing)
    lifecycle.withdraw(edition.statement, by=None)
    assert updates.send_updates() == 0
    mailing.refresh_from_db()
    with pytest.raises(updates.MailingError):
        updates.begin(mailing, by=mailing.created_by)


# --- In the back office --------------------------------------------------------------------


def page(mailing):
    return reverse("admin:signatories_updatemailing_send", args=[mailing.pk])


def confirm_page(mailing):
    return reverse("admin:signatories_updatemailing_confirm", args=[mailing.pk])


def press(client, mailing, **fields):
    """What a browser posts that has the page of the confirmation open."""
    text = client.get(confirm_page(mailing)).text
    hidden = dict(re.findall(r'<input type="hidden" name="(counted|seen)" value="(\w+)"', text))
    return {"when": "now", **hidden, **fields}


def pass_undo(mailing):
    UpdateMailing.objects.filter(pk=mailing.pk).update(leaves_at=timezone.now())


@pytest.mark.medium
def test_staff_write_it_try_it_and_send_it(client, edition):
    user = make_user()
    client.force_login(user)
    reader(edition)
    data = {
        "statement": edition.statement.pk, "kind": "update", "_save": "1",
        "words-TOTAL_FORMS": 2, "words-INITIAL_FORMS": 0,
        "words-0-language": "en", "words-0-subject": "News", "words-0-body": "<p>It is open.</p>",
        "words-1-language": "az", "words-1-subject": "", "words-1-body": "",
    }  # fmt: skip
    answer = client.post(reverse("admin:signatories_updatemailing_add"), data)
    mailing = UpdateMailing.objects.get()
    assert answer.url == page(mailing)
    assert "Go on: send it to 1 mailbox …" in client.get(page(mailing)).text
    client.post(page(mailing), {"verb": "send_trial", "language": "en"})
    trial = OutgoingMail.objects.get()
    assert (trial.to, compose(trial).subject) == (user.email, "Test: News")
    data = press(client, mailing)
    client.post(confirm_page(mailing), {**data, "counted": "7"})  # seen before others joined
    mailing.refresh_from_db()
    assert mailing.state == "draft"
    assert client.post(confirm_page(mailing), data).url == page(mailing)
    pass_undo(mailing)
    updates.send_updates()
    delivery.deliver_due()
    text = client.get(page(mailing)).text
    assert "1 mail sent of 1 prepared" in text
    assert "http-equiv" not in text  # all is done, nothing to wait for


@pytest.mark.medium
def test_news_without_a_word_is_refused_beside_the_form(client, edition):
    client.force_login(make_user())
    data = {
        "statement": edition.statement.pk, "kind": "update",
        "words-TOTAL_FORMS": 0, "words-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(reverse("admin:signatories_updatemailing_add"), data)
    assert "Write the news in one language at least." in answer.text
    assert not UpdateMailing.objects.exists()


@pytest.mark.medium
def test_the_page_reloads_while_it_is_sent_and_bounces_are_counted(client, edition, mailing):
    client.force_login(make_user())
    signature = reader(edition)
    begin(mailing)
    updates.send_updates()
    assert '<meta http-equiv="refresh"' in client.get(page(mailing)).text
    delivery.deliver_due()
    Signature.objects.filter(pk=signature.pk).update(
        mail_trouble="hard", mail_trouble_at=timezone.now()
    )
    assert updates.progress(mailing).bounced == 1


@pytest.mark.medium
def test_what_has_left_cannot_be_rewritten(client, edition, mailing):
    client.force_login(make_user())
    reader(edition)
    begin(mailing)
    url = reverse("admin:signatories_updatemailing_change", args=[mailing.pk])
    assert client.get(url).url == page(mailing)
    assert client.post(url, {}).status_code == 403


@pytest.mark.medium
def test_an_update_of_the_page_can_be_mailed(client, edition):
    client.force_login(make_user())
    update = edition.statement.updates.create(title="Handed over", body="<p>Today.</p>")
    url = reverse("admin:signatories_updatemailing_add")
    text = client.get(f"{url}?statement={edition.statement.pk}&update={update.pk}").text
    assert 'value="Handed over"' in text


def test_a_copy_to_oneself_goes_to_staff_alone_and_not_of_what_is_gone(edition, mailing):
    user = make_user()
    updates.send_trial(mailing, to=user, language="en")
    mail = OutgoingMail.objects.get()
    assert compose(mail).subject.startswith("Test: ")
    user.is_active = False
    user.save()
    assert compose(mail) is None
    user.is_active = True
    user.save()
    mailing.words.all().delete()
    assert compose(mail) is None


def test_news_of_a_draft_is_shown_to_who_writes_it():
    draft = make_draft("Plant more trees")
    mailing = make_mailing(draft, by=make_staff())
    updates.send_trial(mailing, to=mailing.created_by, language="en")
    assert "Plant more trees" in compose(OutgoingMail.objects.get()).body


def test_what_has_no_words_or_was_not_begun_is_neither_sent_nor_stopped(edition, mailing):
    assert not updates.stop(mailing)
    mailing.words.all().delete()
    assert "Nothing is written yet" in updates.obstacle(mailing)
    with pytest.raises(updates.MailingError):
        updates.resume(mailing)


def test_what_has_left_as_a_whole_cannot_be_stopped(edition, mailing):
    reader(edition)
    begin(mailing)
    updates.send_updates()
    OutgoingMail.objects.update(attempts=1)  # a worker has them
    assert not updates.stop(mailing)
    mailing.refresh_from_db()
    assert mailing.state == "finished"
