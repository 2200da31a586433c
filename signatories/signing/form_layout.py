"""In which order the sign form asks, and which of its questions are folded away."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django.utils.translation import gettext_lazy as _

from signatories.signing.organization_form import ORGANIZATION_FIELDS
from statements.models import Ask

if TYPE_CHECKING:
    from signatories.signing.forms import SignForm

Row = tuple[str, tuple[str, ...]]
Blocks = list[str | Div]
Called = tuple[tuple[set[str], Any], ...]

# What is asked in which order: a name, several side by side, or those of one way of signing.
# What may be left out is folded between the two.
FIRST: tuple[Row, ...] = (
    ("", ("edition", "agreed", "asked", "seen", "kind")),
    ("for-organization", ORGANIZATION_FIELDS),
    ("", ("name", "email", "role")),
    ("for-person", ("affiliation",)),
    ("side-by-side", ("city", "country")),
    ("side-by-side", ("region", "postal_code")),
    ("", ("comment",)),
    ("", ("answer",)),
    ("for-organization", ("authorized",)),
    ("", ("of_age",)),
)
LAST: tuple[Row, ...] = (
    ("for-person", ("name_withheld",)),
    ("", ("wants_updates",)),
)

# What a folded part is called after the first of these that is in it, for each way of signing.
OF_A_PERSON: Called = (
    ({"role", "city"}, _("Add your role or town")),
    ({"role"}, _("Add your role")),
    ({"city"}, _("Add your town")),
    ({"affiliation"}, _("Add your organization")),
    ({"comment"}, _("Add a comment")),
    ({"answer"}, _("Answer a question of ours")),
    (set(), _("Add more about you")),
)
OF_AN_ORGANIZATION: Called = (
    ({"website", "logo"}, _("Add its website or logo")),
    ({"website"}, _("Add its website")),
    *OF_A_PERSON,
)


class Fold(Div):
    """Questions that open on demand, and by themselves where something in them was typed or is
    wrong."""

    template = "signatories/_fold.html"
    css_class = "more"

    def __init__(self, *blocks: str | Div, names: set[str], is_open: bool) -> None:
        own = names.difference(ORGANIZATION_FIELDS)
        super().__init__(*blocks, css_class="" if own else "for-organization")
        self.for_person = _called(OF_A_PERSON, own)
        self.for_organization = _called(OF_AN_ORGANIZATION, names - {"affiliation"})
        self.is_open = is_open


def _called(words: Called, names: set[str]) -> Any:
    return next(called for needed, called in words if needed <= names)


def helper(form: "SignForm") -> FormHelper:
    """How crispy-forms lays it out; `for-…` blocks are shown for one way of signing."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True  # an anonymous act has no session to ride on
    folded = {name for name in form.fields if is_folded(form, name)}
    asked = form.fields.keys() - folded
    made.layout = Layout(*_blocks(FIRST, asked), *_fold(form, folded), *_blocks(LAST, asked))
    return made


def is_folded(form: "SignForm", name: str) -> bool:
    """Whether the question may be left out by everybody who is asked it."""
    if name == "country" and form.statement.ask_region == Ask.REQUIRED:
        return False  # stands before the regions that depend on it
    is_optional = getattr(form.fields[name], "marked_optional", False)
    return name == "organization_kind" or is_optional


def _fold(form: "SignForm", names: set[str]) -> list[Fold]:
    is_open = any(_is_filled_in(form, name) for name in names)
    blocks = _blocks(FIRST, names)
    return [Fold(*blocks, names=names, is_open=is_open)] if blocks else []


def _is_filled_in(form: "SignForm", name: str) -> bool:
    value = form[name].value()
    return name in form.errors or bool(value and value != form.fields[name].initial)


def _blocks(rows: Iterable[Row], names: Iterable[str]) -> Blocks:
    """The `rows`, of `names` alone."""
    blocks: Blocks = []
    for css_class, row in rows:
        asked = [name for name in row if name in names]
        if asked:
            blocks += [Div(*asked, css_class=css_class)] if css_class else asked
    return blocks
