"""A code from the phone, recovery codes, the setting that requires them, and the way out."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from casa.accounts import second_factor
from casa.accounts.models import Phone
from casa.accounts.testing import PASSWORD, code_of, give_phone, make_staff, sign_in
from casa.lib import data_keys
from casa.lib.data_keys import KeyRing

pytestmark = [pytest.mark.django_db, pytest.mark.page]

INDEX = "/admin/"
PAGE = "/admin/second-factor/"
CODE = "/admin/login/code/"


def is_in(client):
    return client.get(INDEX).status_code == 200


def set_up(client):
    """Through the page, as staff do; the phone, and the recovery codes that were shown."""
    client.get(PAGE)
    device = Phone.objects.get()
    page = client.post(PAGE, {"code": code_of(device)}).text
    return device, re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", page)


def next_code(device):
    """A code may be used once; pretend that its half minute has passed."""
    Phone.objects.filter(pk=device.pk).update(last_t=-1)
    return code_of(device)


@pytest.mark.medium
def test_it_is_set_up_by_scanning_and_typing_one_code(client):
    user = make_staff()
    sign_in(client)
    page = client.get(PAGE).text
    device = Phone.objects.get()
    assert second_factor.secret(device) in page
    assert 'src="data:image/svg+xml' in page
    assert "This code is wrong" in client.post(PAGE, {"code": "000000"}).text
    assert not second_factor.is_set_up(user)
    Phone.objects.update(throttling_failure_count=0)
    _device, codes = set_up(client)
    assert second_factor.is_set_up(user)
    assert len(set(codes)) == 10
    assert codes[0] not in client.get(PAGE).text  # shown once
    assert is_in(client)


@pytest.mark.medium
def test_setting_it_up_ends_the_sessions_of_the_password_alone(client, other_client):
    make_staff()
    sign_in(client)
    sign_in(other_client)
    set_up(client)
    assert is_in(client)
    assert not is_in(other_client)


def test_the_password_alone_opens_nothing(client):
    give_phone(make_staff())
    answer = sign_in(client)
    assert answer.url.startswith(CODE)
    assert not is_in(client)
    assert "code from" not in client.get(PAGE).text  # the page is for those who are in
    assert "This code is wrong" in client.post(CODE, {"code": "123456"}).text
    assert not is_in(client)


@pytest.mark.medium
def test_the_code_opens(client):
    device = give_phone(make_staff())
    target = reverse("admin:password_change")
    data = {"username": "edda@example.org", "password": PASSWORD, "next": target}
    step = client.post(reverse("admin:login"), data)
    assert client.post(step.url, {"code": f" {code_of(device)} "}).url == target
    assert is_in(client)


@pytest.mark.medium
def test_a_code_works_once(client, other_client):
    device = give_phone(make_staff())
    code = code_of(device)
    for browser, expected in ((client, True), (other_client, False)):
        sign_in(browser)
        browser.post(CODE, {"code": code})
        assert is_in(browser) is expected


@pytest.mark.medium
def test_a_recovery_code_works_once(client, other_client):
    user = make_staff()
    give_phone(user)
    code = second_factor.renew_recovery_codes(user)[0]
    for browser, expected in ((client, True), (other_client, False)):
        sign_in(browser)
        browser.post(CODE, {"code": code.upper()})
        assert is_in(browser) is expected
    assert second_factor.recovery_codes_left(user) == 9


def test_nobody_starts_with_the_code(client):
    device = give_phone(make_staff())
    answer = client.post(CODE, {"code": code_of(device), "username": "edda@example.org"})
    assert answer.url == reverse("admin:login")
    assert not is_in(client)


@pytest.mark.medium
def test_anothers_code_does_not_open(client):
    give_phone(make_staff())
    other = give_phone(make_staff("other@example.org"))
    sign_in(client)
    client.post(CODE, {"code": code_of(other)})
    assert not is_in(client)


def test_the_second_step_waits_ten_minutes(client, monkeypatch):
    device = give_phone(make_staff())
    sign_in(client)
    session = client.session
    session["sign_in_pending"] = {**session["sign_in_pending"], "until": 1}
    session.save()
    assert client.post(CODE, {"code": code_of(device)}).url == reverse("admin:login")
    assert not is_in(client)


@pytest.mark.medium
def test_new_recovery_codes_replace_the_old_ones(client):
    user = make_staff()
    sign_in(client)
    device, old = set_up(client)
    page = client.post(PAGE, {"code": "000000", "renew": "yes"}).text
    assert "This code is wrong" in page
    Phone.objects.update(throttling_failure_count=0)
    page = client.post(PAGE, {"code": next_code(device), "renew": "yes"}).text
    assert "Your recovery codes" in page
    assert not second_factor.accept(user, old[0])


@pytest.mark.medium
def test_it_is_turned_off_with_a_code(client):
    user = make_staff()
    sign_in(client)
    device, _codes = set_up(client)
    client.post(PAGE, {"code": "", "remove": "yes"})
    assert second_factor.is_set_up(user)
    client.post(PAGE, {"code": next_code(device), "remove": "yes"})
    assert not second_factor.is_set_up(user)
    assert is_in(client)


@pytest.mark.medium
def test_where_it_is_required_nothing_works_without(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    make_staff(is_superuser=True)
    sign_in(client)
    for url in (INDEX, reverse("admin:statements_statement_changelist"),
                reverse("admin:password_change"), "/admin/nothing/"):  # fmt: skip
        assert client.get(url).url == PAGE, url
        assert client.post(url).url == PAGE, url
    assert "nothing else can be used" in client.get(PAGE).text
    assert client.get("/statements/").status_code == 200
    set_up(client)
    assert is_in(client)


def test_where_it_is_required_an_older_session_ends(client, settings):
    user = make_staff()
    client.force_login(user)
    give_phone(user)
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get(INDEX).url.startswith(reverse("admin:login"))


@pytest.mark.medium
def test_a_command_helps_the_only_administrator(client):
    user = make_staff(is_superuser=True)
    sign_in(client)
    set_up(client)
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nobody@example.org")
    call_command("reset_second_factor", "EDDA@example.org", stdout=io.StringIO())
    assert not second_factor.is_set_up(user)
    assert not is_in(client)


@pytest.mark.medium
def test_an_administrator_resets_it_after_a_question(client, other_client):
    user = make_staff()
    sign_in(other_client)
    set_up(other_client)
    client.force_login(make_staff("root@example.org", is_superuser=True))
    data = {"action": "reset_second_factor", "_selected_action": user.pk}
    page = client.post(reverse("admin:accounts_user_changelist"), data).text
    assert "Make sure that it was they who asked" in page
    assert second_factor.is_set_up(user)
    client.post(reverse("admin:accounts_user_changelist"), data | {"confirmed": "yes"})
    assert not second_factor.is_set_up(user)
    assert not is_in(other_client)


def everything_stored():
    """Of the second factor, as a copy of the database has it."""
    rows = [*TOTPDevice.objects.values_list(), *StaticToken.objects.values_list()]
    return repr(rows).lower()


@pytest.mark.medium
def test_the_database_tells_neither_the_secret_nor_a_recovery_code(client):
    make_staff()
    sign_in(client)
    device, codes = set_up(client)
    page_secret = second_factor.secret(device).replace(" ", "")
    kept = everything_stored()
    for form in (device.bin_key.hex(), page_secret.lower(), repr(device.bin_key)[2:-1].lower()):
        assert form not in kept
    assert len(codes) == StaticToken.objects.count() == 10
    assert not [code for code in codes if code.replace("-", "") in kept]


@pytest.mark.medium
def test_what_was_copied_from_one_account_to_another_opens_nothing(client):
    mine, theirs = give_phone(make_staff()), give_phone(make_staff("other@example.org"))
    Phone.objects.filter(pk=theirs.pk).update(key=mine.key)
    sign_in(client, "other@example.org")
    assert "This code is wrong" in client.post(CODE, {"code": code_of(mine)}).text
    codes = second_factor.renew_recovery_codes(mine.user)
    kept = StaticToken.objects.values_list("token", flat=True)[0]
    second_factor.renew_recovery_codes(theirs.user)
    StaticToken.objects.filter(device__user=theirs.user).update(token=kept)
    assert not second_factor.accept(theirs.user, codes[0])
    assert second_factor.accept(mine.user, codes[0])


def with_keys(monkeypatch, *names):
    """The site with keys of these names, and none of before."""
    keys = {name: KEYS.setdefault(name, data_keys.new_key()) for name in names}
    monkeypatch.setattr(data_keys, "_loaded", [KeyRing(keys, data_keys.ring().hash_key)])


KEYS = {}


def test_with_another_key_it_works_as_long_as_the_old_one_is_known(monkeypatch):
    with_keys(monkeypatch, "old")
    user = make_staff()
    device = give_phone(user)
    codes = second_factor.renew_recovery_codes(user)
    with_keys(monkeypatch, "new", "old")
    user.refresh_from_db()
    assert second_factor.accept(user, code_of(device))
    assert second_factor.accept(user, codes[0])
    said = io.StringIO()
    call_command("seal_second_factors", stdout=said)
    assert said.getvalue() == "Encrypted anew: 1.\n"
    with_keys(monkeypatch, "new")
    assert second_factor.accept(user, next_code(Phone.objects.get()))
    assert second_factor.accept(user, codes[1])


@pytest.mark.medium
def test_where_the_key_is_lost_a_code_is_wrong_and_it_is_set_up_anew(client, monkeypatch):
    with_keys(monkeypatch, "lost")
    user = make_staff()
    lost = Phone.of(user, confirmed=False)
    given = give_phone(make_staff("other@example.org"))
    code = code_of(given)
    with_keys(monkeypatch, "new")
    sign_in(client)
    page = client.get(PAGE)
    assert page.status_code == 200
    device = Phone.objects.filter(user=user).last()
    assert device != lost
    assert second_factor.secret(device) in page.text
    assert not second_factor.accept(given.user, code)
    said = io.StringIO()
    call_command("seal_second_factors", stdout=said)
    assert "Of 2 the key is not known" in said.getvalue()
