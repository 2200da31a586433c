"""The pictures that other sites show beside a link: right letters, nothing that is not public."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from casa import checks
from casa.appearance import publishing, reading
from casa.appearance.testing import make_logo, make_public
from casa.lib.media import lettering
from casa.lib.media.lettering import FONTS, SANS, SANS_BOLD, SERIF_BOLD
from casa.lib.text import unparted
from casa.site.social_images import posters
from casa.site.social_images.drawing import HEIGHT, MARGIN, WIDTH, Poster
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.page

FIELDS = {"site_name": "Civic Coalition", "rtl": False, "accent": "#1f5f8b"}
ALPHABETS = {
    "Azerbaijani": "ƏəĞğİıÖöŞşÜüÇç", "Russian": "ЖжЩщЫыЭэЮю",
    "Arabic": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Greek": "ΑάΏώ", "Vietnamese": "ĐđƠơƯưẾếỆệ", "Polish": "ĄąĘęŁłŻż",
    "Georgian": "აბგდე", "punctuation": "“”’–—…·№€",
}  # fmt: skip


OF_THE_SERIF = "Azerbaijani", "Russian", "Greek", "Vietnamese", "Polish", "punctuation"


def picture(answer):
    return Image.open(io.BytesIO(answer.content))


def address(edition, language="en"):
    return f"/statements/{edition.statement.slug}/share-{edition.number}-{language}.png"


def test_fonts_are_what_their_licence_and_checksums_say():
    sums = dict(reversed(line.split()) for line in (FONTS / "SHA256SUMS").read_text().splitlines())
    assert {file.name for file in FONTS.glob("*.ttf")} == set(sums) > {SANS, SANS_BOLD, SERIF_BOLD}
    for name, expected in sums.items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == expected
    licence = (FONTS / "LICENSE.txt").read_text()
    assert "DejaVu fonts 2.37" in licence
    assert "Bitstream" in licence
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LICENSE-CasaSerif.txt").read_text()


@pytest.mark.parametrize("letters", [ALPHABETS[one] for one in OF_THE_SERIF], ids=OF_THE_SERIF)
@pytest.mark.parametrize("face", sorted(FONTS.glob("CasaSerif-*.ttf")), ids=lambda face: face.stem)
def test_titles_are_in_the_serif_of_pages_and_documents(letters, face):
    assert lettering.face_for(letters, face.name, SANS_BOLD) == face.name


@pytest.mark.parametrize("letters", ALPHABETS.values(), ids=ALPHABETS)
def test_every_letter_has_its_form(letters):
    assert lettering.face_for(letters, SANS_BOLD) == SANS_BOLD
    assert lettering.face_for(letters, SANS) == SANS


def test_letters_no_font_has_are_noticed():
    assert lettering.face_for("閱覽室", SERIF_BOLD, SANS_BOLD) is None
    assert lettering.face_for("قاعة", SERIF_BOLD, SANS_BOLD) == SANS_BOLD  # the serif has none


@pytest.mark.medium
def test_fonts_that_the_office_added_are_asked_last(settings):
    settings.ADDED_FONTS = [FONTS / SANS_BOLD]
    assert lettering.face_for("قاعة", SERIF_BOLD) == str(FONTS / SANS_BOLD)
    assert lettering.face_for("Ə", SERIF_BOLD) == SERIF_BOLD
    assert Poster(title="قاعة", **{**FIELDS, "rtl": True}).png()


@pytest.mark.medium
def test_arabic_letters_are_joined_and_run_from_the_right():
    assert lettering.lays_out_every_script()
    apart = sum(lettering.font(SANS, 40).getlength(letter, direction="rtl") for letter in "قاعة")
    assert lettering.font(SANS, 40).getlength("قاعة", direction="rtl") < apart
    poster = Poster(title="قاعة", **{**FIELDS, "rtl": True})
    image = Image.open(io.BytesIO(poster.png())).convert("L")
    left, right = (image.crop((start, 40, start + WIDTH // 2, HEIGHT)) for start in (0, WIDTH // 2))
    assert left.getextrema()[0] > 200  # nothing there
    assert right.getextrema()[0] < 80


def test_without_its_engine_no_wrong_arabic_is_drawn(monkeypatch):
    monkeypatch.setattr(lettering, "lays_out_every_script", lambda: False)
    assert lettering.face_for("قاعة", SANS_BOLD) is None
    assert lettering.face_for("Oxu zalı", SANS_BOLD) == SANS_BOLD


def test_a_site_that_needs_the_engine_is_told_that_it_is_missing(monkeypatch, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    assert checks.every_script_can_be_drawn() == []
    monkeypatch.setattr(lettering, "lays_out_every_script", lambda: False)
    [warning] = checks.every_script_can_be_drawn()
    assert "ar" in warning.msg
    settings.LANGUAGES = [("en", "English")]
    assert checks.every_script_can_be_drawn() == []


@pytest.mark.medium
@pytest.mark.parametrize(
    "title",
    ["Keep it open", "Restore the evening bus to the seven villages above the river, " * 4,
     "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft",
     "W" * 300],
)  # fmt: skip
def test_titles_of_any_length_fit(title):
    drawn = Poster(title=title, kind="Petition", tally="Signed by 3 people", **FIELDS).png()
    image = Image.open(io.BytesIO(drawn)).convert("L")
    assert image.size == (WIDTH, HEIGHT)
    assert len(drawn) < 60_000
    for edge in ((0, 30, MARGIN - 2, HEIGHT), (WIDTH - MARGIN + 2, 30, WIDTH, HEIGHT),
                 (0, 508, WIDTH, 520)):  # fmt: skip
        assert image.crop(edge).getextrema()[0] > 200, edge


def test_long_words_break_before_they_become_small():
    word = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
    set_in = lettering.fit(
        word, SERIF_BOLD, sizes=range(32, 81, 2), width=1040, height=300, rtl=False
    )
    assert set_in.size >= 48
    assert "".join(set_in.lines) == word


@pytest.mark.django_db
def test_it_says_who_speaks_what_and_how_many_signed():
    edition = make_edition("Keep it open", kind="petition")
    make_signature(edition, organization=make_organization())
    for _ in range(2):
        make_signature(edition)
    poster = posters.of_edition(edition)
    assert (poster.site_name, poster.kind, poster.title) == (
        "Civic Coalition", "Petition", "Keep it open"
    )  # fmt: skip
    assert poster.tally == unparted("Signed by 1 organization and 2 people")


@pytest.mark.medium
@pytest.mark.django_db
def test_it_speaks_the_editions_language(client):
    draft = make_draft(kind="petition")
    StatementText.objects.create(statement=draft, language="az", title="Oxu zalı", body="<p>a</p>")
    editions = {one.language: one for one in lifecycle.publish(draft, by=None)}
    assert posters.of_edition(editions["az"]).title == "Oxu zalı"
    assert posters.of_edition(editions["az"]).kind != posters.of_edition(editions["en"]).kind
    english, azerbaijani = (client.get(address(editions["en"], code)) for code in ("en", "az"))
    assert english.content != azerbaijani.content


@pytest.mark.medium
@pytest.mark.django_db
def test_the_picture_is_kept_and_follows_the_count_within_a_minute(client, monkeypatch):
    edition = make_edition()
    drawings = []
    png = Poster.png
    monkeypatch.setattr(Poster, "png", lambda self: drawings.append(self) or png(self))
    first = client.get(address(edition))
    assert picture(first).size == (WIDTH, HEIGHT)
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"].startswith("public")
    make_signature(edition)
    assert client.get(address(edition)).content == first.content
    assert len(drawings) == 1
    again = client.get(address(edition), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    posters.cache.delete(f"share:tally:{edition.statement.pk}")  # as a minute does
    later = client.get(address(edition), headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert later.content != first.content


@pytest.mark.medium
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "status"), [("draft", 404), ("embargoed", 404), ("withdrawn", 410)]
)
def test_there_is_none_of_what_is_not_public(client, state, status):
    later = {"publish_at": timezone.now() + timedelta(hours=1)} if state == "embargoed" else {}
    statement = make_draft("Secret", **later)
    if state != "draft":
        lifecycle.publish(statement, by=None)
    if state == "withdrawn":
        client.get(f"/statements/{statement.slug}/share-1-en.png")  # kept, and yet gone
        lifecycle.withdraw(statement, by=None)
    answer = client.get(f"/statements/{statement.slug}/share-1-en.png")
    assert answer.status_code == status
    assert "Secret" not in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["share-2-en.png", "share-1-az.png", "share-1-xx.png",
                                 f"share-{'9' * 30}-en.png", "share-0-en.png"])  # fmt: skip
def test_there_is_none_of_what_does_not_exist(client, end):
    statement = make_edition().statement
    assert client.get(f"/statements/{statement.slug}/{end}").status_code == 404


@pytest.mark.medium
@pytest.mark.django_db
def test_an_earlier_edition_keeps_its_own(client):
    statement = make_edition("Keep it").statement
    text = statement.texts.get()
    text.title = "Keep it open"
    text.save()
    statement.refresh_from_db()
    lifecycle.correct(statement, by=None, note="Open.", is_material=False)
    base = f"/statements/{statement.slug}/share"
    first, second = (client.get(f"{base}-{number}-en.png") for number in (1, 2))
    assert first.content != second.content


@pytest.mark.medium
def test_the_site_has_one_too(client):
    assert picture(client.get("/share-en.png")).size == (WIDTH, HEIGHT)


@pytest.mark.django_db
def test_the_site_has_none_in_a_language_it_does_not_speak(client):
    assert client.get("/share-xx.png").status_code == 404


@pytest.mark.parametrize(
    ("path", "size"),
    [("/icon-192.png", 192), ("/icon-512.png", 512), ("/icon-maskable-192.png", 192),
     ("/icon-maskable-512.png", 512), ("/apple-touch-icon.png", 180)],
)  # fmt: skip
def test_icons_are_drawn(client, path, size):
    image = picture(client.get(path)).convert("RGB")
    assert image.size == (size, size)
    assert image.getpixel((0, 0)) == (0x1F, 0x5F, 0x8B)  # the accent, to the edge
    assert image.convert("L").getextrema()[1] > 240  # and a letter


@pytest.mark.medium
def test_the_favicon_is_answered(client):
    answer = client.get("/favicon.ico")
    assert answer["Content-Type"] == "image/x-icon"
    assert picture(answer).format == "ICO"


def test_the_manifest_names_icons_that_are_there(client):
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["name"] == "Civic Coalition"
    for icon in manifest["icons"]:
        width, _x, height = icon["sizes"].partition("x")
        assert picture(client.get(icon["src"])).size == (int(width), int(height))


@pytest.mark.medium
@pytest.mark.django_db
def test_it_calls_to_sign_as_long_as_one_can():
    edition = make_edition()
    assert posters.of_edition(edition).call == "Sign this statement"
    lifecycle.close(edition.statement, by=None)
    edition.statement.refresh_from_db()
    assert posters.of_edition(edition).call == ""


@pytest.mark.medium
@pytest.mark.django_db
def test_it_has_the_logo_of_the_office(settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path
    plain = client.get("/share-en.png").content
    make_logo(publishing.draft())
    make_public()
    reading.forget()
    assert posters.of_site("en").logo.startswith("appearance/")
    assert client.get("/share-en.png").content != plain


@pytest.mark.medium
@pytest.mark.parametrize("rtl", [False, True])
def test_long_words_leave_room_for_the_call(rtl):
    drawn = Poster(
        title="Quiet reading rooms " * 20, kind="Petition " * 20, call="Sign " * 30,
        tally="Signed by 12,407 organizations and 1,188,345 people",
        condition="of these 3 organizations and 45 people signed an earlier text",
        **{**FIELDS, "rtl": rtl},
    ).png()  # fmt: skip
    assert Image.open(io.BytesIO(drawn)).size == (WIDTH, HEIGHT)
