"""What kind of organization a name says it is: “Alder Foundation”, “Lehrergewerkschaft Aldermouth”.

Only what the name's first part says counts: a circle of friends of a university is none.
"""

from __future__ import annotations

import re

from .text import key, keys, word_key

LONGEST = 300
"""Letters of a name that are looked at."""

# Whole words, wherever they stand in the first part.
_WORDS: dict[str, frozenset[str]] = {
    "trade_union": keys(
        """
        gewerkschaft syndicat sindicato sindicat sindacato vakbond fackförbund fagforening
        fagforbund
        ammattiliitto odbory szakszervezet sindikat sindikata sendika sendikası həmkarlar
        профсоюз профсоюза профспілка синдикат συνδικάτο نقابة النقابة პროფკავშირი
        """
    ),
    "foundation": keys(
        """
        foundation stiftung fondation fundación fundação fundació fondazione fundația stichting
        stiftelse stiftelsen fond säätiö fundacja nadace nadácia zaklada alapítvány fondacioni vakıf
        vakfı fondu фонд фондация фундація фондација fondacija ίδρυμα مؤسسة المؤسسة بنیاد
        ფონდი հիմնադրամ קרן
        """
    ),
    "party": keys(
        """
        partei partido partito parti partiet partij puolue partia strana stranka párt partidul
        partisi partiyası партия партія партија κόμμα حزب الحزب პარტია
        """
    ),
    "network": keys(
        """
        network coalition alliance netzwerk bündnis allianz dachverband réseau coalition alliance
        coalición alianza coalizão aliança rete coalizione alleanza netwerk coalitie
        nätverk nätverket nettverk netværk verkosto sieć koalicja sojusz síť koalice mreža
        koalicija hálózat rețeaua coaliția ağı koalisyonu şəbəkə şəbəkəsi koalisiya koalisiyası
        alyans сеть коалиция альянс мережа коаліція мрежа коалиција δίκτυο شبكة تحالف ائتلاف شبکه
        ائتلاف ქსელი კოალიცია רשת
        """
    ),
    "company": keys(
        """
        gmbh ltd llc inc plc corp corporation sarl srl mmc şirkəti şirketi компания компанія ооо оао
        зао شركة شرکت
        """
    ),
    "public": keys(
        """
        municipality ministerium gemeindeverwaltung stadtverwaltung landkreis
        landratsamt bezirksamt ministère mairie préfecture ministerio ayuntamiento alcaldía
        ministério prefeitura ministero ministerie gemeente kommun kommune ministeriö kunta
        ministerstwo gmina ministerstvo obec opština općina önkormányzat primăria bakanlığı
        belediyesi valiliği nazirliyi bələdiyyəsi министерство администрация муниципалитет
        міністерство υπουργείο δήμος وزارة بلدية وزارت شهرداری
        """
    ),
    "university": keys(
        """
        university universität hochschule université université universidad universidade università
        universitat universiteit hogeschool universitet universitetet yliopisto uniwersytet
        univerzita univerzitet sveučilište egyetem universitatea üniversitesi universiteti
        университет університет πανεπιστήμιο جامعة دانشگاه უნივერსიტეტი համալսարան אוניברסיטת
        """
    ),
    "education": keys(
        """
        school schule volkshochschule grundschule gymnasium realschule gesamtschule école lycée
        collège escuela colegio escola liceu scuola liceo school skola skolan skole koulu
        szkoła liceum
        škola iskola școala okulu lisesi məktəbi liseyi школа гимназия лицей гімназія ліцей σχολείο
        مدرسة სკოლა
        """
    ),
    "religious": keys(
        """
        church parish diocese congregation synagogue mosque kirchengemeinde pfarrgemeinde kirche
        moscheegemeinde pfarrei église paroisse iglesia parroquia igreja paróquia chiesa parrocchia
        kerk parochie kyrkan församling kirke menighet seurakunta parafia kościół farnost crkva
        egyház plébánia biserica parohia camii kilisesi məscidi kilsəsi церковь приход епархия
        церква парафія εκκλησία كنيسة مسجد
        """
    ),
}
# “Union” alone may be of readers or of states, “party” a feast; together they say it.
_PHRASES: dict[str, tuple[str, ...]] = {
    "trade_union": (
        "trade union", "trades union", "labor union", "labour union", "workers union",
        "teachers union", "nurses union", "union of workers", "union of teachers",
        "syndicat national", "hemkarlar ittifaqi",
    ),
    "party": ("party of", "political party", "green party", "peoples party", "labour party"),
    "network": ("umbrella organisation", "umbrella organization", "red de", "rede de", "red para"),
    "public": (
        "ministry of", "city of", "town of", "county of", "city council", "town council",
        "county council",
    ),
    "university": ("university of", "college of technology"),
    "religious": ("religious community", "islamische gemeinde", "judische gemeinde", "dini icma"),
}  # fmt: skip
# How compounds end, where languages write them as one word.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "trade_union": ("gewerkschaft", "vakbond"),
    "foundation": ("stiftung", "stichting", "stiftelsen", "stiftelse"),
    "party": ("partei", "partiet"),
    "network": ("netzwerk", "bundnis", "netwerk", "natverket"),
    "public": ("ministerium", "verwaltung"),
    "university": ("universitat", "hochschule", "universitetet"),
    "education": ("schule", "gymnasium"),
    "religious": ("kirche", "kirchengemeinde", "forsamling"),
}
_OTHER = "other"
# Words that open the name of one kind, and mean much else within a name.
_FIRST = {"stadt": "public", "comune": "public", "prefecture": "public", "parish": "religious"}
# What a name is then, whatever it is of: the choir of a school is a choir.
_OTHERS = keys(
    """
    association society club friends alumni students student studierende studierendenschaft verein
    vereinigung verband freunde freundeskreis förderverein asta amis asociación amigos associação
    associazione amici vereniging vrienden förening föreningen stowarzyszenie spolek dernek derneği
    cəmiyyəti assosiasiyası dostları ассоциация общество друзья جمعية رابطة council committee
    parents residents neighbours neighbors elternbeirat chapter hospital clinic library museum
    theatre theater choir chor orchestra press newspaper team group institute kindergarten
    klinikum bibliothek verlag kitabxanası kütüphanesi библиотека مكتبة
    """
)
# From here on a name says of whom or for what: what it says there is no kind of its own.
_ONWARD = re.compile(
    r"\s(?:of|for|at|der|des|fur|fuer|an|am|im|in|zu|de|du|des|di|del|della|do|da|pour|para|per"
    r"|van|voor|for|av|och|dla|pro|la|le|в|за|для|при)\s|[,;|–—(]"
)


