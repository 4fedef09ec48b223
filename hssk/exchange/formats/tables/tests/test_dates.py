from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.exchange.formats.tables.cells import date_orders
from hssk.exchange.formats.tables.cells.date_orders import REAL, TEXT, judge
from hssk.exchange.formats.tables.cells.dates import DateReader, as_day, day_of
from hssk.exchange.formats.tables.read import read as read_file
from hssk.exchange.formats.tables.tests import making

ON = date(2024, 3, 15)
read = DateReader("dmy", ON)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("05/03/1958", 19580305),
        ("5-3-1958", 19580305),
        ("5.3.1958", 19580305),
        (" 5 / 3 / 1958 ", 19580305),
        ("5 3 1958", 19580305),
        ("1958-03-05", 19580305),
        ("1958/3/5", 19580305),
        ("1958-03-05 00:00:00", 19580305),
        ("1958-03-05T00:00:00", 19580305),
        ("05/03/1958 12:30", 19580305),
        ("19580305", 19580305),
        ("05031958", 19580305),
        (5031958, 19580305),
        (19580305, 19580305),
        (19580305.0, 19580305),
        ("195803050000", 19580305),
        (195800000000, 19580000),
        ("195800000000", 19580000),
        ("195803000000", 19580300),
        ("03/1958", 19580300),
        ("3-1958", 19580300),
        ("1958-03", 19580300),
        ("031958", 19580300),
        ("195803", 19580300),
        ("31958", 19870630),  # five digits are a serial, as Excel shows a date in a text cell
        ("00/00/1958", 19580000),
        ("00/03/1958", 19580300),
        (1958, 19580000),
        (1958.0, 19580000),
        ("1958", 19580000),
        ("năm 1958", 19580000),
        ("Sinh năm 1958", 19580000),
        ("khoảng 1958", 19580000),
        ("ngày 05 tháng 03 năm 1958", 19580305),
        ("tháng 3/1958", 19580300),
        ("05-Mar-1958", 19580305),
        ("5 March 1958", 19580305),
        ("O5/O3/1958", 19580305),
        (21249, 19580305),
        (21249.5, 19580305),
        (date(1958, 3, 5), 19580305),
        (datetime(1958, 3, 5, 10, 0), 19580305),
        ("'05/03/1958", 19580305),
    ],
)
def test_a_date_is_read_however_it_is_written(cell, number):
    assert read(cell) == (number, "")


@pytest.mark.parametrize("cell", [None, "", "-", "không rõ", "x", True, 0])
def test_a_blank_is_no_date_and_no_fault(cell):
    assert read(cell) == (None, "")


@pytest.mark.parametrize(
    ("cell", "number", "fault"),
    [
        ("31/02/1987", 19870000, "date_impossible"),
        ("29/02/1969", 19690000, "date_impossible"),
        ("19690229", 19690000, "date_impossible"),
        ("05/13/1987", 19870513, "date_swapped"),
        ("12/31/1987", 19871231, "date_swapped"),
        ("40/40/1987", 19870000, "date_impossible"),
        ("05/00/1987", 19870000, "date_impossible"),
        ("05/03/58", 19580305, "date_two_digit_year"),
        ("05/03/20", 20200305, "date_two_digit_year"),
        ("31/02/58", 19580000, "date_impossible"),
        ("01/01/2030", 20300101, "date_future"),
        ("16/03/2024", 20240316, "date_future"),
        ("12/2024", 20241200, "date_future"),
        (2030, 20300000, "date_future"),
        ("01/01/1890", 18900101, "date_too_old"),
        (1880, 18800000, "date_too_old"),
        ("con ông Sinh", None, "date_unreadable"),
        ("05/03/958", None, "date_unreadable"),
        ("5/3/8", None, "date_unreadable"),
        ("5/3", None, "date_unreadable"),
        ("555/3/1958", None, "date_unreadable"),
        ("99999999", None, "date_unreadable"),
        ("123", None, "date_unreadable"),
        ("999999", None, "date_unreadable"),
        ("05/03/9999", None, "date_unreadable"),
        (-5, None, "date_unreadable"),
        (1e300, None, "date_unreadable"),
        (0.5, None, "date_unreadable"),
        ("\xb2", None, "date_unreadable"),
    ],
)
def test_a_doubtful_date_says_what_is_wrong(cell, number, fault):
    assert read(cell) == (number, fault)


