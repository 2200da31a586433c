from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.lib.testing import slow_texts
from statements.release_parser import MAX_BYTES, ReleaseError, find_references, parse_release
from statements.release_parser.lines import MAX_LINE

DATA = Path(__file__).parent / "data"
RELEASES = sorted(path.name for path in DATA.glob("*.txt"))


def read(name):
    return parse_release((DATA / name).read_bytes())


def identifiers(text):
    return [reference["identifier"] for reference in find_references(text)]


def titles(text):
    return [reference["title"] for reference in find_references(text)]


def test_a_wire_release_has_its_lead_in_apart_from_the_statement():
    release = read("river.txt")
    assert release.title == (
        "STATEMENT from ARC (Alder River Coalition) regarding closures along the Alder"
    )
    dateline = release.dateline
    assert (dateline.city, dateline.date, dateline.wire) == (
        "Portland",
        "2026-03-03",
        "PRNewswire",
    )
    assert release.lead_in.startswith("The Alder River Coalition (ARC), which represents")
    assert release.lead_in.endswith("keep the river open.")
    assert "which represents" not in release.body_html
    assert release.body_html.startswith("<p>We, the neighbors of the Alder River,")
    assert release.body_html.count("<p>") == 4
    assert release.ask.startswith("We call upon our neighboring states")
    assert release.ask in release.body_html
    assert release.source == "Alder River Coalition (ARC)"
    assert release.original_url.endswith("alder-river-coalition-000001.html")


def test_every_signatory_line_keeps_its_number_and_its_words():
    release = read("river.txt")
    lines = (DATA / "river.txt").read_text(encoding="utf-8").split("\n")
    assert len(release.signatory_lines) == 19
    assert all(lines[number - 1] == line for number, line in release.signatory_lines)
    assert release.signatory_lines[0][1].startswith("Marguerite Odell")
    assert release.signatory_lines[-1][1] == "Rosalind Achter, Indianapolis, IN"


def test_references_come_in_order_and_once():
    references = read("river.txt").references
    assert [(item["title"], item["identifier"]) for item in references] == [
        ("US House Resolution 2041", "HR 2041"),
        ("Clean Streams Act of 1988", "Clean Streams Act of 1988"),
        ("Aarhus Convention", ""),
        ("UN Security Council Resolution 9001", "S/RES/9001"),
        ("UN Security Council Resolution 9002", "S/RES/9002"),
        ("UN Security Council Resolution 9003", "S/RES/9003"),
        ("UN Security Council Resolution 9004", "S/RES/9004"),
        ("UN General Assembly Resolution “Situation of Free-Flowing Waters” (2006)", ""),
        ("UN General Assembly Resolution “Situation of Free-Flowing Waters” (2008)", ""),
        ("US Senate Bill 512", "S. 512"),
    ]


def test_what_is_left_out_is_said_with_its_line():
    notes = dict(read("river.txt").notes)
    assert "cut-off copy" in notes[1]
    assert "line 3" in notes[1]
    assert not any("View original content" in sentence for sentence in notes.values())
    library = dict(read("library.txt").notes)
    for number in (1, 3, 26, 31, 35, 37, 39):
        assert number in library, number


@pytest.mark.parametrize("name", RELEASES)
def test_nothing_is_dropped_silently(name):
    release = read(name)
    kept = " ".join(
        [
            release.title,
            release.headline,
            release.lead_in,
            release.source,
            release.body_html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
            release.original_url,
        ]
    )
    said = {number for number, _ in release.notes + release.signatory_lines}
    for number, line in enumerate((DATA / name).read_text(encoding="utf-8").split("\n"), start=1):
        words = [word.strip("-•:,.") for word in line.removeprefix("SOURCE").split()]
        if (
            number in said
            or not words
            or (release.original_url and release.original_url in line)
            or line.strip(" :,.").lower()
            in (
                "signed",
                "submitted by",
                "i̇mzalayanlar",
                "yours sincerely",
            )
        ):
            continue
        missing = [word for word in words if word not in kept]
        dated = release.dateline.date and ("—" in line or "--" in line)
        assert not missing or (dated and len(missing) < 9), (number, missing)


