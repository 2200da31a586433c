"""What ends the time for which data around signatures is kept: the rules of these rooms."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from casa.lib.periods import Term, cutoff
from casa.lib.personal_data import Retention, Words
from casa.retention.rules import Due, Rule, by_statement
from signatories import models
from signatories.core import mail_budget
from signatories.core.personal_data import ended_values
from signatories.leads import paper
from signatories.leads import worker as imports
from signatories.mailings import followers
from signatories.models import Signature
from signatories.moderation import bursts
from signatories.moderation import worker as decisions
from signatories.organizations import bulk_logos
from signatories.packets import making as packets
from signatories.rounds import forgetting
from signatories.self_service import contact_ends, data_requests, unconfirmed
from signatories.signing import held_forms
from signatories.signing.antispam import access, counters

ROWS = "*"


def _due_networks(at: datetime) -> Iterator[Due]:
    old = Signature.objects.filter(created_at__lt=cutoff(Term.NETWORK, at))
    yield from by_statement(old.exclude(network=""))


def _empty_networks(keys: list[int]) -> None:
    Signature.objects.filter(pk__in=keys).update(**ended_values(Retention.NETWORK))


def _due_exports(at: datetime) -> Iterator[Due]:
    yield Due(models.ExportLog.objects.filter(at__lt=cutoff(Term.LOG, at)))


def _columns(retention: Retention) -> str:
    return " ".join(ended_values(retention))


def _rule(
    name: str, words: Words, due: Any, *holding: type[Model], columns: str = ROWS, **more: Any
) -> Rule:
    return Rule(name=name, words=words, due=due, holds=dict.fromkeys(holding, columns), **more)


RAW = "original fields doubts filled"

DAILY = (
    Rule(
        name="end-contact-data",
        words=_("contact data, postal codes, comments and answers of signers"),
        holds={
            Signature: _columns(Retention.AFTER_END),
            models.UpdateRecipient: ROWS, models.AskedOwner: ROWS, models.ImportLine: RAW,
        },
        due=contact_ends.due, forget=contact_ends.forget, told=contact_ends.told,
        term=Term.CONTACT,
    ),
    _rule("end-following", _("who wants to hear of a hand-over"), contact_ends.due_followers,
          models.Follower, term=Term.CONTACT),
    _rule("forget-networks", _("networks that signatures came from, as keyed hashes"),
          _due_networks, Signature, columns=_columns(Retention.NETWORK),
          forget=_empty_networks, told=contact_ends.told, term=Term.NETWORK),
    _rule("forget-imported-lines", _("lines of imported lists, as they came"), imports.due_lines,
          models.ImportLine, columns=RAW, forget=imports.empty_lines, term=Term.LINES),
    _rule("forget-lines-of-signatures", _("lines that signatures were made of"),
          imports.due_in_signatures, Signature, columns=_columns(Retention.WITH_LINES),
          forget=imports.empty_in_signatures, told=contact_ends.told, term=Term.LINES),
    _rule("forget-requests", _("requests by letter, and the letters"), data_requests.due,
          models.DataRequest, models.DataRequestProof, term=Term.REQUEST),
    _rule("empty-packets", _("files of packets that were handed over"), packets.due,
          models.PacketPiece, forget=packets.empty, told=lambda packet: str(packet.statement),
          term=Term.PACKET),
    _rule("forget-exports", _("who exported what"), _due_exports, models.ExportLog, term=Term.LOG),
)  # fmt: skip

HOURLY = (
    _rule("forget-unconfirmed-signatures", _("signatures that nobody confirmed"), unconfirmed.due,
          Signature, forget=unconfirmed.forget, term=Term.UNCONFIRMED),
    _rule("forget-unconfirmed-followers", _("who never confirmed that they want to hear"),
          followers.due_unconfirmed, models.Follower, forget=followers.forget),
    _rule("forget-imported-lists", _("imported lists, as they came"), imports.due_lists,
          models.ImportSource),
    _rule("forget-scanned-sheets", _("scanned sheets"), paper.due, models.PaperSheet,
          forget=paper.forget, term=Term.PAPER),
    _rule("forget-rounds", _("who was asked to sign first"), forgetting.due, models.Invitation,
          columns="name organization role email phone organization_key email_key note original"
                  " doubt reason",
          forget=forgetting.forget, term=Term.ROUND),
    _rule("forget-logo-uploads", _("logos that were uploaded at once"), bulk_logos.due,
          models.LogoUpload),
    _rule("forget-bursts", _("marks of bursts of signatures"), bursts.due, models.Burst),
    _rule("forget-drafts-of-decisions", _("decisions that were never begun"),
          decisions.due_drafts, models.Decision),
    _rule("forget-criteria-of-decisions", _("whom decisions on many were for"),
          decisions.due_criteria, models.Decision, columns="criteria",
          forget=decisions.forget_criteria),
    _rule("forget-rate-counts", _("counts of tries from one network"), counters.due,
          models.RateCount, models.DailySalt),
    _rule("forget-listed-networks", _("networks on the list against abuse"), access.due,
          models.AccessRule, models.AccessRule.history.model, columns="network"),
    _rule("forget-held-forms", _("what was typed into forms"), held_forms.due, models.HeldForm),
    _rule("forget-mail-budgets", _("counts of mails to one mailbox"), mail_budget.due,
          models.MailboxBudget, models.DomainBudget),
)  # fmt: skip
