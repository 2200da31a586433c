"""What statements are about: a few topics that staff name in each language of the site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casa.lib.db.history import Records
from statements.models.fields import language_field


class TopicQuerySet(models.QuerySet["Topic"]):
    def named(self) -> TopicQuerySet:
        """With the names, so that they can be written without a query for each."""
        return self.prefetch_related("names")


class Topic(models.Model):
    """Something that several statements are about; visitors filter the list by it."""

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("pk",)

    def __str__(self) -> str:
        """Its name in the language of the page, else in the site's own, else in any."""
        names = {one.language: one.name for one in self.names.all()}
        known = (names.get(code) for code in (get_language(), settings.LANGUAGE_CODE))
        return next(filter(None, (*known, *names.values())), gettext("Topic without a name"))


class TopicName(models.Model):
    """What a topic is called in one language."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="names")
    language = language_field(help_text=_("One name for each language."))
    name = models.CharField(
        pgettext_lazy("of a thing", "name"),
        max_length=80,
        help_text=_("One or two words: “Public libraries”."),
    )

    history = Records()

    class Meta:
        verbose_name = _("name of a topic")
        verbose_name_plural = _("names")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                "topic",
                "language",
                name="topic_one_name_per_language",
                violation_error_message=_("There is already a name in this language."),
            ),
            models.UniqueConstraint(
                "language",
                "name",
                name="topic_name_once",
                violation_error_message=_("Another topic has this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
