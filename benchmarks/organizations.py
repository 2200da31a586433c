"""Measure suggestions and the question about similar names; `python benchmarks/organizations.py`.

A directory of invented organizations is filled, in SQLite or in the database of DATABASE_URL
(`tools/with_postgres.py` before it: on PostgreSQL), names are typed, and signatures for new ones
are confirmed. Printed are milliseconds, in how many of the cases the organization that was meant is
among the answers, and the memory that this process takes.
"""

import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

# Run as a file, Python looks for modules beside it: `site` among them.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

_folder = tempfile.TemporaryDirectory(prefix="casa-organizations-", dir="/tmp")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder.name}/db.sqlite3")
os.environ.update(ENV_FILE="", DEBUG="1", DJANGO_SETTINGS_MODULE="casa.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from casa.lib.organization_names import index  # noqa: E402
from casa.lib.text import fold, name_key  # noqa: E402
from signatories.models import (  # noqa: E402
    Organization,
    OrganizationEvent,
    OrganizationKey,
    Signature,
)
from signatories.organizations import entries, likeness  # noqa: E402
from signatories.signing import confirmation  # noqa: E402
from signatories.testing import make_signature  # noqa: E402
from statements.models import Edition  # noqa: E402
from statements.testing import make_edition  # noqa: E402

SYLLABLES = ("el", "oak", "bra", "mor", "wick", "ham", "ton", "dal", "fen", "lo", "ri", "ash", "by")
PATTERNS = (
    "Friends of the {town} Library", "{town} River Trust", "{town} Reading Circle",
    "Heritage School of {town}", "{town} Garden Club", "Choir of {town}", "{town} Chess Club",
    "Neighbours of {town} {word}", "{word} and {other} Foundation", "The {word} {other} Network",
    "{town} {word} Association", "Initiative {word} {town} e.V.", "{town} {word} İctimai Birliyi",
)  # fmt: skip
WORDS = (
    "Rivers", "Woods", "Meadows", "Bridges", "Readers", "Writers", "Walkers", "Gardens",
    "Orchards", "Archives", "Songs", "Stories", "Papers", "Parks", "Lanes", "Fields", "Harbours",
    "Mills", "Lights", "Stages", "Schools", "Rooms", "Tables", "Voices",
)  # fmt: skip
PLURALS = {
    "Library": "Libraries", "Trust": "Trusts", "Circle": "Circles", "School": "Schools",
    "Club": "Clubs", "Choir": "Choirs", "Network": "Networks",
} | {word: word.removesuffix("s") for word in WORDS}  # fmt: skip
BATCH = 2_000
TRIED = 200
NOTHING = "question, nothing like it"

Question = tuple[Callable[..., list[Organization]], tuple[str, ...]]


def towns(count: int, chance: random.Random) -> list[str]:
    made: set[str] = set()
    while len(made) < count:
        made.add("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize())
    return sorted(made)


def invented(size: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Names, each once, with the town; half of the towns are not known to the directory."""
    known = towns(max(50, size // 25), chance)
    names: set[str] = set()
    while len(names) < size:
        town, word, other = chance.choice(known), *chance.sample(WORDS, 2)
        name = chance.choice(PATTERNS).format(town=town, word=word, other=other)
        if name in names:
            name = f"{name} {chance.choice(WORDS)} {chance.choice(known)}"
        if name not in names:
            names.add(name)
            yield name, chance.choice((town, ""))


def fill(size: int, chance: random.Random) -> list[Organization]:
    made = [
        Organization(
            name=name, city=town, verification="verified", slug=f"o-{number}",
            name_key=name_key(name), sort_key=fold(name),
        )
        for number, (name, town) in enumerate(invented(size, chance))
    ]  # fmt: skip
    for start in range(0, size, BATCH):
        batch = Organization.objects.bulk_create(made[start : start + BATCH])
        keys = [OrganizationKey(organization=one, key=key) for one in batch for key in keys_of(one)]
        OrganizationKey.objects.bulk_create(keys, batch_size=BATCH)
        OrganizationEvent.objects.bulk_create(map(verified, batch))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def verified(one: Organization) -> OrganizationEvent:
    """By staff: they stand behind the entry, so that others are compared with it."""
    return OrganizationEvent(
        organization=one, from_verification="open", to_verification="verified", at=timezone.now()
    )


def keys_of(one: Organization) -> set[str]:
    return index.keys(one.name, one.city) | index.name_parts(one.name)


def slipped(name: str, chance: random.Random) -> str:
    """With two letters of a word in the wrong order, not its first ones."""
    word = chance.choice([word for word in name.split() if len(word) >= 5])
    return name.replace(word, f"{word[:3]}{word[4]}{word[3]}{word[5:]}")


def in_plural(name: str) -> str:
    words = [PLURALS.get(word, word) for word in name.split() if word not in ("The", "the")]
    return " ".join(words)


def questions(one: Organization, chance: random.Random) -> dict[str, Question]:
    """What is typed by somebody who means `one`, by what the table calls it."""
    words, town = one.name.split(), one.city or "Elsewhere"
    suggest, similar = likeness.suggestions, likeness.similar
    return {
        "suggestions, three letters": (suggest, (words[0][:3],)),
        "suggestions, one word": (suggest, (max(words, key=len),)),
        "suggestions, two words": (suggest, (" ".join(words[:2]),)),
        "suggestions, all but the end": (suggest, (one.name[:-2],)),
        "question, a legal form more": (similar, (f"{one.name} Society", one.city)),
        "question, the town in brackets": (similar, (f"{one.name} ({town})", town)),
        "question, article and plural": (similar, (in_plural(one.name), one.city)),
        "question, a slip": (similar, (slipped(one.name, chance), one.city)),
        NOTHING: (similar, (f"{words[-1]} Zanzibarium Quux", "")),
    }


def ask(among: list[Organization], chance: random.Random) -> dict[str, list[tuple[float, ...]]]:
    """By question: milliseconds by the clock, those of this processor, and whether it was found."""
    found: dict[str, list[tuple[float, ...]]] = {}
    for one in chance.sample(among, TRIED):
        for name, (question, typed) in questions(one, chance).items():
            begun, worked = time.perf_counter(), time.process_time()
            answer = question(*typed)
            took, cost = time.perf_counter() - begun, time.process_time() - worked
            found.setdefault(name, []).append((took * 1000, cost * 1000, one in answer))
    return found


def pending(name: str, statement: Edition, number: int) -> Signature:
    """A representative's, with a mailbox at the domain of the website, for a new entry."""
    entry = entries.find_or_add(name, website=f"https://o{number}.example.org")
    return make_signature(
        statement, organization=entry, state="pending", email=f"ada@o{number}.example.org"
    )


def confirm(among: list[Organization], chance: random.Random) -> dict[str, list[tuple[float, ...]]]:
    """As `ask`: of names like another's, which staff have to look at, and of others."""
    statement, found = make_edition(), {}
    for number, one in enumerate(chance.sample(among, TRIED)):
        for kind, name, right in (
            ("confirm, a legal form more", f"{one.name} Society", "alike"),
            ("confirm, nothing like it", f"Zanzibarium Quux {number}", ""),
        ):
            signature = pending(name, statement, number)
            begun, worked = time.perf_counter(), time.process_time()
            confirmation.confirm(signature)
            took, cost = time.perf_counter() - begun, time.process_time() - worked
            flag = Organization.objects.get(pk=signature.organization_id).to_check
            found.setdefault(kind, []).append((took * 1000, cost * 1000, flag == right))
    return found


def megabytes() -> float:
    """The most that this process had at one moment."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="organizations")
    size = parser.parse_args().size
    call_command("migrate", verbosity=0)
    chance = random.Random(7)
    begun = time.perf_counter()
    made = fill(size, chance)
    took, keys = time.perf_counter() - begun, OrganizationKey.objects.count()
    print(
        f"{connection.vendor}, {size:,} organizations, {keys:,} keys, filled in {took:.0f} s;"
        f" load {os.getloadavg()[0]:.1f}\n\n"
        "| typed | ms | 19 of 20 within | ms of the processor | found |\n|---|--:|--:|--:|--:|"
    )
    before = megabytes()
    for name, figures in (ask(made, chance) | confirm(made, chance)).items():
        times, costs, right = zip(*figures, strict=True)
        within = statistics.quantiles(times, n=20)[-1]
        share = (
            "" if name.endswith("question, nothing like it") else f"{sum(right) / len(right):.0%}"
        )
        cells = (statistics.median(times), within, statistics.median(costs))
        print(f"| {name} | {' | '.join(f'{cell:.1f}' for cell in cells)} | {share} |")
    print(f"\nMemory: {before:.0f} MB before, {megabytes():.0f} MB after.")


if __name__ == "__main__":
    main()
