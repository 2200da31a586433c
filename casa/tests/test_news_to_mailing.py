"""News on a statement's screen leads whoever may mail it to its mailing, filled in."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from casa.accounts.testing import make_staff
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def login(client, role):
    user = make_staff(f"{role.lower()}@example.org")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)


@pytest.mark.medium
def test_an_update_leads_to_its_mailing(client):
    statement = make_edition().statement
    update = statement.updates.create(title="Handed over", body="<p>Today.</p>")
    screen = reverse("admin:statements_statement_part", args=[statement.pk, "after"])
    query = f"statement={statement.pk}&amp;update={update.pk}"
    link = f'{reverse("admin:signatories_updatemailing_add")}?{query}">Mail this to signers'
    login(client, "Editor")
    assert link in client.get(screen).text
    login(client, "Author")
    assert "Mail this to signers" not in client.get(screen).text
