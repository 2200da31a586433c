"""The count of one statement, for the page that is open and for badges elsewhere."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casa.lib.open_data import readable
from signatories.core.tally import tally_in_words
from statements.reading import current_edition


@readable
@require_safe
def count_json(request: HttpRequest, slug: str) -> JsonResponse:
    """{"organizations": 7, "people": 188, "words": "Signed by 7 organizations and 188 people"}

    `words` are in the language of the address, and empty while nobody has signed.
    """
    edition = current_edition(slug)
    organizations, people = edition.organizations, edition.people  # type: ignore[attr-defined]
    tally = tally_in_words(organizations, people)
    words = gettext("Signed by %(tally)s") % {"tally": tally} if tally else ""
    return JsonResponse({"organizations": organizations, "people": people, "words": words})
