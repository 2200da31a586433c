"""Each role on each address of the back office. The addresses come from the URL configuration,
so one that nobody has decided on fails here, by name.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.appearance import publishing
from casa.appearance.testing import make_logo, make_public
from casa.lib import office_errors
from casa.lib.concurrent_edits.testing import opened_with
from casa.mail.models import OutgoingMail
from casa.office import roles
from casa.pages.models import SitePage
from casa.pages.testing import make_page
from signatories.models import (
    AccessRule,
    AddresseeMailing,
    DataRequest,
    ExportLog,
    LogoUpload,
    OwnerMailing,
    Packet,
    ProtectedName,
)
from signatories.moderation import decisions_on_many
from signatories.moderation.criteria import Criteria
from signatories.organizations import merging
from signatories.self_service import data_requests
from signatories.testing import (
    make_batch,
    make_invitation,
    make_mailing,
    make_organization,
    make_paper,
    make_round,
    make_signature,
)
from statements.admin.actions import ACTIONS
from statements.models import FrontPageLead, SigningPause, Statement, Topic
from statements.testing import (
    make_answer,
    make_draft,
    make_edition,
    make_lead_picture,
    make_picture,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]

# Who asks: the roles, a member of staff without any, and somebody who has not signed in.
AUTHOR, EDITOR, MODERATOR = roles.AUTHOR.name, roles.EDITOR.name, roles.MODERATOR.name
ANALYST, ADMINISTRATOR = roles.ANALYST.name, roles.ADMINISTRATOR.name
PLAIN, ANONYMOUS = "staff without a role", "nobody"
ALL_ROLES = {role.name for role in roles.ROLES}
STAFF = ALL_ROLES | {PLAIN}
EVERYBODY = STAFF | {ANONYMOUS}
NOBODY: set[str] = set()
WRITERS = {AUTHOR, EDITOR, ADMINISTRATOR}
EDITORS = {EDITOR, ADMINISTRATOR}
MODERATORS = {MODERATOR, ADMINISTRATOR}
READERS = {EDITOR, MODERATOR, ANALYST, ADMINISTRATOR}  # of signatures and organizations
ADMINISTRATORS = {ADMINISTRATOR}
IMPORTERS = {EDITOR, MODERATOR, ADMINISTRATOR}


def model(name, *, see, add=NOBODY, change=None, delete=NOBODY):
    """Django's own pages of a model. Its change page opens for whoever may see it."""
    return {
        f"{name}_changelist": see,
        f"{name}_history": see if change is None else change,
        f"{name}_change": see if change is None else change,
        f"{name}_add": add,
        f"{name}_delete": delete,
    }


