"""Lines of a list that name nobody: remarks, calls, counters, keys, contacts, by their shape."""

from __future__ import annotations

import re

from . import correspondence, kinds, places
from .buttons import is_letter, is_menu
from .capitals import with_capitals
from .counters import is_time
from .names import split_honorific
from .organizations_abroad import LINKING
from .text import is_small, key, keys, without_pictures
from .vocabulary import PARTICLES

_LABELS = (
    r"from|sent|von|gesendet|envoyé|enviado|fwd?|"
    r"date|dated|updated|last updated|published|posted|stand|version|source|quelle"
    r"|contact|contacts"
    r"|kontakt|ansprechpartner(?:in)?|tel|phone|telephone|fax|e-?mail|web|website|url|to"
    r"|re|subject|update|info|edit|status|news|important|attention|achtung|wichtig|neu|nota|aviso"
    r"|importante|attenzione|avviso|важно|внимание|увага|dikkat|diqqət|uwaga|let op|obs"
    r"|betreff|betr|an|cc|bcc|page|seite|total|sum|gesamt|summe|totale?|note|notes|nb"
    r"|p\.?s|hinweis"
    r"|anmerkung|title|titre|datum|data|fecha|tarih|tarix|дата|итого|всего|контакт|abbreviations?"
    r"|abkurzungen|legend|legende|key|deadline|objet|asunto|oggetto|assunto|konu|movzu"
    r"|тема|примечание|to be confirmed|awaiting(?: \w{2,12})?|pending|noch offen|angefragt"
    r"|à confirmer|en attente|por confirmar|pendientes?|da confermare|in attesa|a confirmar"
    r"|te bevestigen|do potwierdzenia|ожидаем|ждём|уточняется|teyit bekleyen"
)
_LABEL = re.compile(rf"^\W*(?:{_LABELS})\s*[:：]", re.IGNORECASE)
_COUNTER = re.compile(
    r"^\W*(?:(?:and|plus|und|et|y|e|ve|ve|и|та|и ещё|total|totale?|noch|sowie|over"
    r"|more than|encore|otros|outros|altri"
    r"|gesamt|insgesamt|toplam|cemi|всего|another"
    r"|weitere)\W{1,3}){0,3}[+~]?\d[\d.,'\s]{0,9}\+?\s*(?P<what>[^\d,;]{0,60})$",
    re.IGNORECASE,
)
# As in "Signatures: 342".
_COUNT_BEHIND = re.compile(r"[^\W\d_][^:：\d]{2,40}[:：]\s{0,3}[+~]?\d[\d.,' ]{0,12}\+?$")
_COUNTED = re.compile(
    r"\bsign|\bnames?\b|\bpeople|\bperson|\borgani|\bmore\b|\bothers?\b|\bmember|entri|unter"
    r"|weiter|stimm|autre"
    r"|persona|firma"
    r"|altr|outr|pessoa|nom\b|noms\b|подпис|человек|имза|imza|kisi|nefer|sexs|toplam|чел"
    r"|осіб|ещё|еще|توقيع|total|so far"
    r"|handtek|underskr|podpis|osob"
)
_PAGE = re.compile(
    r"^\W*(?:page|seite|p\.|s\.|página|pagina|стр\.?|sayfa|səhifə)\s*\d+(?:\D{1,8}\d+)?\W*$"
    r"|^[^\W\d_]{3,12}\s\d{1,4}\s?(?:of|von|de|di|da|sur|av|af|van|z|ze|из|з|of the|/)\s?\d{1,4}$",
    re.IGNORECASE,
)
_KEY_OF = re.compile(r"^\W*[^\W\d_]{1,9}\s*=\s*\S|\s=\s\S.*[;,]\s*\S{1,9}\s=\s")
_CALL = re.compile(
    r"^\W*(?:please|add your name|add yours|join us|join the|click|sign (?:the|this|here"
    r"|now|up|our)|to sign|to add"
    r"|if you|share this|read (?:the|more)|download|thank|bitte|hier |jetzt |pour signer"
    r"|signez|firma (?:aqui|la)"
    r"|firme aqui|para firmar|per firmare|firma ora|assine|imzala\w{0,6} ucun|imzalamak"
    r"|siz de|чтобы подписать"
    r"|подпишите|подписать|пожалуйста|присоединяйтесь|للتوقيع|back to|see also|view "
    r"|this (?:letter|list|statement)"
    r"|the following|we,? |wir,? |nous,? |nosotr|мы,? |biz,? |noi,? |nós,? |the (?:list"
    r"|letter|names)|die liste|la liste)",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"\b(?:here|now|letter|list|names?|below|form|statement|open|hier|ici|aqui|qui|button)\b",
    re.IGNORECASE,
)
_BULLETED = re.compile(r"^\s*(?:[-*+•·▪◦‣–—]|\(?\d{1,5}[.)])\s+")
_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", ".)", "!)", ".”", '."', "!”", '!"')
_ADDRESS = re.compile(
    r"^\W*(?:https?://|www\.|mailto:)\S+\W*$|^\W*[\w.+-]{1,64}@[\w.-]{3,80}\W*$", re.IGNORECASE
)
_DAY = re.compile(
    r"^\W*(?:\w{1,12},?\s+){0,2}\d{1,2}(?:[./-]\d{1,2}[./-]"
    r"|\.?\s+[^\W\d_]{3,12}\.?,?\s+)\d{2,4}\W*$|^\W*[^\W\d_]{3,12}\s+\d{1,2},\s+\d{4}\W*$"
)
_COPYRIGHT = re.compile(
    r"^\s*(?:(?:©|\(c\)|copyright)\s|\((?:all|both|alle|beide|tous|toutes|todos|todas|tutti)\s)",
    re.IGNORECASE,
)


