"""Readonly fields of a signature that show signs of abuse."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext

from signatories.core.personal_data import label
from signatories.models import Signature
from signatories.signing.antispam import suspicions


@admin.display(description=label("suspicions"), ordering="suspicions")
def odd(signature: Signature) -> str:
    labels = suspicions.labels(signature.suspicions)
    if not labels:
        return gettext("Nothing.")
    return format_html_join("", "<p>{}</p>", ((label,) for label in labels))


@admin.display(description=label("network"), ordering="network")
def same_network(signature: Signature) -> str:
    number = suspicions.count_same_network(signature)
    if number < 2:
        return gettext("No other signature came from this network on that day.")
    return ngettext(
        "%(n)d signature came from this network on that day.",
        "%(n)d signatures came from this network on that day.",
        number,
    ) % {"n": number}


FIELDS = (odd, same_network)
