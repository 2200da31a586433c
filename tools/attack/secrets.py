"""What no stranger may see: drafts, names taken back, addresses, other people's links."""

import re
import time
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin

from tools.attack.attacks import Effort, attack
from tools.attack.client import Answer
from tools.attack.content import SECRET, STATEMENT
from tools.attack.floods import sign
from tools.attack.site import Site, mails_to, words_of

BEGINNINGS = [
    "/", "/az/", "/sitemap.xml", "/feed.atom", "/robots.txt", "/api/v1/openapi.json",
    "/api/v1/statements", "/api/v1/organizations", "/organizations/suggest.json?q=a",
    f"/statements/{STATEMENT}/signatories.csv", f"/statements/?q={SECRET}",
    f"/organizations/?q={SECRET}", f"/statements/{STATEMENT}/signatories/?q={SECRET}",
    f"/organizations/suggest.json?q={SECRET}",
]  # fmt: skip
MOST_PAGES = 600
OF_ALL = ("Cache-Control", "Cross-Origin-Resource-Policy", "Referrer-Policy",
          "X-Content-Type-Options")  # fmt: skip
OF_PAGES = ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy")
PATH_WITH_TOKEN = re.compile(r"https?://[^/\s]+(/\S*/[\w-]+:[\w-]+:[\w-]+/?)")
WAY_OF_TAKING_BACK = """
from signatories.core import states
from signatories.models import Signature
from signatories.self_service import privacy
signature = Signature.objects.filter(name={name!r}).latest("pk")
{verb}
"""


@attack("Reading all that is public for what is not", may_be_slow=True)
def crawl(site: Site, effort: Effort) -> Iterator[str]:
    seen, waiting = set(BEGINNINGS), deque(BEGINNINGS)
    for number in range(len(BEGINNINGS) + effort.times(MOST_PAGES)):
        if not waiting:
            break
        path = waiting.popleft()
        if number % 40 == 0:
            client = site.stranger()
        answer = client.get(path)
        if leak := leaks_in(answer):
            yield f"{answer}: {leak}"
        if answer.status == 200 and "Set-Cookie" in answer.headers and "/admin" not in path:
            yield f"{answer}: sets a cookie"
        yield from missing_headers(answer)
        if re.search("html|xml", answer.headers.get("Content-Type", "")):
            links = paths_in(answer, site.url) - seen
            seen |= links
            waiting += sorted(links)


def missing_headers(answer: Answer) -> Iterator[str]:
    is_page = "text/html" in answer.headers.get("Content-Type", "")
    for name in (*OF_ALL, *OF_PAGES) if is_page else OF_ALL:
        if answer.status == 200 and name not in answer.headers:
            yield f"{answer}: no {name}"


def paths_in(answer: Answer, home: str) -> set[str]:
    """Where a page leads on this site, and what it loads."""
    found = re.findall(r'(?:href|src|srcset|content)="([^" ]+)', answer.text)
    found += re.findall(r"<loc>([^<]+)", answer.text)
    whole = (urldefrag(urljoin(home + answer.path, unescape(link))).url for link in found)
    return {url.removeprefix(home) for url in whole if url.startswith(f"{home}/")}


def leaks_in(answer: Answer) -> str:
    """Where the secret stands that was not typed by whoever asked."""
    text = answer.text.lower()
    for echo in (f'value="{SECRET}"', f"={SECRET}", f"\u201c{SECRET}\u201d", answer.path.lower()):
        text = text.replace(echo, "")
    at = text.find(SECRET)
    return text[max(0, at - 60) : at + 60] if at >= 0 else ""


@attack("What was taken back, a second later")
def taken_back(site: Site, effort: Effort) -> Iterator[str]:
    page, names = f"/statements/{STATEMENT}/", f"/statements/{STATEMENT}/signatories.csv"
    verbs = {"Quilla Erased": "privacy.erase(signature)",
             "Quilla Withdrawn": "states.withdraw(signature)"}  # fmt: skip
    make = "from signatories.testing import make_signature\nfrom statements.models import Edition\n"
    site.run(
        make
        + f"edition = Edition.objects.filter(statement__slug='{STATEMENT}').latest('number')\n"
        + "\n".join(
            f"make_signature(edition, {name!r}, email={name[8:] + '@example.org'!r})"
            for name in verbs
        )
    )
    time.sleep(1)
    for name, verb in verbs.items():
        if name not in site.stranger().get(names).text:
            yield f"{name} was never public, so nothing was tried"
        site.run(WAY_OF_TAKING_BACK.format(name=name, verb=verb))
    time.sleep(1)
    for path in (page, names, f"{page}signatories/"):
        text = site.stranger().get(path).text
        yield from (f"{name} still stands on {path}" for name in verbs if name in text)


