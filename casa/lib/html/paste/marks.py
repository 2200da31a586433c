"""The marks by which word processors and mail programs say what is no part of the text."""

import re
from collections.abc import Callable

from casa.lib.html.left_out import Kind
from casa.lib.html.paste.css import OF_WORD
from casa.lib.html.paste.nodes import HEADINGS, NOTE, WRITERS, Element
from casa.lib.html.paste.sight import is_hidden, is_struck

CODE = frozenset({
    "script", "style", "title", "xml", "template", "noscript", "base", "link", "datalist", "rp",
    "annotation", "annotation-xml",
})  # fmt: skip
"""What shows nothing in a browser either."""

_COMMENT_CLASSES = frozenset({
    "msocomtxt", "msocommenttext", "msocommentsubject", "docos-anchoreddocoview", "sd-comment",
    "sd-comments", "sdcomment", "comment-indicator", "comment-start", "annotation_style_by_filter",
})  # fmt: skip
_ANCHOR_CLASSES = frozenset({"msocommentreference", "msocomanchor", "msocomoff"})
_COMMENT_NAME = re.compile(r"(?:_msocom_|_msoanchor_|_com_|_anchor_|cmnt_ref|cmnt)\d+")
_COMMENT_ID = re.compile(r"(?:comment|annotation|cm)\d+")
"""Readers' comments on web pages are "comment-12"."""
_COMMENT_SIGN = re.compile(r"\s*(?:\[[^\[\]]{0,20}\]\s*)?")

_MARGINS = frozenset({"header", "footer"})
_CHANGE_CLASS = re.compile(
    r"(?:trackchange(?:text|block|paragraph)?|tracked|revision)(deletion|delete|insertion|insert)(?:marker)?"
    r"|(?:ck-suggestion-marker|suggestion|track-change|redline)-(deletion|delete|insertion|insert)"
)
_CHANGE_DATA = ("role", "data-suggestion", "data-suggestion-type", "data-track-change",
                "data-change-type", "data-revision-type")  # fmt: skip
_INSERTED = frozenset({"insertion", "insert", "inserted"})
_DELETED = frozenset({"deletion", "delete", "deleted"})

_RENAMED = re.compile(r"(?:x_|m_-?\d+|v\d+(?=signature))+")
"""What mail programs put before the names in a mail that they show."""
_SIGNATURES = frozenset({
    "gmail_signature", "gmail_signature_prefix", "moz-signature", "moz-txt-sig", "msoautosig",
    "msosignature", "applemailsignature", "apple-mail-signature", "bloop_sign", "zm-_id_-sgn",
    "zmail_signature_below", "front-signature", "io-ox-signature", "hs_signature", "hs-signature",
    "ms-outlook-mobile-signature", "ms-outlook-ios-signature", "protonmail_signature_block",
    "protonmail_signature_block-user", "protonmail_signature_block-proton", "fastmail-signature",
    "tutanota_signature", "ymail_android_signature", "evolution-signature", "-x-evo-signature",
    "-x-evo-signature-wrapper", "edo-signature", "gmx-sig", "mailbird_signature",
    "spark_signature", "messagesignaturesection", "_rc_sig", "rc_signature", "mobilesignature",
    "airmail_signature", "superhuman_signature", "wisestamp_signature", "wisestamp-signature",
})  # fmt: skip
_YAHOO_SIGNATURE = re.compile(r"ydp[0-9a-f]{1,12}signature")
_NUMBERED_SIGNATURE = re.compile(r"sig\d{4,20}")
_OFTEN_SIGNATURES = frozenset({"signature", "email-signature", "email_signature", "mail-signature",
                               "mail_signature", "emailsignature", "sig"})  # fmt: skip
_OUTLOOK = re.compile(
    r"(?:x_)*(?:elementtoproof|appendonsend|divrplyfwdmsg|divtagdefaultwrapper"
    r"|ms-outlook-[\w-]{1,50})"
)
_PICTURES = frozenset({"img", "svg", "v:imagedata", "image"})
_EMBEDDED = frozenset({"iframe", "video", "audio", "object", "embed", "canvas", "applet"})
KEPT_BY_BROWSER = "pasted:"
"""Before a number: the address that static/casa/admin-paste.js gives to a picture it has."""
_SMALL = 3  # pixels: what keeps distance, or counts who reads a mail


