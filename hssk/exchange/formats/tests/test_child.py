"""Reading happens in a child process; whatever befalls it, the parent gets rows or a clear answer."""

import contextlib
import gc
import os
import pickle
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hssk.exchange.formats import child, parent, starting, wire
from hssk.exchange.formats.door import Begun, Limits, UnreadableFile, read_in_child
from hssk.exchange.formats.tables.read import read
from hssk.exchange.formats.tables.reading import rows_of
from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.tables.tests import making

ON = date(2024, 3, 15)


@pytest.fixture
def workbook(tmp_path):
    people = [
        [
            n,
            "",
            f"Lò Văn {n}",
            "31/02/1990" if n % 7 == 0 else 1990,
            "Nam",
            f"0120900{n:05}",
            "Thái",
        ]
        for n in range(1, 20_001)
    ]
    return making.xlsx(
        tmp_path / "a.xlsx", [["XÃ SAN THÀNG"], making.HEADER, *people], [["Hướng dẫn"]]
    )


def refusal(path, **options):
    with pytest.raises(UnreadableFile) as caught:
        read_in_child(path, **options)
    return caught.value.kind


def test_a_child_reads_what_the_parent_would(workbook):
    seen = []
    found = read_in_child(workbook, on=ON, progress=seen.append)
    direct = read(workbook, on=ON)
    assert found.rows == direct.rows
    assert found.sheets == direct.sheets
    assert seen == [8000, 16000, 20000]
    assert found.kind == "roster"


class Rows(list):
    """A taker that keeps what it is given and counts how often it was told to begin."""

    starts = 0

    def start(self):
        self.starts += 1
        self.clear()

    def take(self, sheet, columns, kind):
        assert kind == "roster"
        self.extend(rows_of(sheet, columns))


def test_rows_are_handed_over_as_they_come(workbook):
    taken = Rows()
    found = read_in_child(workbook, on=ON, taker=taken)
    assert taken == found.rows
    assert taken.starts == 1


def test_a_file_read_a_second_way_hands_its_rows_over_from_the_first_again(workbook, monkeypatch):
    collect, taken = Begun.collect, Rows()

    def out_of_memory_at_first(*arguments, **options):
        found = collect(*arguments, **options)
        if taken.starts == 1:
            raise parent._Died("too_large")
        return found

    monkeypatch.setattr(Begun, "collect", out_of_memory_at_first)
    assert read_in_child(workbook, on=ON, taker=taken).rows == taken
    assert taken.starts == 2


def test_a_child_begun_before_is_taken_over(workbook):
    layout = read(workbook).sheets[0].layout.to_dict()
    layout["columns"]["note"] = 6
    with Begun(workbook, kind="roster", on=ON) as begun:
        found = read_in_child(
            "its copy is not even looked at",
            kind="roster", on=ON, layouts={layout["shape"]: layout}, begun=begun,
        )  # fmt: skip
    assert found.rows[0].note == "Thái"


@pytest.mark.parametrize(
    "why",
    ["another kind was asked", "it was written to meanwhile", "it died", "it was being written"],
)
def test_a_child_begun_on_something_else_is_not_believed(workbook, tmp_path, why):
    other = tmp_path / "other.xlsx"
    if why == "it was being written":
        other.write_bytes(Path(workbook).read_bytes()[:3000])
    else:
        making.xlsx(
            other, [making.HEADER, [1, "Ai đó", "01/02/1990", None, "012090000001", "Thái"]]
        )
    taken = Rows()
    kind = "records" if why == "another kind was asked" else "roster"
    with Begun(other, kind=kind, on=ON) as begun:
        if "written" in why:
            os.utime(other, (1, 1))
        elif why == "it died":
            os.kill(begun._child.pid, signal.SIGKILL)
        found = read_in_child(workbook, kind="roster", on=ON, begun=begun, taker=taken)
    assert len(found.rows) == 20_000
    assert taken == found.rows


def test_a_file_of_which_its_own_child_dies_is_not_given_to_another(workbook):
    taken = Rows()
    with Begun(workbook, kind="roster", on=ON) as begun:
        os.kill(begun._child.pid, signal.SIGKILL)
        with pytest.raises(UnreadableFile) as refused:
            read_in_child(workbook, kind="roster", on=ON, begun=begun, taker=taken)
    assert (refused.value.kind, taken.starts) == ("died", 1)


def test_a_child_that_is_no_longer_wanted_is_ended(workbook):
    begun = Begun(workbook)
    begun.close()
    assert begun._child.poll() is not None


def test_a_refusal_comes_through(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.4")
    assert refusal(tmp_path / "a.xlsx") == "pdf"
    assert refusal(tmp_path / "none.xlsx") == "missing"


def test_layouts_and_kind_reach_the_child(workbook):
    first = read(workbook)
    layout = first.sheets[0].layout.to_dict()
    layout["columns"]["note"] = 6
    found = read_in_child(workbook, layouts={layout["shape"]: layout}, kind="records")
    assert found.kind == "records"
    assert found.rows[0].note == "Thái"


def test_too_little_memory_is_a_clear_answer(workbook):
    assert refusal(workbook, limits=Limits(memory=20 << 20)) in ("too_large", "died")
    assert refusal(workbook, limits=Limits(memory=1 << 20)) in ("too_large", "died")


def test_too_little_time_is_a_clear_answer(workbook):
    assert refusal(workbook, limits=Limits(wall=0)) == "too_slow"


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "died"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "too_large"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("import sys; sys.stdout.write('gibberish' * 99)", "died"),
        ("import sys; sys.stdout.buffer.write(bytes([4, 0, 0, 0]) + b'oops')", "died"),
        ("raise SystemExit(3)", "died"),
        ("pass", "died"),
    ],
)
def test_a_child_that_dies_is_a_clear_answer(monkeypatch, workbook, script, kind):
    monkeypatch.setattr(starting, "_START", script)
    assert refusal(workbook) == kind
    assert gc.isenabled()


