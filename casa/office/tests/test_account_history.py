"""Who gave whom which right when: the History page of a staff account; and that every model which
staff edit keeps its history."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from casa.accounts.models import Phone, User
from casa.accounts.testing import PASSWORD, code_of, give_phone, make_staff, sign_in
from casa.lib.concurrent_edits.testing import opened_with
from casa.lib.testing import assert_flat_queries
from casa.office.history.accounts import of_account
from casa.office.history.views import OF
from signatories.models import Signature

pytestmark = pytest.mark.django_db

NEW = "quite-another-password-2"


def with_role(name, email=None, **fields):
    user = make_staff(email or f"{name.lower()}@example.org", **fields)
    user.groups.add(Group.objects.get(name=name))
    return user


def edit(client, user, *roles, **fields):
    data = {"email": user.email, "name": user.name, "is_active": "on", **fields}
    data |= opened_with(user)
    data["groups"] = [Group.objects.get(name=role).pk for role in roles]
    url = reverse("admin:accounts_user_change", args=[user.pk])
    assert client.post(url, data).status_code == 302


def act(client, action, user, **fields):
    data = {"action": action, "_selected_action": user.pk, **fields}
    return client.post(reverse("admin:accounts_user_changelist"), data)


def history_of(client, user):
    return client.get(reverse("admin:accounts_user_history", args=[user.pk]))


def facts_of(entry):
    """(who, what, {label: (old, new)})"""
    changes = {one.label: (one.old, one.new) for part in entry.parts for one in part.changes}
    return entry.who, entry.what, changes


@pytest.fixture
def boss(client):
    boss = make_staff("boss@example.org", name="Bo Boss", is_superuser=True)
    client.force_login(boss)
    return boss


@pytest.mark.medium
def test_an_edit_shows_each_field_before_and_after_and_by_whom(client, boss):
    user = with_role("Author")
    edit(client, user, "Editor", name="Edda Lind", is_superuser="on")
    edit(client, user, "Editor", "Analyst", name="Edda Lind", is_active="")
    *_begun, first, second = [facts_of(entry) for entry in of_account(user)]
    assert first == (
        "Bo Boss",
        "Edited",
        {
            "Name": ("Edda", "Edda Lind"),
            "May do everything, without a role": ("no", "yes"),
            "Roles": ("Author", "Editor"),
        },
    )
    assert second[2] == {
        "May sign in": ("yes", "no"),
        "May do everything, without a role": ("yes", "no"),
        "Roles": ("Editor", "Editor, Analyst"),
    }
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", history_of(client, user).text)))
    assert "Bo Boss Edited Staff member Name:" in words


@pytest.mark.medium
def test_an_account_begins_with_its_role(client, boss):
    data = {
        "email": "nell@example.org",
        "name": "Nell",
        "groups": Group.objects.get(name="Moderator").pk,
    }
    assert client.post(reverse("admin:accounts_user_add"), data).status_code == 302
    (begun,) = of_account(User.objects.get(email="nell@example.org"))
    who, what, changes = facts_of(begun)
    assert (who, what) == ("Bo Boss", "Begun")
    assert changes["Roles"] == ("", "Moderator")
    assert changes["May sign in"] == ("", "yes")


def test_what_a_command_does_is_nobodys_and_a_right_for_a_second_is_told():
    user = make_staff()
    user.is_superuser = True
    user.save()
    user.is_superuser = False
    user.save()
    editor, moderator = Group.objects.filter(name__in=["Editor", "Moderator"]).order_by("pk")
    user.groups.add(editor)
    user.groups.add(moderator)
    user.groups.remove(moderator)
    user.user_permissions.add(Permission.objects.get(codename="publish_statement"))
    _begun, *entries = [facts_of(entry) for entry in of_account(user)]
    assert {who for who, _what, _changes in entries} == {"command line"}
    changes = [changes for _who, _what, changes in entries]
    superuser = "May do everything, without a role"
    assert changes[:3] == [
        {superuser: ("no", "yes")},
        {superuser: ("yes", "no"), "Roles": ("", "Editor")},
        {"Roles": ("Editor", "Editor, Moderator")},
    ]
    assert changes[3]["Roles"] == ("Editor, Moderator", "Editor")
    assert "ublish" in changes[3]["Permissions beside the roles"][1]


@pytest.mark.slow
def test_signing_in_is_no_edit(client, settings):
    user = make_staff()
    rows = User.history.count()
    # As after an upgrade of Django, which makes the hash anew.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher",
                                 *settings.PASSWORD_HASHERS]  # fmt: skip
    before = user.password
    sign_in(client)
    user.refresh_from_db()
    assert user.last_login
    assert user.password != before
    user.end_sessions()
    assert User.history.count() == rows


@pytest.mark.medium
def test_a_new_password_is_told_and_no_hash_is_kept(client, boss):
    user = make_staff()
    before = user.password
    data = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    client.post(reverse("admin:auth_user_password_change", args=[user.pk]), data)
    client.force_login(user := User.objects.get(pk=user.pk))
    own = {"old_password": NEW, "new_password1": PASSWORD, "new_password2": PASSWORD}
    client.post(reverse("admin:password_change"), own)
    user.refresh_from_db()
    user.set_password(NEW)
    user.save()
    _begun, *entries = [facts_of(entry) for entry in of_account(user)]
    assert entries == [
        ("Bo Boss", "Password changed", {}),
        ("Edda", "Password changed", {}),
        ("whoever has the link in a mail, or the command line", "Password changed", {}),
    ]
    client.force_login(boss)
    page = history_of(client, user).text
    assert page.count("<h3>Password changed</h3>") == 3
    kept = str(list(User.history.values()))
    for secret in (before, user.password, "$"):
        assert secret not in kept
    assert user.password not in page


@pytest.mark.slow
def test_the_second_factor_and_a_lock_are_told(client, boss):
    user = make_staff()
    client.force_login(user)
    client.get(url := reverse("admin:second_factor"))
    client.post(url, {"code": code_of(Phone.objects.get(user=user))})
    user.totpdevice_set.update(last_t=-1)
    client.post(url, {"code": code_of(Phone.objects.get(user=user)), "remove": "1"})
    give_phone(user)
    for _try in range(5):
        sign_in(Client(), password="wrong")
    client.force_login(boss)
    act(client, "reset_second_factor", user, confirmed="1")
    act(client, "unlock", user)
    act(client, "unlock", user)  # nothing was locked any more
    call_command("reset_second_factor", user.email, verbosity=0)
    _begun, *entries = [facts_of(entry)[:2] for entry in of_account(user)]
    assert entries == [
        ("Edda", "Second factor turned on"),
        ("Edda", "Second factor turned off"),
        ("Bo Boss", "Second factor reset, signed out everywhere"),
        ("Bo Boss", "Unlocked after failed tries to sign in"),
        ("command line", "Second factor reset, signed out everywhere"),
    ]


@pytest.mark.medium
def test_a_role_that_is_gone_does_not_break_the_page(client, boss):
    user = make_staff()
    group = Group.objects.create(name="Guest")
    user.groups.add(group)
    group.delete()
    assert "no. " in history_of(client, user).text


def test_it_asks_as_much_of_a_long_history_as_of_a_short_one():
    user = make_staff("edda@example.org")
    groups = list(Group.objects.all())

    def ask(rows):
        assert len(of_account(user)) == rows

    assert_flat_queries(lambda number: user.groups.add(groups[number]), ask)


@pytest.mark.medium
@pytest.mark.parametrize("role", ["Author", "Editor", "Moderator", "Analyst"])
def test_it_is_for_those_who_manage_accounts(client, role):
    user = with_role(role)
    client.force_login(user)
    assert history_of(client, user).status_code == 403


@pytest.mark.medium
def test_an_administrator_sees_it_and_deletes_no_account_of_their_own(client):
    user = with_role("Administrator")
    client.force_login(user)
    assert history_of(client, user).status_code == 200
    url = reverse("admin:accounts_user_delete", args=[user.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    colleague = with_role("Author")
    url = reverse("admin:accounts_user_delete", args=[colleague.pk])
    seen = client.get(url).context["seen"]
    assert client.post(url, {"post": "yes", "_seen": seen}).status_code == 302
    row = User.history.filter(id=colleague.pk).first()
    assert (row.history_type, row.history_user) == ("-", user)


# --- Every model that staff edit -----------------------------------------------------------

# Its rows are not copied at each save, there are millions of them: staff's corrections are
# SignatureEvent rows, which say what stood there before.
BY_EVENTS = {Signature}


def edited_in_the_admin():
    """Every model with a form in the back office that saves."""
    request = RequestFactory().get("/")
    request.user = make_staff("root@example.org", is_superuser=True)
    for model, model_admin in admin.site._registry.items():
        row = model()
        may = model_admin.has_change_permission(request, row)
        has_fields = any(field.editable for field in model._meta.fields if not field.primary_key)
        if has_fields and (may or model_admin.has_add_permission(request)):
            yield model
        for inline in model_admin.get_inline_instances(request, row):
            if inline.has_change_permission(request, row) or inline.has_add_permission(
                request, row
            ):
                yield inline.model


def test_whatever_staff_edit_keeps_its_history():
    edited = set(edited_in_the_admin())
    assert {model.__name__ for model in edited} >= {
        "User", "Statement", "StatementText", "Target", "SigningPause", "Organization",
        "OrganizationAlias", "Signature", "SitePageText",
    }  # fmt: skip
    without = [
        model.__name__
        for model in edited
        if not (hasattr(model, "history") or (model in BY_EVENTS and model in OF))
    ]
    assert not without, f"Edited in the back office without a history: {without}"


def test_a_shown_history_leaves_out_no_field_that_staff_type():
    for model in edited_in_the_admin():
        if model in BY_EVENTS:
            continue
        typed = {field.name for field in model._meta.concrete_fields if field.editable}
        kept = {field.name for field in model.history.model._meta.concrete_fields}
        assert typed - kept <= {"password", "last_login"}, model.__name__