# By the name of the address, or its route where it has none. A statement is a colleague's draft.
DECISIONS = {
    # Signing in. The second step alone leads back to the first.
    "login": {ANONYMOUS}, "login_code": NOBODY, "logout": STAFF,
    "password_reset": EVERYBODY, "password_reset_done": EVERYBODY,
    "password_reset_confirm": EVERYBODY, "password_reset_complete": EVERYBODY,
    "unsaved": STAFF, "unsaved_keep": STAFF, "session": EVERYBODY, "signed_in": STAFF,
    "second_factor": STAFF, "password_change": STAFF, "password_change_done": STAFF,
    # Around the work.
    "my_mails": STAFF, "search": STAFF, "operations": ADMINISTRATORS,
    "retention": EDITORS, "retention_record": EDITORS, "retention_statement": EDITORS,
    "report": EDITORS, "report_file": EDITORS,
    "letters": MODERATORS, "letters_new": MODERATORS, "letter": MODERATORS,
    "letter_scan": MODERATORS,
    "index": STAFF, "how_we_publish": STAFF, "jsi18n": STAFF, "view_on_site": STAFF,
    "app_list": ALL_ROLES,
    "autocomplete": NOBODY,  # no field offers it
    "(?P<url>.*)$": NOBODY,  # anything else is not found
    # Statements.
    **model("statements_statement", see=ALL_ROLES, add=WRITERS, change=EDITORS, delete=EDITORS),
    "statements_statement_history_export": EDITORS,
    "statements_statement_action": EDITORS,
    "statements_statement_correct": EDITORS,
    "statements_statement_check_links": EDITORS,
    "statements_statement_comment": EDITORS,
    "statements_statement_copy": EDITORS,
    "statements_statement_part": EDITORS,
    "statements_statement_pause": EDITORS,
    "statements_statement_answers": EDITORS,
    **model("statements_addresseeanswer", see=EDITORS),
    "statements_statement_file": EDITORS,  # of a colleague's draft
    "statements_statement_thumbnail": EDITORS,
    "statements_statement_old_file": EDITORS,
    "statements_statement_lead_picture": EDITORS,
    "statements_statement_old_picture": EDITORS,
    "statements_statement_picture_size": EDITORS,
    "pasted": WRITERS,
    "statements_statement_previews": EDITORS,
    "statements_statement_preview": EDITORS,
    "statements_statement_preview_page": EDITORS,
    "statements_statement_preview_picture": EDITORS,
    **model("statements_edition", see=ALL_ROLES),
    **model("statements_topic", see=ALL_ROLES, add=EDITORS, delete=EDITORS),
    **model("statements_signingpause", see=EDITORS),
    **model("statements_frontpagelead", see=EDITORS),
    # Signatures and organizations.
    **model("signatories_signature", see=READERS),
    "signatories_signature_decide": MODERATORS,
    "signatories_signature_lead": EDITORS | MODERATORS,
    "signatories_signature_leads": EDITORS,  # of a colleague's draft
    "signatories_signature_referrers": EDITORS,
    "signatories_signature_answers": EDITORS,
    "signatories_signature_export": {MODERATOR, ANALYST, ADMINISTRATOR},
    "signatories_signature_counts": READERS,
    **model("signatories_organization", see=READERS, add=MODERATORS, delete=MODERATORS),
    "signatories_organization_decide": MODERATORS,
    "signatories_organization_merge": MODERATORS,
    "signatories_organization_likely": MODERATORS,
    "signatories_organization_moved": MODERATORS,
    "signatories_organization_split": MODERATORS,
    **model("signatories_decision", see=MODERATORS),
    "signatories_decision_invalidation": MODERATORS,
    "signatories_decision_queue": MODERATORS,
    **model("signatories_protectedname", see=MODERATORS, add=MODERATORS, delete=MODERATORS),
    **model("signatories_accessrule", see=MODERATORS, add=MODERATORS, delete=MODERATORS),
    "signatories_decision_criteria": MODERATORS,
    "signatories_decision_progress": MODERATORS,
    # Imports of names.
    **model("signatories_importbatch", see=IMPORTERS),
    "signatories_importbatch_new": IMPORTERS,
    "signatories_importbatch_one": IMPORTERS,
    "signatories_importbatch_release": EDITORS,  # it makes a draft
    "signatories_importbatch_review": IMPORTERS,
    "signatories_importbatch_apply": IMPORTERS,
    "signatories_importbatch_close": IMPORTERS,
    "signatories_importbatch_again": IMPORTERS,
    "signatories_importbatch_undo": IMPORTERS,
    "signatories_importbatch_proof": MODERATORS,
    **model("signatories_logoupload", see=MODERATORS),
    "signatories_logoupload_new": MODERATORS,
    "signatories_logoupload_review": MODERATORS,
    **model("signatories_ownermailing", see=IMPORTERS),
    "signatories_ownermailing_new": IMPORTERS,
    "signatories_ownermailing_show": IMPORTERS,
    **model("signatories_addresseemailing", see=EDITORS),
    "signatories_addresseemailing_show": EDITORS,
    "signatories_addresseemailing_html": EDITORS,
    "signatories_addresseemailing_stop_all": EDITORS,
    # Signatures on paper.
    **model("signatories_papercount", see=IMPORTERS),
    "signatories_papercount_new": IMPORTERS,
    "signatories_papercount_show": IMPORTERS,
    "signatories_papercount_correct": IMPORTERS,
    "signatories_papercount_withdraw": IMPORTERS,
    "signatories_papercount_sheet": MODERATORS,  # it holds names
    "signatories_papercount_remove": IMPORTERS,
    **model("signatories_packet", see=IMPORTERS),
    "signatories_packet_new": IMPORTERS,
    "signatories_packet_show": IMPORTERS,
    "signatories_packet_archive": IMPORTERS,
    **model("signatories_exportlog", see=ADMINISTRATORS),
    **model("pages_sitepage", see=EDITORS),
    **model("pages_freepage", see=EDITORS, add=EDITORS, delete=EDITORS),
    "pages_freepage_preview": EDITORS,
    "pages_freepage_publish": EDITORS,
    "pages_freepage_take_back": EDITORS,
    # How the site looks.
    **model("appearance_appearance", see=EDITORS),
    "appearance_appearance_preview": EDITORS,
    "appearance_appearance_preview_page": EDITORS,
    "appearance_appearance_picture": EDITORS,
    "appearance_appearance_publish": EDITORS,
    "appearance_appearance_restore": EDITORS,
    # News by mail: an editor speaks for the coalition.
    **model("signatories_updatemailing", see=EDITORS, add=EDITORS, delete=EDITORS),
    "signatories_updatemailing_send": EDITORS,
    "signatories_updatemailing_confirm": EDITORS,
    "signatories_updatemailing_html": EDITORS,
    # Asking to sign first; of a colleague's draft.
    **model("signatories_invitationround", see=EDITORS, add=EDITORS, delete=EDITORS),
    **dict.fromkeys(
        (
            "signatories_invitationround_people", "signatories_invitationround_add_people",
            "signatories_invitationround_add_one", "signatories_invitationround_person",
            "signatories_invitationround_send", "signatories_invitationround_stop",
            "signatories_invitationround_mail", "signatories_invitationround_mail_html",
            "signatories_invitationround_csv", "signatories_invitationround_end",
        ),
        EDITORS,
    ),
    # The office.
    **model("mail_outgoingmail", see={EDITOR, MODERATOR, ADMINISTRATOR}),
    "mail_outgoingmail_samples": {EDITOR, MODERATOR, ADMINISTRATOR},
    "mail_outgoingmail_sample_html": {EDITOR, MODERATOR, ADMINISTRATOR},
    **model("accounts_user", see=ADMINISTRATORS, add=ADMINISTRATORS, delete=ADMINISTRATORS),
    "accounts_user_deactivate": ADMINISTRATORS,
    "auth_user_password_change": ADMINISTRATORS,
}  # fmt: skip

