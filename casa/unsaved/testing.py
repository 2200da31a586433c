"""Forms of pages, and what a browser would send of them; for tests."""

from collections.abc import Iterator
from typing import Any

from casa.lib.html import filling
from casa.lib.html.filling import Control

WORD = "zanzibarium"
TEXTS = ("text", "textarea", "url", "email", "search")
SEARCHED = "q"
Sent = dict[str, Any]


def forms(page: str) -> Iterator[tuple[filling.Part, list[Control]]]:
    """The posted forms of a page, with their fields."""
    read = filling._read(page)
    for number, form in enumerate(read.forms):
        if form.get("method").lower() == "post":
            yield form, [one for one in read.controls if one.form == number and one.name]


def is_text(one: Control) -> bool:
    is_ours = one.name.startswith("_") or one.name == SEARCHED
    return one.kind in TEXTS and filling.EMPTY not in one.name and not is_ours


def filled_in(fields: list[Control]) -> tuple[Sent, list[str]]:
    """What a browser sends, and the words in it: one of its own in each field for words."""
    sent: Sent = {}
    words: list[str] = []
    for one in fields:
        if filling.EMPTY in one.name or one.kind in ("submit", "button", "file", "password"):
            continue
        if is_text(one):
            words.append(f"{WORD} {len(words)}.")
            sent[one.name] = words[-1]
        elif one.tag == "select":
            chosen = [part for part, _text in one.options if part.has("selected")]
            sent[one.name] = (chosen or [part for part, _text in one.options])[0].get("value")
        elif one.kind not in ("checkbox", "radio"):
            sent[one.name] = one.get("value")
    return sent, words


def form_of(client: Any, url: str, **changed: Any) -> Sent:
    """The largest form of a page, filled in."""
    _form, fields = max(forms(client.get(url).text), key=lambda one: len(one[1]))
    sent, _words = filled_in(fields)
    return {**sent, **changed}


def the_word(sent: Sent) -> str:
    """One of the words in what is sent."""
    return next(value for value in sent.values() if WORD in str(value))
