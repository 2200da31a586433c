"""What came of a statement: to whom it was handed over, when, and how it was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext, ngettext

from casa.lib.moments.words import written_out
from casa.lib.text import unparted
from statements.models import Delivery
from statements.public.answers import Answer, answers_to
from statements.public.enumeration import first_named, put_together


@dataclass(frozen=True)
class Outcome:
    """The hand-overs of a statement that visitors may know of, oldest first; at least one."""

    deliveries: Sequence[Delivery]

    @property
    def last(self) -> Delivery:
        return self.deliveries[-1]

    @property
    def handed_over(self) -> str:
        """ "Handed over to the council and 2 others on 5 March 2026", the last of them."""
        day = written_out(self.last.delivered_on)
        if not (names := self._addressees()):
            return gettext("Handed over on %(day)s") % {"day": day}
        first = first_named(names, len(names))
        told = gettext("Handed over to %(targets)s on %(day)s")
        return told % {"targets": _and_others(first, len(names) - len(first)), "day": day}

    @property
    def answer(self) -> Answer | None:
        """What was answered last."""
        answers = [answer for one in self.deliveries for answer in answers_to(one)]
        return max(answers, key=lambda one: (one.on, one.delivery.pk), default=None)

    @property
    def answered(self) -> str:
        """ "Answered on 9 March 2026"; "" where it was not."""
        if (answer := self.answer) is None:
            return ""
        return gettext("Answered on %(day)s") % {"day": written_out(answer.on)}

    @property
    def in_words(self) -> str:
        return " · ".join(part for part in (self.handed_over, self.answered) if part)

    def _addressees(self) -> list[str]:
        names = (one.target.name for one in self.deliveries if one.target)
        return list(dict.fromkeys(names))


def _and_others(names: Sequence[str], number: int) -> str:
    words = ngettext("%(number)s other", "%(number)s others", number)
    others = unparted(words % {"number": intcomma(number)})
    return put_together([*names, *([others] if number else [])])


def outcome_of(deliveries: Sequence[Delivery]) -> Outcome | None:
    """Of hand-overs that were made by now, oldest first; None where nothing was handed over."""
    return Outcome(deliveries) if deliveries else None
