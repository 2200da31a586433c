"""The personal data of signers, followers, and others around a signature."""

from django.utils.translation import gettext_lazy as _

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal
from signatories import models
from signatories.audit import personal_data as of_seals  # noqa: F401 - declares its own
from signatories.core.personal_data import IMPORTED, SIGNATURE
from signatories.mailings import personal_data as of_mailings  # noqa: F401 - declares its own
from signatories.packets import personal_data as of_packets  # noqa: F401 - declares its own

STAFF = _("who of the office did it")
WHEN = "what changed, and when"
RECORD = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)
DIRECTORY = Ground(Subject.ORGANIZATION, Basis.INTEREST, Retention.IN_DIRECTORY)
FOLLOWING = Ground(Subject.FOLLOWER, Basis.CONSENT, Retention.WITH_FOLLOWING)
ASKED = Ground(Subject.INVITED, Basis.INTEREST, Retention.AFTER_ROUND)
OF_THE_ROUND = Ground(
    Subject.INVITED,
    Basis.INTEREST,
    Retention.WITH_STATEMENT,
    _("once the name is gone it tells of nobody"),
)
IN_LISTS = Ground(Subject.SIGNER, Basis.INTEREST, Retention.WITH_SIGNATURE)
SIGNED = _("that a name was erased has to be known for as long as a list might bring it back")
GUARDED = _("a list against abuse holds until the office takes something off it")
MAILS_SENT = Ground(Subject.RECIPIENT, Basis.INTEREST, Retention.A_DAY)

declare(models.Signature, SIGNATURE)
declare(
    models.SignatureEvent,
    personal("reason", _("to tell what was changed, and why"),
             Ground(Subject.SIGNER, Basis.DUTY, Retention.WITH_SIGNATURE), label=_("history")),
    personal("by_id", STAFF, Ground(Subject.STAFF, Basis.DUTY, Retention.WITH_SIGNATURE)),
    impersonal("id signature_id from_state to_state from_edition_id at", WHEN),
)  # fmt: skip
declare(
    models.Erasure,
    personal("mailbox_hash name_hash", _("so that an import does not bring an erased name back"),
             Ground(Subject.SIGNER, Basis.INTEREST, Retention.FOR_GOOD, SIGNED),
             label=_("keyed hashes of name and e-mail address, which nobody can read")),
    impersonal("id statement_id signature_number at", "that something was erased, and when"),
)  # fmt: skip
declare(
    models.UpdateRecipient,
    personal("mailbox", _("to send each mailbox one mail"),
             Ground(Subject.SIGNER, Basis.INTEREST, Retention.AFTER_END),
             label=_("a keyed hash of the e-mail address")),
    impersonal("id mailing_id signature_id mail_id", "which rows belong together"),
)  # fmt: skip
declare(
    models.Decision,
    personal("made_by_id undone_by_id", STAFF, RECORD),
    # Emptied where it names somebody whose signature is erased.
    personal("title reason", _("what was decided, and why"), RECORD),
    # Emptied of networks and domains once it is old: see moderation/work.py.
    personal("criteria", _("to hold off abuse"),
             Ground(Subject.SIGNER, Basis.INTEREST, Retention.A_MONTH),
             label=_("what a decision on many signatures was for: time, network as a keyed hash,"
                     " domain of the address, name, country")),
    impersonal("id verb state statement_id made_at begun_at finished_at chosen done left undone"
               " kept last_event attempts due_at", "how far it has come"),
)  # fmt: skip
declare(
    models.DecisionRow,
    impersonal("id decision_id signature_id organization_id outcome why seen before event"
               " undo_event", WHEN),
)  # fmt: skip
declare(models.ConsentWording, impersonal("id language text sha256", "a sentence of the site"))
declare(models.TallySlot, impersonal("id statement_id kind slot count", "a count"))

# Imports

