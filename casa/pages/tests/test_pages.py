"""About, privacy and contact: a good first text, and staff's own words once there are some."""

import pytest
from django.conf import settings
from django.conf.locale import LANG_INFO

from casa.accounts.testing import make_staff
from casa.lib.db.sealed import AtRest
from casa.pages.models import SitePage, SitePageText
from casa.pages.reading import FOLDER, SHIPPED_LANGUAGES, shipped
from signatories.models import Invitation, Signature
from tools import messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def about():
    return SitePage.objects.get_or_create(key=SitePage.Key.ABOUT)[0]


@pytest.fixture(params=SHIPPED_LANGUAGES)
def language(request, settings):
    """Each that texts are shipped in, as one of the site's."""
    codes = dict.fromkeys(["en", request.param])
    settings.LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in codes]
    return request.param


def posted(page, **changes):
    """What the screen posts when nothing was typed in it, with `changes`."""
    data = {"texts-TOTAL_FORMS": "2", "texts-INITIAL_FORMS": "0"}
    for number, code in enumerate(("en", "az")):
        words = shipped(page.key, code)
        data |= {
            f"texts-{number}-page": page.pk, f"texts-{number}-language": code,
            f"texts-{number}-title": words.title, f"texts-{number}-body": words.body,
        }  # fmt: skip
    return data | changes


@pytest.mark.page
def test_every_language_of_the_interface_has_these_texts():
    languages = ["en", *messages.languages()]
    wanted = {f"{key}.{code}.html" for key in SitePage.Key for code in languages}
    folder = settings.BASE_DIR / "templates" / FOLDER
    assert {path.name for path in folder.iterdir()} == wanted


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize("key", SitePage.Key)
def test_it_ships_a_text_with_this_sites_name(client, key, language):
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    answer = client.get(f"{prefix}/{key}/")
    assert answer.status_code == 200
    assert shipped(key, language).title in answer.text
    assert settings.SITE_NAME in shipped(key, language).body
    assert settings.SITE_CONTACT_EMAIL in shipped(key, language).body
    assert "{{" not in answer.text
    assert answer.headers["Cache-Control"].startswith("public")
    assert not answer.cookies


@pytest.mark.page
def test_who_signed_finds_their_private_link(client, language):
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    text = client.get(f"{prefix}/contact/").text
    address = f'{prefix}/your-signature/"'
    assert f'href="{settings.SITE_URL}{address}' in text, "in the words, which go elsewhere too"
    assert f'href="{address}' in text, "at the foot of every page"
    assert client.get(f"{prefix}/your-signature/").status_code == 200


@pytest.mark.medium
def test_staff_put_their_own_words_in_its_place(client, about):
    client.force_login(make_staff("editor@example.org", is_superuser=True))
    url = f"/admin/pages/sitepage/{about.pk}/change/"
    assert "This is the text that came with the product" in client.get(url).text
    body = "<p>We are nine libraries.</p><script>alert(1)</script>"
    answer = client.post(url, posted(about, **{"texts-0-title": "Us", "texts-0-body": body}))
    assert answer.status_code == 302, answer.context["errors"]
    text = SitePageText.objects.get()  # the other language was left as it came
    assert (text.language, text.body) == ("en", "<p>We are nine libraries.</p>")
    assert text.history.count() == 1
    assert "We are nine libraries." in client.get("/about/").text
    assert "Haqqımızda" in client.get("/az/about/").text
    assert "We are nine libraries." in client.get(url.replace("change", "history")).text


@pytest.mark.medium
def test_what_was_left_as_it_came_is_not_stored(client, about):
    client.force_login(make_staff("editor@example.org", is_superuser=True))
    client.post(f"/admin/pages/sitepage/{about.pk}/change/", posted(about))
    assert not SitePageText.objects.exists()


@pytest.mark.medium
def test_a_language_nobody_wrote_in_reads_the_sites_own(client, about, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("eo", "esperanto")]
    SitePageText.objects.create(page=about, language="en", title="Us", body="<p>Nine of us.</p>")
    answer = client.get("/eo/about/")
    assert '<html lang="en"' in answer.text
    assert '<article class="page-of-site">' in answer.text
    assert "Nine of us." in answer.text


@pytest.mark.page
@pytest.mark.medium
def test_an_empty_text_is_refused_beside_its_field(client, about):
    client.force_login(make_staff("editor@example.org", is_superuser=True))
    url = f"/admin/pages/sitepage/{about.pk}/change/"
    answer = client.post(url, posted(about, **{"texts-0-title": "", "texts-0-body": "<p>x</p>"}))
    assert answer.status_code == 200
    assert "This field is required" in answer.text
    assert not SitePageText.objects.exists()


def test_privacy_says_what_is_encrypted(client):
    assert "stored encrypted" in client.get("/privacy/").text
    for name in ("email", "postal_code", "comment", "answer"):
        assert isinstance(Signature._meta.get_field(name), AtRest)
    assert isinstance(Invitation._meta.get_field("phone"), AtRest)
