"""Which lines of a release are its words, which its signatories, which something else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from . import dateline as datelines
from . import headings
from .ask import calls
from .fields import KEPT_APART, Field
from .headings import bare, key

Line = tuple[int, str]

_URL = re.compile(r"https?://\S+[^\s.,;)\]>]")
_SENTENCE_HEADING = re.compile(
    r"(?=.{1,160}$).*\b(?:sign(?:ed|atories|ers|atures|ing)|endorsed|submitted\s+by|undersigned|imzala"
    r"|unterzeichn|signataire|firma|assina|подпис|підпис|podpis)\w*\b.*:\s*",
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
_STAMP = re.compile(r"\b\d{4},? \d{1,2}:\d{2}\b")
_SENTENCE_END = re.compile(r"[.!?…؟。][\"”’»)]?$")
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{3}[.!?] [A-ZА-ЯƏÖÜÇŞĞİ]")

# A longer source is cut off to this.
_LONGEST_SOURCE = 300
# How many lines are looked at to tell what a line opens.
_LOOK_AHEAD = 200
# A contact says within so many lines how to reach somebody.
_LINES_OF_A_CONTACT = 6
# Within so many lines below "Background" nothing is asked where it is for editors.
_LINES_OF_BACKGROUND = 30
# The head of a release is over after so many lines of words.
_HEAD_LINES = 4


@dataclass
class Sections:
    words: list[Line] = field(default_factory=list)
    signatory_lines: list[Line] = field(default_factory=list)
    apart: dict[Field, list[Line]] = field(default_factory=lambda: defaultdict(list))
    fields: dict[int, Field] = field(default_factory=dict)
    source: str = ""
    original_url: str = ""
    head_date: str = ""
    subject: Line = (0, "")
    last_line: int = 1
    notes: list[tuple[int, str]] = field(default_factory=list)

    def take_word(self, number: int, line: str) -> None:
        self.words.append((number, line))
        self.fields[number] = Field.BODY

    def take_signatory(self, number: int, line: str) -> None:
        self.signatory_lines.append((number, line))
        self.fields[number] = Field.SIGNATORIES

    def keep(self, part: Field, number: int, line: str) -> None:
        """Keep a line with the release, apart from the statement."""
        self.apart[part].append((number, line))
        self.fields[number] = part
        self.notes.append((number, f"Kept apart, as {KEPT_APART[part]}: “{_shown(line)}”."))

    def take_source(self, number: int, name: str) -> None:
        self.fields[number] = Field.SOURCE
        self.source = name.strip()
        if len(self.source) > _LONGEST_SOURCE:
            cut = self.source[: _LONGEST_SOURCE - 1]
            self.source = f"{cut.rsplit(' ', 1)[0]}…"
            self.notes.append((number, "The source is very long and was cut off."))

    def leave_out(self, number: int, line: str) -> None:
        self.fields[number] = Field.LEFT_OUT
        self.notes.append((number, f"Left out of the statement: “{_shown(line)}”."))

    def text_of(self, part: Field) -> str:
        return "\n".join(line.strip() for _, line in self.apart[part])


def _shown(line: str) -> str:
    shown = " ".join(line.split())
    return shown if len(shown) <= 80 else shown[:77] + "…"


def split_sections(lines: list[Line]) -> Sections:
    """Sort a release's lines; those that are neither words nor signatories are said in notes."""
    splitter = _Splitter(lines)
    for position, (_number, line) in enumerate(lines):
        if line.strip():
            splitter.take(position)
        else:
            splitter.take_blank(position)
    sections = splitter.sections
    if not sections.signatory_lines:
        _take_undersigned(sections)
    return sections


