"""Sites of all sizes: nothing, one, 100,000."""

from datetime import date

from django.urls import reverse

from signatories.testing import make_signature
from statements.testing import make_edition
from tools.look import pages
from tools.look.cases.parts import organizations
from tools.look.pages import Page

CROWD = 100_000


def empty() -> list[Page]:
    """A site on its first day."""
    return [
        *pages.site(),
        Page("share-image", reverse("share:site", args=["en"])),
        Page("api-docs", "/api/v1/docs/"),
    ]


def fresh() -> list[Page]:
    """A statement that nobody has signed."""
    return pages.statement(make_edition(place="Aldermouth"))


def one() -> list[Page]:
    """One statement, one person, one organization."""
    edition = make_edition(place="Aldermouth", dated_on=date(2026, 3, 2))
    make_signature(edition, city="Leeds", country="GB")
    [signed] = organizations(edition, ["River Trust"])
    found = [page for page in pages.site() if "nothing" not in page.name]
    return [*found, *pages.statement(edition), pages.organization(signed)]


def crowd() -> list[Page]:
    """100,000 people."""
    from benchmarks import seed  # noqa: PLC0415 - slow to import

    edition = seed.make_edition()
    seed.count(edition, seed.store(seed.confirmed(edition, CROWD, seed.make_consent(edition))))
    names = reverse("signatories:list", args=[edition.statement.slug])
    left_out = ("sign", "follow", "editions", "edition-old", "qr", "embed", "embed-dark")
    return [
        *(page for page in pages.site() if page.name in ("front", "list", "organizations")),
        *(page for page in pages.statement(edition) if page.name not in left_out),
        Page("signatories-last", pages.with_query(names, people="last")),
        Page("signatories-found", pages.with_query(names, q="aliyev", country="AZ")),
    ]
