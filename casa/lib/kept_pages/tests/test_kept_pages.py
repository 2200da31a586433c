"""What is kept for a second, for whom, and who makes it."""

import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token

from casa.lib.http import PRIVATE, PUBLIC
from casa.lib.kept_pages import generation, kept
from casa.lib.kept_pages.memory import BESIDES, BoundedMemory
from casa.lib.kept_pages.middleware import KeptPagesMiddleware
from casa.lib.parameters import KnownParametersMiddleware

PAGE = "/statements/keep-it/"


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path):
    settings.KEPT_PAGES_MB, settings.VAR_DIR = 1, tmp_path
    caches["pages"].clear()


class Site:
    """The two middlewares before a view that says how often it was asked."""

    def __init__(self, rf, view=None):
        self.rf, self.view, self.made = rf, view or (lambda request: self.page()), 0
        self.middleware = KnownParametersMiddleware(KeptPagesMiddleware(self.make))

    def make(self, request):
        self.made += 1
        return self.view(request)

    def page(self, **headers):
        return HttpResponse(f"page {self.made}", headers={"Cache-Control": PUBLIC, **headers})

    def get(self, path=PAGE, **sent):
        return self.middleware(self.rf.get(path, **sent)).content.decode()


@pytest.fixture
def site(rf):
    return Site(rf)


def test_a_page_is_kept_for_a_second(site, clock):
    assert [site.get(), site.get()] == ["page 1"] * 2
    clock.move(seconds=1)
    assert site.get() == "page 2"


def test_what_lies_in_the_future_is_no_answer(site, clock):
    site.get()
    clock.move(seconds=-5)
    assert site.get() == "page 2"


def test_unknown_parameters_share_a_page(site):
    for query in ("", "?utm_source=x", "?fbclid=1&via=abcDEF123_-x", "?page=7", "?=", "?&"):
        assert site.get(PAGE + query) == "page 1"
    assert len(caches["pages"]) == 1
    assert site.get("/statements/?page=2") == "page 2"
    assert site.get("/statements/?page=2&page=3") == "page 3"


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_HOST": "elsewhere.example"}, {"wsgi.url_scheme": "https"},
        {"CONTENT_TYPE": "text/plain; charset=idna"}, {"CONTENT_LENGTH": "7"},
        {"QUERY_STRING": "q=%00"}, {"QUERY_STRING": "&" * 200}, {"QUERY_STRING": "x" * 9000},
        {"REQUEST_METHOD": "POST"}, {"REQUEST_METHOD": "OPTIONS"},
    ],
)  # fmt: skip
def test_what_is_refused_or_sent_on_is_judged_by_the_others(site, sent):
    site.get()
    assert site.get(**sent) == "page 2"
    assert site.get() == "page 1"  # nor does it stand in the place of the page


