"""Kept files stay as long as a batch needs them, and no longer."""

import os
import time

import pytest
from django.utils import timezone

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
