"""Words of those who lead an organization, or sit in it; what they are "of" is its name."""

from __future__ import annotations

from .text import word_key
from .vocabulary import LEADERS, words

LEADING_ABROAD = (
    "presid", "vicepresid", "copresid", "membr", "miembr", "membro", "porte", "portav", "porta-v",
    "fondat", "fundad", "cofond", "cofund", "coord", "direct", "dirett", "secret", "segret", "treso"
    "r",
)  # fmt: skip
# What such a person is in charge of is a place.
TOWN_OFFICES = (
    "parroc",
    "paroc",
    "cure",
    "pfarrer",
    "ministr",
    "minister",
    "ambassad",
    "maire",
    "alcald",
    "sindac",
    "burgermeist",
    "burgemeest",
    "prefeit",
    "stadtrat",
)
MEMBERSHIP = frozenset(("trustee", "member", "patron", "warden", "steward", "spokesperson"))
_LEADS_ABROAD = (
    *LEADING_ABROAD,
    *words(
        """
    vorsitz sprecher geschaftsfuhr vorstand leiter grunder mitgl ordforande formand leder
    kass voorzit penningm bestuur oprichter predsed predsjed prezes przewod skarb czlon
    elnok vezeto titkar puheenjoht sihteeri prezid baskan kuruc uye sozcu temsil sedr uzv
    tesisci rehber icraci koordin директор председ президент координ основат руковод
    секретар член голова засновн προεδρ γραμματ συντον μελο ιδρυτ ταμια نائب رئيس مدير منسق
    عضو امين مؤسس თავმჯდომარ დირექტ წევრ նախագահ տնօրեն
    """
    ),
)


def is_leading(word: str) -> bool:
    """Whether a word is a role within an organization."""
    bare = word_key(word)
    return bare in LEADERS or bare in MEMBERSHIP or bare.startswith(_LEADS_ABROAD)
