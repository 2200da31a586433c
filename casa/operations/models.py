"""What the site's processes tell of themselves."""

from django.db import models
from django.db.models import Q


class SignOfLife(models.Model):
    """That a process of this kind was at work, and when; written by `signs_of_life` alone."""

    process = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "sign of life"
        verbose_name_plural = "signs of life"

    def __str__(self) -> str:
        return self.process


class Measurement(models.Model):
    """What was found last by something that runs seldom; written by `measurements` alone."""

    name = models.CharField(primary_key=True, max_length=20)
    value = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "measurement"
        verbose_name_plural = "measurements"

    def __str__(self) -> str:
        return self.name


class Alarm(models.Model):
    """That something is wrong, from when it was noticed until it was over; see `alarms`."""

    name = models.CharField(max_length=20, help_text="That of its condition.")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When it was last found.")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "alarm"
        verbose_name_plural = "alarms"
        constraints = [
            models.UniqueConstraint("name", condition=Q(ended_at=None), name="alarm_is_on_once")
        ]

    def __str__(self) -> str:
        return self.name