class _Splitter:
    """Goes through the lines once; `state` is the field that the next line is likely to be in."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.sections = Sections(
            last_line=max((number for number, line in lines if line.strip()), default=1)
        )
        self.state = Field.BODY
        self.head_until = -1
        self.ended = False
        self.in_head = True
        self.words_taken = 0
        self.sentences = 0
        self.reached = False  # whether the contact has said how to reach somebody

    def take(self, position: int) -> None:
        number, line = self.lines[position]
        if position <= self.head_until:
            self.sections.keep(Field.HEAD, number, line)
        elif not (
            self._take_wire_line(number, line)
            or self._take_end(number, line)
            or self._take_head(position, number, line)
            or self._take_opening(position, number, line)
        ):
            self._take_inside(position, number, line)

    def take_blank(self, position: int) -> None:
        if self.state == Field.BODY:
            self.sections.words.append((self.lines[position][0], ""))
        elif self.state == Field.LEFT_OUT:
            self.state = Field.BOILERPLATE if self.ended else Field.BODY
        elif self.state == Field.MEDIA_CONTACT:
            block = self._block_after(position)
            if block and not self._is_contact(block):
                self._leave_contact(position)

    # What is the wire's or the office's

    def _take_wire_line(self, number: int, line: str) -> bool:
        source = _SOURCE.match(line)
        if source and _is_source(source["name"], line):
            if self.sections.source:
                self.sections.leave_out(number, line)
            else:
                self.sections.take_source(number, source["name"])
            self._end()
            return True
        original = _URL.search(line) if _ORIGINAL.match(line) else None
        if original and self.sections.original_url in ("", original[0]):
            self.sections.original_url = original[0]
            self.sections.fields[number] = Field.ORIGINAL
        elif original:
            self.sections.leave_out(number, line)
        return bool(original)

    def _take_end(self, number: int, line: str) -> bool:
        if headings.END.match(line):
            self.sections.leave_out(number, line)
            self._end()
            return True
        if headings.RULE.match(line) or headings.OF_A_PAGE.fullmatch(key(line)):
            self.sections.leave_out(number, line)
            self._part_words()
            return True
        return False

    def _end(self) -> None:
        self.state, self.ended = Field.BOILERPLATE, True

    def _part_words(self) -> None:
        if self.state == Field.BODY:
            self.sections.words.append((0, ""))

    # The head

    def _take_head(self, position: int, number: int, line: str) -> bool:
        words = key(line)
        mark = headings.RELEASE_MARK.fullmatch(words)
        if mark:
            self._note_date(mark["date"] or "")
        elif not (self.in_head and self._is_of_head(position, words, line)):
            return False
        self.sections.keep(Field.HEAD, number, line)
        self._part_words()
        return True

    def _is_of_head(self, position: int, words: str, line: str) -> bool:
        if self.state != Field.BODY:
            return False
        if self._is_of_a_memo(position, line) or headings.TIME.fullmatch(words):
            return True
        if headings.KINDS_OF_NEWS.fullmatch(words):
            self._head_for(position, 1)
            return True
        if headings.PROVIDED.fullmatch(words):
            self._head_to_stamp(position)
            return True
        if datelines.is_date(words):
            self._note_date(words)
            return True
        return self._is_letterhead(position, line)

    def _is_of_a_memo(self, position: int, line: str) -> bool:
        """Whether it is a line such as "To: The council", with others of its kind around it."""
        found = headings.HEAD_KEY.fullmatch(bare(line[: headings.LONGEST]))
        if not found:
            return False
        around = self.lines[max(0, position - 3) : position] + self._after(position)[:3]
        others = [each for _, each in around if headings.HEAD_KEY.fullmatch(bare(each[:200]))]
        alone = found["date_key"] and datelines.is_date(key(found["value"]))
        if not (others or alone):
            return False
        if found["date_key"]:
            self._note_date(found["value"])
        if found["title_key"] and not self.sections.subject[0]:
            self.sections.subject = (self.lines[position][0], found["value"].strip())
        return True

    def _is_letterhead(self, position: int, line: str) -> bool:
        """Whether it is a name above "Press release", with a title still to come below."""
        following = [text for _, text in self._after(position)[:12] if text.strip()]
        if not following or len(line.split()) > 9 or _SENTENCE_END.search(line.strip()):
            return False
        if datelines.read(line):
            return False
        if not headings.RELEASE_MARK.fullmatch(key(following[0])):
            return False
        below = [text for text in following if not self._is_small_head(text)]
        return bool(below) and _is_titlelike(below[0])

    def _is_small_head(self, line: str) -> bool:
        words = key(line)
        return bool(
            headings.RELEASE_MARK.fullmatch(words)
            or headings.TIME.fullmatch(words)
            or datelines.is_date(words)
        )

    def _head_for(self, position: int, count: int) -> None:
        following = [
            each
            for each in range(position + 1, min(position + 6, len(self.lines)))
            if self.lines[each][1].strip()
        ]
        fits = following[:count]
        if fits and all(len(self.lines[each][1].split()) <= 10 for each in fits):
            self.head_until = fits[-1]

    def _head_to_stamp(self, position: int) -> None:
        for each in range(position + 1, min(position + 9, len(self.lines))):
            if _STAMP.search(self.lines[each][1][:200]):
                self.head_until = each
                self._note_date(re.split(r",? \d{1,2}:", self.lines[each][1])[0])
                return

    def _note_date(self, written: str) -> None:
        self.sections.head_date = self.sections.head_date or datelines.find_date(written)

    # What opens a part

    def _take_opening(self, position: int, number: int, line: str) -> bool:
        if len(line) > headings.LONGEST:
            return False
        part = self._opens(position, line)
        if part:
            self.sections.keep(part, number, line)
            self.state = part
            named = line.partition(":")[2].strip()
            self.reached = bool(named) or _reaches(line)
            return True
        if not self._is_closed(line) and self._opens_signatures(position, line):
            self._keep_heading(number, line)
            self.state = Field.SIGNATORIES
            return True
        if headings.ATTACHMENTS.fullmatch(key(line)) and self.state != Field.BODY:
            self.sections.leave_out(number, line)
            self.state = Field.LEFT_OUT
            return True
        return False

    def _is_closed(self, line: str) -> bool:
        below = self.state == Field.BOILERPLATE and bool(self.sections.signatory_lines)
        return below and not headings.SIGNED_AGAIN.search(key(line))

    def _opens(self, position: int, line: str) -> Field | None:
        words, plain = key(line), bare(line)
        begun = bool(self.words_taken)
        if headings.CONTACT.fullmatch(plain) or headings.COPIES.fullmatch(plain):
            return Field.MEDIA_CONTACT
        if self._asks_to_reach(position, line):
            return Field.MEDIA_CONTACT
        noted = headings.NOTES.fullmatch(plain) or (begun and headings.FACTS.fullmatch(plain))
        if (noted and not self._words_to_come(position)) or self._is_background(position, words):
            return Field.NOTES_TO_EDITORS
        if begun and headings.ABOUT.fullmatch(words) and self._ends_words(position, words):
            return Field.BOILERPLATE
        return None

    def _asks_to_reach(self, position: int, line: str) -> bool:
        """Whether a line below the words says whom to ask, in words that no list has."""
        if self.state == Field.BODY:
            return False
        if headings.ASKS_TO_REACH.search(line) and _reaches(line):
            return True
        opens = self.state == Field.SIGNATORIES and line.rstrip().endswith(":")
        below = self._block_after(position, _LINES_OF_A_CONTACT) if opens else []
        return any(_reaches(text) for text in below)

    def _words_to_come(self, position: int) -> bool:
        return self.state == Field.BODY and self._names_to_come(position)

    def _ends_words(self, position: int, words: str) -> bool:
        # With signatories still to come, "About the River" is a heading of the statement.
        if self._names_to_come(position):
            return False
        return self.state != Field.SIGNATORIES or self._ends_names(position, words)

    def _is_background(self, position: int, words: str) -> bool:
        if not headings.BACKGROUND.fullmatch(words) or self._names_to_come(position):
            return False
        if self.state != Field.BODY:
            following = next((text for _, text in self._after(position) if text.strip()), "")
            return self.state != Field.SIGNATORIES or following.rstrip().endswith(".")
        if self.sentences < 2 or self.last_contact < position:
            return False
        return not any(calls(text) for _, text in self._after(position)[:_LINES_OF_BACKGROUND])

    def _names_to_come(self, position: int) -> bool:
        return self.last_heading > position

    @cached_property
    def last_heading(self) -> int:
        """Where the last line stands that names could follow; -1 where there is none."""
        return self._last(lambda line: bool(headings.SIGNATURES.fullmatch(key(line))))

    @cached_property
    def last_contact(self) -> int:
        return self._last(lambda line: bool(headings.CONTACT.fullmatch(bare(line))))

    def _last(self, is_such: Callable[[str], bool]) -> int:
        places = reversed(range(len(self.lines)))
        short = (each for each in places if len(self.lines[each][1]) <= headings.LONGEST)
        return next((each for each in short if is_such(self.lines[each][1])), -1)

    def _ends_names(self, position: int, words: str) -> bool:
        """Whether "About …" amid names opens a paragraph; else it is an organization's name."""
        if re.match(r"about (?:the|us)\b", words, re.IGNORECASE) or not words.startswith("About"):
            return True
        following = next((text for _, text in self._after(position) if text.strip()), "")
        return not following or _is_prose(following) or _is_short_sentence(following)

    def _opens_signatures(self, position: int, line: str) -> bool:
        after = self._after(position)
        if headings.SIGNATURES_INLINE.fullmatch(bare(line)):
            return True
        if headings.SIGNATURES.fullmatch(key(line)):
            marked = line.rstrip(" *_=").endswith((":", ","))
            return _names_follow(after) or (marked and any(text.strip() for _, text in after))
        follows = next((text for _, text in after if text.strip()), "")
        listed = 0 < len(follows.split()) <= 25 and "http" not in follows
        return (
            self.state == Field.BODY
            and listed
            and bool(_SENTENCE_HEADING.fullmatch(line))
            and _only_names(after)
        )

    def _keep_heading(self, number: int, line: str) -> None:
        inline = headings.SIGNATURES_INLINE.fullmatch(bare(line))
        if inline:
            self.sections.take_signatory(number, inline["rest"].strip())
            return
        if headings.SIGNATURES.fullmatch(key(line)):
            self.sections.fields[number] = Field.SIGNATORIES_HEADING
        elif calls(line):
            self.sections.take_word(number, line)
        else:
            self.sections.leave_out(number, line)

    # What is inside a part

    def _take_inside(self, position: int, number: int, line: str) -> None:
        if self.state == Field.SIGNATORIES:
            self._take_signatory(position, number, line)
        elif self.state == Field.BODY:
            self.sections.take_word(number, line)
            self.words_taken += 1
            self.sentences += _is_prose(line)
            if self.words_taken >= _HEAD_LINES or len(line.split()) >= 30:
                self.in_head = False
        elif self.state == Field.LEFT_OUT:
            self.sections.leave_out(number, line)
        elif self.state == Field.MEDIA_CONTACT and _is_prose(line) and not _reaches(line):
            self._leave_contact(position)
            self._take_inside(position, number, line)
        else:
            self.reached = self.reached or _reaches(line)
            self.sections.keep(self.state, number, line)

    def _take_signatory(self, position: int, number: int, line: str) -> None:
        if (
            _SUBHEADING.fullmatch(line)
            or headings.SIGNATURES.fullmatch(key(line))
            or _is_remark(line)
        ):
            self.sections.leave_out(number, line)
        elif self._is_dated_below(line):
            self.sections.keep(Field.HEAD, number, line)
        elif self._is_about_whom(position, line):
            self.state = Field.BOILERPLATE
            self.sections.keep(self.state, number, line)
        elif _is_paragraph(line):
            self.sections.keep(Field.BOILERPLATE, number, line)
            if not _more_names(self._after(position)):
                self.state = Field.BOILERPLATE
        else:
            self.sections.take_signatory(number, line)

    def _is_dated_below(self, line: str) -> bool:
        """Whether a line amid names only says where and when they signed."""
        read = datelines.read(key(line)) if len(line) < 100 else None
        if not read or not read[0].date or read[1]:
            return False
        self._note_date(line)
        return True

    def _is_about_whom(self, position: int, line: str) -> bool:
        words = key(line)
        return bool(headings.ABOUT_WHOM.fullmatch(words)) and self._ends_names(position, words)

    # Contacts

    def _block_after(self, position: int, most: int = _LOOK_AHEAD) -> list[str]:
        """The lines up to the next blank one."""
        block: list[str] = []
        for _, line in self._after(position)[:most]:
            if line.strip():
                block.append(line)
            elif block:
                break
        return block

    def _is_contact(self, block: list[str]) -> bool:
        if any(_is_prose(line) for line in block):
            return all(_reaches(line) for line in block if _is_prose(line)) and len(block) < 4
        if any(_reaches(line) for line in block):
            return True
        return not self.reached and all(len(line.split()) <= 9 for line in block)

    def _leave_contact(self, position: int) -> None:
        """What comes below a contact is the release again, unless the release was over."""
        over = self.ended or self.sections.signatory_lines or self.sections.apart[Field.BOILERPLATE]
        self.state = Field.BOILERPLATE if over else Field.BODY
        self.sections.words.append((0, ""))

    def _after(self, position: int) -> list[Line]:
        return self.lines[position + 1 : position + 1 + _LOOK_AHEAD]


