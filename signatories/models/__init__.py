"""Who signs: organizations, signatures, their history, and the tally.

A signature's state is changed by `signatories/core/states.py` alone, which keeps history and tally.
Everybody else imports from here.
"""

from signatories.models.addressees import FEWEST, AddresseeMailing, AddresseeNotice
from signatories.models.bursts import Burst
from signatories.models.collected import AffiliationMark, CollectedBy
from signatories.models.consent import ConsentWording
from signatories.models.data_requests import DataRequest, DataRequestProof
from signatories.models.decisions import Decision, DecisionRow
from signatories.models.directory_changes import DirectoryChange, DirectoryChangeRow
from signatories.models.erasures import Erasure
from signatories.models.events import (
    OrganizationEvent,
    OrganizationEventQuerySet,
    SignatureEvent,
    SignatureEventQuerySet,
)
from signatories.models.exports import ExportLog, ExportLogQuerySet
from signatories.models.followers import DeliveryNotice, Follower
from signatories.models.funnel import FunnelCount
from signatories.models.guards import AccessRule, ProtectedName
from signatories.models.held_forms import HeldForm
from signatories.models.imports import ImportBatch, ImportLine, ImportProof, ImportSource
from signatories.models.invitation_events import InvitationEvent
from signatories.models.likely_duplicates import LikelyDuplicate, LikelyDuplicateQuerySet
from signatories.models.logo_uploads import LogoFile, LogoPicture, LogoUpload
from signatories.models.logos import Logo
from signatories.models.mail_budgets import DomainBudget, MailboxBudget
from signatories.models.mailings import (
    CorrectionMailing,
    UpdateMailing,
    UpdateRecipient,
    UpdateWords,
)
from signatories.models.organization_names import OrganizationAlias, OrganizationKey
from signatories.models.organization_sets import ANSWER_WITHIN, OrganizationQuerySet
from signatories.models.organizations import (
    NAME_LENGTH,
    REGISTRATION_LENGTH,
    Organization,
    free_slug,
)
from signatories.models.owner_asks import AskedOwner, OwnerMailing
from signatories.models.packets import LETTER_LENGTH, Packet, PacketPiece
from signatories.models.paper import (
    PAPER_WAITS,
    PaperCount,
    PaperEvent,
    PaperEventQuerySet,
    PaperSheet,
)
from signatories.models.place import Place
from signatories.models.rates import DailySalt, RateCount
from signatories.models.rounds import (
    Invitation,
    InvitationQuerySet,
    InvitationRound,
    InvitationRoundQuerySet,
    InvitationWords,
)
from signatories.models.seals import (
    Audit,
    AuditCursor,
    EndedReceipt,
    GoneCount,
    Leaf,
    LeafQuerySet,
    Seal,
    SealQuerySet,
)
from signatories.models.signature_sets import (
    COUNTED,
    NAMED,
    ForStatementPage,
    SignatureQuerySet,
)
from signatories.models.signatures import Signature, in_full
from signatories.models.tally import TallySlot

__all__ = [
    "ANSWER_WITHIN",
    "COUNTED",
    "FEWEST",
    "LETTER_LENGTH",
    "NAMED",
    "NAME_LENGTH",
    "PAPER_WAITS",
    "REGISTRATION_LENGTH",
    "AccessRule",
    "AddresseeMailing",
    "AddresseeNotice",
    "AffiliationMark",
    "AskedOwner",
    "Audit",
    "AuditCursor",
    "Burst",
    "CollectedBy",
    "ConsentWording",
    "CorrectionMailing",
    "DailySalt",
    "DataRequest",
    "DataRequestProof",
    "Decision",
    "DecisionRow",
    "DeliveryNotice",
    "DirectoryChange",
    "DirectoryChangeRow",
    "DomainBudget",
    "EndedReceipt",
    "Erasure",
    "ExportLog",
    "ExportLogQuerySet",
    "Follower",
    "ForStatementPage",
    "FunnelCount",
    "GoneCount",
    "HeldForm",
    "ImportBatch",
    "ImportLine",
    "ImportProof",
    "ImportSource",
    "Invitation",
    "InvitationEvent",
    "InvitationQuerySet",
    "InvitationRound",
    "InvitationRoundQuerySet",
    "InvitationWords",
    "Leaf",
    "LeafQuerySet",
    "LikelyDuplicate",
    "LikelyDuplicateQuerySet",
    "Logo",
    "LogoFile",
    "LogoPicture",
    "LogoUpload",
    "MailboxBudget",
    "Organization",
    "OrganizationAlias",
    "OrganizationEvent",
    "OrganizationEventQuerySet",
    "OrganizationKey",
    "OrganizationQuerySet",
    "OwnerMailing",
    "Packet",
    "PacketPiece",
    "PaperCount",
    "PaperEvent",
    "PaperEventQuerySet",
    "PaperSheet",
    "Place",
    "ProtectedName",
    "RateCount",
    "Seal",
    "SealQuerySet",
    "Signature",
    "SignatureEvent",
    "SignatureEventQuerySet",
    "SignatureQuerySet",
    "TallySlot",
    "UpdateMailing",
    "UpdateRecipient",
    "UpdateWords",
    "free_slug",
    "in_full",
]