def test_a_headline_release_opens_with_its_dateline_paragraph():
    release = read("library.txt")
    assert release.title == "Readers ask the county to keep the Saturday branch open"
    assert release.headline == release.title
    assert release.lead_in == ""
    assert (release.dateline.city, release.dateline.date) == ("Fairwater", "2026-04-09")
    paragraphs = release.body_html.split("\n")
    assert paragraphs[0] == "<p>Forty groups sign one letter</p>"
    assert paragraphs[1].startswith("<p>Forty reading groups of Fairwater County today asked the")
    assert "&lt;b&gt;more&lt;/b&gt; than any other &amp; is" in paragraphs[1]
    assert "About Fairwater" not in release.body_html


def test_lists_are_lists_and_addresses_are_links():
    release = read("library.txt")
    assert "<ul><li>keep the branch open on Saturdays;</li><li>hire a second" in release.body_html
    assert '<a href="https://example.org/plan">https://example.org/plan</a> proposes;' in (
        release.body_html
    )
    assert release.ask.split("\n") == [
        "We urge the county board to:",
        "keep the branch open on Saturdays;",
        "hire a second librarian, as https://example.org/plan proposes;",
        "report back in June.",
    ]


def test_lists_of_signatories_may_have_headings_and_bullets():
    assert [line for _, line in read("library.txt").signatory_lines] == [
        "1. Friends of the Saturday Branch, Fairwater, OR",
        "2. Alder Book Club, Salem, OR",
        "• Jane Roe, teacher, Fairwater, OR",
    ]


def test_a_letter_needs_no_dateline():
    release = read("letter.txt")
    assert release.title == "Open letter on the heritage-language schools of Thornbury"
    assert release.dateline.date == ""
    assert release.body_html.startswith("<p>To the town council,</p>")
    assert release.ask == "Therefore we ask the council to lend the schools their rooms again."
    assert len(release.signatory_lines) == 2
    assert [item["identifier"] for item in release.references[:2]] == [
        "Directive 2000/60/EC",
        "Regulation (EU) 2016/679",
    ]


def test_azerbaijani_is_read():
    release = read("azerbaijani.txt")
    assert release.title == "Çay kitabxanasının dostlarından bəyanat"
    assert (release.dateline.city, release.dateline.date) == ("Bakı", "2026-03-03")
    assert release.ask.startswith("Şəhər bələdiyyəsini")
    assert [number for number, _ in release.signatory_lines] == [11]


@pytest.mark.parametrize(
    ("opening", "city", "date", "wire"),
    [
        ("LEEDS, England, March 3, 2026 /PRNewswire-USNewswire/ -- ", "Leeds", "2026-03-03",
         "PRNewswire-USNewswire"),
        ("SALEM, Ore.--(BUSINESS WIRE)--", "Salem", "", "BUSINESS WIRE"),
        ("BERGEN, Norway, Sept. 30, 2026 (GLOBE NEWSWIRE) -- ", "Bergen", "2026-09-30",
         "GLOBE NEWSWIRE"),
        ("TORONTO, June 1, 2026 /CNW/ - ", "Toronto", "2026-06-01", "CNW"),
        ("EUGENE, OR, UNITED STATES, May 5, 2026 /EINPresswire.com/ -- ", "Eugene", "2026-05-05",
         "EINPresswire.com"),
        ("Portland, Oregon — March 3, 2026 — ", "Portland", "2026-03-03", ""),
        ("London, 12 May 2026 – ", "London", "2026-05-12", ""),
        ("LEEDS, UK (3 March 2026) — ", "Leeds", "2026-03-03", ""),
        ("(Bonn, 3. März 2026) – ", "Bonn", "2026-03-03", ""),
        ("March 3, 2026 – Leeds – ", "Leeds", "2026-03-03", ""),
        ("ST. PAUL, Minn. -- ", "St. Paul", "", ""),
        ("NEW YORK, NY / ACCESSWIRE / January 15, 2026 / ", "New York", "2026-01-15",
         "ACCESSWIRE"),
        ("ST. JOHN'S, N.L., Tuesday, Feb. 3, 2026 (CNW) - ", "St. John's", "2026-02-03", "CNW"),
        ("SAN JOSÉ, Costa Rica, Feb. 3, 2026 /CNW/ -- ", "San José", "2026-02-03", "CNW"),
        ("LOS ANGELES, Feb. 26 -- ", "Los Angeles", "", ""),
        ("LOS ANGELES, Feb. 26 /PRNewswire/ -- ", "Los Angeles", "", "PRNewswire"),
        ("LEEDS, February 30, 2026 /PRNewswire/ -- ", "Leeds", "", "PRNewswire"),
        ("LONDON--(BUSINESS WIRE)--", "London", "", "BUSINESS WIRE"),
    ],
)  # fmt: skip
def test_datelines_of_many_wires(opening, city, date, wire):
    text = f"Readers keep a library open\n\n{opening}The library stays open.\n\nWe ask for more."
    release = parse_release(text)
    assert (release.dateline.city, release.dateline.date, release.dateline.wire) == (
        city,
        date,
        wire,
    )
    assert release.body_html.startswith("<p>The library stays open.</p>")
    assert release.title == "Readers keep a library open"


