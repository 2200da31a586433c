"""Bring locale/ up to date with the code and the templates, and compile it: `make messages`.

Needs Babel and Django, no GNU gettext. Translations are kept, new messages are added empty, and
messages that nothing asks for any more are left out. To begin a language, name its code:
`python tools/messages.py fr`.

English stands in the code. To have another word in its place, name it: `python tools/messages.py
--reword organization` puts all messages that hold it into locale/en, to be edited there. That
catalogue holds what is worded otherwise, and nothing else. Those of languages that are there for
visitors alone hold what has been translated.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_language, to_locale
from django.utils.translation.template import templatize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from casa.lib.languages import FOR_VISITORS

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
SEARCHED = ("casa", "signatories", "statements", "templates")
LEFT_OUT = {"migrations", "tests"}
LAZY = ("gettext", "ngettext", "pgettext", "npgettext")
KEYWORDS = {**DEFAULT_KEYWORDS, **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in LAZY}}
WIDTH = 100
SOURCE = "en"
COMMENT = "# The interface in “%s”. `make messages` adds what is new here, and compiles it."


def catalogue_path(language: str) -> Path:
    return LOCALE / to_locale(language) / "LC_MESSAGES" / "django.po"


def languages() -> list[str]:
    """Every language that has a catalogue."""
    paths = LOCALE.glob("*/LC_MESSAGES/django.po")
    return sorted(to_language(path.parts[-3]) for path in paths)


def collect() -> Catalog:
    """Everything that is marked for translation, in the order of the files."""
    found = Catalog()
    for path in _sources():
        name, source = path.relative_to(ROOT).as_posix(), _as_python(path)
        parts = [(0, source), *(_in_f_strings(source) if path.suffix == ".py" else ())]
        for above, part in parts:
            for line, message, _comments, context in extract(
                "python", BytesIO(part.encode()), KEYWORDS
            ):
                found.add(message, locations=[(name, above + line)], context=context)
    return found


def read(language: str) -> Catalog:
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(
            locale=to_locale(language), fuzzy=False, header_comment=COMMENT % language,
            project="casa", version="1", msgid_bugs_address="see CONTRIBUTING.md",
            last_translator="contributors", language_team="contributors",
            revision_date=datetime.now(UTC),
        )  # fmt: skip
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def write(catalogue: Catalog, language: str) -> None:
    """Write what translators edit, and beside it what Django reads."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # No line numbers: they would change with every edit of the code.
        write_po(file, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def scripts() -> list[Path]:
    """Catalogues of words of Django's own scripts: few, and kept by hand."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/djangojs.po"))


def compile_scripts() -> None:
    for path in scripts():
        with path.open("rb") as written, path.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(written, locale=path.parts[-3]))


def untranslated(catalogue: Catalog) -> list[str]:
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(forms(message.string)))
    ]


def forms(string: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The singular and the plurals of a message or a translation; ("",) for a missing one."""
    return tuple(string) if isinstance(string, list | tuple) else (string or "",)


def _sources() -> Iterator[Path]:
    for room in SEARCHED:
        for path in sorted((ROOT / room).rglob("*")):
            folders = path.relative_to(ROOT).parts[:-1]
            is_template = path.suffix in {".html", ".txt"} and "templates" in folders
            if (path.suffix == ".py" or is_template) and not LEFT_OUT.intersection(folders):
                yield path


def _as_python(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return source
    # Indentation means nothing in a template, but would in Python.
    return "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())


def _in_f_strings(source: str) -> Iterator[tuple[int, str]]:
    """The expressions within f-strings, which Babel passes over, each with the lines above it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue):
            yield node.lineno - 1, ast.unparse(node.value)


def reword(template: Catalog, word: str) -> None:
    """Put the messages that hold a word into the English catalogue, each as it is now."""
    catalogue = read(SOURCE)
    for message in template:
        texts = forms(message.id)
        if message.id and any(word.casefold() in text.casefold() for text in texts):
            there = catalogue.get(message.id, context=message.context)
            if there is None or not any(forms(there.string)):
                string = texts if len(texts) > 1 else texts[0]
                catalogue.add(message.id, string, message.locations, context=message.context)
    write(catalogue, SOURCE)


def _drop_untranslated(catalogue: Catalog) -> None:
    for message in [one for one in catalogue if one.id and not any(forms(one.string))]:
        catalogue.delete(message.id, context=message.context)


def main(arguments: list[str]) -> None:
    template = collect()
    new = arguments
    if "--reword" in arguments:
        new, (word,) = [], arguments[1:]
        reword(template, word)
    for language in sorted({*languages(), *new}):
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        if language in {SOURCE, *FOR_VISITORS}:
            _drop_untranslated(catalogue)
        write(catalogue, language)
        missing = untranslated(catalogue)
        print(f"{language}: {len(catalogue)} messages, {len(missing)} to translate")
        for message in missing:
            print(f"  {message}")
    compile_scripts()


if __name__ == "__main__":
    main(sys.argv[1:])
