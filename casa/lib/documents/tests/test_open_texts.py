"""Texts of LibreOffice."""

from casa.lib.documents.reading import Kind, TableBlock, TextBlock
from casa.lib.documents.tests.here import read_here
from casa.lib.documents.tests.packing import ods_cell, open_document

STYLES = """<style:style style:name="off"><style:text-properties text:display="none"/></style:style>
<style:style style:name="cut"><style:text-properties style:text-line-through-style="solid"/>
</style:style>"""


def test_a_text_is_what_is_seen_of_it():
    body = f"""<text:tracked-changes><text:changed-region><text:deletion><text:p>John Poe</text:p>
      </text:deletion></text:changed-region></text:tracked-changes>
      <text:h>Signed by</text:h>
      <text:list><text:list-item><text:p>Jane <text:span>Roe</text:span><text:s text:c="2"/>(Clerk)
      </text:p></text:list-item></text:list>
      <text:p>Ana<text:note><text:note-citation>1</text:note-citation><text:note-body>
      <text:p>In a personal capacity</text:p></text:note-body></text:note><office:annotation>
      <text:p>her</text:p></office:annotation><text:span text:style-name="off">secret</text:span>
      <text:span text:style-name="cut">gone</text:span></text:p>
      <text:p text:style-name="off">John Poe</text:p>
      <table:table><table:table-row>{ods_cell("Li Wei")}{ods_cell("River Watch")}</table:table-row>
      </table:table><text:p>End</text:p>"""
    document = read_here(open_document("text", body, styles=STYLES), "names.odt")
    assert document.kind is Kind.ODT
    assert document.blocks == [
        TextBlock([(1, "Signed by"), (2, "• Jane Roe  (Clerk)"), (3, "Ana¹")]),
        TableBlock("", [(5, ["Li Wei", "River Watch"])]),
        TextBlock([(6, "End"), (7, "¹ In a personal capacity")]),
    ]
    assert document.notes == [
        (0, "1 comment, 2 hidden passages, 1 struck-through passage left out.")
    ]
