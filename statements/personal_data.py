"""What is stored of those whom a statement addresses, shows or names, and of who writes it."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal
from statements import models
from statements.models import SignFormOptions, Statement

WORDS = "what the statement says"
PLACE = "which statement, where in it, and when"
STAFF = _("who of the office did it")
WRITING = Ground(Subject.STAFF, Basis.DUTY, Retention.WITH_STATEMENT)
RECORD = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)
ADDRESSEES = Ground(Subject.ADDRESSEE, Basis.INTEREST, Retention.WITH_STATEMENT)
ANSWERS = Ground(Subject.ADDRESSEE, Basis.CONSENT, Retention.WITH_STATEMENT)
CREDITS = Ground(Subject.CREDITED, Basis.INTEREST, Retention.WITH_STATEMENT)
RELEASES = Ground(Subject.SIGNER, Basis.INTEREST, Retention.WITH_STATEMENT)
LINKS = Ground(Subject.INVITED, Basis.INTEREST, Retention.WITH_LINK)
VISITS = Ground(Subject.INVITED, Basis.DUTY, Retention.WITH_LINK)

declare(
    Statement,
    personal("created_by_id edited_by_id", STAFF, WRITING),
    impersonal(
        " ".join(field.attname for field in SignFormOptions._meta.fields), "what its form asks"
    ),
    impersonal(
        "id slug kind status language place dated_on edition_number last_number publish_at"
        " announced_at signing_opens_at signing_closes_at signers premoderated logo_row goal"
        " after_signing next_statement_id signing_paused pause_sentence created_at changed_at",
        "what it is, and how far it has come",
    ),
)
declare(Statement.topics.through, impersonal("id statement_id topic_id", "what it is about"))
declare(
    apps.get_model("statements", "HistoricalStatement_topics"),
    impersonal("id statement_id topic_id history_id m2m_history_id", "what it was about"),
)
declare(
    models.FrontPageLead,
    personal("by_id", STAFF, WRITING),
    impersonal("id statement_id until changed_at", "what leads the front page"),
)
declare(
    models.SigningPause,
    personal("by_id", STAFF, WRITING),
    impersonal("id is_on sentence changed_at", "whether signing is stopped, and why"),
)

declare(
    models.ContactPeriod,
    personal("by_id", STAFF, WRITING),
    impersonal("id statement_id months since", "how long contact data of signers is kept"),
)
declare(
    models.ContactEnding,
    impersonal("statement_id noticed_at begun_at", "when contact data of signers goes"),
)

# Words

declare(
    models.StatementText,
    impersonal("title summary body ask search_words", WORDS),
    impersonal("id statement_id language", PLACE),
)
declare(
    models.Edition,
    personal("published_by_id", STAFF, WRITING),
    impersonal("title summary body ask sha256 change_note is_material", WORDS),
    impersonal(
        "id statement_id number language translates change_note_language published_at", PLACE
    ),
)
declare(
    models.LinkCheck,
    impersonal("id url asked_at taken_at checked_at outcome", "whether a link answers"),
)
declare(models.EditionWords, impersonal("edition_id text", WORDS))
declare(
    models.ConsentText,
    impersonal("text in_place", "the sentence that signers agree to"),
    impersonal("id statement_id language", PLACE),
)
declare(
    models.SupporterText,
    impersonal(
        "share_sentence next_step thanks step_words step_label step_address letter_subject"
        " letter_words",
        "what the office says to those who pass it on or sign",
    ),
    impersonal("id statement_id language", PLACE),
)
declare(
    models.QuestionText,
    impersonal("label help_text choices", "what the office asks of its own"),
    impersonal("id statement_id language", PLACE),
)
declare(models.Topic, impersonal("id", "a number"))
declare(models.TopicName, impersonal("id topic_id language name", "what a topic is called"))

# What goes with it

declare(
    models.Target,
    personal("name office", _("to say whom the statement is addressed to"), ADDRESSEES,
             label=_("name and office")),
    personal("email", _("to let signers write to them by their own mail, and to do so ourselves"),
             ADDRESSEES, sealed="email"),
    impersonal("id position statement_id", PLACE),
)  # fmt: skip
declare(
    models.Reference,
    impersonal("title identifier url", "a law or a paper that it cites"),
    impersonal("id position statement_id", PLACE),
)
declare(
    models.Attachment,
    impersonal("title file alt_text width height content_type size sha256", "a file beside it"),
    impersonal("id position statement_id", PLACE),
)
declare(
    models.LeadPicture,
    personal("credit", _("to name who made the picture"), CREDITS, label=_("the line below it")),
    impersonal(
        "file alt_text is_decorative focus_x focus_y width height sha256 sizes",
        "the picture that stands for it",
    ),
    impersonal("id statement_id", PLACE),
)
declare(
    models.Rendition,
    impersonal("file content_type width height", "a size of a picture beside it"),
    impersonal("id attachment_id", PLACE),
)
declare(
    models.Release,
    personal("original_text", _("to show what went out"), RELEASES,
             label=_("press releases that were imported, with the names in them")),
    personal("head media_contact", _("to answer for what went out"), RELEASES,
             label=_("press contacts and addressees of imported press releases")),
    impersonal("headline lead_in wire city date source original_url sha256 boilerplate"
               " notes_to_editors", "how it went out"),
    impersonal("id statement_id", PLACE),
)  # fmt: skip
declare(
    models.Update,
    impersonal("title body", "public news"),
    impersonal("id statement_id language posted_at", PLACE),
)
declare(
    models.Delivery,
    impersonal("note answer", "what is told in public of the hand-over"),
    impersonal("id statement_id target_id delivered_on answered_on", PLACE),
)
declare(
    models.AnswerLink,
    personal("created_by_id revoked_by_id", STAFF, WRITING),
    impersonal("id delivery_id key expires_at revoked_at created_at", "the link itself"),
)
declare(
    models.AddresseeAnswer,
    personal("words name office", _("to show what they answered, as theirs"), ANSWERS,
             label=_("answer, name and office")),
    personal("consent sent_at", _("to show to what they agreed, and when"), ANSWERS,
             label=_("consent, and when the answer came")),
    personal("decided_by_id reason", STAFF, WRITING, label=_("what the office decided")),
    impersonal("id delivery_id sha256 state decided_at", "how far it has come"),
)  # fmt: skip
declare(
    models.Milestone,
    impersonal("of number reached_at", "a round number of signatures"),
    impersonal("id statement_id", PLACE),
)

# Before it is public

declare(
    models.PreviewLink,
    personal("name email", _("to show the statement to chosen people before it is public"), LINKS,
             label=_("name and e-mail address"), downloaded=True, sealed="email"),
    personal("created_by_id revoked_by_id", STAFF, WRITING),
    impersonal("id statement_id key may_sign in_round expires_at revoked_at created_at",
               "the link itself"),
)  # fmt: skip
declare(
    models.PreviewVisit,
    personal("link_id at", _("to know who read which words"), VISITS,
             label=_("when the link was opened")),
    impersonal("id sha256", "which words were shown"),
)  # fmt: skip

# What the office wrote down

declare(
    models.StatementEvent,
    personal("by_id", STAFF, RECORD),
    personal("note", STAFF, RECORD, label=_("note")),
    impersonal("id statement_id from_status to_status at", "what changed, and when"),
)
declare(
    models.Comment,
    personal("by_id text", _("what colleagues write to each other"), RECORD),
    impersonal("id statement_id at", PLACE),
)
