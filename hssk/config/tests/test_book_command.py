"""`hssk book`: books of sessions that came home, one by one and by folder."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hssk.access.rights import Role
from hssk.config.cli import book as command
from hssk.outreach.models import BookFile, Contact
from hssk.outreach.services.daybooks import make_daybook
from hssk.outreach.services.planning import SessionSaid, make_session
from hssk.outreach.tests.place import CODE, PLACE, many
from hssk.outreach.tests.test_daybooks import TODAY, filled
from tests.village import hamlet, on_duty, village

MORNING = datetime(2024, 4, 13, 6, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
MADE = "Đã lập hồ sơ"


@pytest.fixture
def nurse(db):
    village(many(40))
    return on_duty("y.ta", Role.CLINICIAN, unit=hamlet(CODE, PLACE).unit)


@pytest.fixture
def home(nurse, tmp_path):
    """A folder with the book of a session, filled in for two, and what Excel leaves beside."""
    place = hamlet(CODE, PLACE)
    session = make_session(
        SessionSaid(unit=place.unit, hamlets=[place.pk], on=TODAY, place="Nhà văn hóa", staff="x"),
        by=nurse, at=MORNING,
    )  # fmt: skip
    _book, lines, content = make_daybook(session, TODAY, by=nurse, at=MORNING)
    said = {lines[0].name: MADE, lines[1].name: MADE, lines[2].name: "Không hiểu là gì"}
    (tmp_path / "so.xlsx").write_bytes(filled(content, said).read())
    (tmp_path / "~$so.xlsx").write_bytes(b"")
    return tmp_path


def run(actor, *files, **chosen):
    options = {"files": list(files), "do": False, "dry_run": False, "json": True, **chosen}
    return command.run(type("Options", (), options), actor)


def told(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_folder_of_books_is_kept_and_done_only_when_that_is_said(home, nurse, capsys):
    assert run(nurse, home) == 0
    first = told(capsys)[0]
    assert (first["file"], first["does"], first["wrong"], first["done"]) == ("so.xlsx", 2, 1, 0)
    assert not Contact.objects.exists()
    assert run(nurse, home / "so.xlsx", do=True) == 0
    assert told(capsys)[0] == first | {"done": 2}
    assert Contact.objects.count() == 2
    assert run(nurse, home, do=True) == 0
    assert told(capsys)[0] == first | {"does": 0, "there": 2}
    assert BookFile.objects.count() == 1


def test_a_rehearsal_leaves_nothing_behind(home, nurse, capsys):
    assert run(nurse, home, do=True, dry_run=True) == 0
    answer = told(capsys)[0]
    assert (answer["book"], answer["done"]) == (None, 2)
    assert not BookFile.objects.exists()
    assert not Contact.objects.exists()


def test_a_file_that_is_no_book_and_a_stranger_are_turned_away_and_the_next_is_tried(
    home, nurse, capsys
):
    (home / "a.csv").write_text("Họ và tên,Kết quả\nLò Thị A,Đã lập hồ sơ\n", "utf-8")
    assert run(nurse, home, home / "nowhere.xlsx") == 1
    out, wrong = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "a.csv: Mã dòng trong tệp không cho biết" in wrong
    assert "nowhere.xlsx: Không có tệp này" in wrong
    other = on_duty("xa.khac", Role.CLINICIAN, unit=hamlet("03388", "Bản Khác").unit)
    assert run(other, home / "so.xlsx") == 1
    assert "so.xlsx: Không có quyền" in capsys.readouterr().err
    assert not Contact.objects.exists()
