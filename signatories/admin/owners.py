"""Changes by the owner of a signature while staff had it open: they stay, and staff are told."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from casa.lib.concurrent_edits import rules
from casa.lib.concurrent_edits.opened import digest
from signatories.core.personal_data import RETYPED
from signatories.models import Signature, SignatureEvent
from signatories.self_service import editing

NEWS: dict[str, Promise] = {
    editing.CHANGED: _("Its signer changed it on %(moment)s, after you opened it."),
    editing.CHANGED_UNSEEN: _("Its signer changed it on %(moment)s, after you opened it."),
    editing.WITHHELD: _("Its signer had the name withheld on %(moment)s, after you opened it."),
    editing.SHOWN: _("Its signer had the name shown again on %(moment)s, after you opened it."),
}
WITHDRAWN = _("Its signer withdrew it on %(moment)s, after you opened it.")


def owned(signature: Signature, since: datetime) -> Collection[str]:
    """The fields that their owner set after `since`."""
    names: set[str] = set()
    for event in _of_owner(signature, since):
        if event.reason in (editing.WITHHELD, editing.SHOWN):
            names.add("name_withheld")
        elif _kind(event):
            names |= set(editing.own_fields(signature))
    if signature.consented_at and signature.consented_at >= since:
        names |= set(RETYPED)  # somebody filled in the public form again
    return names


def news(signature: Signature, since: datetime) -> list[str]:
    """A sentence on each thing that the owner did after `since`."""
    return list(_sentences(signature, since))


def last_change(signature: Signature, name: str) -> rules.Change | None:
    """Its rows are not copied at each save; its events say who."""
    event = signature.events.select_related("by").last()
    return rules.Change(str(event.by or ""), event.at, event.by_id) if event else None


def _sentences(signature: Signature, since: datetime) -> Iterator[str]:
    for event in _of_owner(signature, since):
        is_withdrawn = event.from_state != event.to_state == Signature.State.WITHDRAWN
        sentence = WITHDRAWN if is_withdrawn else NEWS.get(_kind(event))
        if sentence:
            moment = date_format(localtime(event.at), "DATETIME_FORMAT")
            yield str(sentence) % {"moment": moment}


def _of_owner(signature: Signature, since: datetime) -> list[SignatureEvent]:
    return list(signature.events.filter(by=None, at__gte=since))


def _kind(event: SignatureEvent) -> str:
    return next((kind for kind in NEWS if event.reason.startswith(kind)), "")


rules.register(
    Signature,
    rules.Rules(
        # Whoever signed for an organization may have their details erased; the row stays.
        identity=lambda signature: digest(signature.nonce),
        last_change=last_change,
        owned=owned,
        news=news,
    ),
)
