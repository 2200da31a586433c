"""Fill an empty, migrated site with one case: python -m tools.look.cases CASE > pages.json

Everything is invented, and made by the product's own verbs.
"""

import io
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from django.utils.datastructures import MultiValueDict  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from casa.demo.content import GIVEN, TEXTS, TOWNS, text_from_file  # noqa: E402
from signatories.leads import placement  # noqa: E402
from signatories.models import Organization, OrganizationAlias  # noqa: E402
from signatories.moderation import decisions  # noqa: E402
from signatories.organizations import logos  # noqa: E402
from signatories.parser import numbered_lines, parse_block  # noqa: E402
from signatories.testing import make_organization, make_signature  # noqa: E402
from statements import lifecycle  # noqa: E402
from statements.admin.forms import AttachmentForm  # noqa: E402
from statements.models import Edition, Statement, StatementText, Topic  # noqa: E402
from statements.testing import make_draft, make_edition, make_user  # noqa: E402
from tools.look import pages as look_pages  # noqa: E402
from tools.look import texts as look_texts  # noqa: E402
from tools.look.pages import Page  # noqa: E402

CROWD = 100_000


def current(statement: Statement) -> Edition:
    statement.refresh_from_db()
    return Edition.objects.get(
        statement=statement, number=statement.edition_number, language=statement.language
    )


def topic(statement: Statement, **names: str) -> None:
    made = Topic.objects.create()
    for language, name in names.items():
        made.names.create(language=language, name=name)
    statement.topics.add(made)


# --- What a statement has beside its words ---------------------------------------------------


