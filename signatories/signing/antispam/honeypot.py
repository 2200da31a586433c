"""The honeypot: a field that people do not see, and the moment the form was opened.

Neither refuses anybody: programs that fill in forms for people fill in such fields too. Whoever
does is asked for work, like anybody else of whom it is asked, and the reason stays with the
signature. So nothing honest is lost, and a script learns nothing.
"""

import time
from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

HIDDEN_FIELD = "subject"  # no browser fills it in by itself; scripts take it for a contact form's
OPENED_FIELD = "opened"
FIELDS = (HIDDEN_FIELD, OPENED_FIELD)

PLACE_OF_MOMENT = "the-moment-stands-here"
"""What the kept form holds where each page, made at most a second before it is sent, says when."""

AT_LEAST = 2  # whole seconds; more is taken for the time of a person
_signer = TimestampSigner(salt="form-opened")


def opened_now() -> str:
    """The signed moment, to the second: made once for all pages of that second."""
    return _stamp(int(time.time()))


@lru_cache(maxsize=2)
def _stamp(second: int) -> str:
    return _signer.sign("form")


def suspicions(post: Mapping[str, str]) -> Iterator[str]:
    """Rules that these fields trip. A form from a page that was kept for long only looks slower."""
    if post.get(HIDDEN_FIELD, ""):
        yield "hidden_field"
    try:
        _signer.unsign(post.get(OPENED_FIELD, ""), max_age=AT_LEAST)
        yield "too_fast"
    except SignatureExpired:
        pass
    except BadSignature:
        yield "no_form"
