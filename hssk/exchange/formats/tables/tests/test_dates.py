from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.exchange.formats.tables.cells.dates import DateReader, as_day, day_of, order_of

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


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["05/03/1958", "12/31/1960", "1/2/1970"], "mdy"),
        (["05/03/1958", "31/12/1960", "12/31/1961"], "dmy"),
        (["05/03/1958", None, 1960, date(1960, 1, 2)], "dmy"),
        ([], "dmy"),
        (["13/01/1960", "14/2/1961", "30/3/1962", "15/1/1970", "31/1/1971"], "dmy"),
    ],
)
def test_the_order_of_a_column_is_judged_over_all_its_cells(cells, order):
    assert order_of(cells) == order


def test_an_american_excel_that_swapped_the_days_it_could_is_found_out():
    texts = [f"{day}/01/1960" for day in range(13, 20)]
    reals = [date(1960, month, day) for month in range(1, 12) for day in (1, 5, 12)]
    assert order_of(texts + reals) == "swapped"
    assert order_of([*texts, *reals, date(1960, 1, 20)]) == "dmy"
    assert DateReader("swapped", ON)(date(1960, 5, 3)) == (19600305, "")
    assert DateReader("swapped", ON)(date(1960, 5, 20)) == (19600520, "")


def test_a_month_first_column_is_read_month_first():
    month_first = DateReader("mdy", ON)
    assert month_first("03/05/1958") == (19580305, "")
    assert month_first("3-5-1958") == (19580305, "")
    assert month_first("03051958") == (19580305, "")
    assert month_first("25/12/1958") == (19581225, "date_swapped")


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
    for order in ("dmy", "mdy"):
        number, _ = DateReader(order, ON)(cell)
        assert number is None or 1850 <= number // 10000 <= 2150


def test_a_full_day_comes_out_as_a_date():
    assert day_of(19580305) == date(1958, 3, 5)
    assert day_of(19580300) is None
    assert day_of(None) is None
    assert as_day(datetime(2024, 1, 2, 3)) == date(2024, 1, 2)
    assert as_day(date(2024, 1, 2)) == date(2024, 1, 2)
    assert as_day("x") is None
