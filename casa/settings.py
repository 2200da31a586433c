"""Settings from the environment. Every variable is explained in docs/settings.md.

Nothing needs to be set for the demo. With DEBUG=0 the site is in production: what it cannot
run with stops the start, with the variable's name and the remedy (casa/environment.py).
"""

import hashlib
import tomllib
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from casa import engines, environment, monitoring, security_headers, variables
from casa.appearance import theme
from casa.lib import data_keys, logs
from casa.lib.http import add_headers_of_files

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]

env = variables.Variables()
# Tests and other tools set ENV_FILE to nothing, so that a machine's own .env cannot change them.
if ENV_FILE := env.str("ENV_FILE", default=".env"):
    variables.read_file(env, BASE_DIR / ENV_FILE, is_named="ENV_FILE" in env)

# --- The machine ---------------------------------------------------------------------------

# On unless switched off, so that a fresh clone runs. What makes that safe: with DEBUG on the
# site answers only the names of this machine, whatever is in front of it.
DEBUG = env.switch("DEBUG", default=True)
SECRET_KEY = environment.secret_key(env.str("SECRET_KEY", default=""), debug=DEBUG)
SECRET_KEY_FALLBACKS = environment.earlier_keys(
    env.list("SECRET_KEY_FALLBACKS", default=[]), debug=DEBUG
)
ALLOWED_HOSTS = environment.allowed_hosts(env.list("ALLOWED_HOSTS", default=[]), debug=DEBUG)
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.number("PORT", default=8000, allowed=range(1, 65_536))
HERE = "127.0.0.1" if HOST in ("0.0.0.0", "::") else HOST  # noqa: S104 - what a browser can open
SITE_URL = environment.site_url(
    env.str("SITE_URL", default=f"http://{HERE}:{PORT}" if DEBUG else f"https://{ALLOWED_HOSTS[0]}")
)

VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / env.str("VAR_DIR", default="var"))
MEDIA_ROOT = VAR_DIR / "media"
DATABASES = engines.databases(
    env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'casa.sqlite3'}"),
    env.str("DATABASE_REPLICA_URL", default=""),
    BASE_DIR,
    is_pooled=env.switch("DATABASE_POOLED", default=False),
)
# By so many seconds the replica may be behind; after that the primary answers for public pages.
REPLICA_LAG_SECONDS = env.number("REPLICA_LAG_SECONDS", default=2, allowed=range(1, 61))
DATABASE_ROUTERS = engines.routers(DATABASES)
# What encrypts personal data and secrets in the database. Without keys here, `migrate` makes some
# and keeps them in this file.
DATA_KEYS = env.list("DATA_KEYS", default=[])
DATA_HASH_KEY = env.str("DATA_HASH_KEY", default="")
data_keys.check_settings(DATA_KEYS, DATA_HASH_KEY)
DATA_KEYS_FILE = VAR_DIR / "data.keys"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Public pages, for the second that their Cache-Control allows. Off in the demo, whose templates
# may be worked on.
KEPT_PAGES_MB = env.number("KEPT_PAGES_MB", default=0 if DEBUG else 16, allowed=range(4097))
CACHES = engines.caches(lambda: env.cache_url("CACHE_URL", default="locmemcache://"), KEPT_PAGES_MB)

# --- The coalition -------------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", default="Civic Coalition")
SITE_TAGLINE = env.str("SITE_TAGLINE", default="Statements we make together")
SITE_POSTAL_ADDRESS = env.str("SITE_POSTAL_ADDRESS", default="1 Example Square, Exampletown")
SITE_CONTACT_EMAIL = environment.mail_address(
    "SITE_CONTACT_EMAIL", env.str("SITE_CONTACT_EMAIL", default="office@example.org")
)
# None: the office's e-mail address, as staff have it now.
SECURITY_CONTACT = environment.security_contact(env.str("SECURITY_CONTACT", default=None))
SITE_ACCENT_COLOR = env.str("SITE_ACCENT_COLOR", default="#1f5f8b")
try:
    theme.Accent.from_hex(SITE_ACCENT_COLOR)
