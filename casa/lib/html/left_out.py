"""What was left out of a text or taken as accepted, and the sentence that says so."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    INSERTION = auto()
    DELETION = auto()
    COMMENT = auto()
    HIDDEN = auto()
    STRUCK = auto()
    FIELD = auto()
    SIGNATURE = auto()
    MARGIN = auto()
    SYMBOL = auto()
    PICTURE = auto()
    EMBEDDED = auto()
    LINK = auto()
    INVISIBLE = auto()
    DOUBTFUL = auto()


LABELS: dict[Kind, Promise] = {
    Kind.INSERTION: _("Inserted, and kept"),
    Kind.DELETION: _("Deleted"),
    Kind.COMMENT: _("Comment"),
    Kind.HIDDEN: _("Hidden text"),
    Kind.STRUCK: _("Struck through"),
    Kind.FIELD: _("Field code"),
    Kind.SIGNATURE: _("E-mail signature"),
    Kind.MARGIN: _("Header or footer"),
    Kind.SYMBOL: _("Sign of a symbol font"),
    Kind.PICTURE: _("Picture"),
    Kind.EMBEDDED: _("Film, sound or frame"),
    Kind.LINK: _("Link without a full address"),
    Kind.INVISIBLE: _("Invisible characters"),
    Kind.DOUBTFUL: _("Perhaps a signature, and kept"),
}
MOST_SHOWN = 200
LONGEST_SHOWN = 500  # characters
_WORDS = frozenset({
    Kind.DELETION, Kind.COMMENT, Kind.HIDDEN, Kind.STRUCK, Kind.SIGNATURE, Kind.MARGIN,
})  # fmt: skip
"""What can be put back into the text."""


@dataclass(frozen=True)
class LeftOut:
    """One thing: its words, or the name of a picture, or the address of a link."""

    kind: Kind
    words: str = ""
    number: int = 1
    source: str = ""
    """Where the browser that pasted it has kept a picture."""
    whole: str = ""
    """All its words, each paragraph on a line."""

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])

    @property
    def can_return(self) -> bool:
        return self.kind in _WORDS and bool(self.whole)


def left_out(kind: Kind, words: str = "", number: int = 1, source: str = "") -> LeftOut:
    """One with its words on one line, shortened where they go on for pages."""
    lines = [one for line in words.splitlines() if (one := " ".join(line.split()))]
    line = " ".join(lines)
    shown = line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
    return LeftOut(kind, shown, number, source, "\n".join(lines))


def sentence(things: Iterable[LeftOut]) -> str:
    """“2 tracked changes taken as accepted, 1 comment, 1 picture left out.”; "" for nothing."""
    counts: Counter[Kind] = Counter()
    for thing in things:
        counts[thing.kind] += thing.number
    changes = counts.pop(Kind.INSERTION, 0) + counts.pop(Kind.DELETION, 0)
    doubtful = counts.pop(Kind.DOUBTFUL, 0)
    parts = [_accepted(changes)] if changes else []
    if counts:
        named = ", ".join(_counted(kind, counts[kind]) for kind in Kind if counts[kind])
        parts.append(gettext("%(things)s left out") % {"things": named})
    if doubtful:
        parts.append(_kept(doubtful))
    return f"{', '.join(parts)}." if parts else ""


def _accepted(number: int) -> str:
    return ngettext(
        "%(number)d tracked change taken as accepted",
        "%(number)d tracked changes taken as accepted",
        number,
    ) % {"number": number}


def _kept(number: int) -> str:
    return ngettext(
        "%(number)d possible e-mail signature kept",
        "%(number)d possible e-mail signatures kept",
        number,
    ) % {"number": number}


def _counted(kind: Kind, number: int) -> str:
    words = {
        Kind.COMMENT: ngettext("%(number)d comment", "%(number)d comments", number),
        Kind.HIDDEN: ngettext("%(number)d hidden passage", "%(number)d hidden passages", number),
        Kind.STRUCK: ngettext(
            "%(number)d struck-through passage", "%(number)d struck-through passages", number
        ),
        Kind.FIELD: ngettext("%(number)d field code", "%(number)d field codes", number),
        Kind.SIGNATURE: ngettext(
            "%(number)d e-mail signature", "%(number)d e-mail signatures", number
        ),
        Kind.MARGIN: ngettext(
            "%(number)d header or footer", "%(number)d headers or footers", number
        ),
        Kind.SYMBOL: ngettext(
            "%(number)d sign of a symbol font", "%(number)d signs of a symbol font", number
        ),
        Kind.PICTURE: ngettext("%(number)d picture", "%(number)d pictures", number),
        Kind.EMBEDDED: ngettext(
            "%(number)d film, sound or frame", "%(number)d films, sounds or frames", number
        ),
        Kind.LINK: ngettext(
            "%(number)d link without a full address",
            "%(number)d links without a full address",
            number,
        ),
        Kind.INVISIBLE: ngettext(
            "%(number)d invisible character", "%(number)d invisible characters", number
        ),
    }
    return words[kind] % {"number": number}
