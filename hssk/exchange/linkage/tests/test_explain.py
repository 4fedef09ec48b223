"""Decisions explain themselves in Vietnamese."""

import json

import pytest

from hssk.exchange.linkage import Entries, evidence, explain, from_evidence, link, sentence
from hssk.exchange.linkage.explain import TEXTS
from hssk.exchange.linkage.tests.village import entries
from hssk.exchange.linkage.weights import LEVELS

KNOWN = """
    Lò Văn Hặc | 20/10/1960 | nam | 012060000555 | 8000000005 | 0900000005 | 1.2 | 2
    Lò Thị Hoa | 6/6/1990   | nữ  | -            | -          | 0900000006 | 1.2 | 2
"""


def _sentence(row: str) -> str:
    known, incoming = entries(KNOWN, known=True), entries(row)
    return sentence(explain(known, incoming, link(known, incoming), 0))


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        ("LO VAN HAC | 10/1960 | nam | 012060000555", ("cùng số định danh", "tên thiếu dấu: LO VAN HAC / Lò Văn Hặc", "10/1960 / 20/10/1960")),
        ("Lò Văn Hặc | 20/10/1960 | nam | 012060000556 | - | 0900000006 | 1.2", ("số định danh lệch một chữ số", "cùng ngày sinh 20/10/1960", "số điện thoại của người cùng hộ", "cùng tổ, bản")),
        ("Lò Văn Hặc | 20/10/1960 | nữ | - | 8000000005 | - | 2.1", ("cùng mã số BHXH", "nhưng", "khác giới tính", "khác xã, phường")),
    ],
)  # fmt: skip
def test_a_sentence_says_what_agrees_and_what_does_not(row: str, parts: tuple[str, ...]) -> None:
    said = _sentence(row)
    assert said[0].isupper()
    assert said.endswith(".")
    for part in parts:
        assert part in said[0].lower() + said[1:]


def test_nobody_alike_is_said_so() -> None:
    assert _sentence("Quàng Thị Én | 3/1/1994 | nữ") == "Không có ai giống."


def test_an_incoming_twin_can_be_the_counterpart() -> None:
    rows = entries(
        "Lò Thị Hoa | 6/6/1990 | nữ | 012190000111\nLo Thi Hoa | 6/6/1990 | nữ | 012190000111"
    )
    links = link(Entries.empty(), rows)
    assert links.against.tolist()[1] == 0
    assert "cùng số định danh" in sentence(explain(Entries.empty(), rows, links, 1)).lower()


def test_evidence_is_plain_and_names_nobody() -> None:
    known = entries(KNOWN, known=True)
    incoming = entries("LO VAN HAC | 20/10/1960 | nam | 012060000555 | - | - | 1.2")
    links = link(known, incoming)
    stored = json.loads(json.dumps(evidence(known, incoming, links, 0)))
    assert stored["pid"][0] == "same"
    assert stored["pid"][1] > 5
    assert stored["name"][0] == "marks_missing"
    assert "012060000555" not in json.dumps(stored)


def test_stored_evidence_speaks_without_the_people() -> None:
    stored = {
        "pid": ["same", 13.0],
        "name": ["typo", 4.0],
        "birth": ["different", -5.0],
        "gone": ["x", 1],
        "sex": ["unheard of", 1.0],
    }
    assert sentence(from_evidence(stored)) == (
        "Cùng số định danh, tên lệch một hai chữ cái; nhưng ngày sinh khác nhau."
    )


def test_every_level_of_every_field_has_words() -> None:
    assert {field: set(texts) for field, texts in TEXTS.items()} == {
        field: set(levels) for field, levels in LEVELS.items()
    }
