"""Who may ask in a round: whoever may change it, under a statement that they may see.

The list shows names and addresses of people who were asked, to nobody else.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from signatories.models import InvitationRound
from statements.permissions import is_visible_to

PERMISSION = "signatories.change_invitationround"


def may_ask(
    model_admin: admin.ModelAdmin, request: HttpRequest, asking: InvitationRound, **captured: Any
) -> bool:
    return request.user.has_perm(PERMISSION) and is_visible_to(request.user, asking.statement)
