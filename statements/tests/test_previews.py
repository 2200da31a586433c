"""What is not public is shown to the holders of private links and to nobody else."""

from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from casa.accounts.models import User
from casa.lib.testing import assert_flat_queries
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from statements import lifecycle, previews
from statements.models import (
    Attachment,
    Edition,
    PreviewLink,
    PreviewVisit,
    Rendition,
    Statement,
    StatementText,
)
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

SECRET = "Otters return to the Long Pond"
FIELDS = {
    "title": SECRET, "summary": f"{SECRET}, in short.", "body": f"<p>{SECRET}, they say.</p>",
    "ask": f"{SECRET}: let them stay.",
}  # fmt: skip


def make_link(statement, name="Jonas Journalist", **fields):
    fields.setdefault("expires_at", timezone.now() + timedelta(days=7))
    fields["by"] = User.objects.first() or make_user("staff@example.org")
    return previews.give(statement, name=name, **fields)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time: `clock("12:00:00")`, of one day in 2026."""

    def set_to(time):
        moment = datetime.fromisoformat(f"2026-03-05T{time}+00:00")
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_to


def page_of(statement):
    return reverse("admin:statements_statement_previews", args=[statement.pk])


def posted(**fields):
    until = timezone.localtime() + timedelta(days=3)
    data = {
        "name": "Jonas Journalist",
        "expires_at_0": until.strftime("%Y-%m-%d"), "expires_at_1": until.strftime("%H:%M"),
    }  # fmt: skip
    return {**data, **fields}


# --- The reader's page ---------------------------------------------------------------------


@pytest.mark.parametrize("step", [None, lifecycle.submit])
def test_the_holder_of_a_link_reads_the_working_copy(client, step):
    statement = make_draft(**FIELDS)
    if step:
        step(statement, by=None)
    _link, path = make_link(statement)
    answer = client.get(path)
    assert answer.status_code == 200
    for words in FIELDS.values():
        assert words in answer.text
    assert "Not published – for Jonas Journalist only" in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in answer.text
    assert not answer.cookies


@pytest.mark.page
def test_the_name_stands_across_the_page_and_is_shown_as_text(client):
    _link, path = make_link(make_draft(), name="Jonas <script>alert(1)</script>")
    page = client.get(path).text
    watermark = page.split('class="watermark"')[1]
    assert watermark.count("Jonas &lt;script&gt;") > 20
    assert "<script>alert" not in page
    assert "style=" not in page


@pytest.mark.page
def test_it_is_read_in_the_readers_language(client):
    statement = make_draft(**FIELDS)
    StatementText.objects.create(
        statement=statement, language="az", title="Susamurlar", body="<p>Su</p>"
    )
    _link, path = make_link(statement)
    assert "Susamurlar" in client.get(f"/az{path}").text
    assert f'href="/az{path}"' in client.get(path).text


@pytest.mark.medium
def test_every_opening_is_kept_with_the_words_that_were_shown(client):
    statement = make_draft()
    link, path = make_link(statement)
    client.get(path)
    client.head(path)  # shows nothing
    StatementText.objects.update(title="Other words")
    client.get(path)
    now = lifecycle.publish(statement, by=None)[0]
    marks = list(PreviewVisit.objects.filter(link=link).values_list("sha256", flat=True))
    assert len(marks) == 2
    assert marks[0] == now.sha256 != marks[1]


@pytest.mark.medium
def test_whoever_loads_the_page_anew_is_kept_once_and_later_again(client):
    link, path = make_link(make_draft())
    for _time in range(4):
        assert client.get(path).status_code == 200
    assert link.visits.count() == 1
    PreviewVisit.objects.update(at=timezone.now() - previews.ONE_VISIT)
    client.get(path)
    assert link.visits.count() == 2


@pytest.mark.medium
def test_a_link_opens_one_statement_only(client):
    link, path = make_link(make_draft("First"))
    other, _path = make_link(make_draft(**FIELDS))
    assert SECRET not in client.get(path).text
    for forged in (
        signing.Signer(salt="elsewhere").sign_object([other.pk, other.key]),
        previews._signer.sign_object([other.pk, link.key]),
        other.key,
        previews.token_of(other)[:-1],
        "nothing",
    ):
        answer = client.get(reverse("statements:preview", args=[forged]))
        assert answer.status_code == 404
        assert SECRET not in answer.text
        assert answer["Cache-Control"] == "private, no-store"


def test_a_copy_of_the_database_opens_nothing():
    link, path = make_link(make_draft())
    assert link.key in str(list(PreviewLink.objects.values()))
    assert path not in str(list(PreviewLink.objects.values()))
    with pytest.raises(previews.Refused):
        previews.open_(link.key)


def test_a_revoked_link_shows_nothing_at_once(client):
    link, path = make_link(make_draft(**FIELDS))
    assert previews.revoke(link, by=link.created_by)
    assert not previews.revoke(link, by=link.created_by)
    answer = client.get(path)
    assert (answer.status_code, SECRET in answer.text) == (410, False)
    assert "revoked" in answer.text
    assert not link.visits.exists()


def test_a_link_ends_to_the_second(client, clock):
    clock("12:00:00")
    _link, path = make_link(make_draft(**FIELDS), expires_at=timezone.now() + timedelta(seconds=1))
    assert client.get(path).status_code == 200
    clock("12:00:01")
    answer = client.get(path)
    assert (answer.status_code, SECRET in answer.text) == (410, False)


def test_once_public_the_link_leads_to_the_page_and_after_withdrawal_nowhere(client):
    statement = make_draft(**FIELDS)
    link, path = make_link(statement)
    lifecycle.publish(statement, by=None)
    PreviewLink.objects.update(expires_at=timezone.now())
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, statement.get_absolute_url())
    assert "no-store" in answer["Cache-Control"]
    lifecycle.withdraw(statement, by=None)
    answer = client.get(path)
    assert (answer.status_code, SECRET in answer.text) == (410, False)
    assert not link.visits.exists()


# --- Visibility -----------------------------------------------------------------------------------


def public_urls(statement):
    slug = statement.slug
    attachment = Attachment.objects.get(statement=statement)
    rendition = Rendition.objects.get(attachment=attachment)
    pages = [
        reverse("statements:home"), reverse("statements:list"),
        reverse("statements:detail", args=[slug]), reverse("statements:editions", args=[slug]),
        reverse("statements:edition", args=[slug, 1]),
        reverse("statements:edition", args=[slug, 2]),
        reverse("statements:changes", args=[slug, 2]),
        reverse("statements:attachment", args=[slug, attachment.pk]),
        reverse("statements:attachment-by-name", args=[slug, attachment.pk, "picture.jpg"]),
        reverse("statements:picture", args=[slug, rendition.pk, rendition.filename]),
        reverse("signatories:list", args=[slug]), reverse("signatories:sign", args=[slug]),
    ]  # fmt: skip
    return [f"{prefix}{page}" for page in pages for prefix in ("", "/az")]


def with_files(statement, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "picture.jpg").write_bytes(SECRET.encode())
    attachment = Attachment.objects.create(
        statement=statement, file="picture.jpg", title=SECRET, size=1, sha256="0" * 64,
        content_type="image/jpeg", alt_text=SECRET,
    )  # fmt: skip
    Rendition.objects.create(
        attachment=attachment, width=1, height=1, content_type="image/jpeg", file="picture.jpg"
    )
    return statement


def words_at(client, url):
    answer = client.get(url)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


@pytest.mark.slow
@pytest.mark.parametrize("step", [None, lifecycle.submit])
def test_what_a_link_shows_stands_nowhere_else(client, settings, tmp_path, step):
    statement = with_files(make_draft(**FIELDS), settings, tmp_path)
    if step:
        step(statement, by=None)
    _link, path = make_link(statement)
    assert SECRET in client.get(path).text
    for url in public_urls(statement):
        assert SECRET not in words_at(client, url), url


@pytest.mark.medium
def test_under_embargo_nothing_is_public_until_the_second_and_then_all_is(
    client, settings, tmp_path, clock
):
    clock("11:00:00")
    statement = with_files(
        make_draft(**FIELDS, publish_at=timezone.now() + timedelta(hours=1)), settings, tmp_path
    )
    _link, path = make_link(statement)
    lifecycle.publish(statement, by=None)
    StatementText.objects.update(title="Being written")
    clock("11:59:59.999999")
    assert SECRET in client.get(path).text  # the edition, not what is being written
    for url in public_urls(statement):
        assert SECRET not in words_at(client, url), url
    clock("12:00:00")
    slug = statement.slug
    for name, arguments in (
        ("home", []), ("list", []), ("detail", [slug]), ("editions", [slug]),
        ("edition", [slug, 1]),
    ):  # fmt: skip
        assert SECRET in words_at(client, reverse(f"statements:{name}", args=arguments)), name
    files = [url for url in public_urls(statement) if "/files/" in url or "pictures" in url]
    assert [url for url in files if SECRET in words_at(client, url)]
    assert client.get(path)["Location"] == statement.get_absolute_url()


# --- The office ----------------------------------------------------------------------------


@pytest.mark.medium
def test_an_editor_makes_a_link_and_sees_who_opened_it(client):
    statement = make_draft(**FIELDS)
    editor = make_user()
    client.force_login(editor)
    url = page_of(statement)
    assert f'href="{url}?part=words"' in client.get(
        reverse("admin:statements_statement_change", args=[statement.pk])
    ).text  # fmt: skip
    assert client.post(url, posted()).status_code == 302
    link = PreviewLink.objects.get()
    assert (link.created_by, link.email, link.may_sign) == (editor, "", False)
    assert previews.path_of(link) in client.get(url).text
    assert "Not opened yet" in client.get(url).text
    client.get(previews.path_of(link))
    assert "Opened once" in client.get(url).text
    client.post(url, {"revoke": link.pk})
    link.refresh_from_db()
    assert (link.revoked_by, link.revoked_at is None) == (editor, False)
    assert previews.path_of(link) not in client.get(url).text


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Say who the link is for."),
        ({"expires_at_0": "2020-01-01"}, "This moment has passed."),
        ({"expires_at_0": "2126-01-01"}, "A link works for 90 days at most."),
        ({"expires_at_0": "soon"}, "Enter a day such as"),
        ({"may_sign": "on"}, "A lead signatory signs with a mailbox"),
        ({"email": "nobody", "may_sign": "on"}, "Enter an e-mail address such as"),
    ],
)
def test_what_cannot_be_is_said_next_to_the_field(client, fields, sentence):
    client.force_login(make_user())
    answer = client.post(page_of(make_draft()), posted(**fields))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not PreviewLink.objects.exists()


def test_nobody_needs_a_link_to_what_is_public_or_has_no_words():
    for statement in (make_edition().statement, Statement.objects.create(slug="empty")):
        with pytest.raises(previews.PreviewError):
            make_link(statement)
    read_only = make_draft(signers=Statement.Signers.NOBODY)
    with pytest.raises(previews.PreviewError):
        make_link(read_only, email="lead@example.org", may_sign=True)


@pytest.mark.medium
def test_links_of_another_statement_are_not_touched(client):
    client.force_login(make_user())
    link, _path = make_link(make_draft("First"))
    answer = client.post(page_of(make_draft("Second")), {"revoke": link.pk})
    assert answer.status_code == 404
    assert client.post(page_of(link.statement), {"revoke": "x"}).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.medium
@pytest.mark.page
def test_the_mail_holds_the_link_and_none_of_the_words(client):
    statement = make_draft(**FIELDS)
    client.force_login(make_user())
    client.post(page_of(statement), posted(email="jonas@example.org", send="on"))
    link, outgoing = PreviewLink.objects.get(), OutgoingMail.objects.get()
    assert outgoing.params == {"link": link.pk}
    message = compose(outgoing)
    assert previews.path_of(link) in message.body
    everything = f"{message.subject}{message.body}{message.alternatives[0][0]}"
    assert SECRET not in everything
    assert len(message.subject) < 60
    previews.revoke(link, by=link.created_by)
    assert compose(outgoing) is None


@pytest.mark.medium
def test_the_page_asks_the_database_as_often_for_many_links(client):
    statement = make_draft()
    client.force_login(make_user())

    def add(number):
        _link, path = make_link(statement, name=f"Reader {number}")
        client.get(path)

    def ask(rows):
        page = client.get(page_of(statement)).text
        assert [f"Reader {number}" in page for number in range(3)] == [
            number < rows for number in range(3)
        ]

    assert_flat_queries(add, ask)
    assert Edition.objects.count() == 0


def test_who_is_to_sign_needs_a_mailbox_and_a_mail_needs_one_too():
    draft = make_draft()
    with pytest.raises(previews.PreviewError, match="e-mail address"):
        make_link(draft, may_sign=True)
    link, _path = make_link(draft)
    with pytest.raises(previews.PreviewError, match="no e-mail address"):
        previews.send(link)


def test_what_was_withdrawn_is_not_shown_to_anybody_new():
    statement = make_edition().statement
    lifecycle.withdraw(statement, by=None)
    with pytest.raises(previews.PreviewError, match="was withdrawn"):
        make_link(statement)


def test_a_link_that_moved_to_another_mailbox_is_not_mailed_to_the_first():
    link, _path = make_link(make_draft(), email="jonas@example.org")
    previews.send(link)
    PreviewLink.objects.update(email="other@example.org")
    assert compose(OutgoingMail.objects.get()) is None
