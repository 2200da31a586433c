"""A word that names what follows it."""

from django.utils.translation import pgettext


def with_colon(label: object) -> str:
    """ "Published:", as the active language sets a colon; French has a narrow space before it."""
    return pgettext("before what it names", "%(label)s:") % {"label": label}
