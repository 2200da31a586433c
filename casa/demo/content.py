"""Statements, names and a login to look at. Everything here is invented."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from casa.accounts.models import User
from casa.demo import drawing, library_picture, river_picture
from casa.lib.addresses import web_addresses
from signatories.core import invited, milestones, states, tokens
from signatories.leads import placement
from signatories.models import Invitation, InvitationRound, Organization, Signature
from signatories.moderation import decisions
from signatories.organizations import logos, verification
from signatories.parser import kind_of, numbered_lines, parse_block
from signatories.rounds import adding, sending
from statements import lead_pictures, lifecycle
from statements.models import (
    Ask,
    ConsentText,
    Delivery,
    Edition,
    Reference,
    Statement,
    StatementText,
    SupporterText,
    Target,
    Topic,
    TopicName,
    Update,
)

ASKED = """\
Alder Valley Anglers <anglers@example.org>
Friends of Branch Libraries <branches@example.org>
Aldermouth Readers' Circle <readers@example.org>
Millbrook Walking Club <walkers@example.org>
Ximena Okafor, Mayor of Port Hale
"""
"""Whom the round of the draft asks."""

LOGIN = "demo@example.org"
PASSWORD = "open-the-library"  # noqa: S105 - printed at every start; refused when DEBUG is off
TEXTS = Path(__file__).parent / "texts"

GIVEN = (
    "Ada", "Bruno", "Chidi", "Dilara", "Emeka", "Farid", "Greta", "Hana", "Ilkin", "Jonas",
    "Keiko", "Leyla", "Mateo", "Nigar", "Oskar", "Priya", "Rashad", "Sevinj", "Tomas", "Uma",
    "Vusal", "Wren", "Ximena", "Yusuf", "Zahra",
)  # fmt: skip
FAMILY = (
    "Abel", "Aliyeva", "Brook", "Castell", "Dahl", "Ekström", "Farrow", "Guliyev", "Hale", "Ito",
    "Jansen", "Kerimova", "Lund", "Marsh", "Nwosu", "Okafor", "Pellier", "Quist", "Rahimov",
    "Sands", "Tanaka", "Ulvi", "Vance", "Weiss", "Yarrow",
)  # fmt: skip
TOWNS = (
    ("Aldermouth", "GB"), ("Millbrook", "US"), ("Østerby", "DK"), ("Şirinvan", "AZ"),
    ("Saint-Aubert", "FR"), ("Lindenau", "DE"), ("Port Hale", "CA"),
)  # fmt: skip
ROLES = ("Teacher", "Nurse", "Librarian", "Engineer", "Angler", "Student", "Retired", "")
ORGANIZATIONS = (
    ("Aldermouth Readers' Circle", "Aldermouth", "GB"),
    ("Friends of Branch Libraries", "Millbrook", "US"),
    ("Alder Valley Anglers", "Millbrook", "US"),
    ("Saturday School of Three Rivers", "Port Hale", "CA"),
    ("Şirinvan Kitab Klubu", "Şirinvan", "AZ"),
    ("Northern Parents' Association for Languages", "Østerby", "DK"),
)

LOGOS = (
    # (the organization, how its mark looks, its colour)
    ("Aldermouth Readers' Circle", drawing.book, (31, 95, 139)),
    ("Alder Valley Anglers", drawing.waves, (20, 110, 96)),
    ("Saturday School of Three Rivers", drawing.branches, (150, 62, 40)),
    ("Aldermouth Librarians' Guild", drawing.book, (104, 62, 130)),
)
WEBSITE = "https://readers.example.org"
CORRECTION = ("in three years", "in two years")
CORRECTION_NOTE = "An examination takes two years of lessons, not three."


def load_if_empty() -> bool:
    """Make the demo's content in a database that has neither staff nor statements."""
    if User.objects.exists() or Statement.objects.exists():
        return False
    with transaction.atomic():
        staff = get_user_model().objects.create_superuser(
            LOGIN, PASSWORD, name="Demo Editor", is_demo=True
        )
        chance = random.Random(7)  # noqa: S311 - the same names at every first start
        _library(staff, chance)
        _river(staff, chance)
        _schools(staff)
        _draft(staff)
        _organizations(staff)
    milestones.update_milestones()
    return True


def _topic(statement: Statement, **names: str) -> None:
    topic = Topic.objects.filter(names__name__in=names.values()).first() or Topic.objects.create()
    for language, name in names.items():
        TopicName.objects.get_or_create(topic=topic, language=language, name=name)
    statement.topics.add(topic)


