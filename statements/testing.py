"""Statements for tests, made the way the product makes them."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casa.accounts.models import User
from casa.lib.concurrent_edits.testing import opened_with
from casa.lib.media import images
from statements import addressee_answers, lead_pictures, lifecycle
from statements.models import (
    AddresseeAnswer,
    Attachment,
    Delivery,
    Edition,
    LeadPicture,
    Rendition,
    SignFormOptions,
    Statement,
    StatementText,
)

ASKS = [field.name for field in SignFormOptions._meta.fields if field.name.startswith("ask_")]
"""Whether a statement asks a detail: the fields that say so."""


def make_user(email: str = "editor@example.org", **fields: Any) -> User:
    defaults = {"name": "Edda Editor", "is_staff": True, "is_superuser": True}
    return User.objects.create_user(email, "a-long-password-1", **{**defaults, **fields})


def make_draft(
    title: str = "Keep the reading room open",
    *,
    language: str = "en",
    summary: str = "The reading room is to close on Saturdays.",
    body: str = "<p>Pupils learn there on Saturdays.</p>",
    ask: str = "We ask the council to keep it open.",
    **fields: Any,
) -> Statement:
    text = StatementText(language=language, title=title, summary=summary, body=body, ask=ask)
    return lifecycle.create_draft(text, **fields)


def make_edition(title: str = "Keep the reading room open", **fields: Any) -> Edition:
    """The first edition of a statement that is published and open."""
    return lifecycle.publish(make_draft(title, **fields), by=None)[0]


def make_picture(statement: Statement) -> Rendition:
    """A rendition of an attachment; MEDIA_ROOT must be a folder of the test's own."""
    attachment = Attachment.objects.create(
        statement=statement, title="The room", alt_text="A room", size=1, sha256="x",
        content_type="image/jpeg", file=ContentFile(b"x", "room.jpg"),
    )  # fmt: skip
    return Rendition.objects.create(
        attachment=attachment, content_type="image/jpeg", width=4, height=3,
        file=ContentFile(b"picture", "room-4.jpg"),
    )  # fmt: skip


def make_lead_picture(statement: Statement) -> LeadPicture:
    """A red picture, cut as an upload is; MEDIA_ROOT must be a folder of the test's own."""
    whole, *made = (replace(one, file=BytesIO(one.data)) for one in _red_picture())
    picture = LeadPicture(statement=statement, alt_text="A red door", credit="Photo: Ines Falk")
    lead_pictures.describe(picture, whole)
    lead_pictures.keep(picture, made)
    picture.save()
    return picture


@cache
def _red_picture() -> tuple[images.Written, ...]:
    """The whole and its sizes, made once by the confined program, which takes half a second."""
    file = BytesIO()
    Image.new("RGB", (1600, 1200), "red").save(file, "JPEG")
    return images.rewritten(file, lead_pictures.job(50, 50))


def make_delivery(statement: Statement, **fields: Any) -> Delivery:
    """Handed over today to the council, which has a mailbox."""
    council = {"email": "council@example.org"}
    target, _new = statement.targets.get_or_create(name="The council", defaults=council)
    fields = {"target": target, "delivered_on": timezone.localdate(), **fields}
    return Delivery.objects.create(statement=statement, **fields)


def make_answer(statement: Statement, **fields: Any) -> AddresseeAnswer:
    """What the addressee of a new hand-over answers; it waits for a look."""
    said = {"words": "We keep it open.", "name": "Ines Falk", "office": "Chair", "consent": "Yes."}
    delivery = make_delivery(statement)
    addressee_answers.answer(delivery, **{**said, **fields})
    return delivery.own_answers.get()


def make_translated(**fields: Any) -> Statement:
    """A published statement in English, the original, and in Azerbaijani."""
    statement = make_draft(**fields)
    StatementText.objects.create(
        statement=statement, language="az", title="Oxu zalı açıq qalsın",
        body="<p>Şagirdlər orada şənbə günləri oxuyur.</p>",
    )  # fmt: skip
    lifecycle.publish(statement, by=None)
    return statement


def rewrite(statement: Statement, body: str, *, language: str = "en") -> None:
    """Change the working copy of one language."""
    StatementText.objects.filter(statement=statement, language=language).update(body=body)


def screen_url(statement: Statement, part: str = "") -> str:
    """The address of a part of the statement's screen; of its first one unless named."""
    if not part:
        return reverse("admin:statements_statement_change", args=[statement.pk])
    return reverse("admin:statements_statement_part", args=[statement.pk, part])


def screen_data(statement: Statement, **fields: Any) -> dict[str, Any]:
    """What the browser posts when a part of the statement's screen is saved as it was opened.

    The fields of all parts: each reads its own.
    """
    texts = list(statement.texts.all())
    data: dict[str, Any] = {
        **opened_with(statement), "kind": statement.kind, "language": statement.language,
        "place": statement.place, "dated_on": "", "signers": statement.signers,
        "texts-TOTAL_FORMS": len(texts), "texts-INITIAL_FORMS": len(texts),
    }  # fmt: skip
    for number, text in enumerate(texts):
        data |= {f"texts-{number}-id": text.pk, f"texts-{number}-statement": statement.pk}
        for name in ("language", "title", "summary", "body", "ask"):
            data[f"texts-{number}-{name}"] = getattr(text, name)
    prefixes = (
        "consent_texts", "question_texts", "supporter_texts", "targets", "references",
        "lead_picture", "attachments", "releases", "updates", "deliveries",
    )  # fmt: skip
    for prefix in prefixes:
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    for moment in ("publish_at", "signing_opens_at", "signing_closes_at"):
        data |= {f"{moment}_0": "", f"{moment}_1": ""}
    return data | asked_data(statement) | fields


def asked_data(statement: Statement) -> dict[str, Any]:
    """The part of it that says what the sign form asks."""
    data: dict[str, Any] = {"minimum_age": statement.minimum_age or ""}
    for name in ASKS:
        data[name] = getattr(statement, name)
    data["question_kind"] = statement.question_kind
    for name in ("may_withhold", "shared_mailboxes", "question_required", "question_public"):
        data |= {name: "on"} if getattr(statement, name) else {}
    return data
