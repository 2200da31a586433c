"""The form over HTTP: what a supporter gets back, whatever they send."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from casa.lib.testing import headers_of
from casa.mail.models import OutgoingMail
from signatories.models import HeldForm, Signature
from signatories.signing import held_forms
from signatories.signing.forms import SignForm
from signatories.testing import form_data, make_signature
from statements import lifecycle
from statements.models import Edition
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db


def address(edition):
    return reverse("signatories:sign", args=[edition.statement.slug])


@pytest.mark.medium
def test_a_person_signs(client):
    edition = make_edition()
    answer = client.post(address(edition), form_data(role="Teacher", city="Oslo"), follow=True)
    assert answer.status_code == 200
    assert "nora@example.org" in answer.text
    signature = Signature.objects.get()
    assert (signature.name, signature.role, signature.city) == ("Nora Lind", "Teacher", "Oslo")


@pytest.mark.medium
def test_an_organization_signs(client):
    edition = make_edition()
    data = form_data(
        kind="organization", organization="River Trust", website="river.example.org",
        role="Chair", authorized="on",
    )  # fmt: skip
    assert client.post(address(edition), data, follow=True).status_code == 200
    signature = Signature.objects.select_related("organization").get()
    assert signature.displayed_name == "River Trust"
    assert signature.organization.website == "https://river.example.org"


@pytest.fixture
def one_secret(monkeypatch):
    """The one thing that is random in every answer: the secret in the URL of the next page."""
    monkeypatch.setattr(held_forms, "secrets", SimpleNamespace(token_urlsafe=lambda n: "x" * 22))


@pytest.mark.medium
@pytest.mark.parametrize("state", ["pending", "confirmed", "hidden", "invalidated", "withdrawn"])
def test_the_answer_to_a_duplicate_is_byte_for_byte_that_to_a_new_one(client, state, one_secret):
    edition = make_edition()
    new = client.post(address(edition), form_data(email="old@example.org"), follow=True)
    Signature.objects.all().delete()
    HeldForm.objects.all().delete()
    make_signature(edition, email="old@example.org", state=state)
    OutgoingMail.objects.all().delete()
    duplicate = client.post(address(edition), form_data(email="old@example.org"), follow=True)
    assert duplicate.content == new.content
    assert "old@example.org" in new.text
    assert duplicate.status_code == new.status_code == 200
    assert headers_of(duplicate) == headers_of(new)
    assert duplicate.redirect_chain == new.redirect_chain
    assert OutgoingMail.objects.filter(to="old@example.org").exists()


BAD = [
    ({"name": ""}, "name", "Enter your name."),
    ({"name": "x" * 201}, "name", "Shorten this to 200 characters"),
    ({"name": "No\x00ra"}, "name", "invisible characters"),
    ({"name": "No\x07ra"}, "name", "invisible characters"),
    ({"name": "\u202earoN"}, "name", "invisible characters"),
    ({"name": "Win at https://elsewhere.example"}, "name", "leave out web and e-mail"),
    ({"email": "nora"}, "email", "such as name@example.org"),
    ({"email": '"\x01"@example.org'}, "email", "such as name@example.org"),
    ({"email": "nora@example.org\r\nBcc: all@example.org"}, "email", "such as name@"),
    ({"country": ""}, "country", "Choose your country."),
    ({"country": "XX"}, "country", "from the list"),
    ({"kind": "choir"}, "kind", "Select a valid choice"),
    ({"kind": "organization", "authorized": "on"}, "organization", "Enter the name of the"),
    ({"kind": "organization", "organization": "River Trust"}, "authorized", "Tick this"),
]


@pytest.mark.page
@pytest.mark.slow
def test_bad_input_gets_a_sentence_at_the_field_and_keeps_what_was_typed(client):
    edition = make_edition(ask_country="required")
    for bad, field, sentence in BAD:
        answer = client.post(address(edition), form_data(city="Tromsø") | bad)
        assert answer.status_code == 422, bad
        assert sentence in " ".join(answer.context["form"].errors[field]), bad
        assert sentence in answer.text, bad
        assert 'value="Tromsø"' in answer.text, bad
    assert not Signature.objects.exists()


@pytest.mark.medium
@pytest.mark.parametrize(
    "name",
    ["<b>Nora</b> & Co", "Nora 🌱 Lind", "O'Brien-ǧğ", "李小龙", "گل‌محمد", "{{ 7|add:7 }}"],
)
def test_unusual_names_are_kept_as_plain_text(client, name):
    edition = make_edition()
    assert client.post(address(edition), form_data(name=name), follow=True).status_code == 200
    signature = Signature.objects.get()
    assert signature.name == name
    signature.state = "pending"
    make_signature(edition, name)
    page = client.get(edition.statement.get_absolute_url())
    assert "<b>Nora</b>" not in page.text


@pytest.mark.medium
def test_what_was_left_in_the_fields_of_the_other_way_of_signing_does_not_matter(client):
    edition = make_edition()
    data = form_data(website="not an address", organization="x" * 999)
    assert client.post(address(edition), data, follow=True).status_code == 200
    signature = Signature.objects.get()
    assert signature.organization is None
    data = form_data(
        kind="organization", organization="River Trust", authorized="on", affiliation="x" * 999,
        name_withheld="on",
    )  # fmt: skip
    assert client.post(address(edition), data, follow=True).status_code == 200
    assert not Signature.objects.filter(name_withheld=True).exists()


def test_one_person_who_types_their_name_with_odd_spaces_and_decomposed_letters(client):
    edition = make_edition()
    client.post(address(edition), form_data(name="  Zoe\u0308   Lind "), follow=True)
    assert Signature.objects.get().name == "Zoë Lind"


@pytest.mark.page
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/page"},
    ],
)
def test_another_sites_form_is_refused(client, headers):
    edition = make_edition()
    answer = client.post(address(edition), form_data(), headers=headers, follow=True)
    assert answer.status_code == 403
    assert not Signature.objects.exists()


@pytest.mark.page
@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}],
)
def test_the_sites_own_form_and_programs_are_taken(client, headers):
    edition = make_edition()
    assert (
        client.post(address(edition), form_data(), headers=headers, follow=True).status_code == 200
    )


@pytest.mark.page
def test_a_closed_statement_says_so_and_keeps_what_was_typed(client):
    edition = make_edition()
    lifecycle.close(edition.statement, by=None)
    answer = client.post(address(edition), form_data(), follow=True)
    assert answer.status_code == 409
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_what_cannot_be_seen_cannot_be_signed(client):
    draft, withdrawn = make_draft("Draft"), make_edition("Withdrawn").statement
    lifecycle.withdraw(withdrawn, by=None)
    for statement, status in ((draft, 404), (withdrawn, 410)):
        url = reverse("signatories:sign", args=[statement.slug])
        assert client.post(url, form_data()).status_code == status
        assert client.get(url).status_code == status
    assert client.get("/sign/no-such-statement/").status_code == 404


@pytest.mark.medium
def test_a_signature_stands_under_the_edition_its_signer_saw(client):
    first = make_edition()
    statement = first.statement
    second = Edition.objects.create(
        statement=statement, number=2, language="en", title=first.title, body="<p>New words.</p>",
        sha256="2" * 64, published_at=first.published_at,
    )  # fmt: skip
    type(statement).objects.filter(pk=statement.pk).update(edition_number=2)
    for number, email in ((1, "a@example.org"), (2, "b@example.org"), (99, "c@example.org")):
        client.post(address(first), form_data(email=email, edition=number), follow=True)
    under = dict(Signature.objects.values_list("email", "edition"))
    assert under == {
        "a@example.org": first.pk, "b@example.org": second.pk, "c@example.org": second.pk,
    }  # fmt: skip


@pytest.mark.page
@pytest.mark.medium
def test_no_address_is_in_the_log(client, caplog):
    edition = make_edition()
    client.post(address(edition), form_data(), follow=True)
    client.post(address(edition), form_data(name=""), follow=True)
    assert "nora@example.org" not in caplog.text


@pytest.mark.medium
@pytest.mark.page
def test_a_form_that_bounced_leaves_no_trace_in_the_next(client):
    edition = make_edition(ask_city="required", minimum_age=16)
    before = [_traces(field) for field in SignForm.base_fields.values()]
    wrong = form_data(name="", email="no address", city="", opened="x")
    first = client.post(address(edition), wrong).text
    assert client.post(address(edition), wrong).text == first
    assert [_traces(field) for field in SignForm.base_fields.values()] == before


def _traces(field):
    sentences = {code: str(sentence) for code, sentence in field.error_messages.items()}
    return dict(field.widget.attrs), field.required, sentences


@pytest.mark.page
def test_lent_fields_clean_as_whole_copies_do():
    edition = make_edition(
        ask_city="required", ask_country="required", ask_region="optional", minimum_age=16
    )
    for data in (form_data(), form_data(name="x@y", city="Oslo"), {"kind": "organization"}):
        whole, lent = SignForm(edition, data), SignForm(edition, data, lent=True)
        assert lent.errors == whole.errors
        assert lent.cleaned_data == whole.cleaned_data
        lent.own_fields()
        assert str(lent["name"]) == str(whole["name"])
