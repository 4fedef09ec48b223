"""A file that a command writes is there whole, and takes nobody's place but its own."""

import errno
import os
import stat
import threading

import pytest

from hssk.config.cli._output import written_whole
from hssk.kit.errors import Trouble


def write(path, text="một\n"):
    with written_whole(path) as out:
        out.write(text)


def test_a_file_is_there_once_it_is_whole_and_nothing_beside_it(tmp_path):
    write(tmp_path / "a.csv")
    with pytest.raises(ZeroDivisionError), written_whole(tmp_path / "a.csv") as out:
        out.write(str(1 / 0))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.csv", "một\n")]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    write(pipe)
    reader.join(timeout=5)
    assert read == ["một\n"]
    assert pipe.is_fifo()


def test_a_link_to_a_file_stays_a_link(tmp_path):
    (tmp_path / "shared.csv").write_text("cũ")
    (tmp_path / "link.csv").symlink_to("shared.csv")
    write(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "shared.csv").read_text() == "một\n"


def test_a_file_that_only_its_owner_may_read_stays_so(tmp_path):
    names = tmp_path / "names.csv"
    names.touch(mode=0o600)
    write(names)
    assert stat.S_IMODE(names.stat().st_mode) == 0o600


def test_a_folder_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(Trouble):
        write(tmp_path)


def test_a_file_that_cannot_be_written_says_why_in_the_words_of_its_reader(tmp_path):
    with pytest.raises(Trouble, match=r"không có thư mục .*/none\. Tạo thư mục ấy"):
        write(tmp_path / "none" / "out.csv")


def test_a_disk_that_fills_up_meanwhile_leaves_no_half_of_a_file(tmp_path):
    full = pytest.raises(Trouble, match="ổ đĩa đã đầy")
    with full, written_whole(tmp_path / "out.csv") as out:
        out.write("half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []
