"""The indexes on signatures, each for a list or a count."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from casa.lib import alphabets
from casa.lib.addresses.sealed import DOMAIN_AT
from casa.lib.data_keys import HASH_LENGTH
from signatories.models.signature_sets import COUNTED, NAMED

INDEXES: list[models.Index] = [
    models.Index(
        "statement",
        "kind",
        F("confirmed_at").desc(),
        F("id").desc(),
        name="signature_public_newest",
        condition=COUNTED,
    ),
    models.Index(
        "statement",
        "lead_position",
        name="signature_leads",
        condition=Q(lead_position__isnull=False),
    ),
    models.Index("statement", "state", "id", name="signature_moderation_list"),
    # The list from A to Z, in the alphabet of whoever reads it.
    *(
        models.Index(
            "statement",
            "kind",
            column,
            "id",
            name=f"signature_public_{column.removeprefix('sort_key').strip('_') or 'name'}",
            condition=COUNTED & NAMED,
        )
        for column in alphabets.COLUMNS
    ),
    # The list narrowed to a place, and how many there are in each.
    models.Index(
        "statement",
        "kind",
        "country",
        F("confirmed_at").desc(),
        F("id").desc(),
        F("region"),
        name="signature_public_place",
        condition=COUNTED & NAMED,
    ),
    models.Index(
        "statement",
        "kind",
        name="signature_withheld",
        condition=COUNTED & Q(name_withheld=True),
    ),
    # How many stand under an earlier edition, counted without a look at the rows.
    models.Index("statement", "edition", "kind", name="signature_by_edition", condition=COUNTED),
    # The list of the back office, as it is sorted and filtered.
    models.Index("sort_key", "id", name="signature_by_name"),
    models.Index("created_at", "id", name="signature_by_day"),
    models.Index("state", "id", name="signature_by_state"),
    models.Index("country", "id", name="signature_by_country", condition=~Q(country="")),
    models.Index(fields=["-id"], name="signature_name_withheld", condition=Q(name_withheld=True)),
    # What the first screen of the back office counts, among millions of others.
    models.Index("confirmed_at", "kind", name="signature_per_day", condition=COUNTED),
    models.Index("id", name="signature_unapproved", condition=Q(approved=False)),
    models.Index(
        "import_confidence",
        name="signature_imported",
        condition=Q(import_confidence__isnull=False),
    ),
    models.Index("batch", name="signature_batch", condition=Q(batch__isnull=False)),
    # Of the count, those whom the organizer collected.
    models.Index(
        "statement",
        "kind",
        name="signature_collected",
        condition=COUNTED & ~Q(consent_source=""),
    ),
    models.Index("email_key", name="signature_mailbox", condition=~Q(email_key="")),
    # By the hash of the domain, which stands behind that of the address.
    models.Index(
        Substr("email", DOMAIN_AT, HASH_LENGTH),
        name="signature_mail_domain",
        condition=~Q(email=""),
    ),
    models.Index("id", name="signature_suspicious", condition=~Q(suspicions=[])),
    models.Index("share_code", name="signature_shared", condition=~Q(share_code="")),
    # Who brought how many: counted from the index alone.
    models.Index("statement", "via", name="signature_brought", condition=COUNTED & ~Q(via="")),
    models.Index("renamed_at", name="signature_renamed", condition=Q(renamed_at__isnull=False)),
    # Whom to remind: some of what waits, among millions that are done.
    models.Index("created_at", name="signature_waiting", condition=Q(state="pending")),
    models.Index(fields=["-id"], name="signature_mail_trouble", condition=~Q(mail_trouble="")),
    models.Index(
        "statement",
        F("withdrawn_at").desc(),
        name="signature_withdrew",
        condition=Q(withdrawal_shown=True),
    ),
]
