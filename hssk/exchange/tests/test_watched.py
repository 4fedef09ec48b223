"""A watched folder: complete files are taken in once, put away with words, and never lost."""

import contextlib
import os
from datetime import date

import pytest

from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.exchange.models import Batch
from hssk.exchange.services import importing, undoing
from hssk.exchange.services.watched import Folder, folder, take_one
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, MAY, somebody
from hssk.kit.errors import Trouble
from hssk.places.services import unit_on
from hssk.records.models import Entry
from tests.village import on_duty

pytestmark = pytest.mark.django_db
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "ho_so"
    path.mkdir()
    return path


@pytest.fixture
def watched(place):
    it = Folder(place)
    yield it
    it.close()


@pytest.fixture
def officer():
    return on_duty("can.bo")


def put(place, name="a.xml", *visits):
    return write_claims(place / name, list(visits) or [visit("LK1", **SON)])


def taken(watched, officer, *names, on: date = APRIL):
    """What becomes of these files, of all that lie there when none is named."""
    access, unit = access_of(officer, on), unit_on("12-105", on)
    watched.recover()
    for name in names or watched.waiting():
        watched.claim(name)
    return [take_one(watched, name, unit=unit, on=on, access=access) for name in watched.taken()]


def lies(place):
    """Every file below the folder, by its path in it; the words beside them apart."""
    every = sorted(str(p.relative_to(place)) for p in place.rglob("*") if p.is_file())
    return [name for name in every if not name.endswith(".txt")]


def words(place, name):
    return (place / f"{name}.txt").read_text("utf-8")


def test_a_file_is_taken_in_and_put_away_with_words(watched, place, officer):
    content = put(place, "a.xml", visit("LK1", **SON), visit("LK2", **SON)).read_bytes()
    assert taken(watched, officer) == ["done"]
    assert lies(place) == ["done/a.xml"]
    assert (place / "done/a.xml").read_bytes() == content
    batch = Batch.objects.get()
    assert (batch.state, batch.file_name, batch.kind) == ("applied", "a.xml", "claims")
    said = words(place, "done/a.xml")
    assert f"Lần nhập {batch.pk}." in said
    assert "Có 2 hồ sơ: nhận 2, không nhận 0." in said
    assert Entry.objects.exists()


def test_a_file_that_nobody_can_read_is_refused_in_vietnamese(watched, place, officer):
    (place / "la.xml").write_bytes(b"<html/>")
    assert taken(watched, officer) == ["refused"]
    assert lies(place) == ["refused/la.xml"]
    said = words(place, "refused/la.xml")
    assert said.startswith("Không nhận tệp này, chưa thêm gì.\nTệp là XML nhưng")
    assert "GIAMDINHHS" in said


def test_claims_that_cannot_be_read_are_named_by_number_with_what_to_do(watched, place, officer):
    path = put(place, "a.xml", visit("LK1", **SON), visit("LK2", **SON))
    text = path.read_text("utf-8")
    last = text.rindex("<NOIDUNGFILE>") + len("<NOIDUNGFILE>")
    path.write_text(text[:last] + "!!!" + text[last + 3 :], "utf-8")
    assert taken(watched, officer) == ["done"]
    said = words(place, "done/a.xml")
    assert "nhận 1, không nhận 1" in said
    assert "- Hồ sơ thứ 2: " in said
    assert "Xuất lại hồ sơ" in said


def test_a_machine_that_delivers_is_told_no_more_than_counts(watched, place):
    machine = on_duty("may.gui", role=Role.INTEGRATOR, unit=unit_on("12-105", APRIL))
    put(place, "a.xml", visit("LK1", **SON, MA_BENH_KT="I99.99"))
    assert taken(watched, machine) == ["done"]
    assert "Có 1 hồ sơ" in words(place, "done/a.xml")
    assert "đã biết" not in words(place, "done/a.xml")
    assert "ICD" not in words(place, "done/a.xml")


def test_the_same_file_again_adds_nothing_on_any_day(watched, place, officer):
    put(place)
    taken(watched, officer)
    before = Entry.objects.count()
    put(place)
    assert taken(watched, officer, on=MAY) == ["done"]
    assert Batch.objects.count() == 1
    assert Entry.objects.count() == before
    assert "đã được nhập trước đây" in words(place, "done/a (2).xml")
    undoing.undo(Batch.objects.get(), actor=somebody())
    put(place)
    taken(watched, officer)
    assert Batch.objects.filter(state=Batch.APPLIED).count() == 1


def test_names_that_are_taken_get_a_number_and_nothing_is_overwritten(watched, place, officer):
    (place / "done" / "a.xml").write_text("of before")
    (place / "done" / "b.xml.txt").write_text("of before")
    put(place, "a.xml")
    put(place, "b.xml", visit("LK2", **SON))
    assert taken(watched, officer) == ["done", "done"]
    assert lies(place) == ["done/a (2).xml", "done/a.xml", "done/b (2).xml"]
    assert (place / "done/a.xml").read_text() == (place / "done/b.xml.txt").read_text()


