"""How a statement's count comes about: its ledger, the sealed files, and the check of a receipt."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_http_methods, require_safe

from casa.lib import http
from casa.lib.typed import TypedField
from signatories.audit import files, ledger
from signatories.core import paper, receipts
from signatories.models import Leaf, Seal
from statements.models import Edition, Statement
from statements.reading import current_edition, editions_of

MOST_LISTED = 60
"""Sealed days that the page shows; the file of all days has the others."""


class ReceiptForm(forms.Form):
    """Asks for a receipt, in whatever case and groups it is typed."""

    receipt = TypedField(
        label=_("Your receipt"),
        max_length=receipts.TYPED_LENGTH,
        help_text=_("It is in the mail that thanked you, and on the page of your private link."),
        error_messages={"required": _("Enter your receipt.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )  # fmt: skip

    def clean_receipt(self) -> str:
        code = receipts.read_code(self.cleaned_data["receipt"])
        if code is None:
            raise ValidationError(
                _("A receipt has 32 letters and digits, in eight groups of four."), code="receipt"
            )
        return code

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True  # an anonymous act, without a session to ride on
        return helper


@dataclass(frozen=True)
class Removal:
    label: str
    number: int


@dataclass(frozen=True)
class SealedDay:
    """A sealed file as the page tells of it."""

    seal: Seal
    organizations: int
    people: int
    removals: list[Removal]


def _day(seal: Seal) -> SealedDay:
    counted = {kind: number for change, kind, number in seal.told if change == Leaf.Change.COUNTED}
    removed: dict[str, int] = {}
    for change, _kind, number in seal.told:
        if change != Leaf.Change.COUNTED:
            removed[change] = removed.get(change, 0) + number
    labels = dict(Leaf.Change.choices)
    removals = [Removal(str(labels.get(one, one)), number) for one, number in removed.items()]
    return SealedDay(seal, counted.get("organization", 0), counted.get("person", 0), removals)


def _seals(statement: Statement) -> Any:
    return Seal.objects.filter(statement=statement).order_by("-number")


@http.public
@require_safe
def count(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "signatories/count.html", _context(current_edition(slug)))


def _context(edition: Edition) -> dict[str, Any]:
    statement = edition.statement
    days = [_day(seal) for seal in _seals(statement)[:MOST_LISTED]]
    return {
        "edition": edition,
        "statement": statement,
        "ledger": ledger.rows(statement),
        "paper_number": paper.number_of(statement),
        "corrections": _corrections(edition),
        "days": days,
        "has_more": bool(days) and days[-1].seal.number > 1,
        "form": ReceiptForm(),
    }


def _corrections(edition: Edition) -> list[Edition]:
    """Each later edition in the language of the page, the newest first."""
    found = editions_of(edition.statement.slug)
    return [one for one in found if one.number > 1 and one.language == edition.language]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@http.private
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Tells whoever has a receipt what became of the signature. The receipt stands in no address,
    so that no log and no cache keeps it.
    """
    edition = current_edition(slug)
    if request.method != "POST":
        return redirect("signatories:how_we_count", slug)
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    form = ReceiptForm(request.POST)
    context = {"edition": edition, "statement": edition.statement, "form": form}
    if not form.is_valid():
        return render(request, "signatories/count_checked.html", context, status=422)
    mark = receipts.mark_of_code(form.cleaned_data["receipt"])
    found = _found(edition.statement, mark)
    context |= {"found": found, "mark": mark.hex(), "form": ReceiptForm()}
    return render(request, "signatories/count_checked.html", context)


@dataclass(frozen=True)
class Found:
    """A leaf of somebody's own; `seal` is None until its day is over."""

    leaf: Leaf
    seal: Seal | None

    @property
    def day(self) -> date:
        return self.seal.day if self.seal else self.leaf.gathered_on


def _found(statement: Statement, mark: bytes) -> list[Found]:
    leaves = Leaf.objects.filter(statement=statement, mark=mark).order_by("position")
    return [Found(leaf, _seal_of(leaf)) for leaf in leaves]


def _seal_of(leaf: Leaf) -> Seal | None:
    seals = Seal.objects.filter(statement=leaf.statement_id, first__lte=leaf.position)
    seal = seals.order_by("-number").first()
    return seal if seal and leaf.position < seal.first + seal.leaves else None


def _etag_of_all(request: HttpRequest, slug: str) -> str | None:
    last = _seals(current_edition(slug).statement).first()
    return f'"{last.sha256}"' if last else None


@http.public
@http.limited("names_file")
@require_safe
@condition(etag_func=_etag_of_all)
def all_days(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The files of all days, one after the other."""
    seals = _seals(current_edition(slug).statement).order_by("number")
    if not seals:
        raise Http404
    return _file(files.of_seals(seals), f"{slug}-audit.txt")


def _etag_of_one(request: HttpRequest, slug: str, number: int) -> str:
    return f'"{_one(slug, number).sha256}"'


def _one(slug: str, number: int) -> Seal:
    found: Seal | None = _seals(current_edition(slug).statement).filter(number=number).first()
    if found is None:
        raise Http404
    return found


@http.public
@http.limited("names_file")
@require_safe
@condition(etag_func=_etag_of_one)
def one_day(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    return _file(files.of_seal(_one(slug, number)), f"{slug}-{number}.txt")


def _file(parts: Any, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        parts,
        content_type="text/plain; charset=us-ascii",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )
