"""The list of protected names: a signature with one of them waits for a moderator."""

from collections.abc import Iterable

from django.core.cache import cache

from casa.lib.text import fold
from signatories.models import ProtectedName

SUSPICION = "protected_name"
KEPT = "protected-names"
KEPT_FOR = 5  # seconds; a process of its own knows a new name after that


def is_protected(*names: str) -> bool:
    """Whether one of `names` is on the list, in any spelling and order, or holds all its words.

    A single word is on it only as the whole name: else everybody called so would wait.
    """
    called = [set(fold(name).split()) for name in names if name]
    return any(_matches(words, called) for words in _listed())


def forget() -> None:
    """Read the list anew; called where it is changed."""
    cache.delete(KEPT)


def _matches(listed: frozenset[str], called: Iterable[set[str]]) -> bool:
    if len(listed) == 1:
        return any(words == listed for words in called)
    return any(listed <= words for words in called)


def _listed() -> list[frozenset[str]]:
    found: list[frozenset[str]] | None = cache.get(KEPT)
    if found is None:
        keys = ProtectedName.objects.values_list("key", flat=True)
        found = [frozenset(key.split()) for key in keys if key]
        cache.set(KEPT, found, KEPT_FOR)
    return found
