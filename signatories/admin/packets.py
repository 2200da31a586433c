"""Packets in the back office: ordered, watched, stopped, looked through, taken along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User, staff
from casa.lib import languages
from casa.lib.admin import Screen, page_context
from casa.lib.db.sealed import Unreadable
from casa.lib.moments.words import moment_in_words
from signatories.admin.filters import STATEMENT_TITLES, StatementFilter
from signatories.admin.screens import ScreensAdmin
from signatories.models import Packet, Signature
from signatories.moderation.exports import CONTACT_PERMISSION
from signatories.packets import making
from signatories.packets.freezing import PacketError
from statements.admin.texts import language_name
from statements.models import Edition, Statement
from statements.permissions import is_visible_to, of_visible_statements

PERMISSION = "signatories.make_packet"
REFRESH = 3  # seconds
COMMENTS_OFFERED = 200
State = Packet.State


def may_make(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, **captured: int
) -> bool:
    user = staff(request)
    return user.has_perm(PERMISSION) and is_visible_to(user, statement)


def may_work_on(
    model_admin: admin.ModelAdmin, request: HttpRequest, packet: Packet, **captured: int
) -> bool:
    return may_make(model_admin, request, packet.statement)


class PacketForm(forms.ModelForm):
    """What a packet is to hold."""

    comments = forms.TypedMultipleChoiceField(
        label=_("Comments that go along"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The newest ones. They are for the addressee, and shown nowhere in public."),
    )

    class Meta:
        model = Packet
        fields = ("target", "language", "order", "paper", "letter", "comments")
        widgets = {"letter": forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, statement: Statement, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["target"].queryset = statement.targets.all()
        fields["target"].empty_label = gettext("All whom the statement is addressed to")
        current = Edition.objects.public().current().filter(statement=statement).order_by("pk")
        codes = [edition.language for edition in current]
        fields["language"] = forms.ChoiceField(
            label=gettext("Language"),
            choices=[(code, language_name(code)) for code in codes],
            help_text=gettext("That of the words; names are sorted by its alphabet."),
        )
        fields["comments"].choices = offered = list(_comments(statement, by))
        if not offered:
            del fields["comments"]


def _comments(statement: Statement, by: User) -> Iterator[tuple[int, str]]:
    """The newest comments of those who count, for whoever may read them."""
    if not by.has_perm(CONTACT_PERMISSION):
        return
    rows = Signature.objects.counted().filter(statement=statement).exclude(comment="")
    for one in rows.select_related("organization").order_by("-pk")[:COMMENTS_OFFERED]:
        if not isinstance(one.comment, Unreadable):
            who = gettext("Name withheld") if one.name_withheld else str(one)
            yield one.pk, f"{who}: {Truncator(one.comment).chars(300)}"


def _letter(statement: Statement, language: str) -> str:
    """What was written last, to go on from; without it, a letter that is short and fits."""
    own = Packet.objects.filter(statement=statement, language=language)
    any_ = Packet.objects.filter(language=language)
    for rows in (own, any_):
        if last := rows.exclude(letter="").order_by("-pk").first():
            return last.letter
    with translation.override(languages.interface(language)):
        return gettext(
            "To {addressee}\n\n"
            "We hand over “{title}”, signed by {count}. What it asks stands on the next pages, with"
            " the names of those who signed.\n\n"
            "We ask you to tell us what you will do, and we shall tell those who signed.\n\n"
            "{date}"
        )


def show_new(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """The form for a packet (GET); has it made (POST)."""
    first = statement.targets.first()
    initial = {
        "target": first.pk if first and statement.targets.count() == 1 else None,
        "language": statement.language,
        "letter": _letter(statement, statement.language),
    }
    posted = request.POST if request.method == "POST" else None
    form = PacketForm(posted, statement=statement, by=staff(request), initial=initial)
    if form.is_valid():
        try:
            packet = making.order(statement, by=staff(request), **form.cleaned_data)
        except PacketError as error:
            form.add_error(None, str(error))
        else:
            return redirect("admin:signatories_packet_show", packet.pk)
    context = page_context(
        model_admin, request, title=gettext("Make a packet"), statement=statement, form=form
    )
    status = 422 if form.is_bound else 200
    return render(request, "admin/signatories/packet/new.html", context, status=status)


def show(model_admin: admin.ModelAdmin, request: HttpRequest, packet: Packet) -> HttpResponse:
    """How far it has come, or what is in it (GET); stops, goes on, discards (POST)."""
    if request.method == "POST":
        return _act(request, packet)
    moves = packet.state == State.RUNNING
    done = packet.state == State.DONE
    later, gone = making.since(packet) if done and not packet.emptied_at else (0, 0)
    context = page_context(
        model_admin, request, title=str(packet).capitalize(), packet=packet,
        statement=packet.statement, language=language_name(packet.language), later=later, gone=gone,
        percent=100 * packet.files_made // packet.files if packet.files else 0,
        refresh=REFRESH if moves and "still" not in request.GET else 0,
        is_late=moves and _is_late(packet),
    )  # fmt: skip
    return render(request, "admin/signatories/packet/show.html", context)


def _is_late(packet: Packet) -> bool:
    """Whether nothing happens: no worker runs, or a step failed and is tried again."""
    waits = packet.frozen_at is None and packet.made_at < timezone.now() - timedelta(minutes=2)
    return packet.attempts > 0 or waits


def _act(request: HttpRequest, packet: Packet) -> HttpResponse:
    verb, told = request.POST.get("verb", ""), ""
    if verb == "stop" and making.stop(packet):
        told = gettext("Stopped. What was made is kept until you go on.")
    elif verb == "resume" and making.resume(packet):
        told = gettext("It goes on where it was stopped.")
    elif verb == "discard" and making.discard(packet):
        messages.success(request, gettext("Discarded. Nothing of it is kept."))
        return redirect("admin:signatories_packet_changelist")
    if told:
        messages.success(request, told)
    else:
        messages.warning(request, gettext("Nothing was done: somebody else was faster."))
    return redirect("admin:signatories_packet_show", packet.pk)


def give_archive(
    model_admin: admin.ModelAdmin, request: HttpRequest, packet: Packet
) -> HttpResponseBase:
    """The archive as a download, which the log of exports notes."""
    try:
        archive = making.archive(packet, by=staff(request))
    except PacketError as error:
        messages.error(request, str(error))
        return redirect("admin:signatories_packet_show", packet.pk)
    return FileResponse(
        archive, as_attachment=True, filename=packet.file_name, content_type="application/zip"
    )


SCREENS = (
    Screen("new", "new/<int:pk>/", show_new, may_make, of=Statement),
    Screen("show", "<int:pk>/show/", show, may_work_on, of=Packet),
    Screen("archive", "<int:pk>/archive/", give_archive, may_work_on, of=Packet),
)


@admin.register(Packet)
class PacketAdmin(ScreensAdmin):
    """What was put together to be handed over, and the way to each."""

    permission = PERMISSION
    screens = SCREENS
    lookups = frozenset({"statement"})
    first_step = _("No packets were made yet. Make one from the screen of a published statement.")
    list_display = ("shown", "of", "for_whom", "holds", "shown_state", "length")
    list_filter = (StatementFilter,)
    list_select_related = ("statement",)
    fields: ClassVar[Any] = ("statement", "state", "made_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = of_visible_statements(request.user, super().get_queryset(request))
        return found.prefetch_related(STATEMENT_TITLES)

    @admin.display(description=_("frozen"), ordering="pk")
    def shown(self, packet: Packet) -> str:
        return moment_in_words(packet.frozen_at or packet.made_at)

    @admin.display(description=_("statement"))
    def of(self, packet: Packet) -> str:
        return str(packet.statement)

    @admin.display(description=_("addressee"))
    def for_whom(self, packet: Packet) -> str:
        return packet.addressee

    @admin.display(description=_("names"), ordering="names")
    def holds(self, packet: Packet) -> str:
        return str(intcomma(packet.names))

    @admin.display(description=_("state"))
    def shown_state(self, packet: Packet) -> str:
        return gettext("files deleted") if packet.emptied_at else packet.get_state_display()

    @admin.display(description=_("size"))
    def length(self, packet: Packet) -> str:
        return filesizeformat(packet.size) if packet.size else ""
