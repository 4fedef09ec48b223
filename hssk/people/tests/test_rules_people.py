"""Relations, peoples, names, the residence that counts, and what is shown of a person."""

import random
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.kit.dates import PartialDate
from hssk.people.rules import (
    PEOPLES,
    RELATIONS,
    PersonFacts,
    Stated,
    compare_names,
    counted_stay,
    display_name,
    ethnicity_code,
    is_marked,
    person_from_statements,
    relation_code,
    spelling_key,
)


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("01", "Chủ hộ|CHU HO|Là chủ hộ|CH|Chủ|01|chủ hộ."),
        ("02", "Vợ|Chồng|vợ/chồng|Vợ cả|Vợ chủ hộ"),
        ("03", "Con|Con đẻ|con trai|Con gái út|Con thứ 2|CON DE"),
        ("04", "Con nuôi|con nuoi"),
        ("05", "Bố|Mẹ|cha đẻ|má|ba|Mẹ đẻ|mẹ nuôi"),
        ("06", "Bố vợ|mẹ chồng|Bố chồng"),
        ("07", "Anh|Chị gái|em ruột|Em trai"),
        ("08", "Con dâu|Con rể|Con dâu cả"),
        ("09", "Cháu|Cháu nội|cháu ngoại|Chắt|Cháu dâu"),
        ("10", "Ông|Bà|bà|Ông nội|bà ngoại|Cụ"),
        ("11", "Cô|dì|Chú|bác|Anh rể|Chị dâu|em vợ|Họ hàng|họ hàng xa"),
        ("12", "Ở nhờ|ở thuê|Người ở nhờ|Không họ hàng|Không có quan hệ|Bạn|Người giúp việc"),
        ("99", "Con riêng|thành viên|khác|xyz"),
        ("", "| |."),
    ],
)
def test_a_relation_has_one_code(code, texts):
    assert {text: relation_code(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), code
    )
    assert not code or code in RELATIONS


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("01", "Kinh|KINH|Việt|dân tộc Kinh|01|1"),
        ("02", "Tày"),
        ("03", "Thái|Thái trắng|Thái đen|THAI|Dân tộc: Thái|người Thái"),
        ("04", "Hoa|Hán"),
        ("08", "Mông|H'Mông|H’Mông|Hmông|HMong|Mèo|Mông hoa|H'Mông trắng|08"),
        ("09", "Dao|Dao đỏ|Dao quần chẹt|Mán"),
        ("25", "Giáy|Dáy|Nhắng"),
        ("29", "Khơ-mú|Khơ mú|Khmú"),
        ("35", "Hà Nhì|Hà Nhì đen|HA NHI"),
        ("41", "La Hủ|La Hủ vàng"),
        ("42", "Lự"),
        ("45", "Mảng"),
        ("47", "Cơ Lao|Cơ lao đỏ"),
        ("48", "Cống"),
        ("50", "Si La"),
        ("55", "Người nước ngoài|Thái Lan|Hoa Kỳ"),
        ("", "|Khác|không rõ|99|00|Thái bình"),
    ],
)
def test_a_people_has_the_code_of_health_data(code, texts):
    assert {text: ethnicity_code(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), code
    )


@pytest.mark.parametrize(("code", "name"), PEOPLES.items())
def test_every_people_is_known_by_its_own_name_in_any_case(code, name):
    assert ethnicity_code(name) == ethnicity_code(name.upper()) == code


def test_there_are_54_peoples_and_foreigners_numbered_as_the_decision_numbers_them():
    assert len(PEOPLES) == 55
    assert (PEOPLES["04"], PEOPLES["06"], PEOPLES["54"]) == ("Hoa", "Mường", "Rơ-măm")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("LÒ THỊ HƯƠNG", "Lò Thị Hương"),
        ("lò thị hương", "Lò Thị Hương"),
        ("Lò thị Hương", "Lò thị Hương"),
        ("  VÀNG  A  CHÂU ", "Vàng A Châu"),
        ("H'MAI ÊBAN", "H'Mai Êban"),
        ("", ""),
    ],
)
def test_a_name_is_shown_as_written_unless_it_shouts(written, shown):
    assert display_name(written) == shown


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("Hoà", "HÒA", "same"),
        ("Nguyễn Thị Thuỷ", "nguyễn thị thủy", "same"),
        ("Lò Thị Hương", "LO THI HUONG", "unmarked"),
        ("Lò Thị Hương", "Lò Hương", "shorter"),
        ("Lò Văn Thị Hương", "Lò Thị Hương", "shorter"),
        ("Lò Thị Hương", "Lò Thị Hường", "different"),
        ("Lò Thị Hương", "Lò Văn Hương", "different"),
        ("Hương", "Lò Hương", "different"),
        ("", "Lò Hương", "different"),
        ("Lò Hương", " ", "different"),
    ],
)
def test_two_writings_of_a_name_agree(one, other, agreement):
    assert compare_names(one, other) == compare_names(other, one) == agreement


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("H'Len Êban", "H LEN ÊBAN", "same"), ("H’Len Êban", "H-Len Êban", "same"),
        ("H'Len Êban", "H LEN EBAN", "unmarked"), ("Y Bhăm Niê Kđăm", "Y-Bhăm Niê", "shorter"),
        ("H'Len Êban", "H'Yuin Êban", "different"), ("-", "'", "different"),
    ],
)  # fmt: skip
def test_a_letter_of_sex_is_written_in_many_ways(one, other, agreement):
    assert compare_names(one, other) == compare_names(other, one) == agreement