def is_comment_anchor(element: Element) -> bool:
    """Whether it shows where a comment belongs: "[NH1]"."""
    return (
        element.style.get("mso-special-character") == "comment"
        or not _ANCHOR_CLASSES.isdisjoint(element.names)
        or (element.tag == "a" and (_leads_to_comment(element) or _is_place_of_comment(element)))
    )


def _leads_to_comment(element: Element) -> bool:
    href = element.given.get("href", "").strip().lower()
    is_named = _COMMENT_NAME.fullmatch(href[1:]) or (
        "comment" in element.names and _COMMENT_ID.fullmatch(href[1:])
    )
    return href[:1] == "#" and bool(is_named)


def _is_place_of_comment(element: Element) -> bool:
    name = element.given.get("name", "").lower()
    return bool(_COMMENT_NAME.fullmatch(name) and _COMMENT_SIGN.fullmatch(element.text[:50]))


def is_comment(element: Element) -> bool:
    """Whether it is the words of a comment."""
    return (
        element.tag in (NOTE, "comment")  # the latter is of LibreOffice Calc
        or element.style.get("mso-element") == "comment"
        or element.given.get("role", "").lower() == "comment"
        or not _COMMENT_CLASSES.isdisjoint(element.names)
        or element.names[-1].startswith("_com_")
        or ("comment" in element.names and bool(_COMMENT_ID.fullmatch(element.names[-1])))
    )


def is_comment_list(element: Element) -> bool:
    return element.style.get("mso-element") == "comment-list"


def is_own_comment_mark(element: Element) -> bool:
    """Google's sign before the words of a comment: `<a href="#cmnt_ref1" id="cmnt1">[a]</a>`."""
    return element.tag == "a" and element.given.get("href", "").startswith("#cmnt_ref")


def is_in_margin(element: Element) -> bool:
    """Whether it is what stands above or below each page: of Word, and of LibreOffice."""
    said = element.style.get("mso-element", "")
    titles = [element.given.get(name, "").lower() for name in ("title", "type")]
    is_named = element.tag == "div" and not _MARGINS.isdisjoint(titles)
    return is_named or said.endswith(("header", "footer"))


def is_insertion(element: Element) -> bool:
    return element.tag == "ins" or "msoins" in element.names or _is_change(element, _INSERTED)


def is_deletion(element: Element) -> bool:
    return element.tag == "del" or "msodel" in element.names or _is_change(element, _DELETED)


def _is_change(element: Element, values: frozenset[str]) -> bool:
    """Whether a class, a role or a data attribute says so, as "TrackChangeTextDeletion" does."""
    given = element.given
    said = [given[name].partition(":")[0] for name in _CHANGE_DATA if name in given]
    classes = [one for one in element.names if "delet" in one or "insert" in one]
    changes = [match[1] or match[2] for match in map(_CHANGE_CLASS.fullmatch, classes) if match]
    exact = [name for name in classes if name in ("deletion", "insertion")]
    return not values.isdisjoint([*exact, *changes, *(one.strip().lower() for one in said)])


def is_signature(element: Element) -> bool:
    """Whether a mail program has put it below every mail."""
    said = [element.given.get(one, "").lower() for one in ("data-smartmail", "name")]
    marked = (element.given.get("name", ""), element.style.get("mso-bookmark", ""))
    return (
        any(_is_name_of_signature(name) for name in (*element.names, *said))
        or any(one.lower() == "_mailautosig" for one in marked)
        or "data-signature-widget" in element.given
        or bool(_NUMBERED_SIGNATURE.fullmatch(element.names[-1]))
        or {"signature", "msonormaltable"}.issubset(element.names)
        or (is_renamed_signature(element) and not _holds_heading(element))
    )


def _is_name_of_signature(name: str) -> bool:
    own = _RENAMED.sub("", name, count=1) if _RENAMED.match(name) else name
    return own in _SIGNATURES or bool(_YAHOO_SIGNATURE.fullmatch(own))


def is_renamed_signature(element: Element) -> bool:
    """Whether it is Outlook's `Signature` in a mail that another program showed."""
    name = element.given.get("id", "")
    prefix = _RENAMED.match(name.lower())
    return bool(prefix and element.tag == "div" and name[prefix.end() :] == "Signature")


