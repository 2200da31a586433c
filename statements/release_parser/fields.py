"""The fields that the lines of a release end in, each line in one."""

from enum import StrEnum


class Field(StrEnum):
    HEAD = "head"
    TITLE = "title"
    HEADLINE = "headline"
    DATELINE = "dateline"
    LEAD_IN = "lead_in"
    BODY = "body"
    SIGNATORIES_HEADING = "signatories_heading"
    SIGNATORIES = "signatories"
    MEDIA_CONTACT = "media_contact"
    BOILERPLATE = "boilerplate"
    NOTES_TO_EDITORS = "notes_to_editors"
    SOURCE = "source"
    ORIGINAL = "original_url"
    LEFT_OUT = "left_out"


KEPT_APART = dict.fromkeys(Field, "") | {
    Field.HEAD: "the head of the release",
    Field.MEDIA_CONTACT: "the media contact",
    Field.BOILERPLATE: "what the senders say of themselves",
    Field.NOTES_TO_EDITORS: "notes to editors",
}
"""What is stored with the release and is no part of the statement, in words; "" for the rest."""
