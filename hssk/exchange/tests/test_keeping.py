"""Kept files stay as long as a batch needs them, and no longer."""

import os
import time

import pytest
from django.utils import timezone

from hssk.exchange.errors import Refused
from hssk.exchange.services import keeping
from hssk.exchange.tests.pipeline import person, take_in, write_roster

pytestmark = pytest.mark.django_db
LINES = [person("Giàng A Bịa", "02/03/1980")]


def age(path, seconds):
    os.utime(path, (time.time() - seconds,) * 2)


def test_what_a_crash_left_is_taken_away_and_what_a_file_needs_is_not(tmp_path, settings):
    batch, _ = take_in(write_roster(tmp_path / "a.xlsx", LINES))
    needed = keeping.kept_file(batch.digest)
    left, young = settings.HOME.files / "upload-left", settings.HOME.files / "upload-young"
    for path in (left, young):
        path.write_text("x")
    for path in (needed, left):
        age(path, keeping.STRANDED_SECONDS + 60)
    keeping.drop_stranded(at=timezone.now())
    assert {path.name for path in settings.HOME.files.iterdir()} == {batch.digest, young.name}


def test_a_guess_of_no_batch_is_taken_away(settings):
    path = keeping.guess_file(123456)
    path.parent.mkdir()
    path.write_text("{}")
    age(path, keeping.STRANDED_SECONDS + 60)
    keeping.drop_stranded(at=timezone.now())
    assert not path.exists()


def test_a_rehearsal_leaves_the_copy_that_another_batch_needs(tmp_path):
    path = write_roster(tmp_path / "a.xlsx", LINES)
    batch, _ = take_in(path)
    with keeping.rehearsal(path):
        pass
    assert keeping.kept_file(batch.digest).exists()


def test_a_file_that_changes_while_it_is_kept_is_refused_and_leaves_nothing(tmp_path, settings):
    path = write_roster(tmp_path / "a.xlsx", LINES)
    digest = keeping.digest_of(path)
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(Refused, match="Đợi cho xong"):
        keeping.keep_file(path, digest)
    assert list(settings.HOME.files.glob(f"{digest}*")) == []


def test_what_a_power_cut_left_of_a_kept_file_is_made_whole_by_the_same_file(tmp_path):
    path = write_roster(tmp_path / "a.xlsx", LINES)
    digest = keeping.digest_of(path)
    keeping.keep_file(path, digest)
    keeping.kept_file(digest).write_bytes(b"")
    keeping.keep_file(path, digest)
    assert keeping.kept_file(digest).read_bytes() == path.read_bytes()


def test_a_kept_file_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    path = write_roster(tmp_path / "a.xlsx", LINES)
    digest, seen = keeping.digest_of(path), []
    sync = os.fsync
    monkeypatch.setattr(
        keeping.os, "fsync", lambda f: (seen.append(keeping.kept_file(digest).exists()), sync(f))
    )
    keeping.keep_file(path, digest)
    assert seen == [False, True]


def test_a_file_whose_name_is_no_utf8_is_taken_in_under_what_can_be_read_of_it(tmp_path):
    path = write_roster(tmp_path / "a.xlsx", LINES)
    odd = path.rename(tmp_path / os.fsdecode(b"d\xffs.xlsx"))
    batch, _ = take_in(odd)
    batch.refresh_from_db()
    assert batch.file_name == "d\ufffds.xlsx"
