"""The PDF of a statement: its words and who signed, readable by everybody, and nothing else."""

import io
import re
from collections import defaultdict
from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.translation import gettext
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from casa.lib.pdf import typesetting
from casa.lib.testing import assert_flat_queries
from casa.site.pdf import views
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Attachment, Reference, Target
from statements.public import printed_names
from statements.reading import current_edition
from statements.testing import make_draft, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    views.budget.clear()


@pytest.fixture
def edition():
    return make_edition()


def get_document(client, edition, prefix=""):
    return client.get(f"{prefix}/statements/{edition.statement.slug}.pdf")


def read(answer):
    assert answer.status_code == 200
    return PdfReader(io.BytesIO(answer.content))


def text_of(answer):
    """Its words, whatever line they were broken at."""
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).split())


def test_it_has_the_words_and_the_names(client, edition):
    statement = edition.statement
    Target.objects.create(statement=statement, name="The council", office="Libraries Committee")
    Reference.objects.create(statement=statement, title="Library Act", identifier="LA/1")
    Attachment.objects.create(
        statement=statement, title="Fact sheet", file="facts.pdf", size=1, sha256="0" * 64,
        content_type="application/pdf",
    )  # fmt: skip
    make_signature(edition, "Nora Lind", lead_position=1, role="Chair", city="Oslo", country="NO")
    make_signature(edition, organization=make_organization("River Trust"))
    make_signature(edition, "Ilkin Dahl")
    make_signature(edition, "Someone Secret", name_withheld=True)
    words = text_of(get_document(client, edition))
    for part in (
        edition.title, "Pupils learn there", edition.ask, "The council", "Libraries Committee",
        "Nora Lind", "Chair · Oslo, Norway", "River Trust", "Ilkin Dahl", edition.sha256,
        "Signed by 1 organization and 3 people", "And 1 person more", "Library Act, LA/1",
        "Fact sheet", f"/statements/{statement.slug}/", "Edition 1, published on",
    ):  # fmt: skip
        assert part in words, (part, words)
    assert "Someone Secret" not in words


def test_lists_are_numbered_as_on_the_page(client):
    edition = make_edition(
        body='<ol start="4"><li>Mend</li></ol><ol start="2" data-type="lower-alpha-paren">'
        '<li>Heat</li></ol><ol data-type="lower-roman-parens"><li>Paint</li></ol>'
    )
    words = text_of(get_document(client, edition))
    assert "4. Mend" in words
    assert "b) Heat" in words
    assert "(i) Paint" in words


def test_readers_of_every_kind_can_use_it(client, edition):
    document = read(get_document(client, edition))
    assert document.metadata.title == edition.title
    assert document.root_object["/Lang"] == "en"
    assert document.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in document.root_object
    about = document.xmp_metadata.rdf_root.toxml()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "<pdfaid:part>2</pdfaid:part>" in about


def test_each_language_has_its_own(client):
    statement = make_edition("Keep the library").statement
    text = statement.texts.get()
    statement.texts.create(
        language="az", title="Kitabxana açıq qalsın", summary="", ask="Əlçatan olsun",
        body="<p>Şəhərin ən işıqlı yeri: Ə ə Ğ ğ İ ı Ö Ş Ü Ç</p>",
    )  # fmt: skip
    lifecycle.correct(statement, by=None, note="Translated.", is_material=False)
    edition = statement.editions.filter(language="az").get()
    answer = get_document(client, edition, "/az")
    words = text_of(answer)
    assert edition.title in words
    assert "Şəhərin ən işıqlı yeri: Ə ə Ğ ğ İ ı Ö Ş Ü Ç" in words
    with translation.override("az"):
        assert gettext("What it asks") in words
    assert text.title not in words
    assert f"{statement.slug}-az.pdf" in answer["Content-Disposition"]


def test_letters_from_the_right_are_shown(client, caplog):
    edition = make_edition(title="کتابخانه باید باز بماند", language="fa")
    answer = get_document(client, edition)
    assert "2</pdfaid:part>" in read(answer).xmp_metadata.rdf_root.toxml()
    assert not caplog.records


