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

_BUT = words(
    """
    but only except if unless without however initials just provided aber nur ausser wenn ohne
    jedoch sofern initialen mais seulement sauf sans initiales pero solo excepto sin salvo iniciales
    ma soltanto senza tranne iniziali mas so apenas exceto sem iniciais ama fakat sadece yalniz
    yalnizca haric amma ancaq tek но только кроме без если инициалы але лише тільки крім якщо
    alleen maar behalve zonder tylko ale oprocz bez jen pouze kun bara endast uden utan men لكن فقط
    """
) | {key(word) for word in ("só", "sólo", "außer", "yalnız", "hariç", "oprócz")}


def is_yes(answer: str) -> bool | None:
    """True and False where an answer says so, else None: "yes, but only initials" does not."""
    said = _words_of(answer)
    if any(word in _NO for word in said[:1]):
        return False
    if _is_yes_but(said):
        return None
    if _refuses(said):
        return False
    return True if any(word in _YES for word in said) or _agrees(said) else None


def is_answer(text: str) -> bool:
    """Whether a text answers a question that asks for a yes or a no."""
    return is_yes(text) is not None or _is_yes_but(_words_of(text))


def _words_of(answer: str) -> list[str]:
    return [word.strip(".,;:!()\"'“”") for word in key(answer).replace("/", " ").split()]


def _is_yes_but(said: list[str]) -> bool:
    """A yes that takes something back."""
    agrees = any(word in _YES for word in said[:1]) or (_agrees(said) and not _refuses(said))
    return agrees and any(word in _BUT for word in said[1:])


def _refuses(said: list[str]) -> bool:
    return any(word in ("not", "nicht", "pas", "don't", "anonymous", "anonym") for word in said)


def _agrees(said: list[str]) -> bool:
    return any(
        word.startswith(("agree", "consent", "zustimm", "accept", "соглас")) for word in said
    )
