"""What the site's processes tell of themselves."""

from django.db import models


class SignOfLife(models.Model):
    """That a process of this kind was at work, and when; written by `signs_of_life` alone."""

    process = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "sign of life"
        verbose_name_plural = "signs of life"

    def __str__(self) -> str:
        return self.process
