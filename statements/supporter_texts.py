"""What the office says around a statement, in the language that somebody reads."""

from django.utils import timezone
from django.utils.translation import get_language

from statements.models import Edition, Statement, SupporterText


def said_in(statement: Statement, language: str) -> SupporterText:
    """The words in that language; empty ones where there are none. Read once for a statement."""
    kept: dict[str, SupporterText] | None = vars(statement).get("_supporter_texts")
    if kept is None:
        rows = statement.supporter_texts.all() if statement.pk else ()
        kept = {one.language: one for one in rows}
        vars(statement)["_supporter_texts"] = kept
    return kept.get(language) or SupporterText(statement=statement, language=language)


def thanks(statement: Statement) -> SupporterText:
    """Those with the office's own thanks, in the reader's language, else in the original's."""
    own = said_in(statement, get_language() or "")
    return own if own.thanks else said_in(statement, statement.language)


def share_sentence(edition: Edition) -> str:
    """What the office wrote for sharing; "" once signing is over, since it may call to sign."""
    statement = edition.statement
    return "" if _is_over(statement) else said_in(statement, edition.language).share_sentence


def _is_over(statement: Statement) -> bool:
    closes = statement.signing_closes_at
    ended = statement.status in (Statement.Status.CLOSED, Statement.Status.ARCHIVED)
    return ended or bool(closes and closes <= (statement.seen_at or timezone.now()))


def share_description(edition: Edition) -> str:
    """What is shown below the title where the page is linked: the sentence for sharing, else what
    the statement asks, else its summary; "" where there is none of them.
    """
    return share_sentence(edition) or " ".join(edition.ask.split()) or edition.summary


def share_words(edition: Edition) -> str:
    """What is passed on before the link: the sentence for sharing, else the title."""
    return share_sentence(edition) or edition.title