declare(
    models.ImportBatch,
    personal("by_id undone_by_id", STAFF, RECORD),
    impersonal("id statement_id created_at changed_at source file_name sha256 kind encoding"
               " encoding_guessed looks_like columns notes consent as_leads asks_first state"
               " refusal lines_read made merged compared_up_to worked_through undone_at removed"
               " stayed",
               "what was imported when, and how far it has come"),
)  # fmt: skip
declare(
    models.ImportSource,
    personal("data", IMPORTED, Ground(Subject.SIGNER, Basis.INTEREST, Retention.A_MONTH),
             sealed="data", label=_("the list as it came")),
    impersonal("batch_id", "which import it is of"),
)  # fmt: skip
declare(
    models.ImportLine,
    personal("original fields doubts filled", IMPORTED,
             Ground(Subject.SIGNER, Basis.INTEREST, Retention.WITH_LINES),
             sealed="original fields doubts filled"),
    personal("edited_by_id", STAFF, Ground(Subject.STAFF, Basis.DUTY, Retention.WITH_SIGNATURE)),
    impersonal("id batch_id position number confidence why decision alike same_as signature_id"
               " made_organization_id is_applied version edited_at",
               "what was decided of the line"),
)  # fmt: skip
declare(
    models.ImportProof,
    personal("words file_name data", _("to prove consent"), IN_LISTS,
             sealed="words file_name data",
             label=_("what a signature came by that staff typed")),
    impersonal("line_id content_type", "whose it is"),
)  # fmt: skip

# Signatures on paper

ON_SHEETS = Ground(Subject.SIGNER, Basis.INTEREST, Retention.ON_PAPER)
declare(
    models.PaperCount,
    personal("collected_by", _("to tell who answers for signatures on paper"),
             Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD),
             label=_("who collected signatures on paper")),
    personal("note", _("what staff note of the sheets"), RECORD),
    personal("numbered_by_id", STAFF, RECORD),
    impersonal("id statement_id number counted collected_on place declared_at withdrawn_at version",
               "how many signatures on paper, and when they were declared"),
)  # fmt: skip
declare(
    models.PaperSheet,
    personal("data", _("to prove how many signed on paper"), ON_SHEETS, sealed="data",
             label=_("scanned sheets: what was written on them, with the signature")),
    personal("file_name", _("to prove how many signed on paper"), ON_SHEETS,
             label=_("scanned sheets: what was written on them, with the signature")),
    impersonal("id paper_id content_type size pages sha256 added_at", "which file it is"),
)  # fmt: skip
declare(
    models.PaperEvent,
    personal("by_id", STAFF, RECORD),
    personal("reason before", _("what was changed, and why"), RECORD,
             label=_("reason, and what it was before")),
    impersonal("id paper_id verb at number sheet", WHEN),
)  # fmt: skip

# Questions to imported people

declare(
    models.OwnerMailing,
    personal("begun_by_id", STAFF, RECORD),
    impersonal("id statement_id batch_id state begun_at ended_at", "how far a mailing has come"),
)
declare(
    models.AskedOwner,
    personal("asked_at answer answered_at", _("to ask each person once"),
             Ground(Subject.SIGNER, Basis.INTEREST, Retention.AFTER_END),
             label=_("when we asked whether the name is yours, and what you answered")),
    impersonal("signature_id mailing_id", "which rows belong together"),
)  # fmt: skip

# Organizations

declare(
    models.Organization,
    personal("name kind website ror registration city region country", _("to show who signs"),
             DIRECTORY),
    personal("slug", _("to show who signs"), DIRECTORY, label=_("address of its page")),
    personal("name_key sort_key sort_key_az sort_key_tr search_words",
             _("to find and sort organizations"), DIRECTORY,
             label=_("name")),
    personal("verification verified_at verified_domain to_check to_renew asked_again_at",
             _("to tell who made sure that it is the organization"), DIRECTORY,
             label=_("verification")),
    impersonal("id created_at request_mailed_at merged_into_id stands_from is_compared",
               "a number, when it was added and written to, and which one stands for it"),
)  # fmt: skip
declare(
    models.DirectoryChange,
    personal("made_by_id undone_by_id", STAFF, RECORD),
    personal("filled", _("to put it back when it is undone"), DIRECTORY,
             label=_("what the organization had before others were merged into it")),
    impersonal("id verb state organization_id made_at undone_at", WHEN),
)  # fmt: skip
declare(
    models.DirectoryChangeRow,
    impersonal("id change_id what signature_id number from_organization_id to_organization_id"
               " was_state event outcome why", WHEN),
)  # fmt: skip
declare(
    models.LikelyDuplicate,
    personal("not_same_by_id", STAFF, RECORD),
    impersonal("id one_id other_id likeness why not_same_at",
               "which names are like each other, and what was said of it"),
)  # fmt: skip
declare(
    models.OrganizationAlias,
    personal("name name_key", _("to find and sort organizations"), DIRECTORY,
             label=_("other name")),
    impersonal("id organization_id", "whose name it is"),
)  # fmt: skip
declare(
    models.OrganizationKey,
    personal("key", _("to find and sort organizations"), DIRECTORY, label=_("name")),
    impersonal("id organization_id", "whose name it is"),
)
declare(
    models.Logo,
    personal("file", _("to show who signs"), DIRECTORY, label=_("logo")),
    impersonal("id organization_id content_type width height approved", "which size of it"),
)
UPLOADED = Ground(Subject.ORGANIZATION, Basis.INTEREST, Retention.A_MONTH)
declare(
    models.LogoUpload,
    personal("by_id", STAFF, Ground(Subject.STAFF, Basis.DUTY, Retention.A_MONTH)),
    impersonal("id created_at changed_at language state shown", "how far it has come"),
)
declare(
    models.LogoFile,
    personal("name data", _("to show who signs"), UPLOADED, label=_("logo")),
    impersonal("id upload_id position is_read refusal certainty alike organization_id outcome",
               "which organization it is of, and what became of it"),
)  # fmt: skip
declare(
    models.LogoPicture,
    personal("data", _("to show who signs"), UPLOADED, label=_("logo")),
    impersonal("id file_id is_before content_type width height", "which size of it"),
)
declare(
    models.OrganizationEvent,
    personal("by_id", STAFF, RECORD),
    # Emptied where it names somebody whose signature is erased.
    personal("reason", _("why it was decided"), RECORD, label=_("reason")),
    impersonal("id organization_id from_verification to_verification at", WHEN),
)

