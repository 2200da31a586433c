"""Words of roles in other languages than English, by their stems and endings.

All are comparison keys (see `text.key`): lower case, no marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from . import places, role_words
from .given_names import GIVEN_NAMES_ABROAD
from .organizations_abroad import ORGANIZATION_STEMS, is_organization_abroad, stem_length
from .text import keys, word_key
from .vocabulary import GIVEN_NAMES, LEADERS, ORGANIZATION_WORDS, words

# A word that begins so is a role: the ending tells gender, number and case.
_STEMS = """
präsident president présiden presiden prezes prezident президент vizepräsident vicepräsident
viceprésiden vicepresident kopräsident coprésiden copresiden coordinat coordinad coordonnat
koordinat koordinator koordynator координатор directeur directrice director direttor
direttric direktor dyrektor директор ředitel riaditel secretar secrétair segretari
secretár sekretär sekretar sekreter секретар sekretarz tesor trésor tesour kassier schatzmeister
skarbnik казначе profes professeur professor профессор професор prorektor rektor rector recteur
rettore dekan doyen decano доцент dosent doçent docent dozent enseign insegn maestr maître
 instituteur institutrice éducat educad educatr educator pedagog pédagog педагог
учител вчител преподавател викладач воспитател nauczyciel lehrer lehrbeauftrag schulleit lektor
öğretmen öğretim müəllim müellim učitel učiteľ leraar lerares docente lärar lærer opettaja
journalist journalism giornalist periodist jornalist gazeteci jurnalist журналист dziennikar
novinář редактор redakteur redaktör rédacteur rédactric redactor redaktor redaktør toimittaja
écrivain escritor scrittor schriftsteller autor auteur autrice писател письменни pisar yazar yazıçı
poèt poet poeta поэт поет şair dichter schrijver författar forfatter
avocat abogad avvocat advogad anwalt anwältin rechtsanw advocat advokat адвокат юрист jurist
avukat vəkil hüquqşünas prawnik právník notaire notar notari
médecin medico médic doctora medic arzt ärztin kinderärzt hausarzt врач лікар doktor həkim hekim
lekarz lékař läkare læge infirmi enfermer infermier krankenschwester krankenpfleg hemşire tibb
ingénieur ingenier ingegner engenheir ingenieur инженер інженер mühendis mühəndis inżynier
architect arquitect architett arquitet architekt архитектор mimar memar
bibliothécair bibliotecari bibliotecári bibliothekar библиотекар бібліотекар kütüphaneci
kitabxanaçı bibliotekarz bibliotekarie libraire librero librera libraio libraia buchhändl
artist artiste künstler sanatçı rəssam ressam художни artysta umělec kunstnar konstnär kunstner
musicien musicista músic musiker musikant muzisyen музыкант sänger chanteur cantant regisseur
réalisat realizador regista режисс режисер yönetmen rejissor actor actriz acteur actrice attore
attrice schauspiel актер актрис aktor oyuncu
historien historiador historik istoric storico storica tarihçi tarixçi историк
sociolog soziolog politolog biolog geolog psycholog psicólog psicolog ethnolog antropolog
anthropolog философ filozof philosoph filosof экономист economist ökonom iqtisadçı iktisatçı
chercheu investigador ricercator pesquisador wissenschaftl forscher araştırmacı tədqiqatçı
исследовател дослідни badacz akademisyen akademik учёный ученый вчений alim scientifique
étudiant estudiant student studente studentessa studierend schüler élève öğrenci tələbə
студент школьник uczeń žák pupil abiturient doktorand doctorant doutorand dottorand aspirant
аспирант retrait jubilad retired pensionat pensionist rentner pensioniert aposentad reformad
emekli pensiya təqaüdçü пенсионер emeryt důchodce gepensioneerd pensionär
député diputad deputat deputad депутат milletvekili parlamentar abgeordnet poslanec poseł
stadtrat stadträtin gemeinderat gemeinderät stadtverordnet bürgermeister maire alcald sindaco
sindaca prefeit burgemeester borgmästare starosta мэр konsejal concejal consigliere
consiglier conseill vereador wethouder raadslid radny radna consejer deputada adjoint adjunt
porte-parole portavo portavoce porta-voz woordvoerder rzecznik sözcü спикер rzeczniczk
membre miembro membro mitglied üye üzv член członek członkini člen lid ledamot medlem jäsen
vorstand vorsitzend obmann obfrau sprecher vertreter referent beauftragt geschäftsführ leiter
stellvertret gründer mitgründer mitbegründer initiatorin aktivist activist militant
attivist активист активіст aktywist fəal aktivista animat animador animator
fondateur fondatric fundador fondator cofundador cofondat confundador cofondateur oprichter
grundare основател соосновател засновни kurucu təsisçi założyciel zakladatel учредител
chef jefe jefa capo chefe responsabl responsabile responsável encarregad gérant gerent gerente
 administrat administrad amministrat administrator администратор руководител керівни
