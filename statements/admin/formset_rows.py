"""Rows of the statement's parts."""

from typing import Any

from django.forms import BaseInlineFormSet
from django.utils.functional import cached_property


class RowFormSet(BaseInlineFormSet):
    """Makes its empty row once; Django makes it anew for each of four looks at it."""

    @cached_property
    def empty_form(self) -> Any:
        return super().empty_form
