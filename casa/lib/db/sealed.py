"""Model fields whose values lie encrypted in the database.

Code reads and writes them as any other; queries cannot compare them, and refuse it with a sentence.
What was stored before is read as it lies there, and encrypted by the next `migrate`. Where the key
of a value is lost, something `Unreadable` takes its place, which is stored again as it was.
"""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.fields.json import JSONExact
from django.db.models.lookups import Exact, IsNull
from django.utils.translation import gettext_lazy as _

from casa.lib import data_keys
from casa.lib.data_keys import MARK, UnknownKeyError
from casa.lib.db.fields import MigratedPlainly

WORDS = _("(unreadable: its key is lost)")


class Unreadable:
    """Mixin of what stands for a value that cannot be read; `stored` is what the database has."""

    stored: Any


class UnreadableText(Unreadable, str):
    pass


class UnreadableBytes(Unreadable, bytes):
    pass


class UnreadableObject(Unreadable, dict):
    pass


class UnreadableList(Unreadable, list):
    pass


def unreadable(kind: Any, stored: Any, *content: Any) -> Any:
    value = kind(*content)
    value.stored = stored
    return value


class AtRest(MigratedPlainly):
    """Mixin of every field whose values tell nothing to who has the database alone."""


class Sealed(AtRest):
    """Mixin of all fields here."""

    compared = "It is encrypted: compare a keyed hash of it instead, or the rows in Python."

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Unreadable):
            return value.stored
        if hasattr(value, "resolve_expression"):  # of a query, which gives what is sealed
            return value
        return self._sealed(value, connection)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self._opened(value)

    def opened(self, stored: Any, connection: Any) -> Any:
        """What code gets of what the database has."""
        return self.from_db_value(stored, None, connection)

    def get_lookup(self, name: str) -> Any:
        found = self.get_lookups().get(name)  # type: ignore[attr-defined]
        if found is IsNull or getattr(found, "of_sealed", False):
            return found
        raise FieldError(f"{self} cannot be asked for “{name}”. {self.compared}")

    def get_transform(self, name: str) -> Any:
        raise FieldError(f"{self} cannot be asked for “{name}”. {self.compared}")

    def is_plain(self, stored: Any) -> bool:
        """Whether what the database has was stored before it was encrypted."""
        return bool(stored) and self.key_of(stored) == ""

    def key_of(self, stored: Any) -> str:
        """The name of the key that encrypted what the database has, or ""."""
        name, _colon, sealed = str(stored).partition(MARK)[2].partition(":")
        return name if sealed and str(stored).startswith(MARK) else ""

    def _sealed(self, value: Any, connection: Any) -> Any:
        raise NotImplementedError

    def _opened(self, stored: Any) -> Any:
        raise NotImplementedError


class EmptyOnly(Exact):
    """`column=""`: whether there is anything can be asked."""

    of_sealed = True

    def get_prep_lookup(self) -> Any:
        if self.rhs not in ("", b""):
            field = self.lhs.output_field
            raise FieldError(f"{field} cannot be compared. {field.compared}")
        return self.rhs


class SealedWords(Sealed):
    migrated_as = "django.db.models.TextField"

    def get_internal_type(self) -> str:
        return "TextField"  # what is encrypted is longer than what is typed

    def _sealed(self, value: Any, connection: Any) -> Any:
        return data_keys.seal_text(str(value)) if value else value

    def _opened(self, stored: Any) -> Any:
        if not stored or not stored.startswith(MARK):
            return stored
        try:
            return data_keys.unseal_text(stored)
        except UnknownKeyError:
            return unreadable(UnreadableText, stored, WORDS)


class SealedCharField(SealedWords, models.CharField):
    pass


class SealedTextField(SealedWords, models.TextField):
    pass


class SealedJSONField(Sealed, models.JSONField):
    """What is empty lies there as it is."""

    migrated_as = "django.db.models.JSONField"
    EMPTY: ClassVar[tuple[Any, ...]] = (None, "", {}, [])

    def _sealed(self, value: Any, connection: Any) -> Any:
        if value in self.EMPTY:
            return super().get_db_prep_value(value, connection)
        text = data_keys.seal_text(json.dumps(value, cls=self.encoder, separators=(",", ":")))
        return super().get_db_prep_value(text, connection)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self._opened(models.JSONField.from_db_value(self, value, expression, connection))

    def _opened(self, stored: Any) -> Any:
        if not isinstance(stored, str) or not stored.startswith(MARK):
            return stored
        try:
            return json.loads(data_keys.unseal_text(stored), cls=self.decoder)
        except UnknownKeyError:
            return unreadable(UnreadableList if self.default is list else UnreadableObject, stored)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Unreadable):
            return super(Sealed, self).get_db_prep_value(value.stored, connection)
        return super().get_db_prep_save(value, connection)

    def is_plain(self, stored: Any) -> bool:
        value = json.loads(stored) if isinstance(stored, str) else stored
        return value not in self.EMPTY and super().is_plain(value)

    def key_of(self, stored: Any) -> str:
        text = str(stored)
        return super().key_of(json.loads(text) if text.startswith(f'"{MARK}') else text)


class SealedBinaryField(Sealed, models.BinaryField):
    migrated_as = "django.db.models.BinaryField"

    def _sealed(self, value: Any, connection: Any) -> Any:
        data = bytes(value or b"")
        if data:
            name, sealed = data_keys.seal(data)
            data = f"{MARK}{name}:".encode() + sealed
        return super().get_db_prep_value(data, connection)

    def _opened(self, stored: Any) -> Any:
        data = bytes(stored) if stored is not None else None
        if not data or not self.key_of(data):
            return data
        try:
            return data_keys.unseal(self.key_of(data), data.split(b":", 2)[2])
        except UnknownKeyError:
            return unreadable(UnreadableBytes, data)

    def key_of(self, stored: Any) -> str:
        parts = bytes(stored)[: len(MARK) + 30].split(b":", 2)
        is_sealed = len(parts) == 3 and parts[0] == MARK[:-1].encode()
        return parts[1].decode("ascii", "replace") if is_sealed else ""


class EmptyObjectOnly(JSONExact):
    """`column={}` and `column=[]`: the same for objects and lists."""

    of_sealed = True

    def get_prep_lookup(self) -> Any:
        if self.rhs not in SealedJSONField.EMPTY:
            field = self.lhs.output_field
            raise FieldError(f"{field} cannot be compared. {field.compared}")
        return super().get_prep_lookup()


for _kind in (SealedCharField, SealedTextField, SealedBinaryField):
    _kind.register_lookup(EmptyOnly, "exact")
SealedJSONField.register_lookup(EmptyObjectOnly, "exact")


def sealed_fields() -> Iterator[tuple[type[models.Model], Any]]:
    """Every field of every table whose values lie encrypted."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            yield from ((model, one) for one in model._meta.local_fields if isinstance(one, AtRest))
