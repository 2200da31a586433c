"""What the sign form of a statement asks, and the sentence its signers agree to."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Ask(models.TextChoices):
    """Whether a detail is asked of signers."""

    NO = "no", _("Not asked")
    OPTIONAL = "optional", _("Optional")
    REQUIRED = "required", _("Required")


def ask_field(name: Any, default: Ask, help_text: Any = "") -> models.CharField:
    return models.CharField(
        name, max_length=8, choices=Ask.choices, default=default, help_text=help_text
    )


class QuestionKind(models.TextChoices):
    """What an answer to the office's own question is."""

    NONE = "none", _("No question of our own")
    TEXT = "text", _("Answered in own words")
    CHOICE = "choice", _("One of the answers that you offer")


class SignFormOptions(models.Model):
    """The options of a statement's sign form. Name and e-mail address are always asked."""

    ask_role = ask_field(_("role or profession"), Ask.OPTIONAL)
    ask_affiliation = ask_field(
        _("organization of a person"),
        Ask.OPTIONAL,
        _("For identification only: the organization does not sign by it."),
    )
    ask_city = ask_field(_("town or city"), Ask.OPTIONAL)
    ask_country = ask_field(_("country"), Ask.NO)
    ask_region = ask_field(
        _("state or region"),
        Ask.NO,
        _("Asked only of signers in countries where people use one in addresses."),
    )
    ask_postal_code = ask_field(
        _("postal code"), Ask.NO, _("Never shown in public; kept for the hand-over.")
    )
    ask_comment = ask_field(_("a comment"), Ask.NO, _("Read by the office; never shown in public."))
    question_kind = models.CharField(
        _("your own question"),
        max_length=6,
        choices=QuestionKind.choices,
        default=QuestionKind.NONE,
        help_text=_("Its words are written below, in each language."),
    )
    question_required = models.BooleanField(
        _("has to be answered"), default=False, help_text=_("Else it is folded away.")
    )
    question_public = models.BooleanField(
        _("answers are public"),
        default=False,
        help_text=_(
            "Shown beside the names of people in the list of who signed, to whoever reads. What was"
            " answered while they were not public is never shown. Switch it off to hide them all."
        ),
    )
    may_withhold = models.BooleanField(
        _("names may be withheld"),
        default=True,
        help_text=_("People may ask to be counted and not named. Organizations are always named."),
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("minimum age"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Signers declare that they are at least so old. Leave empty for no minimum."),
    )
    shared_mailboxes = models.BooleanField(
        _("two people may share a mailbox"),
        default=False,
        help_text=_("For couples: two different names may sign from one e-mail address."),
    )

    class Meta:
        abstract = True
