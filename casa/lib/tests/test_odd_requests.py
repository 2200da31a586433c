"""Nobody makes the application fail by what a request says of its own text."""

import io

import pytest
from django.test import RequestFactory

from casa.lib.odd_requests import Handler, read_request

ODD = [
    "text/plain; charset=base64", "text/plain; charset=punycode", "text/plain; charset=undefined",
    "text/plain; charset=utf-16", "multipart/form-data; x*=nosuch''a%20b",
    "multipart/form-data; boundary=x; charset=zlib",
]  # fmt: skip


@pytest.fixture(scope="module")
def application():
    return Handler()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("type_", ODD)
def test_a_type_that_nobody_can_read_is_refused(application, method, type_):
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD=method, PATH_INFO="/statements/", QUERY_STRING="q=a", CONTENT_TYPE=type_
    )
    environ["wsgi.input"], said = io.BytesIO(b"a=b"), []
    answer = application(environ, lambda status, headers: said.append(status))
    assert (said, b"".join(answer)) == (["400 Bad Request"], b"Please send UTF-8 text.")


def test_what_can_be_read_stays_as_it_is():
    environ = RequestFactory()._base_environ(
        QUERY_STRING="q=a", CONTENT_TYPE="text/html; charset=UTF-8"
    )
    request = read_request(environ)
    assert (request.content_type, request.GET.dict()) == ("text/html", {"q": "a"})
