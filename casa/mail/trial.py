"""A mail that tests the mail settings; `manage.py send_test_mail` queues it."""

from django.conf import settings
from django.utils.translation import gettext as _

from casa.appearance import reading
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail

KIND = "mail.test"


def build(mail: OutgoingMail) -> Message:
    return sample()


def sample() -> Message:
    return Message(
        subject=_("Test message from %(site)s") % {"site": reading.words().name},
        template="test",
        context={"button_url": f"{settings.SITE_URL}/", "button_label": _("Open the site")},
    )
