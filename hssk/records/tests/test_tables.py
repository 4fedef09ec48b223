"""Every table of codes that the program carries says where each line comes from, and since when."""

from datetime import date

import pytest

from hssk.records.rules.reading_codes import MEASURES, TEXTS
from hssk.records.rules.summary import TEXTS as BANNERS
from hssk.records.rules.tables import CODES, lines_of

TABLES = sorted(path.name for path in CODES.glob("*.csv"))

KEYS = {  # the columns that tell the lines of a table apart
    "drugs.csv": ("beware", "match"), "everyday.csv": ("said",),
    "growth_who.csv": ("measure", "sex", "month"), "sensitive.csv": ("label", "kind", "match"),
    "tests.csv": ("kind", "match"), "units.csv": ("measure", "unit"),
    "vaccines.csv": ("vaccine", "dose"),
}  # fmt: skip


def test_all_tables_are_known_here():
    assert set(TABLES) == KEYS.keys()


@pytest.mark.parametrize("table", TABLES)
def test_every_line_has_a_source_and_a_day_since_which_it_holds(table):
    for line in lines_of(table):
        assert len(line["source"]) > 5, line
        assert date(1990, 1, 1) < date.fromisoformat(line["since"]) < date(2027, 1, 1), line


@pytest.mark.parametrize("table", sorted(KEYS))
def test_no_line_is_there_twice(table):
    keys = [tuple(line[column] for column in KEYS[table]) for line in lines_of(table)]
    assert len(set(keys)) == len(keys)


def test_tables_speak_of_measures_and_warnings_that_there_are():
    keys = {measure.key for measure in MEASURES}
    assert keys == set(TEXTS)
    assert {line["measure"] for line in lines_of("tests.csv")} == keys
    assert {line["measure"] for line in lines_of("units.csv")} == keys
    assert {line["beware"] for line in lines_of("drugs.csv")} < set(BANNERS)


def test_the_unit_of_a_measure_is_converted_into_itself():
    lines = lines_of("units.csv")
    same = {(line["measure"], line["unit"]): (line["factor"], line["plus"]) for line in lines}
    assert all(same[one.key, one.unit] == ("1", "0") for one in MEASURES)
