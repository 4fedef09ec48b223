"""Somebody is found by any words of their name, a year, a number; and only by who may see them."""

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.people.models import Identifier
from hssk.people.rules.searching import Asked, understood, ways
from hssk.people.services import Event, merge, open_care, search
from tests.village import commune, on_duty, village

pytestmark = pytest.mark.django_db
HOME, AWAY = "03403", "03387"


@pytest.fixture
def people():
    found = village(f"""
        {HOME} | Bản Tả | Giàng Thị Mỷ  | no | born=1970-05-06
        {HOME} | Bản Tả | Giàng Thị My  | no | born=1988-01-02
        {HOME} | Bản Tả | Lò Văn Sơn    | no | born=1958
        {AWAY} | Tổ 1   | Giàng Thị Mỷ Xa | no | born=1970-05-06
    """)
    Identifier.objects.create(person=found["Lò Văn Sơn"], kind="pid", value="012058000001")
    return found


def found(text, *, by=None):
    who = by or on_duty("can.bo", unit=commune(HOME))
    with within(access_of(who, timezone.localdate())):
        return [one.name for one in search(text)[0]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giàng Thị Mỷ", ["Giàng Thị Mỷ", "Giàng Thị My"]),
        ("giang thi my", ["Giàng Thị My", "Giàng Thị Mỷ"]),
        ("MỶ GIÀNG", ["Giàng Thị Mỷ", "Giàng Thị My"]),
        ("giang 1970", ["Giàng Thị Mỷ"]),
        ("my 2/1/1988", ["Giàng Thị My"]),
        ("son", ["Lò Văn Sơn"]),
        ("012058000001", ["Lò Văn Sơn"]),
        ("0120580", ["Lò Văn Sơn"]),
        ("000001", ["Lò Văn Sơn"]), ("58000001", ["Lò Văn Sơn"]), ("205800", []),
        ("son 0120580", ["Lò Văn Sơn"]),
        ("giang 0120580", []),
        ("1970", []), ("", []), ("x1", []), ("khong co ai", []), ("012", []), ("%", []), ("'", []),
    ],
)  # fmt: skip
def test_whoever_is_meant_is_found_the_nearest_first(people, text, names):
    assert found(text) == names


def test_nobody_of_elsewhere_is_found_and_whoever_is_in_care_is(people):
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=commune(HOME))
    assert found("giang thi my xa", by=nurse) == []
    away = people["Giàng Thị Mỷ Xa"]
    open_care(away.id, commune(HOME), Event.VISIT, at=timezone.now(), actor=nurse)
    assert found("giang thi my xa", by=nurse) == ["Giàng Thị Mỷ Xa"]


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUDITOR, Role.ADMINISTRATOR, Role.INTEGRATOR])
def test_who_may_not_see_the_register_finds_nobody(people, role):
    assert found("giang", by=on_duty("ai.do", role=role, unit=commune(HOME))) == []


def test_who_was_merged_is_found_once_by_any_of_their_names(people):
    merge(keep=people["Lò Văn Sơn"], drop=people["Giàng Thị My"], actor=on_duty("gop"))
    assert found("giang thi my 1988") == ["Lò Văn Sơn"]


@pytest.fixture
def of_ede():
    village(f"""
        {HOME} | Buôn A | H'Len Êban | no | born=1990
        {HOME} | Buôn A | Y Bhăm Niê-Kđăm | no | born=1970
        {HOME} | Buôn A | A-Blưih | no | born=1971
        {HOME} | Buôn A | Rơ Châm H Yên | no | born=1972
    """)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("H'Len", "H'Len Êban"), ("H’LEN ÊBAN", "H'Len Êban"), ("h len eban", "H'Len Êban"),
        ("hlen 1990", "H'Len Êban"), ("Hʼ Len", "H'Len Êban"), ("h-len", "H'Len Êban"),
        ("eban hlen", "H'Len Êban"), ("Y-Bhăm", "Y Bhăm Niê-Kđăm"), ("ybham", "Y Bhăm Niê-Kđăm"),
        ("y bham", "Y Bhăm Niê-Kđăm"), ("Niê-Kđăm", "Y Bhăm Niê-Kđăm"), ("a bluih", "A-Blưih"),
        ("Rơ Châm H'Yên", "Rơ Châm H Yên"), ("hyen", "Rơ Châm H Yên"),
    ],
)  # fmt: skip
def test_a_name_with_a_letter_of_sex_is_found_however_it_is_written(of_ede, text, name):
    assert found(text) == [name]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Mỷ giang", Asked(("my", "giang"), ("mỷ", "giang"))),
        ("mỷ mỷ", Asked(("my",), ("mỷ",))),
        ("6/5/1970", Asked(born=1970)),
        ("hn4121234567890", Asked(number="HN4121234567890")),
        ("1234567", Asked(number="1234567")),
        ("1850 2099", Asked(born=2099)),
        ("H’Len'", Asked(("h'len",), ("h’len'",))),
        ("1985", Asked(number="1985")),
    ],
)
def test_what_is_typed_is_understood(text, asked):
    assert understood(text) == asked


@pytest.mark.parametrize("text", ["Trần Khánh", "hoa", "Như Ý", "Đỗ Thị Yến", "012170000002", ""])
def test_most_names_are_written_one_way(text):
    assert ways(text) == [text]
