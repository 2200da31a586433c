"""One mail about a burst of signatures, to those who decide on names."""

from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from casa.office.staff_mails.readers import message, reader_of, readers_of, write_to
from signatories.models import Burst
from signatories.moderation import bursts
from statements.permissions import is_visible_to

KIND = "casa.burst"


def register_kinds() -> None:
    register(
        KIND,
        burst_noticed,
        label=gettext_lazy("Unusually many signatures from one source"),
        when=gettext_lazy(
            "When many come within an hour from one network, domain or link, to those who decide on"
            " names; once for each burst."
        ),
        sample=lambda: _message(_sample(), 1),
        is_first=False,
    )


def tell(instance: Burst, created: bool, **kwargs: Any) -> None:
    """After a burst was stored, in the transaction that stores it."""
    if created:
        users = [user for user in readers_of("hears_of_names")
                 if is_visible_to(user, instance.statement)]  # fmt: skip
        write_to(users, KIND, burst=instance.pk)


def burst_noticed(mail: OutgoingMail) -> Message | None:
    """Nothing once somebody has decided on it."""
    user = reader_of(mail, "hears_of_names")
    burst = bursts.open_bursts().filter(pk=mail.params["burst"]).first()
    if user is None or burst is None or not is_visible_to(user, burst.statement):
        return None
    return _message(burst, burst.decision_id)


def _message(burst: Any, decision: int) -> Message:
    path = reverse("admin:signatories_decision_progress", args=[decision])
    return message(
        _("Unusually many signatures from one source"),
        "burst",
        number=burst.number,
        by=burst.get_by_display(),
        title=str(burst.statement),
        button_url=absolute(path),
        button_label=_("Look at them"),
    )


def _sample() -> Any:
    title = _("Keep the reading room open on Saturdays")
    return SimpleNamespace(
        number=240, statement=title, get_by_display=lambda: Burst.By.NETWORK.label
    )
