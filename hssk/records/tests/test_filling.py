"""The form is filled: answers become entries, corrections versions, and two people meet field by field."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from hssk.access.rights import Role
from hssk.people.services import Event, open_care
from hssk.records.forms import HistoryForm
from hssk.records.forms.history import number_in
from hssk.records.models import Entry
from hssk.records.sections import birth
from tests.village import commune, on_duty, village

HOME = "03403"
WEIGHT = next(item for item in birth.SECTION.items if item.key == "weight")


@pytest.fixture
def my(db):
    who = village(f"{HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 sex=2")["Giàng Thị Mỷ"]
    nurse = on_duty("trực", role=Role.CLINICIAN, unit=commune(HOME))
    open_care(who.pk, commune(HOME), Event.VISIT, at=timezone.now(), actor=nurse)
    return who


def at_work(name="y.ta", role=Role.CLINICIAN):
    user = on_duty(name, role=role, unit=commune(HOME), full_name=f"Họ tên {name}")
    client = Client()
    client.force_login(user)
    return client


def page_of(nurse, my):
    return nurse.get(f"/record/{my.pk}/form/")


def fill(nurse, my, opened, **answers):
    """File a form as it was `opened`, with these answers changed; `part__item` for `part.item`."""
    form = opened.context["form"]
    data = {code: form[code].initial or "" for code in form.items}
    data = {code: value for code, value in data.items() if value is not False}
    data["seen"] = form["seen"].initial or form["seen"].value()
    data |= {code.replace("__", "."): value for code, value in answers.items()}
    return nurse.post(f"/record/{my.pk}/form/", data, follow=True)


def current(code):
    return Entry.objects.current().filter(code=code)


def test_answers_become_entries_and_stand_in_the_form_and_the_record(my):
    nurse = at_work()
    answer = fill(
        nurse, my, page_of(nurse, my), allergies__medicine="Penicilin, nổi mày đay",
        own_illnesses__hypertension="on", risk_factors__smoking="no", disability__none="on",
        surgery__operation="ruột thừa 2015\nmắt", family_history__diabetes="mẹ", birth__weight="3200",
        reproductive__births="3", immunisation__tetanus_1="3/2010",
    )  # fmt: skip
    assert "Đã ghi 10 mục" in answer.content.decode()
    allergy = current("allergies.medicine").get()
    assert (allergy.kind, allergy.display) == ("AllergyIntolerance", "Penicilin, nổi mày đay")
    operation = current("surgery.operation").filter(display__contains="2015").get()
    assert (operation.on, operation.precision) == (date(2015, 1, 1), "Y")
    dose = current("immunisation.tetanus_1").get()
    assert (dose.on, dose.precision, dose.author.username) == (date(2010, 3, 1), "M", "y.ta")
    text = nurse.get(f"/record/{my.pk}/").content.decode()
    for word in ("Penicilin", "Tăng huyết áp", "ruột thừa 2015", "Đái tháo đường: mẹ", "UV1"):
        assert word in text
    assert "own_illnesses." not in text
    assert current("disability.none").get().display == "Đã hỏi, không có gì"
    again = page_of(nurse, my).context["form"]
    assert again["immunisation.tetanus_1"].initial == "3/2010"
    assert again["surgery.operation"].initial == "ruột thừa 2015\nmắt"


def test_filed_again_as_it_stands_it_writes_nothing(my):
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), birth__weight="3200", allergies__none="on")
    before = Entry.objects.count()
    assert "Không có gì thay đổi" in fill(nurse, my, page_of(nurse, my)).content.decode()
    assert Entry.objects.count() == before == 2


def test_a_correction_is_a_version_that_says_who_and_why(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(nurse, my, page_of(nurse, my), birth__weight="3200")
    fill(other, my, page_of(other, my), birth__weight="2300", why="xem lại giấy chứng sinh")
    first, second = Entry.objects.order_by("version")
    assert (first.entry, first.resource["valueQuantity"]["value"]) == (second.entry, 3200)
    assert (second.version, second.why, second.author.username) == (
        2,
        "xem lại giấy chứng sinh",
        "bac.si",
    )


def test_who_answers_takes_back_that_there_is_nothing(my):
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), allergies__none="on")
    fill(nurse, my, page_of(nurse, my), allergies__food="tôm")
    assert not current("allergies.none").exists()
    assert current("allergies.food").exists()


def test_an_emptied_answer_no_longer_holds_and_stays_in_the_history(my):
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), surgery__operation="ruột thừa 2015\nmắt")
    fill(nurse, my, page_of(nurse, my), surgery__operation="mắt")
    assert [one.display for one in current("surgery.operation")] == ["mắt"]
    assert Entry.objects.filter(display="ruột thừa 2015", withdrawn=False).exists()


def test_two_people_meet_field_by_field_and_both_versions_stay(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(nurse, my, page_of(nurse, my), birth__weight="3200", birth__length="50")
    mine, theirs = page_of(nurse, my), page_of(other, my)
    fill(other, my, theirs, birth__weight="2300")
    answer = fill(nurse, my, mine, birth__weight="3100", birth__length="49")
    assert "Họ tên bac.si đã ghi" in answer.content.decode()
    assert "2.300 g" in answer.content.decode()
    assert current("birth.length").get().resource["valueQuantity"]["value"] == 49
    assert current("birth.weight").get().resource["valueQuantity"]["value"] == 2300
    data = {
        "seen": answer.context["form"]["seen"].value(),
        "birth.weight": "3100",
        "birth.length": "49",
    }
    nurse.post(f"/record/{my.pk}/form/", data)
    assert current("birth.weight").get().resource["valueQuantity"]["value"] == 3100
    assert Entry.objects.filter(code="birth.weight").count() == 3


def test_what_another_changed_and_i_did_not_stays_theirs(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(nurse, my, page_of(nurse, my), birth__weight="3200")
    mine, theirs = page_of(nurse, my), page_of(other, my)
    fill(other, my, theirs, birth__weight="2300")
    answer = fill(nurse, my, mine, birth__defect="hở môi")
    assert "đã ghi:" not in answer.content.decode()
    assert current("birth.weight").get().resource["valueQuantity"]["value"] == 2300


def test_asked_again_about_one_item_the_others_are_as_they_stand_by_now(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(nurse, my, page_of(nurse, my), birth__weight="3200", birth__length="50",
         surgery__operation="mắt 2010", own_illnesses__asthma="on")  # fmt: skip
    mine, theirs = page_of(nurse, my), page_of(other, my)
    fill(other, my, theirs, birth__weight="2300", birth__length="45",
         surgery__operation="mắt 2010\ntay 2020", own_illnesses__hypertension="on",
         immunisation__tetanus_1="3/2/2020", **{"immunisation__tetanus_1.lot": "AB12"})  # fmt: skip
    met = fill(nurse, my, mine, birth__weight="3100", birth__defect="hở môi")
    assert met.context["form"]["birth.length"].value() == "45"
    nurse.post(f"/record/{my.pk}/form/", met.context["form"].data)
    form = page_of(nurse, my).context["form"]
    stand = {
        "birth.weight": "3100", "birth.length": "45", "birth.defect": "hở môi",
        "surgery.operation": "mắt 2010\ntay 2020", "own_illnesses.hypertension": True,
        "own_illnesses.asthma": True, "immunisation.tetanus_1.lot": "AB12",
    }  # fmt: skip
    assert {code: form[code].initial for code in stand} == stand


def test_a_hidden_answer_of_another_is_no_clash_and_leaves_no_trace(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(nurse, my, page_of(nurse, my), risk_factors__drugs="yes")
    opened = page_of(other, my)
    assert not opened.context["form"]["risk_factors.drugs"].initial
    answer = fill(other, my, opened, risk_factors__drugs="no")
    assert "đã ghi:" not in answer.content.decode()
    assert page_of(other, my).context["form"]["risk_factors.drugs"].initial == "no"
    assert (
        page_of(nurse, my).context["form"]["risk_factors.drugs"].initial == "no"
    )  # the latest seen


def test_without_care_the_form_is_closed_and_says_what_to_do(my):
    stranger = village(f"{HOME} | Bản Tả | Lò Văn Páo | no | born=1980-01-01 sex=1")["Lò Văn Páo"]
    nurse = at_work()
    answer = page_of(nurse, stranger)
    assert "Ghi lần khám trước" in answer.content.decode()
    assert nurse.post(f"/record/{stranger.pk}/form/", {"birth.weight": "3200"}).status_code == 200
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("code", "text", "wrong"),
    [
        ("birth.weight", "3200", False), ("birth.weight", "32", True), ("birth.weight", "nặng", True),
        ("immunisation.tetanus_1", "5/3/2020", False), ("immunisation.tetanus_1", "31/2/2020", True),
        ("immunisation.tetanus_1", "2030", True), ("immunisation.tetanus_1", "012195000002", True),
        ("immunisation.tetanus_1", "1993", True), ("immunisation.tetanus_1", "1994", False), ("immunisation.tetanus_1", "4/1994", True), ("immunisation.tetanus_1", "hôm qua", True),
        ("birth.weight", "nan", True), ("reproductive.births", "2,5", False),
        ("risk_factors.smoking", "rarely", True),
    ],
)  # fmt: skip
def test_a_slip_of_the_hand_is_told(code, text, wrong):
    form = HistoryForm(
        {code: text}, sex=2, age=30, stands={}, today=date(2024, 3, 13), born=date(1994, 5, 6)
    )
    form.is_valid()
    assert bool(form.errors.get(code)) is wrong


def test_of_a_count_the_range_is_told_without_a_unit():
    form = HistoryForm(
        {"reproductive.living": "-1"}, sex=2, age=30, stands={}, today=date(2024, 3, 13)
    )
    form.is_valid()
    assert form.errors["reproductive.living"] == [
        "Thường trong khoảng 0 đến 25; xem lại số vừa gõ."
    ]


@pytest.mark.parametrize("seen", ["", "{", "[1]", json.dumps({"birth.weight": "nonsense"})])
def test_meddled_marks_break_nothing(my, seen):
    nurse = at_work()
    answer = nurse.post(
        f"/record/{my.pk}/form/", {"birth.weight": "3200", "seen": seen}, follow=True
    )
    assert answer.status_code == 200
    assert current("birth.weight").exists()


def test_the_paper_has_every_box_and_what_was_answered(my):
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), allergies__food="tôm", risk_factors__smoking="stopped",
         birth__preterm="on", disability__none="on", immunisation__tetanus_1="3/2010")  # fmt: skip
    text = " ".join(nurse.get(f"/record/{my.pk}/paper/").content.decode().split())
    for word in ("Giàng Thị Mỷ", "☒ Đã bỏ", "☐ Thường xuyên", "☒ Đẻ thiếu tháng", "tôm", "3/2010",
                 "đã hỏi, không có gì", "BCG", "UV5", "Số con hiện sống"):  # fmt: skip
        assert word in text


def test_nothing_to_report_is_called_so_in_every_section(my):
    nurse = at_work()
    fill(
        nurse,
        my,
        page_of(nurse, my),
        surgery__none="on",
        family_history__none="on",
        allergies__none="on",
    )
    said = Entry.objects.filter(code__endswith=".none").values_list("display", flat=True)
    assert list(said) == ["Đã hỏi, không có gì"] * 3


def test_the_words_of_an_illness_stand_on_the_record(my):
    nurse = at_work()
    fill(
        nurse, my, page_of(nurse, my), own_illnesses__cancer="đại tràng", own_illnesses__asthma="on"
    )
    text = nurse.get(f"/record/{my.pk}/").content.decode()
    assert "Ung thư: đại tràng" in text
    assert "Hen suyễn" in text


def test_a_sensitive_answer_takes_nobody_s_own_answer_away(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(other, my, page_of(other, my), risk_factors__drugs="no")
    fill(nurse, my, page_of(nurse, my), risk_factors__drugs="yes")
    assert page_of(other, my).context["form"]["risk_factors.drugs"].initial == "no"
    assert page_of(nurse, my).context["form"]["risk_factors.drugs"].initial == "yes"


def test_lines_of_two_people_are_added_up_and_taken_away_one_by_one(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(nurse, my, page_of(nurse, my), surgery__operation="ruột thừa 2015\nmắt")
    mine, theirs = page_of(nurse, my), page_of(other, my)
    fill(other, my, theirs, surgery__operation="ruột thừa 2015")
    fill(nurse, my, mine, surgery__operation="ruột thừa 2015\nmắt\ntay 2020")
    assert sorted(one.display for one in current("surgery.operation")) == [
        "ruột thừa 2015",
        "tay 2020",
    ]


def test_what_another_took_back_is_asked_about(my):
    nurse, other = at_work(), at_work("bac.si")
    fill(nurse, my, page_of(nurse, my), birth__weight="3200")
    mine, theirs = page_of(nurse, my), page_of(other, my)
    fill(other, my, theirs, birth__weight="")
    answer = fill(nurse, my, mine, birth__weight="3300")
    assert "(bỏ trống)" in answer.content.decode()
    assert not current("birth.weight").exists()


def test_a_mark_of_something_else_is_no_answer_that_was_shown(my):
    nurse = at_work()
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "I10"})
    visit = Entry.objects.get(kind="Encounter")
    seen = json.dumps({"birth.weight": f"{visit.entry}:1"})
    answer = nurse.post(
        f"/record/{my.pk}/form/", {"birth.weight": "3200", "seen": seen}, follow=True
    )
    assert answer.status_code == 200
    assert current("birth.weight").exists()


@pytest.mark.parametrize(
    ("typed", "grams"), [("3280", 3280), ("3.280", 3280), ("3,280", 3280), ("950.5", 950.5)]
)
def test_a_weight_is_read_as_pages_write_it(typed, grams):
    assert number_in(typed, WEIGHT) == grams


@pytest.mark.parametrize("typed", ["3.28", "32.80", "12.345", "0.328"])
def test_a_weight_beyond_its_range_is_a_slip_of_the_hand(typed):
    with pytest.raises(ValidationError):
        number_in(typed, WEIGHT)