def test_a_year_or_month_of_the_day_of_the_file_is_not_the_future():
    assert read(2024) == (20240000, "")
    assert read("03/2024") == (20240300, "")
    assert read("15/03/2024") == (20240315, "")


def test_a_year_in_which_nobody_is_surely_above_120_is_not_too_old():
    assert read(1904) == (19040000, "")


DAYS = [date(1960 + n % 50, n % 12 + 1, n * 5 % 28 + 1) for n in range(25)]


def day_first(days):
    return [f"{day:%d/%m/%Y}" for day in days]


def month_first(days):
    return [f"{day:%m/%d/%Y}" for day in days]


def swapped_by_excel(days, text=day_first):
    """What an Excel of the other order makes of `days`: real dates, exchanged, where it can."""
    return [date(day.year, day.day, day.month) if day.day <= 12 else text([day])[0] for day in days]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["05/03/1958", "12/31/1960", "1/2/1970"], "mdy"),
        (["05/03/1958", "31/12/1960", "12/31/1961"], "dmy"),
        (["05/03/1958", None, 1960, True, float("nan"), date(1960, 1, 2)], "dmy"),
        ([], "dmy"),
        (["13/01/1960", "14/2/1961", "30/3/1962", "15/1/1970", "31/1/1971"], "dmy"),
        ([*month_first(DAYS), "25/12/1990"], "mdy"),
        ([*day_first(DAYS), "12/25/1990", "12/26/1990"], "dmy"),
        (day_first(DAYS[:8]) + month_first(DAYS[8:16]), "dmy"),
        (["00/03/1958", "0/0/1958", "31/02/1958", "40/13/1958", "1/1/1958"], "dmy"),
    ],
)
def test_the_order_of_a_column_is_what_most_of_its_dates_show(cells, order):
    assert judge(cells).order == order


def test_one_slip_among_many_low_days_does_not_turn_a_column():
    low = [f"{day}/{month}/1970" for day in range(1, 7) for month in range(7, 13)]
    judged = judge([*low, "12/25/1990"])
    assert judged.order == "dmy"
    assert judged.unsure == {TEXT}


def test_dates_in_both_orders_are_said_and_each_unclear_one_is_marked():
    judged = judge(day_first(DAYS[:12]) + month_first(DAYS[12:]))
    assert judged.unsure == {TEXT}
    assert len(judged.remarks) == 1
    reads = DateReader("dmy", ON, judged.unsure)
    assert reads("03/05/1958") == (19580503, "date_ambiguous")
    assert reads("3/5/58") == (19580503, "date_ambiguous")
    assert [reads(cell)[1] for cell in ("5/5/1958", "25/3/1958", "5-Mar-1958", "0/3/1958")] == [
        ""
    ] * 4


def test_typing_slips_in_a_long_column_go_without_a_remark():
    days = [date(1950 + n, month, 13 + month) for n in range(20) for month in range(1, 13)]
    assert judge([*day_first(days), "12/25/1990"]).remarks == ()


def test_a_clear_column_outweighs_what_was_told_of_an_earlier_file():
    assert judge(day_first(DAYS), "mdy").order == "dmy"
    assert judge(month_first(DAYS), "dmy").order == "mdy"
    assert judge(["05/03/1958", "12/31/1960"], "dmy").order == "dmy"
    assert judge(["05/03/1958"], "mdy").order == "mdy"
    assert judge([date(1960, 1, 2)], "swapped").order == "dmy"


