"""The count of one statement, for the page that is open and for badges elsewhere."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casa.lib.open_data import readable
from signatories.core import paper, tally
from signatories.core.goals import goal_of
from statements.reading import current_edition


@readable
@require_safe
def count_json(request: HttpRequest, slug: str) -> JsonResponse:
    """{"organizations": 7, "people": 188, "earlier": {"organizations": 0, "people": 0},
    "collected": {"organizations": 0, "people": 0}, "paper": 0, "words": "Signed by 7
    organizations and 188 people", "numbers": [["", "188", " people"], ["", "7", " organizations"]],
    "goal": [250, 188, "62 more people until 250"]}

    `earlier` is the part under an earlier text, `collected` the part whose names the organizer
    collected on paper, by mail, by a partner or by a form elsewhere. `paper` are signatures on
    paper that the organizer counted; they are in no other number.
    `goal` is the number that the office wants, how many of these there are, and words on it; or
    null. `words` and `numbers` are in the language of the address, and empty while nobody has
    signed.
    """
    signed_of = current_edition(slug)
    signed = tally.signed_beside(signed_of)
    words = gettext("Signed by %(tally)s") % {"tally": signed.in_words} if signed else ""
    earlier = asdict(signed.earlier)
    statement = signed_of.statement
    collected = asdict(tally.collected_of([statement])[statement.pk])
    on_paper = paper.number_of(statement)
    told = {"earlier": earlier, "collected": collected, "paper": on_paper, "words": words}
    told["numbers"] = signed.all.numbers
    told["goal"] = goal_of(statement, signed.all.people)
    return JsonResponse({**asdict(signed.all), **told})
