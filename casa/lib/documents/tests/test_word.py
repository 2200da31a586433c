"""Word documents, with the marks that Word itself writes."""

import pytest

from casa.lib.documents.reading import DocumentRefused, Kind, TableBlock, TextBlock
from casa.lib.documents.tests.here import read_here
from casa.lib.documents.tests.packing import docx, packed, paragraph, run, word_table


def read(body, **parts):
    return read_here(docx(body, **parts), "names.docx")


def lines(document):
    return [
        line
        for block in document.blocks
        if isinstance(block, TextBlock)
        for _n, line in block.lines
    ]


def test_paragraphs_are_lines_and_tables_are_rows_in_their_order():
    table = word_table(
        [paragraph(run("Name")), paragraph(run("Organization"))],
        [paragraph(run("Jane ")) + paragraph(run("Roe")), paragraph(run("River Watch"))],
    )
    document = read(
        paragraph(run("Signed "), run("by:")) + paragraph() + table + paragraph(run("Thank you."))
    )
    assert document.kind is Kind.DOCX
    assert document.blocks == [
        TextBlock([(1, "Signed by:")]),
        TableBlock("", [(3, ["Name", "Organization"]), (4, ["Jane\nRoe", "River Watch"])]),
        TextBlock([(5, "Thank you.")]),
    ]


def test_a_table_of_one_column_is_lines():
    document = read(word_table([paragraph(run("Jane Roe"))], [paragraph(run("John Poe"))]))
    assert lines(document) == ["Jane Roe", "John Poe"]


@pytest.mark.parametrize("grid", ["", "<w:tblGrid/>", "<w:tblGrid><w:gridCol/></w:tblGrid>"])
def test_a_table_without_its_grid_is_a_table(grid):
    title, *rows = [[paragraph(run(cell)) for cell in cells] for cells in (
        ["Names"], ["Name", "Town"], ["Jane Roe", "Leeds"],
    )]  # fmt: skip
    whole = "<w:tblGrid><w:gridCol/></w:tblGrid>"
    document = read(word_table(title, *rows).replace(whole, grid))
    assert document.blocks == [
        TextBlock([(1, "Names")]),
        TableBlock("", [(2, ["Name", "Town"]), (3, ["Jane Roe", "Leeds"])]),
    ]


def test_breaks_end_lines_and_tabs_stay():
    text = "<w:r><w:t>Jane Roe</w:t><w:tab/><w:t>Director</w:t><w:br/><w:t>John Poe</w:t></w:r>"
    assert lines(read(paragraph(text))) == ["Jane Roe\tDirector", "John Poe"]


def test_tracked_changes_are_taken_as_accepted():
    deleted = '<w:del w:id="1"><w:r><w:delText>John Poe</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3">{run("Ana Lima")}</w:moveFrom>'
    inserted = f'<w:ins w:id="2">{run("Jane Roe")}</w:ins>'
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
    table = word_table([paragraph(run("A")), paragraph(run("B"))]).replace(
        "</w:tbl>", f"{row}</w:tbl>"
    )
    document = read(paragraph(inserted) + paragraph(deleted, moved) + table)
    assert lines(document) == ["Jane Roe"]
    assert document.blocks[1].rows == [(2, ["A", "B"])]
    assert document.notes == [(0, "4 tracked changes taken as accepted.")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    joined = paragraph(run("Jane "), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run("Roe"))
    assert lines(read(joined)) == ["Jane Roe"]


STYLES = """
  <w:style w:type="character" w:styleId="Off"><w:rPr><w:vanish/></w:rPr></w:style>
  <w:style w:type="character" w:styleId="OffToo"><w:basedOn w:val="Off"/></w:style>
  <w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr>
  </w:pPr></w:style>"""


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ("<w:vanish/>", "1 hidden passage left out."),
        ('<w:rStyle w:val="OffToo"/>', "1 hidden passage left out."),
        ("<w:strike/>", "1 struck-through passage left out."),
        ('<w:vanish w:val="0"/><w:strike w:val="false"/>', None),
    ],
)
def test_what_nobody_sees_is_left_out_and_said(properties, said):
    document = read(paragraph(run("Jane Roe"), run(" (call her)", properties)), styles=STYLES)
    assert lines(document) == ["Jane Roe (call her)" if said is None else "Jane Roe"]
    assert document.notes == ([] if said is None else [(0, said)])


def test_comments_and_codes_of_fields_are_no_text():
    field = '<w:r><w:instrText> HYPERLINK "https://example.org" </w:instrText></w:r>'
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    document = read(paragraph(field, run("Jane Roe"), comment))
    assert lines(document) == ["Jane Roe"]
    assert document.notes == [(0, "1 comment left out.")]


NUMBERING = """
  <w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>
    </w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/>
    </w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>"""


def item(text, number, level=0):
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(run(text), properties=place)


def test_items_have_the_signs_that_word_shows_before_them():
    body = item("Jane", 1) + item("John", 1, 1) + item("Ana", 1, 1) + item("Omar", 1)
    body += item("Li", 2) + paragraph(run("Noor"), properties='<w:pStyle w:val="Item"/>')
    document = read(body, numbering=NUMBERING, styles=STYLES)
    assert lines(document) == ["3. Jane", "3a) John", "3b) Ana", "4. Omar", "• Li", "• Noor"]


def test_cells_of_several_rows_and_columns_keep_their_place():
    top, below = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>"
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    words = {name: paragraph(run(name)) for name in ("Jane", "John", "Org", "Town", "Wide")}
    document = read(word_table(
        [words["Jane"], f"{top}{words['Org']}", words["Town"]],
        [words["John"], f"{below}{paragraph()}", words["Town"]],
        [f"{wide}{words['Wide']}", words["Town"]],
    ))  # fmt: skip
    assert [row for _number, row in document.blocks[0].rows] == [
        ["Jane", "Org", "Town"], ["John", "Org", "Town"], ["Wide", "", "Town"],
    ]  # fmt: skip


def test_footnotes_stand_behind_their_numbers():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    words = paragraph(run("In a personal capacity"))
    notes = '<w:footnote w:id="0" w:type="separator"/>'
    notes += f'<w:footnote w:id="2">{words}</w:footnote>'
    document = read(paragraph(run("Jane Roe"), mark), footnotes=notes)
    assert lines(document) == ["Jane Roe²", "² In a personal capacity"]


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{paragraph(run('Jane Roe'))}</w:txbxContent>"
    both = f"<w:r><w:drawing>{box}</w:drawing><w:Fallback>{box}</w:Fallback></w:r>"
    assert lines(read(paragraph(run("Signed by"), both))) == ["Signed by", "Jane Roe"]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'ha'>]><w:p>&a;</w:p>", "damaged"),
        ("<w:p>" * 50_000, "damaged"),
        ("<w:p>" * 5_000 + "</w:p>" * 5_000, "more memory or time"),
        ("<w:p/>", "No words"),
    ],
)
def test_a_hostile_document_is_a_sentence(content, said):
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    file = packed({"word/document.xml": content.replace("<w:p", f"<w:p {namespace}", 1)})
    with pytest.raises(DocumentRefused, match=said):
        read_here(file, "names.docx")