@pytest.mark.parametrize("size", [12, 25])
@pytest.mark.parametrize(("text", "order"), [(day_first, "swapped"), (month_first, "mdy_swapped")])
def test_an_excel_of_the_other_order_is_found_out_in_a_small_sheet(size, text, order):
    cells = swapped_by_excel(DAYS[:size], text)
    for kept in (cells, [serial(c) for c in cells], [str(c) for c in cells]):
        judged = judge(kept)
        assert judged.order == order
        reads = DateReader(judged.order, ON, judged.unsure)
        assert [day_of(reads(cell)[0]) for cell in kept] == DAYS[:size]


def serial(cell):
    """A real date without its format, as files without styles show it."""
    return (cell - date(1899, 12, 30)).days if isinstance(cell, date) else cell


def test_a_few_cells_astray_do_not_hide_that_an_excel_swapped_the_rest():
    cells = swapped_by_excel([date(1930 + n, n % 12 + 1, n * 5 % 28 + 1) for n in range(90)])
    assert judge([*cells, "01/02/1990"]).order == "swapped"
    judged = judge([*cells, date(1960, 1, 20)])
    assert judged.order == "swapped"
    assert judged.remarks[-1][1]["few"] == "1"


def test_text_without_a_low_day_beside_sound_real_dates_is_suspected_aloud():
    betraying = [day for day in DAYS if day.day > 12]
    judged = judge(day_first(betraying) + DAYS)
    assert judged.order == "dmy"
    assert judged.unsure == {REAL}
    assert len(judged.remarks) == 1
    reads = DateReader("dmy", ON, judged.unsure)
    assert reads(date(1960, 2, 3)) == (19600203, "date_ambiguous")
    assert reads(date(1960, 2, 2)) == (19600202, "")
    assert reads(date(1960, 2, 20)) == (19600220, "")
    many = [date(1930 + n % 90, n % 12 + 1, n * 5 % 28 + 1) for n in range(400)]
    assert judge(day_first(betraying) + many).unsure == set()


@pytest.mark.parametrize(
    "cells",
    [
        swapped_by_excel(DAYS[:4]),  # too few to tell
        DAYS,
        [date(1960, month, 5) for month in range(1, 13)],  # low days only, no text
        [date(1940 + n, 7, 1) for n in range(40)] + ["13/01/1960", "20/2/1961"],  # 1/7: unknown
        ["30/02/1960", "31/4/1961", "29/02/1969", *[f"31/11/19{n}" for n in range(50, 70)]]
        + [date(1960, month, 5) for month in range(1, 13)],  # days that no Excel can turn
    ],
)
def test_real_dates_are_never_swapped_without_evidence(cells):
    assert judge(cells).order == "dmy"


@given(st.lists(st.dates(date(1930, 1, 1), ON), max_size=60), st.integers(0, 60))
def test_no_column_of_sound_dates_is_turned(days, texts):
    assert judge(day_first(days)).order == "dmy"
    assert judge(days).order == "dmy"
    judge(day_first(days[:texts]) + days[texts:])


def test_a_swapped_or_mixed_column_carries_its_warnings_to_the_reader(tmp_path):
    header = ["Họ và tên", "Ngày sinh"]
    cells = [*month_first(DAYS), "25/12/1990"]
    people = [[f"Lò Văn {chr(65 + n)}", cell] for n, cell in enumerate(cells)]
    path = making.xlsx(tmp_path / "a.xlsx", [header, *people])
    found = read_file(path, on=ON)
    assert [str(row.birth) for row in found.rows[:2]] == ["1/1/1960", "6/2/1961"]
    assert [problem.severity for problem in found.rows[-1].problems] == ["warning"]
    assert str(found.rows[-1].birth) == "25/12/1990"
    warnings = [n for n in found.sheets[0].notes if n.severity == "warning"]
    assert [note.params["column"] for note in warnings] == ["B", "B"]


