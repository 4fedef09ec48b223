"""Numbers that people carry: each is understood, none is ever a reason to reject a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.kit.dates import PartialDate
from hssk.people.rules import DOUBTS, bhxh_of, classify_number, pid_doubts, pid_facts


@pytest.mark.parametrize(
    ("written", "column", "kind", "value", "doubts"),
    [
        ("012178156400", "", "pid", "012178156400", ()),
        ("012 178 156 400", "", "pid", "012178156400", ()),
        ("'012178156400", "", "pid", "012178156400", ()),
        (12178156400, "", "pid", "012178156400", ("lost_zero",)),
        (12178156400.0, "", "pid", "012178156400", ("lost_zero",)),
        ("12178156400.0", "", "pid", "012178156400", ("lost_zero",)),
        (1178156400, "pid", "pid", "001178156400", ("lost_zero",)),
        (8262103336, "pid", "bhxh", "8262103336", ()),
        ("8262103336", "", "bhxh", "8262103336", ()),
        ("262103336", "bhxh", "bhxh", "0262103336", ("lost_zero",)),
        ("045927022", "", "cmnd", "045927022", ()),
        (45927022, "pid", "cmnd", "045927022", ("lost_zero",)),
        (19890903, "", "", "", ("shape",)),
        ("GD4128192775092", "", "card", "GD4128192775092", ()),
        ("gd 4 12 8192775092", "", "card", "GD4128192775092", ()),
        ("GD8128192775092", "", "card", "GD8128192775092", ("level",)),
        ("1.21781564E+11", "", "", "", ("rounded",)),
        ("1,21782E+11", "", "", "", ("rounded",)),
        ("111111111111", "", "", "", ("filler",)),
        ("123456789", "", "", "", ("filler",)),
        ("005178156400", "", "pid", "005178156400", ("province",)),
        ("012978156400", "", "pid", "012978156400", ("century",)),
        ("T-000123", "", "", "", ("shape",)),
        ("không có", "", "", "", ("shape",)),
        (0.5, "", "", "", ("shape",)),
        ("", "", "", "", ()),
        ("  ", "pid", "", "", ()),
    ],
)
def test_a_number_is_understood_however_a_list_holds_it(written, column, kind, value, doubts):
    assert classify_number(written, column) == (kind, value, doubts)


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_whatever_is_written_gives_a_value_or_a_doubt(written):
    number = classify_number(written)
    assert number.value or number.doubts or not str(written).strip()
    assert set(number.doubts) <= DOUBTS.keys()


PIDS = st.builds(
    "{:03d}{}{:02d}{:06d}".format,
    st.sampled_from([1, 12, 15, 38, 79, 96]),
    st.integers(0, 3),
    st.integers(1, 99),
    st.integers(1, 999_998),
)


@given(PIDS)
def test_lost_zeros_come_back(pid):
    number = classify_number(int(pid), "pid")
    if pid[:2] != "00":
        assert (number.kind, number.value) in [("pid", pid), ("", "")]


@given(PIDS)
def test_a_number_never_doubts_what_it_says_itself(pid):
    facts = pid_facts(pid)
    assert facts is not None
    assert pid_doubts(pid, PartialDate.of(facts.birth_year), facts.sex) == []


@pytest.mark.parametrize(
    ("pid", "facts"),
    [
        ("012178156400", ("12", 2, 1978)),
        ("012078156400", ("12", 1, 1978)),
        ("012322156400", ("12", 2, 2022)),
        ("012222156400", ("12", 1, 2022)),
        ("101078156400", ("", 1, 1978)),  # registered abroad
        ("003078156400", ("", 1, 1978)),
        ("12178156400", None),
        ("01217815640x", None),
        ("", None),
    ],
)
def test_what_a_number_says_of_its_bearer(pid, facts):
    assert pid_facts(pid) == facts


@pytest.mark.parametrize(
    ("birth", "sex", "doubts"),
    [
        (PartialDate.of(1978, 7, 5), 2, []),
        (PartialDate.of(1978), 0, []),
        (19780705, 2, []),
        (None, 0, []),
        (0, 2, []),
        (PartialDate.of(1979), 2, ["year"]),
        (19790000, 1, ["sex", "year"]),
        (None, 1, ["sex"]),
    ],
)
def test_a_contradiction_is_only_ever_a_warning(birth, sex, doubts):
    assert pid_doubts("012178156400", birth, sex) == doubts


def test_a_number_of_another_shape_is_doubted_as_a_whole():
    assert pid_doubts("045927022", None, 0) == ["shape"]
    assert pid_doubts("005978156400", None, 0) == ["province", "century"]


def test_a_card_holds_the_social_insurance_code():
    assert bhxh_of("GD4128192775092") == "8192775092"
    assert bhxh_of("8192775092") == ""
