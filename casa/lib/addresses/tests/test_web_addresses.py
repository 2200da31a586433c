import pytest
from django.core.exceptions import ValidationError

from casa.lib.addresses import web_addresses
from casa.lib.addresses.forms import WebAddressField


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("straße-x.de", "https://xn--strae-x-3va.de"),
        (
            "https://www.Straße-x.de:8443/über?q=ü#s",
            "https://www.xn--strae-x-3va.de:8443/über?q=ü#s",
        ),
        ("http://EXAMPLE.org/A", "http://example.org/A"),
        ("https://[::1]/", "https://[::1]/"),
        ("", ""),
    ],
)
def test_the_host_of_a_url_has_one_form(typed, url):
    assert WebAddressField(required=False).clean(typed) == url


@pytest.mark.parametrize("typed", ["https://☃.net", "https://a..de/", "xn--n3h.net"])
def test_a_host_that_idna_2008_refuses_is_refused_with_a_sentence(typed):
    with pytest.raises(ValidationError) as refusal:
        WebAddressField().clean(typed)
    assert refusal.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    "address", ["http://[::1", "https://[example.org]/", "example", "", "https://localhost/"]
)
def test_a_website_that_cannot_be_read_has_no_domain(address):
    assert web_addresses.registrable(address) == ""
    assert web_addresses.shown(address) == address


def test_a_url_is_shown_with_the_readable_host_beside_it():
    shown = web_addresses.shown("https://xn--strae-x-3va.de/a")
    assert shown == "https://xn--strae-x-3va.de/a (straße-x.de)"
