"""What a password may be, and what changing one's own asks for."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from casa.accounts.testing import PASSWORD, make_staff


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_NAME, settings.SITE_URL = "River Friends", "https://letters.river.example"


@pytest.mark.parametrize(
    "password", ["RiverFriends2026", "petition-letters", "admin.Friends1", "password-river!"]
)
def test_what_anybody_would_guess_here_is_refused(password):
    with pytest.raises(ValidationError) as raised:
        validate_password(password)
    assert "own_words" in {error.code for error in raised.value.error_list}


@pytest.mark.parametrize(
    "password",
    ["a river that has never seen our friends", "tvqmzkxw", "ТРИ ЖАБЫ поют", "🐸" * 8, "q" * 128],
)
def test_any_kind_of_characters_will_do(password):
    validate_password(password)


@pytest.mark.django_db
def test_nobody_changes_their_own_without_the_old_one(client):
    user = make_staff(is_superuser=True)
    client.force_login(user)
    new = "something-else-entirely"
    data = {"password1": new, "password2": new, "usable_password": "true"}
    answer = client.post(reverse("admin:auth_user_password_change", args=[user.pk]), data)
    assert answer["Location"] == reverse("admin:password_change")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
