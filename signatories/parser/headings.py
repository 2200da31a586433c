"""Lines of a list that name nobody: headings, and what these say of the lines below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import kinds, places
from .marks import mark_of
from .organizations_abroad import is_organization_abroad
from .parsed import Kind, Mark
from .roles_abroad import is_role_abroad
from .text import key, keys, without_pictures


@dataclass(frozen=True)
class Heading:
    """What a heading says of the lines below it."""

    kind: Kind | None = None
    country: str = ""
    mark: Mark = ""
    town: str = ""
    unknown: str = ""  # its words, where others like it are countries

    def over(self, earlier: Heading) -> Heading:
        """This heading below an earlier one: a country may stand within a kind."""
        if self.town:
            return replace(earlier, town=self.town)
        if (self.country or self.unknown) and not (self.kind or self.mark):
            return replace(earlier, country=self.country, unknown=self.unknown)
        if self.mark and not self.kind:
            return replace(earlier, mark=self.mark, kind=None)
        return self


NO_HEADING = Heading()

# Words of signing, by their stems, in the languages that lists come in.
_SIGNING = re.compile(
    r"^(?:also |further |co-?)signing$"
    r"|\b(?:co-?)?(?:sign(?:ed|ator|er|ee|atures?\b)|undersigned|unterzeichn|unterschr"
    r"|mitunterzeichn"
    r"|erstunterzeichn|signatair|cosignatair|signe par|signee? par|soussign|firmant"
    r"|firmad|firmatar"
    r"|firme\b|firmas\b|firman\b|firmano\b|assinam\b|subscrevem\b|suscrib|abajo firm"
    r"|sottoscri|sottofirm|assinad|assinant|assinatur|subscri"
    r"|ondertek|medeondertek|undertec|underskr|undertegn|underskriver|allekirj|podpis"
    r"|sygnatar|podpisn"
    r"|подпис|подпиш|підпис|imzala|imzaci|imzalar|imza ed|imza atan|imza$|submitted by"
    r"|endorsed by|endorser"
    r"|supporters?\b|supported by|unterstutzer|unterstutzt von|soutiens?\b|soutenu par|apoyan\b"
    r"|adhesiones|adherent"
    r"|signen\b|asinan\b|allkirjasta|دستخط|waliotia saini"
    r"|aderenti|adesioni|destekley|destekci|desteklə|destekle|поддержа|підтрима|приєдна|присоединил"
    r"|apoiantes|apoiador)"
    r"|\bsemnatar|\bsemnat[aă]? de|\bsustin[a-z]* de|alairo|alairta|potpis|signatar|aderit"
    r"|\bundertecknare|tuttugu|pasirase|pasirasiusi|parakstitaj|allakirjut|nenshkru|llofnod|sinitheoir"
    r"|podeps|undirrit|lumagda|потпис|падпіс|қол қой|ลงนาม|ลงชื่อ|ፈራሚ|স্বাক্ষর|கையொப்ப"
    r"|\b(?:ont|a) (?:co)?signe\b|han? firmado|ha(?:nno)? firmato|hebben getekend|har signert"
    r"|signants|sinatzaile|ստորագր|חתם|על החתום|חתמו|חתימות|امضاکنندگان|हस्ताक्षर|\bký\b"
    r"|توقيع|الموقع|موقعون|موقعين|امضا|ხელმომწერ|ხელმოწერ|υπογρ|συνυπογρ|חתומים|חותמים"
    r"|签署|簽署|签名|連署|署名|賛同|呼びかけ人|発起人"
    r"|서명|연명|서명자|ký tên|ký kết|waliotia sahihi|penandatangan"
)
ORGANIZATIONS = keys(
    """
    organizations organisations organization organisation ngos groups institutions associations
    companies businesses networks unions churches schools libraries bodies entities collectives
    organisationen verbände vereine einrichtungen institutionen initiativen gruppen bündnisse
    organisations associations collectifs syndicats structures organismes réseaux entreprises
    organizaciones asociaciones colectivos entidades instituciones organizzazioni associazioni enti
    organizações associações entidades coletivos movimentos organisaties verenigingen instellingen
    organisationer föreningar foreninger organisasjoner järjestöt organizacje stowarzyszenia
    organizace spolky organizácie szervezetek organizații asociații kurumlar kuruluşlar örgütler
    dernekler sendikalar təşkilatlar qurumlar birliklər организации объединения организаторы
    ассоциации учреждения організації об'єднання المنظمات المؤسسات الجمعيات منظمات مؤسسات جمعيات
    ორგანიზაციები οργανώσεις φορείς σύλλογοι سازمان‌ها نهادها
    团体 组织 組織 団体 단체 机构 機構 联署机构 支持团体 参与机构 賛同団体 연대단체
    կազմակերպություններ կառույցներ организациите сдружения udruge udruženja organizacije društva
    organizacijos organizācijas biedrības organisatsioonid ühendused samtök félög elkarteak taldeak
    entitats associacions tổ_chức 参加団体 संगठन সংগঠন องค์กร
    """
)
_PEOPLE = keys(
    """
    individuals individual people persons person citizens academics professors scientists students
    teachers writers artists authors librarians lawyers doctors physicians journalists researchers
    emeriti postdocs postdoctoral candidates undergraduates graduates fellows scholars trustees
    clergy nurses engineers volunteers officials mayors councillors councilors legislators musicians
    filmmakers poets historians economists journalists educators professionals
    experts politicians personalities parents residents alumni faculty staff lecturers supporters
    einzelpersonen personen privatpersonen persönlichkeiten lehrende studierende professorinnen
    wissenschaftler wissenschaftlerinnen bürgerinnen lehrkräfte künstler künstlerinnen eltern
    personnes individus particuliers personnalités universitaires enseignants étudiants citoyens
    persones persoas individus
    personas individuos particulares personalidades académicos docentes estudiantes ciudadanos
    persone individui singoli personalità cittadini pessoas individuais cidadãos professores
    personen individuen particulieren privatpersoner enskilda personer enkeltpersoner henkilöt
    osoby indywidualne jednotlivci személyek persoane kişiler bireyler şahıslar akademisyenler
    öğrenciler öğretmenler şəxslər fərdlər vətəndaşlar alimlər müəllimlər tələbələr лица граждане
    люди персоны ученые учёные преподаватели студенты учителя особи громадяни науковці викладачі
    الأفراد أفراد الأشخاص أشخاص شخصيات مواطنون أكاديميون ფიზიკური პირები πρόσωπα άτομα πολίτες
    parliament parliamentarians mps meps senators ministers ambassadors deputies abgeordnete
    parlamentarier députés parlementaires élus diputados diputadas senadores deputati parlamentari
    deputados deputadas milletvekilleri deputatlar депутаты posłowie
    اشخاص افراد 个人 個人 개인
    физически лица pojedinci posamezniki asmenys privātpersonas eraisikud einstaklingar cá nhân
    """
)
# What stands beside these words in a heading.
_FILLERS = keys(
    """
    and or of the by from for in as und von der die
    das als weitere et de des les la le du par y los
    las por e i dei delle gli da dos das en van ve və и та і والـ في من other further more
    signing signed signatory signatories supporting endorsing participating member civil society
    civic list first initial lead additional unterzeichnende unterzeichner erstunterzeichner
    unterstützende signataires signataire premiers autres firmantes otras otros otros firmatarie
    firmatari altre altri subscritoras subscritores outras ondertekenende imzacı
    imzalayan
    destekleyen
    подписавшие подписавшиеся частные физические юридические другие громадські الموقعة الموقعون
    emeriti emeritus assistant associate full research visiting graduate former current retired
    միացած united vereinigte подкрепящи podržavaju podpirajo palaikančios atbalsta toetavad
    university academic doctoral phd junior senior members
    international national local regional state statewide provincial federal grassroots european
    lokale regionale nationale internationale locales régionales nationaux internationaux nacionales
    regionales internacionales nazionali regionali internazionali
    a titol titre titulo titolo
    prominent private public selected our all société civile sociedad
    """
)
_EVERYWHERE = frozenset(
    [
        "international", "worldwide", "global", "europe", "africa", "asia",
        "north america", "south america", "latin america", "middle east", "oceania",
        "other countries", "elsewhere", "rest of the world", "europa", "andere lander",
        "autres pays", "otros paises", "altri paesi", "diger ulkeler", "diger olkeler",
        "другие страны",
    ]
)  # fmt: skip
_COUNT = re.compile(r"(?<![\s(\[–—:-])[\s(\[–—:-]*+\d[\d.,]{0,9}[)\]]?\s*+$")
# As in "Endorsing organizations (as of 14 March)".
_REMARK_BEHIND = re.compile(r"(?<=\w)\s?\([^()\d]{0,40}\d[^()]{0,40}\)(?=[\s:*_]{0,4}$)")
_FROM = re.compile(r"^(?:from|aus|de|du|desde|dal|da|uit|från|z|из)\s+", re.IGNORECASE)
_EDGES = " \t#*_=~-–—:：.•՝፦"


def heading_of(text: str, *, alone: bool = True) -> Heading | None:
    """What a line says as a heading, or None where it may be a signatory.

    `alone` is False where the line stands within a list and nothing sets it apart.
    """
    text = _REMARK_BEHIND.sub("", text) if len(text) <= 160 else text
    bare = _COUNT.sub("", without_pictures(text).strip().strip(_EDGES)).strip(_EDGES)
    marked = text.lstrip().startswith("#") and text.lstrip("# ") != text
    closed = text.rstrip().rstrip("*_ ").endswith((":", "：", "؛", "՝", "፦"))
    if not bare or len(bare) > 160 or _lists_behind(text):
        return None
    found = _told(bare, marked=marked or closed or alone, closed=closed)
    found = found or _told_behind_letter(bare)
    if found:
        return found
    if closed or marked or (alone and (_is_grade(bare) or _is_whence(bare))):
        return Heading(kind_on_top(bare) if closed else None)
    return None


_LETTERED = re.compile(r"(?:[A-Z]|[IVX]{1,4}|\d)[.)]\s+(?=[^\W\d_]{4})")


def is_of_signing(word: str) -> bool:
    return _SIGNING.search(key(word)) is not None


def _told_behind_letter(bare: str) -> Heading | None:
    """As in "A. ORGANISATIONS (6)": the kind of what stands below, and nothing else."""
    letter = _LETTERED.match(bare)
    found = _told(bare[letter.end() :], marked=False) if letter else None
    return found if found and found.kind else None


_WHENCE = re.compile(
    r"(?:aus (?:der|dem|den)|from the|du monde|dal mondo|del mundo|do mundo|uit de|ze świata"
    r"|ze světa|из мира|зі світу)\s",
    re.IGNORECASE,
)


def _is_whence(bare: str) -> bool:
    """As in "Aus der Wissenschaft" over those who are from there."""
    return bool(_WHENCE.match(bare)) and "," not in bare and len(bare.split()) < 8


def _is_grade(bare: str) -> bool:
    """As in "Професори" over the professors: one word of a role, and no name at all."""
    words = bare.split()
    lone = len(words) == 1 and len(bare) > 4 and bare.isalpha()
    return lone and is_role_abroad(bare) and not is_organization_abroad(bare)


_BEHIND = re.compile(r"^[^:：]{2,60}[:：]\s*(?P<rest>\S.*)$")
_COMMAS = re.compile(r"[,;،、，；•]|\s\|\s")


def _lists_behind(text: str) -> bool:
    """As in "Signed: Jane Roe, John Poe": a word of signing, and several names behind it."""
    match = _BEHIND.match(text.strip().rstrip(" *_")) if len(text) <= 300 else None
    parts = [part.strip() for part in _COMMAS.split(match["rest"])] if match else []
    bare = [part.partition("(")[0].strip(" .") for part in parts if part]
    return len(bare) > 1 and all(map(kinds.looks_like_name, bare[:2]))


def _told(bare: str, *, marked: bool, closed: bool = False) -> Heading | None:
    folded = key(bare)
    words = [word.strip("(),;:.\"'&/–-") for word in folded.replace("/", " ").split()]
    words = [word for word in words if word]
    code = places.country(bare) or places.country(_FROM.sub("", bare))
    if code or folded in _EVERYWHERE:
        return Heading(country=code) if len(bare) > 2 or bare in ("UK", "US") else None
    if "," in bare and len(words) > 4 and not marked:
        return None
    mark = mark_of(bare) if len(words) < 9 or closed else ""
    known = ORGANIZATIONS | _PEOPLE | _FILLERS
    kind = _kind(words)
    if (len(words) > 1 and _ends_in_signing(words, bare)) or (
        kind and all(word in known or _SIGNING.search(word) for word in words)
    ):
        return Heading(kind, mark=mark)
    if mark and not _names_somebody(bare) and not _opens_with_name(bare):
        return Heading(mark=mark)
    if (
        (_SIGNING.search(folded) or _SIGNING.search(bare.casefold()))
        and len(words) < 13
        and not _names_somebody(bare)
    ):
        return Heading(kind if len(words) < 6 else None, mark=mark)
    return None


_SIGNERS = keys(
    """
    signatories signers endorsers cosigners undersigned unterzeichner unterzeichnende
    unterzeichnerinnen signataires cosignataires firmantes firmatari firmatarie signatários
    ondertekenaars undertecknare underskrivere podepsaní sygnatariusze подписанты підписанти
    imzacılar imzalayanlar imzaçılar
    """
)


def _ends_in_signing(words: list[str], bare: str) -> bool:
    """As in "COALITION SIGNATORIES" and "Our signatories"."""
    cased = bare.isupper() or bare.rsplit(maxsplit=1)[-1].islower() or len(words) < 4
    return words[-1] in _SIGNERS and cased and "," not in bare


def _kind(words: list[str]) -> Kind | None:
    organizations = any(word in ORGANIZATIONS for word in words)
    people = any(word in _PEOPLE for word in words)
    if organizations == people:
        return None
    return "organization" if organizations else "person"


def kind_on_top(text: str) -> Kind | None:
    """As in "Local groups backing the Charter": a kind in its first words, and small ones behind.

    Names of organizations that begin so end in a capital: "Groups Against Waste".
    """
    words = [word.strip(",;:()") for word in text.split()]
    if not any(char.islower() or char.isupper() for char in text):
        return _kind([key(words[0])]) if len(words) > 1 else None
    own = [n for n, word in enumerate(words) if key(word) not in _FILLERS]
    told = [n for n in own[:_FIRST] if _kind([key(words[n])])]
    if len(words) > 2 and words[-1].islower() and "," not in text and not told:
        return _kind([key(words[-1])])
    others = words[told[0] + 1 :] if told else []
    if len(others) < 2 or not (others[0].isalpha() and others[0].islower()):
        return None
    if "," in text and not others[-1].islower():
        return None
    near = told[0] == own[0] or others[-1].islower()
    return _kind([key(words[n]) for n in told]) if near else None


_FIRST = 2


def is_on_top(text: str) -> bool:
    """Whether a line tells the kind of those below it, and ends in a small word as no name does."""
    last = text.rstrip(" :").rsplit(maxsplit=1)[-1]
    return kind_on_top(text) is not None and not last[:1].isupper() and last.isalpha()


def _opens_with_name(bare: str) -> bool:
    """As in "Jane Roe, personal capacity"."""
    first, comma, _ = bare.partition(",")
    first = first.partition("(")[0].strip()
    return bool(comma) and kinds.looks_like_name(first) and not mark_of(first)


def _names_somebody(bare: str) -> bool:
    """Whether words of signing stand beside somebody's name: "Signed by Jane Roe"."""
    if bare.isupper():
        own = [word for word in bare.split() if key(word) not in _FILLERS]
        return any(map(kinds.is_strong_organization_word, own))
    capitals = [word for word in bare.split()[1:] if word[:1].isupper() and len(word) > 1]
    organized = any(map(kinds.is_strong_organization_word, bare.split()))
    small = sum(word.islower() for word in bare.split())
    return len(capitals) >= 2 and (len(capitals) > small or organized)
