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


class DataKey(models.Model):
    """A key that something in the database was encrypted or hashed with; the key is not here.

    Written by `data_keys` alone.
    """

    name = models.CharField(primary_key=True, max_length=20)
    proof = models.CharField(
        max_length=120, help_text="What tells whether a key of that name is this one."
    )
    made_at = models.DateTimeField(auto_now_add=True)
    lost_at = models.DateTimeField(null=True, help_text="Since when nobody has it any more.")

    class Meta:
        default_permissions = ()

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


class Resealing(models.Model):
    """How far a worker has come with encrypting everything anew, with the newest key."""

    class State(models.TextChoices):
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"

    key = models.CharField(max_length=20, help_text="The name of the key.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    table = models.CharField(max_length=63, blank=True, help_text="The one it is at.")
    row = models.CharField(max_length=64, blank=True, help_text="The key of its last row there.")
    done = models.PositiveBigIntegerField(default=0, help_text="Rows that were encrypted anew.")
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
