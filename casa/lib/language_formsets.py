"""Rows of which there is one for each language: a form for each of the site's languages."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _


class LanguageFormSet(BaseInlineFormSet):
    """The rows that are stored, then an empty form for each language that has none.

    The form's field `language` is hidden. Rows are found by `related`, on what they belong to.
    """

    related = "texts"

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        owner = kwargs["instance"]
        written = {row.language for row in getattr(owner, self.related).all()} if owner.pk else ()
        missing = [code for code, _name in settings.LANGUAGES if code not in written]
        kwargs["initial"] = [self.initial_of(owner, code) for code in missing]
        super().__init__(data, files, **kwargs)
        self.extra = len(missing)

    @staticmethod
    def initial_of(owner: Any, language: str) -> dict[str, str]:
        return {"language": language}

    def clean(self) -> None:
        super().clean()
        languages = [
            form.cleaned_data["language"]
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]
        known = {code for code, _name in settings.LANGUAGES}
        stored = {form.instance.language for form in self.initial_forms}
        if len(set(languages)) < len(languages) or set(languages) - known - stored:
            raise forms.ValidationError(_("Somebody saved this page meanwhile. Load it anew."))
