"""What became of the words from one edition to the next, as readers and staff are shown it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from casa.lib.diff import difference_in_text, is_different, word_difference
from statements.models import Edition, StatementText

Words = Edition | StatementText

PARTS: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "body": _("Statement"),
    "ask": _("What it asks"),
}


@dataclass(frozen=True)
class Change:
    """One part of a text that is not as it was. `marked` shows both wordings in one."""

    name: str
    label: str | Promise
    old: str
    new: str

    @property
    def is_form_only(self) -> bool:
        """Whether every word stayed, and only something like bold type changed."""
        return not is_different(self.old, self.new)

    @property
    def marked(self) -> SafeString:
        return word_difference(self.old, self.new)

    @property
    def in_text(self) -> str:
        return difference_in_text(self.old, self.new)


def changes(old: Words, new: Words) -> list[Change]:
    """The parts that differ, in reading order."""
    found = []
    for name, label in PARTS.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            found.append(Change(name, label, before, after))
    return found
