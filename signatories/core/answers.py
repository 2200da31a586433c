"""Answers to the office's own question: who may read one, and how many gave which."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casa.lib.db.sealed import Unreadable
from signatories.models import Signature
from statements.models import Statement
from statements.own_question import OwnQuestion, question_of

MOST_COUNTED = 200


def is_shown(signature: Any, question: OwnQuestion | None) -> bool:
    """Whether visitors may read what somebody answered.

    Only of people who are named and were told so, while staff have answers shown.
    """
    return bool(
        question
        and question.is_public
        and signature.answer
        and not isinstance(signature.answer, Unreadable)
        and signature.answer_public
        and not signature.name_withheld
        and signature.organization_id is None
    )


def with_answers(signatures: Iterable[Signature], statement: Statement) -> list[Signature]:
    """The same, each with what visitors may read of its answer, in their language."""
    found, question = list(signatures), question_of(statement)
    for one in found:
        if question and is_shown(one, question):
            one.shown_answer = question.shown(one.answer)
    return found


@dataclass(frozen=True)
class Counted:
    """How many counted signatures gave one answer; `is_offered` to the question of today."""

    question: str
    answer: str
    number: int
    is_offered: bool


def count(statement: Statement) -> list[Counted]:
    """By question and answer, those of today's first and the most frequent first; MOST_COUNTED."""
    given = Signature.objects.counted().filter(statement=statement).exclude(answer="")
    # They lie encrypted, so no database can count them.
    rows = Counter(given.order_by().values_list("question", "answer").iterator())
    most = sorted(rows.items(), key=lambda one: (-one[1], *one[0]))[:MOST_COUNTED]
    found = [(question, answer, number) for (question, answer), number in most]
    today = question_of(statement)
    asked = today.asked if today else None
    offered = {value for value, _shown in today.choices} if today else set()
    counted = [
        Counted(
            question, answer, number,
            question == asked and (not offered or answer in offered),
        )
        for question, answer, number in found
    ]  # fmt: skip
    return sorted(counted, key=lambda one: not one.is_offered)