# Words in an address that are no key of a row.
WORDS = {
    "statements_statement_action": {"name": "publish"},
    "statements_statement_preview_page": {"language": "en"},
    "statements_statement_part": {"part": "dates"},
    "pages_freepage_preview": {"language": "en"},
    "appearance_appearance_preview_page": {"page": "home", "language": "en"},
    "signatories_signature_decide": {"verb": "hide"},
    "signatories_organization_decide": {"verb": "verify"},
    "signatories_updatemailing_html": {"language": "en"},
    "signatories_invitationround_mail_html": {"language": "en"},
    "signatories_invitationround_send": {"due": "ask"},
    "mail_outgoingmail_sample_html": {"kind": "mail.test", "language": "en"},
    "password_reset_confirm": {"uidb64": "MQ", "token": "x"},
}
# Addresses that answer no GET.
POSTED = {
    "appearance_appearance_publish", "pages_freepage_publish",
    "statements_statement_check_links",
    "accounts_user_deactivate", "signatories_invitationround_stop",
    "signatories_signature_lead", "statements_statement_comment", "statements_statement_copy",
    "pasted", "unsaved_keep",
}  # fmt: skip


def admin_patterns():
    """(key in DECISIONS, route below /admin/) of every address of the back office."""

    def walk(resolver, prefix):
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, route)
            elif isinstance(entry, URLPattern):
                yield entry.name or route, route

    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern).startswith("admin/"):
            yield from walk(entry, "")


