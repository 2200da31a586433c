"""Which lines of a release are its words, which its signatories, which neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Line = tuple[int, str]

_URL = re.compile(r"https?://\S+[^\s.,;)\]>]")
_SIGNED = (
    r"(?:(?:respectfully|sincerely|jointly|yours)\s+)?(?:submitted\s+by|signed(?:\s+by)?|signator(?:y|ies)|signers"
    r"|signatures|co-?signed(?:\s+by)?|co-?signatories|(?:list\s+of|initial|lead)\s+signatories|endorsed\s+by"
    r"|(?:the\s+)?undersigned|supported\s+by|sincerely|yours\s+(?:sincerely|faithfully|truly)|respectfully(?:\s+yours)?"
    r"|(?:signing|endorsing|supporting|signatory)\s+(?:organi[sz]ations|individuals)|imzalayanlar|imzalar|təqdim\s+edənlər"
    r"|imzacılar|unterzeichner(?:innen)?|unterzeichnet\s+von|signataires|firmantes|firmado\s+por|подписали|подписанты)"
)
_HEADING = re.compile(rf"[\s*_#=]*{_SIGNED}(?:\s*\(\d+\))?[\s,:.\-–—*_=]*", re.IGNORECASE)
_INLINE = re.compile(
    r"\s*(?:(?:respectfully\s+)?submitted\s+by|signed(?:\s+by)?|endorsed\s+by)\s*:\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_SENTENCE_HEADING = re.compile(
    r"(?=.{1,160}$).*\b(?:sign(?:ed|atories|ers|atures|ing)|endorsed|submitted\s+by|undersigned|imzala)\w*\b.*:\s*",
    re.IGNORECASE,
)
_SUBHEADING = re.compile(
    r"[\s*_#=]*+(?:(?:signing|endorsing)\s++)?(?:organi[sz]ations?|individuals?|academics|experts|people|groups"
    r"|təşkilatlar|fərdlər|affiliations? (?:are )?(?:listed )?for identification.*"
    r"|.*for identification (?:purposes )?only.*)"
    r"(?:\s*\(\d+\))?[\s:*_=]*",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\s*(?:SOURCE|Source)(?:\s*:\s*|\s+)(?P<name>\S.*)")
_ORIGINAL = re.compile(
    r"\s*(?:cision\s+)?(?:(?:view|read|see)\s+(?:the\s+)?)?(?:original|source)\s++(?:content|release|version|article|text|post)"
    r"?.*https?://|\s*(?:originally\s+published|original)\b.{0,60}https?://",
    re.IGNORECASE,
)
_END = re.compile(r"\s*(?:#\s?#\s?#|#{3,}|-\s?30\s?-|-\s?end(?:s)?\s?-|ends?)\s*$", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:[-=_*~•·.#]\s?){2,}\s*$")
_CONTACT = re.compile(
    r"\s*(?:(?:media|press|news|for\s+media)\s+(?:contacts?|enquiries|inquiries|relations)\b.*|contacts?(?:\s+information)?\s*:.*|"
    r"contact(?:s|\(s\))?(?:\s+information)?(?:\s*:)?\s*$|contact\(s\)\s*:.*|press\s+office\s*(?::.*)?$|cc\s*:.*|"
    r"for\s+(?:more|further|additional)\s+information\b.*|logo\s*[-:–].*https?://.*|photo\s*[-:–].*https?://.*|multimedia\b.*https?://.*)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\s*(?:[*_#]+\s*)?(?:About\s++(?:the\s++|us\b)?(?:[A-Z]\S*+\s*+){0,9}|Notes?\s+(?:to|for)\s+[Ee]ditors?"
    r"|Haqqımızda)[:*_]*\s*$"
)
# Below names any line of this kind ends them, whatever small words the name holds.
_ABOUT_WHOM = re.compile(r"\s*(?:[*_#]+\s*)?About\s+(?:the\s+)?[A-Z][^,;:]{0,100}+:?[\s*_]*")
_RELEASE_MARK = re.compile(
    r"\s*[*_]*(?:for\s+immediate\s+(?:release|distribution)|(?:press|news|media)\s+release"
    r"|embargoed?\b.*|mətbuat\s+(?:üçün\s+)?(?:açıqlaması|məlumatı))[\s:*_.–—-]*$",
    re.IGNORECASE,
)


# A longer source is cut off to this.
_LONGEST_SOURCE = 300
# How many lines are looked at to tell what a line opens.
_LOOK_AHEAD = 200


@dataclass
class Sections:
    words: list[Line] = field(default_factory=list)
    signatory_lines: list[Line] = field(default_factory=list)
    source: str = ""
    original_url: str = ""
    last_line: int = 1
    notes: list[tuple[int, str]] = field(default_factory=list)

    def take_source(self, number: int, name: str) -> None:
        self.source = name.strip()
        if len(self.source) > _LONGEST_SOURCE:
            cut = self.source[: _LONGEST_SOURCE - 1]
            self.source = f"{cut.rsplit(' ', 1)[0]}…"
            self.notes.append((number, "The source is very long and was cut off."))

    def leave_out(self, number: int, line: str) -> None:
        shown = " ".join(line.split())
        shown = shown if len(shown) <= 80 else shown[:77] + "…"
        self.notes.append((number, f"Left out of the statement: “{shown}”."))


def split_sections(lines: list[Line]) -> Sections:
    """Sort a release's lines; those that are neither words nor signatories are said in notes."""
    sections = Sections(
        last_line=max((number for number, line in lines if line.strip()), default=1)
    )
    state = "words"
    for position, (number, line) in enumerate(lines):
        after = lines[position + 1 : position + 1 + _LOOK_AHEAD]
        if line.strip():
            state = _take_line(sections, number, line, after, state)
        elif state == "words":
            sections.words.append((number, ""))
        elif state == "contact" and not sections.signatory_lines and _more_words(after):
            state = "words"
    return sections


