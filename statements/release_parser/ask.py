"""Which paragraph of a statement calls for something."""

from __future__ import annotations

import re

from .lines import Paragraph

_WHO = r"(?:we|i|the undersigned|undersigned|signatories|coalition|biz)"
_I = re.IGNORECASE
# How surely a phrase calls for something.
_CALLS = (
    (
        re.compile(
            rf"\b{_WHO}\b[^.;:]{{0,120}}?\b(?:call(?:ing)?\s+(?:up)?on|urge|demand|implore|petition"
            r"|call\s+for|appeal\s+(?:to|for)|beseech|insist)\b",
            _I,
        ),
        4,
    ),
    (
        re.compile(
            rf"\b{_WHO}\b[^.;:]{{0,80}}?\b(?:ask|request|invite|recommend|propose|encourage|expect"
            r"|seek)\b",
            _I,
        ),
        3,
    ),
    (re.compile(r"\b(?:calls?\s+(?:up)?on|urges?|demands?|implores?|appeals?\s+to)\b", _I), 2),
    (
        re.compile(
            r"çağırır|tələb\s+ed|xahiş\s+ed|müraciət\s+ed|təkid\s+ed|talep\s+ed|çağrıda\s+bulun"
            r"|çağırıyoruz|davet\s+ediyoruz|istiyoruz",
            _I,
        ),
        4,
    ),
    (
        re.compile(
            r"\b(?:wir\b[^.;:]{0,80}?\b(?:fordern|rufen|bitten|appellieren|verlangen)|(?:fordern|bitten)\s+wir"
            r"|demandons|exigeons|nous\s+appelons|appelons\s+(?:à|les?|la)|exigimos|pedimos|instamos|solicitamos|reclamamos"
            r"|hacemos\s+un\s+llamad|apelamos|exortamos|chiediamo|esigiamo|facciamo\s+appello"
            r"|sollecitiamo|wij\s+(?:vragen|eisen|verzoeken)|roepen\s+wij"
            r"|apelujemy|wzywamy|żądamy|domagamy\s+się|prosimy"
            r"|призываем|требуем|просим|закликаємо|вимагаємо|просимо|звертаємося\s+з\s+вимогою"
            r"|ندعو|نطالب|نناشد|نحث|καλούμε|ζητάμε|ζητούμε|απαιτούμε|მოვუწოდებთ|ვითხოვთ)"
            r"|呼吁|敦促|我们要求",
            _I,
        ),
        4,
    ),
    (re.compile(r"\bcalling\s+(?:up)?on\b", _I), 2),
    (
        re.compile(
            r"\b(?:they|experts|regions|members|signatories|authors)\s+"
            r"(?:urged|called\s+(?:up)?on|appealed\s+to)\b",
            _I,
        ),
        2,
    ),
    # What a third person asks, in other languages.
    (
        re.compile(
            r"\b(?:forder[nt]|appellier(?:t|en)\s+an|demand(?:e|ent)\s+(?:à|aux?)|exhort(?:e|ent)"
            r"|pide[n]?\s+(?:a|al)|exige[n]?|insta[n]?\s+(?:a|al)|chied(?:e|ono)\s+(?:a|al|alla)"
            r"|pede[m]?\s+(?:a|à|ao)|призыва[ею]т|требу[ею]т|просят|закликають|вимагають|apelują"
            r"|wzywają|çağırdı|talep\s+etti|تدعو|تطالب)\b",
            _I,
        ),
        2,
    ),
)
_OPENS = re.compile(r"^(?:therefore|accordingly|for these reasons|buna görə|odur ki)\b", _I)
_DUTY = re.compile(r"\bmust\b|\bshould\b", _I)
# A body that is named, and what it has to do: "The River Commission must act".
_BODY_MUST = re.compile(
    r"(?:\b[A-Z][\w'’-]{1,40}+|\b(?i:authorit(?:y|ies)|board|cit(?:y|ies)|commission|committee|companies"
    r"|company|congress|council|count(?:y|ies)|courts?|governments?|leaders|legislature|mayor"
    r"|minist(?:er|ry)|parliament|senate|states?|town|union))"
    r"\s+(?:must|should|has\s+to|have\s+to|needs?\s+to|ought\s+to)\s+(?:now\s+|also\s+)?"
    r"(?!have\b|not\s+have\b)[a-z]+"
)
# Only so many paragraphs from the end are asked whether a body is told what to do.
_NEAR_END = 4
_LEAST = 2
_PAST = re.compile(
    r"\b(?:was|were|had|have|has|been)\s+(?:asked|called|urged|demanded|requested)\b", re.IGNORECASE
)


def calls(text: str) -> bool:
    """Whether a paragraph surely calls for something."""
    return _score(text) >= 6


def find_ask(paragraphs: list[Paragraph]) -> str:
    """The plain text of the paragraph that calls for something, its list with it, or ""."""
    best, chosen = 0, -1
    for position, paragraph in enumerate(paragraphs):
        if paragraph.kind in ("text", "bullet", "number"):
            score = _score(paragraph.text)
            if score >= max(best, _LEAST):
                best, chosen = score, position
    if chosen < 0:
        chosen = _duty_near_end(paragraphs)
    if chosen < 0:
        return ""
    if paragraphs[chosen].kind in ("bullet", "number"):
        chosen = _list_intro(paragraphs, chosen)
    return "\n".join([paragraphs[chosen].text, *_items_after(paragraphs, chosen)])


def _duty_near_end(paragraphs: list[Paragraph]) -> int:
    """The last paragraph that says what a named body must do; -1 where none does."""
    for position in reversed(range(len(paragraphs))[-_NEAR_END:]):
        paragraph = paragraphs[position]
        if paragraph.kind == "text" and _BODY_MUST.search(_PAST.sub("", paragraph.text)):
            return position
    return -1


def _score(text: str) -> int:
    text = _PAST.sub("", text)
    score = max((worth for pattern, worth in _CALLS if pattern.search(text)), default=0)
    therefore = bool(_OPENS.search(text))
    if not score:
        return 3 if therefore and _DUTY.search(text) else 0
    speaks_first = re.match(rf"\W*(?:therefore,?\s+|accordingly,?\s+)?{_WHO}\b", text, _I)
    return score * 2 + bool(speaks_first) + therefore


def _list_intro(paragraphs: list[Paragraph], position: int) -> int:
    start = position
    while start and paragraphs[start].kind in ("bullet", "number"):
        start -= 1
    return start if paragraphs[start].text.endswith(":") else position


def _items_after(paragraphs: list[Paragraph], position: int) -> list[str]:
    if not paragraphs[position].text.endswith(":"):
        return []
    items: list[str] = []
    for paragraph in paragraphs[position + 1 :]:
        if paragraph.kind not in ("bullet", "number"):
            break
        items.append(paragraph.text)
    return items
