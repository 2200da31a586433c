"""The queue: one after the other, with reasons and neighbours, and nothing decided twice."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from casa.lib.testing import assert_flat_queries
from signatories.models import Organization, Signature
from signatories.moderation import queue
from signatories.self_service import editing
from signatories.testing import make_organization, make_signature
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:signatories_decision_queue")
PERMISSIONS = ("moderate_signature", "verify_organization", "view_contact_data", "view_signature")


def moderator(client, *codenames, email="m@example.org"):
    user = make_user(email, is_superuser=False)
    codes = codenames or PERMISSIONS
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


def shown(client, url=QUEUE):
    return client.get(url).context["one"]


def press(client, one, verb, url=QUEUE, **more):
    page = client.get(url)
    kind = "signature" if isinstance(one, Signature) else "organization"
    data = {"kind": kind, "pk": one.pk, "seen": page.context["mark"], "verb": verb, **more}
    return client.post(url, data, follow=True)


@pytest.mark.page
@pytest.mark.parametrize(("confidence", "is_said"), [(1, False), (0.5, True)])
def test_only_a_line_that_was_read_with_doubts_is_said_to_be_so(confidence, is_said):
    one = make_signature(
        make_edition(), approved=False, import_notes="a title", import_confidence=confidence
    )
    assert ("It was read from a list, with doubts." in queue.reasons(one)) == is_said


@pytest.mark.medium
def test_signatures_and_organizations_stand_in_one_line_the_oldest_first(client):
    moderator(client)
    edition = make_edition(premoderated=True)
    first = make_signature(edition, "Nora Lind", approved=False)
    trust = make_organization("River Trust", to_check="no_website")
    last = make_signature(edition, "Olaf", approved=False)
    assert shown(client) == first
    page = press(client, first, "accept")
    assert "Approved: Nora Lind" in page.text
    assert page.context["one"] == trust
    assert "No website was given." in page.text
    page = press(client, trust, "refuse", page.redirect_chain[-1][0], reason="no such club")
    assert page.context["one"] == last
    page = press(client, last, "refuse", page.redirect_chain[-1][0], reason="a script")
    assert "Nothing waits for a decision." in page.text
    assert list(Signature.objects.order_by("pk").values_list("state", "approved")) == [
        ("confirmed", True), ("invalidated", False),
    ]  # fmt: skip
    assert Organization.objects.get().verification == "rejected"
    assert last.events.last().reason == "a script"


@pytest.mark.medium
def test_next_goes_on_and_comes_to_the_end_and_back(client):
    moderator(client)
    edition = make_edition(premoderated=True)
    one, other = (make_signature(edition, approved=False) for _ in range(2))
    page = client.get(QUEUE)
    page = client.get(page.context["next_url"])
    assert page.context["one"] == other
    page = client.get(page.context["next_url"])
    assert "You have seen all. 2 still wait." in page.text
    assert shown(client, page.context["first_url"]) == one
    for odd in ("x", "1", "1.2.3", "9999999999999999999999.1", "-1.0"):
        assert shown(client, f"{QUEUE}?past={odd}") == one


@pytest.mark.page
@pytest.mark.medium
def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(client):
    moderator(client)
    one = make_signature(make_edition(premoderated=True), approved=False)
    assert "Write a reason." in press(client, one, "refuse", reason=" ").text
    too_long = press(client, one, "refuse", reason="x" * 301)
    assert "x" * 301 in too_long.text
    assert not one.events.filter(to_state="invalidated").exists()


@pytest.mark.medium
def test_two_moderators_do_not_decide_on_the_same_one_twice(client):
    moderator(client)
    edition = make_edition(premoderated=True)
    one, other = (make_signature(edition, approved=False) for _ in range(2))
    mark = client.get(QUEUE).context["mark"]
    press(client, one, "refuse", reason="a script")
    data = {"kind": "signature", "pk": one.pk, "seen": mark, "verb": "accept"}
    late = client.post(QUEUE, data, follow=True)
    assert "A colleague has decided on it already." in late.text
    assert late.context["one"] == other
    one.refresh_from_db()
    assert (one.state, one.approved, one.events.count()) == ("invalidated", False, 2)


@pytest.mark.medium
def test_what_its_signer_changed_meanwhile_is_shown_again(client):
    moderator(client)
    one = make_signature(make_edition(premoderated=True), approved=False)
    mark = client.get(QUEUE).context["mark"]
    editing.correct(one, {"name": "A rude word"})
    data = {"kind": "signature", "pk": one.pk, "seen": mark, "verb": "accept"}
    page = client.post(QUEUE, data, follow=True)
    assert "It was changed while you looked at it." in page.text
    assert "A rude word" in page.text
    assert "Its signer changed what everybody reads." in page.text
    assert not Signature.objects.get().approved


@pytest.mark.medium
def test_it_says_why_it_waits_and_who_is_like_it(client):
    moderator(client)
    edition = make_edition()
    network = "a" * 32
    for n in range(7):
        make_signature(edition, f"Bot {n}", network=network, email=f"b{n}@bots.example.org")
    make_signature(edition, "Bot 9 Other", email="far@gmail.com")
    make_signature(
        edition, "Bot 9", network=network, approved=False, email="b9@bots.example.org",
        suspicions=["hidden_field", "same_name"], role="Bot", affiliation="Works",
    )  # fmt: skip
    page = client.get(QUEUE)
    text = re.sub(r"\s+", " ", page.text)
    for words in (
        "A field was filled in that people do not see.",
        "Many addresses signed with this name within an hour.",
        "From the same network on that day: 7", "Signed in the same minute: 8",
        "With the same domain of the address: 7", "With a similar name: 1", "Bot, Works",
        "invalidation/?like=", 'data-key="a"', 'data-key="r"', 'data-key="n"',
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.medium
def test_each_sees_what_is_theirs(client):
    edition = make_edition(premoderated=True)
    one = make_signature(edition, "Seen", approved=False, email="a@bots.example.org")
    make_signature(edition, "Other", email="b@bots.example.org")
    trust = make_organization(to_check="no_website")
    draft = make_draft("Secret", by=make_user("b@example.org"))
    Signature.objects.create(
        statement=draft, kind="person", name="Hidden", state="confirmed", approved=False,
        confirmed_at=draft.created_at, lead_position=1,
    )  # fmt: skip
    moderator(client, "moderate_signature", email="c@example.org")
    page = client.get(QUEUE)
    assert page.context["one"] == one
    assert page.context["number"] == 1
    assert "domain of the address" not in page.text
    data = {"kind": "organization", "pk": trust.pk, "seen": "", "verb": "accept"}
    client.post(QUEUE, data)
    trust.refresh_from_db()
    assert trust.verification == "open"
    moderator(client, "verify_organization", email="d@example.org")
    assert shown(client) == trust
    moderator(client, "view_signature", email="e@example.org")
    assert client.get(QUEUE).status_code == 403


@pytest.mark.medium
def test_the_first_screen_leads_there(client):
    moderator(client)
    assert QUEUE in client.get(reverse("admin:index")).text


@pytest.mark.medium
def test_it_costs_the_same_for_one_and_for_three(client):
    moderator(client)
    edition = make_edition(premoderated=True)
    assert_flat_queries(
        lambda number: make_signature(edition, f"Nora {number}", approved=False, network="a" * 32),
        lambda _rows: client.get(QUEUE),
    )