_TITLE = re.compile(
    r"^\W*(?:(?:an?|the|our)\s)?(?:open letter|offener brief|lettre ouverte|carta abierta"
    r"|carta aberta"
    r"|lettera aperta|otevřený dopis|list otwarty|öppet brev|åpent brev|åbent brev|açık mektup"
    r"|açıq məktub|открытое письмо|відкритий лист|رسالة مفتوحة|petition\b|petición"
    r"|pétition|petizione"
    r"|joint (?:statement|letter|declaration)|statement (?:on|of|by)|gemeinsame erklärung"
    r"|aufruf\b"
    r"|appel (?:à|pour|des)|manifest[eo]?\b|list of|liste? (?:der|des|de|of)|lista (?:de"
    r"|dei)|список)",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"^(?:signatur|signator|firma[se]?$|firme$|unterschrift|unterzeichn|imza|подпис|підпис"
    r"|assinatur"
    r"|podpis|handteken|underskrift|توقيع|توقيعا)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PATTERNS = (
    ("a title", _TITLE),
    *correspondence.PATTERNS,
    ("an address", _ADDRESS),
    ("a notice", _COPYRIGHT),
    ("a page", _PAGE),
    ("a date", _DAY),
    ("a note", _LABEL),
    ("a key", _KEY_OF),
)


_DIGIT = re.compile(r"\d")


def remark_of(text: str) -> str:
    """What a line that names nobody is ("a remark"), or an empty text."""
    if _is_remark_by_signs(text) or _goes_on_with_others(text):
        return "a remark"
    bare = _BULLETED.sub("", without_pictures(text).strip()).strip("*_#> ")
    if len(bare) > 1_000 or not bare:
        return ""
    patterned = next((what for what, pattern in _PATTERNS if pattern.match(bare)), "")
    patterned = patterned or ("a date" if is_time(bare) else "")
    if patterned == "a word of a mail" and _is_organization_in_capitals(bare):
        return ""
    if patterned or " = " in bare:
        return patterned or "a key"
    if _DIGIT.search(text) and (
        _COUNT_BEHIND.match(bare)
        or _is_counter(text.strip())
        or _counts_others(text.strip())
        or _counts_signatures(bare)
    ):
        return "a number"
    return _said(bare)


def _is_remark_by_signs(text: str) -> bool:
    """Whether the signs of a line, or its buttons, tell that it names nobody."""
    drawn = _DRAWN.match(text) or is_menu(text) or _COPYRIGHT.match(text) or is_letter(text)
    return bool(drawn) or _is_bracketed_remark(text.strip()) or _cheers(text)


def _is_bracketed_remark(text: str) -> bool:
    """As in "(sheet 2 is with Kim)" and "(List continues overleaf)": brackets and small words."""
    inside = text[1:-1].strip()
    if (text[:1], text[-1:]) not in (("(", ")"), ("[", "]")) or "(" in inside:
        return False
    first, *others = inside.split() or [""]
    if len(others) < 2 or not any(map(_is_small, others)):
        return False
    small = sum(map(is_small, others))
    named = kinds.has_given_name(first) or kinds.is_organization_word(first) or "," in inside
    return is_small(first) or (2 * small >= len(others) and not named)


_AND_OTHERS = re.compile(r"\W*(?:and|und|et|y|e|i|и|та|og|och|en|oraz|és|și|dhe|ja|ve|və)\s")


def _goes_on_with_others(text: str) -> bool:
    """As in "and others" and "и ещё 27 граждан": no word of it has a capital."""
    words = text.strip(" .…()").split()
    small = all(is_small(word) or word.strip("+.,").isdigit() for word in words)
    return 1 < len(words) < 6 and small and _AND_OTHERS.match(text) is not None