def is_outlook_signature(element: Element) -> bool:
    """Whether it is a signature if the document is of Outlook: pages use the name otherwise."""
    is_named = element.tag == "div" and element.given.get("id") == "Signature"
    return is_named and not _holds_heading(element)


def is_called_signature(element: Element) -> bool:
    """Whether it has a name that pages give to those who sign, too."""
    is_named = element.tag == "signature" or not _OFTEN_SIGNATURES.isdisjoint(element.names)
    return is_named and not _holds_heading(element)


def is_of_outlook(root: Element) -> bool:
    return any(_OUTLOOK.fullmatch(name) for one in root.elements() for name in one.names)


def _holds_heading(element: Element) -> bool:
    return any(one.tag in HEADINGS for one in element.elements())


def is_on_white(root: Element) -> bool:
    """Whether the paper is white: mails use properties of Word's on any colour."""
    return any(_names_its_program(one) for one in root.elements())


def is_of_word_processor(root: Element) -> bool:
    """Whether Word, Google Docs or LibreOffice wrote the document."""
    return any(_is_of_word_processor(one) for one in root.elements())


def _is_of_word_processor(element: Element) -> bool:
    return (
        _names_its_program(element)
        or any(name.startswith(OF_WORD) for name in element.style)
        or any(name.startswith("xmlns:") for name in element.given)
    )


def _names_its_program(element: Element) -> bool:
    return (
        any(name.startswith(("mso", "docs-internal-guid")) for name in element.names)
        or "xmlns:w" in element.given
        or (
            element.tag == "meta"
            and element.given.get("name", "").lower() == "generator"
            and any(one in element.given.get("content", "").lower() for one in WRITERS)
        )
    )


def kind_of(element: Element) -> Kind | None:
    """What an element is that is no part of the text; None for one that is."""
    return next((kind for kind, is_one in _TELLING if is_one(element)), None)


def _is_struck(element: Element) -> bool:
    return (
        element.tag in ("s", "strike")
        or "strikethrough" in element.names
        or (is_struck(element.style) and not is_of_docs_sign(element))
    )


def is_of_docs_sign(element: Element) -> bool:
    """Whether the style is that of the sign before the item alone: Google styles words in spans."""
    return element.tag == "li" and "aria-level" in element.given


_TELLING: tuple[tuple[Kind, Callable[[Element], bool]], ...] = (
    (Kind.PICTURE, lambda element: element.tag in _PICTURES),
    (Kind.EMBEDDED, lambda element: element.tag in _EMBEDDED),
    (Kind.COMMENT, is_comment),
    (Kind.DELETION, is_deletion),
    (Kind.SIGNATURE, is_signature),
    (Kind.MARGIN, is_in_margin),
    (Kind.HIDDEN, is_hidden),
    (Kind.FIELD, lambda element: "msoplaceholdertext" in element.names),
    (Kind.STRUCK, _is_struck),
)


def is_decoration(picture: Element) -> bool:
    """Whether a picture shows nothing: the box of a checklist, a distance, a counter of readers."""
    sides = [picture.given.get(side, "").removesuffix("px") for side in ("width", "height")]
    return picture.given.get("aria-roledescription") == "checkbox" or all(
        side.isdecimal() and int(side[:6]) < _SMALL for side in sides
    )


def emoji(picture: Element) -> str:
    """The character that a picture stands for; "" where it stands for none."""
    alt = picture.given.get("alt", "")
    named = " ".join([*picture.names, picture.given.get("src", "")[:200].lower()])
    is_one = 0 < len(alt) <= 8 and not alt.isascii()
    return alt if is_one and ("emoji" in named or "data-goomoji" in picture.given) else ""


def kept_by_browser(picture: Element) -> str:
    """The address of a picture that the browser has kept; "" for another."""
    source = picture.given.get("src", "")
    return source if source.startswith(KEPT_BY_BROWSER) and len(source) < 20 else ""


def name_of(picture: Element) -> str:
    """What a picture is called: its description, else its file's name."""
    described = (
        picture.given.get("alt") or picture.given.get("title") or picture.given.get("o:title", "")
    )
    source = picture.given.get("src", "")
    if described or source.lower().startswith(("data:", KEPT_BY_BROWSER)):
        return described
    return source[-300:].partition("?")[0].replace("\\", "/").rstrip("/").rpartition("/")[2]
