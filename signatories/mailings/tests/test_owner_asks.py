"""Those whose names were imported are asked once whether they stand by them."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import tally, tokens
from signatories.leads import batches, lines, reading, worker
from signatories.mailings import owner_asks
from signatories.models import AskedOwner, ImportBatch, OwnerMailing, Signature
from signatories.moderation import decisions
from signatories.self_service import privacy
from signatories.testing import make_signature, use_up_mails
from statements.models import SigningPause, Statement
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db
CSV = b"Name,E-mail\nAda Brook,ada@example.org\nTomas Weiss,tomas@example.org\nNora Lind,\n"


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def statement(edition):
    return edition.statement


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def batch(statement, user):
    return imported(statement, user)


def imported(statement, user, data=CSV):
    made = batches.open_batch(
        statement, data, by=user, source="file", consent="partner", file_name="names.csv"
    )
    reading.read(made)
    for line in made.lines.exclude(decision="sure"):
        lines.save(line, fields=line.fields, choice="accepted", by=user, version=line.version)
    worker.take_sure(made, only_sure=False)
    return made


def begin(statement, user, batch=None):
    seen = owner_asks.to_ask(statement, batch).count()
    return owner_asks.begin(statement, batch, by=user, seen=seen)


def asks():
    return OutgoingMail.objects.filter(kind=owner_asks.KIND)


def of(name):
    return Signature.objects.get(name=name)


def collected(statement):
    cache.clear()
    return tally.collected_of([statement])[statement.pk].people


def page_of(client, signature, answer="confirm"):
    token = tokens.make(signature, tokens.ASK)
    return client.get(reverse("signatories:ask_answer", args=[token, answer]))


def press(client, signature, answer, page=None, **more):
    page = page or page_of(client, signature)
    context = page.context
    data = {"owner": context["token"], "seen": context["seen"], "consent": context["consent_mark"],
            "answer": answer}  # fmt: skip
    return client.post(signature.statement.get_absolute_url(), {**data, **more})


# Who is asked


@pytest.mark.medium
def test_those_with_an_address_are_asked_once_in_their_language(statement, user, batch):
    Signature.objects.filter(name="Ada Brook").update(language="az")
    readers = owner_asks.readers(statement, batch)
    assert (readers.number, readers.without_mailbox, readers.asked_before) == (2, 1, 0)
    mailing = begin(statement, user, batch)
    assert owner_asks.ask() == 2
    assert dict(asks().values_list("to", "language")) == {
        "ada@example.org": "az", "tomas@example.org": "en",
    }  # fmt: skip
    mailing.refresh_from_db()
    assert mailing.state == "finished"
    assert owner_asks.ask() == 0
    assert begin(statement, user, batch) is None
    assert begin(statement, user) is None, "from the list of signatures neither"
    assert owner_asks.readers(statement).asked_before == 2


@pytest.mark.medium
def test_a_second_click_sends_nothing_twice(statement, user, batch):
    first = begin(statement, user, batch)
    assert owner_asks.begin(statement, batch, by=user, seen=2) == first
    owner_asks.ask()
    owner_asks.ask()
    assert asks().count() == 2
    assert OwnerMailing.objects.count() == 1


@pytest.mark.medium
def test_two_mailings_over_the_same_people_ask_each_once(statement, user, batch):
    begin(statement, user, batch)
    begin(statement, user)
    owner_asks.ask()
    assert asks().count() == 2


@pytest.mark.medium
def test_whoever_signed_here_or_does_not_count_is_not_asked(edition, statement, user):
    make_signature(edition, "Signed Here")
    make_signature(edition, "Hidden One", consent_source="mail", state="hidden")
    make_signature(edition, "Not Approved", consent_source="mail", approved=False)
    make_signature(edition, "Bounced", consent_source="mail", mail_trouble="hard")
    assert begin(statement, user) is None
    make_signature(edition, "Asked", consent_source="mail")
    begin(statement, user)
    assert owner_asks.ask() == 1


@pytest.mark.medium
def test_who_had_their_share_of_mails_today_is_asked_another_day(statement, user, batch):
    use_up_mails("ada@example.org")
    mailing = begin(statement, user, batch)
    assert owner_asks.ask() == 1
    mailing.refresh_from_db()
    assert mailing.state == "sending"
    assert not AskedOwner.objects.filter(signature__name="Ada Brook").exists()


@pytest.mark.medium
def test_another_number_than_was_seen_is_asked_about_again(statement, user, batch):
    with pytest.raises(owner_asks.AskingError, match="numbers have changed"):
        owner_asks.begin(statement, batch, by=user, seen=3)
    assert not OwnerMailing.objects.exists()


@pytest.mark.medium
@pytest.mark.parametrize("change", [{"status": "archived"}, {"status": "withdrawn"},
                                    {"signing_paused": True}])  # fmt: skip
def test_where_nobody_could_answer_nobody_is_asked(statement, user, batch, change):
    mailing = begin(statement, user, batch)
    Statement.objects.filter(pk=statement.pk).update(**change)
    statement.refresh_from_db()
    assert owner_asks.ask() == 0
    mailing.refresh_from_db()
    assert mailing.state == "sending", "It goes on once that is over."
    with pytest.raises(owner_asks.AskingError):
        owner_asks.begin(statement, None, by=user, seen=2)


@pytest.mark.medium
def test_while_signing_is_stopped_on_the_whole_site_it_waits(statement, user, batch):
    begin(statement, user, batch)
    pause, _made = SigningPause.objects.get_or_create(pk=1)
    SigningPause.objects.filter(pk=pause.pk).update(is_on=True)
    assert owner_asks.ask() == 0


@pytest.mark.medium
def test_what_has_not_left_is_called_back_and_goes_on_later(statement, user, batch):
    mailing = begin(statement, user, batch)
    owner_asks.ask()
    sent = asks().get(to="ada@example.org")
    asks().filter(pk=sent.pk).update(state="sent", sent_at=timezone.now(), due_at=None, attempts=1)
    mailing.refresh_from_db()
    assert owner_asks.stop(mailing)
    assert list(asks()) == [sent]
    assert not owner_asks.stop(mailing)
    assert owner_asks.ask() == 0
    assert owner_asks.resume(mailing)
    assert owner_asks.ask() == 1
    assert AskedOwner.objects.count() == 2


# The mail


@pytest.mark.page
@pytest.mark.medium
def test_the_mail_says_how_the_name_came_and_both_ways(statement, user, batch):
    begin(statement, user, batch)
    owner_asks.ask()
    message = compose(asks().get(to="ada@example.org"))
    for said in ("Ada Brook", "Through a partner organization", "stays as it is", "/confirm/",
                 "/object/"):  # fmt: skip
        assert said in message.body
    assert "/sign/manage/" not in message.body


@pytest.mark.medium
def test_whoever_answered_meanwhile_gets_no_mail(client, statement, user, batch):
    begin(statement, user, batch)
    owner_asks.ask()
    press(client, of("Ada Brook"), "confirm")
    press(client, of("Tomas Weiss"), "object")
    assert [compose(mail) for mail in asks()] == [None, None]


# The answers


@pytest.mark.medium
def test_a_scanner_that_opens_the_links_changes_nothing(client, statement, user, batch):
    one = of("Ada Brook")
    for answer in ("confirm", "object"):
        assert page_of(client, one, answer).status_code == 200
    assert collected(statement) == 3


@pytest.mark.medium
def test_who_confirms_counts_as_one_who_signed_here(client, statement, user, batch):
    begin(statement, user, batch)
    owner_asks.ask()
    answer = press(client, of("Ada Brook"), "confirm")
    assert "confirmed by yourself" in answer.text
    one = of("Ada Brook")
    assert (one.consent_source, one.state) == ("", "confirmed")
    assert one.consent.text.startswith("By confirming you agree")
    assert one.consented_at is not None
    assert tally.of(statement).people == 3
    assert collected(statement) == 2
    assert AskedOwner.objects.get(signature=one).answer == "confirmed"
    assert "already" in page_of(client, one).text


@pytest.mark.medium
def test_who_objects_is_taken_off_at_once(client, statement, user, batch):
    begin(statement, user, batch)
    owner_asks.ask()
    answer = press(client, of("Ada Brook"), "object")
    assert "taken off" in answer.text
    one = of("Ada Brook")
    assert (one.state, one.withdrawal_shown) == ("withdrawn", False)
    assert tally.of(statement).people == 2
    assert collected(statement) == 2
    assert "Ada Brook" not in client.get(reverse("signatories:list", args=[statement.slug])).text
    assert page_of(client, one).status_code == 200
    assert AskedOwner.objects.get(signature=one).answer == "objected"


@pytest.mark.medium
def test_who_says_nothing_stays_as_they_were(statement, user, batch):
    begin(statement, user, batch)
    owner_asks.ask()
    assert (tally.of(statement).people, collected(statement)) == (3, 3)


@pytest.mark.medium
def test_what_was_changed_meanwhile_is_read_once_more(client, user, batch):
    page = page_of(client, of("Ada Brook"))
    decisions.edit(of("Ada Brook"), {"city": "York"}, by=user)
    answer = press(client, of("Ada Brook"), "confirm", page)
    assert answer.status_code == 409
    assert "nothing is confirmed yet" in answer.text
    assert of("Ada Brook").consent_source == "partner"


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize("more", [{"consent": "x"}, {"answer": "maybe"}, {"seen": ""}])
def test_a_forged_press_confirms_nothing(client, batch, more):
    one = of("Ada Brook")
    assert press(client, one, **{"answer": "confirm", **more}).status_code == 409
    assert of("Ada Brook").consent_source == "partner"


@pytest.mark.page
@pytest.mark.medium
def test_from_another_site_nothing_is_pressed(client, batch):
    one = of("Ada Brook")
    token = tokens.make(one, tokens.ASK)
    answer = client.post(
        one.statement.get_absolute_url(), {"owner": token, "answer": "object"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )  # fmt: skip
    assert answer.status_code == 403
    assert of("Ada Brook").state == "confirmed"


@pytest.mark.page
@pytest.mark.parametrize("token", ["x", "W10:x:y", "a" * 300])
def test_a_link_that_was_never_sent_leads_to_a_sentence(client, statement, token):
    assert client.get(reverse("signatories:ask", args=[token])).status_code == 404
    answer = client.post(statement.get_absolute_url(), {"owner": token, "answer": "object"})
    assert answer.status_code == 404


@pytest.mark.medium
def test_a_token_of_another_purpose_opens_nothing(client, batch):
    token = tokens.make(of("Ada Brook"), tokens.MANAGE)
    assert client.get(reverse("signatories:ask", args=[token])).status_code == 404


@pytest.mark.medium
def test_from_a_statement_that_is_not_public_one_can_still_be_taken_off(client, statement, batch):
    one = of("Ada Brook")
    page = page_of(client, one)
    Statement.objects.filter(pk=statement.pk).update(status="withdrawn")
    assert press(client, one, "confirm", page).status_code == 410
    assert "Take my name off" in page_of(client, one).text
    press(client, one, "object", page)
    assert of("Ada Brook").state == "withdrawn"


# Undoing


@pytest.mark.medium
def test_who_confirmed_stays_when_the_import_is_undone(client, statement, user, batch):
    begin(statement, user, batch)
    owner_asks.ask()
    press(client, of("Ada Brook"), "confirm")
    client.force_login(user)
    page = client.get(reverse("admin:signatories_importbatch_undo", args=[batch.pk]))
    assert "1 stays as it is: its owner confirmed" in page.text
    batch.refresh_from_db()
    worker.undo_now(batch, by=user)
    assert [one.name for one in Signature.objects.all()] == ["Ada Brook"]
    assert (tally.of(statement).people, collected(statement)) == (1, 0)
    assert tally.differences() == []
    assert not asks().filter(to="tomas@example.org").exists()


@pytest.mark.medium
def test_an_erased_signer_leaves_no_trace_of_the_question(statement, user, batch):
    begin(statement, user, batch)
    owner_asks.ask()
    privacy.erase(of("Ada Brook"))
    assert AskedOwner.objects.count() == 1


# The screens


def url(screen, *args):
    return reverse(f"admin:signatories_ownermailing_{screen}", args=args)


@pytest.mark.medium
def test_staff_see_how_many_before_and_what_was_answered_after(client, statement, user, batch):
    client.force_login(user)
    review = client.get(reverse("admin:signatories_importbatch_review", args=[batch.pk]))
    assert url("new") + f"?batch={batch.pk}" in review.text
    page = client.get(url("new"), {"batch": batch.pk})
    assert "2 people are asked by mail" in page.text
    assert "1 has no address" in page.text
    answer = client.post(url("new") + f"?batch={batch.pk}", {"counted": 2}, follow=True)
    assert "Still to be asked" in answer.text
    mailing = OwnerMailing.objects.get()
    owner_asks.ask()
    press(client, of("Ada Brook"), "confirm")
    text = re.sub(r"\s+", " ", client.get(url("show", mailing.pk)).text)
    assert "<dt>Confirmed</dt><dd>1</dd>" in text
    client.post(url("show", mailing.pk), {"verb": "stop"})
    assert not asks().exists()
    again = client.get(url("new"), {"statement": statement.pk})
    assert "1 person is asked by mail" in again.text
    client.post(url("show", mailing.pk), {"verb": "resume"})
    assert owner_asks.ask() == 1
    assert client.get(url("new")).status_code == 200


@pytest.mark.medium
def test_where_nobody_was_imported_nobody_is_left_to_be_asked(client, statement, user):
    client.force_login(user)
    assert "Nobody is left to be asked." in client.get(url("new"), {"statement": statement.pk}).text


@pytest.mark.parametrize("query", ["batch=999", "batch=x", "statement=" + "9" * 30, "statement=-1"])
def test_of_what_is_not_there_nothing_is_shown(client, user, query):
    client.force_login(user)
    assert client.get(f"{url('new')}?{query}").status_code == 404


@pytest.mark.medium
def test_batches_are_not_named_to_whoever_may_not_see_them(client, user, batch):
    assert ImportBatch.objects.exists()
    assert client.get(url("new"), {"batch": batch.pk}).status_code == 302