def _cheers(text: str) -> bool:
    """As in "great 👍": a small word or two beside a picture."""
    bare = without_pictures(text).strip()
    words = bare.split()
    return bare != text.strip() and 0 < len(words) < 3 and all(map(_is_small, words))


_TEAM = keys("office team campaign group committee secretariat organisers organizers coordinators")


def _said(bare: str) -> str:
    folded = key(bare)
    if bare.startswith("~~"):
        return "struck out"
    if (
        folded.strip(" .…") in _NOBODY
        or _is_of_the_senders(bare)
        or _is_short_remark(bare)
        or _asks(bare)
    ):
        return "a remark"
    if _is_title(bare) or (_CALL.match(folded) and (_FOLLOWED.search(folded) or is_prose(bare))):
        return "a remark"
    if _YEAR.search(bare) and _is_of_a_year(bare):
        return "a date"
    calls = bare.endswith(("!", "?", "！", "？", "؟", "!”", '!"'))
    named = calls and "," in bare and _opens_with_name(bare.partition(",")[0])
    if _speaks_of_us(bare) or (calls and not named and not _may_be_called_so(bare)):
        return "a call"
    return "a sentence" if is_prose(bare) else ""


_US = keys("uns us nous nos ons oss nosotros nós noi нас bizi nás nas minket meitä")


def _speaks_of_us(bare: str) -> bool:
    """As in "These people support us": no name ends so, and no organization's name either."""
    words = bare.rstrip(" .!:").split()
    plain = len(words) > 2 and "," not in bare and words[-1].islower()
    return plain and key(words[-1]) in _US and any(map(str.islower, words[1:-1]))


def _is_of_a_year(bare: str) -> bool:
    """Whether a line with a year tells when something was or will be: it has small words."""
    small = sum(_is_small(word) for word in bare.split())
    first = bare.split(maxsplit=1)[0]
    listed = bare.count(",") > 1 and _opens_with_name(bare.partition(",")[0])
    return small > 1 and not (kinds.is_organization_word(first) or listed)


# As in "--- halfway there, share the letter! ---" and "*** new since Monday ***".
_DRAWN = re.compile(r"\s*([-–—=~*_•·])\1{2,}\s*[^\s\-–—=~*_•·].*\1{3}\s*$")
_WRITTEN = keys(
    """
    appeal letter statement petition declaration manifesto aufruf appell brief erklärung petition
    lettre appel tribune pétition manifeste carta manifiesto declaración petición lettera appello
    petizione manifesto dichiarazione manifesto petição declaração oproep brev upprop apel
    dopis výzva prohlášení обращение письмо петиция заявление звернення лист məktub müraciət mektup
    çağrı bildiri επιστολή έκκληση رسالة بيان نداء
    """
)


def _is_title(bare: str) -> bool:
    """As in "Keep our libraries open: an appeal": what is signed, and nobody."""
    written = bare.split()
    words = [key(word).strip(',.:;!“”"') for word in (*written[:3], written[-1])]
    capitals = sum(word[:1].isupper() for word in bare.split()[1:])
    if len(written) < 3 or _WRITTEN.isdisjoint(words):
        return False
    first = bare.partition(",")[0]
    organized = any(map(kinds.is_strong_organization_word, bare.split()))
    return not organized and 2 * capitals < len(written) and not _opens_with_name(first)


def _asks(bare: str) -> bool:
    """As in "Is your group missing? Write to names@example.org": a question goes before."""
    question, mark, rest = bare.partition("?")
    asked = bool(mark) and bool(rest.strip()) and len(question.split()) > 2
    return asked and "," not in question and not _opens_with_name(question)


_ELLIPSIS = re.compile(r"^\s*(?:\.{2,}|…|[+&]\s?(?=\d))")
_NUMBER_INSIDE = re.compile(r"(?<![\w#])\d[\d.,'’\s]{0,9}\b")


def _counts_others(bare: str) -> bool:
    """As in "… and 214 more residents": a number among small words, and nothing before it."""
    match = _NUMBER_INSIDE.search(bare)
    if not match or not _ELLIPSIS.match(bare):
        return False
    words = [word.strip(".,…()!") for word in bare.split()]
    return len(words) < 9 and not any(word[:1].isupper() for word in words)


_NOBODY = frozenset(("nn", "tbc", "tba", "n/a", "tbd", "xxx", "etc", "usw", "и др", "и тд"))


def _is_of_the_senders(bare: str) -> bool:
    """As in "The campaign team": an article and small words are nobody's name."""
    first, *others = bare.split()
    articled = key(first) in ("the", "your", "our", "votre", "notre", "l'equipe", "vuestro")
    told = len(others) > 1 or (bool(others) and key(others[0]).strip(",.") in _TEAM)
    return articled and told and all(map(is_small, others))


