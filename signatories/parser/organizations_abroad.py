"""Words of organizations in other languages than English, by their stems and endings.

All are comparison keys (see `text.key`): lower case, no marks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from . import organization_words
from .text import key, keys, word_key
from .vocabulary import words


def _alternatives(text: str) -> str:
    return "|".join(sorted({re.escape(key(word)) for word in text.split()}, key=len, reverse=True))


# Whole words, with the endings of number and case that follow them.
_STEMS = """
klubu mərkəz fond assosiasiya icma
vänner amis amigos amici freunde vrienden venner ystävät přátelé przyjaciele przyjaciół друзья
друзів dostları
bündnis bürgerinitiative stiftung verband verein vereinigung gewerkschaft netzwerk arbeitskreis
freundeskreis förderverein förderkreis fachschaft beirat elternbeirat akademie verlag museum
initiative arbeitsgemeinschaft aktionsgemeinschaft genossenschaft kirchengemeinde gemeinde
klinik hochschule universität gymnasium grundschule realschule bücherei bibliothek werkstatt
stadt landkreis landesverband bundesverband kreisverband
ortsverein dachverband diakonie caritas kolleg
association asociación associação associazione asociația federación federação federazione
fédération confédération confederación collectif colectivo coletivo collettivo réseau rede rete
comité comitê comitato syndicat sindicato sindacato syndicale cercle círculo circolo amicale
mouvement movimiento movimento coordination coordinadora coordinamento agrupación agrupamento
plataforma plateforme piattaforma asamblea assemblée assembleia assemblea ateneo coopérative
cooperativa cooperative consorzio consorcio consejo conseil conselho consiglio fundación fondation
fondazione fundação fundació fundația sociedad société sociedade società bibliothèque médiathèque
biblioteca université universidad universidade università universitatea université école escuela
escola scuola lycée liceo liceu collège colegio institut instituto istituto librairie librería
libreria livraria éditions editorial musée museo museu théâtre teatro compagnie mairie
ayuntamiento comune câmara junta ligue liga union unión união unione unió núcleo centre centro
confederação iniciativa iniziativa foro fórum observatoire observatorio osservatorio ong ngo ampa
grupo groupe gruppo équipe equipo asociació associació xarxa
vereniging stichting bibliotheek genootschap werkgroep vakbond netwerk universiteit hogeschool
beweging coöperatie bond buurtraad platform actiegroep
förening föreningen stiftelse stiftelsen förbund förbundet bibliotek biblioteket sällskap
sällskapet nätverk nätverket universitet universitetet skola skolan forening foreningen forbund
forbundet selskab selskabet selskap netværk nettverk klubb klubben fonden rådet kommun kommune
yhdistys liitto säätiö kirjasto yliopisto seura
fundacja stowarzyszenie towarzystwo biblioteka szkoła uniwersytet związek instytut muzeum fundusz
sieć inicjatywa kolektyw spółdzielnia akademia zespół koło klub rada centrum spolek sdružení
nadace knihovna společnost svaz univerzita škola nadácia združenie knižnica udruga udruženje
zaklada knjižnica društvo savez sveučilište egyesület alapítvány könyvtár társaság szövetség
egyetem iskola klubja uniunea rețeaua societatea fundatia
dernek derneği vakıf vakfı birlik birliği platformu sendika sendikası kooperatif kooperatifi
inisiyatif inisiyatifi topluluk topluluğu girişim girişimi meclis meclisi oda odası üniversite
üniversitesi okul okulu lise lisesi kütüphane kütüphanesi müze müzesi kulüp kulübü konsey konseyi
enstitü enstitüsü merkez merkezi hareket hareketi cemiyet cemiyeti federasyon federasyonu
konfederasyon dostları ağı belediyesi fakültesi bölümü yayınları kitabevi
birliyi dərnək dərnəyi cəmiyyət cəmiyyəti fondu ittifaq ittifaqı mərkəzi təşkilatı assosiasiya
assosiasiyası universiteti məktəbi kitabxanası muzeyi teatrı institutu qurumu şirkəti nəşriyyatı
qəzeti jurnalı hərəkatı şəbəkəsi platforması koalisiyası komitəsi şurası icması ocağı evi
shoqata fondacioni shkolla biblioteka rrjeti
общество союз центр фонд ассоциация объединение институт университет организация школа
библиотека комитет движение федерация совет музей клуб партия академия товарищество товариство
спілка группа инициатива лига сообщество редакция издательство газета агентство компания театр
лицей гимназия колледж больница профсоюз кооператив коалиция альянс сеть проект лаборатория
храм приход община администрация министерство дружество сдружение фондация читалище мрежа
об'єднання мережа бібліотека ініціатива рада громада асоціація організація університет
інститут група рух музей фундація видавництво гурток удружење друштво савез библиотека
ასოციაცია კავშირი ფონდი უნივერსიტეტი ცენტრი ბიბლიოთეკა საზოგადოება ორგანიზაცია ინსტიტუტი
კლუბი მუზეუმი სკოლა ინიციატივა ქსელი პლატფორმა მოძრაობა კოალიცია კოლეჯი თეატრი გამომცემლობა
σύλλογος ένωση ίδρυμα πανεπιστήμιο κέντρο βιβλιοθήκη δίκτυο εταιρεία ομοσπονδία κίνηση όμιλος
σωματείο οργανισμός σχολείο επιτροπή συνεταιρισμός
միություն հիմնադրամ կենտրոն համալսարան գրադարան
"""
_WHOLE = keys(_STEMS) | keys(organization_words.WHOLE)
ORGANIZATION_STEMS = keys(organization_words.STEMS)
_SUFFIXES = keys(organization_words.SUFFIXES)
_LONGEST = max(map(len, _SUFFIXES))
# Declined forms: a stem without its last vowels, and at most three letters behind it.
_CASES = re.compile(
    r"(?:"
    + _alternatives(
        "обществ союз центр фонд ассоциаци объединени институт университет организаци школ"
        " библиотек комитет движени федераци музе клуб академи товариств групп инициатив лиг"
        " сообществ редакци издательств газет компани театр лице гимнази профсоюз кооператив"
        " коалици бібліотек спілк мереж громад асоціаці організаці університет інститут груп"
        " fundacj stowarzyszeni towarzystw bibliotek szkoł uniwersytet związk instytut muze"
        " inicjatyw kolektyw spółdzieln fundusz sdružen nadac knihovn společnost univerzit"
    )
    + r")[аяуюоеыиіїёйьмвхaeiouyęąówmch]{0,3}"
)
# Endings of compounds; a word that is only the ending stands in the list above.
_ENDINGS = tuple(
    sorted(
        keys(
            """
    elternrat jugendrat comité komitee buurtcomité club forum zirkel kollektiv koor komiteen utvalg

    hilfe verein vereine verband verbund stiftung gesellschaft initiative zentrum schule schulen
    bibliothek bücherei universität hochschule gewerkschaft genossenschaft bündnis netzwerk
    akademie museum theater verlag buchhandlung arbeitskreis freundeskreis förderkreis beirat
    feuerwehr gemeinschaft werkstatt fonds kammer allianz gymnasium kirchengemeinde vereinigung klub
    nachrichten zeitung orchester partei fraktion ausschuss landesamt freunde vereniging
    stichting bibliotheek groep genootschap netwerk bond huis raad föreningen förening förbundet
    förbund biblioteket sällskapet nätverket skolan universitetet foreningen forening forbundet
    forbund selskabet netværket klubben klubb 협회 대학교 연대 도서관 재단
    센터 모임 학교 위원회 노동조합 연합 协会 協会 协會 大学
    大學 图书馆 圖書館 図書館 公司 中心 学会 學會 基金会 基金會
    联盟 聯盟 委员会 委員会 研究所 研究会 の会 学校 學校 工会
    財団 組合 小组 クラブ センター
    ネットワーク
    """
        )
    )
)
_ARABIC = words(
    """
    جمعية مؤسسة جامعة مركز مكتبة اتحاد منظمة شبكة رابطة نقابة لجنة حزب مدرسة معهد كلية نادي هيئة
    مبادرة حركة تحالف ائتلاف تجمع مجلس منتدى دار متحف صندوق شركة مستشفى بلدية وزارة مجموعة حملة
    فريق أصدقاء لجان جمعيات منظمات تنسيقية ملتقى أكاديمية
    مسرح جريدة صحيفة مجلة بيت انجمن سازمان بنیاد
    کانون کتابخانه دانشگاه اتحادیه شورای شورا گروه خانه موسسه مؤسسه شبکه مدرسه جبهه کمیته
    پژوهشکده دبیرخانه تعاونی نهاد باشگاه موزه עמותת ארגון אגודת מכון ספריית אוניברסיטת איגוד קרן
    מרכז רשת ועד תנועת עמותה
    """
)
# Words that stand before a body's name without a blank, or within it.
_THAI = tuple(
    keys(
        """
        มูลนิธิ สมาคม ชมรม เครือข่าย สหภาพ กลุ่ม องค์กร สมาพันธ์
        สหพันธ์ วิทยาลัย มหาวิทยาลัย โรงเรียน ศูนย์ สถาบัน สหกรณ์
        """
    )
)
_JAPANESE = ("ネット", "協議会", "連絡会", "実行委", "連盟", "ユニオン", "フォーラム")
_PREFIXED = re.compile(r"^(?:وال|بال|لل|ال|و|ב|ה)(?=\w{3})")
# Surnames and places end so as well: only longer words are compounds.
_SHORT = ("huis", "raad", "bond", "groep", "klub", "hilfe", "freunde", "fonds", "schule", "kammer")


_HAN = (
    "会",
    "會",
    "社",
    "团",
    "團",
    "院",
    "馆",
    "館",
    "协",
    "网",
    "盟",
    "组",
    "部",
    "党",
    "所",
    "局",
    "店",
)


def stem_length(bare: str, stems: frozenset[str]) -> int:
    """The length of the longest of the stems that a word begins with, or 0."""
    return next((size for size in range(len(bare), 3, -1) if bare[:size] in stems), 0)


def _ends_in_organization(bare: str) -> bool:
    """As in "Singkreis": a compound of at least three letters and a word of organizations."""
    longest = min(_LONGEST, len(bare) - 3)
    for size in range(5, longest + 1):  # noqa: SIM110 (a third of the time of any())
        if bare[-size:] in _SUFFIXES:
            return True
    return False


def _is_dense_body(bare: str) -> bool:
    """Whether a word of a script without blanks is a body's name."""
    if "\u3040" <= bare[0] <= "\u9fff":
        return bare.endswith(_HAN) or any(word in bare for word in _JAPANESE)
    return bare.startswith(_THAI)