def text_from_file(name: str, language: str = "en") -> StatementText:
    """A text file: title, summary, ask, and the body in HTML, parted by lines of three dashes."""
    source = (TEXTS / f"{name}.{language}.html").read_text(encoding="utf-8")
    title, summary, ask, body = (part.strip() for part in source.split("\n---\n"))
    return StatementText(language=language, title=title, summary=summary, ask=ask, body=body)


LIBRARY_SAYS = {
    "en": {
        "share_sentence": "Six reading rooms in Aldermouth are to lose their evenings. Help keep"
        " them open.",
        "next_step": "then we hand it over to the council",
        "thanks": "The council decides in spring. Until then every name helps us to be heard.",
        "step_words": "A few lines of your own count more than any form.",
        "letter_subject": "Please keep the libraries open on Saturdays",
        "letter_words": "Dear members of the Culture Committee,\n\nI use a branch library of"
        " Aldermouth, and I can only come on Saturdays. Please keep all seven branches open then,"
        " and publish the figures on which a change would rest.\n\nKind regards",
    },
    "az": {
        "share_sentence": "Aldermutda altı oxu zalı axşamlar bağlanacaq. Açıq qalmaları üçün kömək"
        " edin.",
        "next_step": "sonra onu şuraya təqdim edirik",
        "thanks": "Şura yazda qərar verəcək. O vaxta qədər hər ad bizi eşitdirir.",
        "step_words": "Öz sözlərinizlə yazılmış bir neçə sətir istənilən formadan dəyərlidir.",
        "letter_subject": "Xahiş edirik, kitabxanalar şənbə günləri açıq qalsın",
        "letter_words": "Hörmətli Mədəniyyət Komitəsinin üzvləri,\n\nMən Aldermut"
        " kitabxanalarından birinə gedirəm və yalnız şənbə günləri gələ bilirəm. Xahiş edirəm,"
        " yeddi filialın hamısı həmin gün açıq qalsın və dəyişikliyin əsaslandığı rəqəmlər dərc"
        " edilsin.\n\nHörmətlə",
    },
}


def _library(staff: User, chance: random.Random) -> None:
    statement = lifecycle.create_draft(
        text_from_file("library"),
        by=staff,
        kind=Statement.Kind.OPEN_LETTER,
        place="Aldermouth",
        dated_on=date(2026, 3, 2),
        goal=250,
        after_signing=Statement.AfterSigning.LETTER,
    )
    translation = text_from_file("library", "az")
    translation.statement = statement
    translation.save()
    for language, said in LIBRARY_SAYS.items():
        SupporterText.objects.create(statement=statement, language=language, **said)
    Target.objects.create(
        statement=statement,
        position=1,
        name="Council of Aldermouth",
        office="Culture Committee",
        email="culture.committee@example.org",
    )
    Reference.objects.create(
        statement=statement, position=1, title="Public Libraries Charter", identifier="PLC 12"
    )
    _topic(statement, en="Public libraries", az="Kitabxanalar")
    lead_pictures.give(
        statement,
        library_picture.library(),
        focus=(64, 62),
        alt_text="A brick library with lit shelves in its windows, and people at its open door",
        credit="Drawing: Demo Editor",
    )
    _place_leads(statement, "library.signatories.txt", staff)
    lifecycle.publish(statement, by=staff)
    _sign(statement, chance, people=184, organizations=ORGANIZATIONS)


def _river(staff: User, chance: random.Random) -> None:
    statement = lifecycle.create_draft(
        text_from_file("river"),
        by=staff,
        kind=Statement.Kind.PETITION,
        place="Millbrook",
        dated_on=date(2026, 2, 11),
        signing_closes_at=timezone.now() + timedelta(days=60),
        ask_country=Ask.REQUIRED,
        ask_region=Ask.OPTIONAL,
        ask_postal_code=Ask.OPTIONAL,
        ask_comment=Ask.OPTIONAL,
        minimum_age=16,
        shared_mailboxes=True,
    )
    ConsentText.objects.create(
        statement=statement,
        language="en",
        in_place=True,
        text="By signing you agree that we keep your details until the Water Board has answered,"
        " show your name as you chose above, and send you a mail to confirm. You can withdraw at"
        " any time.",
    )
    Target.objects.create(statement=statement, position=1, name="Alder Basin Water Board")
    lead_pictures.give(
        statement,
        river_picture.river(),
        focus=(52, 60),
        alt_text="An old mill by a river, with brown water running out of its pipe",
        credit="Drawing: Demo Editor",
    )
    _topic(statement, en="Rivers", az="Çaylar")
    lifecycle.publish(statement, by=staff)
    _sign(statement, chance, people=41, organizations=ORGANIZATIONS[2:4])
    Update.objects.create(
        statement=statement,
        title="The Water Board will hear us",
        body="<p>The Board has put the mill ponds on the agenda of its next public session.</p>",
    )


