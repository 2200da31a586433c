"""No line breaks between a number and its noun, wherever visitors read one."""

import re
from pathlib import Path

import pytest
from django.utils.html import strip_tags

from casa.tests.test_leaks import addresses, body_of
from signatories.testing import make_organization, make_paper, make_signature
from statements import lifecycle
from statements.models import Edition
from statements.testing import make_translated, make_user, rewrite
from statements.translations import Answer

pytestmark = pytest.mark.page

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NOT_READ_HERE = "admin", "emails", "accounts", "mail"
COUNTED = re.compile(r"\{% blocktranslate(?=[^%]* count )")
NOUNS = "person|people|organizations?|signatures?|statements?|others?|names?|nəfər|təşkilat|imza"
PARTED = re.compile(rf"\d (?:{NOUNS})\b.{{0,20}}")


def test_templates_that_count_keep_both_together():
    for template in TEMPLATES.rglob("*.html"):
        if template.relative_to(TEMPLATES).parts[0] in NOT_READ_HERE:
            continue
        text = template.read_text("utf-8")
        for counted in COUNTED.finditer(text):
            assert text[: counted.start()].endswith("{% filter unparted %}"), template


@pytest.fixture
def statement():
    """Corrected, translated, with a goal, names on paper and some of each kind."""
    made = make_translated()
    made.goal = 1_500
    made.save()
    original = Edition.objects.get(statement=made, language="en")
    for number in range(8):
        make_signature(original, f"Nora {number} Lind")
        make_signature(original, organization=make_organization(f"River Trust {number}"))
    make_signature(original, name_withheld=True)
    make_paper(made, by=make_user(), number=1_240)
    rewrite(made, "<p>Pupils learn there on Sundays.</p>")
    lifecycle.correct(made, by=None, note="Sundays.", is_material=True, answers={"az": Answer.KEPT})
    return made


@pytest.mark.slow
@pytest.mark.django_db
def test_pages_keep_both_together(client, statement):
    told = 0
    for address in sorted(addresses([statement])):
        for url in (address, f"/az{address}"):
            answer = client.get(url)
            if "html" not in answer.get("Content-Type", "") or answer.status_code != 200:
                continue
            text = strip_tags(body_of(answer).decode())
            assert not PARTED.findall(text), url
            told += "9\u00a0people" in text or "9\u00a0nəfər" in text
    assert told > 8
