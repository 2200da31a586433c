"""The letter to an addressee that a signer may send by their own mail program.

The site sends nothing and learns nothing of it: it offers a link, and the same words to copy for
whoever reads mail in a browser.
"""

from typing import NamedTuple

from django.utils.translation import get_language

from casa.lib.addresses.mailto import mailto
from statements.models import Statement, SupporterText, Target
from statements.supporter_texts import said_in

LONGEST_LINK = 1900
"""In characters. Windows hands 2,083 to a mail program, the signer's name included."""


class Recipient(NamedTuple):
    target: Target
    link: str


class Letter(NamedTuple):
    """`has_words_in_link` is False where they are too long for a link and have to be copied; a link
    with words ends where the name of the signer is to follow.
    """

    said: SupporterText
    recipients: list[Recipient]
    has_words_in_link: bool


def letter_of(statement: Statement) -> Letter | None:
    """In the reader's language, else in that of the original; None where there is none of either,
    or nobody to send it to.
    """
    said = _said(statement)
    targets = list(statement.targets.exclude(email="")) if said else []
    if said is None or not targets:
        return None
    links = [_link(target, said, f"{said.letter_words}\n\n") for target in targets]
    fits = max(map(len, links)) <= LONGEST_LINK
    if not fits:
        links = [_link(target, said) for target in targets]
    return Letter(said, list(map(Recipient, targets, links)), fits)


def _said(statement: Statement) -> SupporterText | None:
    for language in (get_language() or "", statement.language):
        said = said_in(statement, language)
        if said.letter_words:
            return said
    return None


def _link(target: Target, said: SupporterText, body: str = "") -> str:
    return mailto(target.email, subject=said.letter_subject, body=body)
