"""Long and odd texts, bodies and requests: nothing that is sent stops the site."""

import socket
from collections.abc import Iterator

from casa.lib.testing import PUMPS
from tools.attack.attacks import Effort, attack
from tools.attack.client import Answer, Form, forms_of
from tools.attack.content import PETITION, STATEMENT
from tools.attack.site import Site

KILOBYTE = 1024
UNDER_THE_LIMIT, OVER_THE_LIMIT = 60 * KILOBYTE, 2400 * KILOBYTE
LONGEST_QUERY = 4 * KILOBYTE  # nginx takes no longer line
PAGES = [
    f"/sign/{PETITION}/", f"/sign/{STATEMENT}/", f"/statements/{STATEMENT}/follow/",
    "/your-signature/", f"/sign/{STATEMENT}/code/", f"/sign/{STATEMENT}/no-mail/",
    f"/embed/{STATEMENT}/", "/admin/login/", "/admin/password-reset/",
]  # fmt: skip
READ = [
    "/statements/", "/organizations/", f"/statements/{STATEMENT}/",
    f"/statements/{STATEMENT}/signatories/", f"/statements/{STATEMENT}/signatories.csv",
    "/organizations/suggest.json", "/oembed.json",
]  # fmt: skip
PARAMETERS = ["q", "country", "region", "kind", "people", "organizations", "topic", "via", "url",
              "page", "state", "name", "lang"]  # fmt: skip


def gave_way(answer: Answer) -> bool:
    return answer.status >= 500


@attack("A long text in any field of any public form")
def long_fields(site: Site, effort: Effort) -> Iterator[str]:
    for page in PAGES:
        forms = [form for form in forms_of(site.stranger().get(page)) if form.method == "POST"]
        for form in forms:
            for field in form.fields:
                yield from long_field(site, form, field, effort)


def long_field(site: Site, form: Form, field: str, effort: Effort) -> Iterator[str]:
    for pump in effort.some(list(PUMPS)):
        text = (pump * UNDER_THE_LIMIT)[: UNDER_THE_LIMIT // len(pump.encode())]
        answer = site.stranger().post(form.action, {**form.fields, field: text})
        if gave_way(answer):
            yield f"{field} of {answer}"


@attack("A long or odd value of any query parameter")
def long_queries(site: Site, effort: Effort) -> Iterator[str]:
    schema = site.stranger().get("/api/v1/openapi.json")
    read = [*READ, *(path for path in schema_paths(schema) if "{" not in path)]
    odd = ["\0", "%", "-1", "9" * 400, "\ud7ff", "' OR 1=1 --", "../../etc/passwd", "[]"]
    for path in read:
        for parameter in PARAMETERS:
            client = site.stranger()
            for value in effort.some([*(pump * LONGEST_QUERY for pump in PUMPS), *odd]):
                answer = client.get(path, params={parameter: value[:LONGEST_QUERY]})
                if gave_way(answer):
                    yield f"{parameter} of {answer}"


def schema_paths(schema: Answer) -> list[str]:
    import json  # noqa: PLC0415

    return list(json.loads(schema.text)["paths"])


@attack("A body that is too large, or of too many parts")
def large_bodies(site: Site, effort: Effort) -> Iterator[str]:
    url = f"/sign/{STATEMENT}/"
    bodies: list[dict[str, object]] = [
        {"data": {"name": "A" * OVER_THE_LIMIT}},
        {"data": {"name": "a." * OVER_THE_LIMIT}},
        {"data": [(f"f{number}", "") for number in range(5000)]},
        {"files": [(f"f{number}", ("", "")) for number in range(5000)]},
        {"files": [("logo", (f"{number}.png", b"x")) for number in range(500)]},
        {"files": {"logo": ("logo.png", b"\0" * (30 * KILOBYTE * KILOBYTE))}},
        {"data": b"x", "headers": {"Content-Type": f"multipart/form-data; boundary={'x' * 9000}"}},
    ]
    for body in bodies:
        answer = site.stranger().post(url, **body)
        if not 400 <= answer.status < 500:
            yield f"{answer}, of a body that is no form's"


MALFORMED = [
    b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET /\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /%00%ff%fe/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"NONSENSE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /admin/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + b"a=b; " * 2000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: " + b"az," * 2000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: " + b"1," * 2000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=" + b"0-1," * 1500 + b"\r\n\r\n",
]


@attack("A malformed request, to nginx and past it")
def malformed(site: Site, effort: Effort) -> Iterator[str]:
    for port in (site.port, site.upstream):
        for request in MALFORMED:
            first = send_raw(port, request)
            if b" 50" in first:
                yield f"{request[:60]!r}: {first!r}"
    for host in ("evil.example", "127.0.0.1:x", "127.0.0.1\t", "[::1", "a" * 300):
        answer = site.stranger().get("/", headers={"Host": host, "X-Forwarded-Host": host})
        if answer.status >= 500 or "evil.example" in answer.text:
            yield f"Host {host!r}: {answer}"


def send_raw(port: int, request: bytes) -> bytes:
    """The first line of what is answered; nothing where the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(4096).partition(b"\r\n")[0]
        except OSError:
            return b""


@attack("Clients that send a byte now and then")
def slow_clients(site: Site, effort: Effort) -> Iterator[str]:
    waiting = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(effort.times(300))]
    try:
        head = f"POST /sign/{STATEMENT}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n"
        for connection in waiting:
            connection.sendall(f"{head}\r\nname=".encode())
        for _ in range(10):
            answer = site.stranger().get(f"/statements/{STATEMENT}/")
            if answer.status != 200:
                yield str(answer)
    finally:
        for connection in waiting:
            connection.close()
