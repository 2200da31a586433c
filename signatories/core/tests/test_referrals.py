"""`?via=`: without cookies, on pages that caches share, kept as an opaque code alone."""

import pytest
from django.urls import reverse

from casa.lib.testing import assert_flat_queries, slow_texts
from signatories.core import referrals
from signatories.models import Signature
from signatories.testing import form_data, make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

CODE = "abcDEF123_-x"


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def owner(edition):
    return make_signature(edition, "Ada Abel", share_code=CODE)


def post(client, edition, **fields):
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), form_data(**fields)
    )


def newest():
    return Signature.objects.latest("pk")


def sent_from(client, edition, referer, **fields):
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]),
        form_data(**fields),
        headers={"Referer": referer},
    )


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize("page", ["statements:detail", "signatories:sign", "signatories:embed"])
def test_the_browser_says_by_which_link_the_form_was_reached(client, edition, owner, page):
    url = reverse(page, args=[edition.statement.slug])
    assert client.get(url)["Referrer-Policy"] == "same-origin"
    assert CODE not in client.get(f"{url}?via={CODE}").text
    assert sent_from(client, edition, f"http://testserver{url}?utm=x&via={CODE}").status_code == 302
    assert newest().via == CODE


@pytest.mark.medium
@pytest.mark.parametrize(
    "referer",
    ["", "http://testserver/", f"http://testserver/?Via={CODE}", "http://testserver/?via=short",
     f"http://testserver/?via={CODE}x", "http://testserver/?via=" + "a" * 12_000,
     "http://testserver/?" + "&" * 2000 + f"via={CODE}", "http://testserver/?via=%0A\xff"],
)  # fmt: skip
def test_without_a_code_people_sign_all_the_same(client, edition, owner, referer):
    assert sent_from(client, edition, referer).status_code == 302
    assert newest().via == ""


@pytest.mark.page
def test_no_page_that_a_browser_names_is_slow_to_read(rf):
    def read(text):
        return referrals.code_of(rf.post("/", headers={"Referer": f"http://testserver/?{text}"}))

    assert not slow_texts(read)


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize("odd", ['"><script>', "short", CODE + "x", "a" * 5000, "%0A", ""])
def test_what_is_no_code_is_not_repeated(client, edition, owner, odd):
    assert 'name="via"' not in post(client, edition, via=odd, name="").text
    assert post(client, edition, via=odd).status_code == 302
    assert newest().via == ""


@pytest.mark.page
@pytest.mark.medium
def test_the_code_stays_when_the_form_is_wrong(client, edition, owner):
    assert f'value="{CODE}"' in post(client, edition, via=CODE, name="").text
    page = f"http://testserver{edition.statement.get_absolute_url()}?via={CODE}"
    assert f'value="{CODE}"' in sent_from(client, edition, page, name="").text


@pytest.mark.page
@pytest.mark.medium
def test_the_code_stays_while_a_script_is_asked_for_work(client, edition, owner, settings):
    settings.SIGN_LIMITS = True
    page = f"http://testserver{edition.statement.get_absolute_url()}?via={CODE}"
    asked = sent_from(client, edition, page, subject="http://example.org")
    assert asked.status_code == 429
    assert f'name="via" value="{CODE}"' in asked.text


@pytest.mark.medium
def test_it_is_stored_if_a_signer_of_this_statement_has_it(client, edition, owner):
    post(client, edition, via=CODE)
    assert newest().via == CODE
    other = make_edition("Clean the river")
    post(client, other, via=CODE)
    assert newest().via == ""


def test_only_counted_ones_are_counted(edition, owner):
    for state in ("confirmed", "pending", "hidden", "withdrawn"):
        make_signature(edition, state=state, via=CODE)
    assert referrals.count_referred(owner) == 1


@pytest.mark.medium
def test_staff_see_who_brought_how_many(client, edition, owner):
    trust = make_signature(edition, organization=make_organization(), share_code="z" * 12)
    for code in (CODE, CODE, trust.share_code):
        make_signature(edition, via=code)
    client.force_login(make_user())
    page = client.get(referrers_url(edition)).text
    assert "Ada Abel</a></td>\n            <td>2</td>" in page
    assert "River Trust" in page
    assert "@" not in page.split('id="result_list"')[1]


@pytest.mark.medium
def test_the_page_costs_the_same_for_one_and_for_three(client, edition):
    client.force_login(make_user())

    def add(number):
        code = str(number) * 12
        make_signature(edition, f"Signer {number}", share_code=code)
        make_signature(edition, via=code)

    def ask(rows):
        assert client.get(referrers_url(edition)).text.count("<td>1</td>") == rows

    assert_flat_queries(add, ask)


def referrers_url(edition):
    return reverse("admin:signatories_signature_referrers", args=[edition.statement.pk])


def test_an_erased_signer_is_named_no_more(edition, owner):
    make_signature(edition, via=CODE)
    owner.delete()
    assert referrals.referrers(edition.statement, 10) == []