@given(st.text(alphabet="aàáảãạăâbcdđeêghiklmnoóòôơpquưyỳ ", max_size=30))
def test_a_spelling_key_stays_itself(name):
    assert spelling_key(spelling_key(name)) == spelling_key(name)


def test_lost_marks_are_seen():
    assert is_marked("Lò Thị Đào")
    assert not is_marked("Lo Thi Dao")


@dataclass(frozen=True)
class Home:
    kind: str
    since: date
    until: date | None = None
    id: int = 0


DAY = date(2024, 3, 13)
OLD, RECENT = date(2020, 1, 1), date(2023, 1, 1)


@pytest.mark.parametrize(
    ("homes", "counted"),
    [
        ([Home("P", OLD), Home("T", OLD), Home("C", OLD)], Home("C", OLD)),
        ([Home("P", RECENT), Home("T", OLD)], Home("T", OLD)),
        ([Home("P", OLD), Home("P", RECENT)], Home("P", RECENT)),
        ([Home("P", OLD, id=1), Home("P", OLD, id=2)], Home("P", OLD, id=2)),
        ([Home("P", OLD), Home("C", OLD, until=DAY)], Home("P", OLD)),  # half-open
        ([Home("C", DAY)], Home("C", DAY)),
        ([Home("C", date(2024, 3, 14))], None),
        ([], None),
    ],
)
def test_a_resident_counts_once_where_they_live_now(homes, counted):
    assert counted_stay(homes, DAY) == counted
    assert counted_stay(reversed(homes), DAY) == counted


def said(kind, on, **facts):
    return Stated(kind=kind, on=on, **{"row": 1, **facts})


@pytest.mark.parametrize(
    ("statements", "shown"),
    [
        ([], PersonFacts()),
        ([said("records", DAY)], PersonFacts()),
        (
            [said("records", DAY, name="LÒ THỊ HƯƠNG", sex=2)],
            PersonFacts(name="Lò Thị Hương", sex=2),
        ),
        (  # a roster speaks before a record, however old
            [said("roster", OLD, name="Lò Thị Hường"), said("records", DAY, name="Lò Thị Hương")],
            PersonFacts(name="Lò Thị Hường"),
        ),
        (  # but a record gives back the marks that the roster lost
            [said("roster", DAY, name="Lo Thi Huong"), said("records", OLD, name="LÒ THỊ HƯƠNG")],
            PersonFacts(name="Lò Thị Hương"),
        ),
        (
            [said("roster", OLD, name="Lò A"), said("roster", RECENT, name="Lò B")],
            PersonFacts(name="Lò B"),
        ),
        (  # what awaits a decision speaks last
            [said("roster", DAY, name="Lò A", decided=False), said("records", OLD, name="Lò B")],
            PersonFacts(name="Lò B"),
        ),
        (  # the day beats the year, if it is in the year
            [
                said("roster", DAY, birth=PartialDate.of(1978)),
                said("records", OLD, birth=PartialDate.of(1978, 7, 5)),
            ],
            PersonFacts(birth=PartialDate.of(1978, 7, 5)),
        ),
        (
            [
                said("roster", DAY, birth=PartialDate.of(1978)),
                said("records", OLD, birth=PartialDate.of(1979, 7, 5)),
            ],
            PersonFacts(birth=PartialDate.of(1978)),
        ),
        (
            [
                said("roster", DAY, birth=PartialDate.of(1978, 3)),
                said("records", OLD, birth=PartialDate.of(1978, 7, 5)),
            ],
            PersonFacts(birth=PartialDate.of(1978, 3)),
        ),
        (  # 1 January is what lists write for a year
            [
                said("roster", DAY, birth=PartialDate.of(1978, 1, 1)),
                said("records", OLD, birth=PartialDate.of(1978, 7, 5)),
            ],
            PersonFacts(birth=PartialDate.of(1978, 7, 5)),
        ),
        (
            [
                said("roster", DAY, birth=PartialDate.of(1978, 7, 6)),
                said("records", OLD, birth=PartialDate.of(1978, 7, 5)),
            ],
            PersonFacts(birth=PartialDate.of(1978, 7, 6)),
        ),
        (
            [said("roster", DAY), said("records", OLD, sex=2, ethnicity="Thái")],
            PersonFacts(sex=2, ethnicity="Thái"),
        ),
    ],
)
def test_the_best_that_is_stated_is_shown(statements, shown):
    assert person_from_statements(statements) == shown


def test_what_is_shown_does_not_depend_on_the_order_of_statements():
    dice = random.Random(1)
    statements = [
        said("roster", OLD, row=row, name=name, birth=birth, sex=row % 3)
        for row, (name, birth) in enumerate(
            [
                ("Lo Thi Huong", PartialDate.of(1978)),
                ("Lò Thị Hương", PartialDate.of(1978, 1, 1)),
                ("Lò Thị Hường", PartialDate.of(1978, 7, 5)),
                ("Lò Thị Hương", PartialDate.of(1978, 7, 6)),
            ]
        )
    ]
    first = person_from_statements(statements)
    for _ in range(20):
        dice.shuffle(statements)
        assert person_from_statements(statements) == first
