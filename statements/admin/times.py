"""What the screens say of the office's time zone."""

from django.utils.functional import lazy
from django.utils.translation import gettext

from casa.lib.moments import words


def time_zone_sentence() -> str:
    return gettext("All times are those of %(zone)s.") % {"zone": words.zone_name()}


lazy_time_zone_sentence = lazy(time_zone_sentence, str)
