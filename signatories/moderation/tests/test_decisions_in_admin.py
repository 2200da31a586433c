"""Moderators find signatures, see what a decision would change, and decide with a reason."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from casa.lib.concurrent_edits.testing import opened_with
from casa.lib.testing import assert_flat_queries
from signatories.core import tally
from signatories.models import Decision, Signature, SignatureEvent
from signatories.moderation import bulk, decisions
from signatories.self_service import editing
from signatories.testing import make_organization, make_signature
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signatories_signature_changelist")
PERMISSIONS = ("view_signature", "change_signature", "moderate_signature", "view_contact_data")


def user_with(*codenames, email="editor@example.org"):
    user = make_user(email, is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def moderator(client):
    client.force_login(user_with(*PERMISSIONS))
    return client


def page_of(signature):
    return reverse("admin:signatories_signature_change", args=[signature.pk])


def ask(client, verb, *signatures, **more):
    """What the list's action answers."""
    data = {"action": verb, "_selected_action": [s.pk for s in signatures], **more}
    return client.post(LIST, data)


def decide(client, verb, *signatures, reason="asked by phone"):
    """The list's action and then its page's button, as a browser sends it."""
    asked = ask(client, verb, *signatures)
    form = asked.context["form"]
    data = {"ids": form["ids"].value(), "seen": form["seen"].value(), "reason": reason}
    return client.post(asked.context["action"], data, follow=True)


def edited(signature, **changes):
    fields = ("honorific", "name", "credentials", "role", "affiliation", "city", "country")
    data = {field: getattr(signature, field) for field in fields}
    data |= opened_with(signature)
    return {**data, "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0, **changes}


@pytest.mark.medium
def test_a_decision_is_counted_before_it_is_made(moderator):
    edition = make_edition()
    people = [make_signature(edition, f"Nora Lind {n}") for n in range(3)]
    gone = make_signature(edition, "Wim Gone", state="withdrawn")
    asked = ask(moderator, "hide", *people[:2], gone)
    assert Signature.objects.filter(state="hidden").count() == 0
    for words in (
        "2 of 3 chosen will change", "Nora Lind 0", "1: withdrawn by the signer",
        '3 <span class="becomes">→</span> <strong>1</strong>',
    ):  # fmt: skip
        assert words in asked.text
    done = decide(moderator, "hide", *people[:2], gone)
    assert "2 signatures changed." in done.text
    assert "1 signature left as it was." in done.text
    assert tally.of(edition.statement).people == 1
    assert not tally.differences()


@pytest.mark.medium
def test_names_are_hidden_and_shown_again_and_the_count_follows(moderator):
    edition = make_edition()
    signature = make_signature(edition)
    decide(moderator, "hide", signature)
    assert tally.of(edition.statement).people == 0
    decide(moderator, "restore", signature)
    assert tally.of(edition.statement).people == 1
    event = signature.events.last()
    assert (event.to_state, event.reason, event.by.email) == (
        "confirmed", "asked by phone", "editor@example.org",
    )  # fmt: skip


@pytest.mark.medium
@pytest.mark.parametrize("verb", ["approve", "hide", "restore", "invalidate"])
def test_the_preview_says_what_then_happens(verb):
    """Of every state, with organizations that would count twice, and approved or not."""
    edition, user = make_edition(), make_user()
    for number, state in enumerate(Signature.State.values * 2):
        make_signature(edition, state=state, approved=number < 5)
        make_signature(
            edition, state=state, organization=make_organization(f"Club {number}"),
            approved=number % 2 == 0,
        )  # fmt: skip
    trust = make_organization("River Trust")
    for _ in range(2):
        make_signature(edition, state="invalidated", organization=trust)
    make_signature(edition, state="pending")
    decisions.invalidate(Signature.objects.last(), by=user, reason="never confirmed")
    rows = Signature.objects.all()
    said = bulk.preview(rows, verb)
    pks = list(rows.values_list("pk", flat=True))
    outcome = bulk.perform(Signature, pks, verb, by=user, reason="tried out")
    assert said.chosen == len(pks)
    assert (outcome.done, outcome.left) == (said.changing, said.left.total())
    assert tally.of(edition.statement) == said.effects[0].after
    assert not tally.differences()
    assert SignatureEvent.objects.filter(reason__endswith="tried out").count() == outcome.done


def test_what_was_never_confirmed_is_not_confirmed_by_staff():
    signature, user = make_signature(make_edition(), state="pending"), make_user()
    decisions.invalidate(signature, by=user, reason="looked wrong")
    decisions.restore(signature, by=user, reason="was right")
    assert (signature.state, signature.confirmed_at) == ("pending", None)


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("verb", "state", "noted"), [("approve", "confirmed", "approved"), ("restore", "hidden", "")]
)
def test_what_is_in_favour_of_a_signer_needs_no_reason(moderator, verb, state, noted):
    signature = make_signature(make_edition(), state=state, approved=verb != "approve")
    page = ask(moderator, verb, signature).text
    assert "autofocus" in page.partition('type="submit" value="')[2].partition(">")[0]
    decide(moderator, verb, signature, reason=" ")
    signature.refresh_from_db()
    assert signature.is_counted
    event = signature.events.last()
    assert (event.to_state, event.reason) == ("confirmed", noted)
    assert signature.events.count() == 2


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize("verb", ["hide", "invalidate"])
def test_nothing_is_done_against_a_signer_without_a_reason(moderator, verb):
    signature = make_signature(make_edition())
    assert ask(moderator, verb, signature).context["form"]["reason"].as_widget().count("autofocus")
    answer = decide(moderator, verb, signature, reason="  ")
    assert "Write a reason." in answer.text
    assert signature.events.count() == 1
    with pytest.raises(ValueError, match="reason"):
        bulk.VERBS[verb](signature, by=make_user("b@example.org"), reason=" ")