def decision(key, route):
    # Django's address of a row without a verb, which only leads to the change page.
    bare = key == route and route.endswith("/<path:object_id>/")
    return STAFF if bare else DECISIONS.get(key)


def make(role, number=0):
    """A member of staff with a role."""
    user = make_staff(f"{role.lower().replace(' ', '-')}{number}@example.org")
    if role != PLAIN:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def rows(settings, tmp_path):
    """One row for each model, by the start of its addresses."""
    settings.MEDIA_ROOT = tmp_path
    colleague = make_staff("colleague@example.org")
    edition = make_edition("A published one", by=colleague)
    draft = make_draft("A colleague's draft", by=colleague)
    target = edition.statement.targets.create(name="The mayor", email="mayor@example.org")
    asking = make_round(draft, by=colleague)
    make_invitation(asking)
    asked = DataRequest(kind="access", name="Ada", note="x", received_on=timezone.localdate())
    data_requests.record(asked, by=colleague, letter=("letter.pdf", b"x"))
    return {
        "letters/": asked,
        "accounts/user/": colleague,
        "statements/statement/": draft,
        "picture": make_picture(draft),
        "lead picture": make_lead_picture(draft),
        "statements/edition/": edition,
        "statements/addresseeanswer/": make_answer(edition.statement),
        "statements/topic/": Topic.objects.create(),
        "statements/frontpagelead/": FrontPageLead.objects.get_or_create(pk=1)[0],
        "statements/signingpause/": SigningPause.objects.get_or_create(pk=1)[0],
        "signatories/signature/": make_signature(edition),
        "signatories/organization/moved/": merging.merge(
            make_organization("Harbour Choir"), [make_organization("Harbour Choirs")], by=colleague
        ),
        "signatories/organization/": make_organization(),
        "signatories/decision/": decisions_on_many.prepare_invalidation(
            Criteria(name="Nora*"), by=colleague, title="Bot"
        ),
        "signatories/importbatch/": make_batch(edition.statement),
        "signatories/ownermailing/": OwnerMailing.objects.create(
            statement=edition.statement, begun_by=colleague
        ),
        "signatories/addresseemailing/": AddresseeMailing.objects.create(
            target=target, state="on", last_at=timezone.now(), changed_at=timezone.now()
        ),
        "signatories/papercount/": make_paper(edition.statement, by=colleague),
        "signatories/packet/new/": edition.statement,
        "signatories/packet/": Packet.objects.create(statement=edition.statement, language="en"),
        "signatories/logoupload/": LogoUpload.objects.create(by=colleague, language="en"),
        "signatories/protectedname/": ProtectedName.objects.create(name="Vera Minister"),
        "signatories/accessrule/": AccessRule.objects.create(
            title="Rally", action="allow", domain="example.org"
        ),
        "signatories/exportlog/": ExportLog.objects.create(
            by=colleague, columns=[], statement=None, rows=0
        ),
        "pages/sitepage/": SitePage.objects.get_or_create(key=SitePage.Key.ABOUT)[0],
        "signatories/updatemailing/": make_mailing(edition.statement, by=colleague),
        "signatories/invitationround/": asking,
        "pages/freepage/<int:pk>/publish/": make_page("Another page", public=False),
        "pages/freepage/": make_page(public=False),
        "appearance/appearance/restore/": make_public(),
        "appearance/appearance/": publishing.draft(),
        "mail/outgoingmail/": OutgoingMail.objects.create(
            kind="mail.test", to="a@example.org", language="en", state="dead"
        ),
    }