def test_a_child_killed_while_it_reads_is_a_clear_answer(monkeypatch, workbook):
    started = []
    popen = subprocess.Popen

    def remember(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(starting.subprocess, "Popen", remember)
    kill = lambda rows: os.kill(started[-1].pid, signal.SIGKILL)  # noqa: E731
    with contextlib.suppress(UnreadableFile):  # it may have sent everything before it died
        read_in_child(workbook, progress=kill)
    assert all(process.poll() is not None for process in started)


def test_garbage_collection_stays_off_when_it_was_off(workbook):
    gc.disable()
    try:
        read_in_child(workbook)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_frame_with_a_foreign_class_is_refused():
    frame = pickle.dumps(("sheet", os.system))
    with pytest.raises(pickle.UnpicklingError):
        list(wire.frames(iter([len(frame).to_bytes(4, "little") + frame])))


def test_frames_arrive_whole_from_any_pieces():
    frame = pickle.dumps(("done", None))
    stream = (len(frame).to_bytes(4, "little") + frame) * 3
    assert list(wire.frames(bytes([b]) for b in stream[:-1])) == [("done", None)] * 2


def test_the_child_imports_no_framework_and_starts_light():
    code = (
        "import sys, hssk.exchange.formats.child; "
        "print([m for m in ('django', 'psycopg', 'numpy', 'xlsxwriter', 'lxml',"
        " 'hssk.exchange.formats.parent', 'hssk.exchange.formats.tables.read') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_main_answers_on_its_standard_output(workbook, tmp_path):
    """The child's own code, run here so that coverage sees it."""
    (tmp_path / "pdf.xlsx").write_bytes(b"%PDF-1.4")
    for path, last in ((workbook, "done"), (str(tmp_path / "pdf.xlsx"), "refused")):
        asked = {
            "path": path,
            "kind": "auto",
            "on": "2024-03-15",
            "streaming": False,
        }
        with open(tmp_path / "out", "w+b") as out:
            child.answer(asked, out, lambda: None)
            out.seek(0)
            assert [kind for kind, _ in wire.frames(iter([out.read()]))][-1] == last


def test_running_out_of_memory_is_said(monkeypatch, tmp_path):
    def exhausted(*arguments, **options):
        raise MemoryError

    monkeypatch.setattr(child, "open_sheets", exhausted)
    asked = {"path": "x", "kind": "auto", "on": None, "streaming": False}
    with open(tmp_path / "out", "w+b") as out:
        child.answer(asked, out, lambda: None)
        out.seek(0)
        assert list(wire.frames(iter([out.read()]))) == [("memory", None)]


@pytest.mark.parametrize(("full", "said"), [(True, "memory"), (False, "refused")])
def test_a_reader_that_calls_want_of_memory_a_damage_is_not_believed(
    monkeypatch, tmp_path, full, said
):
    def exhausted(*arguments, **options):
        raise refuse("damaged")

    monkeypatch.setattr(child, "open_sheets", exhausted)
    monkeypatch.setattr(child, "_is_full", lambda: full)
    asked = {"path": "x", "kind": "auto", "on": None, "streaming": False}
    with open(tmp_path / "out", "w+b") as out:
        child.answer(asked, out, lambda: None)
        out.seek(0)
        assert [kind for kind, _ in wire.frames(iter([out.read()]))] == [said]


@pytest.mark.parametrize(("held", "full"), [(0, "False"), (500 << 20, "True")])
def test_a_child_knows_that_its_memory_was_nearly_all_in_use(held, full):
    code = (
        "from hssk.exchange.formats import child;"
        f"child.limit(600 << 20, 60); held = bytearray({held}); print(child._is_full())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == full


_THREAD_WITHOUT_MEMORY = """
import threading
from hssk.exchange.formats import child
def unready(self):
    raise MemoryError
def threaded(*_):
    threading.Thread._set_tstate_lock = unready  # before it says that it has started
    threading.Thread(target=print).start()
child.answer = threaded
child.main()
"""


def test_a_thread_that_dies_of_want_of_memory_is_not_waited_for(monkeypatch, workbook):
    root = f"import sys; sys.path.insert(0, {str(Path(child.__file__).parents[3])!r})"
    monkeypatch.setattr(starting, "_START", root + _THREAD_WITHOUT_MEMORY)
    assert refusal(workbook, limits=Limits(wall=20)) == "too_large"


_NO_ROOM_TO_LOAD = """
import sys, time
from hssk.exchange.formats import child
class NoRoom:
    def find_spec(self, name, *_):
        if name.endswith("tables.read"):
            raise MemoryError
sys.meta_path.insert(0, NoRoom())
child.open_sheets = lambda *_, **__: (time.sleep(60) for _ in "x")
child.main()
"""


def test_want_of_memory_is_told_while_a_sheet_is_still_being_parsed(monkeypatch, workbook):
    root = f"import sys; sys.path.insert(0, {str(Path(child.__file__).parents[3])!r})"
    monkeypatch.setattr(starting, "_START", root + _NO_ROOM_TO_LOAD)
    assert refusal(workbook, limits=Limits(wall=20)) == "too_large"
