"""A list that says nothing of hamlet or household moves nobody; a part speaks for its hamlets."""

import pytest

from hssk.exchange.errors import Held
from hssk.exchange.models import Batch
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pipeline import (
    APRIL,
    MAY,
    differences,
    everything,
    person,
    rows,
    somebody,
    take_in,
    write_roster,
)

pytestmark = pytest.mark.django_db

FAMILY = [
    person("Giàng A Bịa", "02/03/1980", pid="012080000001", household="7", relation="Chủ hộ",
           hamlet="Tổ dân phố số 4"),
    person("Lò Thị Mơ", "15/08/1984", 2, pid="012184000002", household="7", relation="Vợ",
           hamlet="Tổ dân phố số 4"),
    person("Vàng Thị Không", "11/11/1990", 2, pid="012190000003", household="8",
           relation="Chủ hộ", hamlet="Tổ dân phố số 4"),
]  # fmt: skip
SILENT = [
    {**line, "hamlet": "", "household": "", "relation": "", "phone": "0912345678"}
    for line in FAMILY[:2]
]


def homes():
    return rows(
        """SELECT p.name, h.name, k.number, r.relation FROM people_residence r
        JOIN people_person p ON p.id = r.person_id JOIN places_hamlet h ON h.id = r.hamlet_id
        LEFT JOIN places_household k ON k.id = r.household_id
        WHERE r.until IS NULL ORDER BY p.name"""
    )


KNOWN = [
    ("Giàng A Bịa", "Tổ dân phố số 4", "7", "Chủ hộ"),
    ("Lò Thị Mơ", "Tổ dân phố số 4", "7", "Vợ"),
    ("Vàng Thị Không", "Tổ dân phố số 4", "8", "Chủ hộ"),
]


def take_roster(path, lines, **given):
    return take_in(write_roster(path, lines), Batch.ROSTER, **given)[0]


def test_a_list_without_hamlets_and_households_leaves_everybody_where_they_live(tmp_path):
    take_roster(tmp_path / "a.xlsx", FAMILY)
    take_roster(tmp_path / "b.xlsx", SILENT, on=APRIL, partial=True)
    assert homes() == KNOWN
    assert {hamlet for (hamlet,) in rows(
        "SELECT h.name FROM people_listing l JOIN places_hamlet h ON h.id = l.hamlet_id"
        " WHERE l.until IS NULL")} == {"Tổ dân phố số 4"}  # fmt: skip


def test_a_list_that_names_only_the_hamlet_keeps_the_household_there(tmp_path):
    take_roster(tmp_path / "a.xlsx", FAMILY)
    lines = [{**line, "household": ""} for line in FAMILY]
    take_roster(tmp_path / "b.xlsx", lines, on=APRIL)
    assert homes() == KNOWN


def test_who_moved_to_another_hamlet_leaves_the_household(tmp_path):
    take_roster(tmp_path / "a.xlsx", FAMILY)
    lines = [{**FAMILY[2], "household": "", "hamlet": "Tổ dân phố số 5"}]
    take_roster(tmp_path / "b.xlsx", lines, on=APRIL, partial=True)
    assert homes()[2][1:3] == ("Tổ dân phố số 5", "#4")


def test_a_household_named_without_its_hamlet_is_one_of_the_hamlet_known(tmp_path):
    take_roster(tmp_path / "a.xlsx", FAMILY)
    lines = [{**FAMILY[2], "household": "9", "hamlet": ""}]
    take_roster(tmp_path / "b.xlsx", lines, on=APRIL, partial=True)
    assert homes()[2][1:3] == ("Tổ dân phố số 4", "9")


def test_who_is_new_on_a_list_without_hamlets_lives_in_none_that_is_known(tmp_path):
    take_roster(tmp_path / "a.xlsx", FAMILY)
    new = person("Hoàng Thị Mới", "01/01/2000", 2, hamlet="", household="")
    take_roster(tmp_path / "b.xlsx", [new], on=APRIL, partial=True)
    assert ("Hoàng Thị Mới", "", "#4") in [home[:3] for home in homes()]


def test_a_newcomer_to_a_household_without_a_number_lives_with_the_others(tmp_path):
    take_roster(tmp_path / "a.xlsx", FAMILY)
    born = person("Giàng A Mới", "01/03/2024", household="", hamlet="", relation="Con")
    head = {**SILENT[0], "relation": "Chủ hộ"}
    take_roster(tmp_path / "b.xlsx", [head, born], on=APRIL, partial=True)
    assert ("Giàng A Mới", "Tổ dân phố số 4", "7", "Con") in homes()


def test_undo_of_a_silent_list_is_exact(tmp_path):
    take_roster(tmp_path / "a.xlsx", FAMILY)
    before = everything()
    silent = take_roster(tmp_path / "b.xlsx", SILENT, on=APRIL, partial=True)
    undo(silent, actor=somebody())
    told = differences(everything(), before)
    assert not told.keys() - {"hamlets", "households"}


def test_a_silent_list_falls_back_on_what_is_left_when_the_list_before_it_is_undone(tmp_path):
    moved = [{**line, "hamlet": "Tổ dân phố số 5", "household": "1"} for line in FAMILY]
    take_roster(tmp_path / "a.xlsx", FAMILY)
    middle = take_roster(tmp_path / "b.xlsx", moved, on=APRIL)
    take_roster(tmp_path / "c.xlsx", SILENT, on=MAY, partial=True)
    assert {home[1] for home in homes()} == {"Tổ dân phố số 5"}
    undo(middle, actor=somebody())
    assert homes() == KNOWN


def crowd(names, hamlet, year, count=120):
    """Many people of one hamlet who are nobody else's namesakes or twins."""
    surname, middle, given = (words.split() for words in names)
    return [
        person(
            f"{surname[n % 2]} {middle[n % 6]} {given[n % 5]}",
            f"{n % 28 + 1:02}/{n % 12 + 1:02}/{year + n % 20}",
            hamlet=hamlet, household=str(n // 4),
        )
        for n in range(count)
    ]  # fmt: skip


FIRST = crowd(
    ("Giàng Vàng", "Anh Bình Cúc Dung Hoa Lan", "Sơn Mai Tư Páo Dơ"), "Tổ dân phố số 1", 1950
)
OTHERS = crowd(
    ("Lò Phạm", "Quốc Trọng Kiên Xuân Thu Yến", "Khiêm Liễu Giỏi Vinh Chung"),
    "Tổ dân phố số 2",
    1985,
)


def test_one_file_a_hamlet_is_taken_in(tmp_path):
    take_roster(tmp_path / "a.xlsx", FIRST, partial=True)
    batch = take_roster(tmp_path / "b.xlsx", OTHERS, partial=True)
    assert (batch.state, batch.counts["same"]) == (Batch.APPLIED, 0)


@pytest.mark.parametrize("hamlet", ["TDP 1", ""])
def test_a_part_that_knows_nobody_where_it_covers_is_held(tmp_path, hamlet):
    take_roster(tmp_path / "a.xlsx", FIRST, partial=True)
    wrong = [{**line, "hamlet": hamlet} for line in OTHERS]
    with pytest.raises(Held, match="Chỉ 0 trên 120 dòng"):
        take_roster(tmp_path / "b.xlsx", wrong, partial=True)


def test_a_whole_list_of_only_a_new_hamlet_is_held_and_told_that_it_may_be_a_part(tmp_path):
    take_roster(tmp_path / "a.xlsx", FIRST)
    with pytest.raises(Held, match="chỉ là một phần"):
        take_roster(tmp_path / "b.xlsx", OTHERS, on=APRIL)
