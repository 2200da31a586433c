"""Read the environment; refuse what would not work, naming the variable and the remedy."""

import re
from collections.abc import Callable
from email.utils import formataddr, parseaddr
from gettext import find as find_catalogue
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from babel import Locale, UnknownLocaleError
from django.conf import global_settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language_info, to_locale

from casa.lib.addresses import mailboxes
from casa.variables import refuse

# A key must be long and varied enough that nobody guesses it; the numbers are those of
# Django's own deployment check (security.W009).
SECRET_KEY_MIN_LENGTH = 50
SECRET_KEY_MIN_UNIQUE = 5

NEW_KEY = (
    "python -c 'from django.core.management.utils import get_random_secret_key as k; print(k())'"
)


def secret_key(value: str, *, debug: bool) -> str:
    if debug:
        # Known to everybody, and safe to be: with DEBUG on the site answers local names only.
        return value or "demo-only-key-never-used-when-debug-is-off-0123456789"
    if not value:
        raise refuse("SECRET_KEY", "is missing", f"Set it to the output of: {NEW_KEY}")
    if _is_weak(value):
        raise refuse("SECRET_KEY", "is too weak", f"Set it to the output of: {NEW_KEY}")
    return value


def earlier_keys(values: list[str], *, debug: bool) -> list[str]:
    if not debug and any(map(_is_weak, values)):
        remedy = "List what SECRET_KEY was before, parted by commas, or leave it empty"
        raise refuse("SECRET_KEY_FALLBACKS", "holds a key that is too weak", remedy)
    return values


def _is_weak(key: str) -> bool:
    few = len(key) < SECRET_KEY_MIN_LENGTH or len(set(key)) < SECRET_KEY_MIN_UNIQUE
    return few or key.startswith(("django-insecure-", "demo-only-key-"))


HOSTS_REMEDY = (
    "List the names the site is reached by, without https:// and port, for example"
    " ALLOWED_HOSTS=letters.example.org"
)
# Names as browsers send them, with a dot before them for all below; addresses by number.
HOST_NAME = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def allowed_hosts(value: list[str], *, debug: bool) -> list[str]:
    if debug:
        # The demo, with its public login, must never answer under a public name.
        return value or ["127.0.0.1", "localhost", "[::1]"]
    if not value:
        raise refuse(
            "ALLOWED_HOSTS",
            "is empty",
            HOSTS_REMEDY,
        )
    for name in value:
        if not HOST_NAME.fullmatch(name):
            raise refuse("ALLOWED_HOSTS", f"holds {name}, which is no name", HOSTS_REMEDY)
    return value


def checked(variable: str, read: Callable[[], Any], remedy: str) -> Any:
    """What `read` gives, its own complaint turned into one that names the variable."""
    try:
        return read()
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise refuse(variable, "cannot be read", remedy) from error


