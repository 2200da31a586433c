"""Nothing that anybody sends keeps a process busy: 100,000 characters cost 200 ms at most.

Form fields, parameters, parts of addresses and the API's parameters are found by walking, so that
a new one is looked at. The readers of lists and of releases have the same test in their rooms.
"""

from contextlib import suppress
from functools import partial
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.http import urlencode

from casa.api.router import api
from casa.lib import http
from casa.lib.testing import LONGEST_TEXT, LONGEST_TIME, PUMPS, least_seconds, slow_texts
from casa.tests.forms import fields_of_forms
from casa.tests.public_site import QUERY, WHOLE, make_public_site, public_addresses, read_names

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

FIELDS_SENT = 60_000
"""Bytes: what a public form takes, and a little less."""


def in_query(pump):
    """The longest text, and the longest that is let through as a part of the query."""
    return LONGEST_TEXT, (http.LONGEST_QUERY - 500) // len(quote(pump)) * len(pump)


def in_path(pump):
    """No more can be sent there: web servers take addresses of 64 kB, in which emoji are long."""
    return ((http.LONGEST_PATH - 500) // len(pump.encode()) * len(pump),)


def in_form(pump):
    return LONGEST_TEXT, FIELDS_SENT // len(pump.encode()) * len(pump)


def clean(field, text):
    with suppress(ValidationError):
        field.clean(text)


def ask(client, address, **sent):
    """Ask, with `sent` as a form where there is any, and undo what that did."""
    with transaction.atomic():
        answer = client.post(address, sent) if sent else client.get(address)
        is_monitors = address.startswith("/health/")  # says 503 of what does not run here
        assert is_monitors or answer.status_code not in (500, 503), address[:200]
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    return answer


def names_read(client, address, **sent):
    """The parameters that the view of an address looks at; none where it takes no form."""
    with read_names() as names:
        answer = ask(client, address, **sent)
    return set() if answer.status_code == 405 else names


def slow_requests(send, lengths):
    """As `slow_texts`, for a request that holds a text of one of the lengths that suit a pump."""
    slow = {}
    for pump in (*PUMPS, "1"):
        for length in lengths(pump):
            text = (pump * length)[:length]
            if (seconds := least_seconds(send, text, LONGEST_TIME)) > LONGEST_TIME:
                slow[pump, length] = seconds
    return slow


def slow_ones(sends, lengths):
    """Those of `sends`, by their names, that are slow with some text."""
    found = {name: slow_requests(send, lengths) for name, send in sends.items()}
    return {name: seconds for name, seconds in found.items() if seconds}


def asked_with(client, path, name):
    return lambda text: ask(client, f"{path}?{urlencode({**QUERY, name: text})}")


def posted_with(client, path, name):
    return lambda text: ask(client, path, **{**WHOLE, name: text})


def posted_all(client, path, names):
    return lambda text: ask(client, path, **dict.fromkeys(names, text[:: len(names)]))


def with_part(client, address, name):
    return lambda text: ask(client, address.with_part(name, text))


def test_every_field_of_a_form():
    slow, found = {}, set()
    for where, name, field in fields_of_forms():
        found.add((where, name))
        if seconds := slow_texts(partial(clean, field)):
            slow[f"{where}.{name}"] = seconds
    assert {("SignForm", "name"), ("CodeForm", "code"), ("StatementAdmin", "place")} <= found
    assert slow == {}


def test_every_parameter_of_a_public_address(client):
    site = make_public_site()
    common = names_read(client, "/")
    sends = {("/", name): asked_with(client, "/", name) for name in common}
    for path in dict.fromkeys(address.path for address in public_addresses(site)):
        more = names_read(client, f"{path}?{urlencode(QUERY)}") - set(QUERY)
        for name in (names_read(client, path) | more) - common:
            sends[path, name] = asked_with(client, path, name)
    assert {"q", "page", "people", "url", "maxwidth", "done"} <= {name for _p, name in sends}
    assert slow_ones(sends, in_query) == {}


def test_every_form_that_visitors_post(client):
    """All that is read of a form at once, and one by one what is no field of it.

    (What all pages read, of the query too, is looked at above.)
    """
    looked_at = {name for _where, name, _field in fields_of_forms()} | names_read(client, "/")
    sends = {}
    for path in dict.fromkeys(address.path for address in public_addresses(make_public_site())):
        names = names_read(client, path, none="") | names_read(client, path, **WHOLE)
        if names:
            sends[path, ""] = posted_all(client, path, names)
        for name in names - looked_at - set(WHOLE):
            sends[path, name] = posted_with(client, path, name)
    assert {"corrects", "opened"} <= {name for _path, name in sends}
    assert slow_ones(sends, in_form) == {}


def test_every_part_of_a_public_address(client):
    addresses = {one.route: one for one in public_addresses(make_public_site())}
    sends = {
        (route, name): with_part(client, address, name)
        for route, address in addresses.items()
        for name in address.parts
    }
    assert len(sends) > 30
    assert slow_ones(sends, in_path) == {}


def test_every_parameter_of_the_api(client):
    """Those that its description names; parts of its addresses are looked at above."""
    parts = {"slug": "keep-the-reading-room-open", "number": "1"}
    make_public_site()
    sends = {}
    for path, methods in api.get_openapi_schema()["paths"].items():
        organization = {"slug": "river-trust"} if "organizations" in path else {}
        address = path.format_map(parts | organization)
        assert ask(client, address).status_code == 200
        for parameter in methods["get"].get("parameters", ()):
            if parameter["in"] == "query":
                name = parameter["name"]
                sends[path, name] = asked_with(client, address, name)
    assert len(sends) >= 10
    assert slow_ones(sends, in_query) == {}
