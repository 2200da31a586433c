"""Honorifics before a name and credentials behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from .honorifics import HONORIFIC_TAILS, HONORIFICS
from .text import key, word_key
from .vocabulary import (
    CREDENTIALS,
    MIXED_CASE_CREDENTIALS,
    PARTICLES,
)
from .vocabulary import words as word_set

_GLUED = re.compile(
    r"^((?:(?:Prof|Assoc|Dr|Mrs|Mr|Ms|Mx|Rev|Hon|Fr|Capt|Col|Gen|Ing)\.)+)(?!in\s)(?=[^\W\d_]{2})"
)
# "Prof.ssa" is one form of address.
_FEMININE = re.compile(r"^(Prof|Dott|Avv|Sig)\.(ssa|ra)\b", re.IGNORECASE)
_MOST_REVEREND = re.compile(
    r"^(?:the\s+)?(?:most\s+|very\s+|right\s+|rt\.?\s+)?(?=(?:rev|hon)[a-z]*\b)", re.IGNORECASE
)
_SPACED_CREDENTIAL = re.compile(r"\b(Ph|Ed|Psy|Th|Pharm|D)\.\s+(D|Phil|Sc)\.?(?=$|[\s,;)])")


# Of "Dr. h. c. Jane Roe" one form of address.
_SPACED_TAIL = re.compile(r"(?<!\S)h\.\s?c\.(?=\s)")
# As in "Pfr. i. R.", "Oberst a. D.": whoever has left the office.
_LEFT_OFFICE = re.compile(r"(?<=[\w.]) (?:i\. ?R\.|a\. ?D\.)(?= [^\W\d_]{2})")
# As in "к.м.н.", "д.б.н.": a candidate or a doctor of sciences.
_OF_SCIENCES = re.compile(r"[кд]\.\s?[а-я]{1,4}\.(?:-?[а-я]{1,4}\.)?\s?н\.?", re.IGNORECASE)
# As in "Dipl.-Päd.", "Dipl.-Kfm."; "S.H.", "S.Pd.", "M.Si.".
_DIPLOMA = re.compile(r"Dipl\.-?[^\W\d_]{2,10}\.?|S\.[A-Z][A-Za-z]{0,3}\.|M\.[A-Z][a-z]{1,3}\.")
# A short word with a full stop, or one small letter, is a title in some language.
_SHORT_TITLE = re.compile(r"[^\W\d_]{2,5}\.")

# As in "นางรุ่งอรุณ ทองประภา": written without a blank before the name.
_THAI = re.compile("^(นางสาว|นาย|นาง(?!\\s)|ดร\\.)(?=[\u0e00-\u0e7f]{2})")

_BEFORE_PROFESSOR = word_set("assoc associate assistant asst ass em emer emeritus emerita")


@lru_cache(maxsize=20_000)
def split_honorific(text: str) -> tuple[str, str]:
    """("Dr.", "Jane Roe") of "Dr Jane Roe" or "Dr.Jane Roe"; the honorific may be empty."""
    text = _MOST_REVEREND.sub("", text)
    text = _THAI.sub(r"\1 ", text) if "\u0e00" <= text[:1] <= "\u0e7f" else text
    if "." in text:
        text = _FEMININE.sub(r"\1\2", text)
        text = _LEFT_OFFICE.sub("", text, count=1)
        text = _SPACED_TAIL.sub(lambda match: match[0].replace(" ", ""), text)
        text = _GLUED.sub(lambda match: match[1].replace(".", ". ") + "", text).replace("  ", " ")
    words = text.split()
    taken: list[str] = []
    if len(words) > 2 and word_key(words[0]) in ("state", "us") and _is_legislator(words[1]):
        taken.append(words.pop(0))
    while len(words) > 1:
        bare = word_key(words[0])
        if bare in _BEFORE_PROFESSOR and _is_professor(words[1]):
            taken.append(words[0])
        elif bare in HONORIFIC_TAILS and not taken:
            break
        elif bare in HONORIFICS and _could_be_honorific(words[0], bare, bool(taken), len(words)):
            taken.append(HONORIFICS[bare])
        elif _OF_SCIENCES.fullmatch(words[0]) or _is_small_title(words):
            taken.append(words[0])
        else:
            break
        words = words[1:]
    return " ".join(taken), " ".join(words)


def _is_small_title(words: list[str]) -> bool:
    """As in "o. Jan Roe" and "arch. Jan Roe": small letters with a full stop are no initial."""
    first = words[0]
    small = first.endswith(".") and first[:1].islower() and first[:-1].isalpha()
    return len(words) > 2 and small and len(first) < 8 and words[1][:1].isupper()


def unknown_title(text: str) -> str:
    """A short word with a full stop before two words of a name, which may be a title."""
    words = text.split()
    short = len(words) > 2 and bool(_SHORT_TITLE.fullmatch(words[0]))
    return words[0] if short or (len(words) > 2 and _may_be_don(words)) else ""


def _may_be_don(words: list[str]) -> bool:
    """ "D." is a form of address in Spanish, and an initial elsewhere."""
    return words[0] == "D." and len(word_key(words[1])) > 1


def _is_legislator(word: str) -> bool:
    return word_key(word) in ("sen", "rep", "senator", "representative") and word != word.upper()


def _is_professor(word: str) -> bool:
    return word_key(word) in ("prof", "professor")


# Also a particle, a pronoun or a family's name, unless written just so before two words.
_ONLY_AS_WRITTEN = {
    "don": ("don",), "me": ("Me",), "di": ("DI",), "d": ("D.ª", "D.a"), "da": ("Dª", "D.ª"),
    "he": ("H.E", "HE"), "se": ("S.E",), "hh": ("H.H",), "hrh": ("H.R.H", "HRH"),
    "dra": ("Dr.ª", "Dra", "Dr.a"), "sra": ("Sr.ª", "Sra"), "enga": ("Eng.ª",),
}  # fmt: skip
_SHORT_FORMS = word_set(
    "pbro lcdo lcda licda mtra geom rag mons on ogr yrd ars uzm op hab ks lek mec red bp abp sp dz "
    "prot иером архим прот свящ докт канд преп ven"
)
_ALSO_NAMES = word_set(
    "canon pan pani maestro maestra pater sor madre schwester sayin пан пані пани frei doktor "
    "archdeacon maj col fr amb doc adm lt mgr capt pastor sister ir mw"
)
_ALSO_WORDS = word_set("dona elder major general justice judge gov baron")
_WITH_STOP = word_set("sr br med mag pr av sen rep gen ing")


_INITIALS = re.compile(r"(?:[A-Z]\.){2,4}")


def _could_be_honorific(word: str, bare: str, after_another: bool, left: int) -> bool:
    if bare in _ALSO_WORDS or (bare not in _ONLY_AS_WRITTEN and _INITIALS.fullmatch(word)):
        return bare in _ALSO_WORDS and word[0].isupper()
    if bare in _ONLY_AS_WRITTEN:
        written = word.strip(".") in _ONLY_AS_WRITTEN[bare] and left > 2
        return after_another or written
    if bare in _SHORT_FORMS:
        return word.endswith(".") or (after_another and left > 2) or word == "ks"
    if bare in _WITH_STOP:
        written = word.endswith(".") or (word in ("Pr", "Sr", "Br") and left > 2)
        return written or (after_another and bare != "sr")
    if bare in _ALSO_NAMES:
        return left > 2 or after_another or word.endswith(".")
    return True


def starts_with_honorific(text: str) -> bool:
    return bool(split_honorific(text)[0])


@lru_cache(maxsize=10_000)
def is_credential(word: str) -> bool:
    """Whether one word is a credential, written as credentials are ("PhD", "M.D.", "OBE")."""
    bare = word_key(word)
    if _OF_SCIENCES.fullmatch(word.strip("(),;")) or _DIPLOMA.fullmatch(word.strip("(),;")):
        return True
    if bare not in CREDENTIALS:
        return False
    letters = word.strip("(),;")
    capitals = sum(char.isupper() for char in letters)
    return capitals >= 2 or "." in letters[:-1] or bare in MIXED_CASE_CREDENTIALS


def join_spaced(text: str) -> str:
    if "." not in text:
        return text
    return _SPACED_CREDENTIAL.sub(lambda match: f"{match[1]}.{match[2]}.", text)


_BETWEEN = re.compile(r"[\s,/&]+")


@lru_cache(maxsize=10_000)
def is_credential_list(text: str) -> bool:
    words = _BETWEEN.split(join_spaced(text).strip("()"))
    return bool(words) and all(is_credential(word) for word in words if word)


def split_credentials(text: str) -> tuple[str, list[str]]:
    """The name and the credentials behind it; a name of one word keeps the last word."""
    name, taken = _parted_credentials(text)
    return name, list(taken)


@lru_cache(maxsize=10_000)
def _parted_credentials(text: str) -> tuple[str, tuple[str, ...]]:
    words = join_spaced(text).split()
    taken: list[str] = []
    while len(words) > 1 and is_credential(words[-1]):
        bare = word_key(words[-1])
        if len(bare) == 2 and _is_surname_like(words):
            break
        taken.insert(0, words.pop().strip("(),;"))
    return " ".join(words), tuple(taken)


def _is_surname_like(words: list[str]) -> bool:
    """The last word is the surname in "JANE MA" or "Jane Do"."""
    carrying = [word for word in words[:-1] if len(word_key(word)) > 1]
    return len(carrying) < 2


def initials_and_particles(words: list[str]) -> int:
    return sum(len(word_key(word)) == 1 or key(word) in PARTICLES for word in words)
