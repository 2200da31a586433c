"""Yes and no, as people answer them in the columns of a form."""

from __future__ import annotations

from .text import key
from .vocabulary import words

_YES = words(
    """
    yes y true 1 x ok okay agreed agree ja j oui si sim sì da tak ano igen evet e beli he əli
    да д так კი نعم بله ναι 是 はい 예 네 checked i✓ ✓ ✔ ☑ granted public
    """
) | {key(word) for word in ("sí", "sì", "bəli", "hə", "áno")}
_NO = words(
    """
    no n false 0 nein non nao nee nej nei ei nie ne nem hayir yok xeyr yox нет ні არა لا خير نه
    οχι 否 不 いいえ 아니요 never not anonymous anonymously anonym anonyme anonimo withheld private
    nicht declined refused disagree keine kein pas
    """
) | {key(word) for word in ("não", "hayır", "όχι", "anônimo", "anónimo")}


def is_yes(answer: str) -> bool | None:
    """True and False where an answer says so, else None."""
    said = [word.strip(".,;:!()\"'“”") for word in key(answer).replace("/", " ").split()]
    if any(word in _NO for word in said[:1]) or _refuses(said):
        return False
    return True if any(word in _YES for word in said) or _agrees(said) else None


def _refuses(said: list[str]) -> bool:
    return any(word in ("not", "nicht", "pas", "don't", "anonymous", "anonym") for word in said)


def _agrees(said: list[str]) -> bool:
    return any(
        word.startswith(("agree", "consent", "zustimm", "accept", "соглас")) for word in said
    )
