"""What looks odd about a post is kept for staff, and what looks very odd waits for them."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from casa.mail.models import OutgoingMail
from signatories.core import tally
from signatories.models import Signature
from signatories.moderation import decisions
from signatories.signing import confirmation, submission
from signatories.signing.antispam import honeypot, suspicions
from signatories.testing import form_data, make_signature, make_submission
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signatories_signature_changelist")
VERY_ODD = ("disposable", "hidden_field")


def opened(seconds_ago, monkeypatch):
    """The stamp of a form that was opened so long ago."""
    with monkeypatch.context() as patch:
        now = honeypot.time.time()
        patch.setattr("django.core.signing.time.time", lambda: now - seconds_ago)
        return honeypot._stamp.__wrapped__(0)


@pytest.fixture
def patient(monkeypatch):
    """A busy machine takes more than two seconds from a form to its post."""
    monkeypatch.setattr(honeypot, "AT_LEAST", 20)


def post(client, edition, **fields):
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), form_data(**fields), follow=True
    )


@pytest.mark.medium
@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    ("fields", "seconds", "found"),
    [
        ({}, 30, []),
        ({}, 90_000, []),
        ({}, 1, ["too_fast"]),
        ({honeypot.HIDDEN_FIELD: "Hello"}, 30, ["hidden_field"]),
        ({honeypot.OPENED_FIELD: "form:1:forged"}, 30, ["no_form"]),
        ({honeypot.OPENED_FIELD: ""}, 30, ["no_form"]),
        ({"email": "n@mailinator.com"}, 30, ["disposable"]),
        ({"email": "n@MAILINATOR.com"}, 30, ["disposable"]),
        ({"email": "n@inbox.mailinator.com"}, 30, ["disposable"]),
    ],
)
def test_each_rule_is_found_and_refuses_nobody(client, monkeypatch, fields, seconds, found):
    edition = make_edition()
    data = {honeypot.OPENED_FIELD: opened(seconds, monkeypatch), **fields}
    answer = post(client, edition, **data)
    assert answer.status_code == 200
    assert Signature.objects.get().suspicions == found
    assert OutgoingMail.objects.count() == 1
    for key in found:
        assert str(suspicions.RULES[key].label) not in answer.text


@pytest.mark.medium
@pytest.mark.usefixtures("patient")
def test_a_form_from_the_page_tells_when_it_was_opened(client):
    edition = make_edition()
    for page in (edition.statement.get_absolute_url(), f"/sign/{edition.statement.slug}/"):
        text = client.get(page).text
        assert honeypot.PLACE_OF_MOMENT not in text
        stamp = text.partition(f'name="{honeypot.OPENED_FIELD}" value="')[2].partition('"')[0]
        assert list(honeypot.suspicions({honeypot.OPENED_FIELD: stamp})) == ["too_fast"]


@pytest.mark.medium
def test_correcting_a_mistake_quickly_is_not_too_fast(client, monkeypatch):
    edition, stamp = make_edition(), opened(30, monkeypatch)
    answer = post(client, edition, name="", opened=stamp)
    assert f'name="opened" value="{stamp}"' in answer.text


@pytest.mark.medium
def test_one_name_from_many_addresses(client, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    edition, stamp = make_edition(), opened(30, monkeypatch)
    for n in range(suspicions.SAME_NAME_FROM):
        data = form_data(name="Nora  LIND", email=f"n{n}@example.org", opened=stamp)
        last = client.post(
            reverse("signatories:sign", args=[edition.statement.slug]), data,
            REMOTE_ADDR=f"203.{n}.113.1",
        )  # fmt: skip
    assert last.status_code == 429
    assert Signature.objects.count() == suspicions.SAME_NAME_FROM - 1


@pytest.mark.medium
def test_the_network_is_a_mark_of_the_day_and_no_address(client, caplog):
    edition = make_edition()
    post(client, edition)
    post(client, edition, email="two@example.org")
    first, second = Signature.objects.all()
    assert first.network == second.network
    assert len(first.network) == 32
    assert "127.0.0.1" not in str(Signature.objects.values()) + caplog.text


def test_what_is_very_odd_waits_for_a_moderator_and_then_counts():
    edition = make_edition()
    submission.sign(edition, make_submission(suspicions=VERY_ODD, held=suspicions.holds(VERY_ODD)))
    signature = Signature.objects.get()
    assert confirmation.confirm(signature) == confirmation.ConfirmationResult.CONFIRMED
    assert not tally.of(edition.statement)
    signature.refresh_from_db()
    decisions.approve(signature, by=make_user(), reason="known in person")
    assert tally.of(edition.statement).people == 1


def test_a_smoother_second_post_does_not_wash_it_off():
    edition = make_edition()
    submission.sign(edition, make_submission(suspicions=VERY_ODD, held=True))
    submission.sign(edition, make_submission(suspicions=("no_form",)))
    signature = Signature.objects.get()
    assert signature.suspicions == ["disposable", "hidden_field", "no_form"]
    assert not signature.approved


def test_an_odd_post_takes_nothing_from_a_signature_that_stands():
    edition = make_edition()
    make_signature(edition, email="nora@example.org")
    submission.sign(edition, make_submission(suspicions=VERY_ODD, held=True))
    signature = Signature.objects.get()
    assert (signature.approved, signature.suspicions) == (True, [])


@pytest.fixture
def moderator(client):
    user = make_user("editor@example.org", is_superuser=False)
    names = ("view_signature", "change_signature", "moderate_signature")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


@pytest.mark.medium
def test_staff_find_what_is_odd_and_read_why(moderator):
    edition = make_edition()
    make_signature(edition, "Plain Lind")
    odd = make_signature(
        edition,
        "Odd Lind",
        network="a" * 32,
        suspicions=[*VERY_ODD, "a rule that is no more"],
    )
    page = moderator.get(LIST, {"suspicious": "yes"}).text
    assert "Odd Lind" in page
    assert "Plain Lind" not in page
    page = moderator.get(reverse("admin:signatories_signature_change", args=[odd.pk])).text
    for key in VERY_ODD:
        assert str(suspicions.RULES[key].label) in page


@pytest.mark.medium
def test_staff_see_how_many_came_from_the_same_network(moderator):
    edition = make_edition()
    for n in range(3):
        signature = make_signature(edition, f"Nora Lind {n}", network="a" * 32)
    other = make_signature(edition, network="b" * 32)
    address = reverse("admin:signatories_signature_change", args=[signature.pk])
    page = moderator.get(address).text
    assert "3 signatures came from this network" in page
    assert "a" * 32 not in page
    alone = reverse("admin:signatories_signature_change", args=[other.pk])
    assert "No other signature came from this network" in moderator.get(alone).text


@pytest.mark.medium
def test_visitors_see_nothing_of_it(client):
    edition = make_edition()
    make_signature(edition, suspicions=[*VERY_ODD], network="a" * 32)
    for address in (edition.statement.get_absolute_url(), reverse(
        "signatories:list", args=[edition.statement.slug]
    )):  # fmt: skip
        text = client.get(address).text
        assert "aaaaaaaa" not in text
        assert "throw-away" not in text


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("comment", "see https://example.org", ["links"]),
        ("role", "WWW.example.org", ["links"]),
        ("city", "Oslo", []),
    ],
)
def test_web_addresses_are_seen_wherever_they_are_typed(field, text, found):
    assert list(suspicions.in_submission(make_submission(**{field: text}))) == found
