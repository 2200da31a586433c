"""Verified organizations are verified again: asked for, answered, and not answered."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from casa.accounts.models import User
from casa.lib.moments.words import written_out
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import tokens
from signatories.mailings import verification_requests
from signatories.models import Decision, Organization
from signatories.moderation import bulk, decisions, decisions_on_many, worker
from signatories.organizations import renewals, verification
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

KIND = verification_requests.KIND
LONG_AGO = timedelta(days=800)


def make_verified(name="River Trust", *, ago=LONG_AGO, **fields):
    at = timezone.now() - ago
    return make_organization(name, verification="verified", verified_at=at, **fields)


def make_signed(organization, edition=None, **fields):
    fields = {"email": "rita@trust.example.org", "language": "az", **fields}
    return make_signature(edition or make_edition(), organization=organization, **fields)


def again(organization):
    return Organization.objects.to_verify_again().filter(pk=organization.pk).exists()


def ask(organization, user=None):
    user = user or User.objects.first() or make_user()
    assert decisions.ask_again(organization, by=user, reason="")


def link(signature):
    return reverse("signatories:verify_again", args=[tokens.make(signature, tokens.VERIFY_AGAIN)])


def press(client, signature):
    token = tokens.make(signature, tokens.VERIFY_AGAIN)
    return client.post(signature.statement.get_absolute_url(), {"verify_again": token})


def last_reason(organization):
    return organization.events.latest("pk").reason


def test_an_old_verification_is_listed_and_a_fresh_one_is_not(settings):
    old, fresh = make_verified(), make_verified("Fresh Trust", ago=timedelta(days=700))
    assert again(old) and not again(fresh)
    assert (old.renewal_reason, fresh.renewal_reason) == ("old", "")
    assert list(Organization.objects.to_verify_again("old")) == [old]
    settings.REVERIFY_AFTER_DAYS = 0
    assert not again(old) and old.renewal_reason == ""


def test_one_that_is_not_verified_is_never_listed():
    trust = make_organization(to_renew="website")
    assert not again(trust) and trust.renewal_reason == ""
    assert renewals.obstacle(trust) == renewals.NOT_VERIFIED


@pytest.mark.parametrize(
    ("before", "now", "is_listed"),
    [
        ("https://trust.example.org", "https://example.com", True),
        ("https://trust.example.org", "", True),
        ("https://www.example.org", "https://example.org/about", False),
        ("", "https://example.org", False),
    ],
)
def test_a_website_of_another_domain_asks_again(before, now, is_listed):
    trust = make_verified(ago=timedelta(days=1), website=now)
    decisions.website_changed(trust, by=make_user(), before=before)
    assert again(trust) is is_listed
    assert trust.renewal_reason == ("website" if is_listed else "")


@pytest.mark.medium
def test_another_mailbox_of_another_domain_asks_again():
    trust, edition = make_verified(ago=timedelta(days=1)), make_edition()
    make_signed(trust, edition)
    other = make_signed(trust, make_edition("Another one"), email="other@example.com")
    verification.verify_or_flag(other)
    trust.refresh_from_db()
    assert trust.to_renew == "representative" and again(trust)
    # The office looks at it first: whoever came last is not asked about themselves.
    assert renewals.obstacle(trust) == renewals.TO_CHECK


@pytest.mark.medium
def test_the_same_mailbox_and_the_first_one_do_not():
    trust = make_verified(ago=timedelta(days=1))
    verification.verify_or_flag(make_signed(trust))
    verification.verify_or_flag(make_signed(trust, make_edition("Another one")))
    trust.refresh_from_db()
    assert trust.to_renew == ""


@pytest.mark.medium
def test_a_signature_from_the_own_domain_renews_it():
    trust = make_verified(website="https://trust.example.org")
    signature = make_signed(trust)
    verification.verify_or_flag(signature)
    trust.refresh_from_db()
    assert not again(trust) and trust.verified_at > timezone.now() - timedelta(minutes=1)
    assert "domain confirmed" in last_reason(trust)
    verified = trust.verified_at
    verification.verify_or_flag(signature)
    trust.refresh_from_db()
    assert trust.verified_at == verified and trust.events.count() == 1


@pytest.mark.medium
def test_staff_ask_and_the_answer_renews_it(client):
    trust, user = make_verified(), make_user()
    signature = make_signed(trust)
    ask(trust, user)
    assert (trust.verification, last_reason(trust)) == ("verified", "Asked to verify again.")
    assert not decisions.ask_again(trust, by=user, reason="")  # the second press
    assert verification_requests.queue_requests() == 1
    assert verification_requests.queue_requests() == 0
    mail = OutgoingMail.objects.get(kind=KIND)
    assert (mail.to, mail.language) == (signature.email, "az")
    assert link(signature).rpartition("/sign/")[1] in compose(mail).body
    before = trust.verified_at
    page = client.get(link(signature))
    trust.refresh_from_db()
    assert "River Trust" in page.text and trust.verified_at == before  # a scanner looked
    assert "verified again" in press(client, signature).text
    trust.refresh_from_db()
    assert trust.verified_at > timezone.now() - timedelta(minutes=1)
    assert (trust.asked_again_at, trust.to_renew, again(trust)) == (None, "", False)
    event = trust.events.latest("pk")
    assert (event.by, event.from_verification, event.to_verification) == (
        None, "verified", "verified",
    )  # fmt: skip
    assert "answered" in event.reason
    # The second click says so, and nothing is done.
    verified = trust.verified_at
    assert "nothing to answer" in press(client, signature).text
    assert "nothing to answer" in client.get(link(signature)).text
    trust.refresh_from_db()
    assert trust.verified_at == verified and trust.events.count() == 2


@pytest.mark.medium
def test_without_an_answer_it_stays_verified_and_is_marked_for_staff(client):
    trust = make_verified()
    signature = make_signed(trust)
    ask(trust)
    asked = timezone.now() - timedelta(days=31)
    Organization.objects.filter(pk=trust.pk).update(asked_again_at=asked)
    trust.refresh_from_db()
    assert trust.verification == "verified" and again(trust)
    assert list(Organization.objects.unanswered()) == [trust]
    assert verification_requests.queue_requests() == 0  # too late to write
    client.force_login(make_user("mia@example.org"))
    url = reverse("admin:signatories_organization_changelist")
    for value in ("unanswered", "asked", "yes", "old"):
        assert "River Trust" in client.get(url, {"again": value}).text
    first_screen = client.get(reverse("admin:index")).text
    assert "again=unanswered" in first_screen and "again=yes" in first_screen
    page = client.get(reverse("admin:signatories_organization_change", args=[trust.pk])).text
    assert "No answer came" in page and "Ask to verify again" in page
    ask(trust)  # once more
    assert not Organization.objects.unanswered().exists()
    assert verification_requests.queue_requests() == 1
    assert press(client, signature).status_code == 200


@pytest.mark.medium
def test_links_that_are_old_broken_or_of_somebody_who_withdrew_do_nothing(client, monkeypatch):
    trust = make_verified()
    signature = make_signed(trust)
    ask(trust)
    broken = reverse("signatories:verify_again", args=["nonsense"])
    assert client.get(broken).status_code == 404
    statement = signature.statement.get_absolute_url()
    assert client.post(statement, {"verify_again": "nonsense"}).status_code == 404
    other = tokens.make(signature, tokens.MANAGE)
    assert client.post(statement, {"verify_again": other}).status_code == 404
    cross = {"headers": {"Sec-Fetch-Site": "cross-site"}}
    token = tokens.make(signature, tokens.VERIFY_AGAIN)
    assert client.post(statement, {"verify_again": token}, **cross).status_code == 403
    monkeypatch.setattr(signing.time, "time", lambda: timezone.now().timestamp() + 31 * 86400)
    assert client.get(link_of(token)).status_code == 410
    assert client.post(statement, {"verify_again": token}).status_code == 410
    monkeypatch.undo()
    signature.state = "withdrawn"
    signature.save()
    assert "nothing to answer" in press(client, signature).text
    trust.refresh_from_db()
    assert trust.asked_again_at and again(trust)


def link_of(token):
    return reverse("signatories:verify_again", args=[token])


@pytest.mark.medium
def test_who_is_asked_is_the_mailbox_of_the_own_domain_or_else_the_last():
    trust, edition = make_verified(website="https://trust.example.org"), make_edition()
    own = make_signed(trust, edition)
    make_signed(trust, make_edition("Another one"), email="rita@example.com")
    assert renewals.representative(trust) == own
    trust.website = ""
    assert renewals.representative(trust).email == "rita@example.com"


@pytest.mark.medium
def test_nobody_is_asked_where_nobody_can_be_written_to():
    trust = make_verified()
    assert renewals.obstacle(trust) == renewals.NOBODY
    signature = make_signed(trust, mail_trouble="hard")
    assert renewals.obstacle(trust) == renewals.NOBODY
    signature.mail_trouble = ""
    signature.save()
    assert renewals.obstacle(trust) == ""
    lifecycle.withdraw(signature.statement, by=None, note="Wrong.")
    assert renewals.obstacle(trust) == renewals.NOBODY


@pytest.mark.medium
def test_the_two_ways_of_telling_who_is_asked_agree():
    make_organization("Open Trust")
    make_verified("Nobody’s Trust")
    make_signed(make_verified("Checked Trust", to_check="alike"))
    make_signed(make_verified("Asked Trust", asked_again_at=timezone.now()))
    make_signed(make_verified("Asked Long Ago", asked_again_at=timezone.now() - LONG_AGO))
    make_signed(make_verified("Free Trust"))
    parted = renewals.by_obstacle(Organization.objects.all())
    told = {one.pk: why for why, rows in parted.items() for one in rows}
    assert told == {one.pk: renewals.obstacle(one) for one in Organization.objects.all()}
    assert sorted(told.values()) == ["", "", "asked", "nobody", "not_verified", "to_check"]


@pytest.mark.medium
def test_many_are_asked_at_once_and_it_can_be_undone(client):
    user = make_user()
    trusts = [make_verified(f"Trust {number}") for number in range(3)]
    for number, trust in enumerate(trusts[:2]):
        make_signed(trust, make_edition(f"Statement {number}"), email=f"r{number}@example.org")
    client.force_login(user)
    page = client.post(
        reverse("admin:signatories_organization_changelist"),
        {"action": "ask_again", "_selected_action": [one.pk for one in trusts]},
    )
    assert "2 of 3 chosen will change" in page.text
    assert "without a representative who can be written to" in page.text
    result = bulk.perform(Organization, [one.pk for one in trusts], "ask_again", by=user, reason="")
    assert (result.done, result.left) == (2, 1)
    assert Decision.objects.get().rows.get(outcome="left").why == renewals.NOBODY
    assert verification_requests.queue_requests() == 2
    mail = OutgoingMail.objects.filter(kind=KIND).first()
    assert compose(mail) is not None
    decisions_on_many.undo(result.decision, by=user)
    while worker.do_batch(result.decision.pk) is not None:
        pass
    assert not Organization.objects.filter(asked_again_at__isnull=False).exists()
    assert compose(mail) is None  # what has not left yet does not leave


@pytest.mark.medium
def test_a_batch_that_is_killed_asks_nobody_twice(monkeypatch):
    for number in range(3):
        trust = make_verified(f"Trust {number}")
        make_signed(trust, make_edition(f"Statement {number}"), email=f"r{number}@example.org")
        ask(trust, make_user(f"u{number}@example.org"))
    monkeypatch.setattr("signatories.mailings.batches.SIZE", 2)
    last, number = verification_requests.queue_batch()
    assert (last > 0, number) == (True, 2)
    assert verification_requests.queue_requests() == 1
    assert OutgoingMail.objects.filter(kind=KIND).count() == 3


@pytest.mark.medium
def test_staff_who_make_sure_themselves_renew_it():
    trust = make_verified(to_renew="website")
    assert decisions.verify(trust, by=make_user(), reason="We called them.")
    trust.refresh_from_db()
    assert not again(trust) and trust.verified_at > timezone.now() - timedelta(minutes=1)
    assert not decisions.verify(trust, by=make_user("b@example.org"), reason="")


@pytest.mark.medium
def test_the_public_page_and_the_api_say_when_it_was_verified(client):
    trust = make_verified(ago=timedelta(0))
    day = timezone.localdate(trust.verified_at)
    page = client.get(trust.get_absolute_url()).text
    assert f"Verified by the office on {written_out(day)}" in page
    told = client.get(f"/api/v1/organizations/{trust.slug}").json()
    assert told["verified_on"] == day.isoformat()
