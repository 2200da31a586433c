"""`changed_at` of a statement moves with every part that its page shows."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from casa.accounts.models import User
from statements.models import (
    AddresseeAnswer,
    Attachment,
    ConsentText,
    ContactPeriod,
    Delivery,
    Edition,
    LeadPicture,
    Milestone,
    QuestionText,
    Reference,
    Release,
    Rendition,
    Statement,
    SupporterText,
    Target,
    Update,
)
from statements.models.page_parts import EditablePart, PagePart
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)
FILE = {"file": "renditions/a.png", "content_type": "image/png", "width": 1, "height": 1}
MADE: dict[type[EditablePart], dict[str, Any]] = {
    Target: {"name": "Council"},
    Reference: {"title": "Library Act"},
    Attachment: {"title": "Map", "size": 1, "sha256": "0" * 63, **FILE},
    Rendition: FILE,
    LeadPicture: {"file": "a.jpg", "width": 1, "height": 1, "sha256": "0" * 63},
    Release: {"headline": "Keep them open"},
    Update: {"title": "News", "body": "<p>News</p>"},
    Delivery: {"delivered_on": date(2026, 1, 2), "answered_on": date(2026, 2, 2)},
    AddresseeAnswer: {"words": "Yes.", "sent_at": MOMENT, "decided_at": MOMENT},
    Milestone: {"of": "person", "number": 100, "reached_at": datetime(2026, 1, 2, tzinfo=UTC)},
    ContactPeriod: {"months": 3, "since": datetime(2026, 1, 2, tzinfo=UTC)},
    ConsentText: {"language": "en", "text": "I agree."},
    QuestionText: {"language": "en", "label": "Do you read here?"},
    SupporterText: {"language": "en", "share_sentence": "It is the last one in town."},
}
PARTS = [model for model in apps.get_models() if issubclass(model, PagePart)]
CHANGEABLE = [model for model in PARTS if issubclass(model, EditablePart)]


def save(part: Any, name: str, value: Any) -> None:
    setattr(part, name, value)
    part.save()


def update(part: Any, name: str, value: Any) -> None:
    type(part).objects.filter(pk=part.pk).update(**{name: value})


def bulk_update(part: Any, name: str, value: Any) -> None:
    setattr(part, name, value)
    type(part).objects.bulk_update([part], [name])


def columns(model: type[EditablePart]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


def an_owner(model: type[EditablePart], statement: Statement) -> dict[str, Any]:
    first = model.path_to_statement.partition("__")[0]
    owner: Any = model._meta.get_field(first).related_model
    return {first: statement if owner is Statement else make_part(owner, statement)}


def make_part(model: type[EditablePart], statement: Statement) -> Any:
    return model.objects.create(**MADE[model], **an_owner(model, statement))


OTHERS: dict[type[models.Field], Any] = {
    models.DateField: lambda value: (value or date(2026, 1, 2)) + timedelta(days=1),
    models.BooleanField: lambda value: not value,
    models.JSONField: lambda value: [*value, "more"],
    models.IntegerField: lambda value: (value or 0) + 1,
}


def another(field: Any, part: Any, elsewhere: Statement) -> Any:
    """A value that the column does not have yet."""
    for kind, other in OTHERS.items():
        if isinstance(field, kind):
            return other(getattr(part, field.name))
    value = getattr(part, field.name)
    if field.related_model is Statement:
        return elsewhere
    if field.related_model:
        if field.related_model is User:
            return make_user(f"{User.objects.count()}@example.org")
        return make_part(field.related_model, elsewhere)
    others = [key for key, _label in field.choices or () if key != value]
    if field.name == "file":
        return "renditions/b.png"
    return others[0] if others else f"{value or ''}x"


def moments(*statements: Statement) -> list[datetime]:
    found = dict(Statement.objects.values_list("pk", "changed_at"))
    return [found[one.pk] for one in statements]


@pytest.mark.slow
@pytest.mark.parametrize("model", CHANGEABLE)
def test_changing_any_column_moves_it(model: type[EditablePart]) -> None:
    statement, elsewhere = make_draft(), make_draft("Another")
    for way, name in product((save, update, bulk_update), columns(model)):
        part = model.objects.get(pk=make_part(model, statement).pk)
        value = another(model._meta.get_field(name), part, elsewhere)
        [before, there] = moments(statement, elsewhere)
        way(part, name, value)
        [after, there_after] = moments(statement, elsewhere)
        assert after > before, (way, name)
        if name in ("statement", "attachment", "delivery"):  # the page it moved to changed as well
            assert there_after > there, (way, name)
        model.objects.all().delete()


@pytest.mark.parametrize("model", CHANGEABLE)
def test_making_and_deleting_one_moves_it(model: type[EditablePart]) -> None:
    statement = make_draft()
    owner = an_owner(model, statement)
    seen = moments(statement)
    model.objects.create(**MADE[model], **owner).delete()
    seen += moments(statement)
    model.objects.bulk_create([model(**MADE[model], **owner)])
    seen += moments(statement)
    model.objects.all().delete()
    seen += moments(statement)
    assert seen == sorted(set(seen))


def test_an_edition_moves_it() -> None:
    edition = make_edition()
    statement = edition.statement
    seen = moments(statement)
    edition.pk, edition.number, edition._state.adding = None, 2, True
    edition.save()
    seen += moments(statement)
    edition.pk, edition.number = None, 3
    Edition.objects.bulk_create([edition])
    seen += moments(statement)
    assert seen == sorted(set(seen))


def test_it_moves_where_the_clock_stands_still(clock: Any) -> None:
    statement = make_draft()
    Statement.objects.update(changed_at=datetime(2100, 1, 1, tzinfo=UTC))
    seen = moments(statement)
    for _ in range(2):
        make_part(Target, statement)
        seen += moments(statement)
    assert seen == sorted(set(seen))


def test_changes_of_another_statement_leave_it() -> None:
    statement, elsewhere = make_draft(), make_draft("Another")
    part = make_part(Target, elsewhere)
    before = moments(statement)
    save(part, "name", "Mayor")
    Target.objects.filter(pk=part.pk).update(name="Council")
    part.delete()
    assert moments(statement) == before


@pytest.mark.parametrize("model", PARTS)
def test_each_kind_of_part_is_tried(model: type[EditablePart]) -> None:
    assert model is Edition or model in MADE
