"""The texts of a statement on its screen: one tab for each language."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.html.sanitizer import clean
from statements.admin.formset_rows import RowFormSet
from statements.models import Statement, StatementText

EMPTY_LINES = re.compile(r"</?p>|<br>|\s")
"""What the editor sends where nothing is written."""

WORDS = ("title", "summary", "body", "ask")


def language_name(code: str) -> str:
    """The language's own name; the code for one that Django does not know."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


def language_field(db_field: Any) -> forms.ChoiceField:
    """The form field that offers the site's languages by name."""
    return forms.ChoiceField(
        choices=settings.LANGUAGES,
        label=db_field.verbose_name.capitalize(),
        help_text=db_field.help_text,
        initial=settings.LANGUAGE_CODE,
    )


class LanguageChoiceMixin:
    """Offers the site's languages in an inline."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            return language_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class TextFormSet(RowFormSet):
    """A form for every language: those that have a text, then those that have none yet."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        statement: Statement = kwargs["instance"]
        texts = StatementText.objects.filter(statement=statement.pk)
        stored = set(texts.values_list("language", flat=True))
        self.missing = sorted(
            (code for code, _name in settings.LANGUAGES if code not in stored),
            key=lambda code: code != statement.language,
        )
        is_new = statement.pk is None
        if data is not None and is_new:
            data = data.copy()
            data[f"{kwargs['prefix']}-0-language"] = data.get("language", "")
        super().__init__(data, files, **kwargs)
        # Of a new statement the original comes first, in the language chosen beside it.
        self.extra = 1 if is_new else len(self.missing)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        if index is None or index < self.initial_form_count():
            return kwargs
        if self.is_bound:
            language = self.data.get(f"{self.prefix}-{index}-language")
        else:
            language = self.missing[index - self.initial_form_count()]
        return {**kwargs, "initial": {"language": language}}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        known = {code for code, _name in settings.LANGUAGES} | {form.instance.language}
        form.fields["language"] = forms.ChoiceField(
            choices=[(code, language_name(code)) for code in sorted(known)],
            widget=forms.HiddenInput,
            error_messages={
                "invalid_choice": gettext("This site does not publish in that language any more.")
            },
        )

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [
            form.cleaned_data["language"]
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if self.instance.language not in kept:
            raise forms.ValidationError(
                gettext("Write the words in the statement's own language (%(language)s).")
                % {"language": language_name(self.instance.language)}
            )
        if len(set(kept)) < len(kept):
            raise forms.ValidationError(gettext("There is already a text in this language."))


class TextForm(forms.ModelForm):
    """The words in one language. A title is enough to save them; publishing asks for more."""

    class Meta:
        model = StatementText
        fields = ("language", *WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:  # not where it is only read
            self.fields["body"].required = False

    def clean_body(self) -> str:
        typed: str = self.cleaned_data["body"] or ""
        if clean(typed):
            return typed  # the model cleans it, and notes what that leaves out
        if EMPTY_LINES.sub("", typed):
            # It held no word, only what is not stored: a script, an image.
            raise forms.ValidationError(StatementText.body.field.error_messages["blank"])
        return ""


class TextInline(LanguageChoiceMixin, admin.StackedInline):
    model = StatementText
    form = TextForm
    formset = TextFormSet
    template = "admin/statements/statement/texts.html"
    fields = ("language", *WORDS)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Users without change permission read the rendered body instead of its HTML."""
        if self.has_change_permission(request, obj):
            return self.fields
        return [{"body": "words"}.get(str(name), name) for name in self.fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if self.has_change_permission(request, obj) else ("words",)

    @admin.display(description=_("statement"))
    def words(self, text: StatementText) -> SafeString:
        # Cleaned when it was stored (casa.lib.html), like everything in a RichTextField.
        return format_html('<div class="words">{}</div>', SafeString(text.body))
