"""Fill an empty database: python -m benchmarks.seed CONFIRMED PENDING > facts.json

Prints, as JSON, what the load has to know: addresses, and the links that confirm the pending
signatures. Rows are made in bulk, and the tally is compared with them in the end.
"""

import hashlib
import itertools
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.templatetags.static import static  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.http import urlencode  # noqa: E402

from benchmarks.site import Inserted  # noqa: E402
from casa.lib.addresses.mailbox_keys import mailbox_key  # noqa: E402
from casa.lib.text import fold, name_key  # noqa: E402
from signatories.core import tally, tokens  # noqa: E402
from signatories.models import (  # noqa: E402
    ConsentWording,
    Organization,
    Signature,
    SignatureEvent,
    TallySlot,
)
from signatories.signing import confirmation  # noqa: E402
from signatories.signing.questions import consent_sentence  # noqa: E402
from signatories.signing.views import CONFIRM_FIELD  # noqa: E402
from statements import lifecycle  # noqa: E402
from statements.models import Edition, StatementText  # noqa: E402

LEADS = 12
ORGANIZATIONS_EVERY = 8  # one signature in so many is an organization’s: both sizes fill a page
BATCH = 2_000
PARAGRAPH = (
    "The reading rooms of our towns are where pupils do their homework, where people who look"
    " for work write their letters, and where neighbours meet who would not meet elsewhere."
    " Closing them on Saturdays saves little and takes much, above all from those who have no"
    " quiet place at home. "
)
FIRST_NAMES = ("Nora", "Emil", "Leyla", "Tomas", "Aysel", "Henrik", "Maria", "Rashad", "Ingrid")
LAST_NAMES = ("Lind", "Aliyev", "Novak", "Okafor", "Berg", "Haddad", "Silva", "Jansen", "Petrov")
CITIES = (("Leeds", "GB"), ("Baku", "AZ"), ("Oslo", "NO"), ("Porto", "PT"), ("Gent", "BE"))

Kind, State = Signature.Kind, Signature.State


def make_edition() -> Edition:
    """A statement of ordinary length, with everything a page shows, published and open."""
    text = StatementText(
        language="en",
        title="Keep the reading rooms open on Saturdays",
        summary=PARAGRAPH,
        body="".join(f"<p>{PARAGRAPH * 2}</p>" for _ in range(8)),
        ask="We ask the council to keep every reading room open on Saturdays.",
    )
    statement = lifecycle.create_draft(text, place="Exampletown")
    statement.targets.create(name="Committee on Libraries", office="Town council")
    for number in (1, 2):
        statement.references.create(
            title="Library Act", identifier=f"LA/{number}", url="https://example.org/act"
        )
    statement.releases.create(headline=text.title, wire="Example Wire", lead_in=PARAGRAPH)
    return lifecycle.publish(statement, by=None)[0]


def make_consent(edition: Edition) -> ConsentWording:
    """The sentence that stands on the form, as the first who signed had it stored."""
    text = consent_sentence(edition.statement)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return ConsentWording.objects.create(language="en", text=text, sha256=sha256)


def person(edition: Edition, number: int, consent: ConsentWording, **fields: Any) -> Signature:
    name = f"{FIRST_NAMES[number % 9]} {LAST_NAMES[number // 9 % 9]} {number}"
    city, country = CITIES[number % 5]
    email = f"signer{number}@example.org"
    return Signature(
        statement=edition.statement, edition=edition, name=name, role="Teacher",
        affiliation="Friends of the Library" if number % 3 == 0 else "", city=city,
        country=country, email=email, email_key=mailbox_key(email), nonce=tokens.new_nonce(),
        consent=consent, consented_at=timezone.now(), language="en",
        **({"kind": Kind.PERSON, "sort_key": fold(name)} | fields),
    )  # fmt: skip


