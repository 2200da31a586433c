"""What the tables of Django and of installed packages hold of people."""

from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_q.models import OrmQ, Schedule, Task

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal

LOG_OF_SIGNATURES = Ground(Subject.SIGNER, Basis.DUTY, Retention.IN_LOG)
LOG_OF_STAFF = Ground(Subject.STAFF, Basis.DUTY, Retention.IN_LOG)
SESSION = Ground(Subject.STAFF, Basis.CONTRACT, Retention.SIGNED_IN)
ERRORS = Ground(Subject.RECIPIENT, Basis.INTEREST, Retention.A_MONTH)
SECOND_FACTOR = Ground(Subject.STAFF, Basis.CONTRACT, Retention.WITH_ACCOUNT)
FAILED_SIGN_IN = Ground(Subject.STAFF, Basis.INTEREST, Retention.A_DAY)

NUMBER = "a number"
GUESSING = _("so that codes cannot be guessed")
DEVICE = _("the device with the second factor")
CODES = _("recovery codes")
TRIES = _("when codes were tried")
NEVER_WRITTEN = "never written: the settings leave this log off"

# Django

declare(
    LogEntry,
    personal("object_repr", _("to tell the office which signature was edited"), LOG_OF_SIGNATURES,
             label=_("name")),
    personal("user_id", _("who of the office did it"), LOG_OF_STAFF),
    impersonal("id action_time content_type_id object_id action_flag", "what was done, and when"),
    impersonal("change_message", "names of fields"),
)  # fmt: skip
declare(Permission, impersonal("id name content_type_id codename", "what somebody may be let do"))
declare(Group, impersonal("id name", "a role"))
declare(Group.permissions.through, impersonal("id group_id permission_id", "what a role may do"))
declare(ContentType, impersonal("id app_label model", "names of models"))
declare(
    Session,
    personal("session_key session_data expire_date", _("to stay signed in"), SESSION,
             label=_("the sessions of an account")),
)  # fmt: skip

# django-q: its rows hold names of tasks. What a task works on stands in rows of ours.

declare(
    Task,
    personal("result", _("to find out why work failed"), ERRORS, label=_("error messages")),
    impersonal("id name func hook args kwargs group cluster", "which task"),
    impersonal("started stopped success attempt_count", "how far it has come"),
)
declare(
    Schedule,
    impersonal("id name func hook args kwargs task cluster intended_date_kwarg", "which task"),
    impersonal("schedule_type minutes repeats next_run cron", "when it is run"),
)
declare(OrmQ, impersonal("id key payload lock", "which task waits"))

# django-otp

declare(
    TOTPDevice,
    personal("user_id name confirmed key step t0 digits tolerance drift last_t",
             _("to sign in with a second factor"), SECOND_FACTOR, label=DEVICE),
    personal("throttling_failure_timestamp throttling_failure_count created_at last_used_at",
             GUESSING, SECOND_FACTOR, label=TRIES),
    impersonal("id", NUMBER),
)  # fmt: skip
declare(
    StaticDevice,
    personal("user_id name confirmed", _("to sign in without the phone"), SECOND_FACTOR,
             label=CODES),
    personal("throttling_failure_timestamp throttling_failure_count created_at last_used_at",
             GUESSING, SECOND_FACTOR, label=TRIES),
    impersonal("id", NUMBER),
)  # fmt: skip
declare(
    StaticToken,
    personal("device_id token", _("to sign in without the phone"), SECOND_FACTOR, label=CODES),
    impersonal("id", NUMBER),
)

# django-axes

declare(
    AccessAttempt,
    personal("username ip_address user_agent http_accept path_info get_data post_data attempt_time"
             " failures_since_start", _("so that passwords cannot be guessed"), FAILED_SIGN_IN,
             label=_("failed sign-ins: what was typed as address, network, browser, and when")),
    impersonal("id", NUMBER),
)  # fmt: skip
declare(AccessAttemptExpiration, impersonal("access_attempt_id expires_at", NEVER_WRITTEN))
declare(
    AccessFailureLog,
    impersonal("id user_agent ip_address username http_accept path_info attempt_time locked_out",
               NEVER_WRITTEN),
)  # fmt: skip
declare(
    AccessLog,
    impersonal("id user_agent ip_address username http_accept path_info attempt_time logout_time"
               " session_hash", NEVER_WRITTEN),
)  # fmt: skip