def test_a_release_that_announces_a_statement_keeps_its_own_words_apart():
    release = parse_release(
        "Coalition speaks on the weirs\n\nLEEDS, May 5, 2026 -- The River Coalition today issued "
        "the following statement:\n\nThe weirs must open.\n\nWe urge the county to open them."
    )
    assert release.lead_in == "The River Coalition today issued the following statement:"
    assert release.body_html.startswith("<p>The weirs must open.</p>")


@pytest.mark.parametrize(("date", "says"), [("Feb. 26", "no year"), ("Feb. 30, 2026", "no such")])
def test_a_date_that_is_none_is_said_and_the_dateline_is_no_title(date, says):
    release = parse_release(
        f"LEEDS, {date} /PRNewswire/ -- The Alder Trust speaks.\n\nSTATEMENT on the mill\n\n"
        "The mill is old.\n\nWe ask the town to mend it."
    )
    assert release.title == "STATEMENT on the mill"
    assert release.lead_in == "The Alder Trust speaks."
    assert says in dict(release.notes)[1]


def test_a_lead_in_that_announces_the_statement_is_not_its_title():
    release = parse_release(
        "LONDON--(BUSINESS WIRE)--The Alder Trust issued the following statement.\n\n"
        "The weirs must open.\n\nWe urge the county to open them."
    )
    assert release.lead_in == "The Alder Trust issued the following statement."
    assert release.title == "The weirs must open"
    assert release.body_html.startswith("<p>The weirs must open.</p>")


@pytest.mark.parametrize(
    "ask",
    [
        "The River Commission must act now to enforce its own rules.",
        "The council has to open the weirs before spring.",
        "Alder County should publish what it measures.",
    ],
)
def test_what_a_named_body_must_do_is_the_ask_where_nothing_else_is(ask):
    text = f"On the weirs\n\nThe weirs are shut.\n\n{ask}\n\nThe river is grey."
    assert parse_release(text).ask == ask
    better = parse_release(f"{text}\n\nWe call upon the county to help.")
    assert better.ask == "We call upon the county to help."


@pytest.mark.parametrize("heading", ["Submitted by:", "Submitted by,"])
def test_one_long_line_does_not_hide_the_names_below_it(heading):
    long = "The signatories below speak for many people along the river. " * 8
    release = parse_release(
        f"On the weirs\n\nThe weirs are shut.\n\n{heading}\n\n{long}\n\nJane Roe, Leeds\n\n"
        "Mill Museum, York\n"
    )
    assert release.signatory_lines == [(9, "Jane Roe, Leeds"), (11, "Mill Museum, York")]
    assert "Jane Roe" not in release.body_html
    assert "The signatories below" in dict(release.notes)[7]


@pytest.mark.parametrize(
    "end", ["CC: The Council", "cc: Ada Poe", "About the Trust for Weirs", "Contact(s):", "Contact",
            "Press office: 12 Mill Lane", "Media contact"],
)  # fmt: skip
def test_the_names_end_where_the_office_begins(end):
    release = parse_release(
        f"On the weirs\n\nThe weirs are shut.\n\nSigned:\n\nJane Roe\n\n{end}\nAda Poe, member\n"
    )
    assert release.signatory_lines == [(7, "Jane Roe")]
    assert {9, 10} <= {number for number, _ in release.notes}