def confirmed(edition: Edition, count: int, consent: ConsentWording) -> Iterator[Signature]:
    """The last one signed just now, each one before a second earlier."""
    directory = iter(make_directory(len(range(0, count, ORGANIZATIONS_EVERY))))
    now = timezone.now()
    for number in range(count):
        fields: dict[str, Any] = {
            "state": State.CONFIRMED,
            "confirmed_at": now - timedelta(seconds=count - number),
        }
        if number < LEADS:
            fields["lead_position"] = number + 1
        if number % ORGANIZATIONS_EVERY == 0:
            organization = next(directory)
            fields |= {"kind": Kind.ORGANIZATION, "organization": organization}
            fields["sort_key"] = organization.sort_key
        yield person(edition, number, consent, **fields)


def make_directory(count: int) -> list[Organization]:
    made = []
    for number in range(count):
        name, (city, country) = f"Library Friends No. {number}", CITIES[number % 5]
        made.append(
            Organization(
                name=name,
                name_key=name_key(name),
                sort_key=fold(name),
                city=city,
                country=country,
                slug=f"library-friends-{number}",
            )
        )
    return Organization.objects.bulk_create(made, batch_size=BATCH)


def store(signatures: Iterator[Signature]) -> list[Signature]:
    """Store signatures with the first row of their history, as signing does one by one."""
    stored: list[Signature] = []
    while batch := list(itertools.islice(signatures, BATCH)):
        Signature.objects.bulk_create(batch)
        SignatureEvent.objects.bulk_create(
            SignatureEvent(signature=one, to_state=one.state, at=timezone.now()) for one in batch
        )
        stored += batch
    return stored


def count(edition: Edition, signatures: list[Signature]) -> None:
    """Spread the count over the slots as many single confirmations would have done."""
    slots = [
        TallySlot(
            statement=edition.statement,
            kind=kind,
            slot=slot,
            count=len(of_kind[slot :: tally.SLOTS]),
        )
        for kind in Kind.values
        if (of_kind := [one for one in signatures if one.kind == kind])
        for slot in range(tally.SLOTS)
    ]
    TallySlot.objects.bulk_create(slots)
    if differences := tally.differences():
        raise SystemExit(f"The seeded tally does not agree with the rows: {differences}")


def settle() -> None:
    """Have done now what autovacuum would do amid the measuring."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def link(signature: Signature) -> tuple[str, str]:
    """Where the button posts that confirms a signature, and what."""
    sent = {
        CONFIRM_FIELD: tokens.make(signature, tokens.CONFIRM),
        "seen": confirmation.digest(signature),
    }
    return signature.statement.get_absolute_url(), urlencode(sent)


def form(edition: Edition, number: int) -> dict[str, Any]:
    """What a browser posts for a person who fills in most of the form."""
    return {
        "edition": edition.number, "kind": "person", "organization": "", "website": "",
        "name": "Nora Lind", "email": f"bench{number}@example.org", "role": "Teacher",
        "affiliation": "Friends of the Library", "city": "Oslo", "country": "NO",
        "wants_updates": "on",
    }  # fmt: skip


def pages(edition: Edition) -> dict[str, str]:
    list_path = reverse("signatories:list", args=[edition.statement.slug])
    return {
        "page": edition.statement.get_absolute_url(),
        "plain": reverse("plain", args=[edition.statement.slug]),
        "first": list_path,
        "last": f"{list_path}?people=last",
    }


def main() -> None:
    confirmed_count, pending_count = (int(argument) for argument in sys.argv[1:])
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Inserted)
    with transaction.atomic():
        edition = make_edition()
        consent = make_consent(edition)
        count(edition, store(confirmed(edition, confirmed_count, consent)))
        numbers = range(confirmed_count, confirmed_count + pending_count)
        pending = store(person(edition, number, consent) for number in numbers)
    settle()
    number = ".".join(str(part) for part in connection.get_database_version())
    facts = {
        "database": f"{connection.display_name} {number}",
        "static": static("casa/site/foundation.css"),
        "pages": pages(edition),
        "sign": reverse("signatories:sign", args=[edition.statement.slug]),
        "form": form(edition, 0),
        "links": [link(signature) for signature in pending],
    }
    json.dump(facts, sys.stdout)


if __name__ == "__main__":
    main()
