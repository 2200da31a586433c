"""Every rich text of every model: which links it takes, and what never arrives in it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import override

from casa.lib.html.sanitizer import RichTextField, left_out_of

FIELDS = [
    field
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, RichTextField)
]
HIDDEN = "said in confidence"


def each_field(function):
    return pytest.mark.parametrize("field", FIELDS, ids=str)(function)


def test_the_fields_are_found():
    assert {field.model.__name__ for field in FIELDS} >= {
        "StatementText", "Edition", "Update", "UpdateWords", "SitePageText",
    }  # fmt: skip


NOT_WHOLE = {
    "/join/": "/join/", "example.org/x": "example.org/x", "../x": "../x",
    "//example.org/x": "//example.org/x", r"\\example.org": r"\\example.org",
    "https:example.org": "https:example.org", "https:///x": "https:///x",
    "#top": "#top", "?page=2": "?page=2", "mailto:": "mailto:",
    "": "here", " ": "here", "javascript:alert(1)": "here", "tel:5550100": "here",
}  # fmt: skip
"""What a link may not lead to, and what it is called."""


@each_field
def test_a_link_without_a_full_address_is_refused_by_name(field):
    for address, named in NOT_WHOLE.items():
        html = f'<p>Sign <a href="{address}">here</a>.</p>'
        with override("en"), pytest.raises(ValidationError) as refused:
            field.clean(html, field.model())
        assert f"“{named}”" in refused.value.messages[0], address


WHOLE = {
    "www.example.org/x": "https://www.example.org/x",
    "WWW.example.org": "https://WWW.example.org",
    "\u200bwww.example.org": "https://www.example.org",
    " https://example.org/x ": "https://example.org/x",
    "http://example.org:8000/a?b=c#d": "http://example.org:8000/a?b=c#d",
    "mailto:office@example.org": "mailto:office@example.org",
}


@each_field
def test_a_full_address_is_stored(field):
    for address, stored in WHOLE.items():
        html = field.clean(f'<p>Sign <a href="{address}">here</a>.</p>', field.model())
        assert html == f'<p>Sign <a href="{stored}" rel="noopener">here</a>.</p>', address


NO_PART = (
    f"<del>{HIDDEN}</del>", f"<s>{HIDDEN}</s>", f"<span hidden>{HIDDEN}</span>",
    f"<span style='display:none'>{HIDDEN}</span>",
    f"<span style='mso-hide:all'>{HIDDEN}</span>",
    f"<div style='mso-element:comment-list'>{HIDDEN}</div>",
    f"<span style='text-decoration: line-through'>{HIDDEN}</span>",
)  # fmt: skip


@each_field
def test_what_is_no_part_of_the_text_is_neither_stored_nor_forgotten(field):
    for part in NO_PART:
        row = field.model()
        assert field.clean(f"<p>Keep it open.</p>{part}", row) == "<p>Keep it open.</p>", part
        assert left_out_of(row) or "comment-list" in part, part
        assert HIDDEN not in field.get_prep_value(f"<p>Keep it open.</p>{part}"), part
        assert HIDDEN not in field.clean(f"<p>Keep it {part}open.</p>", row), part


@each_field
def test_characters_that_nobody_sees_go(field):
    row = field.model()
    typed = "<p>Open \u202eon\u202c Sat\u200burday&#8238;, می\u200cخواهیم\ufeff</p>"
    assert field.clean(typed, row) == "<p>Open on Saturday, می\u200cخواهیم</p>"
    assert sum(thing.number for thing in left_out_of(row)) == 5
