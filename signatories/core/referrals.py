"""Links that signers pass on, and the signatures that come by them. Visitors get no cookie.

A link carries `?via=CODE`. The code is random and says nothing of the signer. The page does not
look at it, so that caches keep one page for everybody. Browsers say from which address of ours a
form was sent (`Referer`); where they do not, sign.js puts the code into the form, and without both
the new signature keeps none.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from django.core.exceptions import TooManyFieldsSent
from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from casa.lib.addresses.mailto import mailto
from casa.lib.http import LONGEST_PATH, LONGEST_QUERY, absolute
from signatories.core import funnel
from signatories.models import Signature
from statements.models import Statement

PARAMETER, SOURCE = "via", "utm_source"

SOURCE_FIELD, BEGUN = "source", "begun"
"""Fields of a form that is shown again: where its reader came from; that it was counted as begun
already (`signing.begun`)."""
_CODE = re.compile(r"[A-Za-z0-9_-]{12}")

MOST_COUNTED = 10_000
"""A signer whose link was used more often is told so, without an exact number."""


def new_code() -> str:
    """72 random bits, derived from nothing."""
    return secrets.token_urlsafe(9)


def code_in(query: Mapping[str, str]) -> str:
    """The code that an address or a form carries; "" for none, or for what cannot be one.

    Only the shape is looked at, so that the database is asked nothing.
    """
    code = query.get(PARAMETER, "")
    return code if _CODE.fullmatch(code) else ""


def code_of(request: HttpRequest) -> str:
    """The code that a posted form carries, or the address of the page that it was sent from."""
    return code_in(request.POST) or code_in(_query_of_page(request))


def source_of(request: HttpRequest) -> str:
    """From where the reader of the page came that a form was sent from."""
    sent = request.POST.get(SOURCE_FIELD, "")
    if sent:
        return sent if sent in (funnel.SIGNER, funnel.FRAME) else funnel.clean_source(sent)
    page = _page(request)
    source = source_in(page.query) or (funnel.SIGNER if code_of(request) else "")
    return source or (funnel.FRAME if "/embed/" in page.path else "")


def source_in(query: str) -> str:
    """What a link says of where it stands; that it is a signer's, if it says nothing else."""
    if SOURCE not in query and PARAMETER not in query:
        return ""
    read = _read(query)
    return funnel.clean_source(read.get(SOURCE, "")) or (funnel.SIGNER if code_in(read) else "")


def _query_of_page(request: HttpRequest) -> Mapping[str, str]:
    return _read(_page(request).query)


def _page(request: HttpRequest) -> SplitResult:
    """The address of the page that a form was sent from; an empty one where nothing says it."""
    referer = request.headers.get("Referer", "")
    try:
        return urlsplit(referer if len(referer) <= LONGEST_PATH + LONGEST_QUERY else "")
    except ValueError:  # no browser wrote that
        return urlsplit("")


def _read(query: str) -> Mapping[str, str]:
    try:
        return QueryDict(query)
    except (ValueError, TooManyFieldsSent):  # no link of anybody's
        return {}


def carried(request: HttpRequest) -> dict[str, str]:
    """What a form that is shown again carries on of how its reader came, by names of its fields."""
    carried = {PARAMETER: code_of(request), SOURCE_FIELD: source_of(request), BEGUN: "1"}
    return {name: value for name, value in carried.items() if value}


def form_fields(carried: Mapping[str, str]) -> SafeString:
    """What `carried` gave, as hidden fields."""
    field = '<input type="hidden" name="{}" value="{}">'
    return format_html_join("", field, carried.items())


def valid_code(statement: Statement, code: str) -> str:
    """`code` if a signer of this statement has it, else ""."""
    if not code:
        return ""
    # The index is of rows that have a code; SQLite uses it only where the question says so too.
    owner = Signature.objects.exclude(share_code="").filter(share_code=code, statement=statement)
    return code if owner.exists() else ""


def referral_url(signature: Signature) -> str:
    """The address to pass on; without a code for a signature that never had one."""
    address = absolute(signature.statement.get_absolute_url())
    if not signature.share_code:
        return address
    return f"{address}?{urlencode({PARAMETER: signature.share_code})}"


def count_referred(signature: Signature) -> int:
    """How many counted signatures came through a signer's link; MOST_COUNTED at most."""
    if not signature.share_code:
        return 0
    came = Signature.objects.counted().exclude(via="")
    came = came.filter(statement=signature.statement_id, via=signature.share_code)
    return came.order_by()[:MOST_COUNTED].count()


@dataclass(frozen=True)
class Referrer:
    """A signer, and how many counted signatures came through their link."""

    signature: Signature
    referred: int


def referrers(statement: Statement, most: int) -> list[Referrer]:
    """The `most` signers whose links were used most, in descending order."""
    came = Signature.objects.counted().exclude(via="").filter(statement=statement)
    counts = came.order_by().values_list("via").annotate(n=Count("pk")).order_by("-n", "via")
    numbers = dict(counts[:most])
    owners = Signature.objects.exclude(share_code="").filter(
        statement=statement, share_code__in=numbers
    )
    found = {one.share_code: one for one in owners.select_related("organization")}
    return [Referrer(found[code], n) for code, n in numbers.items() if code in found]


@dataclass(frozen=True)
class ShareLink:
    """One way to pass a link on: a plain address that opens the network's own form."""

    name: str
    url: str


def share_links(address: str, words: str) -> list[ShareLink]:
    """Networks that take a link by a plain address; none of them is asked for anything here.

    `words` are what is passed on before the link, by those that take words.
    """
    both = f"{words} {address}"
    return [
        ShareLink("WhatsApp", f"https://wa.me/?{_query(text=both)}"),
        ShareLink("Telegram", f"https://t.me/share/url?{_query(url=address, text=words)}"),
        ShareLink("Facebook", f"https://www.facebook.com/sharer/sharer.php?{_query(u=address)}"),
        ShareLink("X", f"https://x.com/intent/post?{_query(text=words, url=address)}"),
        ShareLink("Bluesky", f"https://bsky.app/intent/compose?{_query(text=both)}"),
        ShareLink(
            "LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{_query(url=address)}"
        ),
    ]


def mailto_url(address: str, title: str, sentence: str = "") -> str:
    """A mailto: address with the title, a sentence and the link, for the reader to send."""
    return mailto(subject=title, body=f"{sentence}\n\n{address}" if sentence else address)


def _query(**parts: str) -> str:
    return urlencode(parts, quote_via=quote)
