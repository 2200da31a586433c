"""Facts about the members of an enumeration are said for each of them."""

import importlib
import pkgutil
import runpy
import sys
from collections.abc import Iterator
from enum import Enum
from types import MappingProxyType, ModuleType
from typing import Any, Literal

import pytest
from django.apps import apps
from django.db import models
from ninja import Schema

import casa
import signatories
import statements
from signatories.models import Organization, Signature
from statements.models import Statement

SKIPPED = {"tests", "migrations", "settings", "wsgi", "metrics"}  # metrics makes files
OURS = ("casa", "statements", "signatories")


@pytest.mark.parametrize(
    ("module", "owner", "name", "schema"),
    [
        ("statements.api", Statement, "Kind", "StatementOut.kind"),
        ("statements.api", Statement, "Signers", "StatementOut.signers"),
        ("signatories.public.api.organizations", Organization, "Kind", "OrganizationOut.kind"),
        ("signatories.public.api.signatures", Signature, "Kind", "SignatoryOut.kind"),
        ("signatories.public.api.signatures", Signature, "Kind", "SignatoryQuery.kind"),
    ],
)
def test_a_member_that_is_added_to_an_enumeration_is_a_value_of_the_api(
    monkeypatch: pytest.MonkeyPatch, module: str, owner: Any, name: str, schema: str
) -> None:
    members = {one.name: (one.value, one.label) for one in getattr(owner, name)}
    make: Any = models.TextChoices
    added = make(name, {**members, "ADDED": ("added", "Added")})
    monkeypatch.setattr(owner, name, added)
    title, field = schema.split(".")
    path = importlib.import_module(module).__file__
    described = runpy.run_path(str(path))[title].model_json_schema()["properties"][field]
    assert described["enum"] == [*(value for value, _ in members.values()), "added"]


def modules() -> Iterator[ModuleType]:
    for package in (casa, statements, signatories):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not SKIPPED.intersection(found.name.split(".")):
                yield importlib.import_module(found.name)


Table = dict[Any, Any] | MappingProxyType[Any, Any]


def tables_of(module: ModuleType) -> Iterator[tuple[str, Table]]:
    """The tables of a module, of its classes, and within tables, with their names."""
    for name, value in vars(module).items():
        if not name.startswith("__"):
            yield from _tables_in(value, f"{module.__name__}.{name}")
        if isinstance(value, type) and value.__module__ == module.__name__:
            attributes = vars(value).items()
            # Python's own table of an enumeration is keyed by text.
            for attribute, found in attributes if not issubclass(value, Enum) else ():
                if not attribute.startswith("__"):
                    yield from _tables_in(found, f"{module.__name__}.{name}.{attribute}")


def _tables_in(value: object, name: str) -> Iterator[tuple[str, Table]]:
    if isinstance(value, dict | MappingProxyType):
        yield name, value
        for key, inner in value.items():
            yield from _tables_in(inner, f"{name}[{key!r}]")


def incomplete_tables(module: ModuleType) -> list[str]:
    """What the tables of a module lack of the enumerations that their keys are members of."""
    return [
        f"{name} lacks {member!r}"
        for name, table in tables_of(module)
        for enumeration in {type(key) for key in table if isinstance(key, Enum)}
        for member in enumeration
        if member not in table
    ]


def tables_keyed_by_text(module: ModuleType) -> list[str]:
    """Tables whose keys spell out the values of an enumeration, all or all but one; three at least.

    Nobody sees that such a table lacks a member that is added.
    """
    return [
        f"{name} is keyed by the text of {enumeration.__qualname__}: key it by its members"
        for name, table in tables_of(module)
        for enumeration in enumerations()
        if len({key for key in table if type(key) is str} & set(enumeration.values))
        >= max(3, len(enumeration) - 1)
    ]


def enumerations(parent: Any = models.TextChoices) -> Iterator[Any]:
    for enumeration in parent.__subclasses__():
        if enumeration.__module__.split(".")[0] in OURS:
            yield enumeration
        yield from enumerations(enumeration)


@pytest.mark.medium
def test_tables_have_a_row_for_every_member() -> None:
    assert [line for module in modules() for line in incomplete_tables(module)] == []


@pytest.mark.medium
def test_tables_are_keyed_by_members_and_not_by_their_text() -> None:
    assert [line for module in modules() for line in tables_keyed_by_text(module)] == []


class Colour(Enum):
    RED = 1
    GREEN = 2


INCOMPLETE = {"of a light": {Colour.RED: "stop"}}


class OfASignature:
    LABELS = dict.fromkeys(str(value) for value in Signature.State.values)


def test_an_incomplete_table_is_found() -> None:
    here = f"{__name__}.INCOMPLETE['of a light'] lacks {Colour.GREEN!r}"
    assert incomplete_tables(sys.modules[__name__]) == [here]


def test_a_table_keyed_by_text_is_found() -> None:
    (found,) = tables_keyed_by_text(sys.modules[__name__])
    assert found.startswith(f"{__name__}.OfASignature.LABELS is keyed by the text of Signature.St")


def schemas_of(parent: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for schema in parent.__subclasses__():
        yield schema
        yield from schemas_of(schema)


def written_choices(schema: type[Schema]) -> list[str]:
    return [
        f"{schema.__name__}.{name}"
        for name, field in schema.model_fields.items()
        if "Literal[" in repr(field.annotation)
    ]


def test_the_api_lists_no_values_by_hand() -> None:
    assert list(modules())  # imported, or their schemas would not be known
    ours = [one for one in schemas_of() if one.__module__.split(".")[0] in OURS]
    assert {one.__module__ for one in ours} > {"statements.api", "casa.lib.open_data"}
    assert [line for schema in ours for line in written_choices(schema)] == []


def test_a_list_of_values_written_by_hand_is_found() -> None:
    class ByHand(Schema):
        kind: Literal["petition"] | None = None

    assert written_choices(ByHand) == ["ByHand.kind"]


def _constraints() -> Iterator[tuple[str, list[str], list[str]]]:
    for model in apps.get_models():
        fields = {f.name: f for f in model._meta.concrete_fields if f.choices}
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.CheckConstraint) and "_known" in constraint.name:
                listed: dict[str, list[str]] = {}
                for name, values in _in_lists(constraint.condition):
                    listed.setdefault(name, []).extend(values)
                for name, values in listed.items():
                    yield constraint.name, values, [value for value, _ in fields[name].flatchoices]


def _in_lists(condition: Any) -> Iterator[tuple[str, list[str]]]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _in_lists(child)
        elif child[0].endswith("__in"):
            yield child[0].removesuffix("__in"), list(child[1])


def test_the_database_takes_every_state() -> None:
    found = list(_constraints())
    assert len(found) >= 4
    for name, listed, members in found:
        assert sorted(listed) == sorted(members), name
