"""What opens a part of a release, by its words, in the languages that releases come in."""

from __future__ import annotations

import re
import unicodedata

_I = re.IGNORECASE
_EMPHASIS = " \t*_#=>~"
LONGEST = 400  # characters; a longer line opens nothing


def bare(line: str) -> str:
    """A line without what marks it as a heading, and without signs that Arabic may leave out."""
    plain = unicodedata.normalize("NFC", line.replace("\u0651", "")).replace("İ", "i")
    return " ".join(plain.strip(_EMPHASIS).split())


def key(line: str) -> str:
    """The words of a line that may be a heading, without what ends one."""
    return bare(line[:LONGEST]).rstrip(" :.,–—-=*_?")


def _words(*alternatives: str) -> str:
    return "(?:" + "|".join(" ".join(each.split()) for each in alternatives) + ")"


def _heading(*alternatives: str) -> re.Pattern[str]:
    """A key that is one of these, with a number in brackets behind it or not."""
    return re.compile(rf"{_words(*alternatives)}(?: ?\(\d{{1,6}}\))?", _I)


_SIGNED = _words(
    r"(?:(?:respectfully|sincerely|jointly|yours) )?(?:submitted by|signed(?: by)?"
    r"|signator(?:y|ies)"
    r"|signers|signatures|co-?signed(?: by)?|co-?signatories|endorsed by|supported by)",
    r"(?:list of|initial|lead|first|additional|further|other) (?:signatories|signers)"
    r"|(?:the )?undersigned|(?:the )?experts",
    r"(?:signing|endorsing|supporting|signatory) (?:organi[sz]ations|individuals)",
    r"(?:weitere )?(?:erst|mit)?unterzeichne(?:r|nde"
    r"|rinnen und (?:erst)?unterzeichner)[*:_]?(?:innen)?"
    r"(?: organisationen)?|(?:mit)?unterzeichnet von|unterschriften",
    r"(?:les )?(?:premiers |autres |organisations |associations )?signataires|signé par|ont signé",
    r"(?:organizaciones |entidades |primeros )?firmantes|firmado por|firman|suscriben|adhesiones",
    r"(?:primi |organizzazioni )?firmatari[eo]?|firmato da|firmano|sottoscrivono",
    r"(?:primeiros |organizações |entidades )?signat[áa]ri[oa]s|assinam|assinado por|subscrevem"
    r"|subscritores",
    r"imzacılar|imzalayanlar|imza sahipleri|imzalayan (?:kurumlar|örgütler|təşkilatlar|şəxslər)"
    r"|imzalar|imza atanlar|imza edənlər|təqdim edənlər",
    r"подписали|подписанты|подписи|(?:ниже)?подписавшиеся|подписавшие организации",
    r"підписанти|підписали|підписи|підписалися",
    r"sygnatariusze|podpisali|podpisy|podpisane przez",
    r"(?:المنظمات |الجمعيات )?الموقعون(?: أدناه)?|الموقعين|(?:المنظمات|الجمعيات) الموقعة|التوقيعات",
    r"(?:οι )?υπογράφοντες|υπογράφουν|υπογραφές",
    r"联署人?(?:名单)?|签署人|签名者?|ხელმომწერები",
    r"ondertekenaars|ondertekend door|undertecknat av|undertecknare|underskrevet af",
)
_CLOSING = _words(
    r"(?:yours )?(?:sincerely|faithfully|truly|respectfully)(?: yours)?|(?:best|kind|with) regards",
    r"mit freundlichen grü(?:ß|ss)en|hochachtungsvoll|met vriendelijke groet(?:en)?",
    r"cordialement|bien à vous|respectueusement|atentamente|cordialmente|saludos cordiales",
    r"(?:distinti|cordiali) saluti|atenciosamente|com os melhores cumprimentos",
    r"saygılarımı?z?la|hörmətlə|с уважением|з повагою|z poważaniem|με εκτίμηση",
    r"مع (?:فائق|خالص) (?:الاحترام|التقدير)(?: والتقدير)?|此致",
)
SIGNED_AGAIN = re.compile(r"sign|firm|unterz|assin|imza|подпис|підпис|podpis|الموق|υπογρ|签", _I)
"""What opens more names below what the senders say of themselves; "Supported by" does not."""
SIGNATURES = _heading(_SIGNED, _CLOSING)
SIGNATURES_INLINE = re.compile(rf"{_SIGNED} ?: ?(?P<rest>\S.*)", _I)
UNDERSIGNED = re.compile(
    r"\b(?:the|we,?|as) undersigned|\bundersigned\b|unterzeichnende|unterzeichner"
    r"|soussigné|abajo firmantes|(?:i|le) sottoscritt|abaixo[- ]assinad|aşağıda imza"
    r"|нижеподписавши|ми, що підписал|niżej podpisan|الموقعون أدناه|الموقعين أدناه"
    r"|οι υπογράφοντες|ondergetekende",
    _I,
)

