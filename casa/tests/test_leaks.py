"""A secret word in every row that is not public appears at no public URL.

The addresses come from the URL configuration, so a new one is searched without a line here.
"""

import io
import itertools
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, TextField
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from django.utils.http import urlencode
from pypdf import PdfReader

from casa.site import well_known
from casa.tests.public_site import read_names
from casa.unsaved import holding, kept_files
from casa.unsaved.models import Reason
from signatories.core.personal_data import SIGNATURE
from signatories.models import OrganizationAlias, Signature
from signatories.moderation import decisions
from signatories.testing import make_logo, make_organization, make_signature
from statements import lifecycle
from statements.models import (
    Attachment,
    Delivery,
    Edition,
    LeadPicture,
    Reference,
    Release,
    Statement,
    Target,
    Update,
)
from statements.testing import make_draft, make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "zanzibarium"


def with_parts(statement):
    """Puts the secret into everything that goes with a statement."""
    today = timezone.localdate()
    target = Target.objects.create(statement=statement, name=SECRET, office=SECRET)
    Reference.objects.create(statement=statement, title=SECRET, identifier=SECRET)
    Release.objects.create(statement=statement, headline=SECRET, wire=SECRET)
    Update.objects.create(statement=statement, title=SECRET, body=f"<p>{SECRET}</p>")
    Delivery.objects.create(statement=statement, target=target, delivered_on=today, note=SECRET)
    LeadPicture.objects.create(
        statement=statement, alt_text=SECRET, credit=SECRET, width=1, height=1, sha256="0" * 64,
        file=ContentFile(b"x", "whole.jpg"),
        sizes=[
            (f"{SECRET}-1080x608.jpg", "image/jpeg", 1080, 608),
            (f"{SECRET}-480x612.jpg", "image/jpeg", 480, 612),
        ],
    )  # fmt: skip
    Attachment.objects.create(
        statement=statement, title=SECRET, content_type="text/plain", size=9, sha256="0" * 64,
        file=ContentFile(SECRET.encode(), "file.txt"),
    )  # fmt: skip
    return statement


def private_columns():
    """Text columns of a signature that are not declared as public."""
    for column in SIGNATURE:
        field = Signature._meta.get_field(column.name)
        is_text = isinstance(field, (CharField, TextField)) and not field.choices
        is_key = column.name in ("language", "nonce", "email", "email_key")
        if is_text and not column.public and not is_key:
            yield column.name


def words(number):
    return {
        "title": f"{SECRET} {number}", "summary": SECRET, "ask": SECRET, "place": SECRET,
        "body": f"<p>{SECRET}</p>",
    }  # fmt: skip


@pytest.fixture
def secrets(settings, tmp_path):
    """(a public statement with secrets around it, the statements that are not public)."""
    settings.MEDIA_ROOT = tmp_path
    staff = make_user()
    holding.hold(staff.pk, "/admin/", [("title", SECRET)], Reason.SESSION)
    kept_files.keep(SimpleUploadedFile(f"{SECRET}.pdf", f"%PDF-1.7 {SECRET}".encode()))
    public = make_edition("Keep the reading room open").statement
    edition = Edition.objects.get(statement=public)
    draft = with_parts(make_draft(**words(1)))
    submitted = with_parts(make_draft(**words(2)))
    lifecycle.submit(submitted, by=staff)
    later = timezone.now() + timedelta(days=1)
    embargoed = with_parts(make_edition(publish_at=later, **words(3)).statement)
    make_signature(Edition.objects.get(statement=embargoed), SECRET)
    withdrawn = with_parts(make_edition(**words(4)).statement)
    make_signature(
        Edition.objects.get(statement=withdrawn), organization=make_organization(f"{SECRET} Club")
    )
    lifecycle.withdraw(withdrawn, by=None, note=SECRET)
    # Beside what is public: a working copy, what is to come, and names that are not shown.
    public.texts.update(title=SECRET, summary=SECRET, body=f"<p>{SECRET}</p>", ask=SECRET)
    Update.objects.create(statement=public, title=SECRET, body="<p>x</p>", posted_at=later)
    day = timezone.localdate() + timedelta(days=1)
    Delivery.objects.create(statement=public, delivered_on=day, note=SECRET)
    for state in (Signature.State.PENDING, Signature.State.HIDDEN, Signature.State.INVALIDATED,
                  Signature.State.WITHDRAWN):  # fmt: skip
        make_signature(edition, f"{SECRET} {state}", state=state, role=SECRET, city=SECRET)
    make_signature(edition, SECRET, approved=False)
    make_signature(edition, SECRET, name_withheld=True, role=SECRET, city=SECRET)
    shown = make_signature(edition, "Nora Lind", email=f"{SECRET}@example.org")
    Signature.objects.filter(pk=shown.pk).update(**dict.fromkeys(private_columns(), SECRET))
    # A public organization that signed what is not public too, and sent a logo nobody looked at.
    trust = make_organization("River Trust")
    make_logo(trust, approved=False)
    for signed in (edition, *Edition.objects.filter(statement__in=[embargoed, withdrawn])):
        make_signature(signed, SECRET, organization=trust)
    rejected = make_organization(f"{SECRET} Front", city=SECRET)
    OrganizationAlias.objects.create(organization=rejected, name=f"{SECRET} alias")
    make_signature(edition, organization=rejected)
    decisions.reject(rejected, by=staff, reason="None of the kind.")
    waiting = make_organization(f"{SECRET} Union")
    make_signature(edition, organization=waiting, state=Signature.State.PENDING)
    return public, [draft, submitted, embargoed, withdrawn]