except ValueError as error:
    raise variables.refuse(
        "SITE_ACCENT_COLOR", str(error), "Give a hex colour such as SITE_ACCENT_COLOR=#1f5f8b"
    ) from error

PAPER_SIZE = environment.one_of(
    "PAPER_SIZE", env.str("PAPER_SIZE", default="a4"), ("a4", "us-letter")
)
ADDED_FONTS = environment.fonts(env.str("FONTS_DIR", default=""))
THEME_DIR = environment.theme(env.str("THEME_DIR", default=""))
THEME_STYLESHEET = "theme.css" if THEME_DIR and (THEME_DIR / "static/theme.css").is_file() else ""

# --- Languages and time --------------------------------------------------------------------

LANGUAGE_CODES = env.list("LANGUAGES", default=["en", "az"])
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGES = environment.languages(LANGUAGE_CODES, LOCALE_PATHS[0])
LANGUAGES_BIDI = environment.written_from_right(LANGUAGE_CODES)
LANGUAGE_CODE = LANGUAGE_CODES[0]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
if TIME_ZONE not in available_timezones():
    raise variables.refuse(
        "TIME_ZONE", "is not a time zone", "Write one such as TIME_ZONE=America/New_York"
    )
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "casa.lib.moments.formats"
# Of languages that neither we nor Django have formats of.
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"

# --- Mail ----------------------------------------------------------------------------------

DEMO_MAIL_DIR = VAR_DIR / "mail"
EMAIL_URL = env.str("EMAIL_URL", default="")
MAIL_PROVIDER = environment.mail_provider(env.str("MAIL_PROVIDER", default=""), email_url=EMAIL_URL)
if MAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
    ANYMAIL = environment.anymail(
        MAIL_PROVIDER,
        key=env.str("MAIL_PROVIDER_KEY", default=""),
        url=env.str("MAIL_PROVIDER_URL", default=""),
        signing_key=env.str("MAIL_PROVIDER_SIGNING_KEY", default=""),
        webhook_secret=env.str("MAIL_WEBHOOK_SECRET", default=""),
    ) | {"REQUESTS_TIMEOUT": 20}  # seconds, as for a mail server