def test_a_long_name_and_one_of_no_letters_find_their_place(watched, place, officer):
    put(place, "ế" * 80 + ".xml")
    os.rename(put(place, "x"), os.fsencode(place) + b"/\xff\xfe\n.xml")
    assert taken(watched, officer) == ["done", "done"]
    assert len(lies(place)) == 2
    assert len(list((place / "done").glob("*.txt"))) == 2


def test_what_is_unfinished_hidden_a_link_or_no_file_is_left_alone(watched, place, tmp_path):
    for name in ("a.xml.tmp", "b.PART", ".c.xml", "d.xml~", "e.crdownload"):
        (place / name).write_text("x")
    outside = tmp_path / "secret.xml"
    outside.write_text("secret")
    (place / "link.xml").symlink_to(outside)
    (place / "folder.xml").mkdir()
    os.mkfifo(place / "pipe.xml")
    assert watched.waiting() == {}


def test_a_claimed_name_that_became_a_link_is_not_followed(watched, place, officer, tmp_path):
    put(place)
    watched.claim("a.xml")
    (place / ".hssk/a.xml").unlink()
    outside = tmp_path / "secret.xml"
    outside.write_text("secret")
    (place / ".hssk/a.xml").symlink_to(outside)
    assert watched.taken() == []
    with pytest.raises(OSError, match="symbolic"):
        watched.copy("a.xml", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_what_is_away_may_be_carried_off_or_deleted_while_it_is_watched(watched, place, officer):
    put(place)
    assert taken(watched, officer) == ["done"]
    (place / "done").rename(place / "2024-03")
    put(place, "b.xml", visit("LK2", **SON))
    (place / "refused").rmdir()
    (place / "la.xml").write_bytes(b"<html/>")
    assert taken(watched, officer) == ["done", "refused"]
    assert lies(place) == ["2024-03/a.xml", "done/b.xml", "refused/la.xml"]


@pytest.mark.parametrize("name", ["done", "refused", ".hssk"])
def test_a_link_in_the_place_of_a_folder_of_ours_is_refused(place, tmp_path, name):
    (tmp_path / "elsewhere").mkdir()
    (place / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble):
        Folder(place)


def test_a_folder_is_watched_by_one(watched, place, tmp_path):
    with pytest.raises(Trouble, match="đang có lệnh khác canh"):
        Folder(place)
    with pytest.raises(Trouble):
        Folder(tmp_path / "nowhere")


def test_a_file_that_is_written_to_while_it_is_taken_stays_and_is_taken_whole(
    watched, place, officer, monkeypatch
):
    path = put(place)
    whole = path.read_bytes()
    path.write_bytes(whole[:-50])
    writer = path.open("ab")  # somebody who was slow, and goes on although the file has moved
    real = folder.Folder.put_away

    def put_away(self, name, seen, where, words):
        writer.write(whole[-50:])
        writer.flush()
        return real(self, name, seen, where, words)

    monkeypatch.setattr(folder.Folder, "put_away", put_away)
    assert taken(watched, officer) == [None]
    assert lies(place) == [".hssk/a.xml"]
    monkeypatch.undo()
    writer.close()
    assert taken(watched, officer) == ["done"]
    assert (place / "done/a.xml").read_bytes() == whole


class CutOff(Exception):
    """In the place of a kill: everything goes on from what is on the disk and in the database."""


STEPS = 13  # and more than there are, so that the last run is not cut off at all


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("last", range(1, STEPS + 1))
def test_cut_off_behind_any_step_nothing_is_lost_and_nothing_doubled(
    place, officer, monkeypatch, last, links
):
    content = put(place).read_bytes()
    steps = []

    def cut(where, name):
        real = getattr(where, name)

        def call(*args, **more):
            if name == "link" and not links:
                raise OSError(1, "no links on this disk")
            answer = real(*args, **more)
            if where is not os or {"dir_fd", "src_dir_fd"} & more.keys():
                steps.append(name)
                if len(steps) == last:
                    raise CutOff
            return answer

        monkeypatch.setattr(where, name, call)

    for where, name in (
        *((os, name) for name in ("mkdir", "rename", "link", "unlink")),
        (importing, "open_batch"), (importing, "work"), (folder, "_write"),
    ):  # fmt: skip
        cut(where, name)
    with contextlib.suppress(CutOff), contextlib.closing(Folder(place)) as it:
        taken(it, officer)
    monkeypatch.undo()
    assert steps[:4] == ["mkdir", "mkdir", "mkdir", "rename"][:last]
    assert len(steps) == min(last, 10 if links else 9)
    with contextlib.closing(Folder(place)) as again:
        taken(again, officer)
    assert lies(place) == ["done/a.xml"]
    assert (place / "done/a.xml").read_bytes() == content
    assert "Có 1 hồ sơ" in words(place, "done/a.xml")
    assert sorted(p.name for p in (place / "done").iterdir()) == ["a.xml", "a.xml.txt"]
    assert Batch.objects.filter(state=Batch.APPLIED).count() == 1
