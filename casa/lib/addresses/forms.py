"""Form fields for an e-mail address and for a URL; what they give is in the one form."""

from typing import Any

from django import forms

from casa.lib.addresses import mailboxes
from casa.lib.addresses.reading import read_email_address, read_web_address
from casa.lib.typed import TypedField

LONGEST_URL = 2000


class EmailAddressField(TypedField, forms.EmailField):
    """Every form asks for an address by this field or a subclass of it; a test looks."""

    default_error_messages = {"invalid": mailboxes.SENTENCES[mailboxes.Reason.INVALID]}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": mailboxes.LONGEST, **options})

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        return read_email_address(typed) if typed else ""


class WebAddressField(TypedField, forms.URLField):
    """A URL whose host may be typed in its own letters; "example.org" means https."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", "max_length": LONGEST_URL, **options})

    def to_python(self, value: Any) -> str:
        return read_web_address(super().to_python(value))