def test_a_very_long_source_is_cut_off_and_is_no_signatory():
    source = "Alder Trust and friends " * 20
    release = parse_release(
        f"On the weirs\n\nThe weirs are shut.\n\nSigned:\n\nJane Roe\n\nSOURCE {source}\n"
    )
    assert release.signatory_lines == [(7, "Jane Roe")]
    assert len(release.source) <= 300
    assert release.source.startswith("Alder Trust and friends Alder")
    assert "cut off" in dict(release.notes)[9]


def test_invisible_characters_are_removed_and_said():
    release = parse_release(
        "On the \u202eweirs\n\nThe weirs\u2066 are shut, ne\u200cver\u00ad open."
    )
    assert release.title == "On the weirs"
    assert "<p>The weirs are shut, ne\u200cver open.</p>" in release.body_html
    assert [number for number, note in release.notes if "Invisible" in note] == [1, 3]


def test_line_breaks_and_a_byte_order_mark_do_not_matter():
    plain = (DATA / "river.txt").read_bytes()
    windows = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    assert parse_release(windows) == parse_release(plain)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H.R. 1234 and HR 1234", ["H.R. 1234"]),
        ("H. Res. 190, S. 123, S.Res. 5 and H.Con.Res. 8",
         ["H.Res. 190", "S. 123", "S.Res. 5", "H.Con.Res. 8"]),
        ("House Resolution 190", ["H.Res. 190"]),
        ("AB 123 and SB 45", ["AB 123", "SB 45"]),
        ("Public Law 104-208", ["Pub. L. 104-208"]),
        ("A/RES/70/1 and UN General Assembly resolution 60/7", ["A/RES/70/1", "A/RES/60/7"]),
        ("UNSC resolution 1325 (2000)", ["S/RES/1325 (2000)"]),
        ("PACE Resolution 1416 (2005)", ["PACE Resolution 1416 (2005)"]),
        ("the Libraries Act 1964", ["Libraries Act 1964"]),
        ("Mrs. 12 and U.S. 50 houses, 300 members", []),
    ],
)  # fmt: skip
def test_identifiers_are_the_customary_ones(text, expected):
    assert identifiers(text) == expected


def test_treaties_are_named_once():
    text = "the Geneva Conventions of 1949, again the Geneva Convention, and the Paris Agreement"
    assert titles(text) == ["Geneva Conventions of 1949", "Paris Agreement"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"PK\x03\x04\x00\x00", "binary"),
        (b"Title\x00text", "binary"),
        ("Café fermé".encode("latin-1"), "UTF-8"),
        (b"a" * (MAX_BYTES + 1), "large"),
        (b"a" * 20_000_000, "large"),
        (b"A title\n\n" + b"word " * 5_000, "Line 3 is too long (25,000 characters)"),
    ],
    ids=["empty", "blank", "zip", "nul", "latin-1", "large", "20 MB", "long line"],
)
def test_what_is_no_release_is_refused_in_one_sentence(data, word):
    with pytest.raises(ReleaseError) as refused:
        parse_release(data)
    message = str(refused.value)
    assert word in message
    assert message.count(". ") == 0
    assert message.endswith(".")


def test_a_release_without_signatories_says_so():
    release = parse_release("A library stays open\n\nWe ask the town for a second room.")
    assert release.signatory_lines == []
    assert any("No signatories" in sentence for _, sentence in release.notes)


_PIECES = st.sampled_from(
    ["", "Submitted by,", "SOURCE Alder", "LEEDS, March 3, 2026 --", "###", "We urge:", "- a"]
)


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(st.text() | st.lists(_PIECES | st.text(max_size=30)).map("\n".join) | st.binary())
def test_any_input_is_read_or_refused(data):
    try:
        release = parse_release(data)
    except ReleaseError:
        return
    assert "<script" not in release.body_html.lower()


def _read_or_refuse(text):
    with suppress(ReleaseError):
        parse_release(text)


def _in_lines(text):
    starts = range(0, len(text), MAX_LINE)
    _read_or_refuse("\n".join(text[start : start + MAX_LINE] for start in starts))


@pytest.mark.medium
@pytest.mark.parametrize("read", [_read_or_refuse, _in_lines, find_references])
def test_no_text_keeps_the_reader_busy(read):
    parse_release("LEEDS, UK, 3 March 2026 -- We ask.")  # loads the names of months
    assert not slow_texts(read)
