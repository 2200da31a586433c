"""What mails there are. The app that owns a kind registers it in its AppConfig.ready()."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from casa.mail.models import OutgoingMail

Trouble = OutgoingMail.Trouble


@dataclass(frozen=True)
class Message:
    """The words of one mail: `templates/emails/<template>.txt` and `.html` with `context`.

    The base templates know `button_url` and `button_label`, and the blocks `reason`, `content`,
    `closing` and `stop`. `headers` come on top of those every mail has. `about` says what its
    reader may stop mails about (`casa.mail.stops`): one thing, or all; None where they may not.
    """

    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None


Build = Callable[[OutgoingMail], Message | None]
OnTrouble = Callable[[OutgoingMail, Trouble | None], None]
Sample = Callable[[], Message]


@dataclass(frozen=True)
class MailKind:
    build: Build
    label: str | Promise
    on_trouble: OnTrouble | None = None
    sample: Sample | None = None
    when: str | Promise = ""
    is_first: bool = True


class UnknownKindError(LookupError):
    """No app of this release has registered the kind."""


_kinds: dict[str, MailKind] = {}


def register(
    kind: str,
    build: Build,
    *,
    label: str | Promise | None = None,
    on_trouble: OnTrouble | None = None,
    sample: Sample | None = None,
    when: str | Promise = "",
    is_first: bool = True,
) -> None:
    """Make `kind` known; `label` is its name for staff, `when` a sentence on when it is sent.

    `build` runs at each try, in the language of the mail. It returns None when nobody should
    get the mail any more (say, its signature was erased). `on_trouble` is told, in the
    transaction that notes it on the mail, of one that failed; with None, that it arrived after
    all. `sample` makes the same message of invented data that is not in the database, for staff
    to look at; a test asks each kind for it.

    A first mail (`is_first`) may go to a mailbox whose owner has not confirmed that it is theirs,
    so what strangers typed must lead its reader nowhere (`casa.lib.contact_details.harmless`);
    `casa/tests/test_first_mails.py` needs a case for each such kind.
    """
    if kind in _kinds:
        raise ValueError(f"The kind of mail {kind!r} is already registered.")
    _kinds[kind] = MailKind(build, label or kind, on_trouble, sample, when, is_first)


def get(kind: str) -> MailKind:
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownKindError(kind) from None


def tell(mail: OutgoingMail, trouble: Trouble | None) -> None:
    """Tell the app whose mail it is; nobody, if this release does not know the kind."""
    kind = _kinds.get(mail.kind)
    if kind is not None and kind.on_trouble is not None:
        kind.on_trouble(mail, trouble)


def labels() -> dict[str, str | Promise]:
    """Every known kind with its name for staff."""
    return {key: kind.label for key, kind in sorted(_kinds.items())}


def every() -> dict[str, MailKind]:
    """Every known kind by its name, in a steady order."""
    return dict(sorted(_kinds.items()))
