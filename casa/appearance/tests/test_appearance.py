"""The appearance: what is public, the draft before it is, and what was public before."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from casa.accounts.testing import make_staff
from casa.appearance import checking, looks, pictures, publishing, reading, typefaces
from casa.appearance.models import Appearance, AppearancePicture, PublishedAppearance
from casa.appearance.testing import make_logo, make_public
from casa.appearance.theme import AA_CONTRAST, Accent, contrast
from casa.lib.concurrent_edits.testing import posted_back
from casa.mail import composing
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def policy(answer):
    return answer.headers["Content-Security-Policy"]


def style_of(answer):
    return re.search(r"<style>(.*?)</style>", answer.text)[1]


def test_until_something_is_public_pages_say_what_the_settings_say(client, settings):
    settings.SITE_NAME, settings.SITE_TAGLINE = "River Coalition", "For clean rivers"
    page = client.get("/").text
    assert "River Coalition" in page
    assert '<h1 class="tagline">For clean rivers</h1>' in page


def test_a_draft_is_seen_by_no_visitor(client):
    row = publishing.draft()
    row.texts.update(name="Secret Coalition")
    filename = make_logo(row)
    assert "Secret Coalition" not in client.get("/").text
    assert client.get(reverse("appearance:picture", args=[filename])).status_code == 404


@pytest.mark.medium
def test_what_is_made_public_stands_everywhere(client):
    row = publishing.draft()
    row.texts.update(
        name="River <b>Union</b>", postal_address="2 Quay", contact_email="r@example.org"
    )
    make_public(accent="#aa2200", second="#005500", typefaces="book", header="band")
    edition = make_edition()
    for url in ("/", edition.statement.get_absolute_url(), "/about/"):
        page = client.get(url).text
        assert "River &lt;b&gt;Union&lt;/b&gt;" in page, url
        assert "River <b>" not in page, url
        assert 'data-style="band"' in page, url
    assert "River" in client.get("/feed.atom").text
    assert client.get("/site.webmanifest").json()["name"] == "River <b>Union</b>"
    assert client.get("/api/v1/openapi.json").json()["info"]["title"].startswith("River")
    assert "mailto:r@example.org" in client.get("/.well-known/security.txt").text
    embed = client.get(f"/embed/{edition.statement.slug}/").text
    assert "River &lt;b&gt;" in embed


@pytest.mark.medium
@pytest.mark.page
def test_the_style_sheet_is_allowed_by_the_hash_of_what_the_page_holds(client):
    before = policy(client.get("/"))
    make_public(accent="#aa2200", typefaces="plain")
    answer = client.get("/")
    look = reading.public()
    assert style_of(answer) == look.theme.stylesheet
    assert f"'{look.theme.stylesheet_hash}'" in policy(answer)
    assert policy(answer) != before


@pytest.mark.medium
def test_another_process_sees_it_at_its_next_page(client, django_capture_on_commit_callbacks):
    client.get("/")
    kept = reading._public._kept
    with django_capture_on_commit_callbacks(execute=True):
        make_public(accent="#aa2200")
    reading._public._kept = kept  # as another process has it
    assert Accent.from_hex("#aa2200").on_light in style_of(client.get("/"))


def test_a_page_costs_no_query_for_its_look():
    reading.public()
    with CaptureQueriesContext(connection) as captured:
        assert reading.public().words.name
    assert not captured.captured_queries


@pytest.mark.medium
@pytest.mark.page
def test_what_is_not_said_in_a_language_is_marked_as_said_in_the_sites_own(client):
    row = publishing.draft()
    row.texts.update(name="River Union", tagline="For clean rivers")
    row.texts.create(language="az", tagline="Təmiz çaylar üçün")
    make_public()
    page = client.get("/az/").text
    assert '<h1 class="tagline">Təmiz çaylar üçün</h1>' in page
    assert 'lang="en" dir="ltr"><bdi>River Union' in "".join(page.split("\n")).replace("  ", "")
    header = client.get("/").text.partition("</header>")[0].partition("<body>")[2]
    assert 'lang="en" dir' not in header


@pytest.mark.page
@pytest.mark.parametrize("color", ["#ffff00", "#000000", "#ffffff", "#808080", "#1f5f8b"])
def test_white_on_the_band_can_be_read_whatever_the_second_colour(color):
    content = {**looks.of_settings().content, "second": color}
    theme = looks.of_stored("1", content).theme
    assert contrast("#ffffff", theme.second.on_light) >= AA_CONTRAST
    assert f"--band:{theme.second.on_light}" in theme.stylesheet


@pytest.mark.page
@pytest.mark.parametrize("pair", typefaces.PAIRS)
def test_no_pair_of_typefaces_ends_the_style_element(pair):
    sheet = typefaces.PAIRS[pair].stylesheet
    assert "<" not in sheet
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.page
@pytest.mark.parametrize(
    "color",
    [
        "red",
        "#12345",
        "#1234567",
        "#fff;}body{display:none",
        "url(x)",
        "#12345g",
        "",
        "expression(1)",
    ],
)
def test_what_is_no_colour_is_refused(color):
    with pytest.raises(ValidationError):
        checking.check_color(color)


@pytest.mark.page
@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//example.org/",
        "/\\example.org", "http://example.org/", "https://", "https:///x", "https://[", "about/",
        "https://user@example.org/", 'https://example.org/"onclick=x', "/x\nSet-Cookie: a",
        " /about/", "https://example.org:99999/", "mailto:x@example.org", "",
    ],
)  # fmt: skip
def test_links_that_lead_nowhere_safe_are_refused(link):
    with pytest.raises(ValidationError):
        checking.check_link(link)


@pytest.mark.page
@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/about/",
        "/statements/?state=open#x",
        "https://example.org/a?b=c",
        "https://example.org:8443/",
    ],
)
def test_links_of_this_site_and_full_ones_are_taken(link):
    checking.check_link(link)


@pytest.mark.medium
@pytest.mark.page
def test_links_stand_on_pages_of_their_language_alone(client):
    row = publishing.draft()
    for place, label in (("header", "Join us"), ("footer", "Imprint"), ("profile", "Our news")):
        row.links.create(language="en", place=place, label=label, address="https://example.org/x")
    make_public()
    page, other = client.get("/").text, client.get("/az/").text
    for label in ("Join us", "Imprint", "Our news"):
        assert label in page
        assert label not in other
    assert 'rel="me noopener">Our news' in page
    assert '"sameAs":["https://example.org/x"]' in page.replace(" ", "")


# --- The office ----------------------------------------------------------------------------


@pytest.fixture
def office(client):
    client.force_login(make_staff("root@example.org", is_superuser=True))
    return client


CHANGE = "/admin/appearance/appearance/1/change/"
PREVIEW = "/admin/appearance/appearance/preview/"


@pytest.mark.medium
def test_staff_see_the_draft_before_visitors_do(office):
    make_edition()
    row = publishing.draft()
    row.texts.update(name="Draft Coalition")
    row.accent = "#aa2200"
    filename = make_logo(row)
    assert "Make it public" in office.get(PREVIEW).text
    for page in ("home", "statement"):
        answer = office.get(f"{PREVIEW}{page}/en/")
        assert "Draft Coalition" in answer.text
        assert f"/admin/appearance/appearance/pictures/{filename}" in answer.text
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "script-src 'none'" in policy(answer)
        theme = looks.Look("x", publishing.content_of(row)).theme
        assert f"'{theme.stylesheet_hash}'" in policy(answer)
    picture = office.get(f"/admin/appearance/appearance/pictures/{filename}")
    assert picture.status_code == 200
    assert b"".join(picture.streaming_content)
    assert office.get(f"{PREVIEW}home/xx/").status_code == 404
    assert office.get(f"{PREVIEW}other/en/").status_code == 404


@pytest.mark.medium
def test_one_press_makes_it_public_and_the_second_does_nothing(office):
    row = publishing.draft()
    row.texts.update(name="River Union")
    seen = office.get(PREVIEW).context["seen"]
    Appearance.objects.update(accent="#aa2200")
    url = "/admin/appearance/appearance/publish/"
    assert "Somebody changed" in office.post(url, {"seen": seen}, follow=True).text
    assert not PublishedAppearance.objects.exists()
    for _press in range(2):
        seen = office.get(PREVIEW).context["seen"]
        assert office.post(url, {"seen": seen}, follow=True).status_code == 200
    assert PublishedAppearance.objects.count() == 1
    assert "River Union" in office.get("/").text


@pytest.mark.medium
def test_an_earlier_appearance_comes_back_with_words_links_and_pictures(office):
    row = publishing.draft()
    row.texts.update(name="First")
    row.links.create(language="en", place="header", label="Old link", address="/about/")
    filename = make_logo(row)
    first = make_public(accent="#aa2200")
    row.refresh_from_db()
    row.links.all().delete()
    row.texts.update(name="Second")
    make_public(accent="#00aa22", logo="")
    assert "Second" in office.get("/").text
    url = f"/admin/appearance/appearance/restore/{first.pk}/"
    assert "again" in office.get(url).text
    office.post(url)
    page = office.get("/").text
    assert "First" in page
    assert "Old link" in page
    assert filename in page
    newest = PublishedAppearance.objects.first()
    assert (newest.restored, newest.content) == (first, first.content)
    assert not publishing.is_changed(Appearance.objects.get())


def test_pictures_go_when_neither_the_draft_nor_the_past_has_them(office):
    row = publishing.draft()
    make_logo(row)
    Appearance.objects.update(logo="")
    pictures.remove_unused()
    assert not AppearancePicture.objects.exists()


@pytest.mark.medium
@pytest.mark.page
def test_the_form_refuses_what_could_get_into_a_page(office):
    row = publishing.draft()
    url = reverse("admin:appearance_appearance_change", args=[1])
    page = office.get(url)
    assert page.status_code == 200
    data = posted_back(row, accent="#fff;}*", typefaces="x{}")
    answer = office.post(url, data)
    assert answer.status_code == 200
    assert "such as #1f5f8b" in answer.text
    assert not PublishedAppearance.objects.exists()


@pytest.mark.page
def test_mails_are_from_the_name_in_their_language():
    row = publishing.draft()
    row.texts.update(name="River Union")
    row.texts.create(language="az", name="Çay Birliyi")
    make_public()
    with translation.override("az"):
        assert "=?utf-8?" in composing.sender() or "Çay" in composing.sender()
    with translation.override("en"):
        assert composing.sender().startswith("River Union")


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize("typed", ["@office@mastodon.social", "office@mastodon.social"])
def test_mastodon_is_told_whose_site_it_is(client, typed):
    assert "fediverse:creator" not in client.get("/").text
    row = publishing.draft()
    row.texts.update(fediverse_account=typed)
    make_public()
    told = '<meta name="fediverse:creator" content="@office@mastodon.social">'
    assert told in client.get("/").text


WRONG = ("office", "@office", "@o@localhost", '@o"><script>@a.com', "@a b@c.com")


@pytest.mark.page
@pytest.mark.parametrize("typed", WRONG)
def test_an_account_of_no_server_is_refused(typed):
    with pytest.raises(ValidationError):
        checking.check_account(typed)