else:
    vars().update(environment.mail_server(EMAIL_URL, debug=DEBUG))
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hold a worker
DEFAULT_FROM_EMAIL = environment.mail_address(
    "DEFAULT_FROM_EMAIL",
    env.str("DEFAULT_FROM_EMAIL", default=environment.sender(SITE_URL) or SITE_CONTACT_EMAIL),
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Who gets mails about alarms; administrators if it names nobody.
ALARM_MAIL_TO = environment.mail_addresses("ALARM_MAIL_TO", env.list("ALARM_MAIL_TO", default=[]))
# Of all workers together; 0 for no limit.
MAIL_PER_MINUTE = env.number("MAIL_PER_MINUTE", default=0, allowed=range(10**6))
# How long a worker may keep mails it has taken; after that another one takes them.
MAIL_LEASE_SECONDS = env.number("MAIL_LEASE_SECONDS", default=120, allowed=range(1, 3601))

# When whoever has not confirmed is written to once more; 0 for never. The link must still be valid.
REMINDER_HOURS = env.number("REMINDER_HOURS", default=48, allowed=range(13 * 24 + 1))

# After so many days a verified organization is to be verified again; 0 for never.
REVERIFY_AFTER_DAYS = env.number("REVERIFY_AFTER_DAYS", default=730, allowed=range(3651))

# From how many signatures within an hour on one network, domain or link moderators are told (0 for
# never), and which part of what a statement usually gets in an hour that is at the least.
BURST_AT_LEAST = env.number("BURST_AT_LEAST", default=30, allowed=range(100_001))
BURST_PERCENT = env.number("BURST_PERCENT", default=25, allowed=range(1, 101))

# The web server. Each process answers so many requests at once, with a database connection each.
WEB_PROCESSES = env.number("WEB_PROCESSES", default=1 if DEBUG else 2, allowed=range(1, 129))
WEB_THREADS = env.number("WEB_THREADS", default=4, allowed=range(1, 65))
# How many read a statement, began its form, signed and confirmed; nothing of who they are.
COUNT_READS = env.switch("COUNT_READS", default=True)
# In the demo a laptop that sleeps would be taken for a process that hangs.
WATCHDOG_SECONDS = env.number("WATCHDOG_SECONDS", default=0 if DEBUG else 60, allowed=range(3601))

# The worker. OutgoingMail rows are the truth; this engine only wakes who claims them.
Q_CLUSTER = {
    "name": "casa",
    "orm": "default",
    "workers": env.number("WORKERS", default=1, allowed=range(1, 65)),
    "timeout": 300,
    "retry": 360,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.3,
    "save_limit": 100,
    "log_level": "WARNING",
}

# --- The office ---

WELCOME_MAIL = env.switch("WELCOME_MAIL", default=True)
FOUR_EYES = env.switch("FOUR_EYES", default=False)
LINK_CHECK = env.switch("LINK_CHECK", default=True)
SECOND_FACTOR_REQUIRED = env.switch("SECOND_FACTOR_REQUIRED", default=False)
# When staff have to sign in again: so long after the last page they saw, and after signing in.
SESSION_ENGINE = "casa.accounts.stored_sessions"
SESSION_COOKIE_AGE = 3600 * env.number("SESSION_IDLE_HOURS", default=12, allowed=range(1, 337))
SESSION_DAYS = env.number("SESSION_DAYS", default=14, allowed=range(1, 91))

# --- Django --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "casa.apps.CasaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_altcha",
    "django_prose_editor",
    "casa.operations",  # before the task engine, whose worker it lets start
    "django_q",
    "simple_history",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "casa.apps.CasaConfig",
    "casa.appearance",
    "casa.retention",
    "casa.accounts",
    "casa.mail",
    "casa.pages",
    "casa.unsaved",
    "statements",
    "signatories",
    *environment.extra_apps(env.list("EXTRA_APPS", default=[])),
]
MIDDLEWARE = [
    "casa.lib.request_ids.RequestIdMiddleware",
    "casa.operations.metrics.middleware.MetricsMiddleware",
    "casa.site.reads.ReadsMiddleware",
    # The next two: a page that is kept costs nothing else. What is kept has left all the others.
    "casa.lib.parameters.KnownParametersMiddleware",
    "casa.lib.kept_pages.middleware.KeptPagesMiddleware",
    # What sets headers comes next, so that every answer has them: refusals and files, too.
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "casa.lib.http.CrossOriginMiddleware",
    "casa.appearance.middleware.AppearanceMiddleware",
    "casa.lib.http.HttpsMiddleware",
    "casa.lib.http.TextMiddleware",
    "casa.lib.slow_readers.SlowReadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "casa.lib.http.CookieMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "casa.lib.http.SharedLocaleMiddleware",
    "casa.lib.http.ErrorPageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "casa.site.limits.LimitMiddleware",  # before the next one, which reads forms
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casa.accounts.middleware.SessionEndMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "casa.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "casa.unsaved.middleware.UnsavedMiddleware",  # the last: nothing is lost on the way out
]
MIDDLEWARE += engines.middleware(DATABASES)
ROOT_URLCONF = "casa.urls"
WSGI_APPLICATION = "casa.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*environment.part_of_theme(THEME_DIR, "templates"), BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casa.site.context.site",
            ],
            # Django's tag for the token of a form says here whose form it is, too.
            "builtins": ["casa.unsaved.templatetags.form_tokens"],
        },
    }
]
CSRF_FAILURE_VIEW = "casa.unsaved.views.csrf_failure"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "casa.accounts.backends.StaffBackend",
    "casa.accounts.backends.CodeBackend",
]
# Five failed tries on one account close it for a quarter of an hour, for that account alone: an
# office shares one address on the network, and must not be shut out by one who mistypes.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "casa.accounts.lockout.username"
AXES_CLIENT_IP_CALLABLE = "casa.accounts.lockout.origin"
AXES_LOCKOUT_CALLABLE = "casa.accounts.lockout.refuse"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says when; that must hold
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = [
    "password", "username", "ip_address", "code", "csrfmiddlewaretoken",
]  # fmt: skip
AXES_VERBOSE = False
PASSWORD_RESET_TIMEOUT = 4 * 3600  # seconds
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "casa.accounts.password_rules.OwnWordsValidator"})
LOGIN_URL = "admin:login"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [*environment.part_of_theme(THEME_DIR, "static"), BASE_DIR / "static"]
STORAGES = {
    "default": engines.uploads(env.str("MEDIA_BUCKET_URL", default="")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers_of_files

# --- Against abuse -------------------------------------------------------------------------

# Off for measurements alone, which sign much from one address; `check --deploy` warns of it.
SIGN_LIMITS = env.switch("SIGN_LIMITS", default=True)
# Mails an hour to the addresses of one domain, of those that anybody can cause by a form.
MAIL_DOMAIN_PER_HOUR = env.number("MAIL_DOMAIN_PER_HOUR", default=1000, allowed=range(1, 10**7))
ALTCHA_HMAC_KEY = hashlib.sha256(f"altcha:{SECRET_KEY}".encode()).hexdigest()

# --- Security ------------------------------------------------------------------------------

HTTPS = urlsplit(SITE_URL).scheme == "https"
SECURE_SSL_REDIRECT = env.switch("SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [
    "^api/", "^anymail/",  # refused by casa.lib.http.HttpsMiddleware
    "^health/", "^metrics/",  # asked by what stands beside it, without https
]  # fmt: skip
BEHIND_PROXY = env.switch("BEHIND_PROXY", default=False)
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES", env.list("TRUSTED_PROXIES", default=[]))
COUNTRY_HEADER = environment.header(
    "COUNTRY_HEADER",
    env.str("COUNTRY_HEADER", default=""),
    has_proxy=BEHIND_PROXY or bool(TRUSTED_PROXIES),
)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number(
    "HSTS_SECONDS", default=31_536_000 if HTTPS else 0, allowed=range(1 << 31)
)
# Both bind other sites of the domain, and the second one for years: nobody's default.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.switch("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.switch("HSTS_PRELOAD", default=False)
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # casa.lib.http.CrossOriginMiddleware decides
PERMISSIONS_POLICY = security_headers.PERMISSIONS_POLICY
SECURE_REFERRER_POLICY = "same-origin"  # signing links must not travel to other sites
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
# Under a name with this prefix browsers take a cookie from this very host alone, over https, and
# not for a part of it: no other site of the domain can plant one. Public pages see none all the
# same: see CookieMiddleware.
OFFICE_PATH = "/admin/"
_PREFIX, SESSION_COOKIE_PATH = ("__Host-", "/") if HTTPS else ("", OFFICE_PATH)
CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = SESSION_COOKIE_PATH
LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = f"{_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}language"
KNOWN_BROWSER_COOKIE_NAME = f"{_PREFIX}known_browser"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
X_FRAME_OPTIONS = "DENY"
# Which sites may show a statement's frame (/embed/…); no other page is shown in any.
EMBED_SITES = environment.sites("EMBED_SITES", env.list("EMBED_SITES", default=["*"]))
CONTENT_SECURITY_POLICY = security_headers.content_security_policy()
FILE_UPLOAD_PERMISSIONS = 0o640
SILENCED_SYSTEM_CHECKS = [
    "security.W005", "security.W021",  # sub-domains and preloading: see HSTS_SUBDOMAINS above
    "models.W040",  # SQLite ignores what PostgreSQL's indexes hold beside their keys
]  # fmt: skip
METRICS_TOKEN = monitoring.metrics_token(env.str("METRICS_TOKEN", default=""))
METRICS_DIR = monitoring.metrics_folder(VAR_DIR / "metrics", is_on=bool(METRICS_TOKEN))
SENTRY_DSN = monitoring.sentry_dsn(env.str("SENTRY_DSN", default=""))
LOG_FORMAT = environment.one_of("LOG_FORMAT", env.str("LOG_FORMAT", default="text"), logs.FORMATS)
LOGGING = logs.configuration(
    LOG_FORMAT,
    environment.one_of("LOG_LEVEL", env.str("LOG_LEVEL", default="info"), logs.LEVELS),
)
variables.refuse_misspelt(env.asked, env.ENVIRON)