def _schools(staff: User) -> None:
    statement = lifecycle.create_draft(
        text_from_file("schools"), by=staff, kind=Statement.Kind.JOINT_STATEMENT, place="Port Hale"
    )
    _topic(statement, en="Schools", az="Məktəblər")
    target = Target.objects.create(statement=statement, position=1, name="Ministry of Education")
    _place_leads(statement, "schools.signatories.txt", staff)
    lifecycle.publish(statement, by=staff)
    text = statement.texts.get()
    text.body = text.body.replace(*CORRECTION)
    text.save()
    lifecycle.correct(statement, by=staff, note=CORRECTION_NOTE, is_material=False)
    today = timezone.localdate()
    Delivery.objects.create(
        statement=statement,
        target=target,
        delivered_on=today,
        note="Handed over at the ministry with the names of all who signed.",
        answered_on=today,
        answer="The ministry will count the lessons from the next school year on, on trial.",
    )
    lifecycle.close(statement, by=staff, note="Handed over to the ministry.")


def _organizations(staff: User) -> None:
    """Some with a logo, one verified by its mail domain and one by the office."""
    for name, mark, colour in LOGOS:
        sizes = logos.read(drawing.logo(name, mark, colour))
        logos.store(Organization.objects.get(name=name), sizes, approved=True)
    readers = Organization.objects.get(name=LOGOS[0][0])
    readers.website = WEBSITE
    readers.save()
    verification.verify_by_domain(readers, web_addresses.registrable(WEBSITE))
    anglers = Organization.objects.get(name=LOGOS[1][0])
    decisions.verify(anglers, by=staff, reason="We called them.")


def _draft(staff: User) -> None:
    """A draft that some were asked to sign first."""
    statement = lifecycle.create_draft(
        text_from_file("benches"), by=staff, kind=Statement.Kind.PETITION
    )
    deadline = timezone.localtime(timezone.now() + timedelta(days=9))
    asking = InvitationRound.objects.create(
        statement=statement,
        title="First to sign",
        deadline=deadline.replace(hour=18, minute=0, second=0, microsecond=0),
        created_by=staff,
    )
    asked: dict[str, Any] = {"by": staff, "language": "en", "asked_by": staff}
    adding.add_lines(asking, parse_block(numbered_lines(ASKED)), **asked)
    sending.begin(asking, Invitation.Due.ASK, by=staff)
    sending.send_due()
    declined, promised, _silent, *_others = asking.invitations.exclude(email="").order_by("pk")
    invited.decline(declined, by=staff, reason="Statutes forbid it.")
    invited.promise(promised, by=staff)
    adding.add_one(
        asking, adding.Entry("person", "Wren Castell", email="wren@example.org"), **asked
    )


def _place_leads(statement: Statement, file: str, staff: User) -> None:
    lines = numbered_lines((TEXTS / file).read_text(encoding="utf-8"))
    placement.place(statement, parse_block(lines), by=staff)


def _sign(
    statement: Statement,
    chance: random.Random,
    *,
    people: int,
    organizations: tuple[tuple[str, str, str], ...],
) -> None:
    edition = Edition.objects.get(statement=statement, number=1, language=statement.language)
    for number in range(people):
        city, country = chance.choice(TOWNS)
        signature = Signature(
            name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
            role=chance.choice(ROLES),
            city=city,
            country=country,
            name_withheld=chance.random() < 0.06,
        )
        _confirmed(signature, edition, Signature.Kind.PERSON, number, chance)
    for number, (name, city, country) in enumerate(organizations):
        organization, _new = Organization.objects.get_or_create(
            name=name,
            defaults={
                "city": city,
                "country": country,
                "kind": kind_of(name) or Organization.Kind.ASSOCIATION,
            },
        )
        signature = Signature(organization=organization, city=city, country=country)
        _confirmed(signature, edition, Signature.Kind.ORGANIZATION, number, chance)


def _confirmed(
    signature: Signature, edition: Edition, kind: str, number: int, chance: random.Random
) -> None:
    signature.statement, signature.edition, signature.kind = edition.statement, edition, kind
    signature.state = Signature.State.CONFIRMED
    signature.confirmed_at = timezone.now() - timedelta(minutes=chance.randrange(1, 20_000))
    signature.nonce = tokens.new_nonce()
    signature.email = f"{kind}{number}@example.org"
    signature.email_key = signature.email
    signature.save()
    # Signed as spread as confirmed: all within the hour would be a burst.
    signature.created_at = signature.confirmed_at - timedelta(minutes=1)
    signature.save(update_fields=["created_at"])
    states.record_creation(signature, reason="demo")
