"""What statements are about: the office's list of topics, each named in the site's languages."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casa.lib.admin import OfficeAdmin
from statements.admin.texts import LanguageChoiceMixin
from statements.models import Topic, TopicName


class TopicNameInline(LanguageChoiceMixin, admin.TabularInline):
    model = TopicName
    fields = ("language", "name")
    min_num = 1
    extra = 0
    validate_min = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        options = {"min_num": 1, "validate_min": True, "max_num": len(settings.LANGUAGES)}
        return super().get_formset(request, obj, **{**options, **kwargs})


@admin.register(Topic)
class TopicAdmin(OfficeAdmin):
    list_display = ("name", "used")
    list_display_links = ("name",)
    first_step = _("No topics yet. Add one, and choose it on a statement’s screen.")
    fields = ()
    inlines = (TopicNameInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        topics = super().get_queryset(request).prefetch_related("names")
        return topics.annotate(used=Count("statements"))

    @admin.display(description=_("topic"))
    def name(self, topic: Topic) -> str:
        return str(topic)

    @admin.display(description=_("statements"), ordering="used")
    def used(self, topic: Topic) -> int:
        return topic.used  # type: ignore[attr-defined]
