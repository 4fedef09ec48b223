"""What the Ministry's form asks of whom, by sex and age; and the database says the same."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from hssk.kit.dates import PartialDate
from hssk.records.rules.completeness import (
    CLINICAL,
    FROM_EVER,
    REQUIRED,
    birthday,
    completeness,
)
from hssk.records.rules.icd10 import FEMALE, MALE
from hssk.records.rules.sections import SECTIONS

ON = date(2026, 11, 26)
EVERYBODY = {"administrative", "allergies", "own_illnesses", "disability", "surgery",
             "family_history", "examination"}  # fmt: skip


def asked(sex, born, on=ON):
    it = completeness({}, sex=sex, birth=PartialDate(born), ethnicity="03", on=on)
    return set(it.filled) | set(it.lacking)


@pytest.mark.parametrize(("sex", "born", "more"), [
    (MALE, date(2024, 1, 1), {"birth", "immunisation"}),
    (FEMALE, date(2020, 11, 27), {"birth", "immunisation"}),
    (FEMALE, date(2020, 11, 26), set()),
    (FEMALE, date(2011, 11, 27), set()),
    (FEMALE, date(2011, 11, 26), {"risk_factors", "reproductive"}),
    (MALE, date(2011, 11, 26), {"risk_factors"}),
    (FEMALE, date(1976, 11, 27), {"risk_factors", "reproductive"}),
    (FEMALE, date(1976, 11, 26), {"risk_factors"}),
    (MALE, date(1950, 1, 1), {"risk_factors"}),
])  # fmt: skip
def test_what_is_asked_follows_from_sex_and_age(sex, born, more):
    assert asked(sex, born) == EVERYBODY | more


def test_a_birthday_in_a_leap_year_is_the_first_of_march_where_there_is_no_29th():
    assert birthday(date(2020, 2, 29), 6) == date(2026, 3, 1)
    assert birthday(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_nobody_of_unknown_sex_birth_or_people_is_known():
    born = PartialDate.of(1960)
    whole = dict.fromkeys(SECTIONS)
    for facts in ({"sex": 0, "birth": born, "ethnicity": "03"},
                  {"sex": 1, "birth": None, "ethnicity": "03"},
                  {"sex": 1, "birth": born, "ethnicity": ""}):  # fmt: skip
        it = completeness(whole, on=ON, **facts)
        assert it.lacking == ("administrative",)
    assert completeness(whole, sex=1, birth=born, ethnicity="03", on=ON).complete


def test_what_comes_later_fills_nothing_yet_and_any_finding_is_an_examination():
    first = {"results": date(2026, 11, 27), "allergies": date(2026, 11, 26)}
    it = completeness(first, sex=1, birth=PartialDate.of(1960), ethnicity="03", on=ON)
    assert "allergies" in it.filled
    assert "examination" in it.lacking
    later = date(2026, 11, 27)
    it = completeness(first, sex=1, birth=PartialDate.of(1960), ethnicity="03", on=later)
    assert "examination" in it.filled


def test_every_line_says_where_the_form_asks_it_and_why_of_them():
    assert all(part.source and part.reason for part in REQUIRED)
    assert {section for part in REQUIRED for section in part.sections} <= set(CLINICAL)


@pytest.mark.django_db
def test_the_database_has_the_same_table():
    days = st.dates(date(1920, 1, 1), date(2030, 12, 31))
    firsts = st.lists(st.none() | days | st.just(FROM_EVER), min_size=len(REQUIRED),
                      max_size=len(REQUIRED))  # fmt: skip

    @given(st.integers(0, 2), st.none() | days, st.sampled_from(["", "03"]), firsts, days)
    def same(sex, born, ethnicity, since, on):
        since = [day or date(2000, 1, 1) for day in since] if on.day % 2 else since
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT records_complete(%s, %s::date, %s, {", ".join(["%s::date"] * len(since))})
                @> %s::date""",
                [sex, born, ethnicity, *since, on],
            )
            kept = cursor.fetchone()[0]
        first = {part.sections[-1]: day for part, day in zip(REQUIRED, since, strict=True) if day}
        birth = PartialDate(born) if born else None
        it = completeness(first, sex=sex, birth=birth, ethnicity=ethnicity, on=on)
        assert kept == (it.complete and born is not None and on >= born)

    same()


@pytest.mark.django_db
def test_the_database_counts_birthdays_alike():
    @given(st.dates(date(1900, 1, 1), date(2060, 12, 31)), st.integers(0, 60))
    def same(day, years):
        with connection.cursor() as cursor:
            cursor.execute("SELECT records_years_on(%s, %s)", [day, years])
            assert cursor.fetchone()[0] == birthday(day, years)

    same()
