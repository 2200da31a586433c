"""The sign form asks what staff chose for the statement, and takes nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from casa.lib import regions
from signatories.models import Signature
from signatories.signing import questions
from signatories.signing.forms import SignForm
from signatories.testing import form_data
from statements.models import ConsentText, Statement
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

DETAILS = ("role", "affiliation", "city", "country", "region", "postal_code", "comment")
ANSWERS = {
    "role": "Teacher", "affiliation": "Night School", "city": "Albany", "country": "US",
    "region": "US-NY", "postal_code": "12201", "comment": "Please.\r\nThank you.",
}  # fmt: skip


def asking_all(ask, **fields):
    return make_edition(**{f"ask_{name}": ask for name in DETAILS}, **fields)


def post(client, edition, **fields):
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), fields, follow=True
    )


def errors(answer):
    return {name: " ".join(found) for name, found in answer.context["form"].errors.items()}


LEAST = {"kind": "person", "name": "Nora Lind", "email": "nora@example.org"}


@pytest.mark.medium
def test_nothing_but_name_and_address_where_nothing_is_asked(client):
    edition = asking_all("no", may_withhold=False)
    page = client.get(reverse("signatories:sign", args=[edition.statement.slug])).text
    for name in (*DETAILS, "name_withheld", "of_age"):
        assert f'name="{name}"' not in page
    assert post(client, edition, **LEAST, **ANSWERS, name_withheld="on").status_code == 200
    signature = Signature.objects.get()
    assert not any(getattr(signature, name) for name in DETAILS)
    assert signature.name_withheld is False


@pytest.mark.medium
def test_what_is_optional_says_so_and_may_be_left_out(client):
    edition = asking_all("optional")
    page = client.get(reverse("signatories:sign", args=[edition.statement.slug])).text
    assert page.count("(optional)") == len(DETAILS) + 2  # and an organization's website and logo
    assert post(client, edition, **LEAST).status_code == 200


@pytest.mark.medium
def test_what_is_given_is_kept(client):
    assert post(client, asking_all("required"), **LEAST, **ANSWERS).status_code == 200
    signature = Signature.objects.get()
    assert signature.place == "Albany, NY"
    assert (signature.postal_code, signature.comment) == ("12201", "Please.\nThank you.")


@pytest.mark.medium
def test_what_is_required_is_asked_for_in_a_sentence_of_its_own(client):
    edition = asking_all("required")
    for missing in DETAILS:
        answer = post(client, edition, **LEAST, **ANSWERS | {missing: ""})
        assert answer.status_code == 422, missing
        assert errors(answer)[missing] == str(questions.SENTENCES[missing])
        assert f'id="sign-{missing}_error"' in answer.text
        assert f'href="#sign-{missing}"' in answer.text
        assert "Thank you." in answer.text or missing == "comment"


@pytest.mark.medium
def test_an_organization_is_not_asked_for_what_people_are(client):
    edition = asking_all("required")
    data = LEAST | ANSWERS | {
        "kind": "organization", "organization": "River Trust", "authorized": "on",
        "affiliation": "",
    }  # fmt: skip
    assert post(client, edition, **data).status_code == 200
    assert Signature.objects.get().role == "Teacher"


# Regions


@pytest.mark.medium
@pytest.mark.parametrize(
    ("country", "region", "kept"),
    [
        ("US", "US-NY", ("NY", "US")),
        ("", "CA-ON", ("ON", "CA")),  # a region tells its country
        ("MX", "MX-OAX", ("Oaxaca", "MX")),
        ("IT", "IT-AO", ("AO", "IT")),
        ("NO", "", ("", "NO")),
    ],
)
def test_a_region_is_kept_as_addresses_have_it(client, country, region, kept):
    edition = make_edition(ask_region="required", ask_country="optional")
    answer = post(client, edition, **LEAST, country=country, region=region)
    assert answer.status_code == 200, errors(answer)
    signature = Signature.objects.get()
    assert (signature.region, signature.country) == kept


@pytest.mark.medium
@pytest.mark.parametrize(
    ("country", "region", "sentence"),
    [
        ("NO", "US-NY", "New York is not in Norway"),
        ("CA", "US-NY", "New York is not in Canada"),
        ("US", "US-XX", "from the list"),
        ("US", "", "Choose your state or region."),
        ("US", "NY", "from the list"),
    ],
)
def test_a_region_that_does_not_fit_is_refused_at_its_field(client, country, region, sentence):
    edition = make_edition(ask_region="required", ask_country="required")
    answer = post(client, edition, **LEAST, country=country, region=region)
    assert answer.status_code == 422
    assert sentence in errors(answer)["region"]


def test_regions_are_few_named_as_people_do_and_only_where_they_are_asked(client):
    assert regions.of_country("IN")["IN-BR"] == "Bihar"
    assert regions.of_country("ES")["ES-B"] == "Barcelona"
    assert not regions.of_country("NO")
    assert sum(len(regions.of_country(code)) for code in regions.COUNTRIES) < 600
    without = make_edition()
    page = client.get(reverse("signatories:sign", args=[without.statement.slug])).text
    assert "US-NY" not in page


def test_every_region_fits_its_column():
    for country in regions.COUNTRIES:
        assert regions.of_country(country)
        for code in regions.of_country(country):
            assert 0 < len(regions.in_address(code)) <= 60


# Postal code, comment, age, withholding


@pytest.mark.medium
@pytest.mark.parametrize("code", ["SW1A 1AA", "110-0001", "AZ1000", "75008"])
def test_postal_codes_of_any_country_are_taken(client, code):
    edition = make_edition(ask_postal_code="required")
    assert post(client, edition, **form_data(postal_code=code.lower())).status_code == 200
    assert Signature.objects.get().postal_code == code


@pytest.mark.medium
@pytest.mark.parametrize("code", ["#12", "=1+1", "-1", "1" * 21, "1\x002", "12_34"])
def test_what_cannot_be_a_postal_code_is_refused(client, code):
    edition = make_edition(ask_postal_code="optional")
    answer = post(client, edition, **form_data(postal_code=code))
    assert set(errors(answer)) == {"postal_code"}


@pytest.mark.medium
@pytest.mark.parametrize(
    ("comment", "sentence"),
    [("x" * 1001, "Shorten this by 1 character."), ("a\x07b", "invisible characters")],
)
def test_a_comment_is_plain_text_of_some_length(client, comment, sentence):
    edition = make_edition(ask_comment="optional")
    assert sentence in errors(post(client, edition, **form_data(comment=comment)))["comment"]
    lines = "x" * 498 + "\r\n\r\n" + "y" * 500  # counted as the browser counts
    assert post(client, edition, **form_data(comment=lines)).status_code == 200


@pytest.mark.medium
def test_the_age_that_was_declared_is_kept(client):
    edition = make_edition(minimum_age=16)
    answer = post(client, edition, **form_data())
    assert "at least 16 years old" in errors(answer)["of_age"]
    # Ticked on a page that asked for less:
    assert post(client, edition, **form_data(of_age="14")).status_code == 422
    again = post(client, edition, **form_data(of_age="16", name=""))
    assert 'name="of_age" value="16" ' in again.text.replace("\n", " ")
    assert "checked" in again.text.split('name="of_age"')[1].split(">")[0]
    assert post(client, edition, **form_data(of_age="16")).status_code == 200
    assert Signature.objects.get().declared_age == 16


@pytest.mark.medium
def test_radio_and_ticks_survive_an_error(client):
    edition = make_edition()
    data = form_data(kind="organization", name="", authorized="on", wants_updates="on")
    form = post(client, edition, **data).context["form"]
    for name in ("authorized", "wants_updates"):
        assert "checked" in str(form[name])
    assert "checked" in str(list(form["kind"])[1])


# Consent


@pytest.mark.medium
def test_the_statements_own_sentence_is_shown_and_kept_in_the_readers_language(client):
    edition = make_edition()
    for language, text in (("en", "I agree & sign."), ("az", "Razıyam.")):
        ConsentText.objects.create(
            statement=edition.statement, language=language, text=text, in_place=True
        )
    page = client.get(reverse("signatories:sign", args=[edition.statement.slug]))
    assert "I agree &amp; sign." in page.text
    assert post(client, edition, **form_data()).status_code == 200
    assert Signature.objects.get().consent.text == "I agree & sign."
    with translation.override("az"):
        assert questions.consent_sentence(edition.statement) == "Razıyam."


@pytest.mark.medium
def test_own_words_may_stand_after_the_sites_sentence_and_both_are_kept(client):
    edition = make_edition()
    ConsentText.objects.create(
        statement=edition.statement, language="en", text="Names go to the council in June."
    )
    both = questions.consent_sentence(edition.statement)
    sites = questions.sites_consent_sentence(edition.statement)
    assert both == f"{sites} Names go to the council in June."
    assert post(client, edition, **form_data()).status_code == 200
    assert Signature.objects.get().consent.text == both
    assert questions.owner_consent(edition.statement).endswith("council in June.")


def test_a_reader_of_another_language_gets_the_sites_sentence_in_it():
    statement = make_edition().statement
    ConsentText.objects.create(statement=statement, language="en", text="I agree.")
    with translation.override("az"):
        assert questions.consent_sentence(statement) == questions.sites_consent_sentence(statement)


@pytest.mark.medium
def test_nobody_agrees_to_a_sentence_they_did_not_see(client):
    edition = make_edition()
    seen = SignForm(edition).initial["agreed"]
    ConsentText.objects.create(
        statement=edition.statement, language="en", text="All is shown.", in_place=True
    )
    answer = post(client, edition, **form_data(agreed=seen))
    assert answer.status_code == 422
    assert 'href="#sign-consent"' in answer.text
    assert "All is shown." in answer.text
    assert not Signature.objects.exists()
    seen = SignForm(edition).initial["agreed"]
    assert f'value="{seen}"' in answer.text
    assert post(client, edition, **form_data(agreed=seen)).status_code == 200


@pytest.mark.medium
def test_the_form_that_is_kept_changes_with_the_options(client):
    edition = make_edition()
    url = reverse("signatories:sign", args=[edition.statement.slug])
    assert 'name="comment"' not in client.get(url).text
    Statement.objects.update(ask_comment="required", changed_at=timezone.now())
    assert 'name="comment"' in client.get(url).text
