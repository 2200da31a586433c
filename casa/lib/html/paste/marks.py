"""By which marks word processors and mail programs say that something is no part of the text."""

from collections.abc import Callable

from casa.lib.html.left_out import Kind
from casa.lib.html.paste.nodes import NOTE, Element
from casa.lib.html.paste.styles import is_hidden, is_struck

CODE = frozenset({"script", "style", "title", "xml", "template", "noscript", "base", "link"})
"""What shows nothing in a browser either."""

_COMMENT_CLASSES = frozenset({
    "msocomtxt", "msocommenttext", "msocommentsubject", "docos-anchoreddocoview", "sd-comment",
    "sd-comments", "sdcomment", "comment-indicator", "comment-start",
})  # fmt: skip
_ANCHOR_CLASSES = frozenset({"msocommentreference", "msocomanchor", "msocomoff"})
_TO_COMMENTS = ("#_msocom", "#_msoanchor", "#cmnt", "#_com_", "#_anchor_")
_COMMENT_NAMES = ("_msocom", "_msoanchor", "cmnt")

_CHANGES = ("track", "revision", "suggest", "redline")
_OUT = ("delet", "remov")
_IN = ("insert", "addition")
_INSERTED, _DELETED = frozenset({"msoins", "insertion"}), frozenset({"msodel", "deletion"})

_PROGRAMS = (
    "mail", "outlook", "moz", "apple", "proton", "zoho", "yahoo", "ydp", "wisestamp", "spark",
    "thunderbird", "autosig", "airmail", "hubspot", "superhuman", "tutanota", "fastmail", "x_",
)  # fmt: skip
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
        or (
            element.tag == "a"
            and (
                element.given.get("href", "").lower().startswith(_TO_COMMENTS)
                or element.given.get("name", "").lower().startswith(_COMMENT_NAMES)
            )
        )
    )


def is_comment(element: Element) -> bool:
    """Whether it is the words of a comment."""
    return (
        element.tag in (NOTE, "comment")  # the latter is of LibreOffice Calc
        or element.style.get("mso-element") == "comment"
        or element.given.get("role", "").lower() == "comment"
        or not _COMMENT_CLASSES.isdisjoint(element.names)
        or element.names[-1].startswith("_com_")
    )


def is_comment_list(element: Element) -> bool:
    return element.style.get("mso-element") == "comment-list"


def is_own_comment_mark(element: Element) -> bool:
    """Google's sign before the words of a comment: `<a href="#cmnt_ref1" id="cmnt1">[a]</a>`."""
    return element.tag == "a" and element.given.get("href", "").startswith("#cmnt_ref")


def is_insertion(element: Element) -> bool:
    exact = element.tag == "ins" or not _INSERTED.isdisjoint(element.names)
    return exact or _is_change(element, _IN)


def is_deletion(element: Element) -> bool:
    exact = element.tag == "del" or not _DELETED.isdisjoint(element.names)
    return exact or _is_change(element, _OUT)


def _is_change(element: Element, signs: tuple[str, ...]) -> bool:
    """Whether a class or a data attribute says so, as "TrackChangeTextDeletion" does."""
    said = [f"{name}={value}" for name, value in element.given.items() if name[:5] == "data-"]
    return any(
        any(change in name for change in _CHANGES) and any(one in name for one in signs)
        for name in (*element.names, *(one[:200].lower() for one in said))
    )


def is_signature(element: Element) -> bool:
    """Whether a mail program has put it below every mail."""
    said = (element.given.get(one, "").lower() for one in ("data-smartmail", "name"))
    names = [*element.names, *said]
    marked = (element.given.get("name", ""), element.style.get("mso-bookmark", ""))
    return (
        element.names[-1].removeprefix("x_") in ("signature", "_rc_sig")
        or any("signature" in name and _is_of_program(name) for name in names)
        or "messagesignaturesection" in names
        or any(name.removeprefix("x_") == "msoautosig" for name in names)
        or any("mailautosig" in one.lower() for one in marked)
    )


def _is_of_program(name: str) -> bool:
    return "signatures" not in name and any(one in name for one in _PROGRAMS)


def kind_of(element: Element) -> Kind | None:
    """What an element is that is no part of the text; None for one that is."""
    return next((kind for kind, is_one in _TELLING if is_one(element)), None)


def _is_out_of_sight(element: Element) -> bool:
    return "hidden" in element.given or is_hidden(element.style)


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
    (Kind.HIDDEN, _is_out_of_sight),
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