def test_a_name_that_is_made_up_reaches_no_page(site):
    site.get(headers={"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "https"})
    assert site.get() == "page 1"
    assert site.get(HTTP_HOST="testserver:8080") == "page 1"  # one entry, whatever the port
    assert len(caches["pages"]) == 1


@pytest.mark.parametrize(
    "path", ["/admin/", "/sign/manage/x/", "/nothing/here/", "/static/casa/sign.js"]
)
def test_only_public_pages_are_kept(site, path):
    assert [site.get(path), site.get(path)] == ["page 1", "page 2"]


def with_cookie(site, request):
    response = site.page()
    response.set_cookie("sessionid", "x")
    return response


def with_token(site, request):
    get_token(request)
    return site.page()


NOT_KEPT = {
    "error": lambda site, request: HttpResponse("page", status=404, headers=site.page().headers),
    "cookie": with_cookie,
    "token": with_token,
    "private": lambda site, request: site.page(**{"Cache-Control": PRIVATE}),
    "no policy": lambda site, request: HttpResponse("page"),
    "no seconds": lambda site, request: site.page(**{"Cache-Control": "public, max-age=0"}),
    "vary": lambda site, request: site.page(Vary="Accept-Language"),
    "packed": lambda site, request: site.page(
        Vary="Accept-Encoding", **{"Content-Encoding": "gzip"}
    ),
    "any": lambda site, request: site.page(Vary="*"),
    "nonce": lambda site, request: site.page(
        **{"Content-Security-Policy": "script-src 'nonce-abc'"}
    ),
    "large": lambda site, request: HttpResponse(
        "x" * (kept.LARGEST + 1), headers=site.page().headers
    ),
}


@pytest.mark.parametrize("name", NOT_KEPT)
def test_what_is_not_for_everybody_is_not_kept(rf, name):
    site = Site(rf)
    site.view = lambda request: NOT_KEPT[name](site, request)
    site.get()
    site.get()
    assert site.made == 2
    assert len(caches["pages"]) == 0


def test_a_stream_is_given_as_it_is(rf):
    site = Site(rf)
    site.view = lambda request: StreamingHttpResponse(["a"], headers=site.page().headers)
    for _ in range(2):
        assert b"".join(site.middleware(rf.get(PAGE)).streaming_content) == b"a"


def test_a_question_about_the_head_makes_no_page(site, rf):
    site.middleware(rf.head(PAGE))
    assert site.get() == "page 2"
    answer = site.middleware(rf.head(PAGE))
    assert (answer.content, answer["Age"]) == (b"page 2", "0")


def test_whoever_has_it_already_is_told_so(rf):
    site = Site(rf)
    site.view = lambda request: site.page(ETag='"a"', **{"X-Frame-Options": "DENY"})
    for _ in range(2):  # made, and kept
        answer = site.middleware(rf.get(PAGE, headers={"If-None-Match": '"a"'}))
        assert (answer.status_code, answer.content, answer["X-Frame-Options"]) == (304, b"", "DENY")
        assert answer["Cache-Control"] == PUBLIC
    assert site.made == 1
    assert site.get() == "page 1"
    assert site.get(headers={"If-None-Match": '"b"'}) == "page 1"


@pytest.mark.django_db
def test_a_file_that_somebody_has_is_not_sent_again(rf, tmp_path):
    file = tmp_path / "annex.txt"
    file.write_text("the annex")
    opened = file.open("rb")
    site = Site(rf)
    site.view = lambda request: FileResponse(opened, headers=site.page(ETag='"a"').headers)
    answer = site.middleware(rf.get(PAGE, headers={"If-None-Match": '"a"'}))
    assert answer.status_code == 304
    assert opened.closed


def test_one_makes_a_page_while_others_wait(rf):
    begun, may_end = threading.Event(), threading.Event()

    def slow(request):
        begun.set()
        assert may_end.wait(10)
        return site.page()

    site = Site(rf, slow)
    with ThreadPoolExecutor(8) as crowd:
        first = crowd.submit(site.get)
        assert begun.wait(10)
        others = [crowd.submit(site.get) for _ in range(7)]
        may_end.set()
        assert {one.result(10) for one in (first, *others)} == {"page 1"}
    assert site.made == 1


def test_whoever_fails_holds_nobody_up(rf):
    begun, may_end = threading.Event(), threading.Event()

    def failing_first(request):
        if site.made > 1:
            return site.page()
        begun.set()
        assert may_end.wait(10)
        raise RuntimeError("the database is away")

    site = Site(rf, failing_first)
    with ThreadPoolExecutor(2) as crowd:
        first = crowd.submit(site.get)
        assert begun.wait(10)
        second = crowd.submit(site.get)
        may_end.set()
        assert second.result(10) == "page 2"
        with pytest.raises(RuntimeError):
            first.result(10)
    assert site.get() == "page 2"


def test_others_get_what_is_there_while_one_renews_it(rf, clock):
    begun, may_end = threading.Event(), threading.Event()

    def slow(request):
        if site.made == 2:
            begun.set()
            assert may_end.wait(10)
        return HttpResponse(str(site.made), headers={"Cache-Control": PUBLIC})

    site = Site(rf, slow)
    site.get()
    clock.move(seconds=0.6)
    with ThreadPoolExecutor(1) as crowd:
        renewing = crowd.submit(site.get)
        assert begun.wait(10)
        assert site.get() == "1"
        may_end.set()
        assert renewing.result(10) == "2"
    assert site.get() == "2"


def test_what_was_begun_before_a_renewal_is_not_kept_beyond_it(rf):
    site = Site(rf)

    def while_it_is_made(request):
        if site.made == 1:
            generation._renew()  # another process took something back meanwhile
        return HttpResponse(str(site.made), headers={"Cache-Control": PUBLIC})

    site.view = while_it_is_made
    assert [site.get(), site.get(), site.get()] == ["1", "2", "2"]


SHARED = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"},
}
"""Anything but our own memory is taken for a cache that processes share. It pickles, as Redis."""


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_renewal_makes_all_of_it_old(site, settings, is_shared):
    if is_shared:
        settings.CACHES = SHARED
        caches["pages"].clear()
    marks = {generation.current()}
    for number in range(1, 4):
        assert [site.get(), site.get()] == [f"page {number}"] * 2
        generation._renew()
        marks.add(generation.current())
    assert len(marks) == 4


def test_a_folder_that_cannot_be_written_stops_nothing(site, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "nowhere"
    generation._renew()
    assert [site.get(), site.get()] == ["page 1"] * 2


def test_memory_is_bounded_however_many_addresses_are_asked_for():
    most = 200_000
    memory = BoundedMemory("bounded", {"OPTIONS": {"MAX_BYTES": most}})
    memory.set("hot", b"x" * 5_000, 60)
    for number in range(3_000):
        memory.set(f"address {number}", b"x" * (number % 3_000), 60)
        assert memory.get("hot") is not None
        assert memory.size <= most
    assert len(memory) <= most // BESIDES
    assert memory.get("address 0") is None
    memory.set("huge", b"x" * most, 60)
    assert memory.get("huge") is None
    memory.clear()
    assert (memory.size, len(memory)) == (0, 0)


@pytest.mark.medium
def test_small_pages_with_many_headers_take_no_more_than_is_counted():
    """Their headers take more than their words."""
    memory = BoundedMemory("small", {"OPTIONS": {"MAX_BYTES": 500_000}})
    tracemalloc.start()
    for number in range(1_000):
        headers = tuple((f"X-Header-{number}-{n}", f"{number} {n}" * 5) for n in range(15))
        memory.set(f"{number:064}", kept.Kept(number / 7, f"{number}-1", headers, b"x" * 200), 60)
    number_kept, counted = len(memory), memory.size
    taken = tracemalloc.get_traced_memory()[0]
    memory.clear()
    taken -= tracemalloc.get_traced_memory()[0]  # without what others loaded meanwhile
    tracemalloc.stop()
    assert 100 < number_kept < 1_000
    assert 0.5 * counted < taken < 1.1 * counted


def test_the_memory_is_a_cache_as_others_are():
    memory = BoundedMemory("whole", {"OPTIONS": {"MAX_BYTES": 100_000}})
    assert memory.add("a", b"1", 60)
    assert not memory.add("a", b"2", 60)
    assert memory.touch("a", 60)
    assert not memory.touch("b", 60)
    assert (memory.get("a"), memory.get("b", "none")) == (b"1", "none")
    assert memory.delete("a")
    assert not memory.delete("a")
    memory.set("a", b"1", -1)
    assert memory.get("a") is None
    assert memory.size == 0
