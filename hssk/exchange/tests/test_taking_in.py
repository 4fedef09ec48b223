"""What a file adds: once, verbatim, as a correction where it says again, and never silently less."""

import pytest
from django.db import connection

from hssk.coverage.services import figures
from hssk.exchange.errors import Held
from hssk.exchange.models import Batch, LinkDecision, SourceRow
from hssk.exchange.services.waiting import waiting_for_review
from hssk.exchange.tests.pipeline import (
    APRIL,
    CITY,
    MARCH,
    MAY,
    everything,
    lines_of,
    person,
    take_in,
    write_records,
    write_roster,
)
from hssk.people.models import Holding, Listing, Person, Residence

pytestmark = pytest.mark.django_db

HOME = [
    person("Giàng A Bịa", "02/03/1980", pid="012080000001", relation="Chủ hộ"),
    person("Lò Thị Mơ", "15/08/1984", 2, pid="012184000002", relation="Vợ"),
    person("Giàng Thị Thật", "09/09/2012", 2, relation="Con"),
]


def roster(tmp_path, lines, name="a.xlsx"):
    return write_roster(tmp_path / name, lines)


def placed():
    """Person → where the database says that anything places them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, places FROM people_person")
        return dict(cursor.fetchall())


def test_whoever_a_file_brings_is_placed_where_its_facts_place_them_and_nowhere_else(tmp_path):
    take_in(roster(tmp_path, HOME[:2]), "roster", MARCH)
    records = [*HOME, person("Vàng A Xa", "01/01/1970", pid="012070000009")]
    take_in(write_records(tmp_path / "b.xlsx", records), "records", APRIL)
    said = placed()
    assert len(said) == 4
    # a home says it all; of who has none also the place of nobody
    assert sorted(len(places) for places in said.values()) == [1, 1, 2, 2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_place_again(array_agg(root)) FROM people_person")
    assert placed() == said


def counts(on):
    it = figures(CITY, on).counts
    return it.expected, it.found, it.to_decide, it.missing


def test_every_row_is_kept_verbatim_with_its_sheet_and_place(tmp_path):
    batch, told = take_in(roster(tmp_path, HOME), Batch.ROSTER)
    rows = SourceRow.objects.filter(batch=batch).order_by("number")
    assert [row.number for row in rows] == [4, 5, 6]
    assert rows[1].cells[2:4] == ["Lò Thị Mơ", "15/08/1984"]
    assert (told["rows"], told["new"], told["same"], told["ask"]) == (3, 3, 0, 0)


def test_the_same_file_twice_adds_nothing(tmp_path):
    path = roster(tmp_path, HOME)
    take_in(path, Batch.ROSTER)
    before = everything()
    _, told = take_in(path, Batch.ROSTER)
    assert (told["unchanged"], told["new"], told["same"]) == (3, 0, 0)
    assert Batch.objects.count() == 1
    assert everything() == before


def test_the_same_rows_in_another_file_stand_once(tmp_path):
    take_in(roster(tmp_path, HOME), Batch.ROSTER)
    again = write_roster(tmp_path / "b.xlsx", HOME[::-1], title="DANH SÁCH IN LẠI")
    _, told = take_in(again, Batch.ROSTER)
    assert told["unchanged"] == 3
    assert (Listing.objects.count(), Residence.objects.count()) == (3, 3)


def test_an_edited_file_is_a_correction_and_makes_no_twins(tmp_path):
    take_in(roster(tmp_path, HOME), Batch.ROSTER)
    edited = [HOME[0], {**HOME[1], "name": "Lò Thị Mờ", "phone": "0912345678"}, HOME[2]]
    _, told = take_in(roster(tmp_path, edited, "b.xlsx"), Batch.ROSTER)
    assert (told["unchanged"], told["same"], told["new"]) == (2, 1, 0)
    assert Person.objects.count() == 3
    assert Person.objects.filter(name="Lò Thị Mờ").exists()
    assert counts(MARCH)[0] == 3


def test_whoever_is_no_longer_listed_is_counted_as_such_and_still_a_resident(tmp_path):
    take_in(roster(tmp_path, HOME), Batch.ROSTER)
    take_in(roster(tmp_path, HOME[:2], "b.xlsx"), Batch.ROSTER, on=APRIL)
    it = figures(CITY, APRIL).counts
    assert (it.expected, it.unlisted) == (3, 1)


def test_a_part_of_a_list_says_nothing_of_the_others(tmp_path):
    take_in(roster(tmp_path, HOME), Batch.ROSTER)
    take_in(roster(tmp_path, HOME[:2], "b.xlsx"), Batch.ROSTER, on=APRIL, partial=True)
    assert figures(CITY, APRIL).counts.unlisted == 0


def test_a_part_of_an_older_day_is_held_where_a_newer_list_speaks_of_its_people(tmp_path):
    moved = [HOME[0], {**HOME[1], "household": "9"}, HOME[2]]
    take_in(roster(tmp_path, moved), Batch.ROSTER, on=APRIL)
    before = everything()
    older = roster(tmp_path, HOME[1:2], "b.xlsx")
    with pytest.raises(Held, match="mới hơn"):
        take_in(older, Batch.ROSTER, on=MARCH, partial=True)
    assert everything() == before


def test_a_part_of_an_older_day_is_taken_for_whom_no_newer_list_speaks_of(tmp_path):
    take_in(roster(tmp_path, HOME[:2]), Batch.ROSTER, on=APRIL)
    _, told = take_in(roster(tmp_path, HOME[2:], "b.xlsx"), Batch.ROSTER, on=MARCH, partial=True)
    assert told["new"] == 1


def test_a_record_is_found_for_whom_it_is_about(tmp_path):
    take_in(roster(tmp_path, HOME), Batch.ROSTER)
    record = {**HOME[0], "name": "GIANG A BIA", "system_number": "HS1", "created": "01/02/2022"}
    take_in(write_records(tmp_path / "r.xlsx", [record]), Batch.RECORDS, on=MARCH)
    assert counts(MARCH) == (3, 1, 0, 2)


def test_of_one_number_that_two_people_have_in_the_software_both_records_are_restated(tmp_path):
    two = [
        {**someone, "system_number": "HS1", "created": "01/02/2022", "visits": 1}
        for someone in HOME[:2]
    ]
    later = [{**record, "visits": 2} for record in two]
    take_in(write_records(tmp_path / "r.xlsx", two), Batch.RECORDS, on=MARCH)
    take_in(write_records(tmp_path / "s.xlsx", later), Batch.RECORDS, on=APRIL)
    standing = Holding.objects.filter(until=None)
    assert sorted(standing.values_list("visits", "unlisted_since")) == [(2, None), (2, None)]


def test_a_later_list_answers_no_open_question_by_saying_the_same_again(tmp_path):
    namesakes = [
        person("Nguyễn Văn Hùng", "12/04/1985", pid="012085000888", household="3"),
        person("Nguyễn Văn Hùng", "30/11/1985", pid="012085000999", household="4"),
    ]
    take_in(roster(tmp_path, [*HOME, *namesakes]), Batch.ROSTER)
    record = person("NGUYỄN VĂN HÙNG", "1985", system_number="HS9", created="01/02/2022")
    take_in(write_records(tmp_path / "r.xlsx", [record]), Batch.RECORDS, on=MARCH)
    before, open_ = counts(APRIL), waiting_for_review()
    assert open_ >= 1
    again = {**record, "visits": 3, "updated": "01/04/2024"}
    take_in(write_records(tmp_path / "s.xlsx", [again]), Batch.RECORDS, on=APRIL)
    assert counts(MAY) == before
    assert waiting_for_review() == open_
    assert LinkDecision.objects.order_by("-row_id").first().decision == LinkDecision.ASK


def test_a_file_that_matches_hardly_anybody_stops_before_anything_is_applied(
    tmp_path, invented_city
):
    take_in(roster(tmp_path, lines_of(invented_city(1), Batch.ROSTER)), Batch.ROSTER)
    before = everything()
    strangers = roster(tmp_path, lines_of(invented_city(2), Batch.ROSTER), "b.xlsx")
    with pytest.raises(Held):
        take_in(strangers, Batch.ROSTER, on=APRIL)
    assert everything() == before
    batch, _ = take_in(strangers, Batch.ROSTER, on=APRIL, insist=True)
    assert batch.state == Batch.APPLIED
    assert batch.insisted_by.username == "mai"


@pytest.fixture
def invented_city():
    from hssk.exchange.invented import invent

    return lambda seed: invent(400, seed=seed)
