"""Words of a page around its list: buttons, menus, and the letters of an alphabet."""

from __future__ import annotations

import re

from .text import key, keys

_MENU = frozenset(
    keys(
        """
    share print tweet email reply like follow subscribe comment comments save home back next
    previous more menu login register close cancel edit delete copy download teilen drucken
    weiterlesen mehr zurück weiter schließen folgen abonnieren speichern partager imprimer suivre
    retour fermer suivant précédent compartir imprimir seguir volver cerrar condividi stampa
    partilhar compartilhar imprimir paylaş yazdır paylaşın çap поделиться распечатать печать
    подробнее назад далее закрыть поширити udostępnij drukuj delen afdrukken dela skriv
    """
    )
) | {
    "read more",
    "learn more",
    "sign up",
    "log in",
    "lire la suite",
    "leer mas",
    "mehr lesen",
    "leggi tutto",
    "saiba mais",
    "читать далее",
    "devamini oku",
    "add your name",
    "lees meer",
}


def is_menu(text: str) -> bool:
    """As in "Read more | Share | Print": words of a page's buttons."""
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    return bool(parts) and all(map(_is_button, parts))


_BETWEEN = re.compile(r"[|•·/›»>]|\s[-–—]\s| {3}")


def _is_button(part: str) -> bool:
    bare = key(part).strip()
    return bare in _MENU or _BUTTON.match(bare) is not None


# As in "Share on social media".
_BUTTON = re.compile(
    r"(?:share|print|send|tweet|post|reply|like|skip|teilen|partager|compartir|condividi|partilhar"
    r"|compartilhar|udostepnij|delen|dela|поделиться)"
    r"(?:\s(?:on|by|via|to|with|this|auf|per|uber|sur|par|en|por|su|na|via|op|pa|в|\(?\d{1,6}\)?)\b.{0,30})?$"
)


def is_letter(text: str) -> bool:
    """As in "B" over those whose names begin so."""
    bare = text.strip(" .:-–—*_#()[]")
    return len(bare) == 1 and bare.isalpha() and bare < "\u3040"
