"""A typed visit is corrected and withdrawn: nothing is overwritten, each version says who and why,
and neither the walls nor the ledger are passed by."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.kit.moments import transaction_moment
from hssk.people.models import Basis
from hssk.people.services import Event, open_care
from hssk.records.models import Entry, Standing
from hssk.records.rules.typed import TypedVisit, entries_of
from hssk.records.services import Draft, about, write, writing
from tests.village import commune, on_duty, village

HOME, AWAY = "03403", "03387"
SAID = {"pressure": "165/95", "pulse": "75", "diagnosis": "J02.9; I10", "reason": "Đau đầu",
        "medicines": "Amlodipin 5mg\nParacetamol 500mg", "advice": "Ăn nhạt\nĐi bộ",
        "examinations.waist": "82,5"}  # fmt: skip


@pytest.fixture(autouse=True)
def each_act_has_its_moment(monkeypatch):
    """A test is one transaction, and that has one moment: here each act is a minute later."""
    minutes = count()
    monkeypatch.setattr(
        writing, "transaction_moment",
        lambda: transaction_moment() + timedelta(minutes=next(minutes)),
    )  # fmt: skip


@pytest.fixture
def my(db):
    people = village(f"{HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 sex=2")
    return people["Giàng Thị Mỷ"]


@pytest.fixture
def nurse(my):
    """Whoever typed the visit that the tests correct."""
    client = at_work()
    client.post(f"/record/{my.pk}/new/", SAID)
    return client


def at_work(role=Role.CLINICIAN, code=HOME, name="y.ta", **facts):
    client = Client()
    client.force_login(on_duty(name, role=role, unit=commune(code), **facts))
    return client


def page_of(my, more=""):
    visit = Entry.objects.filter(kind="Encounter").earliest("id").entry
    return f"/record/{my.pk}/visit/{visit}/{more}"


def shown(client, my):
    """What the form of the correction shows, as a browser would send it back."""
    form = client.get(page_of(my, "correct/")).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "key"}


def current(section):
    return set(Entry.objects.current().filter(section=section).values_list("display", flat=True))


def test_the_form_shows_the_visit_and_sent_back_as_it_is_it_changes_nothing(my, nurse):
    form = shown(nurse, my)
    said = {name: form[name].replace("Viêm họng cấp, không phân loại", "x") for name in SAID}
    assert said | {"diagnosis": ""} == SAID | {"diagnosis": ""}
    assert form["diagnosis"].startswith("J02.9 ")
    answer = nurse.post(page_of(my, "correct/"), {**form, "why": "xem lại"}, follow=True)
    assert "Không có gì thay đổi." in answer.content.decode()
    assert not Entry.objects.filter(version__gt=1).exists()


def test_a_correction_adds_versions_and_the_page_tells_who_why_and_what(my, nurse):
    form = shown(nurse, my) | {"pressure": "145/85", "why": "đọc nhầm máy đo",
                               "medicines": "Amlodipin 10mg"}  # fmt: skip
    without = {name: said for name, said in form.items() if name != "why"}
    assert "lấp" not in nurse.post(page_of(my, "correct/"), without).content.decode()
    assert not Entry.objects.filter(version__gt=1).exists()  # without a reason nothing is filed
    assert nurse.post(page_of(my, "correct/"), form).status_code == 302
    assert current("medicines") == {"Amlodipin 10mg"}
    assert Entry.objects.get(display="Amlodipin 5mg").replaced_at is not None
    changed = Entry.objects.filter(version=2)
    assert set(changed.values_list("display", "withdrawn", "why")) == {
        ("Huyết áp", False, "đọc nhầm máy đo"), ("Amlodipin 10mg", False, "đọc nhầm máy đo"),
        ("Paracetamol 500mg", True, "đọc nhầm máy đo"),
    }  # fmt: skip
    page = nurse.get(page_of(my))
    text = page.content.decode()
    for words in ("đọc nhầm máy đo", "Huyết áp: <del>165/95 mmHg</del> → <ins>145/85 mmHg</ins>",
                  "bỏ <del>Paracetamol 500mg</del>", "y.ta"):  # fmt: skip
        assert words in text
    assert [act["deed"] for act in page.context["acts"]] == ["Sửa", "Ghi lần đầu"]


def test_who_examined_is_told_by_the_name_of_the_person(my, db):
    client = at_work(name="lo.thi.mai", full_name="Lò Thị Mai")
    client.post(f"/record/{my.pk}/new/", SAID)
    for page in (page_of(my), f"/record/{my.pk}/paper/"):
        text = client.get(page).text
        assert "Lò Thị Mai" in text, page
        assert "<dd>lo.thi.mai</dd>" not in text, page


def test_it_is_read_as_it_was_known_at_a_moment(my, nurse):
    form = shown(nurse, my) | {"medicines": "Amlodipin 10mg", "why": "liều mới"}
    nurse.post(page_of(my, "correct/"), form)
    first = nurse.get(page_of(my)).context["acts"][-1]
    then = nurse.get(page_of(my), {"known": first["known"]})
    medicines = next(of for of in then.context["visit"]["sections"] if of["name"] == "Thuốc")
    assert {line["name"] for line in medicines["lines"]} == {"Amlodipin 5mg", "Paracetamol 500mg"}
    assert "như đã biết lúc" in then.content.decode()
    assert "correct/" not in then.content.decode()
    before = nurse.get(page_of(my), {"known": "2020-01-01T10:00"})
    assert "Lúc đó lần khám này chưa được ghi" in before.content.decode()
    assert nurse.get(page_of(my), {"known": "2024-99-99T10:00"}).context["at"] is None


def test_the_main_illness_stays_the_main_one_when_it_is_corrected(my, nurse):
    form = shown(nurse, my) | {"diagnosis": "J03.9; I10", "why": "viêm amidan"}
    nurse.post(page_of(my, "correct/"), form)
    title = nurse.get(page_of(my)).context["visit"]["title"]
    assert title.endswith("; Bệnh lý tăng huyết áp")
    swapped = shown(nurse, my)
    swapped["diagnosis"] = "; ".join(swapped["diagnosis"].split("; ")[::-1])
    nurse.post(page_of(my, "correct/"), swapped | {"why": "bệnh chính là tăng huyết áp"})
    page = nurse.get(page_of(my))
    assert page.context["visit"]["title"].startswith("Bệnh lý tăng huyết áp; ")
    assert page.context["acts"][0]["reordered"]


def test_a_withdrawn_visit_counts_nowhere_closes_its_care_and_stays_readable(my, nurse):
    assert stands(my) == 1
    asked = nurse.get(page_of(my, "withdraw/"))
    assert asked.context["count"] == 8
    nurse.post(page_of(my, "withdraw/"), {"why": ""})
    assert Entry.objects.current().exists()
    nurse.post(page_of(my, "withdraw/"), {"why": "ghi nhầm người"})
    assert not about(my.pk).current().exists()
    assert stands(my) == 0
    assert Basis.objects.get(person=my.pk).until <= timezone.now()
    record = nurse.get(f"/record/{my.pk}/").content.decode()
    assert "Amlodipin" not in record
    assert "ghi nhầm người" in record
    page = nurse.get(page_of(my))
    assert page.context["visit"] is None
    assert "đã được thu hồi" in page.content.decode()
    then = nurse.get(page_of(my), {"known": page.context["acts"][-1]["known"]}).content.decode()
    assert "Amlodipin 5mg" in then
    for way in ("correct/", "withdraw/"):  # it is gone: nobody corrects it
        assert nurse.get(page_of(my, way)).status_code == 404


def stands(my):
    """How many records are counted that say anything: as the ledger reads them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_settle(ARRAY[%s]::uuid[])", [my.pk])
    return Standing.objects.filter(person=my.pk, content__isnull=False).count()


