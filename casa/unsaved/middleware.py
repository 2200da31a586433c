"""No form of the back office that was sent is lost: what cannot be saved is kept and offered back.

It looks at answers, so that it holds for every screen, those of packages included.
"""

import logging
import re
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from casa.lib.concurrent_edits.opened import NAME
from casa.lib.html import filling
from casa.unsaved import drafts, holding, kept_files, pages
from casa.unsaved.models import Reason
from casa.unsaved.state import LEFT_HERE, State, begin

VERSIONS = (NAME,)
"""Hidden fields that say what a form was opened with: they go with what was typed."""

# Signing in and out: nothing that is typed there may be kept.
NEVER = frozenset({
    "login", "login_code", "logout", "second_factor", "password_change", "password_reset",
    "password_reset_confirm", "auth_user_password_change", "unsaved_keep", "unsaved",
})  # fmt: skip
REASONS = {403: Reason.FORBIDDEN, 404: Reason.GONE, 410: Reason.GONE, 500: Reason.ERROR}
SHOWN_AGAIN = (200, 409, 422)
"""With other answers nobody may have read the form, and it may be too large to be read."""

FORM = re.compile(rb"<form\b([^<>]*)>")

logger = logging.getLogger(__name__)


class UnsavedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not holding.is_office(request):
            return self.get_response(request)
        state = begin(request)
        response = self.get_response(request)
        if not _is_kept_of(request):
            return response
        if request.method == "POST":
            response = _after_post(state, response)
        elif request.method == "GET" and response.status_code == 200 and state.key:
            _fill_in(state, response)
        _restore_nothing(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method != "POST" or not holding.is_office(request) or not _is_kept_of(request):
            return None
        state: State = request.unsaved  # type: ignore[attr-defined]
        if state.user and state.opened and state.opened.user != state.user:
            return pages.refusal(Reason.OTHER)
        if state.user:
            _take_files(state)
        return None


def _is_kept_of(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is None or match.url_name not in NEVER


def _restore_nothing(response: HttpResponseBase) -> None:
    """A browser shows what the page says after Back, not what stood in its fields before."""
    if _is_page(response):
        response.content = FORM.sub(_not_restored, response.content)  # type: ignore[attr-defined]


def _not_restored(form: re.Match[bytes]) -> bytes:
    is_posted, says = b'method="post"' in form[1], b"autocomplete=" in form[1]
    return b'<form autocomplete="off"%b>' % form[1] if is_posted and not says else form[0]


def _is_page(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "")
    return not response.streaming and kind.startswith("text/html")


# After a form was sent


def _after_post(state: State, response: HttpResponseBase) -> HttpResponseBase:
    reason = _reason(state.request, response)
    if reason is not None:
        return _not_saved(state, response, reason)
    if _is_saved(response) and not _was_refused(state.request):
        _forget(state)
    elif _is_saved(response):
        _say_that_it_is_kept(state)
    elif response.status_code in SHOWN_AGAIN and _is_page(response) and state.user:
        _shown_again(state, response)
    return response


def _reason(request: HttpRequest, response: HttpResponseBase) -> Reason | None:
    """Why the form was not saved; None where it was, or is shown again with what is wrong."""
    if given := getattr(response, "unsaved_reason", None):
        return Reason(given)
    if not 300 <= response.status_code < 400:
        return REASONS.get(response.status_code)
    target = urlsplit(response.headers["Location"]).path
    if target in (reverse("admin:login"), reverse("admin:second_factor")):
        return Reason.SESSION
    match = request.resolver_match
    is_change = match is not None and (match.url_name or "").endswith("_change")
    return Reason.GONE if is_change and target == reverse("admin:index") else None


def _is_saved(response: HttpResponseBase) -> bool:
    is_download = response.headers.get("Content-Disposition", "").startswith("attachment")
    is_popup = getattr(response, "template_name", "") == "admin/popup_response.html"
    return 300 <= response.status_code < 400 or is_download or is_popup


def _was_refused(request: HttpRequest) -> bool:
    """Whether a screen leads on with an error in place of what was to be done."""
    queued = getattr(messages.get_messages(request), "_queued_messages", ())
    return any(one.level >= messages.ERROR for one in queued)


def _say_that_it_is_kept(state: State) -> None:
    if state.user and _hold(state, Reason.REFUSED):
        link = '<a href="{}">{}</a>'
        said = gettext("What you typed is kept. Look at it")
        messages.info(state.request, format_html(link, reverse("admin:unsaved"), said))


def _forget(state: State) -> None:
    posted = state.request.POST
    if not state.user:
        return
    holding.forget(state.user, posted.getlist(holding.FIELD))
    kept = [value for name, value in posted.items() if name.startswith(holding.KEPT_FILE)]
    kept_files.forget(map(str, kept), user=state.user)
    if state.opened:
        drafts.note_saved(state.request, state.opened.page)


def _not_saved(state: State, response: HttpResponseBase, reason: Reason) -> HttpResponseBase:
    row = _hold(state, reason)
    address = holding.page_filled(state.opened.page, row.key) if row and state.opened else ""
    if reason == Reason.SESSION:
        if not row:
            return response
        login = urlsplit(response.headers["Location"]).path
        return HttpResponseRedirect(f"{login}?{urlencode({'next': address})}")
    if response.status_code == 500 and settings.DEBUG:
        return response
    is_own = bool(row) and state.opened is not None and state.opened.user == state.user
    # Django leads away from a record that is not there; a page of our own leads nowhere.
    status = response.status_code if response.status_code >= 400 else 404
    return pages.not_saved(state.request, reason, status=status, address=address, is_own=is_own)


def _hold(state: State, reason: Reason) -> Any:
    opened = state.opened
    if opened is None:
        return None
    try:
        with transaction.atomic():
            kept = _keep_files(state, opened.user, refused=set())
            fields = holding.fields_of(state.request.POST)
            files = {field: one.secret for field, one in kept.items()}
            row = holding.hold(opened.user, opened.page, fields, reason, files=files)
            came_from = state.request.POST.getlist(holding.FIELD)
            came_from = [key for key in came_from if row is None or key != str(row.key)]
            holding.forget(opened.user, came_from, with_files=False)
    except DatabaseError:
        logger.exception("What was typed could not be kept")
        return None
    return row


# Files


def _take_files(state: State) -> None:
    """Put kept files where they would have been, had they been chosen again."""
    request = state.request
    for name, secret in request.POST.items():
        field = name.removeprefix(holding.KEPT_FILE)
        if field == name or field in request.FILES:
            continue
        upload = kept_files.find(str(secret), user=state.user)
        if upload is not None:
            request.FILES[field] = upload
            state.taken[field] = str(secret)


def _keep_files(state: State, user: int, *, refused: set[str]) -> dict[str, kept_files.Kept]:
    """Keep what was chosen, by the field that it stands in now; not what is refused there."""
    kept: dict[str, kept_files.Kept] = {}
    for field, sent in state.request.FILES.items():
        upload = cast("UploadedFile", sent)
        name = getattr(upload, "shown_as", field)
        if name in refused:
            continue
        secret = state.taken.get(field)
        if secret:
            kept[name] = kept_files.Kept(secret, upload.name or "")
        elif one := kept_files.keep(upload, user=user):
            kept[name] = one
    return kept


def _shown_again(state: State, response: Any) -> None:
    """A form that has errors: what was chosen stays, and so does what it was filled in from."""
    # A file that was refused would be refused again.
    kept = _keep_files(state, state.user, refused=filling.refused_files(response.text))
    key = state.request.POST.get(holding.FIELD, "")
    if kept or key:
        response.content = filling.add(
            response.text, after_files=_notes(kept), inside=_hidden(key) if key else "",
            names=set(state.request.POST),
        )  # fmt: skip


def _notes(kept: dict[str, kept_files.Kept]) -> dict[str, str]:
    return {name: one.field(name, holding.KEPT_FILE) for name, one in kept.items()}


def _hidden(key: object) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', holding.FIELD, key)


# When the page is opened again


def _fill_in(state: State, response: Any) -> None:
    held = state.filled()
    if held is None or not _is_page(response):
        return
    found = {
        name: kept
        for name, secret in held.files.items()
        if (kept := kept_files.look(secret, user=state.user))
    }
    filled = filling.fill(
        response.text, held.fields, hidden=VERSIONS, after_files=_notes(found),
        inside=_hidden(held.row.key),
    )  # fmt: skip
    left = holding.words_in(filled.left)
    response.content = filled.page.replace(LEFT_HERE, pages.left(left), 1)
