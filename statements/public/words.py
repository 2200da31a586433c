"""The words of a statement as pages and paper show them: what it asks stands once, by the title."""

from django.utils.html import conditional_escape

from statements.models import Edition, StatementText

BLOCK_ENDS = ("</p>", "</h2>", "</h3>", "</ul>", "</ol>", "</blockquote>", "</table>")
"""What stands before a paragraph that can be left out, and nothing around it is empty then."""


def body_beside_ask(words: Edition | StatementText) -> str:
    """The body without the paragraphs that say to the letter what the statement asks.

    They are left out where it shows them all, each as a paragraph of its own; else nothing is.
    """
    body = str(words.body)
    for asked in _paragraphs(words.ask):
        before, found, after = body.rpartition(asked)
        if not found or (before.strip() and not before.rstrip().endswith(BLOCK_ENDS)):
            return str(words.body)
        body = f"{before.rstrip()}\n{after.lstrip()}".strip()
    return body or str(words.body)


def _paragraphs(ask: str) -> list[str]:
    """As the sanitizer writes paragraphs of plain text."""
    blocks = ask.replace("\r\n", "\n").split("\n\n")
    lines = (" ".join(block.split()) for block in blocks)
    return [f"<p>{_escaped(line)}</p>" for line in lines if line]


def _escaped(text: str) -> str:
    return str(conditional_escape(text)).replace("&quot;", '"').replace("&#x27;", "'")
