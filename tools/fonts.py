"""Make Casa Serif, the typeface of statements, anew from Source Serif 4: pieces for the web, whole
fonts for PDFs and pictures, and the style sheet that names the pieces.

    python tools/fonts.py FOLDER

FOLDER holds the two variable fonts of SOURCES, as https://github.com/google/fonts has them under
ofl/sourceserif4 and the package fontpkg-source-serif-4 4.4 on PyPI. Their licence reserves the name
"Source", so what is made of them has another one.

A page loads only the pieces that it has letters of. Each holds all weights from regular to bold.
Browsers slant it for italics: a second set would take a page with one italic word over its budget.
"""

import hashlib
import io
import sys
import textwrap
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "static/casa/fonts"
STYLES = ROOT / "static/casa/site/typeface.css"
WHOLE = ROOT / "casa/lib/media/fonts"

FAMILY = "Casa Serif"
SOURCES = {
    "normal": (
        "SourceSerif4[opsz,wght].ttf",
        "97b2d4da6e3cb494b5a1e66ae176914d852ccabef49e0c02c0df25f3e39aca0b",
    ),
    "italic": (
        "SourceSerif4-Italic[opsz,wght].ttf",
        "15fbc7e4679489a501998c3669272637a6646388ef7e4bd77eebb5bf967a1f42",
    ),
}
OPTICAL_SIZE = 14  # points: between words and titles
WEB_WEIGHTS = 400, 700
VERSION = "Version 1.0; a part of Source Serif 4.004"
WHOLE_STYLES = {
    "Regular": ("normal", 400), "Bold": ("normal", 700),
    "Italic": ("italic", 400), "Bold Italic": ("italic", 700),
}  # fmt: skip

PIECES = {
    # English, Azerbaijani and Turkish, the punctuation of all, and the letters that names and loan
    # words bring into English most often: one "café" would load a second file.
    "latin": (
        "U+20-7E, U+A0, U+A7, U+A9, U+AB, U+AD, U+B0, U+B7, U+BB, U+C7, U+D6, U+DC, U+E1,"
        " U+E7-E9, U+ED, U+F1, U+F3, U+F6, U+FC, U+11E-11F, U+130-131, U+15E-15F, U+18F, U+259,"
        " U+2010-2014, U+2018-201E, U+2020-2022, U+2026, U+2030, U+2039-203A, U+20AC, U+2116,"
        " U+2190-2193"
    ),
    "western": (
        "U+A1, U+BF-C6, U+C8-D5, U+D8-DB, U+DD-E0, U+E2-E6, U+EA-EC, U+EE-F0, U+F2, U+F4-F5,"
        " U+F8-FB, U+FD-FF, U+152-153, U+178, U+1E9E"
    ),
    "signs": ("U+A2-A6, U+A8, U+AA, U+AC, U+AE-AF, U+B1-B6, U+B8-BA, U+BC-BE, U+D7, U+F7"),
    # Central and Eastern Europe, Vietnamese
    "extended": (
        "U+100-11D, U+120-12F, U+132-151, U+154-15D, U+160-177, U+179-17F, U+1A0-1A1, U+1AF-1B0,"
        " U+1CD-1DC, U+218-21B, U+300-304, U+306-30C, U+323, U+327-328, U+1E80-1E85, U+1EA0-1EF9"
    ),
    "cyrillic": "U+400-45F, U+490-4FF",
    "greek": "U+370-3FF",
}
SIGNS = "U+2000-22FF"  # arrows, fractions and the like, in whole fonts
# No pairs of letters moved together ("kern"): with them a page would be over its budget.
WEB_FEATURES = ["locl"]
MARKS = "extended"  # the piece with marks that stand above and below letters of their own
FEATURES_OF_MARKS = ["mark", "ccmp"]

FACE = """\
  @font-face {{
    font-family: "Casa Serif";
    font-weight: 400 700;
    font-display: optional;
    src: url("../fonts/serif-{piece}.woff2") format("woff2");
    unicode-range:
      {letters};
  }}
"""
SHEET = """\
/* Made by tools/fonts.py. Of these files a page loads those that it has letters of, and shows the
   next typeface instead of waiting: nothing moves when a file comes late. */

@layer foundation {{
{faces}}}
"""


def instance(folder: Path, style: str, weight: tuple[int, int] | int) -> TTFont:
    name, expected = SOURCES[style]
    file = folder / name
    if hashlib.sha256(file.read_bytes()).hexdigest() != expected:
        sys.exit(f"{file} is not the version that the fonts here were made of.")
    font = TTFont(file, recalcTimestamp=False)  # the same source gives the same bytes
    limits: dict[str, Any] = {"opsz": OPTICAL_SIZE, "wght": weight}
    return instantiateVariableFont(font, limits, inplace=True)


def rename(font: TTFont, style: str) -> None:
    """Of the names, leave whose it is and under which licence, and say that it was changed."""
    name = f"{FAMILY.replace(' ', '')}-{style.replace(' ', '')}"
    font["name"].names = [one for one in font["name"].names if one.nameID in (0, 13, 14)]
    said = {1: FAMILY, 2: style, 3: name, 4: f"{FAMILY} {style}", 5: VERSION, 6: name}
    for number, words in said.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    if "STAT" in font:
        del font["STAT"]  # it names the styles that were left out


def keep(font: TTFont, letters: str, features: list[str]) -> None:
    """Leave out of `font` all but `letters`, and the hints for screens of few dots."""
    options = Options(hinting=False, name_IDs=["*"], notdef_outline=True, layout_features=features)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(letters.replace(" ", "")))
    subsetter.subset(font)


def make_pieces(folder: Path) -> None:
    """Write the files for the web, and the style sheet that names them."""
    whole = io.BytesIO()
    font = instance(folder, "normal", WEB_WEIGHTS)
    rename(font, "Regular")
    font.save(whole)
    for piece, letters in PIECES.items():
        font = TTFont(whole, recalcTimestamp=False)
        keep(font, letters, WEB_FEATURES + (FEATURES_OF_MARKS if piece == MARKS else []))
        font.flavor = "woff2"
        font.save(WEB / f"serif-{piece}.woff2")
    faces = [FACE.format(piece=one, letters=wrapped(said)) for one, said in PIECES.items()]
    STYLES.write_text(SHEET.format(faces="\n".join(faces)), "utf-8")


def wrapped(letters: str) -> str:
    return textwrap.fill(letters, 94, subsequent_indent=" " * 6)


def make_whole(folder: Path, style: str) -> None:
    """Write one font for PDFs and pictures."""
    font = instance(folder, *WHOLE_STYLES[style])
    rename(font, style)
    keep(font, ", ".join([*PIECES.values(), SIGNS]), ["*"])
    font.save(WHOLE / f"CasaSerif-{style.replace(' ', '')}.ttf")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    WEB.mkdir(exist_ok=True)
    make_pieces(folder)
    for style in WHOLE_STYLES:
        make_whole(folder, style)


if __name__ == "__main__":
    main()
