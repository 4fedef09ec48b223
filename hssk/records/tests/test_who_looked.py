"""Who looked at somebody is told on their record to whoever treats them: duties, no names."""

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, look, refused, within, write_refused
from hssk.access.tiers import Kind
from hssk.people.models import Basis
from hssk.people.services import Event, merge, open_care
from hssk.records.services import looked_at
from tests.village import commune, on_duty, village

HOME, AWAY = "03403", "03387"
pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return village(f"""
        {HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06
        {HOME} | Bản Tả | Giàng Mỷ     | no | born=1970-05-06
        {HOME} | Bản Tả | Lò Văn Sơn   | no | born=1958-03-05
    """)


def looks(user, act, *whom, basis=Kind.AREA, right=Right.REGISTER):
    who = access_of(user, timezone.localdate())
    with within(who):
        look(who, act, right, [one.pk for one in whom], basis=basis)


def asked(user, person):
    with within(access_of(user, timezone.localdate())):
        return looked_at(person.pk, most=10)


@pytest.fixture
def nurse(people):
    user = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(HOME))
    open_care(people["Giàng Thị Mỷ"].pk, commune(HOME), Event.VISIT, at=timezone.now(), actor=user)
    return user


def test_the_record_tells_the_last_looks_and_how_many_without_a_name(people, nurse):
    my, clerk = people["Giàng Thị Mỷ"], on_duty("lo.thi.bia", Role.CLERK, commune(HOME))
    client = Client()
    client.force_login(nurse)
    assert "Chưa có ai." in client.get(f"/record/{my.pk}/").content.decode()
    for _time in range(12):
        looks(clerk, "list", my, people["Lò Văn Sơn"])
    page = client.get(f"/record/{my.pk}/")
    told = page.context["looked"]
    assert (told["count"], len(told["lines"])) == (12, 10)
    assert told["lines"][0]["act"] == "xem danh sách"
    assert commune(HOME).name in told["lines"][0]["who"]
    text = page.content.decode()
    for hidden in ("lo.thi.bia", "Lò Văn Sơn"):
        assert hidden not in text


def test_where_somebody_is_treated_is_not_told_by_who_looked(people, nurse):
    my = people["Giàng Thị Mỷ"]
    doctor = on_duty("bac.si", Role.CLINICIAN, commune(AWAY))
    looks(doctor, "open", my, basis=Kind.CARE, right=Right.RECORD)
    looks(doctor, "list", my)
    assert asked(nurse, my).count == 0
    looks(doctor, "open", my, basis=Kind.BREAK_GLASS, right=Right.EMERGENCY)
    assert [one.basis for one in asked(nurse, my).looks] == ["break-glass"]


def test_nobody_is_told_without_care_whatever_they_ask_the_database(people, nurse):
    my, son = people["Giàng Thị Mỷ"], people["Lò Văn Sơn"]
    looks(on_duty("can.bo", unit=commune(HOME)), "open", my, son)
    assert asked(nurse, my).count == 1
    assert asked(nurse, son).count == 0  # of their area, and not in their care
    for name, role, code in (("a", Role.CLINICIAN, AWAY), ("b", Role.CLERK, HOME),
                             ("c", Role.ADMINISTRATOR, HOME), ("d", Role.AUDITOR, HOME)):  # fmt: skip
        assert asked(on_duty(name, role, commune(code)), my).count == 0
    Basis.objects.update(until=timezone.now())
    assert asked(nurse, my).count == 0


def test_what_must_not_be_known_is_not_told(people, nurse):
    my = people["Giàng Thị Mỷ"]
    other = on_duty("kiem.tra", Role.AUDITOR)
    looks(other, "open", my, basis=Kind.AUDIT, right=Right.LOOKS)
    looks(other, "match", my)
    looks(other, "propose", my)
    looks(other, "open", my, basis=Kind.GUARDIAN)
    who = access_of(other, timezone.localdate())
    refused(who, "open", Right.RECORD, [my.pk])
    write_refused(who)
    assert Look.objects.count() == 5
    assert asked(nurse, my).count == 0


def test_looks_under_every_key_of_the_person_count_and_those_of_nobody_else(people, nurse):
    my, twice = people["Giàng Thị Mỷ"], people["Giàng Mỷ"]
    looks(on_duty("can.bo", unit=commune(HOME)), "open", twice)
    assert asked(nurse, my).count == 0
    merge(keep=my, drop=twice, actor=nurse)
    assert [one.basis for one in asked(nurse, my).looks] == ["area"]
