"""Mistyped domains of well-known mail providers: "gmial.com" for "gmail.com".

The rules stand here and, for the hint beside the field, in static/casa/sign.js; the domains
stand once, in static/casa/mail-domains.json. It is a question, never a correction: whoever
really is at gmial.com signs with that.
"""

import json

from django.conf import settings
from rapidfuzz.distance import OSA

from casa.lib.addresses import domains

DOMAINS: list[str] = json.loads(
    (settings.BASE_DIR / "static/casa/mail-domains.json").read_text(encoding="utf-8")
)
SHORTEST = 8  # letters of a domain that is suggested: short ones are all alike
LONG = 10  # letters from which two slips are believed
SLIPS_OF_COM = ("co", "cm", "om")  # country codes too, and seldom meant


def suggestion(email: str) -> str:
    """The address that was probably meant; "" if the one given looks right."""
    local, _, domain = email.strip().rpartition("@")
    domain = domains.readable(domain).lower()  # where a slip is a letter with an accent
    if not local or domain in DOMAINS:
        return ""
    near = [(distance, other) for other in DOMAINS if (distance := _slips(domain, other))]
    return f"{local}@{min(near)[1]}" if near else ""


def _slips(typed: str, meant: str) -> int:
    """How many letters were slipped on; 0 if `meant` cannot be what was meant."""
    if len(meant) < SHORTEST:
        return 0
    ending, right_ending = typed.rpartition(".")[2], meant.rpartition(".")[2]
    if ending != right_ending and len(ending) == 2 and ending not in SLIPS_OF_COM:
        return 0  # hotmail.be is no slip of hotmail.de
    allowed = 2 if len(meant) >= LONG else 1
    found = OSA.distance(typed, meant)
    return found if found <= allowed else 0
