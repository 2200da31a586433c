"""The purposes of an export: each has its signatures, their order, and its columns.

A preset narrows what was chosen, and nothing on the form widens it again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Min, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.mail import stops
from casa.mail.models import OutgoingMail
from signatories.models import Signature, SignatureQuerySet
from statements import mail_subjects

Trouble = OutgoingMail.Trouble


@dataclass(frozen=True)
class Preset:
    label: Promise
    sentence: Promise
    columns: tuple[str, ...]
    narrow: Callable[[SignatureQuerySet], SignatureQuerySet]
    order: tuple[object, ...] = ("pk",)
    contact: bool = False


def _named(rows: SignatureQuerySet) -> SignatureQuerySet:
    return rows.counted().named()


def _subscribed(rows: SignatureQuerySet) -> SignatureQuerySet:
    """One signature for each mailbox whose owner confirmed it and asked for news."""
    asked = rows.counted().filter(wants_updates=True, original_line="").exclude(email="")
    reached = asked.exclude(mail_trouble__in=(Trouble.HARD, Trouble.COMPLAINT))
    firsts = reached.order_by().values("email_key").annotate(first=Min("pk")).values("first")
    return rows.filter(pk__in=firsts).exclude(pk__in=_stopped(reached))


def _stopped(rows: QuerySet[Signature]) -> list[int]:
    """Those whose mailbox gets no mail about the statement any more, or none at all."""
    every = stops.EveryStop()
    if not every:
        return []
    found = rows.order_by().select_related("statement").only("pk", "email", "statement")
    return [
        one.pk
        for one in found.iterator(chunk_size=500)
        if every.stand(one.email, mail_subjects.about(one.statement))
    ]


PRESETS = {
    "handover": Preset(
        _("For the hand-over"),
        _(
            "Names that count and stand in public, the lead signatories first. Who withholds their"
            " name is left out."
        ),
        ("kind", "shown_as", "role", "affiliation", "city", "country"),
        _named,
        (F("lead_position").asc(nulls_last=True), "kind", "sort_key", "pk"),
    ),
    "printer": Preset(
        _("For the printer"),
        _("The same names with as little beside them as a printed list needs."),
        ("shown_as", "role", "city"),
        _named,
        (F("lead_position").asc(nulls_last=True), "kind", "sort_key", "pk"),
    ),
    "newsletter": Preset(
        _("For the newsletter"),
        _(
            "Only signers who asked for news and confirmed their mailbox, each mailbox once;"
            " without those that mail does not reach and those that want no more."
        ),
        ("shown_as", "email", "language"),
        _subscribed,
        contact=True,
    ),
}
