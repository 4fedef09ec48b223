"""Page, paper, Word file and workbook of a sent report carry the same figures."""

import io
import re
import time

import docx
import pypdf
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from hssk.access.rights import Role
from hssk.coverage.reports import files
from hssk.coverage.reports.content import read
from hssk.coverage.services.kinds import told
from hssk.coverage.tests.test_reports import CITY, city, send  # noqa: F401 - the fixture
from tests.village import on_duty


@pytest.fixture
def report(city):  # noqa: F811
    return send(city)


def tables_told(report):
    """The report and what stands within it, each with a table."""
    it = told(read(report.content))
    return [it, *it.parts]


def figures_of(it):
    """Every line as people read it: the name of the place, then its figures."""
    return [[cell.text for cell in row.cells[1:]] for row in it.rows]


def figures_told(report):
    return [cells for it in tables_told(report) for cells in figures_of(it)]


def sentences_told(report):
    it, *parts = tables_told(report)
    return {*it.lead, *(said for part in parts for said in part.brief)}


def words(text):
    return " ".join(text.split())


def pdf_text(data):
    return words(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))


def on_the_page(client, report):
    text = words(re.sub(r"<[^>]+>", " ", client.get(f"/reports/{report.pk}/").text))
    for cells in figures_told(report):
        assert words(" ".join(cells)) in text


def in_the_word_file(report):
    paper = docx.Document(io.BytesIO(files.as_word(report)))
    tables = tables_told(report)
    for table, it in zip(paper.tables[-len(tables) :], tables, strict=True):
        table_carries(table, it, paper)
    said = [one.text for one in paper.paragraphs]
    assert sentences_told(report) <= set(said)
    assert any(report.digest in one for one in said)


def test_a_word_file_is_the_same_bytes_whenever_it_is_asked_for(report, monkeypatch):
    first, now = files.as_word(report), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert files.as_word(report) == first


def table_carries(table, it, paper):
    drawn = bool(it.drawn)
    last = -1 if drawn else None
    rows = [[cell.text.strip() for cell in row.cells[1:last]] for row in table.rows]
    assert rows[1:] == figures_of(it)
    for row, line in zip(table.rows[1:], it.rows if drawn else (), strict=False):
        bar_shows(row.cells[-1], paper, line.drawn)


def bar_shows(cell, paper, drawn):
    """The picture in a cell is as dark as the share of those found, and says so in words."""
    [shown] = cell._tc.xpath(".//wp:inline")
    [part] = shown.xpath(".//a:blip/@r:embed")
    picture = Image.open(io.BytesIO(paper.part.related_parts[part].blob)).convert("L")
    found, waits, people = drawn
    middle = [picture.getpixel((x, picture.height // 2)) for x in range(picture.width)]
    dark = sum(value in range(60, 80) for value in middle) / picture.width
    assert dark == pytest.approx(found / people, abs=0.02)
    assert f"{found} + {waits} / {people}" in shown.docPr.get("descr")


def on_the_paper(report):
    text = pdf_text(files.as_pdf(report)).replace(" ", "")
    for cells in figures_told(report):
        assert "".join("".join(cells).split()) in text
    for sentence in sentences_told(report):
        assert "".join(sentence.split()) in text
    assert report.digest in text


def in_the_workbook(report):
    book = CalamineWorkbook.from_filelike(io.BytesIO(files.as_workbook(report)))
    for number, it in enumerate(tables_told(report)):
        sheet_carries(book.get_sheet_by_index(number).to_python(), it, report.digest)
    return told(read(report.content)).rows


def sheet_carries(rows, it, digest):
    first = next(n for n, row in enumerate(rows) if row[0] == "TT") + 1
    for row, line in zip(rows[first:], it.rows, strict=False):
        for got, cell in zip(row[2:], line.cells[2:], strict=False):
            assert got == ("" if cell.value is None else pytest.approx(cell.value))
    assert any(digest in str(cell) for row in rows for cell in row)


def as_all_ways(client, report):
    """Every figure and sentence stands on each; `client` may see the page."""
    on_the_page(client, report)
    in_the_word_file(report)
    on_the_paper(report)
    assert in_the_workbook(report)


def test_the_page_shows_every_figure_of_the_report(client, report):
    client.force_login(on_duty("chu.tich", Role.CHAIR))
    on_the_page(client, report)


def test_the_word_file_carries_every_figure_and_sentence(report):
    in_the_word_file(report)


def test_the_paper_carries_every_figure_and_sentence(report):
    on_the_paper(report)


def test_the_workbook_carries_every_figure_as_a_number(report):
    assert len(in_the_workbook(report)) == 8


def test_a_paper_printed_again_is_the_same_paper(report):
    assert files.as_pdf(report) == files.as_pdf(report)


def test_papers_are_laid_out_as_offices_must(report):
    """NĐ 30/2020/NĐ-CP, Phụ lục I: A4, margins, nation and motto, the face, the place of the page's number."""
    paper = docx.Document(io.BytesIO(files.as_word(report)))
    first = paper.sections[0]
    assert [round(side.mm) for side in (first.page_width, first.page_height)] == [210, 297]
    assert [
        round(m.mm)
        for m in (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    ] == [20, 20, 30, 20]
    assert first.different_first_page_header_footer
    assert paper.styles["Normal"].font.name == "Times New Roman"
    left, right = paper.tables[0].rows[0].cells
    assert [one.text for one in right.paragraphs][:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]  # fmt: skip
    assert [one.text for one in left.paragraphs][:2] == [
        "UBND THÀNH PHỐ LAI CHÂU",
        "TRUNG TÂM Y TẾ",
    ]
    read_ = pypdf.PdfReader(io.BytesIO(files.as_pdf(report)))
    width, height = (round(float(side) * 25.4 / 72) for side in read_.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)
    faces = {str(font["/BaseFont"]) for page in read_.pages for one in page["/Resources"]["/Font"].values()
             for font in [one.get_object()]}  # fmt: skip
    assert faces
    assert all("LiberationSerif" in face for face in faces)
    assert not read_.pages[0].extract_text().strip().startswith("1 ")


def test_files_are_for_whoever_may_see_the_figures_of_the_unit(client, report):
    names = ("report.pdf", "report.docx", "report.xlsx")
    client.force_login(on_duty("chu.tich", Role.CHAIR, report.unit))
    assert [client.get(f"/reports/{report.pk}/{name}").status_code for name in names] == [200] * 3
    elsewhere = next(
        unit for unit in type(report.unit).objects.filter(level="commune") if CITY not in unit.path
    )
    client.force_login(on_duty("nguoi.khac", Role.CHAIR, elsewhere))
    assert [client.get(f"/reports/{report.pk}/{name}").status_code for name in names] == [404] * 3


def test_papers_of_an_invented_city_say_so(report, settings):
    settings.HSSK_INVENTED = True
    assert "DỮ LIỆU BỊA" in pdf_text(files.as_pdf(report))
    assert "DỮ LIỆU BỊA" in docx.Document(io.BytesIO(files.as_word(report))).paragraphs[0].text
