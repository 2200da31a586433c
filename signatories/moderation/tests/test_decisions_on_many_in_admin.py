"""The screens of decisions on many: which are meant, what would change, how far it has come."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from signatories.core import tally
from signatories.models import Decision, Signature
from signatories.moderation import bulk, decisions_on_many, worker
from signatories.moderation.criteria import Criteria
from signatories.testing import make_signature
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

NEW = reverse("admin:signatories_decision_invalidation")
LIST = reverse("admin:signatories_decision_changelist")
PERMISSIONS = ("view_signature", "moderate_signature", "view_decision", "view_contact_data")
NETWORK = "a" * 32


@pytest.fixture
def moderator(client):
    user = make_user("m@example.org", is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=PERMISSIONS))
    client.force_login(user)
    return client


def page_of(decision):
    return reverse("admin:signatories_decision_progress", args=[decision.pk])


def saved(moderator, **fields):
    answer = moderator.post(NEW, {"title": "Bot of Saturday", **fields})
    assert answer.status_code == 302, answer.context["form"].errors
    return Decision.objects.latest("pk")


def press(moderator, decision, verb, **more):
    return moderator.post(page_of(decision), {"verb": verb, **more}, follow=True)


@pytest.mark.medium
def test_an_invalidation_from_the_page_of_a_signature_to_undone(moderator):
    edition = make_edition("Open the library")
    bots = [make_signature(edition, f"Bot {n}", network=NETWORK) for n in range(3)]
    good = make_signature(edition, "Nora Lind", network="b" * 32)
    page = moderator.get(reverse("admin:signatories_signature_change", args=[bots[0].pk])).text
    assert f"{NEW}?like={bots[0].pk}" in page
    assert NETWORK not in page
    form = moderator.get(f"{NEW}?like={bots[0].pk}").context["form"]
    for odd in ("x", "999999", "9" * 30):
        assert not moderator.get(f"{NEW}?like={odd}").context["form"]["networks"].value()
    assert form["networks"].value() == NETWORK
    decision = saved(moderator, statement=edition.statement_id, networks=NETWORK)
    page = moderator.get(page_of(decision))
    for words in (
        "3 of 3 chosen will change",
        "Bot 2",
        '4 <span class="becomes">→</span> <strong>1</strong>',
    ):
        assert words in page.text
    assert "autofocus" not in page.text  # it would scroll past what it says
    assert page.text.index('name="reason"') < page.text.index('class="sample"')
    assert Signature.objects.filter(state="confirmed").count() == 4
    press(moderator, decision, "begin", counted="3", reason="a script")
    worker.carry_out()
    page = moderator.get(page_of(decision)).text
    assert "3 of 3 are changed." in page
    assert 'http-equiv="refresh"' not in page
    listed = moderator.get(
        f"{reverse('admin:signatories_signature_changelist')}?in_decision={decision.pk}"
    )
    assert set(listed.context["cl"].result_list) == set(bots)
    assert (
        "Bot of Saturday"
        in moderator.get(reverse("admin:signatories_signature_change", args=[bots[0].pk])).text
    )
    press(moderator, decision, "undo")
    worker.carry_out()
    assert "3 of 3 are back as they were." in moderator.get(page_of(decision)).text
    assert tally.of(edition.statement).people == 4
    assert Signature.objects.get(pk=good.pk).events.count() == 1


@pytest.mark.medium
def test_what_is_at_work_loads_itself_anew_and_is_stopped(moderator):
    make_signature(make_edition())
    decision = decisions_on_many.prepare(Signature.objects.all(), "hide", by=None)
    press(moderator, decision, "begin", counted="1", reason="asked")
    page = moderator.get(page_of(decision)).text
    assert 'http-equiv="refresh"' in page
    assert 'http-equiv="refresh"' not in moderator.get(f"{page_of(decision)}?still").text
    assert "Stopped. What was done stays done." in press(moderator, decision, "stop").text
    assert "somebody else was faster" in press(moderator, decision, "stop").text
    assert "It goes on" in press(moderator, decision, "resume").text


@pytest.mark.medium
def test_nothing_is_begun_on_another_number_than_was_seen_or_without_a_reason(moderator):
    make_signature(make_edition(), network=NETWORK)
    decision = saved(moderator, networks=NETWORK)
    told = press(moderator, decision, "begin", counted="7", reason="a script").text
    assert "The number has changed since." in told
    assert "a script" in told
    assert "Write a reason." in press(moderator, decision, "begin", counted="1", reason=" ").text
    assert Signature.objects.get().state == "confirmed"
    assert "Discarded. Nothing was changed." in press(moderator, decision, "discard").text
    decision.refresh_from_db()
    assert decision.state == "discarded"


@pytest.mark.medium
def test_criteria_are_changed_until_it_begins(moderator):
    make_signature(make_edition(), "Robot", network=NETWORK)
    decision = saved(moderator, networks=NETWORK)
    url = reverse("admin:signatories_decision_criteria", args=[decision.pk])
    assert moderator.get(url).context["form"]["title"].value() == "Bot of Saturday"
    data = {"title": "Robots", "name": "robot*"}
    assert "Somebody changed this while you looked." in moderator.post(url, data).text
    moderator.post(url, {**data, "seen": moderator.get(url).context["seen"]})
    decision.refresh_from_db()
    assert (decision.title, decision.criteria) == ("Robots", {"name": "robot*"})
    press(moderator, decision, "begin", counted="1", reason="a script")
    assert moderator.get(url).url == page_of(decision)


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("networks", "192.0.2.1", "A mark has 32 letters and digits."),
        ("domains", "not a domain!", "is no domain"),
        ("name", "**", "Write letters of the name"),
        ("name", "*a*b*c*d*e*", "no more than five signs"),
        ("states", "withdrawn", "withdrawn"),
        ("statement", "", "Say which signatures are meant"),
        ("title", "", "Give it a title"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field(moderator, field, value, words):
    data = {"title": "Bot", field: value}
    answer = moderator.post(NEW, data)
    assert answer.status_code == 200
    assert words in answer.text
    assert not Decision.objects.exists()


@pytest.mark.medium
def test_moments_are_read_and_one_before_the_other(moderator):
    day = {"since_0": "2026-11-28", "since_1": "18:00", "until_0": "2026-11-28", "until_1": "9:00"}
    assert "This is before it begins." in moderator.post(NEW, {"title": "Bot", **day}).text
    decision = saved(moderator, **{**day, "until_1": "23:00"})
    shown = moderator.get(reverse("admin:signatories_decision_criteria", args=[decision.pk]))
    assert "23:00" in shown.text


@pytest.mark.medium
def test_a_colleagues_draft_is_neither_counted_nor_named(moderator):
    """A moderator who may not see a draft's signatures does not decide on them either."""
    draft = make_draft("Secret", by=make_user("b@example.org"))
    hidden = Signature.objects.create(
        statement=draft, kind="person", name="Secret Bot", state="confirmed", network=NETWORK,
        confirmed_at=draft.created_at, lead_position=1,
    )  # fmt: skip
    shown = make_signature(make_edition(), "Bot", network=NETWORK)
    decision = saved(moderator, networks=NETWORK)
    page = moderator.get(page_of(decision)).text
    assert "1 of 1 chosen will change" in page
    assert "Secret" not in page
    press(moderator, decision, "begin", counted="1", reason="a script")
    worker.carry_out()
    hidden.refresh_from_db()
    shown.refresh_from_db()
    assert (hidden.state, shown.state) == ("confirmed", "invalidated")
    of_draft = decisions_on_many.prepare_invalidation(
        Criteria(statement=draft.pk, name="b*"), by=None
    )
    assert moderator.get(page_of(of_draft)).status_code == 403
    assert of_draft not in moderator.get(LIST).context["cl"].result_list