def words_of(rows):
    """What stands in addresses for what is no key of the row itself."""
    draft = rows["statements/statement/"]
    attachment, picture = draft.attachments.get(), draft.lead_picture
    content_type = ContentType.objects.get_for_model(Statement)
    return {
        "statement_pk": draft.pk, "rendition": rows["picture"].pk,
        "file": attachment.pk, "record": attachment.history.get().history_id,
        "size": picture.shown.filename, "row": picture.history.get().history_id,
        "line": rows["signatories/importbatch/"].lines.get().pk,
        "sheet": rows["signatories/papercount/"].sheets.get().pk,
        "filename": make_logo(rows["appearance/appearance/"]),
        "target": rows["signatories/addresseemailing/"].target_id,
        "invitation": rows["signatories/invitationround/"].invitations.get().pk,
        "content_type_id": content_type.pk,
    }  # fmt: skip


def address(key, route, rows, words):
    if key == "app_list":
        return "/admin/statements/"
    if key == "view_on_site":
        return f"/admin/r/{words['content_type_id']}/{rows['statements/statement/'].pk}/"
    if key.startswith("(?P<url>"):
        return "/admin/nothing-of-the-kind/"
    known = words | WORDS.get(key, {})

    def value(match):
        if match[1] in known:
            return str(known[match[1]])
        row = next((row for start, row in rows.items() if route.startswith(start)), None)
        assert row, f"The test has no row for {route}: add one to `rows`, or its word to WORDS."
        return str(row.pk)

    return "/admin/" + re.sub(r"<(?:\w+:)?(\w+)>", value, route)


def is_let_in(answer):
    """Refused is who gets 403, 404, the login page, or (Django's way for rows that are not to be
    seen) the first screen.
    """
    if answer.status_code in (301, 302):
        return not re.fullmatch(r"/admin/(login/.*)?", answer.url)
    return answer.status_code not in (403, 404)


def test_every_address_has_a_decision():
    undecided = sorted(
        {
            f"{key} (/admin/{route})"
            for key, route in admin_patterns()
            if decision(key, route) is None
        }
    )
    assert not undecided, (
        f"Nobody has decided who may open {', '.join(undecided)}:"
        f" add a line to DECISIONS in {Path(__file__).name}."
    )


def test_every_decision_has_an_address():
    assert sorted(set(DECISIONS) - {key for key, _route in admin_patterns()}) == []


@pytest.fixture
def bare_refusals(monkeypatch):
    """Refusals without their page, which is the same each time and costs most of a walk."""
    monkeypatch.setattr(office_errors, "page", lambda request, status: HttpResponse(status=status))


# On PostgreSQL whoever opens most of them is enough: every page is asked of it once.
@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role == ADMINISTRATOR else pytest.mark.page)
        for role in sorted(EVERYBODY)
    ],
)
def test_each_role_is_let_in_where_it_may_and_nowhere_else(client, rows, bare_refusals, role):
    words = words_of(rows)
    if role != ANONYMOUS:
        client.force_login(make(role))
    wrong = []
    for key, route in admin_patterns():
        allowed = decision(key, route)
        if allowed is None:
            continue  # reported by the test above
        url = address(key, route, rows, words)
        answer = client.post(url) if key in POSTED else client.get(url)
        if is_let_in(answer) != (role in allowed):
            wrong.append(f"{key}: {answer.status_code} {getattr(answer, 'url', '')}")
        if answer.streaming:
            b"".join(answer.streaming_content)  # closes the file
    assert not wrong, f"{role}: {wrong}"


