"""Who may do what in the back office. The one table; each `migrate` makes groups of it.

docs/roles.md shows it to people, and a test keeps the two the same. A change here needs nothing
else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """A group of permissions; `name` is the group's, and what `gettext` translates for staff."""

    name: str
    label: Promise
    sentence: Promise


AUTHOR = Role("Author", _("Author"), _("Writes drafts and submits them; sees no other drafts."))
EDITOR = Role(
    "Editor", _("Editor"), _("Edits every draft, publishes, corrects, closes and withdraws.")
)
MODERATOR = Role(
    "Moderator", _("Moderator"), _("Decides on signatures and organizations; sees contact data.")
)
ANALYST = Role(
    "Analyst", _("Analyst"), _("Reads and exports names and counts; sees no contact data.")
)
ADMINISTRATOR = Role(
    "Administrator", _("Administrator"), _("May do everything, staff accounts included.")
)
ROLES = (AUTHOR, EDITOR, MODERATOR, ANALYST, ADMINISTRATOR)


@dataclass(frozen=True)
class Grant:
    """What a line of the table allows, in words, and the permissions behind it."""

    words: str
    permissions: tuple[str, ...]
    roles: tuple[Role, ...]


def _all(app: str, models: Iterable[str], verbs: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{app}.{verb}_{model}" for model in models for verb in verbs)


_PARTS = (
    "statementtext", "consenttext", "target", "reference", "attachment", "leadpicture", "release",
    "update", "delivery",
)  # fmt: skip
_TOPICS = ("topic", "topicname")
_READ = ("view",)
_WRITE = ("add", "change", "delete")
_WRITERS = (AUTHOR, EDITOR, ADMINISTRATOR)
_EDITORS = (EDITOR, ADMINISTRATOR)
_MODERATORS = (MODERATOR, ADMINISTRATOR)

TABLE = (
    Grant(
        "See published statements, and one's own drafts",
        _all("statements", ("statement", *_PARTS, *_TOPICS), _READ),
        ROLES,
    ),
    Grant(
        "Write drafts; edit and delete one's own",
        (*_all("statements", ("statement", *_PARTS), _WRITE), "statements.add_comment"),
        _WRITERS,
    ),
    Grant("Read comments on a draft", ("statements.view_comment",), _WRITERS),
    Grant("Submit a draft for review", ("statements.submit_statement",), _WRITERS),
    Grant("See and edit every draft, and order its lead signatories",
          ("statements.edit_any_statement",), _EDITORS),
    Grant("Add, name and remove topics", _all("statements", _TOPICS, _WRITE), _EDITORS),
    Grant("Publish, stop it before it is public, or send back",
          ("statements.publish_statement",), _EDITORS),
    Grant("Publish a correction", ("statements.correct_statement",), _EDITORS),
    Grant("Close, reopen, pause, archive", ("statements.close_statement",), _EDITORS),
    Grant("Stop signing on the whole site",
          _all("statements", ("signingpause",), ("view", "add", "change")), _EDITORS),
    Grant("Choose what leads the front page",
          ("statements.view_frontpagelead", "statements.change_frontpagelead"), _EDITORS),
    Grant("Withdraw a statement", ("statements.withdraw_statement",), _EDITORS),
    Grant(
        "Give out private preview links",
        (
            "statements.preview_statement", "statements.view_previewvisit",
            *_all("statements", ("previewlink",), ("view", "add", "change")),
        ),
        _EDITORS,
    ),
    Grant("Let addressees answer a hand-over by a link, and publish what they answer",
          ("statements.view_addresseeanswer", "statements.decide_addresseeanswer"), _EDITORS),
    Grant("Read editions and the history of steps",
          _all("statements", ("edition", "statementevent"), _READ), ROLES),
    Grant(
        "See signatures and organizations",
        _all(
            "signatories",
            ("signature", "organization", "organizationalias", "signatureevent",
             "organizationevent"),
            _READ,
        ),
        (EDITOR, MODERATOR, ANALYST, ADMINISTRATOR),
    ),
    Grant("Correct signatures and order the lead signatories",
          ("signatories.change_signature",), _MODERATORS),
    Grant("Approve, hide, restore, mark as invalid",
          ("signatories.moderate_signature", "signatories.view_decision"), _MODERATORS),
    Grant("Keep the lists of protected names, networks and domains",
          _all("signatories", ("protectedname", "accessrule"), ("view", *_WRITE)), _MODERATORS),
    Grant(
        "Add and correct organizations",
        _all("signatories", ("organization", "organizationalias"), _WRITE),
        _MODERATORS,
    ),
    Grant("Verify, reject, merge and split organizations",
          ("signatories.verify_organization",), _MODERATORS),
    Grant("Import names, review them, undo an import, ask those who are named to confirm",
          ("signatories.view_importbatch", "signatories.import_names",
           "signatories.view_ownermailing"),
          (EDITOR, MODERATOR, ADMINISTRATOR)),
    Grant("Declare signatures on paper, correct, check and withdraw them",
          ("signatories.view_papercount", "signatories.declare_paper"),
          (EDITOR, MODERATOR, ADMINISTRATOR)),
    Grant("Make packets to hand over, and download them",
          ("signatories.view_packet", "signatories.make_packet"),
          (EDITOR, MODERATOR, ADMINISTRATOR)),
    Grant("Export signatures", ("signatories.export_signature",),
          (MODERATOR, ANALYST, ADMINISTRATOR)),
    Grant("See e-mail addresses of signers, and scanned sheets",
          ("signatories.view_contact_data",), _MODERATORS),
    Grant("See who exported what", ("signatories.view_exportlog",), (ADMINISTRATOR,)),
    Grant(
        "Write news to signers who asked for it",
        _all("signatories", ("updatemailing", "updatewords"), ("view", *_WRITE)),
        _EDITORS,
    ),
    Grant(
        "Ask organizations and people to sign first, and see what they answer",
        _all("signatories", ("invitationround", "invitationwords"), ("view", *_WRITE)),
        _EDITORS,
    ),
    Grant("Send it to them, stop it, go on; tell addressees how many signed",
          ("signatories.send_update",), _EDITORS),
    Grant("See outgoing mail, and to whom it went", ("mail.view_outgoingmail",),
          (EDITOR, MODERATOR, ADMINISTRATOR)),
    Grant("Send failed mail again", ("mail.change_outgoingmail",), _MODERATORS),
    Grant("Write the pages about us, privacy and contact",
          ("pages.view_sitepage", "pages.change_sitepage",
           *_all("pages", ("sitepagetext",), (*_READ, *_WRITE))), _EDITORS),
    Grant("Write pages of your own, make them public and take them back",
          _all("pages", ("freepage", "freepagetext"), (*_READ, *_WRITE)), _EDITORS),
    Grant("Change how the site looks and what it says of itself, and make that public",
          ("appearance.view_appearance", "appearance.change_appearance",
           *_all("appearance", ("appearancetext", "appearancelink"), (*_READ, *_WRITE))), _EDITORS),
    Grant("See how the site is running: worker, mail, database, disks",
          ("operations.view_signoflife",), (ADMINISTRATOR,)),
    Grant("See how long data is kept, what goes and what went, and the record of processing",
          ("retention.view_period",), _EDITORS),
    Grant("Answer requests for data or erasure that came by letter",
          ("signatories.change_datarequest",), _MODERATORS),
    Grant("Choose how long the site keeps data", ("retention.change_period",), (ADMINISTRATOR,)),
    Grant("Manage staff accounts", _all("accounts", ("user",), ("view", *_WRITE)),
          (ADMINISTRATOR,)),
)  # fmt: skip


def permissions_of(role: Role) -> frozenset[str]:
    """Every permission of a role, as "app.codename"."""
    return frozenset(
        permission for grant in TABLE if role in grant.roles for permission in grant.permissions
    )


def make_groups(
    app_config: AppConfig, *, using: str = "default", apps: Any = installed, **kwargs: Any
) -> None:
    """Give the roles' groups what TABLE has gained for an app, and take what it has lost.

    Runs after each `migrate`, for each app. A permission that was given or taken by hand stays so,
    since TABLE is compared with what it gave before (`RoleGrant`), not with what the groups have.
    """
    try:
        grants = apps.get_model("accounts", "RoleGrant").objects.using(using)
    except LookupError:  # only some apps were migrated
        return
    label = app_config.label
    here = grants.filter(permission__content_type__app_label=label)
    before = set(here.values_list("group__name", "permission__codename"))
    now = {
        (role.name, name.removeprefix(f"{label}."))
        for role in ROLES
        for name in permissions_of(role)
        if name.startswith(f"{label}.")
    }
    if now != before:
        _change(apps, using, label, given=now - before, taken=before - now)


def _change(
    apps: Any, using: str, label: str, *, given: set[tuple[str, str]], taken: set[tuple[str, str]]
) -> None:
    """Give and take (group's name, permission's codename) in an app, and keep what was given."""
    group_model = apps.get_model("auth", "Group")
    groups = group_model.objects.using(using)
    links = group_model.permissions.through.objects.using(using)
    grants = apps.get_model("accounts", "RoleGrant").objects.using(using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    known = dict(permissions.filter(content_type__app_label=label).values_list("codename", "pk"))
    groups.bulk_create(
        [group_model(name=name) for name in sorted({name for name, _code in given})],
        ignore_conflicts=True,
    )
    pks = dict(groups.values_list("name", "pk"))
    new = [{"group_id": pks[name], "permission_id": known[code]}
           for name, code in sorted(given) if code in known]  # fmt: skip
    links.bulk_create([links.model(**pair) for pair in new], ignore_conflicts=True)
    grants.bulk_create([grants.model(**pair) for pair in new])
    for name, code in taken:
        for rows in (links, grants):
            rows.filter(group_id=pks[name], permission_id=known[code]).delete()
