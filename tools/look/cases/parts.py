"""What a statement has beside its words: what staff add, and who signs."""

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageDraw

from casa.demo.content import TOWNS
from casa.lib.media import images
from casa.lib.media.uploads import ReadPicture
from signatories.models import Organization
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.admin.forms import AttachmentForm
from statements.models import Edition, Statement, Topic
from tools.look import texts


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
    read = ReadPicture(file, images.rewritten(file, images.FROM_STAFF)) if alt_text else file
    form = AttachmentForm(data, MultiValueDict({"file": [read]}))
    form.instance.statement = statement
    if not form.is_valid():
        raise SystemExit(f"An attachment was refused: {form.errors.as_text()}")
    form.save()


def furnish(statement: Statement, words: texts.Beside) -> None:
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
