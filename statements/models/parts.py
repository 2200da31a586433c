"""What goes with a statement: whom it addresses, what it cites, its files, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses.fields import WebAddressField
from casa.lib.addresses.sealed import SealedAddressField
from casa.lib.db.fields import UploadField
from casa.lib.db.history import Records
from casa.lib.html.sanitizer import RichTextField
from statements.models.fields import default_language, language_field
from statements.models.page_parts import EditablePart
from statements.models.statement import Statement


class Part(EditablePart):
    """Something that belongs to a statement and stands in an order staff choose."""

    position = models.PositiveIntegerField(
        _("order"), default=0, help_text=_("The lowest number stands first.")
    )

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class Target(Part):
    """A decision-maker the statement addresses."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="targets")
    name = models.CharField(
        _("who is asked"),
        max_length=200,
        help_text=_("A person, an office or a body: “Committee on Libraries”."),
    )
    office = models.CharField(
        _("office"),
        max_length=200,
        blank=True,
        help_text=_("What the person is: “Chair of the committee”. Shown below the name."),
    )
    email = SealedAddressField(
        _("e-mail address"),
        blank=True,
        help_text=_(
            "Their public address. Whoever has signed may write there by their own mail, where that"
            " is the next step under “Sharing and thanks”. Shown nowhere else."
        ),
    )

    history = Records()

    class Meta(Part.Meta):
        verbose_name = _("addressee")
        verbose_name_plural = _("addressed to")

    def __str__(self) -> str:
        return self.name


