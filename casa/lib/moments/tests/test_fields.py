from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from casa.lib.moments.fields import DayField, MomentField, ask


class Form(forms.Form):
    day = DayField(required=False)
    at = MomentField(required=False)


@pytest.fixture(autouse=True)
def berlin():
    with timezone.override(ZoneInfo("Europe/Berlin")):
        yield


def filled(initial=None, **data):
    return Form(data, initial=initial)


def typed(day, time="10:00", **more):
    return {"at_0": day, "at_1": time, **more}


def test_controls_of_the_browser_are_offered_and_the_moment_is_said_in_words():
    page = Form(initial={"at": datetime(2026, 12, 5, 9, tzinfo=UTC)}).as_p()
    assert 'type="date" name="day"' in page
    assert 'type="date" name="at_0" value="2026-12-05"' in page
    assert 'type="time" name="at_1" value="10:00"' in page
    assert "Saturday 5 December 2026, 10:00 (UTC+01:00)" in page


def test_what_was_typed_stays_in_a_field_that_shows_it():
    page = filled(**typed("05/12/2026", "9:5"), day="5.12.2026").as_p()
    for name, kept in (("at_0", "05/12/2026"), ("at_1", "9:5"), ("day", "5.12.2026")):
        assert f'type="text" name="{name}" value="{kept}"' in page


def test_text_is_escaped_wherever_it_comes_back():
    page = filled(**typed('"><script>', "<b>", at_shown='"><i>', at_meant="<u>"), day="<p>").as_p()
    for mark in ("<script>", "<b>", "<i>", "<u>", 'value="<p>"'):
        assert mark not in page


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (typed("05/12/2026"), "can be 5 December 2026 or 12 May 2026"),
        (typed("2026-12-05", ""), "Enter the time too"),
        (typed("", "10:00"), "Enter the day too"),
        (typed("2026-12-05", "9:5"), "such as 09:00"),
        (typed("2027-03-28", "02:30"), "There is no 02:30"),
        (typed("0202-12-05"), "That is the year 202. Do you mean it?"),
        (typed("2126-12-05"), "years from now. Do you mean it?"),
    ],
)
def test_what_is_unclear_is_refused_or_asked_about(data, told):
    form = filled(**data)
    assert told in form.errors["at"].as_text()


def test_what_is_unclear_of_day_and_time_is_said_at_once():
    (sentence,) = filled(**typed("05/12/2026", "9:5")).errors["at"]
    assert "12 May 2026" in sentence
    assert "such as 09:00" in sentence


def test_what_was_asked_about_is_taken_once_somebody_says_they_mean_it():
    page = filled(**typed("0202-12-05"), day="0202-12-05")
    assert set(page.errors) == {"day", "at"}
    assert "Yes, I mean Sunday 5 December 202" in page.as_p()
    meant = Form(typed("0202-12-05")).fields["at"].to_python("0202-12-05 10:00").isoformat()
    form = filled(**typed("0202-12-05", at_meant=meant), day="0202-12-05", day_meant="0202-12-05")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(202, 12, 5)
    other = filled(**typed("0203-12-05", at_meant=meant))
    assert not other.is_valid()


def as_shown(form, name):
    """What a browser posts of a field that nobody touched."""
    shown = form.fields[name].widget.as_typed(form.initial[name])
    return typed(shown.day, shown.time, at_shown=shown.shown)


@pytest.mark.parametrize(
    "stored",
    [
        datetime(2026, 12, 5, 9, 0, 33, 123456, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # the second 02:30 of that night
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    ],
)
def test_what_nobody_touched_is_stored_as_it_was(stored):
    form = filled(initial={"at": stored}, **as_shown(Form(initial={"at": stored}), "at"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == stored
    assert not form.has_changed()


def test_an_odd_day_that_is_stored_is_not_asked_about_again():
    page = Form(initial={"day": date(202, 12, 5)}).as_p()
    assert 'name="day_meant" value="0202-12-05" checked' in page


def test_a_change_is_a_change():
    stored = datetime(2026, 12, 5, 9, tzinfo=UTC)
    data = as_shown(Form(initial={"at": stored}), "at")
    assert filled(initial={"at": stored}, **data | {"at_1": "10:01"}).changed_data == ["at"]
    assert filled(initial={"at": stored}, **data | {"at_0": "", "at_1": ""}).has_changed()
    assert not filled(initial={"at": stored}, **typed("2026-12-05", "10am")).has_changed()
    assert filled(initial={"at": None}, **typed("nonsense")).has_changed()


def test_a_form_can_ask_about_a_value_that_is_odd_only_there():
    data = typed("2026-12-05")

    def form(**more):
        made = filled(**data, **more)
        made.is_valid()
        ask(made, "at", "Really?")
        return made

    asked = form()
    assert asked.errors["at"] == ["Really?"]
    assert "Yes, I mean Saturday 5 December 2026, 10:00" in asked.as_p()
    meant = asked.cleaned_data["at"].isoformat() if "at" in asked.cleaned_data else None
    moment = datetime(2026, 12, 5, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    assert not form(at_meant=meant or moment.isoformat()).errors


@pytest.mark.parametrize("shown", ["x", "2026-12-05", "2026-99-05T10:00+01:00", "1" * 10_000])
def test_a_forged_record_of_what_was_shown_changes_nothing(shown):
    form = filled(**typed("2026-12-05", at_shown=shown))
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 12, 5, 9, tzinfo=UTC)


def test_text_alone_is_read_too():
    field = MomentField()
    ten = datetime(2026, 12, 5, 9, tzinfo=UTC)
    assert field.clean("2026-12-05T10:00") == ten
    assert field.clean("5 December 2026 10:00") == ten
    assert field.clean(ten.isoformat()) == ten
    assert field.clean(ten) - ten == timedelta(0)
