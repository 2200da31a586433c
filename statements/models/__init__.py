"""What is said: a statement, its words, and everything that goes with them.

A statement's words exist twice. Staff edit the working copy (`StatementText`) freely; publishing
makes an `Edition` of it, which nothing changes any more. Visitors read editions, signers sign
editions. The verbs that change a statement's state are in `statements/lifecycle.py`.

Everybody else imports from here.
"""

from statements.models.addressee_answers import LONGEST_ANSWER, AddresseeAnswer, AnswerLink
from statements.models.contact_periods import ContactEnding, ContactPeriod
from statements.models.events import (
    Comment,
    CommentQuerySet,
    StatementEvent,
    StatementEventQuerySet,
)
from statements.models.fields import default_language, language_field
from statements.models.front_page import FrontPageLead
from statements.models.lead_picture import LeadPicture
from statements.models.link_checks import LinkCheck
from statements.models.milestones import Milestone
from statements.models.page_parts import PagePart
from statements.models.parts import (
    Attachment,
    Delivery,
    Part,
    Reference,
    Release,
    Rendition,
    Target,
    Update,
)
from statements.models.pause import PAUSE_KEPT_FOR, PAUSE_KEY, SigningPause
from statements.models.previews import PreviewLink, PreviewVisit
from statements.models.question_texts import (
    ANSWER_LENGTH,
    MOST_CHOICES,
    QUESTION_LENGTH,
    QuestionText,
)
from statements.models.sign_form_options import Ask, QuestionKind, SignFormOptions
from statements.models.statement import (
    LONG_PAST,
    SLUG_LENGTH,
    Statement,
    StatementQuerySet,
    is_long_past,
    public_now,
)
from statements.models.supporter_texts import SupporterText
from statements.models.texts import (
    TITLE_LENGTH,
    ConsentText,
    Edition,
    EditionQuerySet,
    EditionWords,
    StatementText,
    searched_words,
)
from statements.models.topics import Topic, TopicName, TopicQuerySet

__all__ = [
    "ANSWER_LENGTH",
    "LONGEST_ANSWER",
    "LONG_PAST",
    "MOST_CHOICES",
    "PAUSE_KEPT_FOR",
    "PAUSE_KEY",
    "QUESTION_LENGTH",
    "SLUG_LENGTH",
    "TITLE_LENGTH",
    "AddresseeAnswer",
    "AnswerLink",
    "Ask",
    "Attachment",
    "Comment",
    "CommentQuerySet",
    "ConsentText",
    "ContactEnding",
    "ContactPeriod",
    "Delivery",
    "Edition",
    "EditionQuerySet",
    "EditionWords",
    "FrontPageLead",
    "LeadPicture",
    "LinkCheck",
    "Milestone",
    "PagePart",
    "Part",
    "PreviewLink",
    "PreviewVisit",
    "QuestionKind",
    "QuestionText",
    "Reference",
    "Release",
    "Rendition",
    "SignFormOptions",
    "SigningPause",
    "Statement",
    "StatementEvent",
    "StatementEventQuerySet",
    "StatementQuerySet",
    "StatementText",
    "SupporterText",
    "Target",
    "Topic",
    "TopicName",
    "TopicQuerySet",
    "Update",
    "default_language",
    "is_long_past",
    "language_field",
    "public_now",
    "searched_words",
]
