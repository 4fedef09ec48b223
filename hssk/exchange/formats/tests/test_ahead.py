"""What a child says before anybody listens is heard to the last byte, and nothing of it stays."""

import os
import time
from pathlib import Path

import pytest

from hssk.exchange.formats import ahead
from hssk.exchange.formats.ahead import Ahead

SAID = os.urandom(3 << 20)  # far more than a pipe holds


@pytest.fixture
def pipe():
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


def say(writing, words):
    for start in range(0, len(words), 1 << 16):
        os.write(writing, words[start : start + (1 << 16)])


def rest_of(reading):
    found = b""
    while chunk := os.read(reading, 1 << 20):
        found += chunk
    return found


def until(true):
    for _each in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("waited ten seconds in vain")


def test_all_is_heard_in_its_order_and_what_follows_stands_in_the_pipe(pipe, tmp_path):
    listener = Ahead(pipe[0], tmp_path)
    say(pipe[1], SAID)  # would wait for ever with nobody there
    until(lambda: listener._kept.tell() == len(SAID))
    heard = b"".join(listener.taken())
    os.write(pipe[1], b"and the end")
    os.close(pipe[1])
    assert heard == SAID
    assert rest_of(pipe[0]) == b"and the end"
    assert list(tmp_path.iterdir()) == []


def test_on_a_full_disk_nothing_is_lost(pipe, tmp_path, monkeypatch):
    listener = Ahead(pipe[0], tmp_path)
    real = listener._kept.write
    monkeypatch.setattr(listener, "_kept", _Full(listener._kept, real), raising=True)
    say(pipe[1], SAID[: 1 << 16])
    until(lambda: listener._left)
    heard = b"".join(listener.taken())
    os.close(pipe[1])
    assert heard + rest_of(pipe[0]) == SAID[: 1 << 16]


class _Full:
    """A file that takes a thousand bytes, and then no more."""

    def __init__(self, file, write):
        self.file, self.real = file, write

    def write(self, chunk):
        if self.file.tell():
            raise OSError(28, "no space")
        return self.real(chunk[:1000])

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()


def test_beyond_what_may_lie_on_disk_the_child_waits(pipe, tmp_path, monkeypatch):
    monkeypatch.setattr(ahead, "MOST", 1 << 16)
    listener = Ahead(pipe[0], tmp_path)
    os.write(pipe[1], SAID[: 1 << 16])
    until(lambda: not listener._listener.is_alive())
    os.write(pipe[1], b"more")
    os.close(pipe[1])
    assert b"".join(listener.taken()) + rest_of(pipe[0]) == SAID[: 1 << 16] + b"more"


def test_whoever_is_not_asked_leaves_nothing_open(pipe, tmp_path):
    listener = Ahead(pipe[0], tmp_path)
    os.write(pipe[1], b"nobody asked")
    listener.end()
    os.close(pipe[1])
    assert listener._kept.closed
    assert not listener._listener.is_alive()
    assert not any(Path(tmp_path).iterdir())
