"""A form that was sent and not saved is kept for whoever typed it, and for nobody else."""

import html
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casa.accounts.models import User
from casa.accounts.testing import PASSWORD, make_staff, sign_in
from casa.lib import sealing
from casa.unsaved import holding, opened, pages
from casa.unsaved.models import Reason, UnsavedForm
from casa.unsaved.testing import WORD, form_of, the_word
from statements.models import Statement, Target, Topic
from statements.testing import make_draft, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def user():
    return make_staff(is_superuser=True)


@pytest.fixture
def topic():
    return Topic.objects.create()


@pytest.fixture
def url(topic):
    return reverse("admin:statements_topic_change", args=[topic.pk])


def next_of(answer):
    return next_of_url(answer.url)


def next_of_url(url):
    return parse_qs(urlsplit(url).query)["next"][0]


@pytest.mark.medium
def test_an_ended_session_keeps_it_and_fills_it_in(client, user, url):
    client.force_login(user)
    sent = form_of(client, url)
    client.logout()
    answer = client.post(url, sent)
    assert "What you typed is kept" in client.get(answer.url).text
    sign_in(client)
    page = client.get(next_of(answer)).text
    assert the_word(sent) in page
    assert "it was not saved" in page
    assert "Your session had ended" in page


@pytest.mark.medium
def test_what_is_saved_after_all_is_forgotten(client, user, url, topic):
    client.force_login(user)
    sent = form_of(client, url)
    client.logout()
    target = next_of(client.post(url, sent))
    client.force_login(user)
    again = {**form_of(client, target), **{k: v for k, v in sent.items() if not k.startswith("_")}}
    assert client.post(url, again).status_code == 302
    assert not UnsavedForm.objects.exists()
    assert "You typed" not in re.sub(
        "<template.*?</template>", "", client.get(url).text, flags=re.DOTALL
    )


@pytest.mark.medium
def test_a_form_that_still_has_errors_remembers_what_it_came_from(client, user):
    url = reverse("admin:accounts_user_add")
    client.force_login(user)
    sent = form_of(client, url)
    client.logout()
    target = next_of(client.post(url, sent))
    client.force_login(user)
    answer = client.post(url, {**form_of(client, target), "email": "no address"})
    assert answer.status_code == 200
    assert f'name="{holding.FIELD}" value="{UnsavedForm.objects.get().key}"' in answer.text


@pytest.mark.medium
def test_it_is_offered_on_the_page_until_it_is_discarded(client, user, url):
    client.force_login(user)
    sent = form_of(client, url)
    client.logout()
    client.post(url, sent)
    client.force_login(user)
    page = client.get(url).text
    assert the_word(sent) not in page  # unless it is asked for
    assert "You typed something here on" in page
    assert "1 form that you filled in was not saved" in client.get("/admin/").text
    assert the_word(sent) in client.get(reverse("admin:unsaved")).text
    key = UnsavedForm.objects.get().key
    client.post(reverse("admin:unsaved"), {"key": key, "back": url})
    assert not UnsavedForm.objects.exists()
    assert "You typed something here on" not in client.get(url).text


@pytest.mark.medium
def test_after_signing_in_again_in_another_tab_it_is_kept(user, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    sent = form_of(client, url)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(url, sent)
    assert answer.status_code == 403
    assert "You had signed in again" in answer.text
    held = holding.all_of(user.pk)[0]
    assert held.address.replace("&", "&amp;") in answer.text
    assert the_word(sent) in client.get(held.address).text


def test_a_stale_login_page_says_how_to_go_on():
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "x"})
    assert answer.status_code == 403
    assert "This was not saved" in answer.text
    assert reverse("admin:index") in answer.text


@pytest.mark.medium
def test_nothing_is_saved_in_the_name_of_whoever_signed_in_meanwhile(client, user, url, topic):
    client.force_login(user)
    sent = form_of(client, url)
    other = make_staff("other@example.org", is_superuser=True)
    client.force_login(other)
    answer = client.post(url, sent)
    assert answer.status_code == 403
    assert "Somebody else was signed in" in answer.text
    assert not topic.names.exists()
    [held] = holding.all_of(user.pk)
    assert not holding.all_of(other.pk)
    assert WORD not in client.get(held.address).text
    assert "belongs to another account" in client.get(held.address).text
    client.force_login(user)
    assert the_word(sent) in client.get(held.address).text


@pytest.mark.medium
def test_its_page_leads_from_the_one_account_to_the_other(client, user, url):
    client.force_login(user)
    sent = form_of(client, url)
    client.force_login(make_staff("other@example.org", is_superuser=True))
    page = client.post(url, sent).text
    [target] = re.findall('name="next" value="([^"]*)"', page)
    answer = client.post(reverse("admin:logout"), {"next": html.unescape(target)})
    assert answer.status_code == 302
    assert "What you typed is kept" in client.get(answer.url).text
    assert the_word(sent) in sign_in_at(client, answer.url).text