# Followers

declare(
    models.Follower,
    personal("email", _("to tell of the hand-over"), FOLLOWING, label=_("e-mail address"),
             downloaded=True, sealed="email"),
    personal("email_key", _("to tell of the hand-over"), FOLLOWING, label=_("e-mail address"),
             sealed="email_key"),
    personal("language", _("to tell of the hand-over"), FOLLOWING, downloaded=True),
    personal("wants_opening", _("to tell that it can be signed"), FOLLOWING,
             label=_("waits for signing to open")),
    personal("created_at", _("to prove consent"), FOLLOWING, label=_("asked for"),
             downloaded=True),
    personal("confirmed_at", _("to prove consent"), FOLLOWING, label=_("confirmed"),
             downloaded=True),
    impersonal("id statement_id nonce", "numbers and secrets of its links"),
)  # fmt: skip
declare(
    models.DeliveryNotice,
    personal("follower_id delivery_id", _("to tell of each hand-over once"), FOLLOWING,
             label=_("hand-overs that were told")),
    impersonal("id", "a number"),
)  # fmt: skip

# Invitation rounds

declare(
    models.InvitationRound,
    # Replies go there: an address of the office, or of a colleague.
    personal("answers_to", _("where replies go"),
             Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD), sealed="answers_to"),
    personal("created_by_id ended_by_id", STAFF, RECORD),
    impersonal("id statement_id title deadline reminder_days stopped_at ended_at created_at",
               "until when somebody is asked, and how far it has come"),
)  # fmt: skip
declare(models.InvitationWords, impersonal("id round_id language subject body", "what it says"))
declare(
    models.Invitation,
    personal("name organization role email phone", _("to ask you to sign first"), ASKED,
             downloaded=True, sealed="email phone"),
    personal("organization_key email_key", _("to ask you to sign first"), ASKED,
             sealed="email_key"),
    personal("kind language", _("to ask you to sign first"), OF_THE_ROUND, downloaded=True),
    personal("note original doubt", _("to ask you to sign first"), ASKED,
             sealed="note original doubt"),
    personal("sent_at reminded_at reminders", _("to ask nobody too often"), OF_THE_ROUND,
             downloaded=True),
    personal("answer answered_at no_mail", _("to ask nobody again who has answered"),
             OF_THE_ROUND, downloaded=True),
    personal("reason", _("to ask nobody again who has answered"), ASKED, downloaded=True,
             sealed="reason"),
    personal("mail_trouble", _("to ask you to sign first"), OF_THE_ROUND),
    personal("asked_by_id answered_by_id", STAFF, RECORD),
    impersonal("id round_id link_id needs_check due created_at", "how far it has come"),
)  # fmt: skip
declare(
    models.InvitationEvent,
    personal("by_id", STAFF, RECORD),
    impersonal("id invitation_id what at", WHEN),
)

# Mailings and exports

