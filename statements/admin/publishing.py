"""What publishing a statement will do, in words: from which moment it is public."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.lib.moments.words import how_far_in_words, last_moment_in_words, moment_in_words
from statements.models import Statement


def label(statement: Statement) -> str:
    """What stands on the button."""
    if not _waits(statement):
        return _("Publish at once")
    return _("Publish, public on %(moment)s") % {"moment": moment_in_words(_moment(statement))}


def consequence(statement: Statement) -> str:
    """ "Goes public on Saturday 5 December 2026 at 10:00 (Europe/Berlin), in 6 days."."""
    return f"{_public(statement)} {_signing(statement)}".strip()


def done(statement: Statement) -> str:
    if not statement.is_embargoed():
        return _("Published. It is public now.")
    told = {
        "moment": moment_in_words(_moment(statement)),
        "how_far": how_far_in_words(_moment(statement)),
    }
    return (
        _("Published. It goes public on %(moment)s, %(how_far)s; until then you can stop it.")
        % told
    )


def what_stopping_does(statement: Statement) -> str:
    return _(
        "It does not go public on %(moment)s: it is a draft again. Edition 1, which nobody outside"
        " could read, is discarded, and the address follows the title again."
    ) % {"moment": moment_in_words(_moment(statement))}


def _public(statement: Statement) -> str:
    if statement.publish_at is None:
        return _("Makes edition 1 of the words. It is public at once.")
    told = {"moment": moment_in_words(statement.publish_at)}
    if not _waits(statement):
        return (
            _(
                "Makes edition 1 of the words. It is public at once: the moment you gave has"
                " passed, %(moment)s."
            )
            % told
        )
    told["how_far"] = how_far_in_words(statement.publish_at)
    return _("Makes edition 1 of the words. It goes public on %(moment)s, %(how_far)s.") % told


def _signing(statement: Statement) -> str:
    closes = statement.signing_closes_at
    if closes is None or statement.signers == Statement.Signers.NOBODY:
        return ""
    if closes <= max(timezone.now(), _moment(statement)):
        return _("Nobody can sign it: signing closes before, on %(moment)s.") % {
            "moment": moment_in_words(closes)
        }
    return _("Signing is open until %(moment)s.") % {"moment": last_moment_in_words(closes)}


def _waits(statement: Statement) -> bool:
    return _moment(statement) > timezone.now()


def _moment(statement: Statement) -> datetime:
    return statement.publish_at or timezone.now()