_CONTACT_WORDS = _words(
    r"(?:media|press|news|for media)(?: relations)? (?:contacts?|enquiries|inquiries|relations)"
    r"(?: for .*)?",
    r"(?:press|media) office(?: [-–—] .*)?",
    r"(?:presse|medien)(?:kontakt|stelle|anfragen)|ansprechpartner(?:in)?(?: für (?:die )?presse)?"
    r"|kontakt(?: für (?:die )?(?:presse|medien))?|rückfragen(?: bitte)?(?: an)?",
    r"contacts?(?: de)? presse|relations presse|service de presse",
    r"contacto(?: de prensa| para (?:la )?prensa)?|prensa|gabinete de prensa",
    r"ufficio stampa|contatti(?: stampa)?|contatto stampa",
    r"contactos?(?: para a imprensa)?|contatos?(?: para a imprensa)?|assessoria de imprensa",
    r"basın (?:iletişim|irtibatı?|sorumlusu|için iletişim)|iletişim",
    r"əlaqə(?: üçün)?|mətbuat (?:üçün əlaqə|xidməti)",
    r"контакты?(?: для (?:сми|прессы))?|пресс-служба|контакти(?: для (?:змі|медіа))?",
    r"kontakt(?: dla mediów)?|biuro prasowe",
    r"للتواصل(?: مع الصحافة| الإعلامي)?|جهة الاتصال|للاستفسارات(?: الإعلامية)?",
    r"επικοινωνία|媒体联系(?:人)?|联系方式|perscontact|presskontakt|pressekontakt",
)
_CONTACT_EN = _words(
    r"for (?:more|further|additional) information\b.{0,300}",
    r"for interviews?\b.{0,300}",
)
CONTACT = re.compile(
    rf"(?:{_CONTACT_WORDS}|contacts?(?:\(s\))?(?: information)?) ?(?::.*)?|{_CONTACT_EN}"
    r"|(?:logo|photo) ?[-:–].{0,200}https?://.*|multimedia\b.{0,200}https?://.*",
    _I,
)
COPIES = re.compile(r"(?:cc|copy|kopie|copie|copia|копия|bilgi)\s?:.*", _I)
ASKS_TO_REACH = re.compile(
    r"\b(?:contact|kontakt|contacte[zr]|contactar|contattare|iletişim|əlaqə|связ|обраща|зв.яз|للتواصل"
    r"|enquir|inquir)",
    _I,
)
REACHED = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}|\+?\(?\d[\d ()./–-]{5,}\d|\btel(?:\.|efon|ephone)?\b"
    r"|https?://|\bwww\.|(?:^|\s)@\w",
    _I,
)

ABOUT = re.compile(
    r"About\s++(?:the\s++|us\b)?(?:[A-Z]\S*+\s*+){0,9}$"
    r"|(?i:über (?:uns|den|die|das)\b(?: \S+){0,6}|à propos(?: d[eu’'] ?\S+(?: \S+){0,6})?"
    r"|qui sommes-nous ?\??|(?:acerca|sobre) (?:de|del|el|la|los|las|nosotros|o|a|os|as"
    r"|nós)\b(?: \S+){0,6}"
    r"|chi siamo|quem somos|hakkımızda|haqqımızda|\S+(?: \S+){0,6} hakkında"
    r"|\S+(?: \S+){0,6} haqqında"
    r"|о (?:нас|фонде|компании|проекте|коалиции|союзе)(?: \S+){0,6}|про нас|o nas|من نحن"
    r"|نبذة عن .{1,80}"
    r"|σχετικά με .{1,80}|over (?:ons|de|het)\b(?: \S+){0,6}|om oss)$"
)
ABOUT_WHOM = re.compile(r"About\s+(?:the\s+|us\b)?[A-Z]?[^,;:]{0,100}+:?")
NOTES = re.compile(
    _words(
        r"(?:notes?|information|background) (?:to|for) (?:the )?(?:editors?|journalists|media)",
        r"editors?[’']s? notes?|hinweise? (?:für|an) (?:die )?(?:redaktion(?:en)?|medien)",
        r"notes? aux? (?:rédactions?|rédacteurs|journalistes)",
        r"notas? (?:para|a) (?:la|el|los|las|os|as|o|a) (?:redacci[óo]n|editores?|redação"
        r"|periodistas|prensa)",
        r"note (?:per|alla|alle) (?:la |le )?redazion[ei]|editöre? not(?:u|lar)?"
        r"|editörlere not(?:lar)?",
        r"redaktorlar üçün qeyd(?:lər)?|примечани[ея] для (?:редакци[ий]|редакторов|прессы)",
        r"примітки для редакторів|(?:uwagi|informacje) dla (?:redakcji|mediów)|ملاحظات? للمحررين",
    )
    + r"(?: ?:.*)?",
    _I,
)
BACKGROUND = re.compile(
    r"(?:background|hintergrund|contexte|antecedentes|contesto|arka plan|справка)", _I
)
FACTS = re.compile(
    r"(?:journal|doi|method of research|subject of research|article title|article publication date"
    r"|coi statement|funders?|keywords|disclaimer)\s?(?::.*)?",
    _I,
)

