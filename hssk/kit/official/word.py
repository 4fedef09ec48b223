"""A paper as a Word file in the layout of offices, to be numbered, signed and sent.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I. The face is named and not carried: offices have it.
"""

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hssk.kit.official.bars import bar_picture
from hssk.kit.official.paper import Heading, Letter, Paper
from hssk.kit.official.table import TEXT, Row, Table

FACE = "Times New Roman"
UPRIGHT, FLAT = 160, 267  # millimetres between the margins
BAR, CELL_EDGE = 16, Mm(1.9)  # letters that a bar is wide, as in paper.typ; the edge within a cell
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def word_of(paper: Paper, made: datetime) -> bytes:
    """The file. `made` is when the paper was, by its own account."""
    letter, file = paper.letter, _file(paper.letter, made)
    if paper.invented:
        _line(file, paper.invented, bold=True, align=CENTRE)
    _heading(file, letter)
    _line(file, letter.title, bold=True, size=14, align=CENTRE)
    _line(file, letter.about, bold=True, size=14, align=CENTRE, after=0 if letter.to else 8)
    if letter.to:
        _line(file, letter.to, align=CENTRE)
    for block in paper.body:
        _block(file, block)
    _signature(file, letter)
    for above, table in paper.annexed:
        _annex(file, table, above, letter.parent)
    if letter.proof:
        _line(file, letter.proof, size=9)
    out = BytesIO()
    file.save(out)
    return _timeless(out)


def _timeless(file: BytesIO) -> bytes:
    """The same file without the times at which its parts were packed: the same paper gives the same
    bytes whenever it is asked for."""
    out = BytesIO()
    with ZipFile(file) as packed, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for part in packed.infolist():
            again.writestr(ZipInfo(part.filename), packed.read(part), ZIP_DEFLATED)
    return out.getvalue()


def _block(file: Any, block: str | Heading | Table) -> None:
    if isinstance(block, Table):
        if block.title:
            _line(file, block.title, italic=True, align=CENTRE, after=4)
        _table(file, block, UPRIGHT)
    elif isinstance(block, Heading):
        head = _line(file, block.text, bold=True, after=6)
        head.paragraph_format.keep_with_next = True
    else:
        body = _line(file, block, align=WD_ALIGN_PARAGRAPH.JUSTIFY, after=6)
        body.paragraph_format.first_line_indent = Mm(10)


def _file(letter: Letter, made: datetime) -> Any:
    paper = Document()
    about = paper.core_properties
    about.title, about.author, about.created, about.modified = letter.about, "", made, made
    usual = paper.styles["Normal"]
    usual.font.name, usual.font.size = FACE, Pt(13)
    usual.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    first = paper.sections[0]
    first.page_width, first.page_height = Mm(210), Mm(297)
    first.top_margin = first.bottom_margin = first.right_margin = Mm(20)
    first.left_margin = Mm(30)
    first.different_first_page_header_footer = True
    above = first.header.paragraphs[0]
    above.alignment = CENTRE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = above.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
    return paper


def _line(
    place: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 13,
    align: Any = None, after: float = 0,
) -> Any:  # fmt: skip
    """One paragraph in a paper or a cell."""
    said = place.add_paragraph()
    said.alignment = align
    said.paragraph_format.space_after = Pt(after)
    run = said.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return said


def _ruled(said: Any, indent: float) -> None:
    """A line under a paragraph, shorter than the paper on both sides by `indent` millimetres."""
    said.paragraph_format.left_indent = said.paragraph_format.right_indent = Mm(indent)
    border, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        below.set(qn(f"w:{name}"), value)
    border.append(below)
    said._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _side(cell: Any) -> Any:
    """A cell without the empty paragraph that it comes with."""
    cell._tc.remove(cell.paragraphs[0]._p)
    return cell


def _heading(paper: Any, letter: Letter) -> None:
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    left.width, right.width = Mm(65), Mm(95)
    left, right = _side(left), _side(right)
    _line(left, letter.above, size=12, align=CENTRE)
    _ruled(_line(left, letter.office, bold=True, size=12, align=CENTRE), 18)
    _line(left, letter.number, align=CENTRE)
    _line(right, letter.nation, bold=True, size=12, align=CENTRE)
    _ruled(_line(right, letter.motto, bold=True, align=CENTRE), 16)
    _line(right, letter.place_and_day, italic=True, align=CENTRE, after=12)


def _signature(paper: Any, letter: Letter) -> None:
    left, right = map(_side, paper.add_table(rows=1, cols=2).rows[0].cells)
    _line(left, "Nơi nhận:", bold=True, italic=True, size=12)
    for one in letter.receivers:
        _line(left, one, size=11)
    _line(right, letter.signed, bold=True, align=CENTRE, after=70)


def _annex(paper: Any, table: Table, above: str, parent: str) -> None:
    wide = paper.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation = WD_ORIENT.LANDSCAPE
    wide.page_width, wide.page_height = Mm(297), Mm(210)
    wide.left_margin = wide.right_margin = Mm(15)
    wide.different_first_page_header_footer = False
    _line(paper, above, bold=True, align=CENTRE)
    _line(paper, table.title, bold=True, align=CENTRE)
    _line(paper, parent, italic=True, align=CENTRE, after=6)
    _table(paper, table, FLAT)


def _table(paper: Any, said: Table, across: int) -> None:
    """A table of the width of `across` millimetres, and its notes below it."""
    titles = [column.title for column in said.columns] + ([said.drawn] if said.drawn else [])
    table = paper.add_table(rows=1, cols=len(titles), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    letters = [column.width for column in said.columns] + ([BAR] if said.drawn else [])
    widths = [Mm(across * width / sum(letters)) for width in letters]
    heads = table.rows[0]
    heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on each page
    for cell, title, width in zip(heads.cells, titles, widths, strict=True):
        cell.width = width
        _line(_side(cell), title, bold=True, size=11, align=CENTRE)
    for row, cells in said.lines:
        there = table.add_row().cells
        for number, (cell, column) in enumerate(cells):
            there[number].width = widths[number]
            align = (CENTRE if number == 0 else LEFT) if column.kind == TEXT else RIGHT
            text = f"   {cell.text}" if number == 1 and row.depth == 2 else cell.text
            _line(_side(there[number]), text, bold=row.strong, size=11, align=align)
        if said.drawn:
            there[-1].width = widths[-1]
            _bar(_side(there[-1]), row, said, widths[-1])
    for note in said.notes:
        _line(paper, note, italic=True, size=10)
    _line(paper, "", size=6)


def _bar(cell: Any, row: Row, said: Table, width: int) -> None:
    """The bar of a row as a picture that says in words what it shows."""
    place = _line(cell, "", size=11, align=CENTRE)
    if row.drawn is None:
        return
    picture = BytesIO(bar_picture(row.drawn, said.goal))
    shown = place.runs[0].add_picture(picture, width=width - 2 * CELL_EDGE)
    found, waits, people = row.drawn
    shown._inline.docPr.set("descr", f"{said.drawn}: {found} + {waits} / {people}")
