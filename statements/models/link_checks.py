"""What became of the links in a statement when somebody had them looked at."""

from django.db import models


class LinkCheck(models.Model):
    """One address: when it was asked for, and what came of it. A worker does what waits."""

    url = models.CharField(max_length=2000, unique=True)
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.url

    @property
    def waits(self) -> bool:
        return self.checked_at is None or self.checked_at < self.asked_at