def test_the_form_of_a_withdrawn_visit_sent_once_more_is_told_and_writes_nothing(my, db):
    client, key = at_work(), str(uuid4())
    client.post(f"/record/{my.pk}/new/", {"diagnosis": "I10", "key": key})
    client.post(page_of(my, "withdraw/"), {"why": "ghi trùng"})
    again = client.post(f"/record/{my.pk}/new/", {"diagnosis": "I10", "key": key})
    assert "đã được ghi trước đó" in again.content.decode()
    assert not Entry.objects.current().exists()


# who may


def test_a_colleague_of_the_station_may_and_nobody_else(my, nurse):
    colleague = at_work(name="dong.nghiep")
    form = shown(colleague, my) | {"pulse": "80", "why": "gõ nhầm"}
    colleague.post(page_of(my, "correct/"), form)
    assert Entry.objects.current().get(display="Mạch").author.username == "dong.nghiep"
    elsewhere = at_work(code=AWAY, name="noi.khac")
    others = [(elsewhere, 404), (at_work(Role.CLERK, name="van.thu"), 403),
              (at_work(Role.OFFICER, name="can.bo"), 403)]  # fmt: skip
    for client, status in others:
        for way in ("correct/", "withdraw/"):
            assert client.post(page_of(my, way), {**form, "why": "x"}).status_code == status
    # in care there as well, they read it and change nothing that was typed elsewhere
    user = on_duty("bac.si", role=Role.CLINICIAN, unit=commune(AWAY))
    open_care(my.pk, commune(AWAY), Event.REFERRAL, at=timezone.now(), actor=user)
    reads = Client()
    reads.force_login(user)
    assert reads.get(page_of(my)).context["may_correct"] is False
    assert reads.get(page_of(my, "correct/")).status_code == 404
    assert Entry.objects.filter(version=2).count() == 1


