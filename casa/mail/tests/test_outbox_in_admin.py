import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from casa.lib.testing import assert_flat_queries
from casa.mail.delivery import deliver_due
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
LIST = "admin:mail_outgoingmail_changelist"


@pytest.fixture
def staff(client):
    """Signs somebody in who has the permissions named."""

    def sign_in(*permissions):
        user = get_user_model().objects.create_user(
            "staff@example.org", "x", name="Staff", is_staff=True
        )
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def dead(send, smtp):
    def make(*addresses):
        smtp.answer = lambda recipient: "550 5.1.1 no"
        for address in addresses:
            send(address)
        deliver_due()
        smtp.answer = lambda recipient: "250 OK"

    return make


def again(client, **data):
    mails = OutgoingMail.objects.values_list("pk", flat=True)
    form = {"action": "send_dead_letters_again", "_selected_action": list(mails)}
    return client.post(reverse(LIST) + "?state=all", form, follow=True)


@pytest.mark.medium
def test_the_list_begins_with_what_failed(staff, send, dead):
    dead("dead@example.org")
    send("waiting@example.org")
    client = staff("view_outgoingmail")
    page = client.get(reverse(LIST)).content.decode()
    assert "dead@example.org" in page
    assert "SMTP 550 5.1.1" in page
    assert "waiting@example.org" not in page
    assert "waiting@example.org" in client.get(reverse(LIST) + "?state=all").content.decode()


@pytest.mark.medium
def test_a_search_finds_mail_in_every_state(staff, send):
    send("waiting@example.org", kind="mail.test")
    page = staff("view_outgoingmail").get(reverse(LIST) + "?q=waiting@example.org").content.decode()
    assert "waiting@example.org" in page
    assert "Test message" in page


@pytest.mark.medium
def test_an_empty_list_says_that_all_is_well(staff):
    client = staff("view_outgoingmail")
    assert "No mail has failed" in client.get(reverse(LIST)).content.decode()
    assert "No mail matches" in client.get(reverse(LIST) + "?state=sent").content.decode()


@pytest.mark.medium
def test_the_list_costs_the_same_for_any_number_of_rows(staff, dead):
    client = staff("view_outgoingmail", "change_outgoingmail")
    assert_flat_queries(
        lambda number: dead(f"signer{number}@example.org"), lambda _rows: client.get(reverse(LIST))
    )


@pytest.mark.medium
def test_staff_send_dead_letters_again(staff, send, dead, smtp):
    dead("one@example.org", "two@example.org")
    client = staff("view_outgoingmail", "change_outgoingmail")
    assert "2 mails are queued again." in again(client).content.decode()
    assert deliver_due() == 2
    assert "0 mails are queued again." in again(client).content.decode()


@pytest.mark.medium
def test_sending_again_needs_the_permission(staff, dead):
    dead("one@example.org")
    again(staff("view_outgoingmail"))
    assert OutgoingMail.objects.get().state == "dead"


@pytest.mark.medium
def test_nothing_can_be_typed_into_the_outbox(staff, dead):
    dead("one@example.org")
    mail = OutgoingMail.objects.get()
    client = staff(
        "view_outgoingmail", "change_outgoingmail", "add_outgoingmail", "delete_outgoingmail"
    )
    change = reverse("admin:mail_outgoingmail_change", args=[mail.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"to": "eve@example.net"}).status_code == 403
    assert client.get(reverse("admin:mail_outgoingmail_add")).status_code == 403
    delete = reverse("admin:mail_outgoingmail_delete", args=[mail.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    mail.refresh_from_db()
    assert mail.to == "one@example.org"
