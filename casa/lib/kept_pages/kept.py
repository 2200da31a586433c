"""The answers that are kept: which may be, and how they are given."""

import hashlib
import re
from dataclasses import dataclass
from typing import cast

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from casa.lib.kept_pages import generation, marks

SECONDS = 1.0
RENEWED_AFTER = 0.5
"""Seconds after which one visitor has the page made anew, while others get what is there."""

LARGEST = 1024**2  # bytes
BESIDES_HEADER = 160
"""Bytes that Python takes for a header beside its letters: two strings and their pair."""

S_MAXAGE, MAX_AGE = re.compile(r"s-maxage=(\d+)"), re.compile(r"\bmax-age=(\d+)")
REFUSED = ("private", "no-store", "no-cache")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and how things stood before it was made."""

    made_at: float
    generation: str
    headers: tuple[tuple[str, str], ...]
    content: bytes

    def __len__(self) -> int:
        headers = sum(len(name) + len(value) + BESIDES_HEADER for name, value in self.headers)
        return len(self.content) + headers

    @property
    def age(self) -> float:
        return now() - self.made_at

    def answer(self) -> HttpResponse:
        response = HttpResponse(self.content, headers=dict(self.headers))
        response.headers["Age"] = str(int(self.age))
        return response


def now() -> float:
    return timezone.now().timestamp()


def key(request: HttpRequest) -> str:
    """The key of an answer: the host by which we were asked, the scheme, the path and the query.

    Raises DisallowedHost. The query is what KnownParametersMiddleware left of it.
    """
    host = request.get_host().rsplit(":", 1)[0].lower()
    asked = f"{request.scheme} {host} {request.path_info} {request.META.get('QUERY_STRING', '')}"
    return hashlib.sha256(asked.encode()).hexdigest()


def find(key: str) -> Kept | None:
    """What is kept under `key` and may still be given."""
    found: Kept | None = caches[marks.ALIAS].get(key)
    if found is None or not 0 <= found.age < SECONDS:
        return None
    return found if found.generation == generation.current() else None


def keep(key: str, response: HttpResponse, *, made_at: float, under: str) -> None:
    """Keep an answer that was begun at `made_at`, when the generation was `under`."""
    kept = Kept(made_at, under, tuple(response.headers.items()), response.content)
    caches[marks.ALIAS].set(key, kept, SECONDS)


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is the same for everybody, and says that caches may share it."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if "Content-Encoding" in response:  # not everybody takes it
        return False
    if "CSRF_COOKIE" in request.META or "'nonce-" in response.get("Content-Security-Policy", ""):
        return False
    if response.get("Vary", "Accept-Encoding") != "Accept-Encoding":
        return False
    policy = response.get("Cache-Control", "")
    if not policy.startswith("public") or any(word in policy for word in REFUSED):
        return False
    seconds = S_MAXAGE.search(policy) or MAX_AGE.search(policy)
    is_long = seconds is not None and int(seconds[1]) >= SECONDS
    return is_long and len(cast("HttpResponse", response).content) <= LARGEST
