"""What would lead a reader somewhere is found in any script; what people are called is not."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casa.lib.contact_details import harmless, has_address, has_domain, has_number

DOMAINS = [
    "bit.ly", "t.me/spam", "YOU WON: bit.ly/x", "ｂｉｔ．ｌｙ", "bit。ly", "bit｡ly", "bit․ly",
    "bit﹒ly",
    "𝐛𝐢𝐭.𝐥𝐲", "b\u200bit.ly", "bi\u0332t.l\u0332y", "пример.рф", "例え。中国", "उदाहरण.भारत",
    "عرب.امارات", "bücher.example.de", "xn--bcher-kva", "bit (dot) ly", "bit[.]ly", "bit .ly",
    "bit . ly", "bit dot com", "evil.dr.med.com", "93.184.216.34", "x.com", "Nora.Lind.shop",
]  # fmt: skip
ADDRESSES = [
    "https://example.org", "hxxps://x", "www.example", "//example", "nora@example", "nora＠example",
    "nora﹫example", "nora (at) example", "mailto:nora", "tel:110",
]  # fmt: skip
NUMBERS = ["+49 30 1234", "call 0900-12345", "٠٩٠٠١٢", "①②③④⑤", "1️⃣2️⃣3️⃣4️⃣5️⃣", "０１２３４"]
NAMES = [
    "Nora Lind", "St.John Smith", "J. R. R. Tolkien", "J.R.R. Tolkien", "Dr.med. Nora Lind",
    "Nora Lind, B.Sc.", "Prof.Dr.-Ing. Ida Holm", "Dr. Li", "Dot Li", "Martin Luther King Jr.",
    "X Æ A-12", "Əliağa İsmayılov", "山田・太郎", "Gal·la", "Friends of the River e.V.",
    "C++ (Berlin)",
    "Verein 1848", "O’Brien", "Trading Co.Ltd", "Nora ...",
]  # fmt: skip


@pytest.mark.parametrize("text", DOMAINS)
def test_domains_are_found_in_any_script(text):
    assert has_domain(text)
    assert harmless(text) == ""


@pytest.mark.parametrize("text", ADDRESSES)
def test_addresses_are_found(text):
    assert has_address(text)
    assert harmless(text) == ""


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_found_in_any_script(text):
    assert has_number(text)
    assert harmless(text) == ""


@pytest.mark.parametrize("name", NAMES)
def test_names_are_none_of_these(name):
    assert not (has_address(name) or has_domain(name) or has_number(name))
    assert harmless(name).replace(" ", "") == name.replace(" ", "")


def test_dots_within_words_are_parted():
    """So that no mail program makes a link of them, whatever ends domains by then."""
    assert harmless("St.John Smith (e.V.)") == "St. John Smith (e. V.)"


@pytest.mark.medium
@given(st.text(max_size=80))
def test_whatever_is_typed_leads_nowhere(typed):
    shown = harmless(typed)
    assert not re.search(r"[^\W_]\.[^\W_]|@|//|\d{5}", shown)
    assert harmless(shown) == shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["A", "a.", "A-", "@", " ", "(", ",", "<", "🌱", " .", "[dot", "1."]
)
def test_time_grows_with_length_and_no_faster(piece):
    def once(text):
        started = time.process_time()
        has_address(text), has_domain(text), has_number(text)
        return time.process_time() - started

    def seconds(length):
        return min(once((piece * length)[:length]) for _ in range(3))

    assert seconds(80_000) < 8 * max(seconds(20_000), 0.01)