@pytest.mark.page
def test_a_post_gets_no_further_than_the_page(client, rows, bare_refusals):
    """All is refused and nothing changes, so that one set of rows does for every role."""
    words, passed = words_of(rows), []
    for role in sorted(STAFF):
        client.force_login(make(role))
        for key, route in admin_patterns():
            allowed = decision(key, route)
            if allowed is None or role in allowed or ANONYMOUS in allowed:
                continue
            url = address(key, route, rows, words)
            answer = client.post(url, {"post": "yes", "reason": "x", "ids": "1"})
            # A list's POST without the right to see it, and a page that takes none, are refusals.
            if is_let_in(answer) and answer.status_code != 405:
                passed.append(f"{role}, {key}: {answer.status_code} {getattr(answer, 'url', '')}")
    assert not passed, passed


# --- Steps: each permission from both sides ------------------------------------------------

STEP_TAKERS = {
    "submit": WRITERS, "publish": EDITORS, "stop": EDITORS, "send_back": EDITORS, "close": EDITORS,
    "reopen": EDITORS, "archive": EDITORS, "withdraw": EDITORS,
}  # fmt: skip


@pytest.mark.page
@pytest.mark.parametrize("role", sorted(ALL_ROLES))
def test_steps_with_ones_own_statement(client, role):
    user = make(role)
    client.force_login(user)
    for name, step in ACTIONS.items():
        statement = make_draft(f"To {name}", by=user)
        # Not through the verbs: the states are what is given here, not what is tested.
        published = step.offered_in[0] not in Statement.UNPUBLISHED_STATUSES
        if published:
            statement = make_edition(f"Public, to {name}", by=user).statement
        embargo = {"publish_at": timezone.now() + timedelta(days=1)} if name == "stop" else {}
        Statement.objects.filter(pk=statement.pk).update(status=step.offered_in[0], **embargo)
        page = client.get(reverse("admin:statements_statement_change", args=[statement.pk]))
        url = reverse("admin:statements_statement_action", args=[statement.pk, name])
        may = role in STEP_TAKERS[name]
        offered = url in page.text or f'name="_step" value="{name}"' in page.text
        assert offered is may, name
        assert (client.get(url).status_code == 200) is may, name
        answer = client.post(url)
        assert (answer.status_code == 302) is may, name


def test_every_step_has_a_decision():
    assert set(ACTIONS) == set(STEP_TAKERS)


# --- Whose draft is whose ------------------------------------------------------------------


def change(client, statement):
    return client.get(reverse("admin:statements_statement_change", args=[statement.pk]))


def test_an_author_edits_a_draft_of_their_own_until_it_is_submitted(client):
    author = make(AUTHOR)
    client.force_login(author)
    draft = make_draft("Mine", by=author)
    assert "_save" in change(client, draft).text
    client.post(reverse("admin:statements_statement_action", args=[draft.pk, "submit"]))
    page = change(client, draft)
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    url = reverse("admin:statements_statement_change", args=[draft.pk])
    assert client.post(url, {}).status_code == 403


@pytest.mark.parametrize("role", [AUTHOR, MODERATOR, ANALYST])
def test_what_colleagues_are_writing_is_not_in_the_list(client, role):
    client.force_login(make(role))
    make_draft("A colleague's secret draft")
    public = make_edition("A published one").statement
    page = client.get(reverse("admin:statements_statement_changelist"))
    assert "secret draft" not in page.text
    assert "A published one" in page.text
    assert 'name="_save"' not in change(client, public).text


def test_an_editor_sees_and_edits_all(client):
    client.force_login(make(EDITOR))
    draft = make_draft("A colleague's draft", by=make(AUTHOR))
    assert "A colleague" in client.get(reverse("admin:statements_statement_changelist")).text
    assert 'name="_save"' in change(client, draft).text


