"""A copy on paper: the same bytes each time, and its marks read back from a scan of 150 dots."""

from datetime import datetime

import pytest
from django.utils import timezone

from hssk.outreach.models import Copy, ListedPerson
from hssk.outreach.papers.lists import list_as_pdf, list_as_pictures
from hssk.outreach.rules.copies import copies_showing, marks_of
from hssk.outreach.tests.scanning import DOTS, marks_on

PLACE = "Bản Tưởng Tượng, Xã Giả Định"
NOW = timezone.make_aware(datetime(2024, 4, 1, 9))


def copy_of(place, nurse, seed: bytes, rows: int) -> tuple[Copy, list[ListedPerson]]:
    copy = Copy(
        serial="2345-6789", hamlet=place, purpose="no-record", cover="people", on=NOW.date(),
        seed=seed, issued_at=NOW, issued_on=NOW.date(), issued_by=nurse, office="head",
        holder="Giàng A Trưởng", until=NOW.date(),
    )  # fmt: skip
    names = ("Lò Thị Mơ", "Hoàng Nguyễn Thị Thanh Phương Thảo", "Tẩn A Phủ", "Vàng Thị Sủa")
    lines = [
        ListedPerson(copy=copy, number=n, name=names[n % 4], head="Giàng Thị Mỷ",
                     year="1961" if n % 5 == 0 else "")
        for n in range(1, rows + 1)
    ]  # fmt: skip
    return copy, lines


@pytest.fixture
def paper(place, nurse):
    return lambda seed, rows=40: copy_of(place, nurse, seed, rows)


def test_a_copy_printed_again_is_the_same_paper(paper):
    copy, lines = paper(bytes(16))
    first = list_as_pdf(copy, lines, PLACE)
    assert first.startswith(b"%PDF")
    assert list_as_pdf(copy, lines, PLACE) == first
    assert list_as_pdf(*paper(b"another seed 123"), PLACE) != first


def test_every_mark_of_a_scan_is_read_as_it_was_set(paper):
    for seed in (bytes(16), b"another seed 123"):
        copy, lines = paper(seed)
        wanted = marks_of(seed, len(lines))
        read = 0
        for page in list_as_pictures(copy, lines, PLACE, dpi=DOTS):
            seen = marks_on(page)
            read += bool(read)  # the upper rule of its first row is on the page before
            assert seen == wanted[read : read + len(seen)]
            read += len(seen)
        assert read == len(lines)


def test_eight_rows_of_a_scan_name_the_copy_among_ten_thousand(paper):
    copies = {f"copy {n}": n.to_bytes(16, "big") for n in range(10_000)}
    copy, lines = paper(copies["copy 6543"])
    page = list_as_pictures(copy, lines, PLACE, dpi=DOTS)[0]
    seen = marks_on(page)[5:13]
    assert len(seen) == 8
    assert copies_showing(seen, copies, len(lines)) == ["copy 6543"]


def test_the_paper_says_whose_it_is_and_nothing_more_of_anybody(paper):
    from hssk.outreach.papers.lists import _told

    told = _told(*paper(bytes(16)), PLACE)
    assert set(told["lines"][0]) == {"number", "name", "year", "head", "space", "place"}
    assert ["Số bản", "2345-6789"] in told["facts"]
    assert ["Người giữ", "Giàng A Trưởng"] in told["facts"]
    assert told["count"] == "40 người"
