"""What stands in a line beside its parts: remarks, pronouns, party and state, forms of address."""

from __future__ import annotations

import re

from . import kinds, places
from .honorifics import HONORIFICS
from .names import split_honorific
from .parsed import Draft
from .roles import is_role
from .segments import split_segments, tidy
from .text import word_key
from .vocabulary import words as word_set

_FOR_IDENTIFICATION = re.compile(
    r"(?:(?<!\s)\s+)?(?:[,;–—-]\s*)?(?:[(\[]\s*)?\*?(?:(?:institutional\s+)?(?:affiliations?|titles?|organi[sz]ations?)\b[^()\[\],;]{0,40}?)?"
    r"\bfor\s+(?:the\s+)?(?:purposes?\s+of\s+)?identification(?:\s+purposes?)?(?:\s+only)?\s*[)\]]?",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"(?:(?<!\s)\s+)?(?:,\s*)?[(\[](?P<party>[A-Z][A-Za-z]{0,3}\.?)"
    r"(?:\s?[-–—]\s?(?P<state>[A-Z][A-Za-z.]{1,14}(?:\s[A-Z][a-z]+)?)(?:[-–\s](?:\d{1,2}|AL))?)?[)\]]"
    r"|(?:(?<!\s)\s+)?,\s*(?P<letter>[DRI])-(?P<code>[A-Z]{2})(?:-(?:\d{1,2}|AL))?(?=\s*(?:,|$))"
)
# What a party needs: a bracket, or a letter and a state as in "D-CA".
_MAY_BE_PARTY = re.compile(r"[(\[]|[DRI]-[A-Z]")
_PARTIES = word_set("d r i l g dem rep ind dfl gop lib gre np")
_CIVIL = word_set("mr mrs ms mx miss dr prof rev revd sir dame hon mme mlle herr frau")
_IN_PARENTHESES = re.compile(r"^(?P<name>[^,;|()]{3,60}?)\s*\((?P<title>[\w-]{2,6})\.?\)")
_RETIRED_FIRST = re.compile(
    r"^(?P<title>(?:[\w.-]+\s+){1,3})\((?P<remark>ret(?:d|ired)?\.?)\)\s+", re.IGNORECASE
)
_SERVICE = re.compile(
    r"(?:,|(?<!\s))\s*\((?P<remark>(?:(?:U\.?S\.?\s?)?[A-Z][\w.]{1,5}[,\s]+)?(?:[Rr]et(?:d|ired)?|RET)\.?|US(?:N|AF|MC|CG|SF))\)"
)
_AT_LAW = re.compile(
    r"\b(?P<role>(?:attorney|counsell?or|solicitor|barrister|lawyer|advocate)s?(?:\s+at\s+|-at-)law)\b"
    r"(?P<next>\s+(?=[^\W\d_]))?",
    re.IGNORECASE,
)
_BEHALF_FIRST = re.compile(
    r"^(?:signing\s+|signed\s+)?(?:on|in)\s+behalf\s+of\s++(?:the\s++)?(?P<whom>[^:,;|]{3,120}?)(?<!\s)\s*[:,;|–—]\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_FOR_FIRST = re.compile(
    r"^(?:for|für|pour|por|per|za|за|voor|namens|på vegne a[vf]|w imieniu|jménem|v mene|u ime"
    r"|v imenu|în numele|em nome d[aeo]s?|en nombre de|a nome d(?:i|el|ella)|от имени|від імені"
    r"|от името на)\s++(?:the\s++|den\s++|die\s++|das\s++|la\s++|le\s++)?"
    r"(?P<whom>[^:,;|]{3,120}):\s++(?P<rest>.+)$",
    re.IGNORECASE,
)
_LAST_PARENTHESES = re.compile(r"^(?P<before>[^()]*[^()\s])\s*\((?P<inside>[^()]{4,60})\)\s*$")


_SAID = re.compile(r"(?<=\w)[\s,;:–—-]{1,6}[\"“„«](?P<said>[^\"“”„«»]{8,400}[.!?…])[\"“”»]\s*$")


def _without_comment(text: str, draft: Draft) -> str:
    """As in 'Jane Roe, Leeds – "This river raised me."': what somebody says is no field."""
    match = _SAID.search(text)
    words = match["said"].split() if match else []
    if not match or len(words) < 3 or sum(word[:1].islower() for word in words) < 2:
        return text
    draft.note(f"“{match['said']}” was left out of the fields.")
    return text[: match.start()]


