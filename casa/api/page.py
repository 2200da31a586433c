"""The API's description for people: its OpenAPI schema as a page of the site, without a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from casa.lib.http import absolute

Schema = dict[str, Any]
REF = "#/components/schemas/"
FORMATS = {"date": "date", "date-time": "date and time"}


@dataclass(frozen=True)
class Term:
    """A piece of what a value may be: words, or with `shape` the name of an object."""

    words: str
    shape: str = ""


@dataclass(frozen=True)
class Value:
    """A parameter or a part of an answer: what it is called, may be, and means."""

    name: str
    terms: list[Term]
    note: SafeString
    needed: bool


@dataclass(frozen=True)
class Question:
    """An address that can be asked."""

    anchor: str
    path: str
    summary: str
    note: SafeString
    parameters: list[Value]
    answer: list[Term]
    problems: list[tuple[str, str]]

    @property
    def can_be_tried(self) -> bool:
        """Whether the address is whole as it stands."""
        return "{" not in self.path


@dataclass(frozen=True)
class Shape:
    """An object in answers."""

    name: str
    note: SafeString
    values: list[Value]


class Page(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        context = {
            "api": api,
            "description": mark_code(api.description),
            "questions": list(questions(schema)),
            "shapes": shapes(schema),
            "schema_url": self.get_openapi_url(api, kwargs),
            "origin": absolute(""),
        }
        return render(request, "api/docs.html", context)


def questions(schema: Schema) -> Iterator[Question]:
    """Everything that can be asked, in the order of the schema."""
    for path, methods in schema["paths"].items():
        asked = methods["get"]
        yield Question(
            anchor=asked["operationId"].rpartition("_api_")[2],
            path=path,
            summary=asked["summary"],
            note=mark_code(asked.get("description", "")),
            parameters=[
                Value(
                    one["name"],
                    terms(one["schema"]),
                    mark_code(one.get("description", "")),
                    one["required"],
                )
                for one in asked["parameters"]
            ],
            answer=terms(_content(asked["responses"][200])),
            problems=sorted(
                (str(status), answer["description"])
                for status, answer in asked["responses"].items()
                if status != 200
            ),
        )


def _content(answer: Schema) -> Schema:
    content: Schema = answer["content"]["application/json"]["schema"]
    return content


def shapes(schema: Schema) -> list[Shape]:
    """The objects that answers are made of, each after the first that holds it."""
    known = schema["components"]["schemas"]
    todo = [
        _content(answer)
        for methods in schema["paths"].values()
        for answer in methods["get"]["responses"].values()
    ]
    found: dict[str, Shape] = {}
    while todo:
        one = todo.pop(0)
        name = one.get("$ref", "").removeprefix(REF)
        if name and name not in found:
            found[name] = _shape(name, known[name])
            todo += known[name]["properties"].values()
        todo += [*one.get("anyOf", []), *([one["items"]] if one.get("items") else [])]
    return list(found.values())


def _shape(name: str, described: Schema) -> Shape:
    values = [
        Value(field, terms(value), mark_code(value.get("description", "")), needed=True)
        for field, value in described["properties"].items()
    ]
    return Shape(name, mark_code(described.get("description", "")), values)


def mark_code(text: str) -> SafeString:
    """A description, with what stands in backticks as code."""
    parts = (("code" if at % 2 else "span", part) for at, part in enumerate(text.split("`")))
    return format_html_join("", "<{0}>{1}</{0}>", (one for one in parts if one[1]))


def terms(value: Schema) -> list[Term]:
    """What a value may be, in words: "list of", then the object."""
    if "$ref" in value:
        name = value["$ref"].removeprefix(REF)
        return [Term(name, shape=name)]
    if choices := value.get("anyOf"):
        parts = [terms(choice) for choice in choices]
        return parts[0] + [term for part in parts[1:] for term in (Term(" or "), *part)]
    if "const" in value:
        return [Term(f"“{value['const']}”")]
    if "enum" in value:
        return [Term(", ".join(f"“{choice}”" for choice in value["enum"]))]
    if value.get("type") == "array":
        return [Term("list of "), *terms(value["items"])] if value["items"] else [Term("list")]
    kind = str(value.get("type", "anything"))
    return [Term(FORMATS.get(value.get("format", ""), kind))]
