"""What is signed or hashed keeps its value when code moves: links in mails that were sent, whom a
mailing reached, who asked to be erased. A change of a value below breaks them on every site.
"""

import time
from datetime import date

import pytest

from casa.lib import network
from casa.mail import stops
from signatories.core import erasures, tokens
from signatories.mailings import followers, updates
from signatories.models import Follower, Signature
from signatories.signing import codes, confirmation
from signatories.signing.antispam import honeypot
from statements import previews
from statements.models import PreviewLink

VALUES = {
    "signature ask": (
        "WzcsIjM5Zjg4NTIwYTE3NjQwYmNlZTY5NWUwYTU1NGYzMDBiIl0:1xocE4:LBaA6mG2lFUBOx-rsHt4c"
        "G7HSBTe3rGq-fL0iOctxQs"
    ),
    "signature confirm": (
        "WzcsIjQ0NDVkZmEyYWEwNzEwZmNlMmU1YjM2ODY5ZTYxMjNiIl0:1xocE4:AAjvhWe7MRC31hqGxwzn6"
        "hMwwzW5PyuMza3yTCtU14M"
    ),
    "signature correction": (
        "WzcsIjllMWMwMWE1MzVjYWFlNDVjZDQ1YTY5NDVjMzhhODNjIl0:1xocE4:YAoGzef0_Qfz2TJZcAm1O"
        "Fx_2DxqyQX6sGt_8Z5DfZU"
    ),
    "signature manage": (
        "WzcsIjBhOTQ3ZWQ5Njk2ZDlkZjQ0NmZhOWQ2NTVjYjZjNjVhIl0:1xocE4:rNt1PNpA35RTqAvvpWAvi"
        "XIRWBilIv0Jnci0YRy73ss"
    ),
    "signature updates": (
        "WzcsIjBlZDBlMTZjZjVmZGE0MTMxNDYxOThlYTdhMWEwNDAzIl0:1xocE4:MEsZaTWWm5CPsydbjI57j"
        "Xnw59vgcZjMQOl26MqpGu0"
    ),
    "signature verify-again": (
        "WzcsIjQ1ODM3YmI5YTVkOTFjN2MxMDRmNTBmMTkzMjAyYWU2Il0:1xocE4:w9lcvUDlaSBerqUlOV_Yk"
        "JCdy5MNICLzVy5nQDvOwOM"
    ),
    "follower confirm": (
        "WzcsIjJhM2YzNWQ2YzkxZTVlY2FkY2M0YWMyZDA1YmVlYTVkIl0:1xocE4:kvFJePnjOcAc97BBkU3ot"
        "wMtijQdUPVg4lCliN3hCmc"
    ),
    "follower leave": (
        "WzcsImRjMDgyM2I5NjI5NmM4ZGZhYmY2ODZhMjg0MWE3NWVkIl0:1xocE4:ZiBV4iHCBfaw9g0mTnHst"
        "513G0YzRgGNBtrlMcO7huM"
    ),
    "preview": "WzcsImtleSJd:5X93IKkRT_qEfGzWZdHuS0rRGI3ZUyti-WqdojaIQDc",
    "mail stop": (
        "WyI1YWY1NmYxZjUyZjc3YzY3ZGU3Njc3Y2UxZDI3ODk4OCIsInN0YXRlbWVudDo3Il0:1xocE4:CjbbL"
        "cOqqkLwB9aW2PxSlQfaZ_vHD3DCwkZ2Cn8XFKk"
    ),
    "stopped mailbox": "5af56f1f52f77c67de7677ce1d278988",
    "code": "826370",
    # Of what the confirm page shows: it changes when a column is declared as confirmed, and whoever
    # has that page open at that moment reads it once more.
    "page": "dcf1fe0766dce332",
    "opened": "form:1xocE4:0nGx-a0F0FFYN9VoUTBk4837Gz5qNeK8Z1encoSC07g",
    "recipient": "be43f6ea32c966487073c080d6ed8bc4fefd69b59125ad44138b047173f61a77",
    "erased mailbox": "b6601b86b70df20bb4de4e2459d1d3188cb32ae8604254c937e6508531adc278",
    "erased person": "18d3917e9de68bf7ae44178e0ec1a736f023731bf1c2cc5d812872a6bdfb7d9f",
    "erased organization": "a5b1712b076c0693751d729f1c190590e62ac84219e2337b90378170e7dcb7d6",
    "network": "9e56fdb2688020f7d8d2b07be43733a5",
}


@pytest.fixture
def made(settings, monkeypatch):
    """Each value by what it is for, made with one key at one moment."""
    settings.SECRET_KEY = "a key for tests alone"
    settings.SECRET_KEY_FALLBACKS = []
    for module in (honeypot, previews):  # their signers took the key of this site
        again = type(module._signer)(salt=module._signer.salt)
        monkeypatch.setattr(module, "_signer", again)
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000)
    honeypot._stamp.cache_clear()
    row = {"pk": 7, "nonce": "nonce", "email_key": "ada@example.org"}
    signature, follower = Signature(**row, name="Ada Example"), Follower(**row)
    links = {
        f"signature {purpose}": tokens.make(signature, purpose) for purpose in tokens.LIFETIME
    } | {
        f"follower {purpose}": followers.make_token(follower, purpose)
        for purpose in followers.LIFETIME
    }
    yield links | {
        "preview": previews.token_of(PreviewLink(pk=7, key="key")),
        "mail stop": stops.make_token("ada@example.org", "statement:7"),
        "stopped mailbox": stops.key_of("ada@example.org"),
        "code": codes.code_of(signature),
        "page": confirmation.digest(signature),
        "opened": honeypot.opened_now(),
        "recipient": updates._is_first_of_mailbox(signature),
        "erased mailbox": erasures._hash("mailbox", "ada@example.org"),
        "erased person": erasures._name_hash("Ada Example", is_organization=False),
        "erased organization": erasures._name_hash("Ada Example", is_organization=True),
        "network": network.mark("198.51.100.1", day=date(2030, 1, 2), salt="salt"),
    }
    honeypot._stamp.cache_clear()


def test_values_stay(made):
    assert made == VALUES


def test_no_two_purposes_share_a_value(made):
    assert len(set(made.values())) == len(made)
