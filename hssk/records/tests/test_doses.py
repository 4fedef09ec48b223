"""A dose by hand: its day, lot, place, what the body said to it, and when the next one is to be given."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hssk.kit.dates import format_day
from hssk.people.services import Event, open_care
from hssk.records.models import Entry
from hssk.records.rules.fhir import faults_of
from hssk.records.tests.test_filling import at_work, current, fill, page_of
from tests.village import commune, on_duty, village

TOLD = {
    "immunisation__tetanus_1": "3/2/2020", "immunisation__tetanus_1.lot": "AB12-3",
    "immunisation__tetanus_1.place": "Trạm y tế Trung Chải",
    "immunisation__tetanus_1.reaction": "Sốt nhẹ, hết sau một ngày",
}  # fmt: skip


@pytest.fixture
def my(db):
    who = village("03403 | Bản Tả | Giàng Thị Mỷ | no | born=1990-05-06 sex=2")["Giàng Thị Mỷ"]
    nurse = on_duty("trực", unit=commune("03403"))
    open_care(who.pk, commune("03403"), Event.VISIT, at=timezone.now(), actor=nurse)
    return who


def in_days(days):
    return timezone.localdate() + timedelta(days)


def test_a_dose_is_kept_with_lot_place_and_reaction_and_shown_on_record_and_paper(my):
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), **TOLD)
    resource = current("immunisation.tetanus_1").get().resource
    assert faults_of(resource) == []
    assert resource["lotNumber"] == "AB12-3"
    assert resource["location"]["display"] == "Trạm y tế Trung Chải"
    assert resource["reaction"][0]["detail"]["display"] == "Sốt nhẹ, hết sau một ngày"
    for page in ("", "paper/"):
        text = nurse.get(f"/record/{my.pk}/{page}").text
        for said in ("lô AB12-3", "Trạm y tế Trung Chải", "Sốt nhẹ, hết sau một ngày"):
            assert said in text, page
    form = page_of(nurse, my).context["form"]
    assert form["immunisation.tetanus_1.lot"].initial == "AB12-3"


def test_a_detail_that_is_corrected_is_a_version_of_the_dose(my):
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), **TOLD)
    fill(nurse, my, page_of(nurse, my), **TOLD | {"immunisation__tetanus_1.lot": "AB12-4"},
         why="xem lại lọ")  # fmt: skip
    lots = Entry.objects.order_by("version").values_list("version", "resource")
    assert [(version, dose["lotNumber"]) for version, dose in lots] == [
        (1, "AB12-3"),
        (2, "AB12-4"),
    ]


def test_details_without_a_day_are_asked_for_it_and_nothing_is_filed(my):
    nurse = at_work()
    answer = fill(nurse, my, page_of(nurse, my), **TOLD | {"immunisation__tetanus_1": ""})
    assert "Ghi ngày tiêm của mũi này." in answer.text
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("days", "heading"), [(10, "Đến lịch, chưa tiêm"), (90, "Hẹn tiêm"),
                                               (-20, "Đến lịch, chưa tiêm")])  # fmt: skip
def test_an_appointment_shows_as_due_in_its_month_and_as_to_come_before(my, days, heading):
    nurse, day = at_work(), format_day(in_days(days))
    fill(nurse, my, page_of(nurse, my), immunisation__tetanus_2_next=day, immunisation__none="on")
    made = current("immunisation.tetanus_2_next").get()
    assert (made.kind, faults_of(made.resource)) == ("ImmunizationRecommendation", [])
    assert made.on == timezone.localdate()  # nothing of the record is about a day to come
    assert current("immunisation.none").exists()  # who has an appointment may have had nothing yet
    answer = nurse.get(f"/record/{my.pk}/")
    due, booked = ([name for name, _day in answer.context[key]] for key in ("due", "booked"))
    assert (len(due), len(booked)) == ((1, 0) if days < 30 else (0, 1))
    assert f"<h3>{heading}</h3>" in answer.text
    assert answer.text.count("UV2") == 1  # and it is nothing that has happened
    assert day in nurse.get(f"/record/{my.pk}/paper/").text


def test_a_dose_that_was_given_needs_no_appointment_any_more(my):
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), immunisation__tetanus_2_next=format_day(in_days(5)))
    fill(nurse, my, page_of(nurse, my), immunisation__tetanus_2=format_day(in_days(0)))
    answer = nurse.get(f"/record/{my.pk}/")
    assert answer.context["due"] == answer.context["booked"] == []


@pytest.mark.parametrize(("days", "wrong"), [(20, False), (365 * 11, True)])
def test_an_appointment_may_be_to_come_and_not_for_ever(my, days, wrong):
    nurse, day = at_work(), format_day(in_days(days))
    answer = fill(nurse, my, page_of(nurse, my), immunisation__tetanus_1_next=day)
    assert ("Ngày này chưa đến." in answer.text) is wrong


def test_a_dose_in_pregnancy_says_in_which_month_of_it(my):
    nurse = at_work()
    wrong = fill(nurse, my, page_of(nurse, my), **TOLD | {"immunisation__tetanus_1.month": "11"})
    assert wrong.status_code == 200
    assert not Entry.objects.exists()
    fill(nurse, my, page_of(nurse, my), **TOLD | {"immunisation__tetanus_1.month": "5"})
    assert page_of(nurse, my).context["form"]["immunisation.tetanus_1.month"].initial == "5"
    assert "tháng thai 5" in nurse.get(f"/record/{my.pk}/").text
    assert "<td>5</td>" in nurse.get(f"/record/{my.pk}/paper/").text
    assert "immunisation.hpv_1.month" not in page_of(nurse, my).context["form"].fields


def test_what_the_mother_had_is_asked_of_a_child_and_is_no_dose_of_it(db):
    born = timezone.localdate() - timedelta(days=70)
    child = village(f"03403 | Bản Tả | Giàng A Bé | no | born={born} sex=1")["Giàng A Bé"]
    open_care(child.pk, commune("03403"), Event.VISIT, at=timezone.now(),
              actor=on_duty("trực", unit=commune("03403")))  # fmt: skip
    nurse = at_work()
    fill(nurse, child, page_of(nurse, child), immunisation__mother_tetanus="2",
         immunisation__none="on")  # fmt: skip
    assert faults_of(current("immunisation.mother_tetanus").get().resource) == []
    assert current("immunisation.none").exists()  # the child itself may have had nothing yet
    page = nurse.get(f"/record/{child.pk}/")
    assert page.context["summary"].doses == page.context["years"] == []
    assert "Số mũi vắc xin uốn ván mẹ đã tiêm" in page.text
    foot = 'Số mũi vắc xin uốn ván mẹ đã tiêm: <span class="written">2</span>'
    assert foot in nurse.get(f"/record/{child.pk}/paper/").text
