"""What an answer of the search is made of, and how rows are told apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString

from casa.lib.text import folded

MOST = 1000
"""So many of a kind are counted; beyond, a search is to be made narrower."""

READ_ONE_BY_ONE = 1000
"""So many of the newest rows are read where there is no index: such tables stay small."""


@dataclass(frozen=True)
class Found:
    """A line of the answer."""

    title: SafeString | str
    url: str
    note: str = ""
    passages: Sequence[SafeString] = ()


def has_all(text: str, words: Iterable[str]) -> bool:
    """Whether each of `words` begins a word of `text`; the rule of `casa.lib.db.search`."""
    found = f" {folded(text)}"
    return all(f" {word}" in found for word in words)


def screen_of(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def in_order(rows: Any, keys: Sequence[int]) -> list[Any]:
    """The rows with these keys, in the order of the keys."""
    by_key = {row.pk: row for row in rows.filter(pk__in=keys)}
    return [by_key[key] for key in keys if key in by_key]
