"""The forms of what is understood of a line, and of what becomes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib import countries, languages
from casa.lib.addresses.forms import EmailAddressField
from casa.lib.text import fold, normalise
from signatories.leads import lines
from signatories.models import REGISTRATION_LENGTH, AffiliationMark, ImportLine, Signature

Decision = ImportLine.Decision


def country_code(typed: str) -> str | None:
    """The code of a country that somebody typed in their language or in English, or as a code."""
    wanted = fold(typed.strip())
    if not wanted:
        return ""
    for language in (languages.interface(), "en"):
        for code, name in countries.country_names(language).items():
            if wanted in (code.lower(), fold(name)):
                return code
    return None


class CountryField(forms.CharField):
    """A country by its name, typed; its value is the code."""

    def clean(self, value: Any) -> str:
        code = country_code(super().clean(value))
        if code is None:
            raise ValidationError(gettext("No country has this name or code."))
        return code

    def prepare_value(self, value: Any) -> Any:
        is_code = isinstance(value, str) and len(value) == 2
        return countries.country_name(value) if is_code else value


class UnderstoodForm(forms.Form):
    """What is understood of a line."""

    kind = forms.ChoiceField(label=_("Who"), choices=Signature.Kind.choices)
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    role = forms.CharField(label=_("Role"), required=False, max_length=200)
    organization = forms.CharField(label=_("Organization"), required=False, max_length=200)
    city = forms.CharField(label=_("Town"), required=False, max_length=120)
    region = forms.CharField(label=_("Region"), required=False, max_length=60)
    country = CountryField(
        label=_("Country"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "countries"}),
    )
    mark = forms.ChoiceField(
        label=_("Affiliation"),
        required=False,
        choices=[("", _("without a mark")), *AffiliationMark.choices],
    )
    honorific = forms.CharField(label=_("Form of address"), required=False, max_length=60)
    credentials = forms.CharField(label=_("Credentials"), required=False, max_length=100)
    email = EmailAddressField(label=_("E-mail address"), required=False)
    ror = forms.CharField(label=_("ROR ID"), required=False, max_length=60)
    registration = forms.CharField(
        label=_("Registration number"), required=False, max_length=REGISTRATION_LENGTH
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = {name: normalise(value or "") for name, value in self.understood(data).items()}
        for name, sentence in lines.problems(typed).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return {**data, **typed}

    @staticmethod
    def understood(data: dict[str, Any]) -> dict[str, str]:
        return {name: data[name] for name in lines.FIELDS if name in data}


class LineForm(UnderstoodForm):
    """A line of the review: what was understood, and what becomes of it."""

    choice = forms.ChoiceField(label=_("What becomes of it"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, line: ImportLine, targets: dict[str, Any], contact: bool
    ) -> None:
        self.line = line
        initial = {**line.fields, "choice": lines.choice_of(line), "version": line.version}
        super().__init__(data, prefix=f"l{line.pk}", initial=initial)
        choice: Any = self.fields["choice"]
        choice.choices = _choices(line, targets)
        if not contact:
            del self.fields["email"]

    FIRST = ("choice", "kind", "name", "role", "organization", "city", "country")

    def first_fields(self) -> list[Any]:
        """Those that are looked at in every line."""
        return [self[name] for name in self.FIRST]

    def more_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    def has_more(self) -> bool:
        """Whether there is something to see in the other fields."""
        return any(field.errors or field.value() for field in self.more_fields())

    def clean(self) -> dict[str, Any]:
        # What is not taken needs no name.
        if self.data.get(self.add_prefix("choice")) in (Decision.SKIPPED, Decision.HELD):
            self._keep_untouched()
            return self.cleaned_data
        return super().clean()

    def _keep_untouched(self) -> None:
        """Refuse no value of a line that waits and that nobody has typed."""
        for name in list(self.errors):
            came = self.line.fields.get(name)
            if came and self.data.get(self.add_prefix(name)) == came:
                del self.errors[name]
                self.cleaned_data[name] = came

    @property
    def fields_to_store(self) -> dict[str, str]:
        """The fields to be stored; those that were not shown stay."""
        hidden = {"email": self.line.fields.get("email", "")} if "email" not in self.fields else {}
        return {**self.understood(self.cleaned_data), **hidden}


def _choices(line: ImportLine, targets: dict[str, Any]) -> list[tuple[str, Any]]:
    first = Decision.SURE if line.decision == Decision.SURE else Decision.HELD
    found: list[tuple[str, Any]] = [
        (first, _("Decide later")),
        (Decision.ACCEPTED, _("Take it: another one") if line.alike else _("Take it")),
        (Decision.SKIPPED, _("Leave it out")),
    ]
    marks = [*line.alike, *([line.same_as] if line.same_as else [])]
    there = {mark: targets[mark] for mark in marks if mark in targets}
    found += [
        (mark, _("The same as %(name)s") % {"name": target_words(one)})
        for mark, one in there.items()
    ]
    return found


def target_words(target: Any) -> str:
    """Whom a line may be the same as, in words."""
    if isinstance(target, ImportLine):
        told = {"name": target.displayed_name, "number": target.number}
        return gettext("%(name)s, line %(number)d") % told
    beside = target.place
    if isinstance(target, Signature):
        parts = (str(target), target.particulars, beside, gettext("signed"))
        return ", ".join(part for part in parts if part)
    named = ", ".join(part for part in (target.name, beside) if part)
    return gettext("%(name)s, in the directory") % {"name": named}