def _take_undersigned(sections: Sections) -> None:
    """Take names that end the words, where these speak of "the undersigned" and no heading did."""
    words = [(number, line) for number, line in sections.words if line]
    tail: list[Line] = []
    while words and _is_namelike(words[-1][1]):
        tail.insert(0, words.pop())
    spoken = any(headings.UNDERSIGNED.search(line) for _, line in words)
    ended = bool(words) and bool(_SENTENCE_END.search(words[-1][1].strip(" *_")))
    if len(tail) < 2 or not spoken or not ended:
        return
    taken = {number for number, _ in tail}
    sections.words = [(number, line) for number, line in sections.words if number not in taken]
    for number, line in tail:
        sections.take_signatory(number, line)


def _is_namelike(line: str) -> bool:
    words = line.split()
    begins = next((char for char in line if char.isalpha()), "")
    return (
        0 < len(words) <= 16
        and not begins.islower()
        and "http" not in line
        and not line.lstrip().startswith("#")
        and not line.rstrip().endswith((".", "!", "?", ":", ";", ",", "…"))
    )


def _is_titlelike(line: str) -> bool:
    read = datelines.read(line)
    return not read and len(line.split()) < 30 and not line.rstrip().endswith((".", ",", ";"))


def _is_prose(line: str) -> bool:
    """Whether a line is a sentence, and not a name with what goes with it."""
    return len(line.split()) >= 8 and bool(_SENTENCE_END.search(line.strip(" *_")))


