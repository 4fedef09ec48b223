"""A file finds people of the area it was delivered by; who has both areas decides of the others."""

import pytest

from hssk.access.rights import Role
from hssk.exchange.models import Batch, LinkDecision, PairElsewhere, Review, SourceRow
from hssk.exchange.services import reviewing, waiting
from hssk.exchange.services.area import Within
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pipeline import (
    APRIL,
    CITY,
    COMMUNE,
    MARCH,
    MAY,
    differences,
    everything,
    person,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.people.models import Holding, Listing, Person
from hssk.places.services import hamlets_held, unit_on
from tests.village import on_duty

pytestmark = pytest.mark.django_db

ELSEWHERE = "Phường Tân Phong"
MY = person("Giàng Thị Mỷ", "05/07/1988", 2, pid="012188000017", phone="0912000017")


def moved(**facts):
    """The same person on the list of another commune."""
    return {**MY, "unit": ELSEWHERE, "hamlet": "Tổ dân phố số 9", **facts}


def code_of(name):
    return next(u.code for u in unit_on(CITY, MARCH).children.all() if str(u) == name)


@pytest.fixture
def clerk():
    return on_duty("mai.xa", role=Role.CLERK, unit=unit_on(code_of(COMMUNE), MARCH))


@pytest.fixture
def officer():
    return on_duty("can.bo", unit=unit_on(CITY, MARCH))


def area_of(user):
    unit = user.posts.get().unit
    return Within.of(hamlets_held(unit, MARCH), [unit])


def own_list(tmp_path, lines, clerk, name="own.xlsx", on=APRIL, **more):
    path = tmp_path / name
    if not path.exists():
        write_roster(path, lines)
    return take_in(path, Batch.ROSTER, on, code_of(COMMUNE), by=clerk, **more)


@pytest.fixture
def elsewhere(tmp_path):
    """Somebody who is listed in another commune by now."""
    take_in(write_roster(tmp_path / "city.xlsx", [moved()]), Batch.ROSTER)
    return Person.objects.get()


def test_somebody_of_another_area_is_not_found_and_a_pair_waits_for_who_has_both(
    tmp_path, elsewhere, clerk, officer
):
    batch, counts = own_list(tmp_path, [MY], clerk)
    assert (counts["new"], counts["same"], counts["ask"]) == (1, 0, 0)
    decided = LinkDecision.objects.get(row__batch=batch)
    assert (decided.decision, decided.against, decided.evidence) == ("new", None, None)
    assert decided.person != elsewhere.id
    assert waiting.waiting_for_review(area_of(clerk)) == 0
    assert waiting.waiting_for_review(area_of(officer)) == 1
    assert waiting.asked(area_of(officer)) == [decided.row_id]


def test_the_file_of_somebody_who_has_everything_is_linked_as_ever(tmp_path, elsewhere):
    _, counts = own_list(tmp_path, [MY], None)
    assert (counts["new"], counts["same"]) == (0, 1)
    assert not PairElsewhere.objects.exists()


def test_somebody_of_the_own_area_is_known_and_the_same_file_again_adds_nothing(tmp_path, clerk):
    own_list(tmp_path, [MY], clerk)
    _, again = own_list(tmp_path, [MY, person("Lò Văn Sơn", "01/01/1960")], clerk, "b.xlsx", MAY)
    assert (again["new"], again["unchanged"]) == (1, 1)
    _, twice = own_list(tmp_path, [MY], clerk)
    assert (twice["unchanged"], twice["new"]) == (1, 0)


def test_who_has_both_says_that_it_is_one_person_and_takes_it_back(
    tmp_path, elsewhere, clerk, officer
):
    batch, _ = own_list(tmp_path, [MY], clerk)
    before = everything()
    row = LinkDecision.objects.get(row__batch=batch).row_id
    review = reviewing.decide(row, Review.SAME, actor=officer)
    assert set(Listing.objects.values_list("person__root", flat=True)) == {elsewhere.id}
    assert waiting.waiting_for_review() == 0
    assert reviewing.take_back(review).decision == LinkDecision.NEW
    assert waiting.waiting_for_review() == 1
    assert differences(before, everything()) == {}


def test_who_has_both_says_that_they_are_two(tmp_path, elsewhere, clerk, officer):
    batch, _ = own_list(tmp_path, [MY], clerk)
    row = LinkDecision.objects.get(row__batch=batch).row_id
    review = reviewing.decide(row, Review.DIFFERENT, actor=officer)
    assert waiting.waiting_for_review() == 0
    assert Person.objects.values("root").distinct().count() == 2
    reviewing.take_back(review)
    assert waiting.waiting_for_review() == 1


@pytest.mark.parametrize("verdict", [Review.SAME, Review.DIFFERENT])
def test_a_verdict_stands_again_when_a_file_before_it_is_taken_back(
    tmp_path, elsewhere, clerk, officer, verdict
):
    other = write_records(tmp_path / "r.xlsx", [person("Ai Đó", "02/02/1970", number="1")])
    first, _ = take_in(other, Batch.RECORDS)
    batch, _ = own_list(tmp_path, [MY], clerk)
    reviewing.decide(LinkDecision.objects.get(row__batch=batch).row_id, verdict, actor=officer)
    people = Listing.objects.values("person__root").distinct().count()
    undo(first, actor=somebody())
    assert Listing.objects.values("person__root").distinct().count() == people
    assert waiting.waiting_for_review() == 0


def test_a_pair_is_forgotten_with_its_file_and_comes_again_with_it(tmp_path, elsewhere, clerk):
    before = everything()
    batch, _ = own_list(tmp_path, [MY], clerk)
    undo(batch, actor=somebody())
    assert not PairElsewhere.objects.exists()
    assert differences(before, everything()) == {}
    own_list(tmp_path, [MY], clerk)
    assert waiting.waiting_for_review() == 1


def test_a_list_that_says_it_anew_does_not_answer_an_open_pair(tmp_path, elsewhere, clerk):
    own_list(tmp_path, [MY], clerk)
    _, counts = own_list(tmp_path, [{**MY, "phone": "0912999999"}], clerk, "b.xlsx", MAY)
    assert counts["same"] == 1
    [asked] = waiting.asked()
    assert SourceRow.objects.get(id=asked).facts["phone"] == "0912999999"


def test_who_is_one_person_is_so_with_all_that_was_said_since(tmp_path, elsewhere, clerk, officer):
    own_list(tmp_path, [MY], clerk)
    record = {**MY, "system_number": "HS1", "address": "Tổ dân phố số 1"}
    path = write_records(tmp_path / "r.xlsx", [record])
    take_in(path, Batch.RECORDS, MAY, code_of(COMMUNE), by=clerk)
    [asked] = waiting.asked()
    reviewing.decide(asked, Review.SAME, actor=officer)
    assert set(Holding.objects.values_list("person__root", flat=True)) == {elsewhere.id}


def test_a_pair_that_the_row_itself_does_not_ask_cannot_be_decided_twice(
    tmp_path, elsewhere, clerk, officer
):
    batch, _ = own_list(tmp_path, [MY], clerk)
    row = LinkDecision.objects.get(row__batch=batch).row_id
    reviewing.decide(row, Review.DIFFERENT, actor=officer)
    with pytest.raises(reviewing.Refused):
        reviewing.decide(row, Review.SAME, actor=officer)
