"""Towns that no table knows: their words and endings."""

from __future__ import annotations

from functools import lru_cache

from . import kinds
from .text import key, keys, word_key

# In front of a town's name, or a word of it.
_BEFORE = keys(
    """
    upper lower little great nether north south east west st saint sankt san santa santo sao são
    sainte new old fort mount port bad groß gross klein ober unter alt neu markt hof villa vila
    ville val vale castel castello monte montes borgo pont puerto puente fuente playa pueblo nova
    novo nuova nuovo nueva nuevo novi nova nové stary stara nowy nowa nowe stará dolní horní dolny
    gornji donji gornja donja veliki velika mali mala велики новый новая нижний верхний старый
    великий малый новые нови ново горњи доњи стари
    велико мало стара санкт yeni eski yukarı aşağı büyük küçük kis nagy los las la el le les
    den het 's-
    """
)
_BEHIND = keys(
    """
    bay cross green fen haven harbour harbor heath hill hills moor wood woods mills bridge wells
    regis magna parva common end ford island isle falls springs city beach heights grove lake
    valley ridge point bluffs village township junction landing creek rapids hollow an am im
    """
)
_ENDINGS = tuple(
    keys(
        """
    mead moray firth garth gill royd combes lea side thwait moss bank dene fell keld
    bury borough brough brook burgh bourne caster cester cliffe combe coombe cote dale field
    fields ford gate hampton haven head holme hurst leigh ley mere minster moor more mouth pool
    port shire side stead stoke stone stow thorpe thwaite ton tonbridge vale ville water well
    wells wich wick wold wood worth ham land
    hausen dorf heim burg stadt stedt bach berg feld felde kirchen ingen tal thal brück brücken
    furt hafen rode walde weiler wangen hofen horst leben lingen münde zell hagen
    drecht hoven veen huizen kerke dijk dam
    köping borg sund vik hamn stad lund rup havn fjord torp strand
    joki järvi niemi lahti salmi koski mäki
    court villers bourg fontaine
    ovo evo grad gorod slav owo ewo ovice owice
    град город поль ово ево ичи цк бург івка івці ськ вка
    köy kent hisar şehir pınar abad kənd
    vásárhely hely falva háza vár ești ეთი
    χώρι πολη ουπολη նավան ավան կերտ
    """
    )
)


_STARTS = ("inver", "aber", "llan", "bally", "kirk", "strath", "castel", "saint-", "sankt-", "bad-")


@lru_cache(maxsize=20_000)
def is_townlike(text: str) -> bool:
    """Whether a text of few words reads as a town's name: "Upper Wick", "Ludbrook"."""
    words = text.split()
    if not words or len(words) > 3 or not kinds.looks_like_name(text, 1):
        return False
    if any(map(kinds.is_strong_organization_word, words)) or kinds.has_given_name(text):
        return False
    if not words[0][:1].isupper() and words[0][:1].islower():
        return False
    if len(words) > 1:
        return key(words[0]).strip(".") in _BEFORE or word_key(words[-1]) in _BEHIND
    bare = word_key(text)
    return len(bare) > 5 and (bare.endswith(_ENDINGS) or bare.startswith(_STARTS))