def sign_in_at(client, url):
    data = {"username": "edda@example.org", "password": PASSWORD, "next": next_of_url(url)}
    return client.post(url, data, follow=True)


def test_what_is_too_large_is_not_read(client, user, url):
    client.force_login(user)
    answer = client.post(url, {"name": "x" * 3_000_000})
    assert answer.status_code == 413
    assert not UnsavedForm.objects.exists()


@pytest.mark.medium
def test_a_refusal_keeps_it_to_be_copied(client, user, url):
    client.force_login(user)
    sent = form_of(client, url)
    User.objects.filter(pk=user.pk).update(is_superuser=False)
    answer = client.post(url, sent)
    assert answer.status_code == 403
    assert "You may not do this" in answer.text
    assert reverse("admin:unsaved") in answer.text
    assert the_word(sent) in client.get(reverse("admin:unsaved")).text


@pytest.mark.medium
def test_what_was_typed_for_a_row_that_was_deleted_is_shown_to_be_copied(client, user, url, topic):
    """On the answer, and nowhere else: it may have been erased."""
    client.force_login(user)
    sent = form_of(client, url)
    topic.delete()
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert the_word(sent) in answer.text


@pytest.mark.medium
def test_an_error_of_ours_keeps_it(client, user, url, monkeypatch):
    client.force_login(user)
    sent = form_of(client, url)
    monkeypatch.setattr(Topic, "save", lambda *args, **kwargs: 1 / 0)
    monkeypatch.setattr(Topic, "full_clean", lambda *args, **kwargs: 1 / 0)
    client.raise_request_exception = False
    answer = client.post(url, sent)
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert the_word(sent) in client.get(holding.all_of(user.pk)[0].address).text


@pytest.mark.medium
def test_a_step_that_cannot_be_taken_keeps_its_note(client, user):
    """Its screen leads on with an error in place of the form."""
    draft = make_draft("A bench", by=user)
    url = reverse("admin:statements_statement_action", args=[draft.pk, "submit"])
    client.force_login(user)
    sent = form_of(client, url)
    Statement.objects.filter(pk=draft.pk).update(status=Statement.Status.REVIEW)
    answer = client.post(url, sent, follow=True)
    assert "What you typed is kept. Look at it" in answer.text
    assert the_word(sent) in client.get(reverse("admin:unsaved")).text


@pytest.mark.medium
def test_words_without_a_field_are_shown_to_be_copied(client, user):
    draft = make_draft("A bench", by=user)
    client.force_login(user)
    page = reverse("admin:statements_statement_change", args=[draft.pk])
    row = holding.hold(user.pk, page, [("gone", f"<p>One {WORD}</p><p>two</p>")], Reason.GONE)
    text = client.get(holding.page_filled(page, row.key)).text
    assert f"One {WORD}\ntwo" in text
    assert "have no field here any more" in text


@pytest.mark.medium
def test_a_form_that_is_posted_elsewhere_is_filled_in_on_its_page(client, user):
    draft = make_draft("A bench", by=user)
    page = screen_url(draft, "comments")
    comment = reverse("admin:statements_statement_comment", args=[draft.pk])
    client.force_login(user)
    token = form_of(client, page)[opened.FIELD]
    client.logout()
    target = next_of(client.post(comment, {"text": WORD, opened.FIELD: token}))
    client.force_login(user)
    assert f"{WORD}</textarea>" in client.get(target).text
    assert Statement.objects.get().comments.count() == 0


@pytest.mark.medium
def test_rows_that_were_added_come_back_beside_those_of_a_colleague(client, user):
    draft = make_draft("A bench", by=user)
    page = screen_url(draft, "addressees")
    client.force_login(user)
    token = form_of(client, page)[opened.FIELD]
    client.logout()
    sent = {"targets-TOTAL_FORMS": "2", "targets-INITIAL_FORMS": "0", opened.FIELD: token}
    sent |= {f"targets-{number}-name": f"{WORD} {number}" for number in range(2)}
    target = next_of(client.post(page, sent))
    Target.objects.create(statement=draft, name="A colleague's")
    client.force_login(user)
    text = client.get(target).text
    [total] = re.findall('<input[^>]*name="targets-TOTAL_FORMS"[^>]*>', text)
    assert 'value="3"' in total
    for number, words in enumerate(("A colleague&#x27;s", f"{WORD} 0", f"{WORD} 1")):
        [field] = re.findall(f'<input[^>]*name="targets-{number}-name"[^>]*>', text)
        assert f'value="{words}"' in field.replace("&#39;", "&#x27;")


@pytest.mark.parametrize(
    "name",
    ["password", "new_password1", "code", "otp_token", "csrfmiddlewaretoken", "secret"],
)
def test_secrets_are_never_kept(name, rf):
    posted = rf.post("/", {name: WORD, "title": "Words", "postal_code": "AZ1000"}).POST
    assert holding.fields_of(posted) == [("title", "Words"), ("postal_code", "AZ1000")]