declare(
    models.CorrectionMailing,
    impersonal("id statement_id edition_number language last_signature queued finished_at"
               " created_at",
               "how far a mailing has come"),
)  # fmt: skip
declare(
    models.UpdateMailing,
    personal("created_by_id begun_by_id", STAFF, RECORD),
    impersonal("id statement_id kind update_id state last_signature queued created_at begun_at"
               " leaves_at stopped_at finished_at", "how far a mailing has come"),
)  # fmt: skip
declare(models.UpdateWords, impersonal("id mailing_id language subject body", "what it says"))
declare(
    models.ExportLog,
    personal("by_id", STAFF, Ground(Subject.STAFF, Basis.DUTY, Retention.IN_LOG)),
    impersonal("id at statement_id columns rows", "what was exported, and when"),
)

# Requests by letter

ASKED_BY_LETTER = Ground(Subject.ASKING, Basis.DUTY, Retention.AFTER_ANSWER)
declare(
    models.DataRequest,
    personal("name email note", _("to answer you, and to prove that we did"), ASKED_BY_LETTER,
             sealed="name email note"),
    personal("extension_reason outcome", _("to answer you, and to prove that we did"),
             ASKED_BY_LETTER, sealed="extension_reason outcome"),
    personal("recorded_by_id closed_by_id", STAFF,
             Ground(Subject.STAFF, Basis.DUTY, Retention.AFTER_ANSWER)),
    impersonal("id kind received_on due_on extended_at closed_at erased recorded_at",
               "what was asked, and until when it is answered"),
)  # fmt: skip
declare(
    models.DataRequestProof,
    personal(
        "file_name data",
        _("to prove who asked"),
        ASKED_BY_LETTER,
        sealed="file_name data",
        label=_("your letter"),
    ),
    impersonal("request_id", "which request it came with"),
)

# Against abuse

declare(
    models.RateCount,
    personal("key count ends_at", _("to hold off abuse"),
             Ground(Subject.SENDER, Basis.INTEREST, Retention.A_DAY),
             label=_("tries from one network, under a keyed hash of it")),
)  # fmt: skip
declare(
    models.HeldForm,
    personal("typed mailbox signature_id", _("to send a mail once more, or to another address"),
             Ground(Subject.SENDER, Basis.CONSENT, Retention.A_DAY), sealed="typed",
             label=_("what was typed into a form")),
    impersonal("key form statement_id ends_at", "which form it was, and until when it is kept"),
)  # fmt: skip
declare(
    models.MailboxBudget,
    personal("mailbox since sent", _("to send nobody too much mail"), MAILS_SENT,
             label=_("how many mails were sent lately, under a keyed hash of the address")),
)  # fmt: skip
declare(
    models.DomainBudget,
    personal("domain clear_at", _("to send nobody too much mail"), MAILS_SENT,
             label=_("how much mail the domain of the address gets")),
)  # fmt: skip
declare(
    models.ProtectedName,
    personal("name key note", _("so that nobody is named who did not sign"),
             Ground(Subject.SIGNER, Basis.INTEREST, Retention.FOR_GOOD, GUARDED),
             label=_("names of people in public life that a moderator checks")),
    personal("made_by_id", STAFF, RECORD),
    impersonal("id made_at", "when it was added"),
)  # fmt: skip
declare(
    models.AccessRule,
    personal("network", _("to hold off abuse"),
             Ground(Subject.SENDER, Basis.INTEREST, Retention.A_MONTH),
             label=_("networks that the office lets through, slows down or turns away"),
             history=Retention.A_MONTH),
    personal("domain", _("to hold off abuse"),
             Ground(Subject.SENDER, Basis.INTEREST, Retention.FOR_GOOD, GUARDED),
             label=_("domains of addresses that the office lets through, slows down or turns"
                     " away")),
    personal("made_by_id", STAFF, RECORD),
    impersonal("id action title country starts_at ends_at made_at",
               "what happens, with what comes from which country, and until when"),
)  # fmt: skip
declare(
    models.Burst,
    personal("values", _("to hold off abuse"),
             Ground(Subject.SIGNER, Basis.INTEREST, Retention.A_MONTH),
             label=_("what many signatures of one hour have in common: keyed hashes of networks,"
                     " domains of addresses")),
    impersonal("id statement_id by number first_at last_at decision_id", "how many, and when"),
)  # fmt: skip
declare(models.DailySalt, impersonal("day salt", "what networks are hashed with on one day"))

# How many come, and from where

declare(
    models.FunnelCount,
    impersonal(
        "id day statement_id step language source number",
        "how many read a statement, began its form, signed and confirmed",
    ),
)
