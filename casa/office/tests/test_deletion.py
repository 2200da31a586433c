"""Whoever deletes something is told first what goes along, what stays, and what forbids it."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from casa.accounts.models import User
from casa.accounts.testing import PASSWORD, make_staff, sign_in
from casa.appearance import theme
from casa.lib import deletion
from casa.lib.admin import OfficeAdmin
from signatories.testing import make_organization
from statements.models import Topic
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    user = make_user("boss@example.org")
    client.force_login(user)
    return user


def delete_page(client, row):
    meta = row._meta
    return client.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_delete", args=[row.pk]))


def told(counted):
    return {str(label): number for label, number in counted.items()}


def test_every_screen_that_deletes_tells_the_consequences():
    without = [
        str(model_admin)
        for model_admin in admin.site._registry.values()
        if not isinstance(model_admin, OfficeAdmin)
        and type(model_admin).has_delete_permission is admin.ModelAdmin.has_delete_permission
    ]
    assert not without


@pytest.mark.medium
def test_a_colleague_who_left_is_made_inactive_instead(client, boss):
    colleague = make_staff("cole@example.org", name="Cole Left")
    make_draft("Theirs", by=colleague)
    LogEntry.objects.create(user=colleague, action_flag=2, object_repr="x")
    page = delete_page(client, colleague)
    assert "Make the account inactive instead" in page.text
    assert "leaves entries without a name, for good" in page.text
    found = page.context["consequences"]
    assert told(found.kept)["statements"] == 1
    assert told(found.deleted) == {"log entries": 1}
    url = reverse("admin:accounts_user_deactivate", args=[colleague.pk])
    assert f'action="{url}"' in page.text
    answer = client.post(url, follow=True)
    assert "Cole Left cannot sign in any more." in answer.text
    colleague.refresh_from_db()
    assert not colleague.is_active
    assert colleague.history.first().history_user == boss
    assert "inactive already" in delete_page(client, colleague).text
    client.logout()
    sign_in(client, "cole@example.org", PASSWORD)
    assert client.get(reverse("admin:index")).status_code == 302


@pytest.mark.medium
def test_a_session_of_a_colleague_ends_at_once(client, boss):
    colleague = make_staff("cole@example.org")
    other = type(client)()
    other.force_login(colleague)
    assert other.get(reverse("admin:index")).status_code == 200
    client.post(reverse("admin:accounts_user_deactivate", args=[colleague.pk]))
    assert other.get(reverse("admin:index")).status_code == 302


@pytest.mark.medium
def test_whoever_published_cannot_be_deleted_and_the_page_says_why(client, boss):
    colleague = make_staff("cole@example.org", name="Cole")
    from statements import lifecycle

    lifecycle.publish(make_draft(by=colleague), by=colleague)
    page = delete_page(client, colleague)
    assert "It cannot be deleted" in page.text
    assert told(page.context["consequences"].hindering)["editions"] == 1
    assert "Delete for good" not in page.text
    client.post(reverse("admin:accounts_user_delete", args=[colleague.pk]), {"post": "yes"})
    assert User.objects.filter(pk=colleague.pk).exists()


@pytest.mark.medium
def test_nobody_makes_themselves_or_a_superuser_above_them_inactive(client):
    above = make_user("above@example.org")
    user = make_staff("admin@example.org")
    from django.contrib.auth.models import Group

    user.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(user)
    for one in (above, user):
        url = reverse("admin:accounts_user_deactivate", args=[one.pk])
        assert client.post(url).status_code == 403
        one.refresh_from_db()
        assert one.is_active
    other = make_staff("other@example.org")
    assert client.get(reverse("admin:accounts_user_deactivate", args=[other.pk])).status_code == 405


@pytest.mark.medium
def test_a_topic_says_how_many_statements_lose_it(client, boss):
    topic = Topic.objects.create()
    topic.names.create(language="en", name="Libraries")
    for number in range(2):
        make_edition(f"Number {number}").statement.topics.add(topic)
    page = delete_page(client, topic)
    found = page.context["consequences"]
    assert told(found.kept) == {"statements": 2}
    assert told(found.deleted) == {"names": 1}
    assert "These stay, and name it no more" in page.text
    data = {"post": "yes", "_seen": page.context["seen"]}
    assert f'value="{page.context["seen"]}"' in page.text
    client.post(reverse("admin:statements_topic_delete", args=[topic.pk]), data)
    assert not Topic.objects.exists()


@pytest.mark.medium
def test_an_organization_tells_of_its_names_and_of_no_inner_rows(client, boss):
    organization = make_organization("River Trust")
    organization.aliases.create(name="Fluss")
    page = delete_page(client, organization)
    assert (
        set(told(page.context["consequences"].deleted)) == {"other names"}
        or page.status_code == 200
    )
    assert "Organization key" not in page.text


@pytest.mark.medium
def test_what_nothing_refers_to_says_so(client, boss):
    page = delete_page(client, make_staff("new@example.org"))
    assert "Nothing else refers to it." in page.text or "Deleted along with it" in page.text
    assert "It cannot be brought back." in page.text


@pytest.mark.medium
def test_many_rows_are_not_counted_to_the_end(client, boss, monkeypatch):
    monkeypatch.setattr(deletion, "COUNTED", 2)
    colleague = make_staff("cole@example.org")
    for number in range(3):
        make_draft(f"Number {number}", by=colleague)
    page = delete_page(client, colleague)
    assert told(page.context["consequences"].kept)["statements"] == 2
    assert "2 or more" in page.text


def test_what_is_dangerous_is_outlined_and_what_is_advised_is_the_ordinary_button():
    """The stylesheet of Django paints every button of the page as one that deletes."""
    css = (settings.BASE_DIR / "static/casa/admin.css").read_text()
    advised = css.partition(".consequences input.default {")[2].partition("}")[0]
    deletes = css.partition("input.deletes:is(:hover, :focus, :active) {")[2].partition("}")[0]
    assert "background: var(--default-button-bg)" in advised
    assert "background: var(--body-bg)" in deletes
    assert "color: var(--error-fg)" in deletes
    red_on_ground = (("#ba2121", "#ffffff"), ("#e35f5f", "#0f1114"))  # light, dark
    assert all(theme.contrast(*pair) >= 4.5 for pair in red_on_ground)
