"""What a form was opened with: signed, and carried by the form itself.

Signed, so that what it says of the record is what the site said: the form posts it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core import signing
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime

NAME = "_opened"  # of the hidden field
SALT = "concurrent edits: opened with"

Values = dict[str, Any]  # packed, by the name of the field


@dataclass(frozen=True)
class Opened:
    """`rows` are those of formsets: by the prefix, then by what names the row (see `rows.py`)."""

    at: datetime
    identity: str = ""
    values: Values = field(default_factory=dict)
    rows: dict[str, dict[str, Values]] = field(default_factory=dict)

    def token(self, of: Model) -> str:
        kept = {
            "of": name_of(of), "at": self.at.isoformat(), "identity": self.identity,
            "values": self.values, "rows": self.rows,
        }  # fmt: skip
        return signing.dumps(kept, salt=SALT, compress=True)


def name_of(row: Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def read(data: Mapping[str, Any], of: str) -> Opened | None:
    """What the posted form was opened with; None if it does not say so, or of something else."""
    try:
        kept = signing.loads(str(data.get(NAME, "")), salt=SALT)
        at = parse_datetime(kept["at"]) or timezone.now()
        return (
            Opened(at, kept["identity"], kept["values"], kept["rows"])
            if (kept["of"] == of)
            else None
        )
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def remember(what: str, value: Any) -> str:
    """A token of `value`, for a screen of our own that is no form of a model."""
    return signing.dumps({"of": what, "value": value}, salt=SALT, compress=True)


def remembered(what: str, token: str) -> Any:
    """The value of the token; None if it is another's, or nobody's."""
    try:
        kept = signing.loads(token, salt=SALT)
        return kept["value"] if kept["of"] == what else None
    except (signing.BadSignature, KeyError, TypeError):
        return None


def digest(value: Any) -> str:
    """Names a packed value that somebody was shown."""
    return sha256(repr(value).encode()).hexdigest()[:16]
