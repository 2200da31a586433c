"""What is stored of staff."""

from django.apps import apps

from casa.accounts.models import RoleGrant, TryBudget, User
from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal

ACCOUNT = Ground(Subject.STAFF, Basis.CONTRACT, Retention.WITH_ACCOUNT)
RECORD = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)
FAILED_SIGN_IN = Ground(Subject.STAFF, Basis.INTEREST, Retention.A_DAY)
RIGHTS = "what the account may do"

declare(
    User,
    personal("email address_key name password", "to sign in", ACCOUNT, sealed="email address_key"),
    personal(
        "last_login date_joined reset_mailed_at session_epoch", "to keep the account safe", ACCOUNT
    ),
    personal(
        "hears_of_reviews hears_of_returns hears_of_names gets_digest hears_of_alarms"
        " mail_language",
        "which mails the account gets",
        ACCOUNT,
    ),
    personal("is_superuser is_staff is_active is_demo", RIGHTS, ACCOUNT),
    impersonal("id", "a number"),
)
declare(User.groups.through, personal("id user_id group_id", RIGHTS, ACCOUNT))
declare(User.user_permissions.through, personal("id user_id permission_id", RIGHTS, ACCOUNT))
declare(
    apps.get_model("accounts", "HistoricalUser_groups"),
    personal("id user_id group_id history_id m2m_history_id", RIGHTS, RECORD),
)
declare(
    apps.get_model("accounts", "HistoricalUser_user_permissions"),
    personal("id user_id permission_id history_id m2m_history_id", RIGHTS, RECORD),
)
declare(
    TryBudget,
    personal("key clear_at", "so that passwords cannot be guessed", FAILED_SIGN_IN),
)
declare(RoleGrant, impersonal("id group_id permission_id", "what a role may do"))
