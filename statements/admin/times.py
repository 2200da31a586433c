"""What the screens say of the office's time zone."""

from django.utils import timezone
from django.utils.translation import gettext


def time_zone_name() -> str:
    """The office's zone and how far it is from UTC now: "Europe/Berlin, UTC+01:00"."""
    now = timezone.localtime()
    offset = now.strftime("%z")
    name = timezone.get_current_timezone_name()
    return name if name == "UTC" else f"{name}, UTC{offset[:3]}:{offset[3:]}"


def time_zone_sentence() -> str:
    return gettext("The office’s time: %(zone)s.") % {"zone": time_zone_name()}
