"""Signatures for tests, made the way the product makes them."""

import io
import re
from datetime import timedelta
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casa.accounts.models import User
from casa.accounts.testing import make_staff
from casa.lib.addresses.mailbox_keys import mailbox_key
from signatories.core import mail_budget, states, tokens
from signatories.leads import paper
from signatories.mailings import updates
from signatories.models import (
    ImportBatch,
    ImportLine,
    ImportProof,
    Invitation,
    InvitationRound,
    MailboxBudget,
    Organization,
    PaperCount,
    Signature,
    UpdateMailing,
)
from signatories.organizations import logos
from signatories.rounds import adding
from signatories.signing.submission import Submission
from statements.models import Edition, Statement
from statements.testing import make_draft

_numbers = count(1)


def make_signature(edition: Edition, name: str = "Nora Lind", **fields: Any) -> Signature:
    """A person's confirmed signature, unless `state`, `organization` or others say otherwise."""
    number = next(_numbers)
    fields.setdefault("email", f"signer{number}@example.org")
    fields.setdefault("state", Signature.State.CONFIRMED)
    if fields["state"] != Signature.State.PENDING:
        fields.setdefault("confirmed_at", timezone.now())
    kind = Signature.Kind.ORGANIZATION if fields.get("organization") else Signature.Kind.PERSON
    signature = Signature.objects.create(
        statement=edition.statement,
        edition=edition,
        kind=kind,
        name=name,
        email_key=mailbox_key(fields["email"]) if fields["email"] else "",
        nonce=tokens.new_nonce(),
        **fields,
    )
    states.record_creation(signature)
    return signature


def make_submission(**fields: Any) -> Submission:
    """What a person sent by the sign form, unless `kind` or others say otherwise."""
    least = {
        "kind": "person", "name": "Nora Lind", "email": "nora@example.org", "country": "NO",
        "consent": "I agree.",
    }  # fmt: skip
    return Submission(**{**least, **fields})


def use_up_mails(address: str) -> None:
    """Let the mailbox have had its share of mails for today."""
    for _ in range(mail_budget.MAILS_PER_WINDOW):
        assert mail_budget.spend(address)


def a_day_later() -> None:
    """Let the mails that were counted be of yesterday."""
    MailboxBudget.objects.update(since=timezone.now() - mail_budget.MAIL_WINDOW)


def make_batch(statement: Statement) -> ImportBatch:
    """An import under review, of one line with a proof."""
    batch = ImportBatch.objects.create(
        statement=statement, source="one", sha256="0" * 64, consent="mail", state="review"
    )
    line = ImportLine.objects.create(
        batch=batch, position=1, number=1, original="Ada Brook", fields={"kind": "person"}
    )
    ImportProof.objects.create(line=line, words="Dear all", file_name="letter.pdf", data=b"%PDF")
    return batch


def make_paper(statement: Statement, *, by: User, **fields: Any) -> PaperCount:
    """A declaration of signatures on paper, with a scanned sheet."""
    least = {"number": 40, "collected_on": timezone.localdate(), "place": "Market square",
             "collected_by": "Ada Brook", "note": ""}  # fmt: skip
    scan = paper.Scan("sheet.pdf", "application/pdf", b"%PDF-1.7 a sheet")
    made, _is_new = paper.declare(statement, by=by, scans=[scan], **{**least, **fields})
    return made


def make_organization(name: str = "River Trust", **fields: Any) -> Organization:
    return Organization.objects.create(name=name, **fields)


def make_logo(organization: Organization, *, approved: bool = True) -> None:
    """A green picture; MEDIA_ROOT has to be a folder of the test's own."""
    file = io.BytesIO()
    Image.new("RGB", (400, 150), (20, 90, 60)).save(file, "PNG")
    sizes = logos.read(SimpleUploadedFile("logo.png", file.getvalue()))
    logos.store(organization, sizes, approved=approved)