def one_of(variable: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise refuse(variable, "is not known", f"Write one of {', '.join(allowed)}")
    return value


HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")


def header(variable: str, value: str, *, has_proxy: bool) -> str:
    """The name of a header that a proxy sets, or "" for none."""
    if value and not HEADER_NAME.fullmatch(value):
        raise refuse(variable, "is no name of a header", "Write one such as CF-IPCountry")
    if value and not has_proxy:
        remedy = "Set TRUSTED_PROXIES or BEHIND_PROXY too, or leave it empty"
        raise refuse(variable, "would be believed from anybody", remedy)
    return value


def extra_apps(names: list[str]) -> list[str]:
    """Django apps of the office's own, each to be found by Python."""
    for name in names:
        try:
            found = find_spec(name)
        except (ImportError, ValueError):
            found = None
        if found is None:
            remedy = "List Python modules that PYTHONPATH leads to, or leave it empty"
            raise refuse("EXTRA_APPS", f"names {name}, which is not there", remedy)
    return names


LANGUAGES_REMEDY = "List language codes, the site's own first: LANGUAGES=en,az"


def languages(codes: list[str], catalogues: Path) -> list[tuple[str, str]]:
    """Language codes with the names that their speakers have for them, the site's own first.

    Django serves pages in a language that it has words in itself, or that `catalogues` has.
    One that it does not know is introduced to it, with its name from Unicode's CLDR.
    """
    if not codes or len(set(codes)) < len(codes):
        raise refuse("LANGUAGES", "is empty or names one twice", LANGUAGES_REMEDY)
    return [(code, _name_of_language(code, catalogues)) for code in codes]


def _name_of_language(code: str, catalogues: Path) -> str:
    if code not in LANG_INFO and code.partition("-")[0] not in LANG_INFO:
        language = _language_of_unicode(code)
        if not find_catalogue("django", str(catalogues), [to_locale(code)]):
            remedy = f"Begin it with tools/messages.py {code} (“A language” in CONTRIBUTING.md)"
            raise refuse("LANGUAGES", f"names {code}, which has no words yet", remedy)
        LANG_INFO[code] = language
    return str(get_language_info(code)["name_local"])


def _language_of_unicode(code: str) -> dict[str, Any]:
    """A language in the form of Django's table."""
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise refuse("LANGUAGES", "cannot be read", LANGUAGES_REMEDY) from error
    names = {"name": locale.english_name or code, "name_local": locale.display_name or code}
    return {"code": code, "bidi": locale.text_direction == "rtl", **names}


def written_from_right(codes: list[str]) -> list[str]:
    """The languages written from right to left: Django's, and those of the site that it lacks."""
    known = dict(global_settings.LANGUAGES)
    own = [code for code in codes if code not in known and LANG_INFO.get(code, {}).get("bidi")]
    return list(dict.fromkeys([*global_settings.LANGUAGES_BIDI, *own]))


THEME_PARTS = ("templates", "static")


def theme(folder: str) -> Path | None:
    """The folder of an office's own templates and files; None for ""."""
    if not folder:
        return None
    path = Path(folder).resolve()
    if not any((path / part).is_dir() for part in THEME_PARTS):
        remedy = "Name a folder that holds templates/ or static/, or leave it empty"
        raise refuse("THEME_DIR", "is no theme", remedy)
    return path


def part_of_theme(theme: Path | None, part: str) -> list[Path]:
    """The folder `part` of a theme, if it has one."""
    return [theme / part] if theme and (theme / part).is_dir() else []


FONT_FILES = frozenset({".ttf", ".otf", ".ttc"})


def fonts(folder: str) -> list[Path]:
    """The font files in a folder, at least one; none for ""."""
    path = Path(folder)
    found = sorted(path.iterdir()) if folder and path.is_dir() else []
    files = [file.resolve() for file in found if file.suffix.lower() in FONT_FILES]
    if folder and not files:
        remedy = "Name a folder that holds .ttf, .otf or .ttc files, or leave it empty"
        raise refuse("FONTS_DIR", "is no folder with fonts", remedy)
    return files


MAIL_PROVIDERS = {
    "brevo": "BREVO_API_KEY",
    "mailgun": "MAILGUN_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "sendgrid": "SENDGRID_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}
"""The providers whose key is all that anymail needs, and what anymail calls it."""

WEBHOOK_SECRET_MIN_LENGTH = 24


def mail_server(url: str, *, debug: bool) -> dict[str, Any]:
    """The settings of the mail server at `url`; without one, the demo keeps its mails."""
    remedy = "Write smtp+tls://USER:PASSWORD@HOST:587 or smtp://HOST:25"
    if url:
        return dict(checked("EMAIL_URL", lambda: environ.Env.email_url_config(url), remedy))
    if not debug:
        raise refuse("EMAIL_URL", "is missing", remedy)
    return {"EMAIL_BACKEND": "casa.demo.inbox.EmailBackend"}


def mail_provider(name: str, *, email_url: str) -> str:
    known = ", ".join(MAIL_PROVIDERS)
    if name and name not in MAIL_PROVIDERS:
        raise refuse("MAIL_PROVIDER", "is not known", f"Write one of {known}, or use EMAIL_URL")
    if name and email_url:
        remedy = "Leave one of the two empty: mail goes one way"
        raise refuse("MAIL_PROVIDER", "is set beside EMAIL_URL", remedy)
    return name


def anymail(
    provider: str, *, key: str, url: str, signing_key: str, webhook_secret: str
) -> dict[str, Any]:
    """The settings of django-anymail for a provider."""
    if not key:
        raise refuse("MAIL_PROVIDER_KEY", "is missing", f"Copy the key that {provider} gave you")
    if ":" not in webhook_secret or len(webhook_secret) < WEBHOOK_SECRET_MIN_LENGTH:
        # Whoever knows it could close signatures in others' names, so it must not be guessed.
        remedy = (
            "Write NAME:PASSWORD, 24 characters or more, for example the output of:"
            " python -c 'import secrets; print(\"casa:\" + secrets.token_urlsafe())'"
        )
        raise refuse("MAIL_WEBHOOK_SECRET", "is missing or too short", remedy)
    settings: dict[str, Any] = {MAIL_PROVIDERS[provider]: key, "WEBHOOK_SECRET": webhook_secret}
    if url:
        settings[f"{provider.upper()}_API_URL"] = api_url("MAIL_PROVIDER_URL", url)
    if signing_key:
        settings[f"{provider.upper()}_WEBHOOK_SIGNING_KEY"] = signing_key
    return settings


def api_url(variable: str, value: str) -> str:
    if not value.startswith("https://"):
        remedy = f"Write it in full: {variable}=https://api.eu.mailgun.net/v3"
        raise refuse(variable, "is not an address", remedy)
    return value


def networks(variable: str, values: list[str]) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks of our own proxies; one that holds everybody is refused."""
    remedy = f"List addresses or networks: {variable}=127.0.0.1,10.0.0.0/8"
    try:
        found = [ip_network(value.strip()) for value in values]
    except ValueError as error:
        raise refuse(variable, "names what is no network", remedy) from error
    if any(network.prefixlen == 0 for network in found):
        raise refuse(variable, "names the whole internet", remedy)
    return found


def site_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        is_place = bool(HOST_NAME.fullmatch(parts.netloc.rpartition(":")[0] or parts.netloc))
        is_address = parts.scheme in ("http", "https") and is_place and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        remedy = "Write it in full: SITE_URL=https://letters.example.org"
        raise refuse("SITE_URL", "is not an address", remedy)
    return value.rstrip("/")


def mail_address(variable: str, value: str) -> str:
    """An address, with a name before it or not; its domain as mail servers take it."""
    name, address = parseaddr(value)
    try:
        read = mailboxes.read(address)
    except mailboxes.RefusedAddressError as error:
        remedy = f"Write {variable}=office@example.org"
        raise refuse(variable, "is not an e-mail address", remedy) from error
    return formataddr((name, read)) if name.isascii() else value.replace(address, read)


def mail_addresses(variable: str, values: list[str]) -> list[str]:
    """Bare addresses, without the names that may stand before them."""
    return [parseaddr(mail_address(variable, value))[1] for value in values if value.strip()]


def sender(site_url: str) -> str:
    """The address of the site's mails at its own name; "" where that takes no mail."""
    try:
        return mailboxes.read(f"signatures@{urlsplit(site_url).hostname}")
    except mailboxes.RefusedAddressError:
        return ""


def security_contact(value: str | None) -> str | None:
    """An e-mail address or the https address of a page; empty for none, None if it is not set."""
    if value is None:
        return None
    is_page = value.startswith("https://") and bool(value[8:])
    if (value and not (is_page or ("@" in value and ":" not in value))) or len(value.split()) > 1:
        remedy = "Write security@example.org, or the https address of a page"
        raise refuse("SECURITY_CONTACT", "is no address to write to", remedy)
    return value


def sites(variable: str, values: list[str]) -> list[str]:
    """Origins for a Content-Security-Policy: `*` alone, or such as https://partner.example."""
    found = [value.strip().rstrip("/") for value in values if value.strip()]
    if found == ["*"]:
        return found
    for value in found:
        if not re.fullmatch(r"https?://(\*\.)?[\w.-]+(:\d+)?", value, re.ASCII):
            remedy = f"Write {variable}=* or origins such as https://partner.example, with commas"
            raise refuse(variable, "names what is no site", remedy)
    return found


def folder(variable: str, path: Path) -> Path:
    """`path`, made if it is not there yet."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remedy = "Name a folder that this user may write to"
        raise refuse(variable, f"cannot be made ({error.strerror})", remedy) from error
    return path