@pytest.mark.page
@pytest.mark.medium
def test_domains_are_for_those_who_see_addresses(moderator, client):
    user = make_user("c@example.org", is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename="moderate_signature"))
    client.force_login(user)
    assert "domains" not in client.get(NEW).context["form"].fields


@pytest.mark.medium
def test_a_few_are_decided_on_at_once_with_a_way_to_undo(moderator):
    edition = make_edition()
    people = [make_signature(edition) for _ in range(2)]
    asked = moderator.post(
        reverse("admin:signatories_signature_changelist"),
        {"action": "hide", "_selected_action": [one.pk for one in people]},
    )
    form = asked.context["form"]
    data = {"ids": form["ids"].value(), "seen": form["seen"].value(), "reason": "asked"}
    done = moderator.post(asked.context["action"], data, follow=True).text
    decision = Decision.objects.get()
    assert "2 signatures changed." in done
    assert page_of(decision) in done
    press(moderator, decision, "undo")
    worker.carry_out()
    assert Signature.objects.filter(state="confirmed").count() == 2


@pytest.mark.medium
@pytest.mark.parametrize("verb", ["verify", "reject"])
def test_organizations_have_the_same_page(client, verb, monkeypatch):
    client.force_login(make_user())
    monkeypatch.setattr(bulk, "IN_REQUEST", 1)
    edition = make_edition()
    for name in ("River Trust", "Club"):
        from signatories.testing import make_organization

        make_signature(edition, organization=make_organization(name, to_check="no_website"))
    pks = list(Signature.objects.values_list("organization", flat=True))
    answer = client.post(
        reverse("admin:signatories_organization_changelist"),
        {"action": verb, "_selected_action": pks},
    )
    assert "2 of 2 chosen will change" in client.get(answer.url).text
    client.post(answer.url, {"verb": "begin", "counted": "2", "reason": "looked at"})
    worker.carry_out()
    assert "2 of 2 are changed." in client.get(answer.url).text
