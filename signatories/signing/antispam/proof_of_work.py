"""Proof of work (ALTCHA): seconds for one person, hours for a script that signs often.

The widget is django-altcha's, served from our own static files. Each challenge is good for one
post, counted where the limits are counted, so that it holds over all processes.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from csp.decorators import csp_update
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django_altcha import AltchaField

from casa.unsaved.kept_files import Kept
from signatories.core import referrals
from signatories.signing import address_correction
from signatories.signing.antispam import counters, honeypot
from signatories.signing.antispam.counters import Counter
from signatories.signing.forms import SignForm
from statements.models import Edition

FIELD = "altcha"
WITHOUT_FIELD = "without_check"

COST = 100_000
"""Hashes at most, half of it on average: 2 to 3 seconds from click to answer on two busy cores, so
that a phone several times slower stays below ten."""

LONGEST_SOLUTION = 2000  # characters
SINGLE_USE = timedelta(hours=1)  # longer than a challenge is good for


class WorkField(AltchaField):
    def validate(self, value: str) -> None:
        if len(value or "") > LONGEST_SOLUTION:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        super().validate(value)

    def replay_attack_protection(self, payload: str) -> None:
        """Replaces the library's own check, which two simultaneous posts both pass."""
        challenge = json.loads(b64decode(payload))["challenge"]
        now = timezone.now()
        # Two windows are used, because one that ends now would forget.
        seen = [Counter(f"work {challenge}", SINGLE_USE, now + shift) for shift in SHIFTS]
        if max(counters.add(dict.fromkeys(seen, 1)).values()) > 1:
            raise forms.ValidationError(self.error_messages["replay"], code="invalid")


SHIFTS = (timedelta(0), SINGLE_USE)


class WorkForm(forms.Form):
    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        # Made anew for each page: the library keeps the challenge in the field's options.
        self.fields[FIELD] = WorkField(
            maxnumber=COST, auto="onload", hidefooter=True, hidelogo=True,
            strings=_strings() if data is None else None,
        )  # fmt: skip


def _strings() -> dict[str, str]:
    return {
        "label": gettext("Check that no script is signing"),
        "verifying": gettext("Checking: this takes a few seconds"),
        "verified": gettext("Checked"),
        "error": gettext("The check did not work in this browser."),
        "expired": gettext("The check took too long. Tick the box to do it again."),
        "waitAlert": gettext("The check is not finished yet. Please wait a moment."),
    }


def is_solved(request: HttpRequest) -> bool:
    """Whether the post carries a solution that was used by no other post; it is used up by this."""
    return bool(request.POST.get(FIELD)) and WorkForm(request.POST).is_valid()


def without(request: HttpRequest) -> bool:
    """Whether the button was pressed that leaves the work out."""
    return WITHOUT_FIELD in request.POST


def ask(
    request: HttpRequest, edition: Edition, form: SignForm, *, logo: Kept | None = None
) -> HttpResponse:
    """The page that asks for work and holds what was typed; it says nothing of why."""
    typed = [
        (name, value)
        for name in (
            *form.fields,
            *honeypot.FIELDS,
            address_correction.FIELD,
        )
        for value in request.POST.getlist(name)
    ]
    typed += referrals.carried(request).items()
    context = {
        "edition": edition,
        "statement": edition.statement,
        "typed": typed,
        "form": form,
        "work": WorkForm(),
        "logo": logo,
        "lost_files": bool(request.FILES) and logo is None,
    }
    answer = render(request, "signatories/challenge.html", context, status=429)
    # The widget starts its workers from its own script's text.
    csp_update({"worker-src": ["blob:"]})(lambda request: answer)(request)
    return answer