def _is_short_remark(bare: str) -> bool:
    """As in "List in formation.": small words behind the first, and a full stop."""
    first, *others = bare.split()
    small = len(others) > 1 and bare.endswith(".") and all(map(_is_small, others))
    return small and "," not in bare and not kinds.has_given_name(first)


def ends_mail(text: str) -> bool:
    """Whether a line greets whoever a mail goes to; below it stands who wrote the mail."""
    return remark_of(text) == "a word of a mail"


def _is_organization_in_capitals(bare: str) -> bool:
    """As in "Best Wishes Foundation"."""
    words = bare.split()
    capitals = len(words) > 1 and all(word[:1].isupper() for word in words)
    return capitals and bare[-1:].isalpha() and kinds.is_strong_organization_word(words[-1])


def _counts_signatures(bare: str) -> bool:
    """As in "Already 1,240 signatures and counting": a number, and behind it a word of signing."""
    words = bare.split()
    bare_words = [re.sub(r"[.,'’+~()]", "", word) for word in words]
    numbers = [n for n, word in enumerate(bare_words) if word.isdecimal()]
    if not numbers or numbers[0] > 4 or any(word[:1].isupper() for word in words[1 : numbers[0]]):
        return False
    behind = words[numbers[-1] + 1 : numbers[-1] + 3]
    organized = kinds.is_strong_organization_word(words[-1]) and words[-1][:1].isupper()
    return not organized and any(_SIGNING.match(key(word)) for word in behind)


def _is_counter(text: str) -> bool:
    match = _COUNTER.match(text.strip("()[]…. "))
    if not match:
        return False
    what = key(match["what"]).strip()
    if text.lstrip()[:1] == "#" or re.match(r"^\W*\d{1,5}[.)]\s", text):
        return False
    return not what or (
        bool(_COUNTED.search(what)) and not kinds.is_strong_organization_word(what.split()[-1])
    )


def may_be_slogan(text: str) -> bool:
    """As in "Stop the Incinerator!", what a group calls itself as often as it calls others."""
    bare = _BULLETED.sub("", text.strip())
    words = bare.split()
    small = sum(map(is_small, words))
    asks = _CALL.match(key(bare)) or (_SIGNING_WORD.search(key(bare)) is not None)
    return 1 < len(words) < 5 and small < 2 and bare[:1].isupper() and not asks


_SIGNING_WORD = re.compile(r"\bsign|unterschr|unterzeichn|firma|imza|подпис|підпис|podpis")


def _may_be_called_so(bare: str) -> bool:
    """An organization may end in a mark of exclamation: by its words, or by their capitals."""
    words = bare.strip("!").split()
    if sum(is_small(word) for word in words) > 1 and len(words) > 3:
        return False
    capitals = all(word[:1].isupper() and not word.isupper() for word in words)
    if 1 < len(words) < 6 and capitals and not bare.endswith("?") and not _CALL.match(key(bare)):
        return True
    strong = any(map(kinds.is_strong_organization_word, bare.strip("!?").split()))
    return strong and len(bare.split()) < 5 and not bare.endswith("?")


_PARTING = re.compile(r"[,،;–—|]|\s-\s")


def is_prose(text: str) -> bool:
    """Whether a text is a sentence: small words and a full stop, and no name in front."""
    words = text.split()
    first = _PARTING.split(text, maxsplit=1)[0]
    first = split_honorific(first.partition("(")[0].strip())[1]
    if is_small(text) and kinds.has_given_name(split_honorific(first)[1]):
        first = with_capitals(split_honorific(first)[1])
    if len(words) < 4 or _opens_with_name(first):
        return False
    closed = text.rstrip(" )").endswith(_ENDS) and not kinds.ends_as_body(text)
    cased = any(char.isupper() or is_small(char) for char in text)
    if not cased:
        if len(parts := _PARTING.split(text)) > 2 and max(len(one.split()) for one in parts) < 6:
            return False
        organized = kinds.is_organization_word(words[0])
        return (closed and len(words) > 5) or (len(words) > 9 and not organized)
    small = sum(_is_small(word) for word in words)
    if closed and len(words) > 4:
        return 5 * small >= 2 * len(words)
    return (
        len(words) > 7 and 5 * small >= 3 * len(words) and not kinds.is_organization_word(words[0])
    )


def _is_small(word: str) -> bool:
    bare = word.strip("(),.;:!?\"'“”")
    return is_small(bare) and (bare not in PARTICLES or bare in LINKING)


def _opens_with_name(first: str) -> bool:
    words = first.split()
    if not 2 <= len(words) <= 5:
        return kinds.has_given_name(first) if len(words) > 1 else False
    return (
        kinds.looks_like_name(first)
        and all(
            word[:1].isupper() or key(word) in PARTICLES or not word[:1].isalpha() for word in words
        )
        and not places.country(first)
    )
