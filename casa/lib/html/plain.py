"""The words of a body of HTML, without its marks."""

import html
import re

from django.utils.html import strip_tags

# Where one word ends and another begins, although no blank stands between them.
_BLOCKS = re.compile(r"<(?=/?(?:p|li|h[1-6]|t[dhr]|blockquote|br|ul|ol|table)\b)")


def plain(body: str) -> str:
    return " ".join(html.unescape(strip_tags(_BLOCKS.sub(" <", body))).split())
