"""An addressee is told how many signed: at every N or weekly, once a day, until it is stopped."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as sent_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casa.mail import delivery, stops
from casa.mail.kinds import Trouble
from casa.mail.models import OutgoingMail
from signatories.mailings import addressee_mails, addressees
from signatories.models import AddresseeMailing, AddresseeNotice
from signatories.testing import make_organization, make_signature
from statements import lifecycle, mail_subjects
from statements.models import Statement
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db
State = AddresseeMailing.State
DAY = timedelta(days=1)


@pytest.fixture
def staff():
    return make_user()


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def target(edition):
    return edition.statement.targets.create(
        name="The council", office="Town of Aldermouth", email="council@example.org"
    )


def sign(edition, number):
    for _ in range(number):
        make_signature(edition)


def paced(target, staff, every=25):
    """Switched on, with a pace that a test can reach."""
    mailing = addressees.switch_on(target, every=every, by=staff)
    assert mailing.state == State.ON
    return mailing


def screen(target):
    return reverse("admin:signatories_addresseemailing_show", args=[target.pk])


@pytest.mark.medium
def test_a_mail_leaves_at_every_so_many_signatures_with_the_numbers(edition, target, staff):
    sign(edition, 3)  # before it was switched on
    paced(target, staff)
    sign(edition, 24)
    assert addressees.tell() == 0
    make_signature(edition, organization=make_organization("River Trust"))
    assert [addressees.tell() for _ in range(3)] == [1, 0, 0]
    delivery.deliver_due()
    [mail] = sent_mail.outbox
    assert mail.to == ["council@example.org"]
    for words in ("1 organization", "27 people", "River Trust", "addressed to you", "mail/stop/"):
        assert words in mail.body.replace("\xa0", " "), words
    assert "List-Unsubscribe-Post" in mail.extra_headers
    addressees.tell()
    notice = AddresseeNotice.objects.get()
    assert (notice.organizations, notice.people, notice.outcome) == (1, 27, "sent")


@pytest.mark.medium
def test_never_more_than_one_a_day(edition, target, staff):
    mailing = paced(target, staff)
    sign(edition, 25)
    addressees.tell()
    sign(edition, 60)
    assert addressees.tell() == 0
    with time_machine.travel(timezone.now() + DAY, tick=False):
        assert addressees.tell() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        day = timezone.localdate()
        AddresseeNotice.objects.create(mailing=mailing, day=day, organizations=0, people=0)


def test_weekly_only_where_more_have_signed(edition, target, staff):
    addressees.switch_on(target, every=None, by=staff)
    sign(edition, 1)
    now = timezone.now()
    with time_machine.travel(now + 6 * DAY, tick=False):
        assert addressees.tell() == 0
    with time_machine.travel(now + 7 * DAY, tick=False):
        assert addressees.tell() == 1
    with time_machine.travel(now + 15 * DAY, tick=False):
        assert addressees.tell() == 0
        sign(edition, 1)
        assert addressees.tell() == 1


def test_the_addressee_stops_it_and_staff_cannot_have_it_again(client, edition, target, staff):
    paced(target, staff)
    about = mail_subjects.about(edition.statement)
    path = reverse("stop_mail", args=[stops.make_token(target.email, about)])
    client.get(path)  # a scanner
    assert addressees.stop_of(target) is None
    client.post(path, {"List-Unsubscribe": "One-Click"})
    sign(edition, 25)
    assert addressees.tell() == 0
    mailing = AddresseeMailing.objects.get()
    assert (mailing.state, mailing.changed_by) == (State.REFUSED, None)
    with pytest.raises(addressees.AddresseeError):
        addressees.switch_on(target, every=None, by=staff)
    client.force_login(staff)
    page = client.get(screen(target)).text
    assert "The addressee stopped these mails on" in page
    client.post(screen(target), {"rhythm": "weekly"})
    assert AddresseeMailing.objects.get().state == State.REFUSED
    # A target that is removed and entered anew has the same mailbox.
    again = edition.statement.targets.create(name="Council", email="Council@example.org")
    assert "stopped these mails" in addressees.obstacle(again)


def test_a_stop_holds_for_a_mail_that_waits(edition, target, staff):
    paced(target, staff)
    sign(edition, 25)
    addressees.tell()
    stops.stop(stops.key_of(target.email), mail_subjects.about(edition.statement))
    delivery.deliver_due()
    addressees.tell()
    assert sent_mail.outbox == []
    assert AddresseeNotice.objects.get().outcome == "dropped"


@pytest.mark.medium
@pytest.mark.parametrize("what", ["closed", "withdrawn", "handed over", "closes by date"])
def test_it_ends_by_itself(edition, target, staff, what):
    statement = edition.statement
    paced(target, staff)
    sign(edition, 25)
    addressees.tell()  # one waits
    sign(edition, 25)
    if what == "closed":
        lifecycle.close(statement, by=staff)
    elif what == "withdrawn":
        lifecycle.withdraw(statement, by=staff, note="An error.")
    elif what == "handed over":
        statement.deliveries.create(target=target, delivered_on=timezone.localdate())
    else:
        Statement.objects.update(signing_closes_at=timezone.now())
    delivery.deliver_due()
    with time_machine.travel(timezone.now() + DAY, tick=False):
        assert addressees.tell() == 0
    assert sent_mail.outbox == []
    assert AddresseeMailing.objects.get().state == State.ENDED


def test_it_waits_while_signing_is_paused(edition, target, staff):
    paced(target, staff)
    sign(edition, 25)
    lifecycle.pause(edition.statement, by=staff, sentence="")
    assert addressees.tell() == 0
    assert AddresseeMailing.objects.get().state == State.ON


def test_it_begins_only_for_what_is_open_and_has_a_mailbox(target, staff):
    draft = make_draft("A draft")
    for other in (
        draft.targets.create(name="The mayor", email="mayor@example.org"),
        target.statement.targets.create(name="The mayor"),
    ):
        with pytest.raises(addressees.AddresseeError):
            addressees.switch_on(other, every=None, by=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        addressees.switch_on(target, every=24, by=staff)


def test_a_stop_of_ours_calls_back_what_waits(client, edition, target, staff):
    paced(target, staff)
    sign(edition, 25)
    addressees.tell()
    client.force_login(staff)
    path = reverse("admin:signatories_addresseemailing_stop_all")
    assert "1 addressee" in client.get(path).text
    assert AddresseeMailing.objects.get().state == State.ON
    client.post(path)
    assert AddresseeMailing.objects.get().state == State.OFF
    assert not OutgoingMail.objects.exists()
    assert AddresseeNotice.objects.get().outcome == "dropped"
    assert "No addressee is told" in client.get(path).text


def test_another_address_gets_nothing_that_was_for_the_one_before(edition, target, staff):
    paced(target, staff)
    sign(edition, 25)
    addressees.tell()
    edition.statement.targets.update(email="new@example.org")
    delivery.deliver_due()
    assert sent_mail.outbox == []


@pytest.mark.parametrize(
    ("trouble", "state"), [(Trouble.HARD, State.ENDED), (Trouble.COMPLAINT, State.REFUSED)]
)
def test_trouble_ends_it(edition, target, staff, trouble, state):
    paced(target, staff)
    sign(edition, 25)
    addressees.tell()
    addressee_mails.note_trouble(OutgoingMail.objects.get(), trouble)
    assert AddresseeMailing.objects.get().state == state
    assert AddresseeNotice.objects.get().outcome == "dead"
    assert bool(addressees.stop_of(target)) == (trouble == Trouble.COMPLAINT)


def test_it_is_in_the_language_of_the_statement(target, edition, staff):
    Statement.objects.update(language="az")
    target.refresh_from_db()
    paced(target, staff)
    sign(edition, 25)
    addressees.tell()
    assert OutgoingMail.objects.get().language == "az"


@pytest.mark.medium
def test_the_mail_is_shown_before_it_is_switched_on(client, edition, target, staff):
    sign(edition, 2)
    client.force_login(staff)
    page = client.get(screen(target)).text
    assert "What they would read now" in page and "2\xa0people" in page
    html = client.get(reverse("admin:signatories_addresseemailing_html", args=[target.pk]))
    assert "Keep the reading room open" in html.text
    assert not AddresseeMailing.objects.exists()
    wrong = client.post(screen(target), {"rhythm": "counted", "every": "24"})
    assert wrong.status_code == 422 and not AddresseeMailing.objects.exists()
    assert client.post(screen(target), {"rhythm": "counted", "every": ""}).status_code == 422
    assert client.post(screen(target), {"rhythm": "counted", "every": "50"}).status_code == 302
    assert AddresseeMailing.objects.get().every == 50
    assert "at every 50 signatures" in client.get(screen(target)).text.replace("\n", " ")
    page = client.get(reverse("admin:signatories_addresseemailing_changelist")).text
    assert "The council" in page and "at every 50 signatures" in page and "Stop all" in page
    client.post(screen(target), {"stop": "1"})
    assert AddresseeMailing.objects.get().state == State.OFF