def _take_line(sections: Sections, number: int, line: str, after: list[Line], state: str) -> str:
    """Put a line where it belongs; return what the next one is likely to be."""
    taken = _take_marks(sections, number, line, after)
    if taken:
        state = state if taken == "same" else taken
        if state == "words":
            sections.words.append((number, ""))
        return state
    closed = state == "boilerplate" and sections.signatory_lines
    if not closed and _opens_signatures(line, after, state):
        _keep_heading(sections, number, line)
        return "signatures"
    if state == "signatures":
        return _take_signatory(sections, number, line, after)
    if state == "words":
        sections.words.append((number, line))
    else:
        sections.leave_out(number, line)
    return state


def _take_marks(sections: Sections, number: int, line: str, after: list[Line]) -> str:
    """Read a line that is the wire's or the office's; return the state after it, or ""."""
    source = _SOURCE.match(line)
    if source and _is_source(source["name"], line):
        if sections.source:
            sections.leave_out(number, line)
        else:
            sections.take_source(number, source["name"])
        return "boilerplate"
    original = _URL.search(line) if _ORIGINAL.match(line) else None
    if original and sections.original_url in ("", original[0]):
        sections.original_url = original[0]
        return "same"
    state = "same" if original else _mark(line, bool(sections.words), after)
    if state:
        sections.leave_out(number, line)
    return state


def _mark(line: str, begun: bool, after: list[Line]) -> str:
    if _END.match(line):
        return "boilerplate"
    if _RELEASE_MARK.match(line) or _RULE.match(line):
        return "same"
    # With signatories still to come, "About the River" is a heading of the statement.
    if _ABOUT.match(line) and begun and not any(_HEADING.fullmatch(text) for _, text in after):
        return "boilerplate"
    return "contact" if _CONTACT.match(line) else ""


def _is_source(name: str, line: str) -> bool:
    if line.lstrip().startswith("SOURCE"):
        return True
    return len(name) < 200 and ":" in line[:9]


def _opens_signatures(line: str, after: list[Line], state: str) -> bool:
    if _INLINE.match(line):
        return True
    if _HEADING.fullmatch(line):
        marked = line.rstrip(" *_=").endswith((":", ","))
        return _names_follow(after) or (marked and any(text.strip() for _, text in after))
    follows = next((text for _, text in after if text.strip()), "")
    listed = 0 < len(follows.split()) <= 25 and "http" not in follows
    return (
        state == "words"
        and bool(_SENTENCE_HEADING.fullmatch(line))
        and listed
        and _only_names(after)
    )


def _names_follow(after: list[Line]) -> bool:
    follows = next((text for _, text in after if text.strip()), "")
    return bool(follows) and len(follows) < 400


def _only_names(after: list[Line]) -> bool:
    """Whether what follows is a list to its end, not prose."""
    texts = [text for _, text in after if text.strip()]
    marks = (_END, _ABOUT, _CONTACT, _SOURCE, _ORIGINAL)
    ends = (i for i, text in enumerate(texts) if any(mark.match(text) for mark in marks))
    ended = next(ends, len(texts))
    names = texts[:ended]
    return (
        bool(names)
        and all(len(text.split()) <= 30 for text in names)
        and not any(_HEADING.fullmatch(text) for text in names)
    )


def _keep_heading(sections: Sections, number: int, line: str) -> None:
    inline = _INLINE.match(line)
    if inline:
        sections.signatory_lines.append((number, inline["rest"].strip()))
    elif not _HEADING.fullmatch(line):
        sections.leave_out(number, line)


def _take_signatory(sections: Sections, number: int, line: str, after: list[Line]) -> str:
    if _SUBHEADING.fullmatch(line) or _HEADING.fullmatch(line):
        sections.leave_out(number, line)
        return "signatures"
    if _ABOUT_WHOM.fullmatch(line):
        sections.leave_out(number, line)
        return "boilerplate"
    if len(line.split()) > 45 and line.count(";") < 3:
        sections.leave_out(number, line)
        return "signatures" if _more_names(after) else "boilerplate"
    sections.signatory_lines.append((number, line))
    return "signatures"


def _more_names(after: list[Line]) -> bool:
    """Whether the list of names goes on below a line that is too long for it."""
    follows = next((text.strip() for _, text in after if text.strip()), "")
    if any(mark.match(follows) for mark in (_END, _ABOUT, _CONTACT, _SOURCE, _ORIGINAL, _RULE)):
        return False
    sentence = follows.endswith((".", "!", "?")) and len(follows.split()) > 12
    return 0 < len(follows.split()) <= 25 and not sentence and "http" not in follows


def _more_words(after: list[Line]) -> bool:
    """Whether a contact block above the headline is over and the release still to come."""
    words = sum(len(text.split()) for _, text in after)
    return words > 80