def test_a_letter_that_no_font_has_costs_the_standards_and_not_the_document(
    client, edition, caplog
):
    make_signature(edition, "森本 Nora")
    document = read(get_document(client, edition))
    assert "pdfaid" not in document.xmp_metadata.rdf_root.toxml()
    assert "FONTS_DIR" in caplog.text
    assert "森本" not in caplog.text


def test_fonts_can_be_added(client, settings, monkeypatch, tmp_path, caplog):
    edition = make_edition()
    make_signature(edition, "ⵣⵓⵔ")
    brought = typesetting.FONTS
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    get_document(client, edition)
    assert "FONTS_DIR" in caplog.text
    cache.clear()
    caplog.clear()
    settings.ADDED_FONTS = list(brought.glob("*.ttf"))
    assert "pdfaid" in read(get_document(client, edition)).xmp_metadata.rdf_root.toxml()
    assert not caplog.records


def test_what_was_typed_is_no_command(client):
    typed = '#read("/etc/passwd") $x$ *star* \\ = @label <tag> `raw` //no'
    edition = make_edition(title=typed, ask=typed)
    make_signature(edition, typed)
    assert text_of(get_document(client, edition)).count(typed) >= 3


def test_an_address_of_a_link_can_be_read_on_paper(client):
    body = (
        '<p><a href="https://law.example.org/act">The act</a>, '
        '<a href="https://example.org/">https://example.org</a>, '
        '<a href="mailto:office@example.org">office@example.org</a></p>'
    )
    words = text_of(get_document(client, make_edition(body=body)))
    assert words.count("https://law.example.org/act") == 1
    assert words.count("https://example.org") == 1
    assert words.count("office@example.org") == 1


def test_names_go_on_in_further_volumes(client, edition, monkeypatch):
    monkeypatch.setattr(printed_names, "NAMES_IN_VOLUME", 2)
    make_signature(edition, "Someone Secret", name_withheld=True)
    make_signature(edition, organization=make_organization("River Trust"))
    for name in ("Di Fourth", "Cy Third", "Bo Second", "Ada First"):
        make_signature(edition, name)
    first = text_of(get_document(client, edition))
    address = f"/statements/{edition.statement.slug}/volume-{{}}.pdf"
    second, third = (text_of(client.get(address.format(number))) for number in (2, 3))
    for words, there in ((first, ("River Trust", "Ada First")), (second, ("Bo Second", "Cy Third")),
                         (third, ("Di Fourth",))):  # fmt: skip
        names = ("River Trust", "Ada First", "Bo Second", "Cy Third", "Di Fourth", "Someone Secret")
        assert tuple(name for name in names if name in words) == there
    assert address.format(3) in first
    assert "Volume 2 of 3" in second
    assert "And 1 person more" in third
    assert "And 1 person more" not in first
    assert edition.ask not in second
    for number in (0, 1, 4, 10**9):
        assert client.get(address.format(number)).status_code == 404


def test_whoever_asks_for_many_does_not_keep_the_site_busy(client, edition, monkeypatch):
    views.budget.clear()
    monkeypatch.setattr(views, "_set", lambda *_args: b"%PDF")
    for _time in range(views.SET_A_MINUTE):
        cache.clear()
        assert get_document(client, edition).status_code == 200
    assert get_document(client, edition).status_code == 200  # it is kept
    cache.clear()
    refused = get_document(client, edition)
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert "no-store" in refused["Cache-Control"] or "private" in refused["Cache-Control"]
    views.budget.clear()


def test_a_name_without_a_space_stays_on_the_page(client, edition):
    make_signature(edition, "Ada" + "x" * 77)
    make_signature(edition, "Bo Berg")
    lines = read(get_document(client, edition)).pages[0].extract_text().splitlines()
    assert len([line for line in lines if "xxx" in line]) >= 3


def test_it_says_whose_names_it_had_when(client, edition):
    make_signature(edition)
    assert f"As of {timezone.localtime():%B} {timezone.localtime().day}," in text_of(
        get_document(client, edition)
    )


