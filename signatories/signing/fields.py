"""Fields of the sign form, with their limits and error messages."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casa.lib import contact_details, countries, languages, regions
from casa.lib.addresses.forms import EmailAddressField
from casa.lib.text import has_control_characters, has_hidden_characters, has_piled_marks, normalise
from casa.lib.typed import TypedField

# What a spreadsheet would take for a formula, wherever the list of names is opened. A name may
# begin with a sign ("+Plus Magazine"), but then calls and counts nothing.
_FORMULA = re.compile(r"[=＝]|[-+@＋－＠].*[()!|=*/;\d]")


class MailboxField(EmailAddressField):
    """The address of whoever fills in the form."""

    default_error_messages = {"required": _("Enter your e-mail address.")}
    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("Your e-mail address"), **options})


class PlainTextField(TypedField):
    """One line of text: any script, any name, no control characters, no markup meant as markup."""

    def to_python(self, value: Any) -> str:
        text = normalise(super().to_python(value))
        _refuse_invisible(has_hidden_characters(text))
        if has_piled_marks(text):
            raise ValidationError(
                _("Please leave out some of the marks that are piled on one letter."), code="marks"
            )
        if contact_details.has_address(text):
            # Names go into a mail to whatever address was typed: no place for an advert.
            raise ValidationError(_("Please leave out web and e-mail addresses."), code="link")
        if _FORMULA.match(text):
            raise ValidationError(
                _("This reads like a formula of a spreadsheet. Please begin with a letter."),
                code="formula",
            )
        return text


def _refuse_invisible(found: bool) -> None:
    if found:
        raise ValidationError(
            _("Please remove the invisible characters, or type it in anew."), code="control"
        )


class PlaceNameField(PlainTextField):
    """A town, which unlike an organization is never called as a website is."""

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if contact_details.has_domain(name):
            raise ValidationError(
                _("Please leave out web addresses. If this is none, put a blank behind the dot."),
                code="link",
            )
        return name


class PersonNameField(PlaceNameField):
    """A person's name, as they write it: one word or six, of any script, in any case."""

    def to_python(self, value: Any) -> str:
        name = super().to_python(value)
        if "@" in unicodedata.normalize("NFKC", name)[1:]:
            raise ValidationError(_("Please leave out web and e-mail addresses."), code="link")
        if contact_details.has_number(name):
            raise ValidationError(
                _("Please leave out telephone numbers: a name has four digits at most."),
                code="number",
            )
        if name and name[0] in "+-@＋－＠":
            raise ValidationError(
                _("Please begin your name with a letter, as you write it yourself."), code="sign"
            )
        if name and not any(unicodedata.category(char).startswith("L") for char in name):
            raise ValidationError(
                _("Please write your name in letters, of whatever script."), code="letters"
            )
        return name


class PostalCodeField(PlainTextField):
    """Any country's; in one form, so that codes can be counted."""

    def to_python(self, value: Any) -> str:
        code = unicodedata.normalize("NFKC", super().to_python(value)).upper()
        if code and not re.fullmatch(r"[^\W_]+(?:[ -][^\W_]+)*", code):
            raise ValidationError(
                _("A postal code has letters, digits, spaces and hyphens, and nothing else."),
                code="postal_code",
            )
        return code


class CommentField(TypedField):
    """Several lines of plain text for the office to read."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        # A browser that cut what is pasted would lose words; the sentence below asks instead.
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs.update({"rows": "4", "data-limit": str(max_length)})

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        _refuse_invisible(has_control_characters(text))
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n")))
        return text.strip()

    def run_validators(self, value: Any) -> None:
        if isinstance(value, str) and len(value) > self.limit:
            raise self.too_long(len(value))
        super().run_validators(value)

    def too_long(self, length: int) -> ValidationError:
        over = length - self.limit
        sentence = ngettext(
            "Shorten this by %(over)d character.", "Shorten this by %(over)d characters.", over
        )
        return ValidationError(sentence % {"over": over}, code="max_length")


class LongSelect(forms.Select):
    """A choice among hundreds. Django's own renders a template for each option, which made a form
    with an error ten times as slow as one without.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        chosen = set(self.format_value(value))
        return format_html("<select{}>{}</select>", flatatt(given), _options(self.choices, chosen))


def _options(choices: Any, chosen: set[str]) -> SafeString:
    parts = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            options = _options(label, chosen)
            parts.append(format_html('<optgroup label="{}">{}</optgroup>', value, options))
        else:
            selected = " selected" if str(value) in chosen else ""
            parts.append(format_html('<option value="{}"{}>{}</option>', value, selected, label))
    return SafeString("\n".join(parts))


def _language() -> str:
    return languages.interface()


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Choose a country")), *countries.country_names(_language()).items()]


class CountryField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_countries, **kwargs)

    def valid_value(self, value: Any) -> bool:
        # Asked of the table: Django's own way goes through 250 names for every post.
        return value in countries.country_names(_language())


def _regions() -> list[tuple[str, Any]]:
    return [("", _("Choose a state or region")), *regions.choices(_language())]


class RegionField(forms.ChoiceField):
    """A region by its ISO 3166-2 code, in groups by country; whether it fits is the form's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_regions, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return bool(regions.name(value))


class _AgeBox(forms.CheckboxInput):
    """Ticked if the age was posted that is asked for now, and not one of an older page."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return data.get(name) == self.attrs["value"]


class AgeField(forms.BooleanField):
    """The signer's word that they are old enough; `set_minimum` says how old that is."""

    widget = _AgeBox

    def set_minimum(self, years: int) -> None:
        self.widget.attrs["value"] = str(years)
        self.label = ngettext(
            "I am at least %(years)d year old", "I am at least %(years)d years old", years
        ) % {"years": years}
        self.error_messages["required"] = ngettext(
            "Tick this if you are at least %(years)d year old. Nobody younger can sign.",
            "Tick this if you are at least %(years)d years old. Nobody younger can sign.",
            years,
        ) % {"years": years}
