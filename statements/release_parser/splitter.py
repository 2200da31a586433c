"""The lines of a release are sorted: words, signatories, and what is kept apart."""

from __future__ import annotations

import re

from . import dateline as datelines
from . import headings
from .ask import calls
from .fields import Field
from .headings import bare, key
from .line_shapes import (
    ORIGINAL,
    SENTENCE_END,
    SOURCE,
    is_paragraph,
    is_prose,
    is_remark,
    is_short_sentence,
    is_source,
    is_titlelike,
    more_names,
    names_follow,
    only_names,
    reaches,
)
from .lookahead import Lookahead
from .sections import Line, Sections
from .undersigned import take_undersigned

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
_STAMP = re.compile(r"\b\d{4},? \d{1,2}:\d{2}\b")

# A contact says within so many lines how to reach somebody.
_LINES_OF_A_CONTACT = 6
# Within so many lines below "Background" nothing is asked where it is for editors.
_LINES_OF_BACKGROUND = 30
# The head of a release is over after so many lines of words.
_HEAD_LINES = 4


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
        take_undersigned(sections)
    return sections


class _Splitter(Lookahead):
    """Goes through the lines once; `state` is the field that the next line is likely to be in."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(lines)
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
            block = self.block_after(position)
            if block and not self._is_contact(block):
                self._leave_contact(position)

    # What is the wire's or the office's

    def _take_wire_line(self, number: int, line: str) -> bool:
        source = SOURCE.match(line)
        if source and is_source(source["name"], line):
            if self.sections.source:
                self.sections.leave_out(number, line)
            else:
                self.sections.take_source(number, source["name"])
            self._end()
            return True
        original = _URL.search(line) if ORIGINAL.match(line) else None
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
        around = self.lines[max(0, position - 3) : position] + self.after(position)[:3]
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
        following = [text for _, text in self.after(position)[:12] if text.strip()]
        if not following or len(line.split()) > 9 or SENTENCE_END.search(line.strip()):
            return False
        if datelines.read(line):
            return False
        if not headings.RELEASE_MARK.fullmatch(key(following[0])):
            return False
        below = [text for text in following if not self._is_small_head(text)]
        return bool(below) and is_titlelike(below[0])

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
            self.reached = bool(named) or reaches(line)
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
        if headings.ASKS_TO_REACH.search(line) and reaches(line):
            return True
        opens = self.state == Field.SIGNATORIES and line.rstrip().endswith(":")
        below = self.block_after(position, _LINES_OF_A_CONTACT) if opens else []
        return any(reaches(text) for text in below)

    def _words_to_come(self, position: int) -> bool:
        return self.state == Field.BODY and self.names_to_come(position)

    def _ends_words(self, position: int, words: str) -> bool:
        # With signatories still to come, "About the River" is a heading of the statement.
        if self.names_to_come(position):
            return False
        return self.state != Field.SIGNATORIES or self._ends_names(position, words)

    def _is_background(self, position: int, words: str) -> bool:
        if not headings.BACKGROUND.fullmatch(words) or self.names_to_come(position):
            return False
        if self.state != Field.BODY:
            following = next((text for _, text in self.after(position) if text.strip()), "")
            return self.state != Field.SIGNATORIES or following.rstrip().endswith(".")
        if self.sentences < 2 or self.last_contact < position:
            return False
        return not any(calls(text) for _, text in self.after(position)[:_LINES_OF_BACKGROUND])

    def _ends_names(self, position: int, words: str) -> bool:
        """Whether "About …" amid names opens a paragraph; else it is an organization's name."""
        if re.match(r"about (?:the|us)\b", words, re.IGNORECASE) or not words.startswith("About"):
            return True
        following = next((text for _, text in self.after(position) if text.strip()), "")
        return not following or is_prose(following) or is_short_sentence(following)

    def _opens_signatures(self, position: int, line: str) -> bool:
        after = self.after(position)
        if headings.SIGNATURES_INLINE.fullmatch(bare(line)):
            return True
        if headings.SIGNATURES.fullmatch(key(line)):
            marked = line.rstrip(" *_=").endswith((":", ","))
            return names_follow(after) or (marked and any(text.strip() for _, text in after))
        follows = next((text for _, text in after if text.strip()), "")
        listed = 0 < len(follows.split()) <= 25 and "http" not in follows
        return (
            self.state == Field.BODY
            and listed
            and bool(_SENTENCE_HEADING.fullmatch(line))
            and only_names(after)
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
            self.sentences += is_prose(line)
            if self.words_taken >= _HEAD_LINES or len(line.split()) >= 30:
                self.in_head = False
        elif self.state == Field.LEFT_OUT:
            self.sections.leave_out(number, line)
        elif self.state == Field.MEDIA_CONTACT and is_prose(line) and not reaches(line):
            self._leave_contact(position)
            self._take_inside(position, number, line)
        else:
            self.reached = self.reached or reaches(line)
            self.sections.keep(self.state, number, line)

    def _take_signatory(self, position: int, number: int, line: str) -> None:
        if (
            _SUBHEADING.fullmatch(line)
            or headings.SIGNATURES.fullmatch(key(line))
            or is_remark(line)
        ):
            self.sections.leave_out(number, line)
        elif self._is_dated_below(line):
            self.sections.keep(Field.HEAD, number, line)
        elif self._is_about_whom(position, line):
            self.state = Field.BOILERPLATE
            self.sections.keep(self.state, number, line)
        elif is_paragraph(line):
            self.sections.keep(Field.BOILERPLATE, number, line)
            if not more_names(self.after(position)):
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

    def _is_contact(self, block: list[str]) -> bool:
        if any(is_prose(line) for line in block):
            return all(reaches(line) for line in block if is_prose(line)) and len(block) < 4
        if any(reaches(line) for line in block):
            return True
        return not self.reached and all(len(line.split()) <= 9 for line in block)

    def _leave_contact(self, position: int) -> None:
        """What comes below a contact is the release again, unless the release was over."""
        over = self.ended or self.sections.signatory_lines or self.sections.apart[Field.BOILERPLATE]
        self.state = Field.BOILERPLATE if over else Field.BODY
        self.sections.words.append((0, ""))