def public_patterns(resolver=None, prefix=""):
    """(route, names of its parts) of every address that visitors may open."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from public_patterns(entry, route)
        # What has no policy yet may be anything; test_cache_policies names it.
        elif getattr(entry.callback, "cache_policy", "public") == "public":
            yield route, entry.pattern.converters


def addresses(statements):
    """Every public address, filled in with what the statements and their parts are called."""
    slugs = [one.slug for one in statements]
    parts = Attachment.objects.values_list("pk", flat=True)
    fill = {
        "slug": [*slugs, "river-trust", f"{SECRET}-club", f"{SECRET}-front", f"{SECRET}-union"],
        "number": ["1", "2"], "pk": [str(pk) for pk in parts], "filename": ["file.txt"],
        "language": ["en"], "section": list(well_known.SITEMAPS),
    }  # fmt: skip
    for route, converters in public_patterns():
        values = [fill.get(name, ["1"]) for name in converters]
        for chosen in itertools.product(*values):
            url = route
            for (name, converter), value in zip(converters.items(), chosen, strict=True):
                kind = type(converter).__name__.removesuffix("Converter").lower()
                for written in (f"<{kind}:{name}>", f"<{name}>", f"<str:{name}>"):
                    url = url.replace(written, value)
            yield "/" + url.lstrip("/")


QUESTIONS = {
    **dict.fromkeys(("q", "search", "name", "city", "people_q"), SECRET),
    "kind": "organization", "withdrawn": "1", "state": "pending",
}  # fmt: skip
"""What somebody asks with who looks for the secret."""


def answers(client, url):
    """(address, status, body) of an address as it is, asked with all questions at once, and with
    each that its view looks at: to the others it answers as it does without.
    """
    with read_names() as looked_at:
        for asked in (url, f"{url}?{urlencode(QUESTIONS)}"):
            yield asked, *read(client, asked)
    for name in QUESTIONS.keys() & looked_at:
        asked = f"{url}?{name}={QUESTIONS[name]}"
        yield asked, *read(client, asked)


def read(client, url):
    answer = client.get(url)
    return answer.status_code, body_of(answer)


def body_of(answer):
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer["Content-Type"] == "application/pdf":
        raw = words_of_pdf(raw).encode()
    return raw.lower()


def words_of_pdf(raw):
    document = PdfReader(io.BytesIO(raw))
    pages = "".join(page.extract_text() for page in document.pages)
    return pages + str(document.metadata) + document.xmp_metadata.rdf_root.toxml()


# A page that was asked for the secret shows what was typed, in its search field and its links.
ECHOES = (b'value="%b"', b"=%b", b"\xe2\x80\x9c%b\xe2\x80\x9d", b">%b</mark>")


def without_what_was_typed(body):
    for echo in ECHOES:
        body = body.replace(echo % SECRET.encode(), b"")
    return body


def test_no_public_address_says_the_secret(client, secrets):
    public, hidden = secrets
    leaks, opened = [], 0
    for url in addresses([public, *hidden]):
        for question, status, answered in answers(client, url):
            opened += status == 200
            body = without_what_was_typed(answered) if "?" in question else answered
            # The address of a page that is not there is repeated by no page but in links to it.
            body = body.replace(url.lower().encode(), b"").replace(f"/az{url}".encode(), b"")
            if SECRET.encode() in body:
                at = body.index(SECRET.encode())
                leaks.append(f"{question} ({status}): {body[at - 60 : at + 40]!r}")
    assert opened > 30
    assert not leaks, "\n".join(leaks[:20])


KNOWN = {
    "/organizations/river-trust/", "/organizations/river-trust/feed.atom", "/feed.atom",
    "/statements/keep-the-reading-room-open/signatories.csv",
    "/statements/keep-the-reading-room-open/feed.atom",
    "/statements/keep-the-reading-room-open/share-1-en.png", "/organizations/suggest.json",
    "/embed/keep-the-reading-room-open/", "/sitemap-statements.xml", "/sitemap-editions.xml",
    "/sitemap-organizations.xml", "/api/v1/organizations", "/api/v1/organizations/river-trust",
    "/statements/", "/organizations/", "/",
}  # fmt: skip


def test_these_are_among_what_is_searched_and_there(client, secrets):
    public, hidden = secrets
    assert set(addresses([public, *hidden])) >= KNOWN
    answers = {url: client.get(url) for url in KNOWN}
    assert {url: answer.status_code for url, answer in answers.items()} == dict.fromkeys(KNOWN, 200)
    for answer in answers.values():
        body_of(answer)


def test_nothing_is_served_of_what_is_not_public(client, secrets):
    """Pictures cannot be read here: the address of a hidden statement gives none at all."""
    _public, hidden = secrets
    wrong = []
    for url in addresses(hidden):
        if any(statement.slug in url for statement in hidden):
            status = client.get(url).status_code
            if status not in (404, 410):
                wrong.append(f"{url}: {status}")
    assert not wrong, "\n".join(wrong)


def test_the_search_would_find_it(client, secrets):
    """The secret is found once it is public, so looking for it proves something."""
    _public, hidden = secrets
    Statement.objects.filter(pk=hidden[2].pk).update(publish_at=timezone.now())
    found = [url for url in addresses(hidden[2:3]) if SECRET.encode() in body_of(client.get(url))]
    assert len(found) > 8
