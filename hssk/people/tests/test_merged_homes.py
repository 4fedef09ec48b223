"""Where two who were said to be one live, once they left or moved, and once they are two again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.coverage.services import verify
from hssk.kit.dates import PartialDate
from hssk.people.models import Identifier, Move, Person, Residence
from hssk.people.services import lives, moves, withdraw
from hssk.people.services.lives import Typed
from hssk.people.services.moves import Proposal
from hssk.people.tests.moving import NEW, NUMBER, OLD, unit, works
from tests.village import hamlet, person, recorded, village

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=30)


@pytest.fixture
def people():
    found = village(f"""
        {NEW} | Bản Mới | Giàng A Sình | yes | household=12 born=1990 sex=1
        {OLD} | Bản Cũ  | Lò Thị Xa    | yes | household=3 born=1990 sex=2
    """)
    return found | {"foundling": written_down("foundling", words="bé sơ sinh, chăn vàng")}


def officer(name="can.bo"):
    return works(name, Role.OFFICER, "", TODAY)


def written_down(kind, **facts):
    said = Typed(act=uuid4(), kind=kind, hamlet=hamlet(NEW, "Bản Mới"), birth=PartialDate.of(1990),
                 **{"name": "", "words": "", "sex": 2, **facts})  # fmt: skip
    by = officer(f"can.bo.{uuid4()}")
    key = lives.record_stranger(said, unit=unit(NEW), at=timezone.now(), by=by)
    Residence.objects.filter(person=key).update(since=BEFORE)
    return Person.objects.get(pk=key)


def homes(one):
    """The hamlets where somebody's own rows live now."""
    stays = Residence.objects.filter(person=one, until=None)
    return sorted(stays.values_list("hamlet__name", flat=True))


def depart(one, by):
    return lives.depart(one.pk, "moved", on=TODAY, at=timezone.now(), by=by)


def test_who_left_as_one_of_two_lives_where_they_lived_once_they_are_two_again(people):
    by, known, foundling = officer(), people["Lò Thị Xa"], people["foundling"]
    lives.say_known(foundling.pk, known.pk, "nhận nhầm", by=by)
    depart(known, by)
    assert homes(foundling) == homes(known) == []
    lives.say_apart(foundling.pk, by=by)
    assert homes(foundling) == ["Bản Mới"]
    assert homes(known) == []
    lives.stand_again()
    assert homes(foundling) == ["Bản Mới"]
    assert verify([TODAY]) == []


def test_of_two_who_were_one_whoever_left_by_themselves_has_left(people):
    by, known, foundling = officer(), people["Lò Thị Xa"], people["foundling"]
    depart(foundling, by)
    lives.say_known(foundling.pk, known.pk, "người nhà đến nhận", by=by)
    depart(known, by)
    lives.say_apart(foundling.pk, by=by)
    assert homes(foundling) == homes(known) == []


def test_no_file_ends_the_home_of_whom_a_merge_made_one_with_somebody_after_they_left(people):
    by, known, foundling = officer(), people["Lò Thị Xa"], people["foundling"]
    depart(known, by)
    lives.say_known(foundling.pk, known.pk, "người nhà đến nhận", by=by)
    assert homes(foundling) == ["Bản Mới"]
    lives.stand_again()
    assert homes(foundling) == ["Bản Mới"]
    assert homes(known) == []


def test_a_move_is_of_whom_it_is_about_once_two_are_two_again(people):
    by, known = officer(), people["Lò Thị Xa"]
    stranger = written_down("foreigner", name="Anna Li")
    Identifier.objects.create(person=stranger, kind=Identifier.PID, value=NUMBER)
    nurse, clerk = (
        works("y.ta", Role.CLINICIAN, OLD, TODAY),
        works("van.thu", Role.CLERK, NEW, TODAY),
    )
    move = moves.propose(
        Proposal(moves.Typed("anna li", PartialDate.of(1990), NUMBER), 2, hamlet(OLD, "Bản Cũ"),
                 "7", "P", TODAY), by=nurse)  # fmt: skip
    lives.say_known(stranger.pk, known.pk, "nhận nhầm", by=by)
    Residence.objects.filter(person=known).update(since=BEFORE - timedelta(days=9), kind="P")
    assert moves.accept(move.release, by=clerk)
    assert homes(stranger) == []
    assert homes(known) == ["Bản Cũ"]
    lives.say_apart(stranger.pk, by=by)
    moved = Residence.objects.get(source=-Move.objects.get().pk)
    assert moved.person_id == stranger.pk
    assert homes(stranger) == ["Bản Cũ"]
    kept = Residence.objects.get(person=known)
    assert (kept.until, kept.ended_by) == (None, None)
    assert verify([TODAY]) == []


def test_whoever_is_merged_below_somebody_is_read_through_them_once_the_top_is_gone(people):
    by, foundling = officer(), people["foundling"]
    other = written_down("foreigner", name="Anna Li")
    top = person("Vàng Thị Hoa", source=7)
    recorded(top, unit(NEW), source=7)
    lives.say_known(foundling.pk, other.pk, "một người", by=by)
    lives.say_known(other.pk, top.pk, "có giấy tờ", by=by)
    withdraw(7)
    assert not Person.objects.filter(pk=top.pk).exists()
    roots = Person.objects.filter(pk__in=[other.pk, foundling.pk]).values_list("root", flat=True)
    assert set(roots) == {other.pk}
    assert verify([TODAY]) == []


def test_a_move_done_again_ends_no_home_of_whom_a_merge_made_one_with_the_person_since(people):
    by, known, foundling = officer(), people["Lò Thị Xa"], people["foundling"]
    Identifier.objects.create(person=known, kind=Identifier.PID, value=NUMBER)
    nurse, clerk = (
        works("y.ta", Role.CLINICIAN, NEW, TODAY),
        works("van.thu", Role.CLERK, NEW, TODAY),
    )
    said = moves.Typed("lo thi xa", PartialDate.of(1990), NUMBER)
    move = moves.propose(Proposal(said, 2, hamlet(NEW, "Bản Mới"), "7", "P", TODAY), by=nurse)
    assert moves.witness(move, NUMBER, by=clerk)
    lives.say_known(foundling.pk, known.pk, "người nhà đến nhận", by=by)
    before = homes(foundling), homes(known)
    done = Move.objects.get()
    moves.take_back(done)
    moves.stand(done, again=True)
    assert (homes(foundling), homes(known)) == before == (["Bản Mới"], ["Bản Mới"])


def test_a_departure_taken_back_after_a_move_leaves_the_person_where_they_moved_to(people):
    by, known = officer(), people["Lò Thị Xa"]
    Identifier.objects.create(person=known, kind=Identifier.PID, value=NUMBER)
    left = depart(known, by)
    nurse, clerk = (
        works("y.ta", Role.CLINICIAN, NEW, TODAY),
        works("van.thu", Role.CLERK, NEW, TODAY),
    )
    said = moves.Typed("lo thi xa", PartialDate.of(1990), NUMBER)
    move = moves.propose(
        Proposal(said, 2, hamlet(NEW, "Bản Mới"), "7", "P", TODAY), by=nurse
    )  # fmt: skip
    assert moves.witness(move, NUMBER, by=clerk)
    lives.take_back_departure(left.pk, "ghi nhầm người", at=timezone.now(), by=by)
    assert homes(known) == ["Bản Mới"]
    moves.undo_alone(Move.objects.get().release, by=officer("can.bo.khac"))
    assert homes(known) == ["Bản Cũ"]
    assert verify([TODAY]) == []
