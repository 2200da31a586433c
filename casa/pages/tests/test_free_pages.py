"""Pages of the office's own: a draft, what is public of it, and where its old addresses lead."""

import pytest
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.lib.concurrent_edits.testing import posted_back
from casa.pages import addresses, publishing
from casa.pages.models import FormerAddress, FreePage
from casa.pages.testing import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_staff("root@example.org", is_superuser=True))
    return client


def save(office, page, **changes):
    url = reverse("admin:pages_freepage_change", args=[page.pk])
    page = FreePage.objects.get(pk=page.pk)
    return office.post(url, posted_back(page, **changes))


def renamed(office, page, slug):
    assert save(office, page, slug=slug).status_code == 302
    page.refresh_from_db()
    return page


@pytest.mark.medium
def test_a_draft_is_not_there_for_visitors(client):
    page = make_page("Join us", public=False, place="header")
    assert client.get("/join-us/").status_code == 404
    assert "Join us" not in client.get("/").text
    assert "join-us" not in client.get("/sitemap-free-pages.xml").text
    publishing.publish(page)
    answer = client.get("/join-us/")
    assert "<h1>Join us</h1>" in answer.text
    assert answer.headers["Cache-Control"].startswith("public")
    assert '<a href="/join-us/"' in client.get("/").text


def test_what_is_written_after_it_went_public_is_a_draft_again(client):
    page = make_page("Join us")
    page.texts.update(title="Come along", body="<p>Newer words.</p>")
    assert "Newer words" not in client.get("/join-us/").text
    assert publishing.is_changed(page)
    assert publishing.publish(page)
    assert not publishing.publish(page)
    assert "Newer words" in client.get("/join-us/").text


@pytest.mark.medium
def test_what_is_taken_back_is_gone_and_in_no_menu(client):
    page = make_page("Join us", place="footer")
    assert publishing.take_back(page)
    assert not publishing.take_back(page)
    assert client.get("/join-us/").status_code == 410
    assert "Join us" not in client.get("/").text
    assert "join-us" not in client.get("/sitemap-free-pages.xml").text


def test_a_page_without_words_cannot_go_public():
    page = FreePage.objects.create(slug="empty")
    with pytest.raises(publishing.NoWordsError):
        publishing.publish(page)


@pytest.mark.page
def test_a_page_in_one_language_says_so_on_pages_in_another(client):
    make_page("Join us", place="header")
    page = client.get("/az/join-us/").text
    assert 'lang="en" dir="ltr">Join us' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/join-us/">' in page.replace(
        "https://testserver", "http://127.0.0.1:8000"
    )
    assert "hreflang" not in page.partition("</head>")[0]


@pytest.mark.page
def test_a_page_in_two_languages_offers_both(client):
    page = make_page("Join us", public=False)
    page.texts.create(language="az", title="Qoşulun", body="<p>Bizimlə.</p>")
    publishing.publish(page)
    assert "<h1>Qoşulun</h1>" in client.get("/az/join-us/").text
    assert 'hreflang="az"' in client.get("/join-us/").text.partition("</head>")[0]
    assert "/az/join-us/" in client.get("/sitemap-free-pages.xml").text


# --- Addresses -----------------------------------------------------------------------------


@pytest.mark.medium
def test_old_addresses_lead_to_the_page_in_one_step(client, office):
    page = make_page("Join us")
    for slug in ("join", "join-in", "take-part"):
        renamed(office, page, slug)
    for slug in ("join-us", "join", "join-in"):
        answer = client.get(f"/{slug}/")
        assert (answer.status_code, answer.url) == (301, "/take-part/")
    assert client.get("/az/join/").url == "/az/take-part/"


@pytest.mark.medium
def test_a_page_that_takes_its_first_name_again_leads_in_no_circle(client, office):
    page = make_page("Join us")
    renamed(office, page, "join")
    renamed(office, page, "join-us")
    assert client.get("/join-us/").status_code == 200
    assert client.get("/join/").url == "/join-us/"
    assert FormerAddress.objects.count() == 1


