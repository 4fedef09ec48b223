"""Whose turn it is, seen and handed over: the list of a hospital's registered people, and the acts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.access.models import Look, User
from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.coverage.tests.test_screens import text
from hssk.outreach.models import Contact, Kind, Step
from hssk.outreach.services import Lack, registered_communes, registered_list, withdraw
from hssk.outreach.services.naming import lies
from hssk.outreach.tests.place import CODE, PLACE
from hssk.people.models import Holding, Listing
from hssk.people.services import Event, open_care
from hssk.places.models import Household
from hssk.places.services import on_map
from tests.village import commune, hamlet, hospital, on_duty

DUE = "5/12/2099"


@pytest.fixture
def patient(people):
    """One of a household of four of whom two have no record."""
    one = people["Lò Thị A"]
    Listing.objects.filter(person=one.pk).update(insurance_place=hospital().code)
    return one


@pytest.fixture
def officer(patient):
    return on_duty("benh.vien", Role.FIRST_CONTACT, full_name="Lò Văn Viện")


@pytest.fixture
def at_hospital(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def household(place):
    return Household.objects.get(hamlet=place, number="1")


def page(client, code=CODE):
    """The page of those of a commune of today; without one, of those whose turn is ours."""
    return client.get(
        f"/lists/registered/?commune={of_today(code).pk}" if code else "/lists/registered/"
    )


def of_today(code):
    """What took the place of a commune of a table."""
    one = commune(code)
    return on_map([one.pk], timezone.localdate()).target[one.pk]


def hand_over(client, household, to, **said):
    return client.post(f"/lists/households/{household.pk}/hand-over/",
                       {"list": "registered", "to": to, "due": DUE, "why": "hẹn khám", **said})  # fmt: skip


def outcome(client, who, kind, **said):
    return client.post(f"/lists/work/{who.pk}/", {"list": "registered", "kind": kind, **said})


def test_a_hospital_reads_those_registered_there_alone_and_it_is_written_down(at_hospital, patient):
    said = text(page(at_hospital))
    assert "1 hộ, 1 người" in said
    today = lies(hamlet(CODE, PLACE), timezone.localdate())
    assert today in said
    assert today != f"{PLACE}, {commune(CODE)}"  # it lies in another ward by now
    assert "Lò Thị A" in said
    assert "Lò Thị C" not in said  # of the same household, and of no concern here
    look = Look.objects.latest("id")
    assert (look.people, look.basis, look.right) == ([patient.pk], "registered", "registered")


def test_the_first_page_says_where_they_live_and_names_nobody(at_hospital, people):
    Listing.objects.filter(person=people["Lò Thị E"].pk).update(insurance_place=hospital().code)
    answer = page(at_hospital, code=None)
    assert answer.context["communes"] == [(of_today(CODE), 2)]
    assert of_today(CODE) != commune(CODE)  # which is no more: nobody looks for its name
    assert "Chưa hộ nào được chuyển đến đây" in text(answer)
    assert "Lò Thị A" not in answer.text
    assert Look.objects.latest("id").people == []


@pytest.mark.parametrize("lack", list(Lack))
def test_each_commune_is_said_to_have_as_many_as_its_list(people, officer, lack):
    letters = "ABCDEF"
    theirs = [people[f"Lò Thị {letter}"].pk for letter in letters]
    Listing.objects.filter(person__in=theirs).update(insurance_place=hospital().code)
    Holding.objects.filter(person=people["Lò Thị B"].pk).update(app_opened=True)
    who = access_of(officer, timezone.localdate())
    with within(who):
        now = timezone.now()
        ((unit, count),) = registered_communes(who.day, lack, by=who, at=now)
        homes = registered_list(who.day, lack, by=who, at=now, commune=unit)
        assert registered_list(who.day, lack, by=who, at=now, commune=commune("03387")) == []
    assert sum(len(home.people) for home in homes) == count == {"record": 3, "book": 2}[lack]


def test_no_name_of_a_head_who_is_registered_elsewhere_comes_along(people, officer):
    Listing.objects.filter(person=people["Lò Thị A"].pk).update(insurance_place="")
    Listing.objects.filter(person=people["Lò Thị C"].pk).update(insurance_place=hospital().code)
    who = access_of(officer, timezone.localdate())
    with within(who):
        (home,) = registered_list(who.day, Lack.RECORD, by=who, at=timezone.now())
    assert ([one.person.name for one in home.people], home.head) == (["Lò Thị C"], "")


def test_every_other_page_is_closed_to_a_hospital(at_hospital, patient, place):
    for path in ("/", f"/coverage/person/{patient.pk}/", f"/lists/work/?hamlet={place.pk}",
                 "/lists/", f"/coverage/hamlet/{place.pk}/", "/find/"):  # fmt: skip
        assert at_hospital.get(path).status_code == 403


def test_a_hospital_writes_what_it_did_takes_its_own_back_and_writes_no_death(
    at_hospital, patient, people
):
    assert "died" not in page(at_hospital).text
    outcome(at_hospital, patient, "died")
    assert not Contact.objects.exists()
    back = outcome(at_hospital, patient, "record-made").headers["Location"]
    contact = Contact.objects.get()
    assert back.startswith("/lists/registered/?")
    assert back.endswith(f"&done={contact.pk}")
    assert "Không còn ai thiếu" in text(page(at_hospital))
    at_hospital.post(f"/lists/contacts/{contact.pk}/undo/", {"list": "registered"})
    assert "1 người" in text(page(at_hospital))
    assert outcome(at_hospital, people["Lò Thị C"], "absent").status_code == 404


def test_a_hospital_finds_its_way_from_the_list_to_what_came_of_every_visit(at_hospital, patient):
    outcome(at_hospital, patient, Kind.NO_PHONE)
    told = f"/lists/contacts/of/{patient.pk}/"
    assert f'href="{told}"' in page(at_hospital).text
    assert "Rút lại kết quả này" in text(at_hospital.get(told))


def test_a_contact_of_the_station_is_not_the_hospital_s_to_take_back(
    at_hospital, client, nurse, officer, patient
):
    client.force_login(nurse)
    outcome(client, patient, "absent")
    client.force_login(officer)
    client.post(f"/lists/contacts/{Contact.objects.get().pk}/undo/", {"list": "registered"})
    assert Contact.objects.get().taken_back_at is None
    assert "Rút lại kết quả này" not in text(client.get(f"/lists/contacts/of/{patient.pk}/"))
    outcome(client, patient, "absent")
    page_of_both = client.get(f"/lists/contacts/of/{patient.pk}/")
    assert text(page_of_both).count("Rút lại kết quả này") == 1
    assert "/coverage/person/" not in page_of_both.text  # that page is not theirs


def test_a_household_goes_to_the_hospital_and_back_with_a_day_and_a_reason(
    client, nurse, officer, household, place
):
    client.force_login(nurse)
    told = text(client.get(f"/lists/work/?hamlet={place.pk}"))
    assert "khám ban đầu ở Bệnh viện Bịa 12001" in told
    hand_over(client, household, f"f{hospital().pk}", list="", hamlet=place.pk)
    assert "Đến lượt: Bệnh viện Bịa 12001" in text(client.get(f"/lists/work/?hamlet={place.pk}"))
    client.force_login(officer)
    said = text(page(client, code=None))
    assert "1 hộ, 1 người" in said
    assert "Đến lượt bên mình" in said
    assert "hẹn 5/12/2099" in said
    assert "hẹn khám" in said
    told = text(client.get(hand_over(client, household, f"u{place.unit_id}").headers["Location"]))
    assert "Đã chuyển lượt: Trạm y tế" in told
    assert "Chưa hộ nào được chuyển đến đây" in told
    assert [step.side for step in Step.objects.order_by("at")] == [hospital(), place.unit]
    assert Step.objects.filter(ended_at=None).get().side == place.unit


@pytest.mark.parametrize("said", [{"due": ""}, {"due": "hôm nào"}, {"why": ""}, {"to": "u0"},
                                  {"due": "1/1/2020"}])  # fmt: skip
def test_nothing_is_handed_over_without_a_side_a_day_to_come_and_a_reason(
    at_hospital, household, place, said
):
    hand_over(at_hospital, household, said.pop("to", f"f{hospital().pk}"), **said)
    assert not Step.objects.exists()


def test_a_household_of_no_side_of_ones_own_is_as_if_it_were_not_there(client, household, place):
    for user in (
        on_duty("khac", Role.CLINICIAN, commune("03387")),
        on_duty("vien.khac", Role.FIRST_CONTACT, at=hospital("12002")),
    ):
        client.force_login(user)
        for key in (household.pk, 999_999):
            answer = client.post(f"/lists/households/{key}/hand-over/", {"to": f"u{place.unit_id}"})
            assert answer.status_code == 404
        assert "Lò Thị" not in text(page(client))


def test_a_nurse_has_a_list_of_those_who_are_registered_with_her_station(client, people):
    user = on_duty("y.ta.xa", Role.CLINICIAN, commune("03387"))
    open_care(people["Lò Thị A"].pk, commune("03387"), Event.FIRST_CONTACT,
              at=timezone.now() - timedelta(hours=1), actor=user)  # fmt: skip
    client.force_login(user)
    assert "Lò Thị A" in text(page(client))
    assert Look.objects.latest("id").basis == "care"
    outcome(client, people["Lò Thị A"], "absent")
    assert Contact.objects.get().kind == Kind.ABSENT


def test_two_hospitals_see_each_their_own_turns(patient, household, place, officer):
    other = on_duty("vien.khac", Role.FIRST_CONTACT, at=hospital("12002"))
    Step.objects.create(household=household, hamlet=place, owner_facility=hospital(),
                        other=commune(CODE), by=officer, at=timezone.now())  # fmt: skip
    for user, seen in ((officer, 1), (other, 0)):
        with within(access_of(user, timezone.localdate())):
            assert Step.objects.count() == seen


def test_who_is_left_of_a_household_is_the_turn_of_the_station_when_the_hospital_has_nobody_there(
    client, at_hospital, patient, nurse, place, household
):
    def turn():
        client.force_login(nurse)
        homes = client.get(f"/lists/work/?hamlet={place.pk}").context["homes"]
        (one,) = [home["home"] for home in homes if home["home"].key == household.pk]
        return one.theirs, one.due is None

    hand_over(at_hospital, household, f"f{hospital().pk}")
    assert turn() == (False, False)
    client.force_login(User.objects.get(username="benh.vien"))
    outcome(client, patient, "record-made")
    assert turn() == (True, True)  # the hospital sees it no more
    withdraw(Contact.objects.get(), access_of(nurse, timezone.localdate()))
    assert turn() == (False, False)
