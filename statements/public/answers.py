"""What was said back to a hand-over: typed in by staff, or by the addressee themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from statements.models import AddresseeAnswer, Delivery, Target


@dataclass(frozen=True)
class Answer:
    """One answer that visitors may read; `own` is the row of one in the addressee's own words."""

    on: date
    words: str
    delivery: Delivery
    own: AddresseeAnswer | None = None

    @property
    def target(self) -> Target | None:
        return self.delivery.target

    @property
    def pk(self) -> str:
        """What names it among the answers of its statement, for good."""
        return f"own/{self.own.pk}" if self.own else str(self.delivery.pk)

    @property
    def signed_words(self) -> str:
        """With who says it below, where they say it themselves."""
        if self.own is None:
            return self.words
        return f"{self.words}\n\n{self.own.name}, {self.own.office}"


def with_answers(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """The same with what `answers_to` reads: one query for all."""
    own = Prefetch("own_answers", AddresseeAnswer.objects.public(), to_attr="public_answers")
    return deliveries.select_related("target").defer("target__email").prefetch_related(own)


def answers_to(delivery: Delivery) -> list[Answer]:
    """What visitors may read of it today, oldest first. The row comes from `with_answers`."""
    row: Any = delivery
    answers = [
        Answer(timezone.localdate(own.sent_at), own.words, delivery, own)
        for own in getattr(row, "public_answers", ())
    ]
    if delivery.answered_on and delivery.answered_on <= timezone.localdate():
        answers.append(Answer(delivery.answered_on, delivery.answer, delivery))
    return sorted(answers, key=lambda answer: answer.on)