@pytest.mark.medium
def test_the_address_of_a_draft_leads_nowhere_when_it_is_renamed(client, office):
    page = make_page("Join us", public=False)
    renamed(office, page, "join")
    assert not FormerAddress.objects.exists()
    assert client.get("/join-us/").status_code == 404


@pytest.mark.medium
def test_an_old_address_of_a_page_that_is_gone_is_gone(client, office):
    page = make_page("Join us")
    renamed(office, page, "join")
    publishing.take_back(page)
    assert client.get("/join-us/").status_code == 410


OF_THE_SITE = (
    "statements", "organizations", "about", "privacy", "contact", "admin", "api", "sign", "embed",
    "preview", "mail", "static", "az", "de", "your-signature", "413", "oembed", "appearance",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.page
def test_addresses_of_the_site_are_refused(office):
    page = make_page("Join us")
    for slug in OF_THE_SITE:
        answer = save(office, page, slug=slug)
        assert answer.status_code == 200, slug
        assert "is an address of the site itself" in answer.text, slug
        assert f'value="{slug}"' in answer.text


@pytest.mark.medium
def test_addresses_of_other_pages_are_refused_now_and_before(office):
    page, other = make_page("Join us"), make_page("Our people")
    renamed(office, other, "people")
    assert "Another page has this address" in save(office, page, slug="people").text
    assert "leads to the page" in save(office, page, slug="our-people").text


@pytest.mark.page
def test_every_address_that_another_view_has_is_reserved():
    assert {"robots.txt", "sitemap.xml", "favicon.ico", "feed.atom"} <= addresses.reserved()


# --- The office ----------------------------------------------------------------------------


@pytest.mark.medium
def test_a_new_page_gets_its_address_from_its_title(office):
    data = {
        "slug": "", "place": "none", "position": "0", "texts-TOTAL_FORMS": "2",
        "texts-INITIAL_FORMS": "0", "texts-0-language": "en", "texts-0-title": "About our aims",
        "texts-0-body": "<p>Words.</p>", "texts-1-language": "az", "texts-1-title": "",
        "texts-1-body": "",
    }  # fmt: skip
    assert office.post("/admin/pages/freepage/add/", data).status_code == 302
    assert office.post("/admin/pages/freepage/add/", data).status_code == 302
    assert set(FreePage.objects.values_list("slug", flat=True)) == {
        "about-our-aims", "about-our-aims-2",
    }  # fmt: skip


@pytest.mark.medium
@pytest.mark.page
def test_the_preview_shows_the_draft_and_runs_nothing(office):
    page = make_page("Secret plan", public=False)
    answer = office.get(f"/admin/pages/freepage/{page.pk}/preview/az/")
    assert "Secret plan" in answer.text
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert (answer.headers["X-Robots-Tag"], "no-store" in answer.headers["Cache-Control"]) == (
        "noindex", True,
    )  # fmt: skip
    assert office.get(f"/admin/pages/freepage/{page.pk}/preview/xx/").status_code == 404


@pytest.mark.medium
def test_buttons_make_it_public_and_take_it_back(office):
    page = make_page("Join us", public=False)
    url = f"/admin/pages/freepage/{page.pk}/"
    seen = office.get(f"{url}change/").context["seen"]
    page.texts.update(title="Join them")
    assert "Somebody changed" in office.post(f"{url}publish/", {"seen": seen}, follow=True).text
    assert office.get("/join-us/").status_code == 404
    office.post(f"{url}publish/", {"seen": publishing.mark_of(page)})
    assert office.get("/join-us/").status_code == 200
    assert "Take it off the site" in office.get(f"{url}change/").text
    assert office.get(f"{url}take-back/").status_code == 200
    assert office.get("/join-us/").status_code == 200
    office.post(f"{url}take-back/")
    assert office.get("/join-us/").status_code == 410
    assert office.get(f"{url}delete/").status_code == 403
    assert office.get("/admin/pages/freepage/").status_code == 200
