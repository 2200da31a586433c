import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casa.demo.tests.urls")]

LINK = "http://127.0.0.1:8000/sign/confirm/abc:def/"


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEBUG = True
    settings.DEMO_MAIL_DIR = tmp_path / "mail"
    settings.EMAIL_BACKEND = "casa.demo.inbox.EmailBackend"
    return settings.DEMO_MAIL_DIR


def send(subject, to="ada@example.org", text=f"Please confirm: {LINK}", html=""):
    message = EmailMultiAlternatives(subject, text, "site@example.org", [to])
    if html:
        message.attach_alternative(html, "text/html")
    assert message.send() == 1


def body(client, *address):
    response = client.get(reverse(*address))
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


@pytest.mark.medium
def test_an_empty_mailbox_says_what_to_do(client):
    assert "Sign a statement" in body(client, "demo:inbox")


@pytest.mark.medium
def test_the_newest_mail_comes_first(client):
    send("First")
    send("İkinci məktub")
    page = body(client, "demo:inbox")
    assert page.index("İkinci məktub") < page.index("First")
    assert "ada@example.org" in page


@pytest.mark.medium
def test_a_link_can_be_followed(client, demo):
    send("Confirm")
    (file,) = demo.iterdir()
    assert f'href="{LINK}"' in body(client, "demo:message", None, [file.stem])


@pytest.mark.medium
def test_the_html_version_can_run_and_load_nothing(client, demo):
    send("Confirm", html="<p style='color: red'>Hi</p><script>alert(1)</script>")
    (file,) = demo.iterdir()
    assert reverse("demo:message_html", args=[file.stem]) in body(
        client, "demo:message", None, [file.stem]
    )
    response = client.get(reverse("demo:message_html", args=[file.stem]))
    assert "<p style=" in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


@pytest.mark.medium
def test_what_was_typed_is_not_read_as_html(client, demo):
    send("<script>alert(1)</script>", text="<script>alert(2)</script>")
    (file,) = demo.iterdir()
    for page in (body(client, "demo:inbox"), body(client, "demo:message", None, [file.stem])):
        assert "<script>alert" not in page


@pytest.mark.medium
def test_only_mail_of_the_mailbox_can_be_read(client, demo, tmp_path):
    send("Confirm")
    secret = "20260101T000000000000-00000000"
    (tmp_path / f"{secret}.eml").write_text("Subject: secret\n\nsecret")
    for name in (
        secret,
        f"../{secret}",
        f"..%2f{secret}",
        "%2e%2e/x",
        "20260101T000000000000-0000000g",
    ):
        assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.medium
def test_nothing_of_it_exists_without_debug(client, demo, settings):
    send("Confirm")
    (file,) = demo.iterdir()
    settings.DEBUG = False
    for name in ("demo:message", "demo:message_html"):
        assert client.get(reverse(name, args=[file.stem])).status_code == 404
    assert client.get(reverse("demo:inbox")).status_code == 404
