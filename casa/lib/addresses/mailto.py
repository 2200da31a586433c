"""Links that open a reader's own mail program (RFC 6068)."""

from urllib.parse import quote


def mailto(address: str = "", *, subject: str, body: str = "") -> str:
    """To `address`, or to whom the reader chooses."""
    link = f"mailto:{quote(address, safe='@')}?subject={in_link(subject)}"
    return f"{link}&body={in_link(body)}" if body else link


def in_link(words: str) -> str:
    """Percent-encoded, with the line breaks that mail has."""
    return quote("\r\n".join(words.split("\n")), safe="")
