"""One search over everything that staff may see: it finds that, and nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.lib.testing import assert_flat_queries
from casa.mail.models import OutgoingMail
from casa.office import roles
from casa.office.search import views as search
from casa.pages.models import SitePage
from signatories.leads import placement
from signatories.models import Signature
from signatories.parser import parse_block
from signatories.testing import (
    make_invitation,
    make_mailing,
    make_organization,
    make_round,
    make_signature,
)
from statements import lifecycle
from statements.models import Topic
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

AUTHOR, EDITOR, MODERATOR, ANALYST, ADMINISTRATOR = roles.ROLES
NOBODY = roles.Role("", "", "")
WORD = "zanzibarium"
ADDRESS = f"{WORD}@example.org"


def sign_in(client, role):
    user = make_staff(f"{role.name.lower() or 'plain'}@example.org")
    if role.name:
        user.groups.add(Group.objects.get(name=role.name))
    client.force_login(user)
    return user


def find(client, query, **more):
    """What is found, by kind."""
    answer = client.get(reverse("admin:search"), {"q": query, **more})
    assert answer.status_code == 200
    return {group.kind.name: group for group in answer.context["groups"]}


@pytest.fixture
def everything():
    """Something of each kind that has the word in it, and the same in a colleague's draft."""
    colleague = make_staff(f"{WORD}.colleague@example.org", name="Zanzibarium Cole")
    edition = make_edition(f"Keep the {WORD} open", by=colleague)
    statement = edition.statement
    draft = make_draft(f"A draft on the {WORD}", by=colleague)
    make_signature(edition, f"Nora {WORD}", email=ADDRESS)
    make_signature(edition, f"Withheld {WORD}", name_withheld=True)
    make_signature(edition, f"Pending {WORD}", state=Signature.State.PENDING)
    make_signature(edition, "Rep", organization=make_organization(f"Friends of the {WORD}"))
    placement.place(draft, parse_block([(1, f"Ada {WORD.title()}, Teacher, Leeds")]))
    for one in (statement, draft):
        one.updates.create(title=f"News of the {WORD}", body="<p>Read.</p>", language="en")
    mailing = make_mailing(statement, by=colleague)
    mailing.words.update(subject=f"The {WORD} stays")
    OutgoingMail.objects.create(kind="mail.test", to=ADDRESS, language="en", state="dead")
    Topic.objects.create().names.create(language="en", name=WORD.title())
    page = SitePage.objects.get_or_create(key=SitePage.Key.ABOUT)[0]
    page.texts.create(language="en", title="About", body=f"<p>We love the {WORD}.</p>")
    make_invitation(make_round(draft, by=colleague), f"Asked {WORD}")
    return {"draft": draft, "statement": statement}


READS_SIGNATURES = {EDITOR, MODERATOR, ANALYST, ADMINISTRATOR}
WHO = {
    "statements": set(roles.ROLES),
    "signatures": READS_SIGNATURES,
    "organizations": READS_SIGNATURES,
    "invitations": {EDITOR, ADMINISTRATOR},
    "news": set(roles.ROLES),
    "mailings": {EDITOR, ADMINISTRATOR},
    "mails": {EDITOR, MODERATOR, ADMINISTRATOR},
    "topics": set(roles.ROLES),
    "pages": {EDITOR, ADMINISTRATOR},
    "colleagues": {ADMINISTRATOR},
    "help": {*roles.ROLES, NOBODY},
}
SEES_DRAFTS = {EDITOR, ADMINISTRATOR}
SEES_ADDRESSES = {MODERATOR, ADMINISTRATOR}


def test_every_kind_has_a_decision():
    assert {kind.name for kind in search.KINDS} == set(WHO)


@pytest.mark.slow
@pytest.mark.parametrize("role", [*roles.ROLES, NOBODY], ids=lambda role: role.name or "none")
def test_each_role_finds_what_it_may_see_and_nothing_else(client, everything, role):
    sign_in(client, role)
    found = find(client, WORD)
    by_address = find(client, ADDRESS)
    in_help = find(client, "embargo")
    names = set(found) | ({"mails"} & set(by_address)) | ({"help"} & set(in_help))
    assert names == {name for name, may in WHO.items() if role in may}
    # What is found opens for whoever finds it.
    for group in (*found.values(), *by_address.values(), *in_help.values()):
        for one in group.found:
            answer = client.get(one.url)
            assert answer.status_code == 200, (role.name, one.url)
        if group.list_url:
            assert client.get(group.list_url).status_code == 200
    shown = str([group.found for group in found.values()])
    assert ("A draft on the" in shown) == (role in SEES_DRAFTS)
    assert ("Ada" in shown) == (role in SEES_DRAFTS)
    assert found["news"].number == (2 if role in SEES_DRAFTS else 1) if "news" in found else True
    # An address finds its signature for those alone who may see addresses.
    assert ("signatures" in by_address) == (role in SEES_ADDRESSES)
    assert ADDRESS not in str(found)
    if "signatures" in found:
        expected = 5 if role in SEES_DRAFTS else 4
        assert found["signatures"].number == expected


def test_nobody_searches_who_has_not_signed_in(client):
    assert client.get(reverse("admin:search"), {"q": WORD}).status_code == 302