@pytest.mark.medium
def test_all_pages_of_a_list_are_decided_on_at_once(moderator, monkeypatch):
    """A few while somebody waits, more than that by the worker."""
    signatures = [make_signature(make_edition()) for _ in range(5)]
    asked = ask(moderator, "hide", signatures[0], select_across="1")
    assert "5 of 5 chosen will change" in asked.text
    monkeypatch.setattr(bulk, "IN_REQUEST", 4)
    page = ask(moderator, "hide", signatures[0], select_across="1")
    decision = Decision.objects.get()
    url = reverse("admin:signatories_decision_progress", args=[decision.pk])
    assert page.url == url
    assert "5 of 5 chosen will change" in moderator.get(url).text
    assert Signature.objects.filter(state="confirmed").count() == 5


@pytest.mark.medium
def test_one_signature_is_decided_on_from_its_page(moderator):
    signature = make_signature(make_edition())
    page = moderator.get(page_of(signature))
    assert list(page.context["possible"]) == ["hide", "invalidate"]
    url = reverse("admin:signatories_signature_decide", args=["hide"])
    asked = moderator.get(url, {"ids": signature.pk, "back": page_of(signature)})
    seen = asked.context["form"]["seen"].value()
    data = {"ids": signature.pk, "seen": seen, "reason": "by mail", "back": asked.context["back"]}
    assert moderator.post(url, data).url == page_of(signature)
    assert Signature.objects.get().state == "hidden"


@pytest.mark.page
@pytest.mark.medium
def test_the_way_back_stays_on_this_site(moderator):
    signature = make_signature(make_edition())
    url = reverse("admin:signatories_signature_decide", args=["hide"])
    for back in ("//evil.example.org/", "https://evil.example.org/", "javascript:alert(1)"):
        answer = moderator.post(url, {"ids": signature.pk, "reason": "x", "back": back})
        assert answer.url == LIST


@pytest.mark.page
@pytest.mark.medium
def test_deciding_needs_its_permission(client):
    client.force_login(user_with("view_signature", "change_signature"))
    signature = make_signature(make_edition())
    assert "Hide …" not in client.get(LIST).text
    assert not client.get(page_of(signature)).context["possible"]
    assert ask(client, "hide", signature).status_code == 403
    url = reverse("admin:signatories_signature_decide", args=["hide"])
    data = {"ids": signature.pk, "reason": "because"}
    assert client.get(url, data).status_code == client.post(url, data).status_code == 403
    assert Signature.objects.get().state == "confirmed"


