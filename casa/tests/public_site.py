"""Every public address, filled in, and what its view reads of what was sent to it."""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from casa.mail import stops
from casa.site import well_known
from signatories.core import tokens
from signatories.mailings import followers
from signatories.models import Follower, Signature
from signatories.self_service.views import ACTIONS
from signatories.signing import held_forms
from signatories.testing import form_data, make_organization, make_signature
from statements import addressee_answers, previews
from statements.models import Ask, Attachment
from statements.testing import ASKS, make_delivery, make_draft, make_edition, make_user

NOT_PUBLIC = ("admin/", "demo/")
"""Of whoever has signed in, and of one's own machine alone."""

TITLE = "Keep the reading room open"
PATH = "/statements/keep-the-reading-room-open/"
QUERY = {"url": f"{settings.SITE_URL}{PATH}"}
"""What the views of public addresses read more of the query for."""

WHOLE = form_data(
    kind="organization", organization="River Union", website="https://example.org",
    authorized="on", city="Oslo", role="Chair", postal_code="0150", comment="Well said",
    of_age="16",
)  # fmt: skip
"""What makes each public form valid that asks for some of it."""


Parts = dict[str, dict[str, list[str]]]
"""What may stand for a part of an address: by the beginning of the route, and by its name."""


def make_public_site() -> Parts:
    """A statement whose form asks everything, organizations, and somebody who has every link."""
    asked = dict.fromkeys(ASKS, Ask.OPTIONAL)
    edition = make_edition(TITLE, minimum_age=16, **asked)
    statement = edition.statement
    signed = make_signature(edition)
    make_signature(edition, organization=make_organization("River Trust"))
    waiting = make_signature(edition, state=Signature.State.PENDING)
    follower = Follower.objects.create(
        statement=statement, email="f@example.org", email_key="f@example.org", language="en"
    )
    link, _path = previews.give(
        make_draft("Open the river path", **asked), name="Lena Lund", email="lena@example.org",
        by=make_user("author@example.org"), may_sign=True,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    attachment = Attachment.objects.create(
        statement=statement, title="Annex", content_type="text/plain", size=9, sha256="0" * 64,
        file=ContentFile(b"the annex", "file.txt"),
    )  # fmt: skip
    delivery = make_delivery(statement, delivered_on=timezone.localdate())
    asked_to_answer = addressee_answers.give(delivery, by=make_user("gives@example.org"))
    preview, email = previews.token_of(link), {"email": "f@example.org"}
    token = {
        "sign/mail/": held_forms.hold(held_forms.SIGN, form_data(), statement=statement),
        "sign/follow-asked/": held_forms.hold(held_forms.FOLLOW, email, statement=statement),
        "your-signature/asked/": held_forms.hold(held_forms.LINK, email),
        "mail/stop/": stops.make_token("ada@example.org", stops.ALL),
        "preview/": preview,
        "answer/": addressee_answers.token_of(asked_to_answer),
        "sign/invitation/": preview,
        "sign/confirm/": tokens.make(waiting, tokens.CONFIRM),
        "sign/correction/": tokens.make(signed, tokens.CORRECTION),
        "sign/manage/": tokens.make(signed, tokens.MANAGE),
        "sign/verify-again/": tokens.make(signed, tokens.VERIFY_AGAIN),
        "sign/unsubscribe/": tokens.make(signed, tokens.UPDATES),
        "sign/follow/": followers.make_token(follower, followers.CONFIRM),
        "sign/unfollow/": followers.make_token(follower, followers.LEAVE),
    }
    return {
        "": {
            "slug": [statement.slug], "number": ["1"], "pk": [str(attachment.pk)],
            "filename": ["file.txt"], "language": ["en"], "section": list(well_known.SITEMAPS)[:1],
            "action": ["correct", "erase", *ACTIONS], "answer": ["stay"],
        },
        "organizations/": {"slug": ["river-trust"]},
        "api/v1/organizations/": {"slug": ["river-trust"]},
        **{route: {"token": [made]} for route, made in token.items()},
        "sign/ask/": {"token": [tokens.make(signed, tokens.ASK)], "answer": ["confirm"]},
    }  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A public address: its route, what stands for each part of it, and its entry."""

    route: str
    parts: dict[str, str]
    pattern: URLPattern

    @property
    def path(self) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: self.parts[part[1]], self.route)

    def with_part(self, name: str, value: str) -> str:
        return replace(self, parts={**self.parts, name: quote(value, safe="")}).path


def public_addresses(site: Parts) -> Iterator[Address]:
    """Every public address. A new secret one wants its token above."""
    for route, pattern in _routes():
        known = dict(site[""])
        for beginning, parts in site.items():
            known |= parts if route.startswith(beginning) else {}
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for values in itertools.product(*(known[name] for name in names)):
            yield Address(route, dict(zip(names, values, strict=True)), pattern)


def _routes(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = re.sub(r"^[a-z]{2}/|[\^$]|\\Z", "", before + str(entry.pattern))
        if route.startswith(NOT_PUBLIC):
            continue
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        elif ".*" not in route:  # the page of what is not there
            yield route, entry


@contextmanager
def read_names() -> Iterator[set[str]]:
    """The parameters that are asked of what is sent, in its address or as a form."""
    names: set[str] = set()

    def put(self: QueryDict, name: str, default_list: list[str] | None = None) -> list[str]:
        """Where Django takes in what was sent, which looks each name up and is no reading."""
        return dict.setdefault(self, name, default_list or [])

    def recording(plain: Any) -> Any:
        def method(self: QueryDict, name: str, *default: Any) -> Any:
            names.add(name)
            return plain(self, name, *default)

        return method

    methods = {
        name: recording(getattr(QueryDict, name))
        for name in ("get", "getlist", "__getitem__", "__contains__")
    }
    with patch.multiple(QueryDict, setlistdefault=put, **methods):
        yield names
