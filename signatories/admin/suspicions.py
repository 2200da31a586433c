"""What looked odd when a signature was posted, in words for staff."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from signatories.models import Signature
from signatories.signing.antispam import suspicions

NEARBY = 5000
"""How many signatures before and after are looked at for the same network: its mark is of a day."""

FIELDS = ("odd", "same_network")


class SuspicionsMixin(admin.ModelAdmin):
    """Readonly fields of one signature that was posted on the site."""

    @admin.display(description=_("what looked odd"))
    def odd(self, signature: Signature) -> str:
        labels = suspicions.labels(signature.suspicions)
        if not labels:
            return gettext("Nothing.")
        return format_html_join("", "<p>{}</p>", ((label,) for label in labels))

    @admin.display(description=_("network"))
    def same_network(self, signature: Signature) -> str:
        nearby = Signature.objects.filter(
            network=signature.network,
            pk__range=(signature.pk - NEARBY, signature.pk + NEARBY),
        )
        number = nearby.count()
        if number < 2:
            return gettext("No other signature came from this network on that day.")
        return ngettext(
            "%(n)d signature came from this network on that day.",
            "%(n)d signatures came from this network on that day.",
            number,
        ) % {"n": number}


ODD = ~Q(suspicions=[])
WAITING = ODD & Q(approved=False, state=Signature.State.CONFIRMED)