# As in "Jane Roe, potter (by phone)": how the name came.
_WAY = re.compile(
    r"\s\((?:by|via|per|par|por|tramite|am|telefonisch|по|через|over|pr\.?|przez)?\s?"
    r"(?:tele)?(?:phone|fon|foon|mail|e-?mail|post|letter|brief|text|sms|whatsapp|téléphone|courriel"
    r"|courrier|teléfono|correo|telefono|posta|telefone|correio|телефону|почте|почту|telefonem)\)$",
    re.IGNORECASE,
)


def _without_way(text: str, draft: Draft) -> str:
    way = _WAY.search(text.rstrip()) if text.rstrip().endswith(")") else None
    if not way:
        return text
    draft.note(f"“{way[0].strip(' ()')}” was left out of the fields.")
    return text[: way.start()]


def read_remarks(text: str, draft: Draft) -> str:
    """The line without its remarks; what they say goes into the draft or into a note."""
    text = _without_comment(text, draft)
    text = _drop_identification(_without_way(text, draft), draft)
    text = _read_party(text, draft)
    if "(" in text:
        text = _honorific_to_front(_read_service(text, draft))
    if "law" in text.lower():
        text = _AT_LAW.sub(lambda match: match["role"] + (", " if match["next"] else ""), text)
    return _person_to_front(text, draft) if "(" in text else text


def behalf_first(text: str) -> tuple[str, str] | None:
    """The organization and the rest of "On behalf of River Trust: Jane Roe"."""
    match = _BEHALF_FIRST.match(text) or _FOR_FIRST.match(text)
    return (match["whom"], match["rest"]) if match else None


def _drop_identification(text: str, draft: Draft) -> str:
    shorter = _FOR_IDENTIFICATION.sub(" ", text) if "dent" in text.lower() else text
    if shorter == text or not tidy(shorter):
        return text
    draft.note("The remark that the affiliation only identifies the person became a mark.")
    draft.mark = draft.mark or "identification_only"
    return shorter


def _read_party(text: str, draft: Draft) -> str:
    match = _PARTY.search(text) if _MAY_BE_PARTY.search(text) else None
    if not match or word_key(match["party"] or match["letter"]) not in _PARTIES:
        return text
    state = places.region(match["state"] or match["code"] or "", "US")
    person = split_honorific(tidy(text[: match.start()].split(",", maxsplit=1)[0]))[1]
    unknown = not state and (match["state"] or match["code"])
    town = text[: match.start()].rpartition(",")[2].strip()
    country = places.country_of_plate(match["party"] or "")
    abroad = country and places.cities(town, country)  # as in "Jane Roe, Husum (D)"
    if unknown or abroad or not kinds.looks_like_name(person):
        return text
    draft.state = state
    draft.note(f"“{match[0].strip(' ,()[]')}” was read as a party, which has no field.")
    return text[: match.start()] + text[match.end() :]


def _read_service(text: str, draft: Draft) -> str:
    """As in "Congressman (ret.) John Poe" and "Lt. Col. Jane Roe (USAF, Ret.), River Trust"."""
    first = _RETIRED_FIRST.match(text)
    if first and split_honorific(f"{first['title']}Roe")[1] == "Roe":
        draft.late_credentials.append(first["remark"])
        return first["title"] + text[first.end() :]
    match = _SERVICE.search(text)
    before = tidy(text[: match.start()]) if match else ""
    if match and "," not in before and kinds.looks_like_name(split_honorific(before)[1]):
        draft.late_credentials.append(match["remark"])
        return text[: match.start()] + text[match.end() :]
    return text


def _honorific_to_front(text: str) -> str:
    match = _IN_PARENTHESES.match(text)
    if not match or word_key(match["title"]) not in _CIVIL:
        return text
    honorific, name = split_honorific(match["name"])
    if not kinds.looks_like_name(name):
        return text
    return f"{honorific} {HONORIFICS[word_key(match['title'])]} {name}{text[match.end() :]}".strip()


def _person_to_front(text: str, draft: Draft) -> str:
    """As in "River Council, Leeds (Jane Roe)": who signs stands behind the organization."""
    match = _LAST_PARENTHESES.match(text)
    if not match:
        return text
    person, *roles = [segment.text for segment in split_segments(match["inside"])] or [""]
    honorific, name = split_honorific(person)
    if not all(map(is_role, roles)):
        return text
    before = split_segments(match["before"])
    stands_alone = len(before) > 1 and not before[0].quoted
    if not stands_alone or not kinds.looks_like_organization(before[0].text):
        return text
    if kinds.organization_score(name) or not kinds.looks_like_name(name) or is_role(name):
        return text
    if places.cities(name) or kinds.split_name_from_organization(before[0].text):
        return text
    sure = honorific or kinds.has_given_name(name)
    draft.note(
        f"“{person}” was read as the representative of “{before[0].text}”.",
        0.0 if sure else 0.2,
    )
    return f"{match['inside']}, {match['before']}"