kierowni vedoucí vedúci заведующ начальник заместител заступни замглавы manager menedżer
başkan müdür yönetici temsilci uzman görevlisi asistan yardımcı dekanı
sədr müdir rəhbər müavin nümayəndə katib icraçı mütəxəssis məsləhətçi redaktoru şünas
председател предстоятел голова глава przewodnicząc předsed predsed předseda predsednik председник
voorzitter penningmeester secretaris bestuurslid bestuurder ordförande formand leder styreleder
kassör verksamhetsled puheenjohtaja elnök titkár igazgató tanár újságíró titkára elnöke
πρόεδρος γραμματέας διευθυντ καθηγητ δημοσιογράφος συγγραφέας μέλος δάσκαλ ταμίας
presidente vicepresidente curé pfarrer pastorin diakon vikar pfarrerin rabbin
священник протоиерей sacerdot parroc párroc imamı müftü
delegad délégué deleguée délégu representant représentant rappresentant vertegenwoordig
представител представни przedstawiciel zástupce sprekter sprecherin expert esperto
berater consultor consulente danışman консультант советник радник
 voluntari volontari bénévol freiwillig wolontariusz волонтер волонтёр gönüllü könüllü
habitant vecino vecina einwohner bürgerin anwohner riverain житель мешкан sakin
 agricult agriculteur contadin landwirt bäuerin çiftçi fermer rolni farmář фермер
entrepreneur empresari imprenditor unternehmer предпринимател підприєм sahibkar girişimci
 traduct tradut übersetzer переводчик перекладач çevirmen tərcüməçi tłumacz překladatel
 fotograf fotógraf fotografo фотограф eczacı apotheker pharmacien farmacist farmacéut
sozialarbeit sozialpädag erzieher hebamme therapeut psychotherap psykolog логопед
 gewerkschafter betriebsrat betriebsrät sindicalist elternvertret
 conservateur conservatrice kurator kustos curador хранител kustosz
 éditeur éditric editor editora editore verleg wydawca издател naşir yayıncı
