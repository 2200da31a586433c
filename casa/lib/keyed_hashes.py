"""Keyed hashes that outlive a change of SECRET_KEY.

They are made with the key of now, and known again if an earlier one made them that stands in
SECRET_KEY_FALLBACKS, as Django does it for what it signs itself.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hashes(salt: str, value: str) -> list[str]:
    """64 hexadecimal digits each: the hash to keep, then what earlier keys made of `value`."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac(salt, value, secret=key, algorithm="sha256").hexdigest() for key in keys]
