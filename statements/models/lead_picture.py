"""The picture that stands for a statement: on its page, in lists, and where others link to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.db.fields import UploadField
from casa.lib.db.history import Records
from casa.lib.media.images import JPEG
from statements.models.page_parts import EditablePart
from statements.models.statement import Statement

FOLDER = "lead-pictures"
MIDDLE = 50  # per cent


class Size(NamedTuple):
    """A part of the picture as a file; width and height in pixels."""

    filename: str
    content_type: str
    width: int
    height: int


def lead_picture_path(picture: LeadPicture, filename: str) -> str:
    return f"{FOLDER}/{picture.statement_id}/{filename}"


class LeadPicture(EditablePart):
    """At most one for each statement. `file` is the whole, which staff see; visitors get `sizes`,
    cut around the point that must be seen.
    """

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, related_name="lead_picture"
    )
    file = UploadField(
        _("picture"),
        upload_to=lead_picture_path,
        max_length=300,
        help_text=_(
            "JPEG, PNG, WebP, GIF or HEIC, at least 640 × 360 pixels, up to 20 MB. What a camera"
            " writes into it is taken out."
        ),
    )
    alt_text = models.CharField(
        _("description of the picture"),
        max_length=300,
        blank=True,
        help_text=_(
            "What it shows, for those who cannot see it: “The branch library on Mill Street, with a"
            " queue at its door”."
        ),
    )
    is_decorative = models.BooleanField(
        _("it only decorates"),
        default=False,
        help_text=_("Nothing is lost to whoever cannot see it, so screen readers leave it out."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it, and under which licence. Stands below the picture."),
    )
    focus_x = models.PositiveSmallIntegerField(
        _("focal point: per cent from the left"),
        default=MIDDLE,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "The point that stays in sight however the picture is cut: 0 is the left edge."
        ),
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point: per cent from the top"),
        default=MIDDLE,
        validators=[MaxValueValidator(100)],
        help_text=_("0 is the upper edge, 100 the lower one."),
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)
    sizes = models.JSONField(default=list, editable=False)

    history = Records()

    class Meta:
        verbose_name = _("lead picture")
        verbose_name_plural = _("lead picture")
        constraints = [
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100), name="lead_picture_focus_within"
            )
        ]

    def __str__(self) -> str:
        return gettext("Lead picture")

    @property
    def filename(self) -> str:
        return Path(self.file.name or "").name

    @property
    def dimensions(self) -> str:
        return f"{self.width} × {self.height}"

    @property
    def shown_alt(self) -> str:
        """The description, as a page gives it; "" for a picture that only decorates."""
        return "" if self.is_decorative else self.alt_text

    def all_sizes(self) -> Iterator[Size]:
        return (Size(*one) for one in self.sizes)

    def sizes_of(self, content_type: str) -> list[Size]:
        """The files of one format, the smallest first."""
        found = (one for one in self.all_sizes() if one.content_type == content_type)
        return sorted(found, key=lambda size: size.width)

    @property
    def shown(self) -> Size:
        """In the shape in which pages show it, for whatever knows no WebP: the widest JPEG."""
        return max(self.sizes_of(JPEG), key=lambda size: size.width / size.height)

    @property
    def beside_words(self) -> Size:
        """The upright one, of share images."""
        return min(self.sizes_of(JPEG), key=lambda size: size.width / size.height)
