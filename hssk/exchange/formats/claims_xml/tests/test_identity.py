"""What a claim says of the person."""

from datetime import date

import pytest

from hssk.exchange.formats.claims_xml import read_claims
from hssk.exchange.formats.claims_xml.identity import identity_of
from hssk.exchange.formats.claims_xml.tests.making import envelope, hoso, one


def person(**changes):
    (claim,) = read_claims(envelope(hoso({"XML1": [one(**changes)]})).encode())
    return identity_of(claim)


def test_what_xml1_says():
    said = person()
    assert said.name == "Giàng A Tủa"
    assert (said.birth.number, said.sex) == (19830504, 1)
    assert (said.number, said.pid, said.cmnd) == ("012083000071", "012083000071", "")
    assert [card.number for card in said.cards] == ["HN2121212345678"]
    assert (said.phone, said.address) == ("0987000111", "Bản Sùng Chô, xã Sùng Phài")
    assert (said.province, said.district, said.commune) == ("12", "105", "03403")
    assert (said.ethnicity, said.nationality, said.occupation) == ("08", "000", "61110")
    assert (said.patient_code, said.on) == ("BN77", date(2024, 3, 11))
    assert said.may_match_by_name


@pytest.mark.parametrize(
    ("text", "pid", "cmnd"),
    [
        ("012 083 000 071", "012083000071", ""),
        ("045123456", "", "045123456"),
        ("B1234567", "", ""),
        ("", "", ""),
    ],
)
def test_a_number_has_no_kind_but_its_form(text, pid, cmnd):
    said = person(SO_CCCD=text)
    assert (said.number, said.pid, said.cmnd) == (text, pid, cmnd)


@pytest.mark.parametrize(
    ("text", "phone"),
    [("0987.000.111", "0987000111"), ("+84 987 000 111", "0987000111"), ("987", ""), ("", "")],
)
def test_phones(text, phone):
    assert person(DIEN_THOAI=text).phone == phone


@pytest.mark.parametrize(
    ("changes", "newborn"),
    [
        ({"NGAY_SINH": "202403100515", "MA_THE_BHYT": ""}, True),
        ({"NGAY_SINH": "202402120515", "MA_THE_BHYT": ""}, True),  # 28 days
        ({"NGAY_SINH": "202402110515", "MA_THE_BHYT": ""}, False),
        ({"NGAY_SINH": "202403100515", "MA_THE_BHYT": "TE1121234567890"}, False),
        ({"NGAY_SINH": "202400000000", "MA_THE_BHYT": ""}, False),
        ({"NGAY_SINH": "", "MA_THE_BHYT": ""}, False),
        ({"NGAY_SINH": "202403100515", "MA_THE_BHYT": "", "NGAY_VAO": ""}, False),
        ({"NGAY_SINH": "202404100515", "MA_THE_BHYT": ""}, False),
    ],
)
def test_a_newborn_without_a_card_bears_a_parents_name(changes, newborn):
    said = person(**changes)
    assert said.newborn_under_parent is newborn
    assert said.may_match_by_name is not newborn


@pytest.mark.parametrize(
    ("name", "nameless"),
    [
        ("Bệnh viện đa khoa tỉnh", True),
        ("TRẠM Y TẾ XÃ SÙNG PHÀI", True),
        ("Bé gái bị bỏ rơi", True),
        ("Vô danh 03", True),
        ("Lò Thị Trung Tâm", False),
        ("Giàng A Tủa", False),
    ],
)
def test_a_facilitys_name_is_nobodys(name, nameless):
    said = person(HO_TEN=name)
    assert (said.nameless, said.may_match_by_name) == (nameless, not nameless)


def test_sex_undetermined():
    assert [person(GIOI_TINH=text).sex for text in ("1", "2", "3", "")] == [1, 2, 0, 0]


def test_a_check_in_alone_says_less():
    row = {"MA_LK": "LK9", "HO_TEN": "Lò Thị Mai", "NGAY_SINH": "19900000", "MA_CSKCB": "12001"}
    (claim,) = read_claims(envelope(hoso({"XML0": [row]})).encode())
    said = identity_of(claim)
    assert (said.name, said.birth.number, said.address) == ("Lò Thị Mai", 19900000, "")


def test_without_either_there_is_nobody():
    (claim,) = read_claims(envelope(hoso({"XML4": [{"MA_LK": "LK9"}]})).encode())
    assert identity_of(claim) is None
