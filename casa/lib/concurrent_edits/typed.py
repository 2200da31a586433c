"""What was typed into a form that cannot be saved any more, to be read and copied."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from casa.lib.concurrent_edits.opened import Opened, Values
from casa.lib.html.sanitizer import RichTextField, clean


@dataclass(frozen=True)
class Words:
    label: str
    text: str
    is_rich: bool


def words(
    model: type[models.Model],
    inlines: Iterable[type[models.Model]],
    data: Any,
    was: Opened | None,
) -> Iterator[Words]:
    """The fields that differ from what the form was opened with."""
    kept = was.values if was else {}
    yield from _of(model, data, "", kept)
    for inline in inlines:
        for prefix, number in _rows(inline, data):
            rows = was.rows.get(prefix, {}) if was else {}
            pk = data.get(f"{prefix}-{number}-id", "")
            yield from _of(inline, data, f"{prefix}-{number}-", rows.get(pk, {}))


def _rows(inline: type[models.Model], data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(prefix, number) of the posted rows of a model: the prefix is the name of its relation."""
    names = {
        one.remote_field.get_accessor_name()
        for one in inline._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and one.remote_field.get_accessor_name()
    }
    matches = (re.fullmatch(r"(\w+)-(\d{1,3})-\w+", key) for key in data)
    found = {(match[1], match[2]) for match in matches if match and match[1] in names}
    return sorted(found, key=lambda one: (one[0], int(one[1])))


def _of(model: type[models.Model], data: Any, prefix: str, kept: Values) -> Iterator[Words]:
    for field in model._meta.concrete_fields:
        texts = data.getlist(f"{prefix}{field.name}")
        if isinstance(field, models.ForeignKey | models.BooleanField) or field.primary_key:
            continue
        text = "\n".join(texts).replace("\r\n", "\n").strip()
        if text and text != str(kept.get(field.name) or "").strip():
            yield _shown(field, text)


def _shown(field: Any, text: str) -> Words:
    is_rich = isinstance(field, RichTextField)
    label = capfirst(str(field.verbose_name))
    chosen = {str(key): str(name) for key, name in field.flatchoices or ()}
    return Words(label, clean(text) if is_rich else chosen.get(text, text), is_rich)
