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
        ("12083000071", "012083000071", ""),  # a number in QĐ 130, text since QĐ 4750
        ("B1234567", "", ""),
        ("000000000000", "", ""),
        ("", "", ""),
    ],
)
def test_a_number_has_no_kind_but_its_form(text, pid, cmnd):
    said = person(SO_CCCD=text)
    assert (said.number, said.pid, said.cmnd) == (text, pid, cmnd)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0987.000.111", "0987000111"),
        ("+84 987 000 111", "0987000111"),
        ("987000111", "0987000111"),
        ("987", ""),
        ("", ""),
    ],
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
        # born in the house: NGAY_VAO is the mother's
        ({"NGAY_SINH": "202403130515", "MA_THE_BHYT": "", "NGAY_RA": "202403151000"}, True),
        ({"NGAY_SINH": "202403160515", "MA_THE_BHYT": "", "NGAY_RA": "202403151000"}, False),
    ],
)
def test_a_newborn_without_a_card_bears_a_parents_name(changes, newborn):
    said = person(**changes)
    assert said.newborn_under_parent is newborn
    assert said.may_match_by_name is not newborn


@pytest.mark.parametrize(
    ("number", "card", "under_parent", "own"),
    [
        ("012190000123", "DT2121234567890", True, []),  # both the mother's
        ("012190000123", "", True, []),
        ("", "DT2121234567890", True, []),
        ("045123456", "1234567890", True, []),
        ("012190000123", "TE1121234567890", False, ["TE1121234567890"]),
        ("", "DT2121234567890;TE1121234567890", False, ["TE1121234567890"]),
        ("012324000071", "TE1121234567890", False, ["TE1121234567890"]),
        ("012324000071", "1234567890", False, ["1234567890"]),
        ("", "1234567890", False, ["1234567890"]),
    ],
)
def test_what_no_newborn_has_is_a_parents(number, card, under_parent, own):
    said = person(NGAY_SINH="202403100515", SO_CCCD=number, MA_THE_BHYT=card)
    assert said.newborn_under_parent is under_parent
    assert [each.number for each in said.cards] == own


def test_a_newborn_with_its_own_card_is_not_found_by_a_parents_number():
    said = person(NGAY_SINH="202403100515", SO_CCCD="012190000123", MA_THE_BHYT="TE1121234567890")
    assert (said.pid, said.cmnd, said.may_match_by_name) == ("", "", True)


@pytest.mark.parametrize(
    ("name", "nameless"),
    [
        ("Bệnh viện đa khoa tỉnh", True),
        ("TRẠM Y TẾ XÃ SÙNG PHÀI", True),
        ("Bé gái bị bỏ rơi", True),
        ("Vô danh 03", True),
        ("KHÔNG RÕ", True),
        ("Nam, không rõ họ tên", True),
        ("Chưa có tên", True),
        ("Không biết tên", True),
        ("Người bệnh chưa rõ danh tính", True),
        ("BN không tên số 2", True),
        ("Unknown", True),
        ("BVĐK Lai Châu", True),
        ("TTYT Tam Đường", True),
        (".", True),
        ("Khổng Rõ", False),
        ("Thào A Chua", False),
        ("Sùng Chua Rõ", False),
        ("KHONG RO HO VA TEN", True),
        ("Bùi Văn Tyt", False),
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
