"""The rules that find a post suspicious, each with a weight and words for staff.

A rule says "look again", never "no": each of them is true of some honest people. What was found is
stored with the signature and shown to staff only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casa.lib.addresses import free_mail
from signatories.core import protected_names
from signatories.core.personal_data import ASKED
from signatories.models import Signature
from signatories.signing.submission import Submission


@dataclass(frozen=True)
class Rule:
    label: Any
    weight: int


RULES = {
    "hidden_field": Rule(_("A field was filled in that people do not see."), 2),
    "too_fast": Rule(_("The form was sent within three seconds of being opened."), 2),
    "no_form": Rule(_("The form was sent without being opened first."), 1),
    "disposable": Rule(_("The address is of a throw-away mail service."), 2),
    "links": Rule(_("The text holds web addresses."), 1),
    "same_name": Rule(_("Many addresses signed with this name within an hour."), 2),
    "many_from_network": Rule(_("Many signatures came from the same network in a short time."), 1),
    "protected_name": Rule(_("The name is on the list of protected names."), 4),
    "without_work": Rule(_("The check against scripts was left out."), 1),
}

NEARBY = 5000
"""How many signatures before and after one are searched for others from its network."""

ASK_FROM = 2
"""Together so heavy, work is asked for."""

HOLD_FROM = 4
"""Together so heavy, a signature waits for a moderator, also where names stand at once."""

SAME_NAME_FROM = 6
"""So many posts of one name, under one statement and within an hour."""


def weight(keys: Iterable[str]) -> int:
    """How heavy what was found is; a rule that is no more weighs nothing."""
    return sum(RULES[key].weight for key in keys if key in RULES)


def asks_for_work(keys: Iterable[str]) -> bool:
    return weight(keys) >= ASK_FROM


def holds(keys: Iterable[str]) -> bool:
    return weight(keys) >= HOLD_FROM


def labels(keys: Iterable[str]) -> list[str]:
    """What was found, in words, the heaviest first."""
    known = sorted((RULES[key] for key in keys if key in RULES), key=lambda rule: -rule.weight)
    return [str(rule.label) for rule in known]


def in_submission(submission: Submission) -> Iterator[str]:
    """The rules that the typed words alone decide."""
    if free_mail.is_disposable(submission.email):
        yield "disposable"
    if protected_names.is_protected(submission.name, submission.organization):
        yield protected_names.SUSPICION
    texts = (str(getattr(submission, name)) for name in ASKED if name != "email")
    if any("://" in text or "www." in text.casefold() for text in texts):
        yield "links"


def count_same_network(signature: Signature) -> int:
    """How many signatures, this one included, came from its network on the same day.

    The pseudonym of a network changes every day, so that only rows created about the same time
    are read.
    """
    nearby = (signature.pk - NEARBY, signature.pk + NEARBY)
    return Signature.objects.filter(network=signature.network, pk__range=nearby).count()
