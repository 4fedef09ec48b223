"""What a list of one commune says is of that commune; a ward's is of all that it was made of."""

from datetime import date

import pytest

from hssk.coverage.services import figures
from hssk.exchange.errors import Held
from hssk.exchange.models import Batch
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pipeline import (
    APRIL,
    MARCH,
    MAY,
    differences,
    everything,
    person,
    rows,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.places.models import Unit
from hssk.places.services import successors

pytestmark = pytest.mark.django_db

JUNE, JULY, AUGUST = date(2025, 6, 10), date(2025, 7, 10), date(2025, 8, 10)
QUYET_THANG, TAN_PHONG = "03386", "03387"
WARD, WARD_CODE = "Phường Tân Phong", "03408"  # made of Tân Phong, San Thàng and others
BIA, MO, PAO, SAY, CHU = (
    person(name, birth, sex, pid=pid, household=household, system_number=number, unit=unit)
    for name, birth, sex, pid, household, number, unit in (
        ("Giàng A Bịa", "02/03/1980", 1, "012080000001", "7", "HS01", "Phường Tân Phong"),
        ("Lò Thị Mơ", "15/08/1984", 2, "012184000002", "7", "HS02", "Phường Tân Phong"),
        ("Vàng A Páo", "11/11/1990", 1, "012090000003", "3", "HS03", "Xã San Thàng"),
        ("Sùng Thị Say", "20/02/1995", 2, "012195000004", "3", "HS04", "Xã San Thàng"),
        ("Hạng A Chú", "01/09/2001", 1, "012201000005", "4", "HS05", "Xã San Thàng"),
    )
)
COMMUNES = [BIA, MO, PAO, SAY, CHU]


def of_the_ward(*lines):
    return [{**line, "unit": WARD} for line in lines]


def roster(path, lines, on, unit="12-105", **given):
    return take_in(write_roster(path, lines), Batch.ROSTER, on, unit, **given)


def listed():
    """Who stands on a list now, and in which unit."""
    return rows(
        """SELECT p.name, u.code, u.valid_from IS NULL FROM people_listing l
        JOIN people_person p ON p.id = l.person_id JOIN places_hamlet h ON h.id = l.hamlet_id
        JOIN places_unit u ON u.id = h.unit_id WHERE l.until IS NULL ORDER BY p.name, u.code"""
    )


def homes():
    return rows(
        """SELECT p.name, h.unit_id, h.name, k.number FROM people_residence r
        JOIN people_person p ON p.id = r.person_id JOIN places_hamlet h ON h.id = r.hamlet_id
        LEFT JOIN places_household k ON k.id = r.household_id
        WHERE r.until IS NULL ORDER BY p.name, r.id"""
    )


def test_namesakes_written_alike_in_the_lists_of_two_communes_are_two_residents(tmp_path):
    alike = person("Giàng A Páo", "1980", unit="Trang 1")
    roster(tmp_path / "a.xlsx", [alike], MARCH, QUYET_THANG)
    other = person("Lò Văn Ún", "1971", unit="Trang 1", household="2")
    _, counts = roster(tmp_path / "b.xlsx", [alike, other], MARCH, TAN_PHONG)
    assert counts["unchanged"] == 0
    assert figures(TAN_PHONG, APRIL).counts.listings == 2


def test_who_moved_to_another_commune_and_is_written_alike_there_lives_there(tmp_path):
    mover = person("Giàng A Páo", "02/03/1980", pid="012080000001", unit="Trang 1")
    stayer = person("Lò Văn Ún", "1971", unit="Trang 1", household="2")
    roster(tmp_path / "a.xlsx", [mover, stayer], MARCH, QUYET_THANG)
    _, counts = roster(tmp_path / "b.xlsx", [mover], APRIL, TAN_PHONG)
    assert (counts["unchanged"], counts["same"]) == (0, 1)
    assert figures(TAN_PHONG, MAY).counts.expected == 1


def test_the_first_list_of_a_ward_takes_the_place_of_those_of_its_communes(tmp_path):
    roster(tmp_path / "a.xlsx", COMMUNES, JUNE)
    ward = of_the_ward(BIA, MO, PAO, SAY)
    roster(tmp_path / "b.xlsx", ward, JULY, WARD_CODE)
    assert listed() == [(line["name"], WARD_CODE, False) for line in sorted(ward, key=_name)]
    whole = figures(WARD_CODE, AUGUST)
    assert whole.counts.listings == 4
    assert whole.counts.expected == 5  # Chú is proposed as having left, not ended


def _name(line):
    return line["name"]


def test_a_household_is_not_torn_where_a_ward_bears_the_name_of_one_of_its_communes(tmp_path):
    roster(tmp_path / "a.xlsx", COMMUNES, JUNE)
    child = person("Giàng Thị Mỷ", "01/07/2025", 2, household="7", unit=WARD)
    roster(tmp_path / "b.xlsx", of_the_ward(BIA, MO, child, PAO, SAY, CHU), JULY, WARD_CODE)
    places = {name: place for name, *place in homes()}
    assert len(homes()) == 6
    assert places["Giàng A Bịa"] == places["Lò Thị Mơ"] == places["Giàng Thị Mỷ"]


def test_a_ward_list_without_hamlets_leaves_everybody_where_they_live(tmp_path):
    roster(tmp_path / "a.xlsx", COMMUNES, JUNE)
    before = homes()
    silent = [{**line, "hamlet": "", "household": ""} for line in of_the_ward(*COMMUNES)]
    roster(tmp_path / "b.xlsx", silent, JULY, WARD_CODE)
    assert homes() == before
    again = [*silent, person("Lò Thị Lả", "1999", 2, hamlet="", household="", unit=WARD)]
    _, counts = roster(tmp_path / "c.xlsx", again, AUGUST, WARD_CODE)
    assert (counts["unchanged"], counts["new"]) == (5, 1)


def test_the_first_extract_of_a_ward_marks_what_its_communes_had_and_it_lacks(tmp_path):
    take_in(write_records(tmp_path / "a.xlsx", COMMUNES), Batch.RECORDS, JUNE)
    ward = of_the_ward(BIA, MO, PAO, SAY)
    take_in(write_records(tmp_path / "b.xlsx", ward), Batch.RECORDS, JULY, WARD_CODE)
    unlisted = "SELECT number FROM people_holding WHERE until IS NULL AND unlisted_since = %s"
    assert rows(unlisted, JULY) == [("HS05",)]


def test_who_a_ward_list_names_is_listed_no_more_in_the_commune_that_was_divided(tmp_path):
    divided = Unit.objects.filter(became__whole=False, level=Unit.COMMUNE).order_by("code").first()
    heir, _ = (successor.unit for successor in successors(divided, JULY))
    lines = [{**line, "unit": "Trang 1"} for line in COMMUNES]
    roster(tmp_path / "a.xlsx", lines, JUNE, divided.code)
    roster(tmp_path / "b.xlsx", lines[:3], JULY, heir.code)
    assert [(name, code) for name, code, old in listed() if not old] == [
        (line["name"], heir.code) for line in sorted(lines[:3], key=_name)
    ]
    # of the others nobody knows to which ward they went
    assert [name for name, _, old in listed() if old] == ["Hạng A Chú", "Sùng Thị Say"]
    assert len(homes()) == 5


def test_an_older_list_of_a_commune_is_held_after_one_of_its_ward(tmp_path):
    roster(tmp_path / "a.xlsx", of_the_ward(*COMMUNES), JULY, WARD_CODE)
    with pytest.raises(Held):
        roster(tmp_path / "b.xlsx", COMMUNES, JUNE)


def test_taking_a_ward_list_back_gives_the_lists_of_its_communes_again(tmp_path):
    days = (JUNE, JULY, AUGUST)
    roster(tmp_path / "a.xlsx", COMMUNES, JUNE)
    before = everything(days=())
    batch, _ = roster(tmp_path / "b.xlsx", of_the_ward(BIA, PAO, SAY), JULY, WARD_CODE)
    undo(batch, actor=somebody())
    assert differences(before, everything(days=())) == {}
    assert [figures(WARD_CODE, day).counts.listings for day in days[1:]] == [5, 5]


def test_a_sheet_called_by_the_bare_name_of_a_commune_is_its_list(tmp_path):
    lines = [{**BIA, "unit": "Tân Phong"}, {**PAO, "unit": "SAN THANG"}]
    roster(tmp_path / "a.xlsx", lines, MARCH)
    assert listed() == [("Giàng A Bịa", "03387", True), ("Vàng A Páo", "03409", True)]


def test_a_sheet_whose_name_is_also_that_of_the_district_may_be_of_all_its_communes(tmp_path):
    with pytest.raises(Held):
        roster(tmp_path / "a.xlsx", [{**BIA, "unit": "Tân Uyên"}], MARCH, "12-111")


def test_a_record_that_still_names_the_former_commune_is_of_its_ward(tmp_path):
    take_in(write_records(tmp_path / "a.xlsx", COMMUNES), Batch.RECORDS, JULY, WARD_CODE)
    held = "SELECT u.code, count(*) FROM people_holding h JOIN places_unit u ON u.id = h.unit_id"
    assert rows(f"{held} GROUP BY 1") == [(WARD_CODE, 5)]
    assert figures(WARD_CODE, AUGUST).counts.records == 5


def test_a_list_that_still_names_the_former_communes_is_of_the_ward_each_hamlet_told_apart(
    tmp_path,
):
    lines = [*of_the_ward(BIA, MO), *(PAO, SAY, CHU)]
    lines[2] = {**PAO, "household": "7"}  # of Tổ 1 of San Thàng: not the home of Bịa and Mơ
    _, counts = roster(tmp_path / "a.xlsx", lines, JULY, WARD_CODE)
    assert (counts["accepted"], counts["rejected"]) == (5, 0)
    assert figures(WARD_CODE, AUGUST).counts.listings == 5
    places = {name: (hamlet, number) for name, _unit, hamlet, number in homes()}
    assert places["Giàng A Bịa"] == places["Lò Thị Mơ"] == ("Tổ dân phố số 1", "7")
    assert places["Vàng A Páo"] == ("Tổ dân phố số 1 (San Thàng)", "7")
    assert places["Sùng Thị Say"] == ("Tổ dân phố số 1 (San Thàng)", "3")
    _, again = roster(tmp_path / "b.xlsx", [*lines, person("Lò Thị Lả", "1999", 2, unit=WARD)],
                      AUGUST, WARD_CODE)  # fmt: skip
    assert (again["unchanged"], again["new"]) == (5, 1)


def test_households_of_two_former_communes_are_two_where_a_list_names_no_hamlets(tmp_path):
    lines = [{**line, "hamlet": "", "household": "7"} for line in (*of_the_ward(BIA, MO), PAO)]
    roster(tmp_path / "a.xlsx", lines, JULY, WARD_CODE)
    numbers = {name: number for name, _unit, _hamlet, number in homes()}
    assert numbers["Vàng A Páo"] == "7 (San Thàng)"
    assert numbers["Giàng A Bịa"] == numbers["Lò Thị Mơ"] == "7"


def test_a_list_of_communes_that_did_not_become_the_ward_is_held(tmp_path):
    with pytest.raises(Held):
        roster(tmp_path / "a.xlsx", COMMUNES[2:], JULY, "03388")