@pytest.mark.medium
def test_a_corrected_name_leaves_the_old_one_in_the_history(moderator):
    signature = make_signature(make_edition(), city="Østerby")
    moderator.post(page_of(signature), edited(signature, name="Nora B. Lind", city="Leeds"))
    signature.refresh_from_db()
    assert (signature.name, signature.sort_key) == ("Nora B. Lind", "nora b lind")
    event = signature.events.last()
    assert event.reason == "edited: name “Nora Lind” → “Nora B. Lind”; city “Østerby” → “Leeds”"
    assert event.by.email == "editor@example.org"
    moderator.post(page_of(signature), edited(signature))
    assert signature.events.count() == 2


@pytest.mark.page
@pytest.mark.medium
def test_state_and_address_cannot_be_typed_over(moderator):
    signature = make_signature(make_edition(), email="nora@example.org")
    data = edited(signature, state="invalidated", email="other@example.org", approved="")
    assert moderator.post(page_of(signature), data).status_code == 302
    signature.refresh_from_db()
    assert (signature.state, signature.approved, signature.email) == (
        "confirmed", True, "nora@example.org",
    )  # fmt: skip
    with pytest.raises(ValueError, match="email"):
        decisions.edit(signature, {"email": "other@example.org"}, by=make_user("b@example.org"))


@pytest.mark.medium
def test_a_name_that_was_changed_while_somebody_looked_is_not_approved_unseen(moderator):
    edition = make_edition(premoderated=True)
    looked_at = [make_signature(edition, name, approved=False) for name in ("Nora", "Olaf")]
    form = ask(moderator, "approve", *looked_at).context["form"]
    editing.correct(looked_at[0], {"name": "A rude word"})
    data = {"ids": form["ids"].value(), "seen": form["seen"].value(), "reason": "checked"}
    url = reverse("admin:signatories_signature_decide", args=["approve"])
    answer = moderator.post(url, data, follow=True)
    assert "1 was changed by somebody while you looked at it" in answer.text
    assert "1 signature changed." in answer.text
    approved = Signature.objects.filter(approved=True)
    assert [one.name for one in approved] == ["Olaf"]


@pytest.mark.medium
def test_a_decision_that_does_not_say_what_was_looked_at_decides_nothing(moderator):
    signature = make_signature(make_edition())
    url = reverse("admin:signatories_signature_decide", args=["hide"])
    moderator.post(url, {"ids": str(signature.pk), "reason": "asked"})
    assert Signature.objects.get().state == "confirmed"


@pytest.mark.medium
def test_a_person_keeps_a_name(moderator):
    signature = make_signature(make_edition())
    answer = moderator.post(page_of(signature), edited(signature, name="  "))
    assert answer.context["adminform"].form.errors["name"] == ["Write the person's name."]


@pytest.mark.medium
def test_a_correction_does_not_undo_what_a_colleague_decides_now(moderator):
    signature, user = make_signature(make_edition()), make_user("b@example.org")
    stale = Signature.objects.get(pk=signature.pk)
    decisions.hide(signature, by=user, reason="asked")
    decisions.edit(stale, {"name": "Nora B. Lind"}, by=user)
    assert Signature.objects.get().state == "hidden"
    assert not tally.differences()


