"""A material correction asks those who signed in a language that changed, each once."""

import pytest

from casa.mail.models import OutgoingMail
from signatories.core import reconsent_questions
from signatories.mailings import correction_notices
from signatories.models import CorrectionMailing, Signature
from signatories.signing import confirmation
from signatories.testing import make_signature
from statements import lifecycle
from statements.models import Edition, StatementText
from statements.testing import make_draft, make_translated, rewrite
from statements.translations import Answer

pytestmark = pytest.mark.django_db

BAZAR = "<p>Şagirdlər orada bazar günləri oxuyur.</p>"


def correct(statement, *, answers=None, is_material=True, **bodies):
    for language, body in bodies.items():
        rewrite(statement, body, language=language)
    notes = {"en": "Sundays.", "az": "Bazar."}
    lifecycle.correct(
        statement, by=None, is_material=is_material, answers=answers,
        notes={language: notes[language] for language in bodies},
    )  # fmt: skip


def sign(statement, language, number=1, **fields):
    edition = Edition.objects.get(statement=statement, language=language, number=number)
    return make_signature(edition, f"Signer in {language}", language=language, **fields)


def told():
    """Whom the mails so far are to, oldest first."""
    correction_notices.notify_signers()
    keys = OutgoingMail.objects.filter(kind=correction_notices.KIND).order_by("pk")
    names = dict(Signature.objects.values_list("pk", "name"))
    return [names[mail.params["signature"]] for mail in keys]


@pytest.mark.medium
def test_who_signed_a_translation_is_asked_when_it_catches_up_and_not_before():
    statement = make_translated()
    english, azerbaijani = sign(statement, "en"), sign(statement, "az")
    correct(statement, en="<p>Sundays.</p>", answers={"az": Answer.KEPT})
    assert told() == ["Signer in en"]
    assert reconsent_questions.question_for(azerbaijani) is None
    correct(statement, az=BAZAR, is_material=False)  # the original's change was material
    assert told() == ["Signer in en", "Signer in az"]
    question = reconsent_questions.question_for(azerbaijani)
    assert (question.current.language, question.current.number) == ("az", 2)
    assert [(note.text, note.language) for note in question.notes] == [("Bazar.", "az")]
    assert reconsent_questions.question_for(english).current.language == "en"
    assert told() == ["Signer in en", "Signer in az"]


def test_a_translation_that_needs_no_change_asks_nobody():
    statement = make_translated()
    azerbaijani = sign(statement, "az")
    correct(statement, en="<p>Sundays.</p>", answers={"az": Answer.CONFIRMED})
    assert told() == []
    assert reconsent_questions.question_for(azerbaijani) is None


@pytest.mark.medium
def test_a_correction_of_a_translation_alone_asks_its_own_signers():
    statement = make_translated()
    sign(statement, "en")
    sign(statement, "az")
    correct(statement, az=BAZAR)
    assert told() == ["Signer in az"]


def test_words_that_are_read_again_are_asked_about_by_nobody():
    statement = make_translated(body="<p>Saturdays.</p>")
    english = sign(statement, "en")
    correct(statement, en="<p>Sundays.</p>")
    correct(statement, en="<p>Saturdays.</p>")
    assert reconsent_questions.question_for(english) is None


@pytest.mark.parametrize(("language", "asked"), [("az", False), ("en", True), ("fr", True)])
def test_whom_staff_placed_before_publication_is_asked_in_their_language(language, asked):
    statement = make_draft()
    StatementText.objects.create(statement=statement, language="az", title="A", body="<p>A</p>")
    lifecycle.publish(statement, by=None)
    placed = sign(statement, "en", lead_position=1)
    Signature.objects.filter(pk=placed.pk).update(edition=None, language=language)
    correct(statement, en="<p>Sundays.</p>", answers={"az": Answer.KEPT})
    assert bool(told()) == asked
    placed.refresh_from_db()
    assert (reconsent_questions.question_for(placed) is not None) == asked


@pytest.mark.medium
def test_who_confirms_late_is_asked_if_their_language_changed():
    statement = make_translated()
    late = [sign(statement, code, state=Signature.State.PENDING) for code in ("en", "az")]
    correct(statement, en="<p>Sundays.</p>", answers={"az": Answer.KEPT})
    assert told() == []
    for one in late:
        confirmation.confirm(one)
    assert told() == ["Signer in en"]


def test_a_mailing_from_before_languages_tells_all_and_is_not_begun_again():
    statement = make_translated()
    sign(statement, "en")
    sign(statement, "az")
    correct(statement, en="<p>Sundays.</p>", az=BAZAR)
    CorrectionMailing.objects.create(statement=statement, edition_number=2)
    assert sorted(told()) == ["Signer in az", "Signer in en"]
    assert CorrectionMailing.objects.get().language == ""
