"""Contact details in a few words that a stranger typed: links, domains, addresses, numbers.

A name goes by mail to whatever address was typed with it, so it must lead its reader nowhere.
What is looked for is what mail programs make a link of by themselves, in any script, and what
people write so that programs do not see it ("bit (dot) ly").
"""

import re
import unicodedata
from itertools import pairwise

from casa.lib.addresses import domains

MOST_DIGITS = 4
"""A name may hold so many: enough for a year. The shortest telephone numbers have five."""

# Dots and their likes that NFKC leaves as they are: ideographic, Urdu, hyphenation point.
_DOTS = str.maketrans(dict.fromkeys("。۔‧", "."))
_AT_OR_SCHEME = re.compile(
    r"://|//|\\\\|\bwww\.|\S@\S|[([{<] ?(?:at|ət) ?[)\]}>]"
    r"|\b(?:https?|hxxps?|ftp|mailto|tel|callto|sms|javascript|data)\b ?:"
)
_WORD_FOR_DOT = "dot|point|punkt|punto|nokta|nöqtə|точка"
# Where the word stands bare: ends that are nobody's surname ("Dot Li" is somebody's name).
_COMMON_ENDS = "app|biz|cc|com|info|io|link|ly|me|net|online|org|shop|site|top"
_SPELLED_DOT = re.compile(
    rf" ?[([{{<] ?(?:{_WORD_FOR_DOT}|\.) ?[)\]}}>] ?"
    rf"| \. ?"
    rf"| (?:{_WORD_FOR_DOT}) (?=(?:{_COMMON_ENDS})\b)"
)
_BETWEEN_WORDS = re.compile(r"[\s,;:!?()\[\]{}<>\"'“”„«»|/\\&+=*#%^~`@]+")
_IPV4 = re.compile(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b")
# Titles and legal forms whose last part is also the end of domains.
_ABBREVIATIONS = frozenset({"b.sc", "co.ltd", "d.sc", "dipl.ing", "dr.med", "m.sc", "mag.art"})
# A dot within a word, of the kinds that a reader takes for one.
_INNER_DOT = re.compile(r"(?<=[^\s.])([.．。｡․﹒۔])(?=[^\s.,;:!?)\]…])")


def has_address(text: str) -> bool:
    """Whether a web or e-mail address stands in `text` that says so itself: http://, www., @."""
    return any(_AT_OR_SCHEME.search(form) for form in _plain_forms(text))


def has_domain(text: str) -> bool:
    """Whether something in `text` could be a domain: two words joined by a dot, the second of
    which a registry or a country gives out ("example.org", but not "St.John").
    """
    return any(_names_domain(form) for form in _plain_forms(text))


def has_number(text: str) -> bool:
    """Whether `text` has so many digits, of whatever script, that one could call them."""
    return any(sum(map(str.isdecimal, form)) > MOST_DIGITS for form in _plain_forms(text))


def harmless(name: str) -> str:
    """`name` as a mail to a stranger may hold it; "" if it would lead its reader somewhere.

    A blank parts what a mail program of some day might take for a domain ("St. John").
    """
    name = " ".join(name.split())
    if "@" in name or has_address(name) or has_domain(name) or has_number(name):
        return ""
    return _INNER_DOT.sub(r"\1 ", name)


def _plain_forms(text: str) -> set[str]:
    """`text` in small plain letters and digits, with marks and without: some of them are letters'
    own, others hide what is beneath.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DOTS)
    plain = "".join(_digit(char) for char in plain if unicodedata.category(char) != "Cf")
    bare = "".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Me"))
    return {_SPELLED_DOT.sub(".", " ".join(form.split())) for form in (plain, bare)}


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char, char))


def _names_domain(plain: str) -> bool:
    if _IPV4.search(plain) or "xn--" in plain:
        return True
    return any(_is_domain(word) for word in _BETWEEN_WORDS.split(plain) if "." in word)


def _is_domain(word: str) -> bool:
    labels = [label.rstrip("-_–—") for label in word.split(".")]
    pairs = list(pairwise(labels))
    if pairs and ".".join(pairs[0]) in _ABBREVIATIONS:
        del pairs[0]
    return any(before and _ends_domains(label) for before, label in pairs)


def _ends_domains(label: str) -> bool:
    return 1 < len(label) < 64 and domains.is_public_suffix(label)
