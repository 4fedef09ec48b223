"""Another edition is loaded from a workbook: looked up from its day on, and wrong lists say where."""

from datetime import date

import pytest
import xlsxwriter

from hssk.exchange.formats.claims_xml.child import _name_of
from hssk.records.forms import VisitForm, edition_is_loaded
from hssk.records.rules.icd10 import QD4469, TT06
from hssk.records.rules.icd10_loaded import edition_at, editions, name_of
from hssk.records.services import BadEdition, load_edition

LAST, FIRST = date(2026, 6, 30), date(2026, 7, 1)
HEADINGS = ["STT", "Mã bệnh", "Tên bệnh", "Tên tiếng Anh", "Không là bệnh chính", "Giới"]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HSSK_HOME", str(tmp_path))
    _name_of.cache_clear()
    yield tmp_path
    _name_of.cache_clear()


def workbook(folder, *lines, headings=HEADINGS, name="icd.xlsx"):
    book = xlsxwriter.Workbook(str(folder / name))
    sheet = book.add_worksheet("Danh mục")
    sheet.write_row(0, 0, ["DANH MỤC MÃ BỆNH"])
    sheet.write_row(2, 0, headings)
    for at, line in enumerate(lines, 3):
        sheet.write_row(at, 0, line)
    book.close()
    return folder / name


def test_an_edition_is_used_for_visits_that_end_from_its_day(home):
    assert not edition_is_loaded(FIRST)
    file = workbook(home, [1, "I10", "Tăng huyết áp nguyên phát", "Hypertension"], [],
                    [2, "R99", "Tử vong khác", "", "x"], ["", "Chương II"], [3, "O80", "Sinh thường", "", "", "Nữ"])  # fmt: skip
    assert load_edition(file, name="TT 06/2026/TT-BYT", since=FIRST) == 3
    edition = edition_at(FIRST)
    assert (edition.name, edition.diseases["R99"].not_main) == ("TT 06/2026/TT-BYT", True)
    assert edition.diseases["O80"].sex_only == 2
    assert edition_at(LAST).name == "QĐ 4469/QĐ-BYT"
    assert name_of("I10", TT06) == "Tăng huyết áp nguyên phát"
    assert name_of("I10", QD4469) == "Bệnh lý tăng huyết áp"
    assert name_of("Q99", TT06) is None
    assert _name_of("i10", TT06) == "Tăng huyết áp nguyên phát"
    form = VisitForm({"diagnosis": "i10"}, on=FIRST)
    assert form.is_valid()
    assert form.cleaned_data["diagnosis"] == (("I10", "Tăng huyết áp nguyên phát"),)


def test_loaded_again_it_replaces_itself(home):
    for name in ("một", "hai"):
        load_edition(
            workbook(home, [1, "I10", name]), name=name, since=FIRST, until=date(2030, 1, 1)
        )
    assert [one.name for one in editions()] == ["hai", "QĐ 4469/QĐ-BYT"]
    assert edition_at(date(2030, 1, 1)) is None


def test_a_list_is_read_from_csv_too(home):
    file = home / "icd.csv"
    file.write_text("\ufeffcode,name_vi\nJ18.9,Viêm phổi\n", "utf-8")
    assert load_edition(file, name="x", since=FIRST) == 1


@pytest.mark.parametrize(
    ("lines", "headings", "said"),
    [
        ([[1, "I10", "A"], [2, "bệnh lạ", "B"]], HEADINGS, "dòng 5"),
        ([[1, "I10", ""]], HEADINGS, "dòng 4"), ([], HEADINGS, "không có mã nào"),
        ([[1, "I10", "A"]], ["STT", "Cột", "Khác"], "tiêu đề"),
    ],
)  # fmt: skip
def test_a_wrong_list_says_where_and_changes_nothing(home, lines, headings, said):
    with pytest.raises(BadEdition, match=said):
        load_edition(workbook(home, *lines, headings=headings), name="x", since=FIRST)
    assert len(editions()) == 1


def test_what_is_no_workbook_is_refused(home):
    (home / "a.xlsx").write_text("not a workbook")
    with pytest.raises(BadEdition, match="không đọc được"):
        load_edition(home / "a.xlsx", name="x", since=FIRST)


def test_a_list_of_the_ministry_is_read_as_it_is_laid_out(home):
    headings = [
        "STT",
        "Mã bệnh",
        "Tên bệnh tiếng Anh",
        "Tên bệnh tiếng Việt",
        "Không là bệnh chính",
    ]
    file = workbook(
        home, ["", "CHƯƠNG I", "", "Bệnh nhiễm trùng"], ["", "A00-A09", "", "Bệnh đường ruột"],
        [1, "A00", "Cholera", "Bệnh tả", "Không"], headings=headings,
    )  # fmt: skip
    assert load_edition(file, name="x", since=FIRST) == 1
    cholera = edition_at(FIRST).diseases["A00"]
    assert (cholera.name, cholera.english, cholera.not_main) == ("Bệnh tả", "Cholera", False)


def test_another_writing_of_the_old_list_ends_where_the_old_list_ends(home):
    load_edition(workbook(home, [1, "I10", "Khác"]), name="cũ", since=date(2020, 11, 1))
    assert edition_at(LAST).name == "cũ"
    assert edition_at(FIRST) is None
    with pytest.raises(BadEdition, match="ngày hết dùng"):
        load_edition(workbook(home, [1, "I10", "Khác"]), name="x", since=FIRST, until=FIRST)
