"""What is said about files that are given, by the codes of `reader`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.lib.documents.reader.kinds import Kind

KINDS: dict[Kind, str | Promise] = {
    Kind.TEXT: _("plain text"),
    Kind.CSV: _("a table in plain text (CSV)"),
    Kind.XLSX: _("an Excel workbook"),
    Kind.XLS: _("an old Excel workbook (XLS)"),
    Kind.ODS: _("an OpenDocument spreadsheet"),
    Kind.DOCX: _("a Word document"),
    Kind.ODT: _("an OpenDocument text"),
    Kind.HTML: _("a web page"),
    Kind.MARKDOWN: _("text in Markdown"),
    Kind.JSON: _("JSON"),
    Kind.VCARD: _("a file of address cards (VCF)"),
    Kind.PDF: _("a PDF"),
}

NOTES: dict[str, str | Promise] = {
    "hidden-sheet": _("The sheet “%(sheet)s” is hidden and was left out."),
    "hidden-rows": _("Sheet “%(sheet)s”: hidden rows were left out: %(which)s."),
    "hidden-columns": _("Sheet “%(sheet)s”: hidden columns were left out: %(which)s."),
    "hidden-unknown": _(
        "Of this kind of workbook, hidden rows and columns are read too. Look whether any were"
        " meant to stay out."
    ),
    "merged": _(
        "Sheet “%(sheet)s”: what stands in a cell of several rows was read for each of them."
    ),
    "formulas": _(
        "Sheet “%(sheet)s”: a formula has no value yet, and its cell was read as blank. Open the"
        " file in a spreadsheet program and save it there."
    ),
    "mislabelled": _("%(name)s is %(kind)s; it was read as one."),
    "invisible": _("Invisible characters were removed."),
    "scanned-pages": _("Pages without text were left out: %(which)s."),
    "cut": _("A cell of this line has more than %(limit)s characters; what follows was left out."),
    "quotes": _(
        "A quotation mark opens and nothing closes it; quotation marks were read as parts of the"
        " text."
    ),
}

REFUSALS: dict[str, str | Promise] = {
    "size": _(
        "%(name)s has %(size)s MB, and at most %(limit)s MB are read. Save the list in a file of"
        " its own, without pictures."
    ),
    "text": _(
        "%(name)s has more than %(limit)s MB of text. Save the list in a file of its own, or give"
        " it in parts."
    ),
    "rows": _("%(name)s has more than %(limit)s lines. Give it in parts."),
    "cells": _("%(name)s has more than %(limit)s cells. Give the columns alone that are needed."),
    "columns": _(
        "Line %(line)s of %(name)s has more than %(limit)s columns. Give the columns alone that"
        " are needed."
    ),
    "line": _(
        "Line %(line)s of %(name)s has more than %(limit)s characters. Put each name in a line of"
        " its own."
    ),
    "empty": _("No words were found in %(name)s."),
    "binary": _(
        "%(name)s is no text, table or document that can be read here. Save the list as XLSX, DOCX"
        " or CSV, or paste it."
    ),
    "encoding": _("There is no encoding %(encoding)s. Choose another one for %(name)s."),
    "damaged": _(
        "%(name)s is damaged or was cut off. Save it anew, or copy the list and paste it."
    ),
    "heavy": _(
        "%(name)s takes more memory or time to read than a list does. Copy the list to a file of"
        " its own, or paste it."
    ),
    "password": _("%(name)s is protected by a password. Save it without one, or paste the list."),
    "picture": _("%(name)s is a picture. Type the names in it, or ask for them as text."),
    "recording": _("%(name)s is a recording. Type the names in it, or ask for them as text."),
    "archive": _("%(name)s is an archive. Unpack it, and give the file in it that has the names."),
    "apple-pages": _("%(name)s is a document of Pages. Export it from there as Word (DOCX)."),
    "numbers": _("%(name)s is a spreadsheet of Numbers. Export it from there as Excel (XLSX)."),
    "slides": _("%(name)s is a presentation. Copy the names out of it, and paste them."),
    "word97": _("%(name)s is a document of an old Word (DOC). Save it there as DOCX."),
    "rtf": _("%(name)s is a document in RTF. Open it in a word processor, and save it as DOCX."),
    "mail": _("%(name)s is a mail. Copy the names out of it, and paste them."),
    "excel-xml": _("%(name)s is an Excel workbook in XML. Save it there as XLSX."),
    "xml": _("%(name)s is XML. Save the list as XLSX, DOCX or CSV, or paste it."),
    "page": _(
        "What is seen in %(name)s, and what is hidden, cannot be told for sure. Copy the names from"
        " the browser, and paste them."
    ),
    "scan": _(
        "%(name)s has pictures of pages and no text. Type the names in it, or ask for them as text."
    ),
    "pages": _("%(name)s has more than %(limit)s pages. Give those alone that have the names."),
    "json": _("%(name)s is no valid JSON: an error stands in line %(line)s."),
    "busy": _("Another file is being read just now. Send %(name)s again in a minute."),
}
