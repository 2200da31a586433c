"""Words that say what an organization is, and not which; folded, as `casa.lib.text.fold` does."""

# Abbreviated legal forms, as they stand at the end of a name.
ABBREVIATIONS = frozenset((
    "ab", "ag", "aisbl", "aps", "as", "asbl", "asc", "bv", "cic", "cio", "co", "corp",
    "corporation", "doo", "ets", "eu", "ev", "gemeinnutzig", "ggmbh", "gmbh", "ig", "inc",
    "incorporated", "ib", "kft", "kg", "limited", "llc", "llp", "ltd", "mbh", "mmc", "ngo", "nv",
    "onlus", "ong", "ooo", "ops", "oy", "plc", "pte", "pty", "qht", "qsc", "ry", "sa", "sarl",
    "sas", "sl", "spa", "srl", "sro", "stichting", "ug", "uk", "vzw", "zoo", "zs",
    "ао", "ано", "зао", "мбу", "нко", "ооо", "рoо",
))  # fmt: skip
# Those of them that stand at the beginning in some countries, and there mean nothing else.
LEADING = frozenset((
    "aisbl", "asbl", "ngo", "ong", "ooo", "stichting", "vzw", "ано", "зао", "нко", "ооо",
))  # fmt: skip

# Legal forms spelled out, each with what it is: "Verein" is an association as "Birliyi" is.
# A name may have one more than another and be the same; two different ones make two names.
ASSOCIATION, SOCIETY, FOUNDATION, ORGANIZATION = (
    "association", "society", "foundation", "organization",
)  # fmt: skip
FORMS = {
    word: form
    for form, words in {
        ASSOCIATION: (
            "asociacion asociatia asosiasiya assosiasiya assosiasiyasi associacao associacio"
            " association associations associazione birligi birligin birlik birliyi dernegi dernek"
            " egyesulet forening foreningen sdruzeni spolek stowarzyszenie udruga udruzenje"
            " verband verein vereinigung vereniging yhdistys zdruzenie ассоциация объединение"
        ),
        SOCIETY: (
            "cemiyet cemiyeti cemiyyet cemiyyeti genootschap gesellschaft sallskap sallskapet"
            " selskab selskap seura sociedad sociedade societa societat societate societe society"
            " spolocnost towarzystwo общество"
        ),
        FOUNDATION: (
            "alapitvany fond fonda fondation fondazione fondi fondu foundation fundacao fundacion"
            " fundacja nadace nadacia saatio stiftelse stiftelsen stiftung vakfi vakif фонд"
        ),
        ORGANIZATION: (
            "kurulus kurulusu organisation organisaatio organisatie organisasjon organizacao"
            " organizacion organizacija organizacja organization organizatsiya organizzazione"
            " teskilat teskilati организация"
        ),
    }.items()
    for word in words.split()
}
# The same in several words, the longest first.
PHRASES = {
    tuple(phrase.split()): form
    for phrase, form in {
        "qeyri hokumet teskilati": ORGANIZATION,
        "non governmental organization": ORGANIZATION,
        "non governmental organisation": ORGANIZATION,
        "nongovernmental organization": ORGANIZATION,
        "nongovernmental organisation": ORGANIZATION,
        "non profit organization": ORGANIZATION,
        "non profit organisation": ORGANIZATION,
        "nonprofit organization": ORGANIZATION,
        "nonprofit organisation": ORGANIZATION,
        "sivil toplum kurulusu": ORGANIZATION,
        "общественная организация": ORGANIZATION,
        "community interest company": ORGANIZATION,
        "limited liability company": ORGANIZATION,
        "mehdud mesuliyyetli cemiyyeti": ORGANIZATION,
        "mehdud mesuliyyetli cemiyyet": ORGANIZATION,
        "gesellschaft mit beschrankter haftung": ORGANIZATION,
        "ictimai birliyi": ASSOCIATION,
        "ictimai birlik": ASSOCIATION,
        "public association": ASSOCIATION,
        "public union": ASSOCIATION,
        "eingetragener verein": ASSOCIATION,
        "gemeinnutziger verein": ASSOCIATION,
        "registered association": ASSOCIATION,
        "registered society": SOCIETY,
        "registered charity": ORGANIZATION,
        "общественное объединение": ASSOCIATION,
        "fundacion privada": FOUNDATION,
        "xeyriyye fondu": FOUNDATION,
    }.items()
}
LONGEST_PHRASE = max(map(len, PHRASES))

# Left out by some who write a name, or who shorten it, and kept by others.
SMALL_WORDS = frozenset((
    "a", "af", "al", "an", "and", "au", "aux", "av", "d", "da", "das", "de", "degli", "dei", "del",
    "della", "delle", "dem", "den", "der", "des", "det", "di", "die", "do", "dos", "du", "e", "el",
    "en", "et", "ev", "for", "fur", "gli", "het", "i", "il", "im", "in", "l", "la", "las", "le",
    "les", "lo", "los", "no", "nr", "o", "of", "och", "og", "on", "os", "per", "pour", "s", "te",
    "the", "to", "u", "und", "uzre", "ucun", "van", "ve", "voor", "von", "y", "za", "zu", "zum",
    "zur", "в", "и", "на", "по",
))  # fmt: skip

# How the plural, an article behind the word or a case changes the end of a word.
_ENDINGS = (
    "/s /es y/ies f/ves /e /en /n /er /nen /ern /ens"  # English, French, Spanish, German
    " um/en o/i a/e e/i us/i /et /ene /arna /erna"  # Latin, Italian, Nordic
    " /lar /ler /lari /leri /larin /lerin /larinin /lerinin /lara /lere"  # Turkic
    " /i /u /si /su /in /un /nin /nun /inin /unun"
    " /ы /и а/ы а/и я/и ь/и /ов /ев /а /у"  # Russian
)
ENDINGS = frozenset(frozenset(pair.split("/")) for pair in _ENDINGS.split(" "))
