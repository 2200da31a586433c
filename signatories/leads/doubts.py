"""What the reader of lists says of a line, in the language of whoever looks at it.

The reader imports nothing of ours and speaks English; its sentences are known here by their shape,
so that lines that were stored long ago are told in every language too. A test walks the reader
and names each sentence that is missing.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("The name is written without capitals."),
    _("Many other lines of this list are unsure."),
    _("Nothing in this line reads as a name."),
    _("Only the given name tells that the surname stands first."),
    _("The line holds a place and no name."),
    _("The line gives a role and no name."),
    _("No name was found in the line."),
    _("A role is given and no person is named."),
    _("The line seems to name two people."),
    _("The line does not name the person."),
    _("The remark that the affiliation only identifies the person became a mark."),
    _("What each column holds was told from its cells."),
    _("Whether the name may be published was asked, and the answer is blank."),
    _("The answer in the list is that the name may not be published."),
    _("“New York” was read as the city; it may be the state."),
    _("“Georgia” was read as the US state; it may be the country."),
    _("The handle %(said)s was left out of the name."),
    _("The nickname %(said)s was left out of the name."),
    _("“%(said)s” was left out: a contact does not sign."),
    _("“%(said)s” was read as %(what)s, as in the other lines."),
    _("“%(said)s” was read as an organization, as the other lines are."),
    _("“%(said)s” is the same name in other letters."),
    _("“%(said)s” was read as a town by its form."),
    _("“%(said)s” was read as surname and given name."),
    _("“%(said)s” was read as a person; it may be an organization."),
    _("“%(said)s” was read as a person; it may be an organization of %(other)s."),
    _("“%(said)s” was read as a credential; it may be an organization."),
    _("“%(said)s” was read as the organization; it may be an address."),
    _("“%(said)s” was read as an organization; it may be a person."),
    _("“%(said)s” was read as an organization; it may be a role or a town."),
    _("“%(said)s” was read as an organization; it may be a credential."),
    _("“%(said)s” was read as an organization; it may be a role."),
    _("“%(said)s” was read as an organization; it may be a town."),
    _("“%(said)s” was read as an organization by its words."),
    _("“%(said)s” was read as a role; it may hold an organization."),
    _("“%(said)s” was read as a role; it may be a form of address."),
    _("“%(said)s” was read as a credential; it may be a state."),
    _("“%(said)s” was read as a state; it may be a credential."),
    _("“%(said)s” was read as a party, which has no field."),
    _("“%(said)s” was read as the representative of “%(other)s”."),
    _("“%(said)s” was read as a part of %(other)s."),
    _("“%(said)s” was read as the city although no comma is before it."),
    _("“%(said)s” was read as a city; it may be something else."),
    _("“%(said)s” was read as %(other)s."),
    _("“%(said)s” may be the person who signs."),
    _("“%(said)s” may begin with a person's name."),
    _("“%(said)s” may be a second person."),
    _("“%(said)s” may be a title or a part of the name."),
    _("“%(said)s” may not be a name."),
    _("What “%(said)s” says stands in a footnote that was not understood."),
    _("“%(said)s” does not look like a name."),
    _("“%(said)s” is in capitals: the surname seems to stand first."),
    _("“%(said)s” is an organization in other lines."),
    _("“%(said)s” is no country that is known."),
    _("“%(said)s” is no town the place data knows; it was read as one."),
    _("“%(said)s” and “%(other)s” were both read as organizations."),
    _("“%(said)s” stands in a column that has no field."),
    _("“%(said)s” does not say clearly whether the name may be published."),
    _("“%(said)s” in the column of the place was left out of the fields."),
    _("“%(said)s” was left out of the fields."),
    _("The name “%(said)s” is a single word."),
    _("Only its small letter tells that “%(said)s” is a role."),
    _("Only its place tells that “%(said)s” is an organization."),
    _("No mark separates “%(said)s” from “%(other)s”."),
    _("The postcode in “%(said)s” was left out of the fields."),
    _("The street address “%(said)s” was left out of the fields."),
    _("The country %(other)s was inferred from the city “%(said)s”."),
    _("The country %(said)s was taken from the other lines."),
    _("More than one country has a city called “%(said)s”."),
    _("Only the first %(said)s characters of this very long line were read."),
    _("The line names %(said)s signatories; this is one of them."),
    _("Lines %(said)s to %(other)s were read as one signatory."),
    _("%(what)s in the line was left out of the fields."),
    _("%(what)s in the line were left out of the fields."),
    _("Left out: “%(said)s” is a remark of the file."),
    _("Left out: “%(said)s” names the columns."),
    _("Left out: “%(said)s” stands above the table."),
    _("Left out: “%(said)s” holds no letter."),
    _("Left out: “%(said)s” names nobody."),
    _("Left out: “%(said)s” stands below the names."),
    _("Left out: “%(said)s” is a footnote."),
    _("Left out: “%(said)s” is a heading."),
    _("Left out: “%(said)s” is %(what)s, nobody's name."),
)

PARTS = frozenset({
    _("a town"), _("a role"), _("an organization"), _("a credential"),
    _("Pronouns"), _("An e-mail address"), _("A web address"), _("A social media handle"),
    _("A date"), _("A telephone number"),
    _("a remark"), _("a number"), _("a date"), _("a call"), _("a sentence"), _("struck out"),
    _("an address"), _("a note"), _("a key"), _("a word of a mail"), _("a title"), _("a notice"),
    _("a page"),
})  # fmt: skip
"""What `%(what)s` may be."""

_PLACE = re.compile(r"%\((\w+)\)s")


@cache
def _shapes() -> tuple[tuple[str, list[str], list[str]], ...]:
    """(sentence, what stands between its places, the names of these), the most telling first."""
    shapes = [
        (sentence, _PLACE.split(sentence)[::2], _PLACE.findall(sentence)) for sentence in SENTENCES
    ]
    return tuple(sorted(shapes, key=lambda shape: -sum(map(len, shape[1]))))


def in_words(sentence: str) -> str:
    """What the reader said, in the active language; as it is where it is not known."""
    for known, between, names in _shapes():
        found = _values(sentence, between)
        if found is not None:
            values = dict(zip(names, found, strict=True))
            if "what" in values and values["what"] not in PARTS:
                continue
            return gettext(known) % {n: gettext(v) if n == "what" else v for n, v in values.items()}
    return sentence


def _values(sentence: str, between: list[str]) -> list[str] | None:
    """What stands in the places of a sentence; None where it is another one."""
    first, *middle = between[:-1] or [""]
    last = between[-1]
    if len(between) == 1:
        return [] if sentence == last else None
    if not (sentence.startswith(first) and sentence.endswith(last)):
        return None
    at, end, values = len(first), len(sentence) - len(last), []
    for part in middle:
        there = sentence.find(part, at, end)
        if there < 0:
            return None
        values.append(sentence[at:there])
        at = there + len(part)
    return [*values, sentence[at:end]] if at <= end else None
