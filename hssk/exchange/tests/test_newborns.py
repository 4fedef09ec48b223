"""A child whose birth a station wrote down is met again in files, and never twinned."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.exchange.linkage.newborns import Baby, Met, recognise
from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services import reviewing, undoing
from hssk.exchange.services.comparing import case_of
from hssk.exchange.services.waiting import asked
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.family import DAY, LINES
from hssk.exchange.tests.pipeline import (
    APRIL,
    MAY,
    everything,
    person,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.people.models import Birth, Death, Holding, Person, Residence
from hssk.people.services import lives
from hssk.people.services.lives import Child, Died, Newborn
from hssk.places.services import unit_on
from hssk.records.services import about
from tests.village import on_duty

pytestmark = pytest.mark.django_db
AT = datetime(2024, 4, 3, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def roster(tmp_path):
    return take_in(write_roster(tmp_path / "roster.xlsx", LINES), "roster")[0]


@pytest.fixture
def nurse(roster):
    return access_of(on_duty("y.ta", Role.CLINICIAN, unit_on("03386", APRIL)), date(2024, 4, 3))


def mother():
    return Person.objects.get(name="Giàng Thị Mỷ")


@pytest.fixture
def bear(nurse):
    def bear(*children):
        said = Newborn(act=uuid4(), on=DAY, children=children or (Child(2),))
        unit = unit_on("03386", APRIL)
        return lives.record_births(mother().pk, said, unit=unit, at=AT, by=nurse)

    return bear


def claim(tmp_path, *visits, on=APRIL, name="claims.xml"):
    return take_in(write_claims(tmp_path / name, list(visits)), "claims", on=on)


def newborns_visit(code="LK1", name="Giàng Thị Mỷ", sex="2", **said):
    return visit(code, name, "202404020410", GIOI_TINH=sex, MAXA_CU_TRU="03386", on="20240404",
                 SO_CCCD="012195000002", **said)  # fmt: skip


def list_again(tmp_path, *lines, on=MAY):
    path = write_roster(tmp_path / f"roster-{on}-{len(lines)}.xlsx", [*LINES, *lines])
    return take_in(path, "roster", on=on)


def child(name, sex=2, **said):
    return person(name, "02/04/2024", sex, household="2", relation="Con", **said)


def visits_of(key):
    return about(key).current().filter(kind="Encounter").count()


@pytest.mark.parametrize("parent", ["Giàng Thị Mỷ", "GIANG THI MY", "Giàng A Sình"])
def test_a_claim_under_a_parents_name_is_the_childs(bear, tmp_path, parent):
    (key,) = bear()
    _batch, counts = claim(tmp_path, newborns_visit(name=parent))
    assert (counts["same"], counts["new"], counts["ask"]) == (1, 0, 0)
    assert visits_of(key) == 1
    assert visits_of(mother().pk) == 0


def test_so_it_is_when_the_child_has_a_name_since(bear, nurse, tmp_path):
    (key,) = bear()
    lives.amend(key, name="Giàng Thị Sua", number="", at=AT, by=nurse)
    claim(tmp_path, newborns_visit())
    own = visit("LK2", "Giàng Thị Sua", "202404020410", GIOI_TINH="2", on="20240604",
                MAXA_CU_TRU="03386")  # fmt: skip
    _batch, counts = claim(tmp_path, own, name="later.xml", on=date(2024, 6, 10))
    assert counts["same"] == 1
    assert visits_of(key) == 2


def test_a_list_that_gives_the_child_a_name_names_it_and_makes_no_twin(bear, tmp_path):
    (key,) = bear()
    people = Person.objects.count()
    _batch, counts = list_again(tmp_path, child("Giàng Thị Sua"))
    assert (counts["new"], counts["ask"]) == (0, 0)
    assert Person.objects.count() == people
    assert str(Person.objects.get(pk=key)) == "Giàng Thị Sua"
    homes = Residence.objects.filter(person=key, until=None)
    assert [(home.hamlet.unit.code, home.household.number) for home in homes] == [("03386", "2")]


def test_a_list_that_calls_the_child_after_its_mother_is_about_it(bear, tmp_path):
    (key,) = bear()
    batch, counts = list_again(tmp_path, child("Con bà Giàng Thị Mỷ"))
    assert counts["new"] == 0
    assert LinkDecision.objects.filter(row__batch=batch, person=key, decision="same").exists()


def test_an_extract_takes_the_place_of_the_record_that_a_hand_opened(bear, tmp_path):
    (key,) = bear()
    line = person("Con bà Giàng Thị Mỷ", "02/04/2024", 2, system_number="HS9", status="Hoạt động",
                  created="05/04/2024")  # fmt: skip
    path = write_records(tmp_path / "extract.xlsx", [line])
    extract, counts = take_in(path, "records", on=MAY, insist=True)
    assert counts["same"] == 1
    assert Holding.objects.get(person=key, until=None).system == "hssk"
    undoing.undo(extract, actor=somebody())
    assert Holding.objects.get(person=key, until=None).system == "station"


def test_twins_of_two_sexes_are_told_apart(bear, tmp_path):
    boy, girl = bear(Child(1), Child(2))
    _batch, counts = claim(tmp_path, newborns_visit("LK1", sex="2"), newborns_visit("LK2", sex="1"))
    assert (counts["same"], counts["ask"]) == (2, 0)
    assert (visits_of(boy), visits_of(girl)) == (1, 1)
    _batch, counts = list_again(tmp_path, child("Giàng A Páo", 1), child("Giàng Thị Sua"))
    assert (counts["new"], counts["ask"]) == (0, 0)
    assert [str(Person.objects.get(pk=key)) for key in (boy, girl)] == [
        "Giàng A Páo", "Giàng Thị Sua"
    ]  # fmt: skip


def test_of_twins_of_one_sex_somebody_is_asked_and_neither_is_made_anew(bear, tmp_path):
    first, second = bear(Child(1), Child(1))
    people = Person.objects.count()
    batch, counts = claim(tmp_path, newborns_visit("LK1", sex="1"), newborns_visit("LK2", sex="1"))
    assert (counts["ask"], counts["new"]) == (2, 0)
    assert Person.objects.count() == people
    assert len(asked()) == 2
    row = batch.rows.order_by("id").first()
    case = case_of(row.pk)
    assert case["right"]["kind"] == "Ghi tay ở trạm"
    assert visits_of(first) == visits_of(second) == 0
    reviewing.decide(row.pk, "same", actor=somebody())
    assert (visits_of(first), visits_of(second)) == (1, 0)


def test_what_is_said_of_twins_stands_when_a_file_before_is_taken_back(
    roster, bear, nurse, tmp_path
):
    first, second = bear(Child(1), Child(1))
    batch, _counts = claim(tmp_path, newborns_visit("LK1", sex="1"), newborns_visit("LK2", sex="1"))
    for row in list(batch.rows.order_by("id")):
        reviewing.decide(row.pk, "same", actor=somebody())
    assert (visits_of(first), visits_of(second)) == (1, 1)
    undoing.undo(roster, actor=somebody())
    assert (visits_of(first), visits_of(second)) == (1, 1)


def test_who_is_not_the_child_is_somebody_new(bear, tmp_path):
    bear()
    elsewhere = visit("LK1", "Lý Thị Khác", "202404020410", GIOI_TINH="2", on="20240404")
    another = child("Lò Thị Mới") | {"household": "9"}
    _batch, counts = claim(tmp_path, elsewhere)
    assert counts["new"] + counts["ask"] == 1
    assert counts["same"] == 0
    _batch, counts = list_again(tmp_path, another)
    assert counts["same"] == 0


def test_rows_of_what_was_typed_are_no_file(bear, tmp_path):
    bear()
    claim(tmp_path, newborns_visit())
    assert {batch.kind for batch in Batch.objects.all()} == {"roster", "claims"}
    assert Batch.every.get(kind="typed").rows.count() == 1


def test_a_child_whom_a_claim_brought_first_is_taken_for_the_one_that_is_born(
    roster, nurse, tmp_path
):
    first, counts = claim(tmp_path, newborns_visit())
    assert counts["new"] == 1
    with within(nurse):
        (known,) = lives.likely_children(mother().pk, DAY)
    said = Newborn(act=uuid4(), on=DAY, children=(Child(2, known=known.pk),))
    unit = unit_on("03386", APRIL)
    (key,) = lives.record_births(mother().pk, said, unit=unit, at=AT, by=nurse)
    assert key == known.pk
    assert str(Person.objects.get(pk=key)) == "Con bà Giàng Thị Mỷ"
    assert list(
        Holding.objects.filter(person=key, until=None).values_list("system", flat=True)
    ) == ["station"]
    assert Residence.objects.get(person=key).household.number == "2"
    _batch, counts = claim(tmp_path, newborns_visit("LK2"), name="again.xml", on=MAY)
    assert (counts["same"], visits_of(key)) == (1, 2)
    undoing.undo(first, actor=somebody())
    assert visits_of(key) == 1
    assert str(Person.objects.get(pk=key)) == "Con bà Giàng Thị Mỷ"


# undo


def test_a_file_taken_back_moves_nothing_that_was_typed(roster, bear, nurse, tmp_path):
    """Two installations: one never had the file in between."""
    (key,) = bear()
    lives.amend(key, name="Giàng Thị Sua", number="012324000111", at=AT, by=nurse)
    lives.record_death(Person.objects.get(name="Lò Văn Hải").pk, Died(lives_day()), at=AT, by=nurse)
    claim(tmp_path, newborns_visit("LK0", name="Lò Văn Ai"), name="before.xml")
    without = everything()
    extra, _counts = list_again(tmp_path, child("Giàng Thị Súa", pid="012324000111"))
    assert everything() != without
    undoing.undo(extra, actor=somebody())
    assert everything() == without


def lives_day():
    from hssk.kit.dates import PartialDate

    return PartialDate.of(2024, 4, 1)


def test_what_was_written_follows_whom_a_later_file_brings_again(roster, bear, nurse, tmp_path):
    """The list that first brought two people is taken back; a later one names them too."""
    (key,) = bear()
    list_again(tmp_path)
    hai = Person.objects.get(name="Lò Văn Hải")
    lives.record_death(hai.pk, Died(lives_day()), at=AT, by=nurse)
    undoing.undo(roster, actor=somebody())
    again = Person.objects.get(name="Lò Văn Hải")
    assert again.died_on == date(2024, 4, 1)
    assert lives.death_of(again.pk) is not None
    assert Birth.objects.get(child=key).mother == mother().pk
    lives.take_back_death(again.pk, "nhầm", at=AT, by=nurse)
    assert Person.objects.get(name="Lò Văn Hải").died_on is None


def test_a_death_waits_for_somebody_whom_nobody_knows(roster, nurse, tmp_path):
    hai = Person.objects.get(name="Lò Văn Hải")
    lives.record_death(hai.pk, Died(lives_day()), at=AT, by=nurse)
    undoing.undo(roster, actor=somebody())
    assert not Person.objects.filter(name="Lò Văn Hải").exists()
    assert Death.objects.get().withdrawn_at is None


def test_a_child_stays_when_the_list_that_brought_its_mother_is_taken_back(roster, bear):
    (key,) = bear()
    undoing.undo(roster, actor=somebody())
    home = Residence.objects.get(person=key, until=None)
    assert (home.hamlet.unit.code, home.household.number) == ("03386", "2")
    assert not Person.objects.filter(name="Giàng Thị Mỷ").exists()
    assert str(Person.objects.get(pk=key)) == "Con bà Giàng Thị Mỷ"


# after a death


def test_a_visit_after_a_death_is_doubted_in_its_file_and_filed_all_the_same(nurse, tmp_path):
    hai = Person.objects.get(name="Lò Văn Hải")
    lives.record_death(hai.pk, Died(lives_day()), at=AT, by=nurse)
    said = {"name": "Lò Văn Hải", "birth": "196003020000", "SO_CCCD": "012060000002"}
    batch, _counts = claim(
        tmp_path, visit("LK1", **said, on="20240331"), visit("LK2", **said, on="20240405")
    )
    first, second = batch.rows.order_by("id")
    assert "ghi là mất" not in str(first.problems)
    assert "sau ngày người bệnh đã được ghi là mất" in str(second.problems)
    assert visits_of(hai.pk) == 2


# the rule


BABY = Baby(
    20240402, 2, "", frozenset({"Giàng Thị Mỷ"}), frozenset({7}), frozenset({"N1"}), frozenset({3})
)


@pytest.mark.parametrize(
    ("met", "found"),
    [
        # mothers of one name are many: name and day alone are asked about
        (Met(20240402, 2, parent="giang thi my"), {0: (0, False)}),
        (Met(20240402, 2, parent="giang thi my", commune=4), {0: (0, False)}),
        (Met(20240402, 2, parent="giang thi my", commune=3), {0: (0, True)}),
        (Met(20240402, 2, parent="giang thi my", number="N1"), {0: (0, True)}),
        (Met(20240402, 2, parent="giang thi my", number="N2", commune=3), {}),
        (Met(20240402, 0, name="CB Giàng Thị Mỷ", commune=3), {0: (0, True)}),
        (Met(20240402, 2, name="Giàng Thị Sua", home=7), {0: (0, True)}),
        (Met(20240402, 1, name="Giàng A Páo", home=7), {0: (0, False)}),
        (Met(20240402, 2, parent="Lò Thị Xa", home=7), {}),
        (Met(20240402, 2, name="Giàng Thị Sua", home=8), {}),
        (Met(20240403, 2, parent="Giàng Thị Mỷ"), {}),
    ],
)
def test_a_row_meets_a_child_by_mother_or_household_and_day(met, found):
    assert recognise([BABY], [met]) == found


def test_a_child_with_a_name_is_not_met_by_another_name():
    named = Baby(20240402, 2, "Giàng Thị Sua", BABY.parents, BABY.homes)
    assert recognise([named], [Met(20240402, 2, name="Giàng Thị Khác", home=7)]) == {}
    assert recognise([named], [Met(20240402, 2, name="GIANG THI SUA", home=7)]) == {0: (0, True)}


def test_visits_under_one_number_are_one_childs_and_under_two_are_asked_about():
    once = Met(20240402, 2, parent="Giàng Thị Mỷ", code="BN1", commune=3)
    other = Met(20240402, 2, parent="Giàng Thị Mỷ", code="BN2", commune=3)
    assert recognise([BABY], [once, once]) == {0: (0, True), 1: (0, True)}
    assert recognise([BABY], [once, other]) == {0: (0, False), 1: (0, False)}
