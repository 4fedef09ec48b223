"""Notes of village lists, and what they say of the person on whose row they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.people.rules import NoteFacts, understand_note

AWAY, LEFT, DIED = NoteFacts(away=True), NoteFacts(left=True), NoteFacts(died=True)
NEW, HERE, NOTHING = NoteFacts(moved_in=True), NoteFacts(), NoteFacts(understood=False)
TEMPORARY, CURRENT = NoteFacts("temporary"), NoteFacts("current")

NOTES = [
    (TEMPORARY, "tạm trú", "Tạm trú", "TAM TRU", "KT3", "kt 4", "KT2", "ở trọ", "thuê nhà"),
    (CURRENT, "thực tế đang ở", "hiện đang ở tại bản", "thường trú; nơi ở hiện tại"),
    (HERE, "", "  ", "thường trú", "KT1", "HKTT tại xã", "chưa chuyển đi", "không tạm trú"),
    (HERE, "chưa cắt khẩu", "hết hạn tạm vắng", "không đi làm ăn xa", "chưa đăng ký tạm trú"),
    (HERE, "đi làm ăn xa, đã về", "đã đi xa về", "tạm vắng nhưng nay đã trở về"),
    (HERE, "đi làm ăn xa mới về"),
    (AWAY, "đi làm ăn xa", "học nội trú", "tạm vắng", "vắng mặt", "vang mat", "đi học xa"),
    (AWAY, "không có mặt tại địa phương", "không ở địa phương", "đi nghĩa vụ quân sự", "đi bộ đội"),
    (
        AWAY,
        "xuất khẩu lao động",
        "XKLĐ",
        "đang ở nước ngoài",
        "thi hành án",
        "cai nghiện",
        "du học",
    ),
    (AWAY, "đã về hưu, đi làm ăn xa", "Đi làm công nhân ở Bắc Ninh", "hiện không có mặt"),
    (NoteFacts("temporary", away=True), "tạm trú, đi làm ăn xa", "KT3 - tạm vắng"),
    (NoteFacts("temporary", moved_in=True), "mới chuyển đến (tạm trú)"),
    (NEW, "mới chuyển đến", "Mới đến ở", "chuyển đến từ xã San Thàng", "nhập khẩu 2023"),
    (NEW, "chuyển từ nơi khác đến", "chuyển đến 01/2024", "mới chuyển về"),
    (LEFT, "đã chuyển đi", "chuyển khẩu đi Hà Nội", "chuyển đến nơi khác", "đã cắt khẩu"),
    (LEFT, "không còn ở địa phương", "đã chuyển", "chuyển về tỉnh khác", "xóa thường trú"),
    (DIED, "đã chết", "chết 12/3/2024", "mất", "đã mất", "đã mất năm 2023", "tử vong", "mất 2023"),
    (DIED, "DA CHET", "qua đời", "khai tử"),
    (HERE, "chồng đã chết", "bố mẹ mất năm 2020", "vợ mới mất ngày 3/2"),
    (NOTHING, "mất CCCD", "đã mất thẻ BHYT", "mù mắt", "mu mat", "hộ nghèo", "mẹ đơn thân"),
    (
        NOTHING,
        "mất sức lao động",
        "bộ đội nghỉ hưu",
        "điều trị nội trú",
        "con liệt sĩ",
        "đang đi học",
    ),
    (NOTHING, "chuyển tuyến đi viện", "tách khẩu", "đã chuyển về xã Nùng Nàng"),
]


@pytest.mark.parametrize(
    ("note", "facts"), [(note, facts) for facts, *notes in NOTES for note in notes]
)
def test_a_note_says(note, facts):
    assert understand_note(note) == facts


@given(st.text())
def test_no_note_is_too_strange_to_read(note):
    facts = understand_note(note)
    assert not (facts.away and (facts.left or facts.died))


@pytest.mark.parametrize(
    "note", [note for facts, *notes in NOTES for note in notes if facts != HERE]
)
def test_capitals_change_nothing(note):
    assert understand_note(note.upper()) == understand_note(note)
