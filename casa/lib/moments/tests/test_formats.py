"""Days and times that Django writes by itself are read in one way by everybody."""

import re
from datetime import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from tools import messages

DAY = datetime(2026, 12, 5, 21, 7)
NAMES = ("DATE_FORMAT", "SHORT_DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")


@pytest.mark.parametrize("language", sorted({messages.SOURCE, *messages.languages()}))
@pytest.mark.parametrize("name", NAMES)
def test_a_day_has_its_month_as_a_word_and_a_time_24_hours(language, name):
    with translation.override(language):
        told = date_format(DAY, name)
    assert re.match(r"5\.? ", told)
    assert "12" not in told
    assert "2026" in told
    assert ("21:07" in told) == ("TIME" in name)


def test_one_moment_is_written_in_one_way_in_lists_and_in_history():
    assert date_format(DAY, "DATETIME_FORMAT") == "5 December 2026, 21:07"
