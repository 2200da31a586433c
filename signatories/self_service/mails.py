"""The mail with the private links of an address."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.mail import stops
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from signatories.core import bounces, mail_samples, reconsent_questions, tokens
from signatories.core.mails import harmless_name
from signatories.models import Signature
from signatories.self_service import private_links


def register_kinds() -> None:
    register(
        private_links.KIND,
        links,
        label=gettext_lazy("Private link, asked for"),
        when=gettext_lazy("When somebody asks for their private links by address."),
        sample=lambda: _links([mail_samples.signature(state=Signature.State.CONFIRMED)]),
        on_trouble=bounces.record_bounce,
    )


def links(mail: OutgoingMail) -> Message | None:
    """The private links to all that was signed with an address; nothing if nobody signed."""
    found = list(private_links.listed(mail))
    return _links(found) if found else None


def _links(signatures: list[Signature]) -> Message:
    return Message(
        subject=_("Your signatures and your private links"),
        template="private_links",
        context={
            "links": [
                {
                    "title": reconsent_questions.signed_edition(one).title
                    if one.statement.is_public()
                    else "",
                    "name": harmless_name(one.displayed_name),
                    "url": tokens.manage_url(one),
                }
                for one in signatures
            ],
            "days": tokens.LIFETIME[tokens.MANAGE].days,
        },
        about=stops.ALL,
    )
