"""After confirming: the signer's number, and links to pass on that ask no network for anything."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import conditional_escape

from casa.lib.moments.words import last_moment_in_words
from signatories.core import referrals
from signatories.models import Signature
from signatories.signing import thanks
from signatories.testing import make_organization, make_signature, press_confirm
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def confirmed_page(client, signature):
    return press_confirm(client, signature).text


@pytest.mark.medium
def test_people_and_organizations_have_numbers_of_their_own(client):
    edition = make_edition()
    make_signature(edition)
    make_signature(edition, organization=make_organization("Harbour Choir"))
    person = make_signature(edition, state="pending")
    trust = make_signature(edition, organization=make_organization(), state="pending")
    assert "person no. 2" in confirmed_page(client, person)
    assert "organization no. 2" in confirmed_page(client, trust)


@pytest.mark.medium
def test_the_number_stays_when_others_come_and_go(client):
    edition = make_edition()
    first, second = (make_signature(edition, state="pending") for _ in range(2))
    confirmed_page(client, first)
    confirmed_page(client, second)
    assert "person no. 1 " in confirmed_page(client, first)


def test_whoever_waits_for_a_check_has_no_number_yet(client):
    edition = make_edition(premoderated=True)
    signature = make_signature(edition, state="pending", approved=False)
    assert "person no." not in confirmed_page(client, signature)


@pytest.mark.medium
def test_the_links_carry_a_code_and_nothing_of_the_signer(client):
    signature = make_signature(make_edition(), "Nora Lind", state="pending")
    page = confirmed_page(client, signature)
    signature.refresh_from_db()
    assert re.fullmatch("[A-Za-z0-9_-]{12}", signature.share_code)
    links = re.findall(r'href="((?:https|mailto:)[^"]*)"', page.split("site-footer")[0])
    assert len(links) == 7
    for link in links:
        assert f"via%3D{signature.share_code}" in link
        assert "Lind" not in link
    assert "<iframe" not in page
    assert not re.findall(r'(?:src|<link[^>]+href)="(?:https?:)?//', page)


def test_two_signers_have_two_codes():
    assert referrals.new_code() != referrals.new_code()


def test_the_title_cannot_break_out_of_a_link(client):
    signature = make_signature(make_edition('A "quoted" & <odd> title'), state="pending")
    page = confirmed_page(client, signature)
    assert "<odd>" not in page
    assert "%22quoted%22%20%26%20%3Codd%3E" in page


def test_a_signature_is_stored_without_a_code_until_it_counts():
    make_signature(make_edition(), state="pending")
    assert Signature.objects.get().share_code == ""


OWN = ("Nora Lind", "Bridge Keeper", "Gent", "lind@example.org", "manage")


@pytest.mark.medium
def test_what_is_kept_of_the_page_holds_nothing_of_a_signer(client, settings, monkeypatch):
    settings.WELCOME_MAIL = False  # so that the private link is on the page
    made, make = [], thanks._made

    def remembered(*given):
        made.append(make(*given))
        return made[-1]

    monkeypatch.setattr(thanks, "_made", remembered)
    signature = make_signature(
        make_edition(), "Nora Lind", state="pending", role="Bridge Keeper", city="Gent",
        email="lind@example.org",
    )  # fmt: skip
    page = confirmed_page(client, signature)
    signature.refresh_from_db()
    assert "Nora Lind" in page
    assert f"via={signature.share_code}" in page
    [kept] = made
    for own in (*OWN, signature.share_code, signature.nonce):
        assert own not in "".join(kept.pieces)


@pytest.mark.medium
def test_each_signer_gets_their_own_page_of_what_is_kept(client):
    edition = make_edition()
    names = ["Nora <Lind>", "Emil Berg", "Leyla & Co"]
    made = [make_signature(edition, name, state="pending") for name in names]
    pages = [confirmed_page(client, one) for one in made]
    for number, (page, one) in enumerate(zip(pages, made, strict=True), start=1):
        one.refresh_from_db()
        assert f"person no. {number} to sign" in page
        assert f"signed by {number}\u00a0pe" in page
        assert f"<bdi>{conditional_escape(one.name)}</bdi>" in page
        assert f"via={one.share_code}" in page
        others = [other for other in made if other is not one]
        assert not any(conditional_escape(other.name) in page for other in others)


@pytest.mark.medium
def test_a_changed_statement_makes_the_page_anew(client):
    edition = make_edition()
    confirmed_page(client, make_signature(edition, state="pending"))
    closes = timezone.now() + timedelta(days=3)
    type(edition.statement).objects.filter(pk=edition.statement_id).update(
        signing_closes_at=closes, changed_at=timezone.now()
    )
    later = make_signature(edition, state="pending")
    assert last_moment_in_words(closes) in confirmed_page(client, later)