def test_it_is_set_once_a_minute_and_not_sent_twice(client, edition):
    first = get_document(client, edition)
    make_signature(edition, "Late Comer")
    second = get_document(client, edition)
    assert second.content == first.content
    again = client.get(
        f"/statements/{edition.statement.slug}.pdf", headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304
    cache.clear()
    assert "Late Comer" in text_of(get_document(client, edition))


def test_a_correction_shows_at_once(client, edition):
    get_document(client, edition)
    text = edition.statement.texts.get()
    text.body = "<p>Corrected words.</p>"
    text.save()
    edition.statement.refresh_from_db()
    lifecycle.correct(edition.statement, by=None, note="A slip.", is_material=True)
    assert "Corrected words." in text_of(get_document(client, edition))


def test_the_office_chooses_the_paper(client, edition, settings):
    settings.PAPER_SIZE = "us-letter"
    assert read(get_document(client, edition)).pages[0].mediabox.width == 612


def test_it_costs_as_much_for_three_as_for_one(client, edition):
    def add(number):
        make_signature(edition)
        make_signature(edition, organization=make_organization(f"Trust {number}"))
        Target.objects.create(statement=edition.statement, name=f"Council {number}")
        Reference.objects.create(statement=edition.statement, title=f"Act {number}")

    assert_flat_queries(add, lambda _rows: get_document(client, edition))


def test_there_is_none_of_what_is_not_public(client):
    draft = make_draft("Zanzibarium")
    assert client.get(f"/statements/{draft.slug}.pdf").status_code == 404
    later = make_edition("Zanzibarium II", publish_at=timezone.now() + timedelta(days=1))
    assert get_document(client, later).status_code == 404
    withdrawn = make_edition("Zanzibarium III")
    get_document(client, withdrawn)
    lifecycle.withdraw(withdrawn.statement, by=None, note="No more.")
    assert get_document(client, withdrawn).status_code == 410


def test_the_page_leads_to_it(client, edition):
    for path in ("", "print/"):
        page = client.get(f"/statements/{edition.statement.slug}/{path}")
        assert f'href="/statements/{edition.statement.slug}.pdf"' in page.text
    assert 'rel="canonical"' in get_document(client, edition)["Link"]


def test_staff_and_programs_are_led_to_it(client, admin_client, edition):
    statement = edition.statement
    (text,) = client.get(f"/api/v1/statements/{statement.slug}").json()["texts"]
    assert text["pdf"].endswith(f"/statements/{statement.slug}.pdf")
    screen = admin_client.get(f"/admin/statements/statement/{statement.pk}/change/").text
    assert f'href="/statements/{statement.slug}.pdf"' in screen


def as_shown(made):
    """The letters of each line from the left, without spaces, wherever the document has them."""
    lines = defaultdict(list)
    with closing(PdfDocument(made)) as pdf:
        text = pdf[0].get_textpage()
        for at, letter in enumerate(text.get_text_range()):
            left, bottom, _right, _top = text.get_charbox(at, loose=True)
            lines[round(bottom)].append((left, letter))
    words = ("".join(letter for _left, letter in sorted(line)) for line in lines.values())
    return "\n".join(re.sub("[ \u2066-\u2069]", "", line) for line in words)


@pytest.mark.parametrize("kind", ["document", "sheet"])
def test_words_of_the_other_direction_keep_their_order(settings, caplog, kind):
    settings.SITE_POSTAL_ADDRESS = "1 Example Square, Exampletown"
    edition = make_edition(place="2 Quay")
    signed_by = {"role": "2 Chairs", "lead_position": 1}
    make_signature(edition, "3 Nora Lind", **signed_by)
    with translation.override("fa"):
        make = {
            "document": views._make_document,
            "sheet": partial(views._make_sheet, is_whole=False),
        }
        made = make[kind](current_edition(edition.statement.slug))
    shown = as_shown(made)
    parts = ["1 Example Square, Exampletown", "2 Quay"]
    if kind == "document":
        parts += ["3 Nora Lind", "2 Chairs", edition.sha256]
    assert [part for part in parts if part.replace(" ", "") not in shown] == []
    assert not caplog.records
