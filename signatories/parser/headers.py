"""Which field a column holds, told by its header in many languages and in exports of surveys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .parsed import Column
from .text import key

# Whole headers. Languages: en de fr es it pt nl sv da pl cs hu ro tr az ru uk ka ar fa el.
_EXACT = {
    "name": "name|nom|nombre|nome|full name|names"
    "|first and last name|name and surname|signatory|signatories"
    "|signer|signed by|signee|person|your name|your full name"
    "|ad|isim|ad soyad|adi soyadi|ad ve soyad|adi ve soyadi|isim soyisim"
    "|isim soyad|ad, soyad|ad və soyad|adı və soyadı|ad soyadı|tam adı|soyad, ad|asa|a.s.a."
    "|name, vorname|vor- und nachname|vor- und zuname|vorname und nachname|vorname nachname"
    "|vollständiger name|ihr name|unterzeichner|unterzeichnerin|unterzeichner:in|unterzeichnende"
    "|person / name|nom complet|nom et prénom|prénom et nom|nom prénom|prénom nom|noms et prénoms"
    "|nom, prénom|nom/prénom|signataire|nombre completo|nombre y apellido|nombre y apellidos"
    "|nombres y apellidos|apellidos y nombre|firmante|nome completo|nome e cognome|cognome e nome"
    "|nome e apelido|nome e sobrenome|firmatario|firmataria|subscritor|assinante|volledige naam"
    "|naam|ondertekenaar|namn|för- och efternamn|navn|fulde navn|fullt navn|nimi|imię i nazwisko"
    "|nazwisko i imię|jméno a příjmení|meno a priezvisko|ime i prezime|ime in priimek|név"
    "|teljes név|nume și prenume|nume complet|фио|ф.и.о.|имя и фамилия|фамилия и имя"
    "|фамилия, имя, отчество|фамилия имя отчество|полное имя|подписавший|подписант|піб|п.і.б."
    "|ім'я та прізвище|прізвище та ім'я|სახელი და გვარი|სახელი, გვარი|الاسم|الاسم الكامل"
    "|الاسم واللقب|الإسم|اسم الموقع|نام و نام خانوادگی|نام|ονοματεπώνυμο|όνομα και επώνυμο|姓名"
    "|氏名|お名前|名前|이름|성명|성함",
    "representative": "contact|contact person|contact name|contacto|contatto|contato|kontakt"
    "|personne contact|контакт|representative|represented by|name of"
    " representative|authorised representative|ansprechpartner|ansprechpartnerin|kontaktperson"
    "|ansprechperson|kontaktpersonen|vertretung|zástupce|osoba kontaktowa|kontaktisik|yhteyshenkilö"
    "|vertreten durch|représentant|représentante|représenté par|personne de contact|representante"
    "|persona de contacto|referente|rappresentante|contactpersoon|vertegenwoordiger"
    "|temsilci|yetkili"
    "|代表者|代表者名|担当者|代表人|联系人|대표자|담당자"
    "|təmsilçi|əlaqədar şəxs|представитель"
    "|контактное лицо|представник|الممثل|اسم الممثل",
    "given_name": "first name|given name|forename|first|given names|first names|vorname|vornamen"
    "|prénom|prénoms|nombre de pila|primer nombre|nome próprio|voornaam|förnamn|fornavn|etunimi"
    "|imię|imiona|jméno|meno|keresztnév|utónév|prenume|имя|имя, отчество|имя отчество|ім'я"
    "|სახელი|الاسم الأول|الاسم الاول|نام کوچک|όνομα|adı|adi|adınız|名",
    "surname": "last name|surname|family name|last|family|last names|nachname|familienname"
    "|zuname|nom de famille|apellido|apellidos|cognome|cognomi|sobrenome|apelido|apelidos"
    "|achternaam|familienaam|efternamn|efternavn|etternavn|sukunimi|nazwisko|příjmení"
    "|priezvisko|prezime|priimek|vezetéknév|családnév|фамилия|прізвище|გვარი|اللقب|اسم العائلة"
    "|الكنية|نام خانوادگی|επώνυμο|επίθετο|soyad|soyadı|soyisim|familiya|姓",
    "honorific": "honorific|salutation|prefix|mr/ms|form of address|anrede|titel (akad.)|civilité"
    "|tratamiento|appellativo|tratamento|aanhef|hitap|müraciət|обращение|اللقب العلمي",
    "credentials": "credentials|degree|degrees|suffix|academic degree|akademischer grad"
    "|akad. grad|abschluss|diplôme|titulación|titolo di studio|учёная степень|ученая степень"
    "|elmi dərəcə|postnominals|qualifications",
    "role": "title|role|position|job title|function|office|title/role|title/position|role/title"
    "|position/title|title or role|role or title|profession|occupation|capacity|job|titel"
    "|funktion|position/funktion|beruf|rolle|amt|tätigkeit|stellung|amt/funktion|fonction"
    "|poste|qualité|titre|rôle|métier|profession/fonction|titre/fonction|cargo|función|puesto"
    "|profesión|rol|título|ocupación|cargo/función|ruolo|carica|qualifica|professione|funzione"
    "|incarico|função|profissão|cargo/função|papel|functie|beroep|rol/functie|befattning|yrke"
    "|amet|ametikoht|profesija|amats|pareigos|profesija|starfsheiti|starf|nghề nghiệp|chức vụ"
    "|roll|titul|stilling|erhverv|tehtävä|ammatti|stanowisko|funkcja|zawód|pozice|funkce"
    "|povolání|pozícia|funkcia|funkcija|zanimanje|beosztás|foglalkozás|tisztség|funcția"
    "|funcție|profesie|должность|роль|профессия|статус|посада|професія|თანამდებობა|პროფესია"
    "|المنصب|الوظيفة|الصفة|المهنة|الدور|سمت|شغل|عنوان شغلی|θέση|ιδιότητα|επάγγελμα|görev"
    "|görevi|unvan|unvanı|ünvan|ünvanı|meslek|mesleği|pozisyon|rolü|vəzifə|vəzifəsi|peşə|peşəsi"
    "|ixtisas|rolu|职务|職務|役職|肩書|職業|職位|직책|직위|직업",
    "organization": "organization|organisation|affiliation|institution|company|employer"
    "|association|group|organization name|organisation name|organization/affiliation|org|org."
    "|organisation/institution|organization or affiliation|affiliation/organization|institute"
    "|university|ngo|society|name of organization|name of organisation|name of the organization"
    "|your organization|your organisation|signing organization|school|church|entity|firma"
    "|institution/organisation|verband|verein|einrichtung|träger|hochschule|unternehmen"
    "|organisationsname|name der organisation|zugehörigkeit|arbeitgeber|gruppe|initiative"
    "|association/organisation|structure|organisme|établissement|entreprise|société|collectif"
    "|affiliation/institution|nom de l'organisation|nom de l'association|organización|entidad"
    "|institución|asociación|empresa|colectivo|afiliación|nombre de la organización"
    "|organizzazione|ente|associazione|istituzione|azienda|affiliazione|società"
    "|ente/associazione|organização|entidade|instituição|associação|afiliação|coletivo"
    "|organisatie|instelling|vereniging|bedrijf|stichting|förening|företag|forening|virksomhed"
    "|organisasjon|järjestö|organisaatio|yhteisö|organizacja|instytucja|stowarzyszenie|organizace"
    "|instituce|spolek|organizácia|inštitúcia|organizacija|ustanova|udruga|szervezet|intézmény"
    "|asutus|organisatsioon|iestāde|organizācija|įstaiga|organizacija|stofnun|cơ quan"
    "|egyesület|organizația|organizație|instituția|instituție|организация|учреждение|компания"
    "|место работы|объединение|аффилиация|організація|установа|об'єднання|ორგანიზაცია"
    "|დაწესებულება|المنظمة|المؤسسة|الجهة|الجمعية|اسم المنظمة|اسم المؤسسة|جهة العمل|الهيئة"
    "|سازمان|موسسه|نهاد|οργάνωση|οργανισμός|φορέας|kurum|kuruluş|kurumu|kurum/kuruluş|örgüt"
    "|dernek|sivil toplum kuruluşu|kurum adı|təşkilat|təşkilatı|qurum|müəssisə|iş yeri"
    "|təşkilatın adı|birlik|组织|單位|单位|機構|机构|団体|団体名|所属|組織名|소속|단체|단체명",
    "town": "city|town|municipality|city/town|town/city|locality|village|ort|stadt|wohnort"
    "|gemeinde|ort/stadt|standort|sitz|ville|commune|localité|ville/commune|ciudad|localidad"
    "|municipio|población|città|comune|località|cidade|município|localidade|concelho|stad"
    "|woonplaats|plaats|gemeente|ort/stad|by|sted|kommune|kaupunki|paikkakunta|miasto"
    "|miejscowość|město|obec|mesto|grad|mjesto|kraj|város|település|orașul|oraș|localitate"
    "|город|населённый пункт|населенный пункт|место|місто|населений пункт|ქალაქი|المدينة"
    "|مدينة|البلدة|شهر|πόλη|şehir|il|ilçe|kent|il/ilçe|şehri|şəhər|şəhəri|rayon|şəhər/rayon"
    "|城市|都市|所在地|도시|지역|domicile",
    "region": "state|province|region|county|state/province|prefecture|bundesland|kanton|région"
    "|département|departamento|provincia|regione|estado|distrito|provincie|regio|län|fylke"
    "|województwo|область|регион|регіон|المحافظة|المنطقة|bölge|vilayət|bölgə",
    "country": "country|nation|land|staat|pays|país|pais|paese|nazione|maa|państwo|země"
    "|krajina|država|zemlja|ország|țara|țară|страна|країна|ქვეყანა|البلد|الدولة|بلد|کشور|χώρα"
    "|ülke|ülkesi|ölkə|ölkəsi|国家|國家|国|국가|country of residence|kraj pochodzenia",
    "place": "place|location|city/state|city, state|city and state|city, country|city/country"
    "|city and country|town and country|town, country|address|place of residence|residence"
    "|where|based in|city & state|ort, land|ort/land|stadt, land|stadt/land|ort und land"
    "|ville, pays"
    "|ville/pays|ville et pays|lieu|adresse|ciudad, país|ciudad/país|ciudad y país|lugar"
    "|città, paese|città e paese|luogo|cidade, país|cidade/país|cidade e país|местоположение"
    "|город, страна|место жительства|адрес|şehir, ülke|şehir/ülke|yer|şəhər, ölkə|şəhər/ölkə"
    "|yaşayış yeri|المكان|العنوان|المدينة والبلد|plaats, land",
    "kind": "kind|type|type of signatory|signatory type|person or organization|individual or"
    " organization|signing as|art|typ|type de signataire|tipo|tipo de firmante|növ|tür|тип|النوع",
    "ror": "ror|ror id|ror-id|ror identifier|ror url|research organization registry|identifiant ror"
    "|identificador ror|ror identifikatoru",
    "registration": "registration number|registration no|registration no.|reg. no."
    "|registered number|registration id|charity number|charity no.|charity registration number"
    "|company number|registry number|registernummer|vereinsregister"
    "|vereinsregisternummer|handelsregisternummer|numéro d'enregistrement|rna|siren"
    "|número de registro|numero di registrazione|codice fiscale|número de registo"
    "|kvk-nummer|org.nr|organisationsnummer|organisasjonsnummer|cvr|y-tunnus|krs"
    "|регистрационный номер|огрн|kütük no|sicil no|kayıt numarası|qeydiyyat nömrəsi"
    "|vöen|رقم التسجيل",
    "mark": "personal capacity|capacity of signing|in personal capacity",
}
_OTHER = (
    "phone|telephone|mobile|website|web|url|date|signature|sign|no|no.|number|nr|nr.|#|№|n°|nº"
    "|notes|note|comment|comments|timestamp|id|zip|postcode|postal code|plz|lfd. nr.|lfd.nr."
    "|telefon|telefonnummer|datum|unterschrift|bemerkung|bemerkungen|kommentar|téléphone"
    "|signature|remarque|remarques|commentaire|teléfono|firma|fecha|observaciones|comentario"
    "|telefono|data|commenti|telefone|assinatura|comentários|телефон|дата|подпись|комментарий"
    "|п/п|№ п/п|imza|tarih|tarix|sıra|sıra no|s.no|sıra nömrəsi|qeyd|not|notlar|الهاتف|التاريخ"
    "|التوقيع|الرقم|م|ملاحظات|start time|completion time|last modified time|response id"
    "|date submitted|last page|start language|seed|date started|date last action|ip address"
    "|heure de la dernière modification|ora di inizio|ora di completamento"
    "|hora de início|hora de conclusão|başlangıç zamanı|bitiş zamanı|время начала"
    "|время завершения"
    "|begonnen op|voltooid op|sygnatura czasowa|znacznik czasu|časové razítko"
    "|časová pečiatka|időbélyeg|időbélyegző"
    "|marcatore temporale|marcaj de timp|tidsstämpel|tidsstempel|aikaleima|tijdstempel"
    "|позначка часу"
    "|χρονική σήμανση|חותמת זמן|타임스탬프|时间戳记|タイムスタンプ"
    "|submitted at|created at|created on|created"
    "|submission date|ip|entry id|user agent|referrer url"
    "|submitdate|lastpage|startlanguage|startdate"
    "|datestamp|ipaddr|refurl|token"
    "|antwort id|antwort-id|datum abgeschickt|letzte seite|start-sprache|zufallsstartwert"
    "|zeitstempel|horodateur|marca temporal|informazioni cronologiche|carimbo de data/hora"
    "|zaman damgası|отметка времени|الطابع الزمني|startzeit|fertigstellungszeit|heure de début"
    "|heure de fin|hora de inicio|hora de finalización|time spent|total time|language|sprache"
)
_ENDS = " \t*_:()?？.,;！!•-–—\"'“”"


def _bare(header: str) -> str:
    return key(header).strip(_ENDS)


_FIELD_OF = {
    key(name).strip(_ENDS): field for field, names in _EXACT.items() for name in names.split("|")
}
_OTHERS = frozenset(_bare(name) for name in _OTHER.split("|")) - set(_FIELD_OF)

# Words of questions, the first that is found counts: "May we publish your name?" is no name.
_ASKED = (
    ("may_publish", r"publi[sck]|veroffentlich|pubbli|yayim|yayinla|derc|опублик|публик|нашр|نشر"
     r"|опублік|divulga"
     r"|display|appear|affich|apparai|figur|nennen|erschein|aufgefuhrt|mostrar|aparec"
     r"|compari|gorun|goster|указа|показ|show (?:my|your)|shown|visible|listed|genannt"
     r"|in public|offentlig"
     r"|aciqlan|openbaar"),
    ("", r"confirm|newsletter|volunteer|how did|comment|why |warum|pourquoi|por que|perche"),
    ("email", r"e-?mail|messagerie|courriel|correo|e-?posta|эл\.? ?почт"
    r"|электронн\w+ почт|email|البريد|ايميل"
     r"|elektron poct|e-?poct|posta elettronica|ηλ.*ταχυδρ"),
    ("consent", r"consent|einwillig|einverstand|zustimm|i agree|do you agree|privacy|datenschutz"
     r"|consentement|j.accepte|acepto|consentimiento|consenso|acconsent|concordo|consentimento"
     r"|onay|riza|razilig|raziyam|соглас|موافق|toestemming|zgoda|gdpr|dsgvo"),
    ("mark", r"personal capacity|personal title|a titre personnel|eigenen namen|identification"),
    ("given_name", r"first name|given name|vorname|prenom|nombre de pila|voornaam"
     r"|fornavn|\[first\]"),
    ("surname", r"last name|surname|family name|nachname|nom de famille|apellidos?$|\[last\]"
     r"|^soyad\w{0,6}$|^фамилия$|^nazwisko$|^familiyan?\w{0,4}$"),
    ("role", r"\brole\b|\bposition\b|job|\btitle\b|function|funktion|fonction|\bcargo\b|ruolo"
     r"|должност|занят|професси|профес|gorev|vezife|occupat|ocupac|zawod|funkcj|stanowisk|meslek"
     r"|povolan|zanimanj|foglalkoz|yrke|stilling|tatigkeit|επαγγελμ|ιδιοτητ|תפקיד|עיסוק|职业|職業|직업"
     r"|المنصب|الوظيفة|صفت|الصفة|beruf|profession|capacity"),
    ("organization", r"organi[sz]ation|organizzazion|organisati|organizaci|organizac|organizacao"
     r"|instituti|institucion|affiliat|company|employer|employeur|association|verein|verband"
     r"|organizacj|stowarzysz|szervezet|jarjesto|udrug|spolek|οργανωσ|φορε|ארגון|团体|団体|단체"
     r"|einrichtung|организаци|організаці|учрежден|kurum|kurulus|teskilat|qurum|المنظمة|المؤسسة"
     r"|جمعية|entidad|\bente\b"),
    ("country", r"\bcountry\b|\bpays\b|\bpais\b|\bpaese\b|\bland\b|страна|країна"
     r"|ulke|olke|البلد|الدولة"),
    ("town", r"\bcity\b|\btown\b|\bstadt\b|wohnort|\bville\b|ciudad|citta|cidade|\bгород|\bмісто"
     r"|miejscowosc|\bmiasto|\bmesto\b|\bobec\b|\bvaros|telepules|\boras|localit|localid"
     r"|municip|населен|wohn|πολη|עיר|城市|都市|sehir|seher|المدينة|woonplaats"
     r"|where do you live|where are you based"),
    ("name", r"\bname\b|\bnom\b|\bnombre\b|\bnome\b|\bnaam\b|\bnamn\b|\bимя\b|фамили"
     r"|\bad(?:i|iniz)?\b|soyad|الاسم|اسم|имени|nazwisk|прізвищ|jmeno|prijmeni|\bime\b"
     r"|\bnev\b|\bnume\b|\bnavn\b|\bnimi\b|ονομα|שם|姓名|氏名|이름"),
)  # fmt: skip
_QUESTIONS = tuple((field, re.compile(pattern)) for field, pattern in _ASKED)
# LimeSurvey puts the code of the question before it.
_CODE = re.compile(r"^\w{1,12}(?:\[\w{1,8}\])?\.\s+(?=\S)")
_MOST = 200


@lru_cache(maxsize=10_000)
def field_of(header: str) -> str | None:
    """The field of a header, "" where a known column is left out, None where it is unknown."""
    if not header.strip() or len(header) > _MOST:
        return None
    bare = _bare(_CODE.sub("", header.strip()))
    plain = _bare(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", bare))
    for text in (_bare(header), bare, plain):
        if text in _FIELD_OF:
            return _FIELD_OF[text]
        if text in _OTHERS:
            return ""
    asked = next((field for field, asked in _QUESTIONS if asked.search(bare)), None)
    return _field_of_two(bare) if asked is None else asked


def _field_of_two(bare: str) -> str | None:
    """As in "PLZ Ort": of two headers that are known, the one that has a field."""
    words = bare.replace("/", " ").replace(",", " ").split()
    fields = [_FIELD_OF.get(word, "" if word in _OTHERS else None) for word in words]
    told = {field for field in fields if field}
    return told.pop() if len(words) == 2 and None not in fields and len(told) == 1 else None


_SURNAME_FIRST = re.compile(
    r"(?:(?:№|\w/\w|nr|no)\s)?(?:фамили|прізвищ|επωνυμ|nazwisk|prijmeni|priezvisk|prezime"
    r"|apellido|cognome|nachname|soyad|surname|last name|name, vorname|name vorname|nom,? ?prenom"
    r"|nom et prenom|noms et prenoms"
    r"|familienname)"
)


def names_surname_first(header: str) -> bool:
    """Whether a header of whole names asks for the surname before the given name."""
    return bool(_SURNAME_FIRST.match(_bare(header[:_MOST])))


def is_unknown(header: str) -> bool:
    """Whether a column has a header, and no list of headers tells what it holds."""
    return bool(header.strip()) and field_of(header) is None


_BRACKETED = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=10_000)
def is_known(header: str) -> bool:
    """Whether a cell is, letter for letter, what people write above a column."""
    if len(header) > _MOST:
        return False
    bare = _bare(_BRACKETED.sub(" ", header) if "(" in header else header)
    if bare in _FIELD_OF or bare in _OTHERS:
        return True
    asks = "mail" in bare or len(bare.split()) > 2
    return asks and field_of(header) in ("email", "may_publish")


_NAMING = frozenset(("name", "given_name", "surname", "organization"))


def is_header_row(cells: Sequence[str]) -> bool:
    """Whether cells stand above columns: one known word that names somebody is enough."""
    written = [cell for cell in cells if cell.strip()]
    if len(written) < 2:
        return False
    known = sum(map(is_known, written))
    questions = sum(cell.rstrip().endswith(("?", ":", "؟")) for cell in written)
    if (not known and questions < 2) or len({_bare(cell) for cell in written}) < 2:
        return False
    fields = [field_of(cell) for cell in written]
    asked = sum(field is not None for field in fields)
    if not _NAMING & set(fields):
        return False
    if known:
        return 2 * known >= len(written) or asked > 1
    return questions > 1 and 2 * asked >= len(written)


def columns_of(headers: Sequence[str]) -> list[Column]:
    """The columns by their headers; of two that hold the same, the one that is asked wins."""
    fields = [field_of(header) or "" for header in headers]
    if "name" in fields and ("given_name" in fields) != ("surname" in fields):
        asked = len(fields) - 1 - fields[::-1].index("name")
        other = "surname" if "given_name" in fields else "given_name"
        # Nom, Prénom; Nachname, Name; Soyad, Ad
        fields = ["" if field == "name" else field for field in fields]
        fields[asked] = other
    naming = {"name", "given_name", "surname", "organization"}
    if "representative" in fields and not naming & set(fields):
        fields[fields.index("representative")] = "name"
    return [
        Column(header, "" if field in _SINGLE and field in fields[position + 1 :] else field)
        for position, (header, field) in enumerate(zip(headers, fields, strict=True))
    ]


# Microsoft Forms writes the account's own name and address before the questions.
_SINGLE = frozenset(("name", "email", "given_name", "surname"))