def kind_of(name: str) -> str:
    """The value of `Organization.Kind` that a name says; "" if it says none, or several."""
    folded = key(name[:LONGEST].replace("’", "").replace("'", ""))
    said = [word_key(word) for word in _ONWARD.split(f"{folded} ", maxsplit=1)[0].split()]
    phrased = {
        kind for kind, those in _PHRASES.items() if any(_leads(folded, one) for one in those)
    }
    if phrased:
        # “University of Alder Students’ Union” is no university; a city's council is the city.
        others = {word for word in map(word_key, folded.split()) if word in _OTHERS} - {"council"}
        return phrased.pop() if len(phrased) == 1 and not others else ""
    found = {_kind_of_word(word) for word in said} | {_FIRST.get(word, "") for word in said[:1]}
    found.discard("")
    return found.pop() if len(found) == 1 and _OTHER not in found else ""


def _leads(name: str, phrase: str) -> bool:
    """Whether a phrase stands in the first part of a name, or leads out of it."""
    before, found, _after = f" {name} ".partition(f" {phrase} ")
    return bool(found) and not _ONWARD.search(f"{before} ")


def _kind_of_word(word: str) -> str:
    if word in _OTHERS:
        return _OTHER
    known = next((kind for kind, those in _WORDS.items() if word in those), "")
    return known or next((kind for kind, ends in _ENDINGS.items() if _ends(word, ends)), "")


def _ends(word: str, endings: tuple[str, ...]) -> bool:
    return any(word.endswith(one) and len(word) > len(one) for one in endings)