@pytest.mark.page
@pytest.mark.medium
def test_signatures_are_neither_added_nor_deleted_by_hand(client):
    client.force_login(make_user())
    signature = make_signature(make_edition())
    assert client.get(reverse("admin:signatories_signature_add")).status_code == 403
    url = reverse("admin:signatories_signature_delete", args=[signature.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403


FOUND = {
    "q=ismayilova": ["Leyla İsmayılova"],
    "q=ISMAYILOVA+leyla": ["Leyla İsmayılova"],
    "q=river": ["River Trust"],
    "q=friends": ["River Trust"],
    "q=hospital": ["Ada Abel"],
    "decision=needed": ["Ada Abel"],
    "state__exact=hidden": ["Wim Gone"],
    "kind__exact=organization": ["River Trust"],
    "lead=yes": ["Leyla İsmayılova"],
    "name_withheld__exact=1": ["Wim Gone"],
    "imported=unsure": ["Leyla İsmayılova"],
    "imported=no&kind__exact=person": ["Wim Gone", "Ada Abel"],
    "country=AZ": ["Leyla İsmayılova"],
    "country=none&state__exact=hidden": ["Wim Gone"],
    "since=2001-01-01&until=2001-12-31": ["Wim Gone"],
    "since=yesterday&until=2001-12-31": ["Wim Gone"],
    "confirmed_at__gte=2001-01-01T00:00Z&confirmed_at__lt=2001-01-02T00:00Z": [],
    "statement=99": [],
}


@pytest.mark.slow
def test_it_finds_what_a_moderator_looks_for(moderator):
    edition, trust = make_edition(), make_organization("River Trust")
    trust.aliases.create(name="Friends of the River")
    make_signature(edition, "Ada Abel", approved=False, affiliation="City Hospital", country="NO")
    make_signature(edition, "Rep", organization=trust, country="NO")
    make_signature(
        edition, "Leyla İsmayılova", lead_position=1, import_confidence=0.5, country="AZ"
    )
    old = make_signature(edition, "Wim Gone", state="hidden", name_withheld=True)
    Signature.objects.filter(pk=old.pk).update(
        created_at=timezone.now().replace(year=2001, month=6, day=1)
    )

    def found(query):
        return [str(row) for row in moderator.get(f"{LIST}?{query}").context["cl"].result_list]

    assert {query: found(query) for query in FOUND} == FOUND


# Addresses


def holds_an_address(edition):
    """Every place an address may come to stand in."""
    signature = make_signature(
        edition, email="secret@example.org", original_line="Nora Lind <secret@example.org>",
        import_notes="left out secret@example.org", import_confidence=0.5,
    )  # fmt: skip
    decisions.hide(signature, by=make_user("b@example.org"), reason="see secret@example.org")
    return signature


@pytest.mark.medium
def test_addresses_are_for_those_who_may_see_them(client):
    signature = holds_an_address(make_edition())
    client.force_login(user_with("view_signature", "change_signature", "moderate_signature"))
    decision = reverse("admin:signatories_signature_decide", args=["restore"])
    for url in (
        LIST, page_of(signature), f"{decision}?ids={signature.pk}",
        reverse("admin:signatories_signature_history", args=[signature.pk]),
    ):  # fmt: skip
        assert "secret@" not in client.get(url).text, url
    for query in ("q=secret@example.org", "q=secret"):
        assert not client.get(f"{LIST}?{query}").context["cl"].result_list, query


@pytest.mark.medium
@pytest.mark.parametrize(
    "query",
    ["email__startswith=s", "email_key=secret@example.org", "email=secret@example.org",
     "nonce__startswith=a", "events__reason__contains=secret", "original_line__contains=secret"],
)  # fmt: skip
def test_addresses_cannot_be_guessed_through_the_lists_address(client, query):
    holds_an_address(make_edition())
    client.force_login(user_with("view_signature", "view_organization"))
    assert client.get(f"{LIST}?{query}").status_code == 400
    organizations = reverse("admin:signatories_organization_changelist")
    assert client.get(f"{organizations}?signatures__{query}").status_code == 400


@pytest.mark.medium
def test_addresses_are_shown_and_searched_with_the_permission(client):
    signature = holds_an_address(make_edition())
    client.force_login(user_with("view_signature", "view_contact_data"))
    assert "secret@example.org" in client.get(LIST).text
    assert "secret@example.org" in client.get(page_of(signature)).text
    assert len(client.get(f"{LIST}?q=secret@example.org").context["cl"].result_list) == 1


# What it costs


@pytest.mark.medium
def test_the_list_costs_the_same_for_one_and_for_three(moderator):
    def add(number):
        edition = make_edition(f"Statement {number}")
        make_signature(edition, "Nora Lind")
        make_signature(edition, "Rep", organization=make_organization(f"Nora {number}"))
        make_draft(f"Draft {number}")

    def ask(rows):
        assert len(moderator.get(LIST).context["cl"].result_list) == 2 * rows

    sent = assert_flat_queries(add, ask)
    assert not [sql for sql in sent if "COUNT(" in sql and "LIMIT" not in sql]


@pytest.mark.medium
def test_a_decisions_page_costs_the_same_for_one_and_for_three(moderator):
    edition, pks = make_edition(), []
    url = reverse("admin:signatories_signature_decide", args=["hide"])
    assert_flat_queries(
        lambda _number: pks.append(str(make_signature(edition).pk)),
        lambda _rows: moderator.get(url, {"ids": ",".join(pks)}),
    )