def test_an_administrator_is_no_superuser_and_makes_none(client):
    client.force_login(make(ADMINISTRATOR))
    root = make_staff("root@example.org", is_superuser=True)
    colleague = make_staff("colleague@example.org")
    for row, may in ((root, False), (colleague, True)):
        url = reverse("admin:accounts_user_change", args=[row.pk])
        data = {"email": row.email, "name": "Renamed", "is_active": "on", "is_superuser": "on"}
        data |= opened_with(row)
        assert (client.post(url, data).status_code == 302) is may
        password = reverse("admin:auth_user_password_change", args=[row.pk])
        assert (client.get(password).status_code == 200) is may
    colleague.refresh_from_db()
    assert colleague.name == "Renamed"
    assert not colleague.is_superuser


# --- Actions -------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "state"), [(EDITOR, "dead"), (MODERATOR, "queued")])
def test_an_action_that_is_not_offered_is_not_taken_either(client, rows, role, state):
    client.force_login(make(role))
    mail = rows["mail/outgoingmail/"]
    data = {"action": "send_dead_letters_again", "_selected_action": mail.pk}
    client.post(reverse("admin:mail_outgoingmail_changelist"), data)
    mail.refresh_from_db()
    assert mail.state == state


# --- The table -----------------------------------------------------------------------------


def test_every_role_gets_a_group():
    named = {one for one in vars(roles).values() if isinstance(one, roles.Role)}
    given = {role for grant in roles.TABLE for role in grant.roles}
    assert named == given == set(roles.ROLES), "Name it in ROLES, and in a Grant"


def test_the_table_names_permissions_that_exist():
    known = {
        f"{app}.{name}"
        for app, name in Permission.objects.values_list("content_type__app_label", "codename")
    }
    for role in roles.ROLES:
        assert roles.permissions_of(role) <= known


def permissions_of_groups():
    return {
        group.name: {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in group.permissions.select_related("content_type")
        }
        for group in Group.objects.all()
    }


def migrate():
    """What `migrate` does about roles, without its migrations."""
    for config in apps.get_app_configs():
        roles.make_groups(config)


def with_another_grant(*, drop=0):
    """TABLE without its first `drop` lines, and with one more."""
    more = roles.Grant("Read the guest book", ("pages.add_sitepage",), (roles.AUTHOR,))
    return (*roles.TABLE[drop:], more)


def test_migrating_makes_the_groups():
    by_table = {role.name: roles.permissions_of(role) for role in roles.ROLES}
    assert permissions_of_groups() == by_table
    Group.objects.all().delete()
    for _ in range(2):
        migrate()
        assert permissions_of_groups() == by_table


def test_migrating_follows_the_table(monkeypatch):
    monkeypatch.setattr(roles, "TABLE", with_another_grant(drop=1))
    migrate()
    assert permissions_of_groups() == {
        role.name: roles.permissions_of(role) for role in roles.ROLES
    }
    assert "pages.add_sitepage" in permissions_of_groups()[AUTHOR]
    assert "statements.view_statement" not in permissions_of_groups()[ANALYST]


def test_migrating_keeps_what_was_changed_by_hand(monkeypatch):
    group = Group.objects.get(name=AUTHOR)
    given = Permission.objects.get(codename="publish_statement")
    taken = Permission.objects.get(codename="submit_statement")
    group.permissions.add(given)
    group.permissions.remove(taken)
    monkeypatch.setattr(roles, "TABLE", with_another_grant())
    migrate()
    assert permissions_of_groups()[AUTHOR] == roles.permissions_of(roles.AUTHOR) ^ {
        "statements.publish_statement",
        "statements.submit_statement",
    }


def test_the_page_in_the_docs_is_the_table_in_the_code():
    lines = (ROOT / "docs/roles.md").read_text(encoding="utf-8").splitlines()
    table = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    assert table[0] == ["What", *(role.name for role in roles.ROLES)]
    assert table[2:] == [
        [grant.words, *("yes" if role in grant.roles else "" for role in roles.ROLES)]
        for grant in roles.TABLE
    ]


def test_contact_data_is_for_those_who_moderate():
    may = {
        role.name
        for role in roles.ROLES
        if "signatories.view_contact_data" in roles.permissions_of(role)
    }
    assert may == MODERATORS