@attack("First mails as a way to write to strangers")
def hostile_mails(site: Site, effort: Effort) -> Iterator[str]:
    names = ["YOU WON zqxwin.com/prize", "t.me/zqxwin", "ｚｑｘｗｉｎ．ｌｙ", "zqxwin +49 900 4711",
             "zqxwin (dot) ly", "Nora\nBcc: zqxwin@example.org"]  # fmt: skip
    for number, name in enumerate(names):
        sign(site.stranger(), email=f"victim{number}@example.org", name=name)
        sign(site.stranger(), email=f"visited{number}@example.org", city=name, role=name)
    sign(site.stranger(), email="last-victim@example.org")
    if not mails_to(site, "last-victim@example.org"):
        yield "no mail came at all, so nothing was tried"
    for message in site.sink.messages:
        if "zqxwin" in words_of(message).lower():
            yield f"a mail to {message['To']} says what a stranger typed"


@attack("Addresses that mean another mailbox")
def odd_addresses(site: Site, effort: Effort) -> Iterator[str]:
    refused = ["root@localhost", "x@[127.0.0.1]", f"{'a' * 65}@example.org", "x@example",
               "x@-example.org", "a b@example.org", "x@exa\u00admple.org@example.org"]  # fmt: skip
    for address in refused:
        answer = sign(site.stranger(), email=address)
        if answer.status != 422:
            yield f"{address} is taken: {answer}"
    sign(site.stranger(), email="mallory@stra\u00dfe-x.de")
    came = mails_to(site, "mallory@")
    if [message["To"] for message in came] != ["mallory@xn--strae-x-3va.de"]:
        yield f"the mail to stra\u00dfe-x.de goes elsewhere: {came}"


@attack("Guessing and bending secret links")
def bent_links(site: Site, effort: Effort) -> Iterator[str]:
    sign(site.stranger(), email="owner@example.org", name="Olga Owner")
    mails = mails_to(site, "owner@example.org")
    if not mails:
        yield "no mail came, so nothing was tried"
        return
    for link in links_in(words_of(mails[0])):
        yield from opened(site, link)
        for bent in (f"{link[:-3]}/", link.swapcase(), f"{link[:-1]}AA/"):
            answer = site.stranger().get(bent)
            if "Olga" in answer.text:
                yield str(answer)
    for kind in ("confirm", "manage", "correction", "unsubscribe", "follow", "unfollow"):
        for guess in ("x", "1:1:1", "A" * 80, "\u0259" * 20):
            answer = site.stranger().get(f"/sign/{kind}/{guess}/")
            if answer.status == 200 and kind != "unfollow":  # which says alike of every link
                yield str(answer)


def opened(site: Site, link: str) -> Iterator[str]:
    """Open a link as programs do that look at mails: it must change nothing."""
    for _ in range(2):
        answer = site.stranger().get(link)
        if "Thank you" in answer.text:
            yield f"opening the link confirms: {answer}"


def links_in(mail: str) -> set[str]:
    """The paths of what a mail leads to that holds a secret."""
    return set(PATH_WITH_TOKEN.findall(mail))


@attack("Reading the logs afterwards")
def logs(site: Site, effort: Effort) -> Iterator[str]:
    text = site.logs()
    if "Traceback" in text:
        at = text.index("Traceback")
        yield f"a traceback: {text[max(0, at - 200) : at + 600]}"
    mailed = "\n".join(words_of(message) for message in site.sink.messages)
    tokens = {path.rstrip("/").rpartition("/")[2] for path in links_in(mailed)}
    if not tokens:
        yield "no link was mailed, so nothing was tried"
    yield from (f"the secret of a link: {token[:12]}…" for token in tokens if token in text)
    addresses = {str(message["To"]) for message in site.sink.messages}
    yield from (f"an address: {address}" for address in addresses if address in text)