def _is_short_sentence(line: str) -> bool:
    return line.rstrip().endswith(".") and len(line.split()) > 3 and "," not in line


def _is_paragraph(line: str) -> bool:
    """Whether a line amid names is too much for one of them."""
    count = len(line.split())
    sentences = len(_SENTENCE_WITHIN.findall(line))
    long = count > 45 and line.count(";") < 3
    return long or (count > 15 and sentences > 0 and bool(_SENTENCE_END.search(line.strip())))


def _is_remark(line: str) -> bool:
    """Whether a line amid names is a sentence, in small letters and without a comma."""
    words = line.split()
    small = sum(word[:1].islower() for word in words)
    return (
        len(words) > 5
        and line.rstrip().endswith(".")
        and "," not in line
        and small * 2 > len(words)
    )


def _reaches(line: str) -> bool:
    return bool(headings.REACHED.search(line[: headings.LONGEST]))


def _is_source(name: str, line: str) -> bool:
    if line.lstrip().startswith("SOURCE"):
        return True
    return len(name) < 200 and ":" in line[:9]


def _names_follow(after: list[Line]) -> bool:
    follows = next((text for _, text in after if text.strip()), "")
    return bool(follows) and len(follows) < 400


def _opens_the_end(line: str) -> bool:
    if headings.END.match(line) or _SOURCE.match(line) or _ORIGINAL.match(line):
        return True
    words = key(line)
    plain = bare(line[: headings.LONGEST])
    return bool(
        headings.ABOUT.fullmatch(words)
        or headings.CONTACT.fullmatch(plain)
        or headings.NOTES.fullmatch(plain)
        or headings.COPIES.fullmatch(plain)
    )


def _only_names(after: list[Line]) -> bool:
    """Whether what follows is a list to its end, not prose."""
    texts = [text for _, text in after if text.strip()]
    ended = next((i for i, text in enumerate(texts) if _opens_the_end(text)), len(texts))
    names = texts[:ended]
    return (
        bool(names)
        and all(len(text.split()) <= 30 for text in names)
        and not any(headings.SIGNATURES.fullmatch(key(text)) for text in names)
    )


def _more_names(after: list[Line]) -> bool:
    """Whether the list of names goes on below a line that is too long for it."""
    follows = next((text.strip() for _, text in after if text.strip()), "")
    if _opens_the_end(follows) or headings.RULE.match(follows):
        return False
    sentence = follows.endswith((".", "!", "?")) and len(follows.split()) > 12
    return 0 < len(follows.split()) <= 25 and not sentence and "http" not in follows
