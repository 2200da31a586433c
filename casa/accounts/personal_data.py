"""What is stored of staff."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import RoleGrant, TryBudget, User
from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal

ACCOUNT = Ground(Subject.STAFF, Basis.CONTRACT, Retention.WITH_ACCOUNT)
RECORD = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)
FAILED_SIGN_IN = Ground(Subject.STAFF, Basis.INTEREST, Retention.A_DAY)
RIGHTS = _("what the account may do")
SAFETY = _("to keep the account safe")
ROLES = _("roles and permissions")

declare(
    User,
    personal("email name password", _("to sign in"), ACCOUNT, sealed="email"),
    personal(
        "address_key", _("to sign in"), ACCOUNT, label=_("e-mail address"), sealed="address_key"
    ),
    personal("last_login date_joined", SAFETY, ACCOUNT),
    personal(
        "reset_mailed_at", SAFETY, ACCOUNT, label=_("when a link for a new password was mailed")
    ),
    personal("session_epoch", SAFETY, ACCOUNT, label=_("which sessions hold")),
    personal(
        "hears_of_reviews hears_of_returns hears_of_names gets_digest hears_of_alarms"
        " mail_language",
        _("which mails the account gets"),
        ACCOUNT,
    ),
    personal("is_superuser is_staff is_active", RIGHTS, ACCOUNT),
    personal("is_demo", RIGHTS, ACCOUNT, label=_("whether it is an account of the demo")),
    impersonal("id", "a number"),
)
declare(User.groups.through, personal("id user_id group_id", RIGHTS, ACCOUNT, label=ROLES))
declare(
    User.user_permissions.through,
    personal("id user_id permission_id", RIGHTS, ACCOUNT, label=ROLES),
)
declare(
    apps.get_model("accounts", "HistoricalUser_groups"),
    personal("id user_id group_id history_id m2m_history_id", RIGHTS, RECORD, label=ROLES),
)
declare(
    apps.get_model("accounts", "HistoricalUser_user_permissions"),
    personal("id user_id permission_id history_id m2m_history_id", RIGHTS, RECORD, label=ROLES),
)
declare(
    TryBudget,
    personal(
        "key clear_at",
        _("so that passwords cannot be guessed"),
        FAILED_SIGN_IN,
        label=_("failed sign-ins, counted by account and network"),
    ),
)
declare(RoleGrant, impersonal("id group_id permission_id", "what a role may do"))