def test_what_one_sheet_shows_is_not_told_of_another_of_the_same_shape(tmp_path):
    header = ["Họ và tên", "Ngày sinh"]
    tables = [
        [header, *[[f"Lò Văn {chr(65 + n)}", cell] for n, cell in enumerate(cells)]]
        for cells in (swapped_by_excel(DAYS), DAYS)
    ]
    path = making.xlsx(tmp_path / "a.xlsx", *tables)
    first = read_file(path, on=ON)
    layout = {**first.sheets[1].layout.to_dict(), "date_order": {}}
    again = read_file(path, on=ON, layouts={layout["shape"]: layout})
    for found in (first, again):
        assert [sheet.layout.date_order for sheet in found.sheets] == [{"birth": "swapped"}, {}]
        assert [day_of(row.birth.number) for row in found.rows] == DAYS * 2
    assert layout["date_order"] == {}


def test_a_month_first_column_is_read_month_first():
    month_first = DateReader("mdy", ON)
    assert month_first("03/05/1958") == (19580305, "")
    assert month_first("3-5-1958") == (19580305, "")
    assert month_first("03051958") == (19580305, "")
    assert month_first("5-Mar-58") == (19580305, "date_two_digit_year")
    assert month_first("25/12/1958") == (19581225, "date_day_first")


@given(st.dates(date(1904, 3, 16), ON))
def test_every_day_survives_every_way_of_writing_it(day):
    number = day.year * 10000 + day.month * 100 + day.day
    serial = (day - date(1899, 12, 30)).days
    for cell in (
        day,
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}0000",
        *([serial] if not 1850 <= serial <= 2150 else []),
    ):
        assert read(cell) == (number, "")


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none()))
def test_no_cell_breaks_the_date_reader(cell):
    number, fault = read(cell)
    assert number is None or 1850 <= number // 10000 <= 2150
    assert fault or number is None or number <= 20240399


@given(st.text(alphabet="0123456789/.- :O", max_size=20))
def test_no_run_of_digits_breaks_the_date_reader(cell):
    judge([cell])
    for order in ("dmy", "mdy", "swapped", "mdy_swapped"):
        number, _ = DateReader(order, ON, (TEXT, REAL))(cell)
        assert number is None or 1850 <= number // 10000 <= 2150


def test_a_full_day_comes_out_as_a_date():
    assert day_of(19580305) == date(1958, 3, 5)
    assert day_of(19580300) is None
    assert day_of(None) is None
    assert as_day(datetime(2024, 1, 2, 3)) == date(2024, 1, 2)
    assert as_day(date(2024, 1, 2)) == date(2024, 1, 2)
    assert as_day("x") is None


def written(day):
    """A date in the ways in which columns write it, plain ones and others."""
    plain = [day, f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%m/%d/%Y}", f"{day:%Y-%m-%d}"]
    return st.sampled_from([*plain, f" {day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}"])


_columns = st.lists(
    st.one_of(
        st.dates(date(1840, 1, 1), date(2030, 1, 1)).flatmap(written),
        st.from_regex(r"[0-3][0-9]([/.\-])[0-1][0-9]\1(18|19|20)[0-9]{2}", fullmatch=True),
    ),
    max_size=30,
)


@given(
    _columns,
    st.sampled_from(["dmy", "mdy", "swapped", "mdy_swapped"]),
    st.sets(st.sampled_from([TEXT, REAL])),
)
def test_what_is_plain_in_a_column_is_what_each_cell_says(cells, order, unsure):
    one_by_one = DateReader(order, ON, unsure)
    for cell, number in one_by_one.plain(cells).items():
        assert one_by_one(cell) == (number, "")


@given(_columns)
def test_a_column_shows_the_same_order_however_its_cells_are_gathered(cells):
    by_cell = Counter(shown for cell in set(cells) if (shown := date_orders._day_shown(cell)))
    gathered = Counter[tuple]()
    for cell, count in date_orders._alike(cells):
        if shown := date_orders._day_shown(cell):
            gathered[shown] += count
    assert gathered == by_cell


def test_a_year_that_no_list_has_is_none_in_a_column_either():
    late = DateReader("dmy", date(2270, 1, 1))
    assert late.plain(["28/12/2153"]) == {}
    assert late("28/12/2153") == (None, "date_unreadable")
