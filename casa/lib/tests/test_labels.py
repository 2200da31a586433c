"""A colon after a word, as each language sets it."""

import pytest
from django.utils.translation import gettext_lazy, override

from casa.lib.labels import with_colon
from casa.mail import composing


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "Ada:"), ("az", "Ada:"), ("de", "Ada:"), ("fr", "Ada\u202f:")]
)
def test_french_has_a_narrow_space_before_it(language, shown):
    with override(language):
        assert with_colon("Ada") == shown


def test_a_word_is_in_the_language_of_the_page():
    with override("fr"):
        assert with_colon(gettext_lazy("Published")).endswith("\u202f:")
        assert with_colon("100 % <b>") == "100 % <b>\u202f:"


@pytest.mark.django_db
def test_mails_have_it_too():
    message = composing.sample("signatories.confirm", "fr")
    assert "\u202f:\nhttp" in message.body