def test_the_database_holds_no_word_of_it(user):
    row = holding.hold(user.pk, "/admin/x/", [("title", WORD)], Reason.CSRF)
    assert WORD not in row.sealed
    with pytest.raises(sealing.BrokenSealError):
        sealing.unseal(row.sealed, purpose=holding.PURPOSE, owner=f"{user.pk + 1}:{row.key}")


def test_nobody_can_plant_words_for_another(client, user, url):
    for value in ("", "x", f"[{user.pk}, '/admin/']", "a" * 5000):
        client.post(url, {"title": WORD, opened.FIELD: value})
    assert not UnsavedForm.objects.exists()


@pytest.mark.medium
def test_what_is_kept_is_bounded(user):
    for number in range(holding.MOST_FORMS + 3):
        holding.hold(user.pk, "/admin/x/", [("title", f"{WORD} {number}")], Reason.CSRF)
    kept = holding.all_of(user.pk)
    assert len(kept) == holding.MOST_FORMS
    assert kept[0].words == [f"{WORD} {holding.MOST_FORMS + 2}"]


def test_a_second_click_keeps_one(user):
    for _click in range(2):
        holding.hold(user.pk, "/admin/x/", [("title", WORD)], Reason.SESSION)
    assert UnsavedForm.objects.count() == 1


def test_it_ends(user):
    row = holding.hold(user.pk, "/admin/x/", [("title", WORD)], Reason.CSRF)
    UnsavedForm.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert holding.find(user.pk, str(row.key)) is None
    assert holding.on_page(user.pk, "/admin/x/") is None


def test_the_session_is_told_to_its_own_page_alone(client, user):
    url = reverse("admin:session")
    assert client.get(url).json() == {"account": "", "token": ""}
    client.force_login(user)
    answer = client.get(url)
    assert answer.json()["account"]
    assert answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.medium
def test_what_a_browser_kept_is_filled_in(client, user, url):
    client.force_login(user)
    sent = form_of(client, url)
    answer = client.post(reverse("admin:unsaved_keep"), {**sent, "_at": "1700000000000"})
    page = client.get(answer.json()["address"]).text
    assert the_word(sent) in page
    assert "2023" in page


def test_browsers_restore_no_field_after_back(client, user, url):
    client.force_login(user)
    page = client.get(url).text
    assert '<form autocomplete="off"' in page
    assert page.count('method="post"') == page.count('<form autocomplete="off"')


def test_words_are_read_without_their_marks():
    assert pages.plain("<p>One &amp; two</p><ul><li>three</li></ul>") == "One &amp; two\nthree"
    assert pages.plain("a < b") == "a < b"


def test_the_list_names_pages_and_shows_what_was_written(client, user):
    client.force_login(user)
    draft = make_draft("A bench", by=user)
    add = reverse("admin:signatories_updatemailing_add")
    holding.hold(user.pk, add, [("kind", "update"), ("words-0-subject", WORD)], Reason.CLOSED)
    page = reverse("admin:statements_statement_change", args=[draft.pk])
    holding.hold(user.pk, page, [("texts-0-title", f"One {WORD}")], Reason.CLOSED)
    text = client.get(reverse("admin:unsaved")).text
    assert f'<a href="{add}">Mailing (new)</a>' in text
    assert f'<a href="{page}">Statement: A bench</a>' in text
    assert f">{WORD}</pre>" in text
    assert ">update</pre>" not in text


def test_the_time_of_a_draft_is_told_in_the_zone_of_the_office(client, user, url, settings):
    client.force_login(user)
    with timezone.override("Asia/Baku"):
        assert 'data-zone="Asia/Baku"' in client.get(url).text
    script = (settings.BASE_DIR / "static/casa/admin-unsaved.js").read_text()
    assert "timeZone: script.dataset.zone" in script


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/admin/nowhere/", 404, "This page does not exist"),
        ("/admin/accounts/user/", 403, "You may not see this page"),
    ],
)
def test_a_page_of_the_office_that_is_not_there_or_not_ones_own_keeps_its_frame(
    client, path, status, said
):
    client.force_login(make_staff())
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert 'id="logout-form"' in answer.text
    assert "private" in answer.headers["Cache-Control"]
    assert "log in first" not in answer.text


@pytest.mark.medium
def test_the_list_shows_what_was_typed_and_no_value_that_a_page_hides(client, user):
    """A step's page carries the moment it names and a mark of the words."""
    draft = make_draft(publish_at=timezone.now() + timedelta(days=1))
    url = screen_url(draft).replace("/change/", "/action/publish/")
    client.force_login(user)
    sent = form_of(client, url)
    client.logout()
    client.post(url, sent)
    client.force_login(user)
    page = client.get(reverse("admin:unsaved")).text
    assert sent["note"] in page
    for hidden in ("moment", "seen"):
        assert sent[hidden]
        assert sent[hidden] not in page
