"""One merge or split: what it moved, and how it is undone."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from casa.accounts.models import staff
from casa.lib.admin import page_context
from signatories.admin.directory.merge import filled_in_words, title_of
from signatories.models import DirectoryChange, DirectoryChangeRow, Organization, OrganizationAlias
from signatories.organizations import merging, unmerging

What = DirectoryChangeRow.What
SHOWN = 50


def show_moved(
    model_admin: admin.ModelAdmin, request: HttpRequest, change: DirectoryChange
) -> HttpResponse:
    """What moved (GET); undo it (POST)."""
    if request.method == "POST":
        _undo(request, change)
        return redirect("admin:signatories_organization_moved", change.pk)
    rows = change.rows.all()
    aliases = rows.filter(what=What.ALIAS).values("number")
    signatures = rows.filter(what=What.SIGNATURE)
    doubled = signatures.exclude(was_state="").select_related(
        "signature__statement", "signature__organization", "from_organization"
    )
    is_done = change.state == DirectoryChange.State.DONE
    context = page_context(
        model_admin,
        request,
        title=str(change),
        change=change,
        others=list(change.others()),
        signatures=signatures.count(),
        aliases=list(OrganizationAlias.objects.filter(pk__in=aliases)) if is_done else [],
        has_logo=rows.filter(what=What.LOGO).exists(),
        filled=list(filled_in_words(change.filled)),
        doubled=[
            # Called as before it moved: the one that stands has the name of the other.
            (
                title_of(request, row.signature.statement),
                row.signature,
                row.from_organization or row.signature,
            )
            for row in doubled[:SHOWN]
            if row.signature is not None
        ],
        more_doubled=max(0, doubled.count() - SHOWN),
        kept=unmerging.kept(change),
        is_done=is_done,
        obstacle=unmerging.obstacle(change) if is_done else "",
    )
    return render(request, "admin/signatories/organization/moved.html", context)


def _undo(request: HttpRequest, change: DirectoryChange) -> None:
    try:
        done = unmerging.undo(change, by=staff(request))
    except merging.RefusedError as refused:
        messages.error(request, str(refused))
        return
    if done:
        messages.success(request, gettext("Undone. What was changed since stays as it is."))
    else:
        messages.info(request, gettext("It is undone already."))


def changes_of(organization: Organization) -> QuerySet[DirectoryChange]:
    """The merges and splits that it had a part in, the newest first."""
    away = DirectoryChangeRow.objects.filter(what=What.ORGANIZATION, number=organization.pk)
    own = Q(organization=organization) | Q(pk__in=away.values("change"))
    return DirectoryChange.objects.filter(own).order_by("-pk")


def rows_of(changes: Any) -> list[dict[str, Any]]:
    """What lists of merges and splits show."""
    return [
        {"change": one, "others": ", ".join(map(str, one.others()))}
        for one in changes.select_related("organization", "made_by")
    ]