comptable contable contador buchhalter бухгалтер muhasebeci mühasib księgow
madre mutter vater ouvrier obrer operai arbeiter robotnik рабочий işçi
"""
_KEYS = keys(_STEMS) | keys(role_words.PREFIXES)
_PREFIXES = frozenset(stem for stem in _KEYS if len(stem) > 4)
_SHORT = frozenset(stem for stem in _KEYS if len(stem) < 5)
_WHOLE = keys(role_words.WHOLE) | keys(role_words.OTHERS)
_COMPOUNDS = keys(role_words.COMPOUNDS)
_LONGEST = max(map(len, _COMPOUNDS))
# In front of a role, or the second of two words of one.
_MODIFIERS = keys(
    """
    stellvertretende stellvertretender stellv ehemalige ehemaliger ehem erste erster zweite zweiter
    zweiter leitende leitender emeritierter emeritierte freie freier pensionierte pensionierter
    wissenschaftliche wissenschaftlicher künstlerische künstlerischer kaufmännische
    ancien ancienne ex vice premier première secrétaire ex- antiguo antigua exdirector
    ehrenamtliche ehrenamtlicher général générale generale general adjoint adjointe honoraire
    genel eski yardımcı emekli icraçı baş birinci keçmiş sabiq üst
    бывший бывшая заместитель исполнительный исполнительная главный главная генеральный старший
    старшая ведущий научный почётный вице колишній колишня виконавчий виконавча
    były była oud voormalig tidigare tidligere former
    первый первая зам и.о экс дитячий детский
    """
)
_ENDS = re.compile(
    r".{2,}(?:vorsitzende[rn]?|sprecher(?:in)?|leiter(?:in)?|lehrer(?:in)?|referent(?:in)?"
    r"|beauftragte[rn]?|mitglied|handler(?:in)?|fuhrer(?:in)?|arzt(?:in)?|anwalt(?:in)?"
    r"|pfleger(?:in)?|meister(?:in)?|autor(?:in)?|kunstler(?:in)?|wissenschaftler(?:in)?|arbeiter(?:in)?"
    r"|abgeordnete[rn]?|angestellte[rn]?|beamt(?:e[rn]?|in)|berater(?:in)?|entwickler(?:in)?|schuler(?:in)?|forscher(?:in)?|padagog(?:e|in)"
    r"|planer(?:in)?|techniker(?:in)?|gartner(?:in)?|vertreter(?:in)?|grunder(?:in)?|schreiber(?:in)?|macher(?:in)?|student(?:in)?"
    r"|erin|orin|istin|entin|antin|login|ikerin|ogin|:in|\*in|_in|innen"
    r"|skribent|ordforande|redaktor|sunas|\bsozcu|ისტი|ელი|ორი|ოლოგი|გრაფი|იკოსი|ანტი|ენტი|იონერი|ატი|ექიმი|თავმჯდომარე|წევრი|მდივანი"
    r"|voorzitter|medewerker|leider|docent|directeur|ledare|ansvarlig|leder)"
)
_NO_ROLE = keys("martin katerin severin maria-katerin kathrin catrin merlin valentin robin erin")
# What such people do, and where, is no role.
_SUBJECTS = tuple(
    sorted(
        words(
            """
    logy logie logia logi tion tionen cion cao zione ture tura phy phie fia schaft istik ismus
    ism ismo ariat ariado ция гия ика фия ство schule verein haus
    """
        )
    )
)
_HAN = tuple(
    sorted(
        keys("""
    教师 教授 医生 律师 学生 作家 记者 主任 主席 会长 编辑 工程师
    研究员 导演 艺术家 社工 退休 馆长 校长 教師 醫生 律師 學生 記者
    會長 館長 弁護士 医師 会社員 主婦 代表 理事 교수 교사 변호사 의사
    학생 작가 기자 대표 이사 사서 会員 司書 秘书 理事长 秘书长 讲师 主编 店主 设计师 摄影师
    农民 会员 志愿者 创始人 负责人 工人 画家 诗人 翻译 护士 研究生 公务员 店長 事務局長 副会長
    翻訳者 写真家 農家 看護師 研究者 編集者 漁師 建築家 教員 講師 詩人 歌手 音楽家 僧侶 牧師
    음악가 화가 농부 간호사 사진가 번역가 연구원 활동가 회원 사무국장 이사장 시인 편집자 건축가
    주부 회사원 강사 목사 감독 배우 대학생 대학원생 농민 어민 노동자 약사 공무원 자영업자 상인
    """)
    )
)
_ARABIC = words(
    """
    رئيس رئيسة مدير مديرة أستاذ أستاذة عضو عضوة صحفي صحفية صحافي صحافية كاتب كاتبة محام محامي
    محامية طبيب طبيبة مهندس مهندسة معلم معلمة مدرس ناشط ناشطة باحث باحثة أمين أمينة منسق منسقة
    مؤسس طالب طالبة شاعر شاعرة فنان فنانة ممثل ممثلة نائب نائبة سكرتير سكرتيرة متقاعد متقاعدة
    متطوع متطوعة أكاديمي خبير خبيرة مترجم مترجمة ناشر إعلامي إعلامية مستشار مستشارة موظف موظفة
    حقوقي حقوقية روائي روائية مخرج مخرجة مسؤول مسؤولة محرر محررة عميد عميدة مواطن مواطنة ناقد
    ناقدة مصور مصورة نقيب ربة مؤرخ قاض محاضر محاضرة مشرف مشرفة مدیر استاد نویسنده وکیل پزشک معلم
    دانشجو فعال پژوهشگر روزنامه‌نگار شاعر هنرمند مترجم دبیر بازنشسته آموزگار مهندس کارشناس
    سردبیر عکاس
    """
)
_GEORGIAN = keys(
    """
    თავმჯდომარე დირექტორი ჟურნალისტი მასწავლებელი პროფესორი ექიმი იურისტი წევრი მწერალი სტუდენტი
    ადვოკატი ბიბლიოთეკარი მხატვარი არქიტექტორი ინჟინერი კოორდინატორი აქტივისტი ფსიქოლოგი პოეტი
    რედაქტორი მკვლევარი პენსიონერი დამფუძნებელი ხელმძღვანელი თანადამფუძნებელი მოადგილე ისტორიკოსი
    אחראית מנכ"ל יו"ר מורה סופר סופרת עיתונאי עיתונאית פרופסור רופא רופאה
    """
)


_ELIDED = re.compile(r"^[ldc]'(?=\w{3})")
_TOGETHER = re.compile(r"^(?:co|ko|vize|vice|ex)-(?=\w{4})")
_THE_ARABIC = re.compile(r"^ال(?=\w{3})")


@lru_cache(maxsize=20_000)
def is_role_abroad(word: str) -> bool:
    """Whether one word is a role in one of many languages."""
    bare = _ELIDED.sub("", word_key(word))
    bare = _TOGETHER.sub("", bare)
    if not bare or bare in _NO_ROLE or bare.endswith(_SUBJECTS) or _is_great_town(word):
        return False
    if bare in _WHOLE or bare in _COMPOUNDS:
        return True
    if bare in GIVEN_NAMES or bare in GIVEN_NAMES_ABROAD or _are_several(bare):
        return False
    return _is_by_form(word, bare)


def _is_by_form(word: str, bare: str) -> bool:
    """Whether its stem or its ending makes a word a role, and no longer stem a body."""
    stem = stem_length(bare, _PREFIXES)
    body = stem_length(bare, ORGANIZATION_STEMS)
    if is_organization_abroad(word) and (stem <= body or len(bare) - stem > _LONGEST_ENDING):
        return False
    if bare in _GEORGIAN or _THE_ARABIC.sub("", word.strip("،.()")) in _ARABIC:
        return True
    if not bare.isascii() and bare.endswith(_HAN):
        return len(word) < 8
    short = bare in _SHORT or (len(bare) > 3 and bare[:-1] in _SHORT)
    return short or bool(stem or _ends_in_role(bare) or _ENDS.fullmatch(bare))


def _are_several(bare: str) -> bool:
    """As in "pêcheurs": several are a group, and no role."""
    latin = bare[-1] == "s" and bare[-2:-1] not in ("a", "i", "u")
    return len(bare) > 5 and (latin or bare.endswith(_PLURALS))


_LONGEST_ENDING = 3
_PLURALS = (
    "istas", "eras", "arias", "adas", "oras", "icas",
)  # fmt: skip


def _ends_in_role(bare: str) -> bool:
    """As in "Klavierlehrerin": a compound, with the ending of a woman's role or without."""
    for ending in ("", "innen", "in", "n", "ne", "inne"):
        if ending and not bare.endswith(ending):
            continue
        root = bare.removesuffix(ending)
        if root in _COMPOUNDS:
            return True
        longest = min(_LONGEST, len(root) - 3)
        if any(root[-size:] in _COMPOUNDS for size in range(5, longest + 1)):
            return True
    return False


def _is_great_town(word: str) -> bool:
    """As "Hannover" or "Pescara", which end or begin as roles do."""
    matches = places.cities(word) if word[:1].isupper() else ()
    return bool(matches) and matches[0].population > _GREAT


_GREAT = 15_000


def opens_body_abroad(words: Sequence[str]) -> bool:
    """As in "Freiwillige Feuerwehr Au" and "Rețeaua Satelor Curate", which hold words of roles."""
    if len(words) > 1 and word_key(words[0]).startswith("freiwillig"):
        return is_organization_abroad(words[1])
    if len(words) < 3 or not all(word[:1].isupper() for word in words):
        return False
    if not is_organization_abroad(words[0]) or word_key(words[0]) in ORGANIZATION_WORDS:
        return False
    return not any(is_role_abroad(word) or word_key(word) in LEADERS for word in words)


def is_modifier_abroad(word: str) -> bool:
    return word_key(word) in _MODIFIERS or (word[:1].isdigit() and word[1:] == ".")
