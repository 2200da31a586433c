"""Footnote marks and remarks that say in what capacity somebody signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .parsed import Mark
from .text import key

_PERSONAL = re.compile(
    r"(?:as|are) (?:an )?individuals?\b|not on behalf of|personliche[nr]? (?:funktion|namen"
    r"|kapazitat|unterz)|"
    r"personlich\b|als personen?\b|a titre de particulier|a nome personale|na osobni|osobiscie|"
    r"(?:personal|private|individual) capacit|(?:own|personal) (?:name|title|behalf)"
    r"|osoba prywatna|soukroma osoba|sukromna osoba|privatna oseba|privatno lice|private person\b"
    r"|privata persona\b|privatus asmuo|eraisikuna|yksityishenkilona|maganszemelykent"
    r"|persoana privata|частно лице|частное лицо|приватна особа|titol personal|titulo persoal"
    r"|personal basis|^privat$|^private?$|^privatim$|^prywatnie$|^soukrome$|^privado$|^privato$"
    r"|^a titolo privato|^particulier$|^als burger|^as a (?:private )?citizen|^частно$"
    r"|titre (?:personnel|individuel|prive)|nom propre|personlicher eigenschaft|privatperson"
    r"|(?:im|in) eigenem namen|eigenen namen|als (?:einzel|privat)personen?\b"
    r"|titulo (?:personal|individual|pessoal|particular)|nombre propio|nome proprio"
    r"|calidad personal"
    r"|titolo (?:personale|individuale)|persoonlijke titel|persoonlijk naam"
    r"|personlig (?:kapacitet|egenskap)"
    r"|imieniu wlasnym|wlasny\w{1,2} imieniu|n'engage pas|titulo propio|titulo proprio"
    r"|for (?:himself|herself|themselves|him- or herself)\b|nur fur sich"
    r"|vlastnim jmenem|jako soukroma|bireysel olarak"
    r"|sahsi(?:\s\w{1,12})?\s(?:adina|olarak)"
    r"|sahsim adina|kisisel (?:olarak|sifat)|sexsi (?:qaydada|adindan|sifetle|keyfiyyet)"
    r"|ferdi qaydada"
    r"|личном качестве|личное мнение|от себя лично|от своего имени|частном порядке"
    r"|особист\w{1,4} якост"
    r"|от собственного имени|прив[аa]тном|власного імені"
    r"|بصفت\w{1,3} الشخصيه|بصفت\w{1,3} الشخصية|بصفة شخصية|صفة شخصية|προσωπικη ιδιοτητα|προσωπικα"
)
_IDENTIFYING = re.compile(
    r"affiliations? (?:is|are|given|listed|provided|shown)|(?:imply|constitute"
    r"|represent)\w{0,3} (?:an )?(?:institutional |official )?endors|"
    r"nur zur person|"
    r"identification|identify (?:the |their )?(?:signator|sign|person|affil)|dient (?:nur"
    r"|lediglich|allein)"
    r"|dienen (?:nur|lediglich|allein)|nur zur (?:identifi|information|kennz|zuordnung"
    r"|orientierung)"
    r"|titre indicatif|titre d'information|identificac|identificaz|identificat"
    r"|identifica?tie|identifikation"
    r"|tanitim amac|kimlik|bilgi amac|yalniz(?:ca)? (?:tanit|bilgi)|tanidilma|tanitma"
    r"|melumat (?:ucun|meqsed)"
    r"|идентификац|ідентифікац|для сведения|ознакомлени|للتعريف|بغرض التعريف|identyfikac"
)
_SYMBOL = r"[*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁺°\^]"
_LEADING = re.compile(
    rf"^\s*[(\[]?(?P<mark>{_SYMBOL}{{1,3}}|\d{{1,2}}(?=[.)\]]"
    rf"|\s*[=–-]\s))[.)\]]?\s*+(?:[=:–-]\s*+)?(?=\S)"
)
_TRAILING = re.compile(
    rf"(?<=[\w.)\]”\"»])\s?[(\[]?(?P<mark>{_SYMBOL}{{1,3}})[)\]]?(?=\s*(?:[,;|:()–—-]|$))"
)
_SYMBOL_INSIDE = re.compile(_SYMBOL)
_IN_BRACKETS = re.compile(r"[(\[](?P<said>[^()\[\]]{6,90})[)\]]")
_REMARK = re.compile(
    r"(?:[(\[,;]|(?<=\s)[–—-])(?P<said>(?:(?!\s-\s)[^()\[\],;–—]){6,90})[)\]]?\s*+$"
)


# A footnote's number behind a word: "Brook1", "Mill Museum [2]".
_NUMBER = re.compile(r"(?<=[^\W\d_])\s?[(\[]?(?P<mark>\d{1,2})[)\]]?(?=\s*(?:[,;|:–—]|$))")


def numbers_of_notes(texts: Iterable[str]) -> dict[str, Mark]:
    """The numbers of the footnotes that say in what capacity somebody signs."""
    notes = [(symbol, text) for text in texts if (symbol := footnote(text)[0]).isdecimal()]
    return {symbol: mark for symbol, text in notes if (mark := mark_of(text))}


def without_numbers(text: str, notes: dict[str, Mark]) -> tuple[str, Mark]:
    """The line without the number of such a footnote, and what that says."""
    for match in _NUMBER.finditer(text):
        if match["mark"] in notes:
            return text[: match.start()] + text[match.end() :], notes[match["mark"]]
    return text, ""


def mark_of(text: str) -> Mark:
    """What a text says about the capacity in which somebody signs."""
    bare = key(text)
    if _PERSONAL.search(bare):
        return "personal_capacity"
    return "identification_only" if _IDENTIFYING.search(bare) else ""


def footnote(text: str) -> tuple[str, str]:
    """The mark in front of a footnote and its words, or two empty texts."""
    match = _LEADING.match(text)
    return (match["mark"], text[match.end() :]) if match else ("", "")


def symbol_in(text: str) -> str:
    """The footnote's mark that a remark names: "Those with * sign in a personal capacity"."""
    match = _SYMBOL_INSIDE.search(text)
    return match[0] if match else ""


def symbols_of(text: str) -> list[str]:
    return [match["mark"] for match in _TRAILING.finditer(text)] if _has_symbol(text) else []


def without_symbols(text: str) -> str:
    return _TRAILING.sub("", text) if _has_symbol(text) else text


def _has_symbol(text: str) -> bool:
    return _SYMBOL_INSIDE.search(text) is not None


def used_symbols(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(symbol for text in texts for symbol in symbols_of(text))


def split_remark(text: str) -> tuple[str, Mark]:
    """The line without a last part such as "(in a personal capacity)", and what it says."""
    for inside in _IN_BRACKETS.finditer(text):
        if (mark := mark_of(inside["said"])) and text[: inside.start()].strip():
            return text[: inside.start()].rstrip() + text[inside.end() :], mark
    match = _REMARK.search(text)
    if not match or not (mark := mark_of(match["said"])):
        return text, ""
    rest = text[: match.start()].rstrip(" ,;–—-(")
    return (rest, mark) if rest else (text, "")
