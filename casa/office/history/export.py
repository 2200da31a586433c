"""The whole history of a statement as one file that opens anywhere and can be printed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from casa.accounts.models import User
from casa.appearance import reading
from casa.lib.http import absolute
from casa.office.history.entries import name_of
from casa.office.history.statement import changes_between, history_of
from signatories.core import paper, tally
from signatories.models import Signature, SignatureEvent
from statements.models import Edition, Statement
from statements.new_editions import fingerprint


@dataclass(frozen=True)
class Witness:
    """An edition with the proof that its words are the ones it was published with."""

    edition: Edition
    language: str
    before: Edition | None
    signed: Counter[str]

    @property
    def recomputed(self) -> str:
        one = self.edition
        return fingerprint(one.title, one.summary, one.body, one.ask)

    @property
    def is_intact(self) -> bool:
        return self.recomputed == self.edition.sha256

    @property
    def source(self) -> SafeString:
        """What the fingerprint is made of. A reader of HTML would drop carriage returns."""
        one = self.edition
        characters = f"{one.title}\n\n{one.summary}\n\n{one.body}\n\n{one.ask}"
        return SafeString(escape(characters).replace("\r", "&#13;"))

    @property
    def body(self) -> SafeString:
        return SafeString(self.edition.body)  # cleaned when it was stored (casa.lib.html)

    @property
    def changes(self) -> tuple:
        return changes_between(self.before, self.edition) if self.before else ()


@dataclass(frozen=True)
class Moved:
    """How many signatures went from one state to another, and how many of these by staff."""

    from_state: str
    to_state: str
    count: int
    by_staff: int


def as_file(statement: Statement, *, by: User, at: datetime | None = None) -> str:
    """HTML that refers to nothing outside itself and holds no e-mail address of a signer."""
    context = {
        "statement": statement,
        "language": dict(settings.LANGUAGES).get(statement.language, statement.language),
        "address": absolute(statement.get_absolute_url()),
        "targets": statement.targets.all(),
        "editions": _editions(statement),
        "tally": tally.of(statement),
        "condition": tally.signed(statement).sentence,
        "on_paper": paper.in_words(statement),
        "leads": Signature.objects.public().filter(statement=statement).leads()
        .select_related("organization"),
        "entries": history_of(statement),
        "moved": _moved(statement),
        "by": name_of(by),
        "at": at or timezone.now(),
        "time_zone": settings.TIME_ZONE,
        "site_name": reading.words().name,
    }  # fmt: skip
    return render_to_string("admin/history/export.html", context)


def _editions(statement: Statement) -> list[Witness]:
    counts: dict[int | None, dict[str, int]] = {}
    rows = statement.signatures.counted().order_by().values("edition", "kind")
    for row in rows.annotate(n=Count("pk")):
        counts.setdefault(row["edition"], {})[row["kind"]] = row["n"]
    placed_before = counts.pop(None, {})  # they stand under the first edition
    languages = dict(settings.LANGUAGES)
    before: dict[str, Edition] = {}
    found = []
    for one in statement.editions.select_related("published_by").order_by("number", "pk"):
        name = languages.get(one.language, one.language)
        signed = Counter(counts.get(one.pk, {}))
        if one.number == 1 and one.language == statement.language:
            signed.update(placed_before)
        found.append(Witness(one, name, before.get(one.language), signed))
        before[one.language] = one
    return found


def _moved(statement: Statement) -> list[Moved]:
    states = dict(Signature.State.choices)
    rows = SignatureEvent.objects.filter(signature__statement=statement).order_by()
    grouped = rows.values_list("from_state", "to_state").annotate(n=Count("pk"), staff=Count("by"))
    return [
        Moved(str(states.get(before, "")), str(states[after]), count, by_staff)
        for before, after, count, by_staff in grouped.order_by("from_state", "to_state")
    ]
