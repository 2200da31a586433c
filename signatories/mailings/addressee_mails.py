"""What an addressee is told: how many signed, the newest organizations, and where to read it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib.addresses import mailboxes
from casa.lib.contact_details import harmless
from casa.lib.http import absolute
from casa.mail.kinds import Message, Trouble, register
from casa.mail.models import OutgoingMail
from signatories.core import mail_samples
from signatories.core.tally import Signed, Tally
from signatories.mailings import addressees
from signatories.models import AddresseeMailing, AddresseeNotice, Signature
from statements import mail_subjects
from statements.models import Edition, Statement, Target
from statements.reading import current_edition

NEWEST = 10
State = AddresseeMailing.State


def register_kinds() -> None:
    register(
        addressees.KIND,
        tell,
        label=gettext_lazy("How many signed, to an addressee"),
        when=gettext_lazy("At every so many signatures or weekly, where staff switched it on."),
        sample=sample,
        on_trouble=note_trouble,
    )


def tell(mail: OutgoingMail) -> Message | None:
    """Nothing once it was stopped or is over, or where the addressee's address is another."""
    notices = AddresseeNotice.objects.select_related("mailing__target__statement")
    notice = notices.filter(pk=mail.params["notice"], mailing__state=State.ON).first()
    if notice is None:
        return None
    target = notice.mailing.target
    if not target.email or mailboxes.in_ascii(target.email) != mail.to:
        return None
    if addressees.end_of(target):
        return None
    return message(target, notice.mailing.every, _signed(notice))


def _signed(notice: AddresseeNotice) -> Signed:
    earlier = Tally(notice.earlier_organizations, notice.earlier_people)
    return Signed(Tally(notice.organizations, notice.people), earlier)


def message(target: Target, every: int | None, signed: Signed) -> Message:
    """The mail with these numbers, in the active language."""
    statement = target.statement
    return _message(
        target, every, signed, edition=current_edition(statement.slug), newest=_newest(statement)
    )


def _newest(statement: Statement) -> list[str]:
    signatures = Signature.objects.public().organizations().filter(statement=statement)
    newest = signatures.as_listed().newest_first()[:NEWEST]
    names = [harmless(one.displayed_name) for one in newest if one.is_named]
    return [name for name in names if name]


def _message(
    target: Target, every: int | None, signed: Signed, *, edition: Edition, newest: list[str]
) -> Message:
    statement = target.statement
    return Message(
        subject=_("How many have signed what is addressed to you"),
        template="addressee",
        context={
            "edition": edition,
            "target": target.name,
            "office": target.office,
            "signed": signed.in_words,
            "newest": newest,
            "every": every,
            "button_url": absolute(statement.get_absolute_url()),
            "button_label": _("Read the statement and who signed"),
            "list_url": absolute(reverse("signatories:list", args=[statement.slug])),
        },
        about=mail_subjects.about(statement),
    )


def sample() -> Message:
    edition = mail_samples.edition()
    target = Target(statement=edition.statement, name=_("The council"))
    newest = ["River Trust", "Alder Valley Anglers"]
    return _message(target, 100, Signed(Tally(12, 340)), edition=edition, newest=newest)


def note_trouble(mail: OutgoingMail, trouble: Trouble | None) -> None:
    """A mailbox that is not there, or whose owner complains, is written to no more."""
    notice = (
        AddresseeNotice.objects.filter(mail=mail.pk)
        .select_related("mailing__target__statement")
        .first()
    )
    if notice and trouble in (Trouble.HARD, Trouble.COMPLAINT):
        addressees.end(notice, is_complaint=trouble == Trouble.COMPLAINT)
