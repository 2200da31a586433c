"""A chosen logo is kept while another field of the form is corrected.

It is kept as it came, and read once all is right, as if it had been chosen just then.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from casa.unsaved import kept_files
from casa.unsaved.kept_files import Kept
from signatories.models import Signature
from signatories.signing.antispam import rate_limits
from signatories.signing.forms import SignForm

LOGO, PREFIX = "logo", "kept_"
FIELD = PREFIX + LOGO
"""Carries the secret of the one that is kept."""


def take(request: HttpRequest) -> None:
    """Put the logo that was kept where it would be, had it been chosen again."""
    secret = request.POST.get(FIELD, "")
    if secret and LOGO not in request.FILES and (upload := kept_files.find(secret)):
        request.FILES[LOGO] = upload


def keep(request: HttpRequest, form: SignForm) -> Kept | None:
    """Keep the logo of a form that is not done yet, if it is one as far as can be told."""
    upload = form.files.get(LOGO)
    is_asked = form.cleaned_data.get("kind") == Signature.Kind.ORGANIZATION
    if not upload or not is_asked or LOGO in form.errors:
        return None
    is_kept = isinstance(upload, kept_files.KeptUpload)
    if not is_kept and not rate_limits.allow(request, FIELD):
        return None
    return kept_files.keep(upload)


def say(request: HttpRequest, form: SignForm) -> None:
    """Keep it, and say so beside its field; or that it has to be chosen again."""
    kept = keep(request, form)
    if kept:
        form[LOGO].help_text = kept.field(LOGO, PREFIX)
    elif form.files.get(LOGO) and LOGO not in form.errors and LOGO in form.fields:
        form.add_error(LOGO, _("Please choose the picture again: it could not be kept meanwhile."))


def forget(request: HttpRequest) -> None:
    """It was read, and is stored with what was signed."""
    if secret := request.POST.get(FIELD):
        kept_files.forget([secret])
