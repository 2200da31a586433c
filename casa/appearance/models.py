"""How the site looks and what it says of itself: a draft that staff edit, and what is public.

The draft is one row with its words and links. Making it public stores a copy of all of it
(`PublishedAppearance`), which is never changed: the newest one is what visitors see.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casa.appearance import checking, typefaces
from casa.lib.addresses.fields import EmailAddressField
from casa.lib.db.fields import CheckedCharField, DynamicCharField, UploadField
from casa.lib.db.history import Records
from casa.lib.html.sanitizer import RichTextField


class Header(models.TextChoices):
    PLAIN = "plain", _("Plain: the name on one side, the links on the other")
    BAND = "band", _("Band: the same, white on the second colour")
    CENTRED = "centred", _("Centred: the name in the middle, the links below it")


class Appearance(models.Model):
    """The draft: one row."""

    accent = CheckedCharField(
        _("main colour"),
        max_length=7,
        validators=[checking.check_color],
        help_text=_(
            "Of links, buttons and marks, as # and six signs. It is made darker or lighter by"
            " itself where text in it could not be read."
        ),
    )
    second = CheckedCharField(
        _("second colour"),
        max_length=7,
        blank=True,
        validators=[checking.check_color],
        help_text=_(
            "Of the header where it is a band, and of the line beside what a statement asks. Leave"
            " it empty to use the main colour."
        ),
    )
    typefaces = DynamicCharField(
        _("typefaces"),
        max_length=20,
        choices=lambda: [(key, pair.label) for key, pair in typefaces.PAIRS.items()],
        default=typefaces.DEFAULT,
    )
    header = models.CharField(
        _("top of the page"), max_length=10, choices=Header.choices, default=Header.PLAIN
    )
    shows_name = models.BooleanField(
        _("write the name beside the logo"),
        default=True,
        help_text=_("Switch it off if the logo holds the name."),
    )
    # Keys of pictures; empty for none.
    logo = models.CharField(_("logo"), max_length=16, blank=True, editable=False)
    dark_logo = models.CharField(_("logo in the dark"), max_length=16, blank=True, editable=False)
    icon = models.CharField(_("small picture"), max_length=16, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    history = Records(excluded_fields=["changed_at"])

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearance")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="appearance_one_row")]

    def __str__(self) -> str:
        return gettext("Appearance")


class AppearanceText(models.Model):
    """What the coalition says of itself in one language; empty: as in the site's own language."""

    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    name = models.CharField(
        pgettext_lazy("of a thing", "name"),
        max_length=80,
        blank=True,
        help_text=_("Stands at the top of every page, in mails and in what is printed."),
    )
    tagline = models.CharField(
        _("line below the name"),
        max_length=160,
        blank=True,
        help_text=_("What you do together, in one sentence."),
    )
    postal_address = models.TextField(
        _("postal address"),
        max_length=300,
        blank=True,
        help_text=_("Stands at the end of every page and of every mail."),
    )
    contact_email = EmailAddressField(
        _("e-mail address of the office"),
        blank=True,
        help_text=_("Visitors write there, and answers to our mails arrive there."),
    )
    logo_words = models.CharField(
        _("what the logo shows"),
        max_length=120,
        blank=True,
        help_text=_("For people who do not see it. Empty: the name."),
    )
    fediverse_account = CheckedCharField(
        _("account in the fediverse"),
        max_length=120,
        blank=True,
        validators=[checking.check_account],
        help_text=_(
            "Such as @office@mastodon.example. Mastodon names it beside links to this site; there,"
            " allow this site under “Author attribution”."
        ),
    )
    home_title = models.CharField(
        _("title of the front page"),
        max_length=160,
        blank=True,
        help_text=_("Empty: the line below the name."),
    )
    home_words = RichTextField(
        _("words of the front page"),
        blank=True,
        help_text=_("Stand under its title. Two sentences are enough."),
    )

    history = Records()

    class Meta:
        verbose_name = _("words")
        verbose_name_plural = _("words")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "appearance", "language", name="appearance_text_one_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.language


class AppearanceLink(models.Model):
    """A link that stands on every page in one language."""

    class Place(models.TextChoices):
        HEADER = "header", pgettext_lazy("place", "top of the page")
        FOOTER = "footer", pgettext_lazy("place", "end of the page")
        PROFILE = "profile", pgettext_lazy("place", "end of the page, as our profile elsewhere")

    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="links")
    language = DynamicCharField(_("on pages in"), max_length=12, choices=lambda: settings.LANGUAGES)
    place = models.CharField(_("where"), max_length=10, choices=Place.choices)
    label = models.CharField(_("words"), max_length=40)
    address = CheckedCharField(
        _("address"),
        max_length=300,
        validators=[checking.check_link],
        help_text=_("A page of this site, such as /about/, or an address with https://."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    history = Records()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if self.place == self.Place.PROFILE and self.address:
            try:
                checking.check_profile(self.address)
            except ValidationError as error:
                raise ValidationError({"address": error.messages}) from error


def picture_path(picture: AppearancePicture, filename: str) -> str:
    return f"appearance/{filename}"


class AppearancePicture(models.Model):
    """One size of an upload; all sizes of it have the same key.

    Written by `casa/appearance/pictures.py` alone.
    """

    key = models.CharField(max_length=16)
    file = UploadField(upload_to=picture_path, max_length=200)
    content_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("picture of the appearance")
        verbose_name_plural = _("pictures of the appearance")
        ordering = ("width", "pk")
        constraints = [
            models.UniqueConstraint("key", "width", name="appearance_picture_one_per_size")
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def filename(self) -> str:
        return str(self.file.name).rpartition("/")[2]


class PublishedAppearance(models.Model):
    """All that visitors see of the appearance, as it was when somebody made it public."""

    content = models.JSONField(editable=False)
    at = models.DateTimeField(_("made public"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    restored = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("public appearance")
        verbose_name_plural = _("public appearances")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}"