def picture(width: int, height: int) -> SimpleUploadedFile:
    image = Image.new("RGB", (width, height), (176, 200, 214))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(92, 122, 84))
    draw.polygon(
        [
            (width // 4, height * 2 // 3),
            (width // 2, height // 4),
            (width * 3 // 4, height * 2 // 3),
        ],
        fill=(150, 96, 70),
    )
    file = io.BytesIO()
    image.save(file, "PNG")
    return SimpleUploadedFile("picture.png", file.getvalue(), "image/png")


def attach(statement: Statement, title: str, file: SimpleUploadedFile, alt_text: str = "") -> None:
    data = {"position": "0", "title": title, "alt_text": alt_text}
    form = AttachmentForm(data, MultiValueDict({"file": [file]}))
    form.instance.statement = statement
    if not form.is_valid():
        raise SystemExit(f"An attachment was refused: {form.errors.as_text()}")
    form.save()


def furnish(statement: Statement, words: look_texts.Beside) -> None:
    """Everything that staff can add to a statement."""
    today = timezone.localdate()
    first = statement.targets.create(name=words.target, office=words.office)
    statement.targets.create(name=words.other_target, position=2)
    statement.references.create(
        title=words.reference,
        identifier="PLC 12/2019",
        url="https://law.example.org/charters/public-libraries/2019/12?version=consolidated",
    )
    statement.references.create(title=words.other_reference, position=2)
    pdf = SimpleUploadedFile("fact-sheet.pdf", b"%PDF-1.7\n" + b"0" * 180_000)
    attach(statement, words.attachment, pdf)
    attach(statement, words.picture, picture(1600, 900), words.picture)
    attach(statement, words.other_picture, picture(600, 900), words.other_picture)
    statement.releases.create(
        headline=words.headline,
        wire="Example Wire",
        city=words.city,
        date=today - timedelta(30),
        source=words.source,
        lead_in=words.lead_in,
        original_url="https://wire.example.org/9",
    )
    for days, (title, body) in enumerate(words.updates):
        at = timezone.now() - timedelta(days=4 * days + 1)
        statement.updates.create(title=title, body=body, posted_at=at, language=statement.language)
    statement.deliveries.create(
        target=first,
        delivered_on=today - timedelta(3),
        note=words.note,
        answered_on=today - timedelta(1),
        answer=words.answer,
    )


def correct(statement: Statement, old: str, new: str, note: str, *, is_material: bool) -> None:
    text = statement.texts.get(language=statement.language)
    if old not in text.body:
        raise SystemExit(f"There is no “{old}” to correct.")
    text.body = text.body.replace(old, new)
    text.save()
    lifecycle.correct(statement, by=None, note=note, is_material=is_material)


def people(edition: Edition, names: list[str], **fields: Any) -> None:
    for number, name in enumerate(names):
        city, country = TOWNS[number % len(TOWNS)]
        own = {"city": city, "country": country, "name_withheld": number % 9 == 5, **fields}
        make_signature(edition, name, confirmed_at=timezone.now() - timedelta(hours=number), **own)


def organizations(edition: Edition, names: list[str]) -> list[Organization]:
    kinds = Organization.Kind.values
    made = []
    for number, name in enumerate(names):
        city, country = TOWNS[number % len(TOWNS)]
        one = make_organization(name, city=city, country=country, kind=kinds[number % len(kinds)])
        make_signature(
            edition, "Nora Lind", organization=one, role="Chair", city=city, country=country
        )
        made.append(one)
    return made


LOGOS: tuple[tuple[str, tuple[int, int], Any, Any], ...] = (
    # what is special, its size, its ground, its ink
    ("wide", (1200, 120), "white", (31, 95, 139)),
    ("tall", (160, 900), "white", (20, 110, 96)),
    ("tiny", (24, 24), "white", (150, 62, 40)),
    ("dark on nothing", (600, 300), (0, 0, 0, 0), (10, 10, 10, 255)),
    ("white on nothing", (600, 300), (0, 0, 0, 0), (255, 255, 255, 255)),
    ("square", (500, 500), (240, 236, 220), (60, 60, 120)),
)


def give_logo(one: Organization, number: int) -> None:
    _name, (width, height), ground, ink = LOGOS[number % len(LOGOS)]
    image = Image.new("RGBA" if len(ink) == 4 else "RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    edge = max(2, min(width, height) // 8)
    draw.ellipse((edge, edge, width - edge, height - edge), outline=ink, width=edge)
    draw.line((0, height, width, 0), fill=ink, width=edge)
    file = io.BytesIO()
    image.save(file, "PNG")
    sizes = logos.read(SimpleUploadedFile("logo.png", file.getvalue(), "image/png"))
    logos.store(one, sizes, approved=True)


# --- The cases -------------------------------------------------------------------------------


def empty() -> list[Page]:
    """A site on its first day."""
    return [
        *look_pages.site(),
        Page("share-image", reverse("share:site", args=["en"])),
        Page("api-docs", "/api/v1/docs/"),
    ]


def fresh() -> list[Page]:
    """A statement that nobody has signed."""
    return look_pages.statement(make_edition(place="Aldermouth"))


def one() -> list[Page]:
    """One statement, one person, one organization."""
    edition = make_edition(place="Aldermouth", dated_on=date(2026, 3, 2))
    make_signature(edition, city="Leeds", country="GB")
    [signed] = organizations(edition, ["River Trust"])
    found = [page for page in look_pages.site() if "nothing" not in page.name]
    return [*found, *look_pages.statement(edition), look_pages.organization(signed)]


def letter() -> list[Page]:
    """An open letter with 40 first names, three editions and everything else staff can add."""
    draft = text_from_file("library")
    draft.body += look_texts.RICH
    statement = lifecycle.create_draft(draft, place="Aldermouth", dated_on=date(2026, 3, 2))
    StatementText.objects.create(statement=statement, **_plain(text_from_file("library", "az")))
    topic(statement, en="Public libraries", az="Kitabxanalar")
    topic(statement, en="Opening hours", az="İş saatları")
    lines = (TEXTS / "library.signatories.txt").read_text(encoding="utf-8")
    more = "".join(
        f"{name} Ekström-Lund, Reading Teacher, Quay Street Primary School, {TOWNS[at % 5][0]}\n"
        for at, name in enumerate(GIVEN[:40])
    )
    wanted = parse_block(numbered_lines(lines + more))[:40]
    placement.place(statement, wanted)
    edition = lifecycle.publish(statement, by=None)[0]
    people(edition, [f"{name} Okafor" for name in GIVEN])
    organizations(edition, ["Aldermouth Readers' Circle", "Şirinvan Kitab Klubu", "River Trust"])
    furnish(statement, look_texts.ENGLISH)
    correct(
        statement,
        "first of September",
        "first of October",
        "The plan begins a month later.",
        is_material=True,
    )
    correct(
        statement,
        "beside a school",
        "beside a school, and one above a surgery",
        "Named a branch that was left out, and said where it is.",
        is_material=False,
    )
    edition = current(statement)
    site = [page for page in look_pages.site() if page.name in ("front", "list", "search")]
    return [*site, *look_pages.statement(edition), look_pages.correction(edition, "Nora Lind")]


def _plain(text: StatementText) -> dict[str, str]:
    return {name: getattr(text, name) for name in ("language", "title", "summary", "body", "ask")}


def directory() -> list[Page]:
    """300 organizations, half of them with logos of all shapes."""
    edition = make_edition(place="Aldermouth", summary=look_texts.SUMMARY)
    names = [f"{GIVEN[at % 25]} {look_texts.SOCIETIES[at % 7]} {at}" for at in range(300)]
    made = organizations(edition, names)
    for number, with_logo in enumerate(made[::2]):
        give_logo(with_logo, number)
    OrganizationAlias.objects.create(organization=made[0], name="The Fellowship")
    made[0].website = "https://fellowship.example.org/about-us"
    made[0].save()
    decisions.verify(made[0], by=make_user(), reason="We called them.")
    listed = reverse("signatories:organizations")
    shapes = [
        look_pages.organization(made[2 * at], f"organization-{LOGOS[at][0].replace(' ', '-')}")
        for at in range(len(LOGOS))
    ]
    wanted = ("front", "organizations", "organizations-nothing")
    return [
        *(page for page in look_pages.site() if page.name in wanted),
        Page("organizations-filtered", look_pages.asked(listed, country="GB", kind="association")),
        *shapes,
        look_pages.organization(made[1], "organization-without-logo"),
        *(
            page
            for page in look_pages.statement(edition)
            if page.name in ("statement", "signatories", "print", "share-image")
        ),
    ]


def crowd() -> list[Page]:
    """100,000 people."""
    from benchmarks import seed  # noqa: PLC0415 - slow to import

    edition = seed.make_edition()
    seed.count(edition, seed.store(seed.confirmed(edition, CROWD, seed.make_consent(edition))))
    names = reverse("signatories:list", args=[edition.statement.slug])
    left_out = ("sign", "follow", "editions", "edition-old", "qr", "embed", "embed-dark")
    return [
        *(page for page in look_pages.site() if page.name in ("front", "list", "organizations")),
        *(page for page in look_pages.statement(edition) if page.name not in left_out),
        Page("signatories-last", look_pages.asked(names, people="last")),
        Page("signatories-found", look_pages.asked(names, q="aliyev", country="AZ")),
    ]


def long() -> list[Page]:
    """Titles of 160 characters, names of 80 without a space, in everything that has a name."""
    name, organization = look_texts.LONG_NAME, look_texts.LONG_ORGANIZATION
    statement = make_draft(
        look_texts.LONG_TITLE,
        summary=look_texts.LONG_TITLE,
        body=f"<h2>{name}</h2><p>{look_texts.LONG_ADDRESS}</p>" + look_texts.RICH,
        ask=look_texts.LONG_TITLE,
        place=name[:60],
    )
    topic(statement, en=name[:60])
    placement.place(
        statement, parse_block(numbered_lines(f"{name}, {organization}, Aldermouth, UK\n"))
    )
    edition = lifecycle.publish(statement, by=None)[0]
    people(edition, [name, f"Dr {name} {name}"], role=name, affiliation=organization)
    [signed] = organizations(edition, [organization])
    signed.website = f"https://{organization[:50].lower()}.example.org/{name}"
    signed.save()
    furnish(statement, look_texts.LONG)
    correct(statement, "<h2>", f"<h2>{organization} ", look_texts.LONG_TITLE, is_material=True)
    edition = current(statement)
    return [
        *look_pages.site(search=name[:20].lower()),
        *look_pages.statement(edition),
        look_pages.organization(signed),
        *look_pages.form(edition, name=name, affiliation=organization),
        *look_pages.signing(edition, name=name, affiliation=organization, role=name, city=name),
        look_pages.correction(edition, name),
    ]


def signing() -> list[Page]:
    """The way of a signer, and of one who signs for an organization."""
    edition = make_edition(ask_comment="optional", ask_region="optional", minimum_age=16)
    pages = [
        *look_pages.form(edition, of_age="16"),
        *look_pages.signing(edition, name="Wilma Lund", country="DK", city="Østerby"),
    ]
    trust = make_organization("River Trust", website="https://river.example.org")
    anglers = make_organization("Alder Valley Anglers", city="Millbrook", country="US")
    return [
        *pages,
        *look_pages.signing_for(edition, trust, anglers),
        *look_pages.previews_of(make_draft("A statement that few have seen")),
    ]


def _translated(
    text: StatementText, beside: look_texts.Beside, change: tuple[str, str, str]
) -> list[Page]:
    """All pages in a language, of a statement that was written in it."""
    language = text.language
    translation.activate(language)
    statement = lifecycle.create_draft(text, place=beside.city, dated_on=date(2026, 3, 2))
    topic(statement, **{language: beside.attachment})
    placement.place(statement, parse_block(numbered_lines(beside.leads)))
    edition = lifecycle.publish(statement, by=None)[0]
    people(edition, list(beside.names), language=language)
    [first, *_more] = organizations(edition, list(beside.organizations))
    furnish(statement, beside)
    correct(statement, *change, is_material=True)
    edition = current(statement)
    return [
        *look_pages.site(search=change[1]),
        *look_pages.statement(edition),
        look_pages.organization(first),
        *look_pages.form(edition, name=beside.names[0]),
        *look_pages.signing(edition, name=beside.names[0], language=language),
        look_pages.correction(edition, beside.names[0]),
    ]


def azerbaijani() -> list[Page]:
    """The interface and a statement in Azerbaijani."""
    text = text_from_file("library", "az")
    change = ("şənbə", "şənbə səhəri", "Günün hansı hissəsi olduğu yazıldı.")
    return _translated(text, look_texts.AZERBAIJANI, change)


def rtl() -> list[Page]:
    """A statement in Persian, on pages that run from right to left."""
    beside = look_texts.PERSIAN
    text = StatementText(language="fa", **look_texts.PERSIAN_STATEMENT)
    change = ("شنبه‌ها", "صبح شنبه‌ها", "نوشتیم کدام بخش روز منظور است.")
    pages = _translated(text, beside, change)
    translation.activate("en")
    path = reverse("statements:detail", args=[Statement.objects.get().slug])
    return [*pages, Page("statement-on-an-english-page", path)]


def ended() -> list[Page]:
    """Statements that cannot be signed, each for another reason, side by side."""
    pages: list[Page] = []
    now = timezone.now()
    special: dict[str, dict[str, Any]] = {
        "not-yet": {"signing_opens_at": now + timedelta(days=9)},
        "soon": {"signing_closes_at": now + timedelta(hours=20)},
        "only-read": {
            "signers": Statement.Signers.NOBODY,
            "kind": Statement.Kind.PRESS_STATEMENT,
        },
    }
    for name in ("closed", "delivered", "archived", "paused", "not-yet", "only-read", "soon"):
        fields = special.get(name, {})
        edition = make_edition(f"Keep the reading room open: {name}", place="Aldermouth", **fields)
        statement = edition.statement
        people(edition, list(GIVEN[:7]))
        if name in ("closed", "archived", "delivered"):
            lifecycle.close(statement, by=None)
        if name == "delivered":
            furnish(statement, look_texts.ENGLISH)
        if name == "archived":
            lifecycle.archive(statement, by=None)
        if name == "paused":
            lifecycle.pause(statement, by=None, sentence="We check the names until Monday.")
        wanted = ("statement", "sign", "embed", "embed-tally", "signatories", "badge")
        pages += [
            page
            for page in look_pages.statement(edition, f"{name}-")
            if page.name.removeprefix(f"{name}-") in wanted[: 2 if name == "soon" else 4]
        ]
    site = [page for page in look_pages.site() if page.name in ("front", "list")]
    return [*site, *pages]


def errors() -> list[Page]:
    """What goes wrong, the limits on included."""
    withdrawn = make_edition("A statement that was taken back")
    path = withdrawn.statement.get_absolute_url()
    lifecycle.withdraw(withdrawn.statement, by=None)
    return [look_pages.challenged(make_edition()), *look_pages.errors(path)]


CASES: dict[str, Callable[[], list[Page]]] = {
    "empty": empty,
    "fresh": fresh,
    "one": one,
    "letter": letter,
    "directory": directory,
    "crowd": crowd,
    "long": long,
    "signing": signing,
    "azerbaijani": azerbaijani,
    "rtl": rtl,
    "ended": ended,
    "errors": errors,
}


def main() -> None:
    with transaction.atomic():
        pages = CASES[sys.argv[1]]()
    json.dump([page.as_dict() for page in pages], sys.stdout)


if __name__ == "__main__":
    main()
