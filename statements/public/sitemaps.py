"""What search engines shall know of statements."""

from datetime import datetime

from django.db.models import OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils import timezone

from casa.lib.sitemaps import SiteSitemap
from statements.models import Edition, Statement, StatementQuerySet, Update


class StatementSitemap(SiteSitemap):
    def items(self) -> StatementQuerySet:
        words = Edition.objects.current().only("statement", "language", "published_at")
        posted = Update.objects.filter(statement=OuterRef("pk"), posted_at__lte=timezone.now())
        return (
            Statement.objects.public()
            .newest_first()
            .annotate(news=Subquery(posted.order_by("-posted_at").values("posted_at")[:1]))
            .prefetch_related(Prefetch("editions", words, to_attr="current_editions"))
        )

    def languages_of(self, item: Statement) -> list[str]:
        editions: list[Edition] = item.current_editions  # type: ignore[attr-defined]
        codes = [edition.language for edition in editions]
        return sorted(codes, key=lambda code: code != item.language)

    def lastmod(self, item: Statement) -> datetime:
        editions: list[Edition] = item.current_editions  # type: ignore[attr-defined]
        moments = [item.publish_at, item.news, *(one.published_at for one in editions)]  # type: ignore[attr-defined]
        return max(moment for moment in moments if moment is not None)


class EditionSitemap(SiteSitemap):
    """The lists of editions, of statements that were corrected. Earlier texts are not indexed."""

    def items(self) -> StatementQuerySet:
        return Statement.objects.public().filter(last_number__gt=1).newest_first()

    def location(self, item: Statement) -> str:
        return reverse("statements:editions", args=[item.slug])