END = re.compile(
    r"\s*(?:#\s?#\s?#|#{3,}|-\s?30\s?-|[-–—]?\s?(?:ends?|ende|fin|fine|fim|son"
    r"|конец)\s?[-–—]?)\s*$",
    _I,
)
OF_A_PAGE = re.compile(
    r"share this article|request a demo|more press release views\b.{0,60}|download (?:pdf|image)s?"
    r"|\d{1,3} ?%|print this page|(?:partager|teilen|compartir|condividi)",
    _I,
)
"""What is copied along with a release from the page that it stood on."""
RULE = re.compile(r"\s*(?:[-=_*~•·.#]\s?){2,}\s*$")
ATTACHMENTS = re.compile(
    r"(?:attachments?|anhang|anlagen?|pièces? jointes?|adjuntos?|allegati)", _I
)

_RELEASE = _words(
    r"for immediate (?:release|distribution)"
    r"|(?:joint )?(?:press|news|media) (?:releases?|statements?|advisory|alert)"
    r"|(?:special procedures|human rights council|meetings coverage|treaty bodies)",
    r"embargoed?\b.{0,80}|(?:medien|presse)(?:mitteilung|information)|pressemeldung"
    r"|zur sofortigen veröffentlichung|sperrfrist\b.{0,80}",
    r"communiqué(?: de presse)?|pour diffusion immédiate|sous embargo\b.{0,80}",
    r"nota de prensa|comunicado(?: de prensa)?|para (?:su )?(?:difusión|publicación) inmediata",
    r"comunicato stampa|nota (?:à|de) imprensa|comunicado (?:à|de) imprensa|press-?release",
    r"basın (?:açıklaması|bülteni|duyurusu)|mətbuat (?:üçün )?(?:açıqlaması|məlumatı)"
    r"|press-?reli[zs]",
    r"пресс-релиз|сообщение для (?:сми|прессы)|прес-реліз|informacja prasowa|komunikat prasowy",
    r"(?:بيان|بلاغ|تصريح) (?:صحفي|صحافي)|للنشر الفوري|δελτίο τύπου|新闻稿",
    r"persbericht|pressmeddelande",
)
RELEASE_MARK = re.compile(rf"{_RELEASE}(?:[ :.,–—-]{{1,4}}(?P<date>[^\n]{{0,40}}\d{{4}}))?", _I)
OPENING_MARK = re.compile(rf"{_RELEASE}[ :.–—-]{{1,4}}(?=\w)", _I)
KINDS_OF_NEWS = re.compile(
    r"(?:peer-reviewed publication|reports and proceedings|meeting announcement"
    r"|grant and award announcement|business announcement)",
    _I,
)
PROVIDED = re.compile(r"news provided by", _I)
TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?(?:Uhr|h|CET|CEST|GMT|ET))?", _I)

_DATE_KEYS = r"date|datum|datos?|fecha|data|tarih|tarix|дата|التاريخ"
_TITLE_KEYS = (
    r"re|subject|betreff|betr\.|objet|asunto|oggetto|assunto|konu|mövzu|тема|الموضوع|dotyczy"
)
_OTHER_KEYS = (
    r"to|from|cc|attn|attention|an|von|à|de|para|da|per|kime|kimden|kimə|kimdən|кому|от|إلى|من"
    r"|do|od"
)
HEAD_KEY = re.compile(
    rf"(?:(?P<date_key>{_DATE_KEYS})|(?P<title_key>{_TITLE_KEYS})"
    rf"|{_OTHER_KEYS})\s?:\s*(?P<value>\S.*)",
    _I,
)
