"""A visit that somebody types: sound, filed under its author, opening care; and its form."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look, Post
from hssk.access.rights import Role
from hssk.kit.tests.browser import browser_page, show
from hssk.people.models import Basis
from hssk.records.forms import VisitForm
from hssk.records.models import Entry
from hssk.records.rules.fhir import faults_of
from hssk.records.rules.icd10 import QD4469, TT06, system_on
from hssk.records.rules.typed import TypedVisit, entries_of
from tests.village import commune, on_duty, village

HOME, AWAY = "03403", "03387"
VISIT = TypedVisit(
    on=date(2024, 3, 5), reason="Đau đầu <nhiều>",
    figures={"systolic": 165, "diastolic": 95, "pulse": 75, "temperature": 36.8, "breaths": 18,
             "weight": 62.5, "height": 160, "spo2": 98, "glucose": 7.8},
    diseases=(("I10", "Bệnh lý tăng huyết áp"), ("", "mệt lâu ngày")),
    medicines=("Amlodipin 5mg, 1 viên sáng",), advice="Ăn nhạt & đi bộ",
)  # fmt: skip


def test_every_entry_of_a_typed_visit_is_sound():
    key = uuid4()
    found = list(entries_of(VISIT, key))
    assert len({said.entry for said in found}) == len(found) == 12
    beside = {f"{said.resource['resourceType']}/{said.entry}" for said in found}
    for said in found:
        assert faults_of(said.resource, beside=beside) == []


def test_a_code_is_of_the_edition_of_its_day():
    assert system_on(date(2026, 6, 30)) == QD4469
    assert system_on(date(2026, 7, 1)) == TT06


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        ("pressure", "120/80", False), ("pulse", "nan", True), ("pulse", "1e999", True), ("diagnosis", " ; ", True), ("pressure", "120 80", False), ("pressure", "120-80", False),
        ("pressure", "80/120", True), ("pressure", "120", True), ("pressure", "999/80", True),
        ("temperature", "36,8", False), ("temperature", "368", True), ("temperature", "cao", True),
        ("weight", "62.5", False), ("weight", "0", True), ("height", "16", True),
        ("pulse", "75", False), ("glucose", "7,8", False), ("glucose", "126", True), ("spo2", "101", True), ("diagnosis", "", True), ("diagnosis", ";".join("abcdefghijklm"), True),
    ],
)  # fmt: skip
def test_a_slip_of_the_hand_is_told(field, text, wrong):
    form = VisitForm({"diagnosis": "I10", field: text})
    assert bool(form.errors.get(field)) is wrong


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I10 Bệnh lý tăng huyết áp", ("I10", "Bệnh lý tăng huyết áp")),
        ("i10", ("I10", "Bệnh lý tăng huyết áp")),
        ("cao huyet ap", ("I10", "Bệnh lý tăng huyết áp")),
        ("mệt lâu ngày", ("", "mệt lâu ngày")),
    ],
)
def test_a_disease_is_known_by_its_code_or_what_it_is_called(typed, meant):
    form = VisitForm({"diagnosis": f"{typed}; J02.9"})
    assert form.is_valid()
    assert form.cleaned_data["diagnosis"][0] == meant


# pages


@pytest.fixture
def my(db):
    return village(f"{HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06")["Giàng Thị Mỷ"]


def at_work(role=Role.CLINICIAN, code=HOME, name="y.ta"):
    client = Client()
    client.force_login(on_duty(name, role=role, unit=commune(code)))
    return client


def test_a_visit_is_filed_and_opens_the_record_to_its_station(my):
    nurse = at_work()
    assert "Chưa đọc được mục nào" in nurse.get(f"/record/{my.pk}/").content.decode()
    given = {"pressure": "165/95", "diagnosis": "cao huyet ap", "medicines": "Amlodipin 5mg\n\n"}
    answer = nurse.post(f"/record/{my.pk}/new/", given)
    assert (answer.status_code, answer.url) == (302, f"/record/{my.pk}/")
    page = nurse.get(f"/record/{my.pk}/").content.decode()
    for word in ("Bệnh lý tăng huyết áp", "Amlodipin 5mg", "165", "ngoài khoảng thường gặp"):
        assert word in page
    assert Entry.objects.filter(author__username="y.ta").count() == 4
    assert Basis.objects.get(person=my.pk).why == "visit"
    colleague = at_work(name="dong.nghiep")
    assert "Amlodipin 5mg" in colleague.get(f"/record/{my.pk}/").content.decode()


def test_of_two_posts_the_visit_is_at_the_station_where_the_person_lives(my):
    nurse = on_duty("hai.tram", Role.CLINICIAN, commune(AWAY))
    here = {"role": Role.CLINICIAN, "unit": commune(HOME), "since": date(2024, 1, 1)}
    Post.objects.create(user=nurse, granted_by=nurse, **here)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(nurse)
    client.post(f"/record/{my.pk}/new/", {"pressure": "165/95", "diagnosis": "I10"})
    assert Basis.objects.get(person=my.pk).unit == commune(HOME)


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(my):
    page = at_work().post(f"/record/{my.pk}/new/", {"pressure": "80/120", "diagnosis": "I10"})
    text = page.content.decode()
    assert "Số trên phải lớn hơn số dưới." in text
    assert 'value="80/120"' in text
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.CLINICIAN, AWAY, 404), (Role.CLERK, HOME, 403), (Role.OFFICER, HOME, 403),
        (Role.COLLABORATOR, HOME, 403), (Role.CHAIR, HOME, 403),
    ],
)  # fmt: skip
def test_nobody_else_reads_or_writes_a_record(my, role, code, status):
    client = at_work(role, code)
    for address in (f"/record/{my.pk}/", f"/record/{my.pk}/new/"):
        assert client.get(address).status_code == status
    client.post(f"/record/{my.pk}/new/", {"diagnosis": "I10"})
    assert Entry.objects.count() == 0


def test_a_visit_page_shows_one_visit_and_nothing_of_another(my):
    nurse = at_work()
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "I10", "medicines": "Amlodipin"})
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "J02.9", "medicines": "Paracetamol"})
    visit = Entry.objects.get(display="Paracetamol").visit
    page = nurse.get(f"/record/{my.pk}/visit/{visit}/").content.decode()
    assert "Paracetamol" in page
    assert "Amlodipin" not in page
    assert nurse.get(f"/record/{my.pk}/visit/{uuid4()}/").status_code == 404


def test_what_is_typed_on_the_form_is_read_on_the_page_of_the_visit_and_on_paper(my):
    nurse = at_work()
    said = {"diagnosis": "I10", "reason": "Đau đầu & chóng mặt", "advice": "Ăn nhạt\nĐo mỗi sáng"}
    nurse.post(f"/record/{my.pk}/new/", said)
    visit = Entry.objects.get(kind="Encounter").entry
    for address in (f"visit/{visit}/", "paper/"):
        page = nurse.get(f"/record/{my.pk}/{address}").content.decode()
        for words in ("Đau đầu &amp; chóng mặt", "Ăn nhạt<br>Đo mỗi sáng", "y.ta"):
            assert words in page
    line = nurse.get(f"/record/{my.pk}/").context["years"][0]["visits"][0]
    assert "Đau đầu & chóng mặt" in line["what"]


def test_a_sensitive_visit_is_its_authors_alone_and_leaves_no_trace(my):
    nurse, colleague = at_work(), at_work(name="dong.nghiep")
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "J02.9"})
    before = colleague.get(f"/record/{my.pk}/").content
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "B24", "medicines": "Dolutegravir"})
    assert "Dolutegravir" in nurse.get(f"/record/{my.pk}/").content.decode()
    assert _without_tokens(colleague.get(f"/record/{my.pk}/").content) == _without_tokens(before)


def _without_tokens(page: bytes) -> list[bytes]:
    """What the page says of the person: not its tokens, nor how often somebody has looked since."""
    said, _looks, after = page.partition("Ai đã xem".encode())
    lines = (said + after.partition(b"</details>")[2]).splitlines()
    return [line for line in lines if b"csrfmiddlewaretoken" not in line]


def test_diseases_are_offered_to_whoever_types(my):
    answer = at_work().post("/record/diseases/", {"q": "cao huyet ap"})
    assert answer.json()["diseases"][0] == "I10 Bệnh lý tăng huyết áp"


def test_the_day_of_the_visit_is_today(my):
    at_work().post(f"/record/{my.pk}/new/", {"diagnosis": "I10"})
    assert Entry.objects.get(kind="Encounter").on == timezone.localdate()


def test_a_form_sent_twice_is_one_visit(my):
    nurse, given = at_work(), {"diagnosis": "I10", "key": str(uuid4())}
    for _time in range(2):
        assert nurse.post(f"/record/{my.pk}/new/", given).status_code == 302
    assert Entry.objects.filter(kind="Encounter").count() == Basis.objects.count() == 1


def test_what_is_pasted_with_odd_blanks_is_filed_plain(my):
    given = {"diagnosis": "I10", "medicines": "Paracetamol\u00a0500mg\x0b", "reason": "a\x00b"}
    assert at_work().post(f"/record/{my.pk}/new/", given).status_code == 302
    assert Entry.objects.filter(display="Paracetamol 500mg").exists()


# what stands beside the record


def test_the_household_stands_beside_the_record_and_only_as_the_register_tells_it(db):
    people = village(f"""
        {HOME} | Bản Tả | Giàng Thị Mỷ  | no | born=1970-05-06 household=7
        {HOME} | Bản Tả | Giàng A Páo   | no | born=2001-05-06 household=7
        {HOME} | Bản Tả | Lò Văn Xa     | no | born=1990-05-06 household=8
    """)
    page = at_work().get(f"/record/{people['Giàng Thị Mỷ'].pk}/")
    assert [line["person"].name for line in page.context["household"]] == ["Giàng A Páo"]
    assert Look.objects.filter(people__contains=[people["Giàng A Páo"].pk], act="list").exists()


def test_a_word_without_a_blank_widens_no_page(fresh_database):
    who = village(f"{HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06")["Giàng Thị Mỷ"]
    nurse = at_work()
    nurse.post(f"/record/{who.pk}/new/", {"diagnosis": "x" * 400, "reason": "y" * 200})
    with browser_page(360) as page:
        show(page, nurse.get(f"/record/{who.pk}/").text)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_child_is_told_which_doses_are_due(db):
    born = timezone.localdate() - timedelta(days=70)
    child = village(f"{HOME} | Bản Tả | Giàng A Bé | no | born={born}")["Giàng A Bé"]
    text = at_work().get(f"/record/{child.pk}/").content.decode()
    assert "Đến lịch, chưa tiêm" in text
    assert "DPT-VGB-Hib 1" in text
    assert "Sởi 1" not in text


def test_the_form_is_opened_with_the_key_of_its_visit(my):
    form = at_work().get(f"/record/{my.pk}/new/").context["form"]
    assert form["key"].value()


def test_a_closer_look_is_part_of_the_visit(my):
    nurse = at_work()
    given = {"diagnosis": "I10", "examinations.waist": "82,5", "examinations.heart": "T1, T2 đều",
             "examinations.sight_left": "9/10", "results.blood": "HC 4,2"}  # fmt: skip
    nurse.post(f"/record/{my.pk}/new/", given)
    waist = Entry.objects.get(code="examinations.waist")
    assert waist.resource["valueQuantity"]["value"] == 82.5
    visit = Entry.objects.get(kind="Encounter").entry
    assert Entry.objects.filter(visit=visit, section="examinations").count() == 3
    text = nurse.get(f"/record/{my.pk}/visit/{visit}/").content.decode()
    for word in ("Vòng bụng", "T1, T2 đều", "9/10", "HC 4,2"):
        assert word in text
    wrong = nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "I10", "examinations.waist": "800"})
    assert "Thường trong khoảng" in wrong.content.decode()


def test_another_visit_from_a_page_that_was_filed_is_not_lost_with_a_word_of_success(my):
    nurse, key = at_work(), str(uuid4())
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "I10", "key": key})
    again = nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "J18.9", "key": key})
    assert "đã được ghi trước đó" in again.content.decode()
    new = again.context["form"]["key"].value()
    assert new != key
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "J18.9", "key": new})
    assert Entry.objects.filter(kind="Encounter").count() == 2


def test_the_body_mass_index_is_worked_out_where_both_were_measured(my):
    nurse = at_work()
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "J02.9", "weight": "62,5", "height": "160"})
    visit = Entry.objects.get(kind="Encounter").entry
    assert "<dt>BMI</dt><dd>24,4 kg/m²</dd>" in nurse.get(f"/record/{my.pk}/visit/{visit}/").text
    assert "BMI 24,4 kg/m²" in nurse.get(f"/record/{my.pk}/paper/").text
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "I10", "weight": "62,5"})
    visit = Entry.objects.filter(kind="Encounter").latest("id").entry
    assert "BMI" not in nurse.get(f"/record/{my.pk}/visit/{visit}/").text
    assert not Entry.objects.filter(display__contains="BMI").exists()


def test_a_station_draws_the_sugar_that_it_measures(my):
    nurse = at_work()
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "E11.9", "glucose": "7,8", "spo2": "97"})
    (sugar, oxygen) = nurse.get(f"/record/{my.pk}/").context["trends"]
    assert (sugar["name"], sugar["value"], sugar["unusual"]) == ("Đường huyết", "7,8", True)
    assert (oxygen["name"], oxygen["value"]) == ("SpO2", "97")


def test_a_diagnosis_is_what_the_visit_concluded_and_no_answer_of_the_history(my):
    nurse = at_work()
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "I10"})
    assert Entry.objects.get(code="I10").section == "conclusion"
    page = nurse.get(f"/record/{my.pk}/")
    assert "Chẩn đoán, kết luận" in nurse.get(f"/record/{my.pk}/paper/").text
    assert "Tiền sử bệnh tật" in [part["name"] for part in page.context["filling"]["lacking"]]
    assert [one.code for one in page.context["summary"].problems] == ["I10"]


def test_in_english_what_was_measured_is_no_outcome_and_one_part_is_one(my):
    nurse = at_work()
    nurse.post(f"/record/{my.pk}/new/", {"diagnosis": "I10", "pulse": "75"})
    nurse.cookies["django_language"] = "en"
    text = " ".join(nurse.get(f"/record/{my.pk}/").text.split())
    assert "Results: " in text
    assert "Outcome: " not in text
    form = nurse.get(f"/record/{my.pk}/form/").context["form"]
    said = [str(label) for _key, label in form.fields["risk_factors.smoking"].choices]
    assert said == ["not asked", "No", "Yes", "Regularly", "Stopped"]