_ELIDED = re.compile(r"^[ldcs]'(?=\w{3})")
_GENITIVE = re.compile(r"'?n[iu]n$")


@lru_cache(maxsize=20_000)
def is_organization_abroad(word: str) -> bool:
    """Whether one word says, in one of many languages, that an organization is named."""
    bare = word_key(word).replace("'s", "")
    bare = _ELIDED.sub("", bare) if "'" in bare else bare
    if bare in _WHOLE or (len(bare) > 4 and _CASES.fullmatch(bare)):
        return True
    stem = stem_length(bare, ORGANIZATION_STEMS)
    if (stem and len(bare) - stem < 4) or _ends_in_organization(bare):
        return True
    if not word.isascii() and _PREFIXED.sub("", word.strip('،.()«»"')) in _ARABIC:
        return True
    if len(bare) > 3 and _is_dense_body(bare):
        return True
    genitive = _GENITIVE.sub("", bare) if bare[-1:] == "n" else bare
    if genitive != bare and genitive in _WHOLE:
        return True
    ends = bare.endswith(_ENDINGS) or bare.removesuffix("s").removesuffix("e").endswith(_ENDINGS)
    short = bare.endswith(_SHORT) and len(bare) < 11
    return ends and not short


# Words that names do not hold, and organizations' names do: "for", "against", "without".
LINKING = keys(
    """
    pour por per para für voor för for dla za pro için üçün gegen contre contra contro sin sans
    senza con avec mit sur en aux dei delle degli della dello dels und et och og ja oraz ve və и
    і й та в на для без против за при у w na z bez dla do aan op bij naar till på mot with
    against without από για και στο με ili i a az és de' in am im an beim zur zum da ի و في من
    أجل ضد بلا بدون برای
    """
)
