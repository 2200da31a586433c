"""The snippet and the oEmbed answer, pasted into a page of another site and tried in Chromium."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]

LIBRARY = "/statements/keep-every-branch-library-open-on-saturdays/"


@pytest.fixture
def other_site():
    """Another site, which shows whatever HTML it is given."""

    class Page(BaseHTTPRequestHandler):
        html = ""

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Partner</title>{Page.html}".encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Page, f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def oembed(product):
    asked = f"{product.url}/oembed/?url={quote(product.url + LIBRARY, safe='')}"
    with urlopen(asked, timeout=10) as answer:
        return json.load(answer)


def test_a_partner_embeds_the_form_and_a_supporter_signs_by_it(product, browser, other_site):
    page_of_partner, url = other_site
    page_of_partner.html = oembed(product)["html"]
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append((message.type, message.text)))
    page.goto(url)
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your full name").fill("Wilma Lund")
    height = page.locator("iframe").evaluate("frame => frame.clientHeight")
    inside = frame.locator("html").evaluate("html => html.getBoundingClientRect().height")
    assert abs(height - inside) <= 2
    frame.get_by_label("Your e-mail address").fill("wilma.frame@example.org")
    with context.expect_page() as opened:
        frame.get_by_role("button", name="Sign", exact=True).click()
    answer = opened.value
    answer.get_by_role("heading", name="Check your mail").wait_for()
    assert answer.url.startswith(product.url)
    assert context.cookies() == []
    assert [text for kind, text in said if kind == "error"] == []
    context.close()


ALL = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts"


@pytest.mark.parametrize("sandbox", [ALL, "allow-forms allow-popups allow-same-origin"])
def test_a_supporter_signs_from_a_frame_in_a_sandbox(product, browser, other_site, sandbox):
    """Also where the next page stands in the same sandbox, which shows no page that asks for
    windows of its own."""
    page_of_partner, url = other_site
    source = f"{product.url}/embed/{LIBRARY.split('/')[2]}/"
    page_of_partner.html = f'<iframe sandbox="{sandbox}" src="{source}" height="1500"></iframe>'
    context = browser.new_context(viewport={"width": 390, "height": 1600})
    page = context.new_page()
    page.goto(url)
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your full name").fill("Wilma Sand")
    frame.get_by_label("Your e-mail address").fill(f"wilma.{len(sandbox)}@example.org")
    with context.expect_page() as opened:
        frame.get_by_role("button", name="Sign", exact=True).click()
    opened.value.get_by_role("heading", name="Check your mail").wait_for()
    context.close()


@pytest.mark.parametrize(
    "sandbox", ["allow-scripts allow-same-origin allow-popups", "allow-scripts allow-forms"]
)
def test_where_no_form_can_be_sent_the_address_stands_in_its_place(
    product, browser, other_site, sandbox
):
    page_of_partner, url = other_site
    source = f"{product.url}/embed/{LIBRARY.split('/')[2]}/"
    page_of_partner.html = f'<iframe sandbox="{sandbox}" src="{source}" height="900"></iframe>'
    page = browser.new_context().new_page()
    page.goto(url)
    frame = page.frame_locator("iframe")
    frame.get_by_text(f"{product.url}{LIBRARY}").wait_for()
    assert frame.get_by_role("button", name="Sign", exact=True).count() == 0
    page.context.close()


def test_a_page_that_is_no_frame_refuses_to_be_one(product, browser, other_site):
    page_of_partner, url = other_site
    page_of_partner.html = f'<iframe src="{product.url}{LIBRARY}"></iframe>'
    page = browser.new_context().new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(url)
    page.wait_for_timeout(500)
    assert any("frame" in text for text in refused)
    page.context.close()
