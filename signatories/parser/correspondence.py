"""What stands around a list in a mail: who wrote it and to whom, greetings and farewells."""

from __future__ import annotations

import re

MAIL = re.compile(
    r"^\W*(?:(?:hi|hello|dear|hey|hallo|liebe[rs]?|sehr geehrte\w?|chers?|chère\w?"
    r"|bonjour|bonsoir|hola|estimad\w{1,2}|ciao"
    r"|gentil[ei]|caro|cara|olá|prezad\w{1,2}|merhaba|sayın|salam|hörmətli"
    r"|уважаем\w{1,4}|здравствуйте|beste)\b[^,;:]{0,40}[,!:]?"
    r"|(?:kind |best |warm |many |with )?(?:regards|wishes|thanks|best|cheers|thank you"
    r"|sincerely|yours)\b[^;:]{0,20}[,!.]?"
    r"|(?:mit |viele |herzliche |beste )\w{3,13}(?: grüßen| grüße)?,?|cordialement,?"
    r"|saludos,?|cordiali saluti,?"
    r"|sent from my .{2,30}|(?:on|am|le|el)\s.{5,90}(?:wrote|schrieb|écrit|escribió)\s?:?"
    r"|-{2,}\s?(?:forwarded|original|weitergeleitete).{0,30})$",
    re.IGNORECASE,
)
TO_ALL = re.compile(
    r"^\W*(?:hi|hello|dear|hey|hallo|liebe|bonjour|hola|ciao|salam|merhaba|olá|chers|queridos)\s"
    r"(?:all|everyone|everybody|there|team|alle|zusammen|à tous|a todos|a todas|tutti|a tutti"
    r"|hamıya|herkese)\b\s?[,!–-]",
    re.IGNORECASE,
)
# A small letter behind the comma, as no organization has it: "Hi Jane, here is the list".
TO_ONE = re.compile(
    r"^\W*(?i:hi|hello|hey|hallo|bonjour|hola|dear)\s[^\W\d_]{1,20}(?:\s[^\W\d_]{1,20})?,\s"
    r"[a-zß-öø-ÿа-я]"
)
CLOSING = re.compile(
    r"^\W*(?:mvh|med venlig hilsen|vennlig hilsen|sendt fra min .{2,30}|skickat från min .{2,30}"
    r"|von meinem .{2,30} gesendet|envoyé de mon .{2,30}|enviado desde mi .{2,30}"
    r"|inviato da(?:l mio)? .{2,30}|отправлено с .{2,30}|надіслано з .{2,30}|wysłane z .{2,30}"
    r"|ends|press release\b.{0,40}|references|sources|tribune|show more|more"
    r"|hej \w{2,20}|hei \w{2,20}|kære (?:alle|\w{2,20})|venlig hilsen|med hilsen|kær hilsen"
    r"|bonne (?:soirée|journée|fin de journée|nuit)|belle (?:soirée|journée)|buenas noches"
    r"|schönen (?:abend|tag)(?: noch)?|buona (?:serata|giornata)|boa noite|bom dia"
    r"|all the best|all my best|warmly|in solidarity|with solidarity|love|much love|ciao"
    r"|solidarische grüße|liebe grüße|viele liebe grüße|herzlichst|lg|mfg|vg|amicalement"
    r"|bien amicalement"
    r"|amitiés|abrazos|un abrazo|un fuerte abrazo|abraços|um abraço|con affetto|un caro saluto"
    r"|sevgiler"
    r"|selamlar|hilsen|hälsningar|groetjes|hartelijke groet|pozdrawiam serdecznie|s pozdravem"
    r"|üdvözlettel"
    r"|cu stimă|lijep pozdrav|lep pozdrav|поздрави|всего доброго|з повагою|με εκτίμηση|בברכה"
    r"|saludos cordiales|un saludo|un cordial saludo|cordialmente|atentamente|bien à vous"
    r"|meilleures salutations|bien cordialement|distinti saluti|atenciosamente|hörmətlə"
    r"|saygılarım(?:ız)?la|с уважением|с наилучшими пожеланиями|met vriendelijke groet"
    r"|med vänlig hälsning"
    r"|pozdrawiam|مع التحية|مع خالص التحية)[,.!،]?$",
    re.IGNORECASE,
)
# As in "З повагою, Оксана": the greeting and who sends it, in one line.
CLOSED_BY = re.compile(
    r"^\W*(?:(?:kind|best|warm|many) (?:regards|wishes|thanks)|in solidarity|with solidarity"
    r"|з повагою"
    r"|с уважением|med venlig hilsen|med vennlig hilsen|med vänlig hälsning|mit freundlichen grüßen"
    r"|viele grüße|liebe grüße|herzliche grüße|bien à vous|bien cordialement|un saludo|un abrazo"
    r"|um abraço|distinti saluti|cordiali saluti|met vriendelijke groet|s pozdravem"
    r"|με εκτίμηση|cu stimă|lijep pozdrav|lep pozdrav|bonne (?:soirée|journée))"
    r"[,!،]\s[^\W\d_]{2,20}$",
    re.IGNORECASE,
)
# As in "Від: Оксана <oksana@example.org>": who wrote a mail, and to whom, as its head says.
MAILED = re.compile(
    r"^\W*(?:від|кому|от|de|à|para|da|a|från|till|fra|til|od|do|van|aan|kimden|kime|lähettäjä"
    r"|vastaanottaja|mittente|expéditeur|remitente|remetente|absender|afzender)\s?:\s[^,;|]{0,80}\S@\S+$",
    re.IGNORECASE,
)

# What a line of a mail that names nobody is, in the order in which they are tried.
PATTERNS = (
    ("a word of a mail", MAIL),
    ("a word of a mail", TO_ALL),
    ("a word of a mail", TO_ONE),
    ("a word of a mail", CLOSING),
    ("a word of a mail", CLOSED_BY),
    ("a note", MAILED),
)