class Reference(Part):
    """A bill, resolution, treaty or other instrument that the text cites."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="references")
    title = models.CharField(
        _("title"), max_length=300, help_text=_("A law, resolution or treaty the text rests on.")
    )
    identifier = models.CharField(
        _("number"), max_length=100, blank=True, help_text=_("As it is cited: “S/RES/1325”.")
    )
    url = WebAddressField(
        _("link"), max_length=500, blank=True, help_text=_("Where readers find its text.")
    )

    history = Records()

    class Meta(Part.Meta):
        verbose_name = _("cited instrument")
        verbose_name_plural = _("cites")

    def __str__(self) -> str:
        return self.title


UNSAFE_IN_NAMES = '/\\:*?"<>|'
"""What some system does not allow in the name of a file."""

LONGEST_NAME = 80  # characters


def attachment_path(attachment: Attachment, filename: str) -> str:
    return f"attachments/{attachment.statement_id}/{filename}"


class Attachment(Part):
    """A file offered with the statement. It is served by a view that asks whether it may be."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(
        _("title"), max_length=200, help_text=_("What a reader is offered: “Fact sheet”.")
    )
    file = UploadField(
        _("file"),
        upload_to=attachment_path,
        max_length=300,
        help_text=_(
            "A PDF, a Word, Excel, PowerPoint or OpenDocument file, a text or a table (TXT, CSV),"
            " or a picture (JPEG, PNG, WebP, GIF, HEIC), up to 20 MB. What a camera writes into a"
            " picture is taken out. Another file in its place keeps the address."
        ),
    )
    alt_text = models.CharField(
        _("description of the image"),
        max_length=300,
        blank=True,
        help_text=_("For an image: what it shows, for those who cannot see it."),
    )
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False, help_text="Bytes.")
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)

    history = Records()

    class Meta(Part.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title

    @property
    def filename(self) -> str:
        return Path(self.file.name or "").name

    @property
    def dimensions(self) -> str:
        return f"{self.width} × {self.height}" if self.width else ""

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @staticmethod
    def download_name(row: Any) -> str:
        """What a file is called on the disk of whoever downloads it: its title, by its kind."""
        suffix = Path(str(row.file)).suffix
        title = "".join(" " if char in UNSAFE_IN_NAMES else char for char in row.title)
        printable = "".join(char for char in title if char.isprintable())
        stem = " ".join(printable.split()).strip(". ")[:LONGEST_NAME].strip(". ")
        return f"{stem.removesuffix(suffix) or 'file'}{suffix}"

    def get_absolute_url(self) -> str:
        """Its address for good: another file in its place, or another title, does not change it."""
        return reverse("statements:attachment", args=[self.statement.slug, self.pk])


class Release(EditablePart):
    """Where the statement went out as a press release."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="releases")
    headline = models.CharField(
        _("headline"), max_length=500, blank=True, help_text=_("As the wire printed it.")
    )
    lead_in = models.TextField(
        _("lead-in"),
        blank=True,
        help_text=_("What the distributor wrote before the statement; it is not part of it."),
    )
    wire = models.CharField(
        _("wire"), max_length=100, blank=True, help_text=_("The service that sent it out.")
    )
    city = models.CharField(
        _("city"), max_length=120, blank=True, help_text=_("As in the release’s first line.")
    )
    date = models.DateField(_("date"), null=True, blank=True, help_text=_("The day it went out."))
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Who the wire names as its source.")
    )
    original_url = WebAddressField(
        _("link to the original"),
        max_length=500,
        blank=True,
        help_text=_("The release on the wire’s own site."),
    )
    head = models.TextField(
        _("head"),
        blank=True,
        help_text=_("Dates, addressees and marks such as “For immediate release” above the words."),
    )
    media_contact = models.TextField(
        _("media contact"), blank=True, help_text=_("For the office only; visitors do not see it.")
    )
    boilerplate = models.TextField(
        _("about the senders"),
        blank=True,
        help_text=_("What those who sent it out say of themselves."),
    )
    notes_to_editors = models.TextField(
        _("notes to editors"), blank=True, help_text=_("What it tells the press beside the words.")
    )
    original_text = models.TextField(_("the file as it came"), blank=True, editable=False)
    sha256 = models.CharField(
        max_length=64,
        null=True,
        editable=False,
        unique=True,
        help_text="Of the imported text, so that a file is imported once; empty if typed in.",
    )

    history = Records()

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return self.headline or self.wire or gettext("Press release")


class Rendition(EditablePart):
    """An image attachment in another size or format, made when it was uploaded."""

    path_to_statement = "attachment__statement"

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="renditions")
    file = UploadField(upload_to="renditions/", max_length=300)
    content_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ("width", "content_type")

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"

    @property
    def filename(self) -> str:
        return Path(self.file.name or "").name


class Update(EditablePart):
    """Dated news posted under a statement."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="updates")
    language = language_field(
        default=default_language,
        help_text=_(
            "Post the same news in another language with the same day: readers see theirs."
        ),
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("What happened, in one line."))
    body = RichTextField(
        _("news"), help_text=_("A few sentences. Signers’ words stay as they are.")
    )
    posted_at = models.DateTimeField(
        _("posted"), default=timezone.now, help_text=_("Visitors see it from this moment on.")
    )

    history = Records()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ("-posted_at", "-pk")

    def __str__(self) -> str:
        return self.title


class Delivery(EditablePart):
    """The hand-over to a target, and what was said back."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="deliveries")
    target = models.ForeignKey(
        Target,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("to whom"),
        help_text=_("One of those the statement is addressed to. Save a new one first."),
    )
    delivered_on = models.DateField(
        _("handed over on"), help_text=_("Visitors see it from this day on.")
    )
    note = models.TextField(
        _("how"),
        max_length=2000,
        blank=True,
        help_text=_("By whom, where, with how many names. Visitors read it."),
    )
    answered_on = models.DateField(
        _("answered on"), null=True, blank=True, help_text=_("Leave empty until an answer came.")
    )
    answer = models.TextField(
        _("what was said back"),
        max_length=5000,
        blank=True,
        help_text=_("Their words, or what they come to. Visitors read it."),
    )

    history = Records()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ("delivered_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("delivered_on")),
                name="delivery_answered_after_it",
                violation_error_message=_("An answer comes after the hand-over."),
            )
        ]

    def __str__(self) -> str:
        return str(self.delivered_on)