def make_mailing(statement: Statement, *, by: User, **fields: Any) -> UpdateMailing:
    """News that is written in English, and not sent yet."""
    mailing = UpdateMailing.objects.create(statement=statement, created_by=by, **fields)
    mailing.words.create(
        language="en",
        subject="The council has put it on its agenda",
        body="<p>On <strong>Thursday</strong> the council speaks about it.</p>",
    )
    return mailing


def make_round(
    statement: Statement | None = None, *, by: User | None = None, **fields: Any
) -> InvitationRound:
    """A round under a draft, with two weeks to answer and nobody on its list."""
    fields.setdefault("deadline", timezone.now() + timedelta(days=14))
    return InvitationRound.objects.create(
        statement=statement or make_draft(),
        title="First to sign",
        created_by=by or make_staff(f"asker{next(_numbers)}@example.org"),
        **fields,
    )


def make_invitation(
    asking: InvitationRound, name: str = "Nora Lind", *, email: str | None = None, **fields: Any
) -> Invitation:
    """A person on the list of a round, who has not been asked, unless `fields` say otherwise."""
    more: dict[str, Any] = {
        key: fields.pop(key) for key in ("note", "needs_check") if key in fields
    }
    entry = adding.Entry(
        kind=fields.pop("kind", "person"),
        name=name,
        email=f"asked{next(_numbers)}@example.org" if email is None else email,
        organization=fields.pop("organization", ""),
        role=fields.pop("role", ""),
    )
    language, asked_by = fields.pop("language", "en"), fields.pop("asked_by", None)
    added = adding.add_one(
        asking, entry, by=asking.created_by, language=language, asked_by=asked_by
    )
    (one,) = added.invitations
    changes: dict[str, Any] = {"needs_check": False, "doubt": "", **more}
    Invitation.objects.filter(pk=one.pk).update(**changes)
    return Invitation.objects.select_related("round__statement", "link").get(pk=one.pk)


def begin_mailing(mailing: UpdateMailing, by: User | None = None) -> bool:
    """Begin to send it, as if the minute in which it can be called off had passed."""
    begun = updates.begin(mailing, by=by or mailing.created_by)
    waiting = UpdateMailing.objects.filter(pk=mailing.pk, state=UpdateMailing.State.WAITING)
    waiting.update(leaves_at=timezone.now())
    updates.start_due()
    mailing.refresh_from_db()
    return begun


def form_data(**fields: Any) -> dict[str, Any]:
    """What a browser posts for a person who fills in the least."""
    data = {"kind": "person", "name": "Nora Lind", "email": "nora@example.org", "country": "NO"}
    return {**data, **fields}


def own_url(signature: Signature, action: str = "") -> str:
    """The address of a signer's private page, or of an action on it."""
    token = tokens.make(signature, tokens.MANAGE)
    if action == "data":
        return reverse("signatories:own_data", args=[token])
    name, more = ("own_action", [action]) if action else ("manage", [])
    return reverse(f"signatories:{name}", args=[token, *more])


def press_confirm(client: Any, link: Signature | str, **more: Any) -> Any:
    """Press the button of the page behind the link in the mail; `link` is its path, or whose it is.

    The button posts to the statement's URL; the answer is the same at any.
    """
    token = link if isinstance(link, str) else tokens.make(link, tokens.CONFIRM)
    token = token.strip("/").split("/")[-1]
    statement = Statement.objects.first()
    url = reverse("statements:detail", args=[statement.slug if statement else "x"])
    return client.post(url, {"confirm": token, **more})


HELD = re.compile(r"(/sign/mail|/sign/follow-asked|/your-signature/asked)/[\w-]{22}/")


def without_secrets(text: str) -> str:
    """`text` without the random secrets of pages that show what was typed."""
    return re.sub(r'(name="corrects" value=")[\w-]{22}"', r'\1…"', HELD.sub(r"\1/…/", text))


def without_what_was_typed(answer: Any) -> str:
    """What a form was answered with, the page it leads to included, without hidden fields and
    without what is random in every answer.
    """
    location = answer.get("Location", "")
    page = answer.client.get(location) if location else answer
    text = re.sub(r'<input type="hidden"[^>]*>', "", page.text)
    return without_secrets(f"{location}\n{text}")