@pytest.fixture
def editor(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.mark.medium
def test_statements_are_found_by_their_working_copy_and_by_their_editions(client, editor):
    statement = make_edition("Keep the reading room open").statement
    statement.texts.get().delete()
    statement.texts.create(language="en", title="Another title", body="<p>Büsche am Ufer</p>")
    group = find(client, "busche ufer")["statements"]
    assert "<mark>Büsche</mark>" in group.found[0].passages[0]
    in_edition = find(client, "pupils saturdays")["statements"]
    assert "edition 1" in in_edition.found[0].note
    assert "statements" not in find(client, "usche")  # no word begins so
    text = statement.texts.get()
    text.body = "<p>Quay</p>"
    text.save(update_fields=["body"])
    assert "statements" in find(client, "quay")
    assert "statements" not in find(client, "ufer")


@pytest.mark.medium
def test_names_are_found_in_every_state_and_spelling(client, editor):
    edition = make_edition()
    for state in Signature.State.values:
        make_signature(edition, "Zəfər Quliyev", state=state, affiliation="Xəzər Məktəbi")
    make_signature(edition, "Zəfər O’Brien")
    assert find(client, "zefer quliyev")["signatures"].number == 5
    assert find(client, "QULİYEV")["signatures"].number == 5
    assert find(client, "obrien")["signatures"].number == 1
    assert find(client, "xəzər")["signatures"].number == 5
    assert find(client, "xezer")["signatures"].number == 1  # of what is public
    organization = make_organization("River Trust")
    organization.aliases.create(name="Çay Fondu")
    make_signature(edition, "Rep Resentative", organization=organization)
    assert find(client, "cay fondu")["signatures"].number == 1
    assert find(client, "cay fondu")["organizations"].found[0].note.endswith("Çay Fondu")
    assert find(client, "resentative")["signatures"].number == 1


@pytest.mark.medium
def test_an_erased_or_corrected_name_is_found_no_more(client, editor):
    signature = make_signature(make_edition(), "Nora Lind")
    signature.name = "Mara Berg"
    signature.save()
    assert "signatures" not in find(client, "lind")
    assert "signatures" in find(client, "mara")


@pytest.mark.medium
def test_what_is_no_word_finds_no_names(client, editor):
    make_signature(make_edition(), "Nora Lind")
    for query in ("", " ", "a", "%", "_", "'", "\\", "@", "a@", "' OR 1=1 --"):
        assert "signatures" not in find(client, query), query


@pytest.mark.medium
def test_hostile_words_get_a_page(client, editor):
    make_signature(make_edition(), "Nora Lind")
    for query in ("ab'cd", "a:* | b", "<script>x</script>", "x" * 5000, "İ" * 300):
        answer = client.get(reverse("admin:search"), {"q": query})
        assert answer.status_code == 200, query
        assert "<script>x" not in answer.text


@pytest.mark.medium
def test_nothing_found_and_nothing_asked_are_said(client, editor):
    url = reverse("admin:search")
    assert "Type into the box" in client.get(url).text
    assert "at least two letters" in client.get(url, {"q": "a"}).text
    answer = client.get(url, {"q": "qqqq <b>"})
    assert "Nothing was found for “qqqq &lt;b&gt;”" in answer.text
    assert 'value="qqqq &lt;b&gt;"' in answer.text
    assert client.post(url).status_code == 405


@pytest.mark.medium
def test_many_of_a_kind_are_counted_and_shown_in_part(client, editor):
    for number in range(search.SHOWN + 3):
        make_edition(f"Bench number {number}")
    group = find(client, "bench")["statements"]
    assert (group.number, len(group.found)) == (search.SHOWN + 3, search.SHOWN)
    alone = client.get(group.all_url)
    assert [len(one.found) for one in alone.context["groups"]] == [search.SHOWN + 3]
    assert find(client, "bench", kind="nonsense")["statements"].number == search.SHOWN + 3


@pytest.mark.medium
def test_the_box_stands_on_every_page_and_works_as_a_form(client, editor):
    for name in ("index", "how_we_publish", "statements_statement_changelist", "password_change"):
        text = client.get(reverse(f"admin:{name}")).text
        assert f'action="{reverse("admin:search")}"' in text, name
        assert 'name="q"' in text
    client.logout()
    assert "office-search" not in client.get(reverse("admin:login")).text


@pytest.mark.medium
def test_a_search_costs_the_same_for_one_and_for_three(client, editor):
    def add(number):
        edition = make_edition(f"Bench {number}", by=editor)
        make_signature(edition, "Bench Lind")
        make_signature(edition, "Rep", organization=make_organization(f"Bench {number}"))
        edition.statement.updates.create(title="Bench", body="<p>x</p>", language="en")
        make_mailing(edition.statement, by=editor).words.update(subject="Bench")
        Topic.objects.create().names.create(language="en", name=f"Bench {number}")

    assert_flat_queries(add, lambda rows: find(client, "bench"))


@pytest.mark.medium
def test_the_list_of_signatures_finds_the_same(client, editor):
    edition = make_edition()
    make_signature(edition, "Nora Lind")
    make_signature(edition, "Nora Berg", state=Signature.State.HIDDEN)
    url = reverse("admin:signatories_signature_changelist")
    shown = client.get(url, {"q": "nora", "state__exact": "hidden"}).context["cl"].result_list
    assert [one.name for one in shown] == ["Nora Berg"]
    group = find(client, "nora")["signatures"]
    assert client.get(group.list_url).context["cl"].result_count == group.number == 2


@pytest.mark.medium
def test_withdrawn_words_are_found_by_staff(client, editor):
    statement = make_edition("Keep the bench").statement
    lifecycle.withdraw(statement, by=editor)
    assert find(client, "bench")["statements"].found[0].note.startswith("Withdrawn")
