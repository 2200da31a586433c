"""The keys by which organizations are found in an index when a name is typed.

Each kind of key is as narrow as what it is for allows, since only so many rows of one are read.
"""

from collections.abc import Iterator

from casa.lib.organization_names import reading
from casa.lib.organization_names.reading import Reading
from casa.lib.text import fold

KEY_LENGTH = 80
WORDS_INDEXED = 12
WORDS_LEFT_OUT = 8


def keys(name: str, town: str = "") -> set[str]:
    """What an organization that is called `name` and is in `town` stands under."""
    whole, bare = reading.whole(name), reading.without_place(name, town)
    found = reading.core(name)
    made = {f"n:{' '.join(found)}", f"c:{beginnings(whole)}", _joined(whole)}
    made |= {f"a:{acronym}" for acronym in reading.acronyms(name)}
    made |= {f"o:{part}" for part in _without_one(whole)}
    if len(found) == 1:
        made |= {f"s:{found[0]}", f"p:{found[0][:4]}"}
    if bare:
        made.add(f"b:{beginnings(bare)}")
    made |= set(_with_town(whole, bare, town))
    return _cut(made)


def asked(name: str, town: str = "") -> list[str]:
    """Keys under which an organization like that stands. A common one leads to many that are not,
    so that each is read apart, and so many rows of it.
    """
    whole, bare = reading.whole(name), reading.without_place(name, town)
    found = reading.core(name)
    wanted = {f"c:{beginnings(whole)}", _joined(whole), *_with_town(whole, bare, town)}
    wanted |= {f"s:{acronym}" for acronym in reading.acronyms(name)}
    wanted |= {f"o:{part}" for part in _without_one(whole)}
    if bare:
        wanted.add(f"c:{beginnings(bare)}")
    if len(found) == 1:
        wanted |= {f"p:{found[0][:4]}", f"a:{found[0]}"}
    if not fold(town):
        wanted.add(f"b:{beginnings(whole)}")
    return sorted(_cut(wanted))


def name_parts(name: str) -> set[str]:
    """A key for each word, to be found by its beginning while somebody types."""
    return _cut({f"w:{word}" for word in reading.words(name)[:WORDS_INDEXED]})


def beginnings(read: Reading) -> str:
    """The first letters of the words, in one order: neither a plural nor a late slip changes it."""
    return " ".join(sorted(word if word.isdigit() else word[:3] for word in read.words))


def _joined(read: Reading) -> str:
    """Finds names in which two words are written as one."""
    return f"j:{''.join(read.words)}"


def _with_town(whole: Reading, bare: Reading | None, town: str) -> Iterator[str]:
    """The name without its town, beside the town: most towns have a library with friends."""
    if bare and bare.place:
        yield f"t:{bare.place} {beginnings(bare)}"
    elif place := fold(town):
        yield f"t:{place} {beginnings(whole)}"


def _without_one(read: Reading) -> set[str]:
    """The name without each of its words, which may be misspelled; numbers never are."""
    if len(read.words) < 3:
        return set()
    left_out = [at for at, word in enumerate(read.words) if not word.isdigit()][:WORDS_LEFT_OUT]
    return {beginnings(Reading(read.words[:at] + read.words[at + 1 :])) for at in left_out}


def _cut(made: set[str]) -> set[str]:
    return {key[:KEY_LENGTH] for key in made}
