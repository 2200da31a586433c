"""One mail when something is wrong with the site, and one when it is over, to administrators."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib import languages
from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from casa.office.staff_mails.readers import message, reader_of, readers_of, write_to
from casa.operations.alarms import BEGINS, ENDS
from casa.operations.conditions import BY_NAME
from casa.operations.findings import Finding, broken
from casa.operations.models import Alarm


def register_kinds() -> None:
    register(
        BEGINS,
        begins,
        label=gettext_lazy("Something is wrong with the site"),
        when=gettext_lazy(
            "When the worker is silent, mail is stuck, the disk is nearly full and the like, to"
            " administrators; once for each."
        ),
        sample=lambda: _begins(_sample(), _sample_findings()),
        is_first=False,
    )
    register(
        ENDS,
        ends,
        label=gettext_lazy("What was wrong with the site is over"),
        when=gettext_lazy("When it is over, to those who were told."),
        sample=lambda: _ends(_sample()),
        is_first=False,
    )


def tell(alarm: Alarm, kind: str, **kwargs: Any) -> None:
    """In the transaction that stores that an alarm begins or ends."""
    if not settings.ALARM_MAIL_TO:
        write_to(readers_of("hears_of_alarms"), kind, alarm=alarm.pk)
        return
    language = languages.of_office()[0][0]
    for address in settings.ALARM_MAIL_TO:
        queue(kind, to=address, language=language, params={"alarm": alarm.pk})


def begins(mail: OutgoingMail) -> Message | None:
    """Nothing once it is over: the other mail says since when it was."""
    alarm = _alarm_of(mail)
    if alarm is None or alarm.ended_at:
        return None
    return _begins(alarm, BY_NAME[alarm.name].look(), is_staff="user" in mail.params)


def ends(mail: OutgoingMail) -> Message | None:
    alarm = _alarm_of(mail)
    return _ends(alarm, is_staff="user" in mail.params) if alarm else None


def _alarm_of(mail: OutgoingMail) -> Alarm | None:
    """What the mail is about, if its reader still hears of it."""
    if "user" in mail.params:
        hears = reader_of(mail, "hears_of_alarms") is not None
    else:
        hears = mail.to in settings.ALARM_MAIL_TO
    alarm = Alarm.objects.filter(pk=mail.params["alarm"], name__in=BY_NAME).first()
    return alarm if hears else None


def _begins(alarm: Any, found: list[Finding], *, is_staff: bool = True) -> Message:
    return _message("alarm", str(BY_NAME[alarm.name].label), alarm, is_staff, findings=found)


def _ends(alarm: Any, *, is_staff: bool = True) -> Message:
    subject = _("Over: %(what)s") % {"what": BY_NAME[alarm.name].label}
    return _message("alarm_over", subject, alarm, is_staff)


def _message(template: str, subject: str, alarm: Any, is_staff: bool, **more: Any) -> Message:
    return message(
        subject,
        template,
        what=str(BY_NAME[alarm.name].label),
        since=_local(alarm.began_at),
        until=_local(alarm.ended_at),
        is_staff=is_staff,
        button_url=absolute(reverse("admin:operations")),
        button_label=_("How the site is running"),
        **more,
    )


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _sample() -> Any:
    until = timezone.now()
    return SimpleNamespace(name="mail", began_at=until - timedelta(hours=2), ended_at=until)


def _sample_findings() -> list[Finding]:
    return [
        broken(
            _("The mail that waits longest has waited for %(time)s.") % {"time": "1:10"},
            _("Does the worker work, and does the mail server take mail?"),
        )
    ]
