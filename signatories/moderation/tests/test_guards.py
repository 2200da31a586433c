"""Protected names wait for a decision; networks and domains are let through or turned away."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casa.lib import tasks
from signatories.core import protected_names
from signatories.models import AccessRule, ProtectedName, RateCount, Signature
from signatories.self_service import editing
from signatories.signing.antispam import access, rate_limits
from signatories.testing import form_data, make_signature, press_confirm
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

NAMES = reverse("admin:signatories_protectedname_add")
RULES = reverse("admin:signatories_accessrule_add")


@pytest.fixture(autouse=True)
def lists_are_read_anew():
    protected_names.forget()
    access.forget_cached()
    yield
    protected_names.forget()
    access.forget_cached()


def protect(name="Vera Minister"):
    row = ProtectedName(name=name)
    row.full_clean()
    row.save()
    protected_names.forget()
    return row


def rule(action, **fields):
    row = AccessRule(action=action, title="Test", **fields)
    row.full_clean()
    row.save()
    access.forget_cached()
    return row


def sign(client, edition, **fields):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    address = fields.pop("at", "127.0.0.1")
    return client.post(url, form_data(**fields), REMOTE_ADDR=address)


# Protected names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Vera Minister", True), ("VÉRA  minister", True), ("Minister, Vera", True),
        ("Vera B. Minister", True), ("Dr. Vera Minister", True), ("Vera Ministers", False),
        ("Vera", False), ("Minister", False), ("", False), ("Prince", True),
        ("Prince Lind", False),
    ],
)  # fmt: skip
def test_a_name_is_known_in_any_spelling(name, found):
    protect()
    protect("Prince")
    assert protected_names.is_protected(name) is found


@pytest.mark.medium
def test_a_protected_name_waits_for_a_decision_and_says_why(client):
    protect()
    edition = make_edition()
    sign(client, edition, name="Véra Minister")
    press_confirm(client, Signature.objects.get())
    one = Signature.objects.get()
    assert (one.state, one.approved) == ("confirmed", False)
    client.force_login(make_user())
    queue = client.get(reverse("admin:signatories_decision_queue")).text
    assert "The name is on the list of protected names." in queue


@pytest.mark.medium
def test_another_name_stands_at_once(client):
    protect()
    edition = make_edition()
    sign(client, edition, name="Vera Lind")
    press_confirm(client, Signature.objects.get())
    assert Signature.objects.get().is_counted


@pytest.mark.parametrize("withheld", [False, True])
def test_whoever_changes_to_a_protected_name_waits_too(withheld):
    protect()
    one = make_signature(make_edition(), name_withheld=withheld)
    editing.correct(one, {"name": "Vera Minister"})
    assert not one.approved
    assert one.suspicions == ["protected_name"]
    assert one.events.last().reason == "the name is on the list of protected names"


@pytest.mark.medium
def test_adding_one_says_who_signed_with_it_already(client):
    client.force_login(make_user())
    make_signature(make_edition(), "Vera Minister")
    answer = client.post(NAMES, {"name": " Vera  Minister ", "note": "of transport"}, follow=True)
    assert "1 signature that counts has this name already." in answer.text
    row = ProtectedName.objects.get()
    assert (row.name, row.key, row.made_by.email) == (
        "Vera Minister", "vera minister", "editor@example.org",
    )  # fmt: skip
    assert protected_names.is_protected("vera minister")
    again = client.post(NAMES, {"name": "VERA MINISTER"})
    assert "This name is on the list already." in again.text
    assert "Write letters of the name." in client.post(NAMES, {"name": "!?"}).text
    url = reverse("admin:signatories_protectedname_delete", args=[row.pk])
    client.post(url, {"post": "yes", "_seen": client.get(url).context["seen"]})
    assert not protected_names.is_protected("vera minister")


# Networks and domains


@pytest.mark.medium
@pytest.mark.parametrize(
    "fields",
    [{"network": "192.0.2.0/24"}, {"network": "192.0.2.7"}, {"domain": "bots.example.org"}],
)
def test_who_is_blocked_is_told_so_and_nothing_is_stored(client, fields, settings):
    rule("block", **fields)
    edition = make_edition()
    answer = sign(client, edition, at="192.0.2.7", email="nora@mail.bots.example.org")
    assert answer.status_code == 403
    assert "At present we take no signatures" in answer.text
    assert f"mailto:{settings.SITE_CONTACT_EMAIL}" in answer.text
    assert not Signature.objects.exists()
    other = sign(client, edition, at="198.51.100.7", email="nora@example.org")
    assert other.status_code == 302


@pytest.mark.medium
def test_a_rule_holds_from_and_until(client):
    now = timezone.now()
    later = rule("block", network="192.0.2.0/24", starts_at=now + timedelta(hours=1))
    assert sign(client, make_edition(), at="192.0.2.7").status_code == 302
    assert not later.holds(now)
    assert later.holds(now + timedelta(hours=2))
    assert not later.holds(later.ends_at)
    AccessRule.objects.update(starts_at=None, ends_at=now - timedelta(seconds=1))
    assert tasks.run("forget-listed-networks")


@pytest.mark.medium
def test_a_rally_signs_where_others_would_be_asked_for_work(client, settings):
    settings.SIGN_LIMITS = True
    edition = make_edition()
    limit = rate_limits.LIMITS["sign"][0].client
    rule("allow", network="192.0.2.0/24")
    for number in range(limit + 3):
        answer = sign(
            client, edition, at="192.0.2.7", email=f"n{number}@example.org", name=f"N {number}"
        )
        assert answer.status_code == 302
    assert not any("many_from_network" in one.suspicions for one in Signature.objects.all())
    assert RateCount.objects.exists()


@pytest.mark.medium
def test_who_is_slowed_is_always_asked_for_work(client, settings):
    settings.SIGN_LIMITS = True
    rule("slow", domain="example.org")
    assert sign(client, make_edition()).status_code == 429


def test_blocking_goes_before_allowing(rf):
    rule("allow", network="192.0.2.0/24")
    rule("block", network="192.0.2.7/32")
    at = rf.get("/", REMOTE_ADDR="192.0.2.7")
    assert access.of_network(at) == "block"
    assert access.of_network(rf.get("/", REMOTE_ADDR="192.0.2.8")) == "allow"
    assert access.of_network(rf.get("/", REMOTE_ADDR="")) == ""
    assert access.of_domain("no address") == ""


@pytest.mark.page
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "either a network or a domain"),
        ({"network": "192.0.2.1", "domain": "example.org"}, "either a network or a domain"),
        ({"network": "nowhere"}, "This is no network"),
        ({"network": "0.0.0.0/0"}, "too wide"),
        ({"network": "::/0"}, "too wide"),
        ({"domain": "not a domain"}, "is no domain"),
        ({"domain": "org"}, "too wide"),
        ({"network": "192.0.2.1", "ends_at": timedelta(days=400)}, "within 30"),
    ],
)
def test_what_cannot_be_a_rule_is_said(fields, words):
    if "ends_at" in fields:
        fields = {**fields, "ends_at": timezone.now() + fields["ends_at"]}
    with pytest.raises(ValidationError, match=words):
        AccessRule(action="block", title="Test", **fields).full_clean()


@pytest.fixture
def told_by_proxy(settings):
    settings.COUNTRY_HEADER = "X-Country"
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]


def of_country(rf, country, at="10.1.2.3"):
    return access.of_form(
        rf.get("/", headers={"X-Country": country}, REMOTE_ADDR=at), "nora@example.org"
    )


@pytest.mark.page
@pytest.mark.parametrize(
    ("told", "at", "found"),
    [
        ("FR", "10.1.2.3", "slow"), ("fr ", "10.1.2.3", "slow"), ("FR", "", "slow"),
        ("GB", "10.1.2.3", ""), ("XX", "10.1.2.3", ""), ("T1", "10.1.2.3", ""),
        ("FR" * 5000, "10.1.2.3", ""), ("FR", "192.0.2.7", ""),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("told_by_proxy")
def test_a_country_is_what_the_proxy_tells_and_nobody_else(rf, told, at, found):
    rule("slow", country="FR")
    assert of_country(rf, told, at) == found


@pytest.mark.usefixtures("told_by_proxy")
def test_a_country_that_is_allowed_is_no_crowd(rf):
    rule("allow", country="FR")
    assert of_country(rf, "FR") == "allow"
    assert access.raised(rf.get("/", headers={"X-Country": "FR"}, REMOTE_ADDR="10.1.2.3")) == 1


@pytest.mark.page
def test_without_the_setting_no_header_tells_a_country(rf):
    rule("block", country="FR")
    assert of_country(rf, "FR") == ""


@pytest.mark.page
@pytest.mark.medium
def test_countries_are_asked_where_the_proxy_tells_them(client, settings, told_by_proxy):
    client.force_login(make_user("moderator"))
    data = {"title": "Bots", "action": "block", "country": "FR"}
    assert "id_country" in client.get(RULES).text
    assert client.post(RULES, data).status_code == 302
    listed = reverse("admin:signatories_accessrule_changelist")
    assert "France" in client.get(listed).text
    both = client.post(RULES, data | {"domain": "example.org"}).text
    assert both.count("Fill in just one: a network, a domain or a country.") == 3
    settings.COUNTRY_HEADER = ""
    assert "id_country" not in client.get(RULES).text
    assert "France (without effect" in client.get(listed).text


def test_a_network_is_forgotten_after_thirty_days(client):
    client.force_login(make_user())
    client.post(RULES, {"title": "Bot", "action": "block", "network": "192.0.2.7/24"})
    row = AccessRule.objects.get()
    assert row.network == "192.0.2.0/24"
    assert timedelta(days=29) < row.ends_at - timezone.now() <= timedelta(days=30)
    assert access.of_domain("a@example.org") == ""
    AccessRule.objects.filter(pk=row.pk).update(ends_at=timezone.now())
    AccessRule.history.update(ends_at=timezone.now())
    assert tasks.run("forget-listed-networks")
    assert not AccessRule.history.filter(network__gt="").exists()
