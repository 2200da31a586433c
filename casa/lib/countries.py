"""Countries by their ISO 3166 code, named in the reader's language from Unicode's CLDR."""

from functools import cache

from babel import Locale, UnknownLocaleError

from casa.lib import alphabets, languages

# Names people know of places that CLDR lists beside the countries, but that have no ISO code.
_NOT_COUNTRIES = {
    "EU",
    "EZ",
    "UN",
    "QO",
    "ZZ",
    "XA",
    "XB",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "IC",
    "TA",
}


@cache
def country_names(language: str) -> dict[str, str]:
    """Country names by ISO 3166 alpha-2 code, in alphabetical order of `language`."""
    try:
        territories = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        territories = Locale("en").territories
    countries = {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }
    return dict(sorted(countries.items(), key=lambda item: alphabets.key(item[1], language)))


def country_name(code: str) -> str:
    """The country's name in the language of the page; "" for no code."""
    return country_names(languages.interface()).get(code, code)


def country_choices() -> list[tuple[str, str]]:
    return list(country_names(languages.interface()).items())


def on_one_line(city: str, region: str, country: str) -> str:
    """A place on one line. The country goes without saying where a region's code tells it."""
    is_code = region.isalpha() and region.isupper() and len(region) <= 3
    parts = (city, region, "" if is_code else country_name(country))
    return ", ".join(part for part in parts if part)