def test_whoever_has_the_person_no_longer_in_care_corrects_nothing(my, nurse):
    Basis.objects.update(until=timezone.now() + timedelta(seconds=0))
    assert nurse.get(page_of(my)).context["may_correct"] is False
    assert nurse.get(page_of(my, "correct/")).status_code == 404


def test_a_visit_that_a_file_brought_is_not_corrected_by_hand(my, nurse):
    key = uuid4()
    said = next(entries_of(TypedVisit(on=timezone.localdate(), reason="Ho"), key))
    write([Draft(key, my.pk, "visits", said.resource, visit=key)], source=7)
    page = nurse.get(f"/record/{my.pk}/visit/{key}/")
    assert page.context["visit"]["facts"][0][1] == "Ho"
    assert page.context["may_correct"] is False
    for way in ("correct/", "withdraw/"):
        assert nurse.get(f"/record/{my.pk}/visit/{key}/{way}").status_code == 404


def test_what_becomes_sensitive_is_hidden_with_all_that_it_was_before(my, nurse):
    colleague = at_work(name="dong.nghiep")
    assert "165" in colleague.get(page_of(my)).content.decode()
    theirs = shown(colleague, my) | {"diagnosis": "B24", "why": "kết quả mới"}
    refused = colleague.post(page_of(my, "correct/"), theirs).content.decode()
    assert "lần khám riêng" in refused  # its author would lose sight of it
    mine = shown(nurse, my) | {"diagnosis": "B24", "why": "kết quả mới"}
    nurse.post(page_of(my, "correct/"), mine)
    assert nurse.get(page_of(my)).context["acts"][0]["deed"] == "Sửa"
    assert Look.objects.latest("id").tier == "sensitive"
    assert colleague.get(page_of(my)).status_code == 404
    assert colleague.get(page_of(my, "correct/")).status_code == 404
    assert "J02.9" not in colleague.get(f"/record/{my.pk}/").content.decode()
    assert stands(my) == 0  # of what is sensitive nothing is counted


def test_two_who_correct_at_once_meet_only_in_one_field(my, nurse):
    colleague = at_work(name="dong.nghiep")
    mine, theirs = shown(nurse, my), shown(colleague, my)
    colleague.post(
        page_of(my, "correct/"), theirs | {"pulse": "90", "reason": "Ho", "why": "hỏi lại"}
    )
    met = nurse.post(
        page_of(my, "correct/"), mine | {"pulse": "60", "advice": "Nghỉ", "why": "đếm lại"}
    )
    assert "dong.nghiep đã ghi: “90”" in met.content.decode()
    again = met.context["form"].data
    assert (again["pulse"], again["reason"]) == ("60", "Ho")  # what I left is theirs by now
    nurse.post(page_of(my, "correct/"), again)
    said = shown(nurse, my)
    assert (said["pulse"], said["reason"], said["advice"]) == ("60", "Ho", "Nghỉ")
    assert Entry.objects.filter(display="Mạch").count() == 3
