"""A new SECRET_KEY keeps what the one before signed and hashed, as long as that one is listed."""

import pytest

from casa.mail import stops
from signatories.core import tokens
from signatories.core.erasures import ErasedNames
from signatories.mailings import followers
from signatories.models import Follower, Signature
from signatories.parser import parse_block
from signatories.self_service import privacy
from signatories.signing import codes
from signatories.testing import make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

OLD, NEW = "the key of before, for tests alone", "the key of now, for tests alone"


@pytest.mark.slow
@pytest.mark.parametrize("listed", [True, False])
def test_what_was_made_before_is_known(settings, listed):
    settings.SECRET_KEY = OLD
    statement = (edition := make_edition()).statement
    waiting = make_signature(edition, state=Signature.State.PENDING, email="nora@example.org")
    follower = Follower.objects.create(
        statement=statement, email="ida@example.org", email_key="ida@example.org", language="en"
    )
    link, leave = tokens.make(waiting, tokens.CONFIRM), followers.make_token(follower, "leave")
    code = codes.code_of(waiting)
    stops.stop(stops.key_of("ruth@example.org"), stops.ALL)
    privacy.erase(make_signature(edition, "Ada Example", email="ada@example.org"))

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD] if listed else []
    if listed:
        assert tokens.read(link, tokens.CONFIRM) == waiting
    else:
        with pytest.raises(tokens.InvalidToken):
            tokens.read(link, tokens.CONFIRM)
    assert (followers.read_token(leave, "leave") == follower) is listed
    assert (codes.find(statement, "nora@example.org", code) == waiting) is listed
    assert stops.stand("ruth@example.org", "anything") is listed
    _kept, erased = ErasedNames(statement).split(parse_block([(1, "Ada Example")]))
    assert bool(erased) is listed


def test_what_is_made_now_is_of_the_key_of_now(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    signature = make_signature(make_edition())
    link = tokens.make(signature, tokens.MANAGE)
    settings.SECRET_KEY_FALLBACKS = []
    assert tokens.read(link, tokens.MANAGE) == signature
