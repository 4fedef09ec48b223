"""What is broken is named, with what to do; a fault of ours still says whose data this is."""

import json
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from hssk.config.schema import asking_by_scopes
from hssk.kit.errors import Trouble


@pytest.fixture
def hssk_on(home_at_rest):
    """Run `hssk …` on a home whose server nobody holds."""

    def run(*words):
        return subprocess.run(
            [Path(sys.executable).with_name("hssk"), *words],
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_folder_of_keys_that_is_gone_is_named_with_what_to_do(home_at_rest, hssk_on):
    hssk_on("doctor")
    home_at_rest.keys.rename(home_at_rest.path / "away")
    for command in (["doctor"], ["coverage", "--unit", "12", "--on", "2024-03-13"]):
        done = hssk_on(*command)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) <= 1
        said = done.stdout + done.stderr
        assert f"Thiếu thư mục khóa {home_at_rest.keys}" in said
        assert "bản sao lưu" in said
        assert "ngoài dự kiến" not in said


@pytest.mark.parametrize("key", ["factors", "database-owner"])
def test_one_key_that_is_gone_is_named_and_no_other_is_made_for_it(home_at_rest, hssk_on, key):
    hssk_on("doctor")
    file = home_at_rest.keys / key
    file.rename(home_at_rest.path / "away")
    for command in (["doctor"], ["coverage", "--unit", "12", "--on", "2024-03-13"]):
        done = hssk_on(*command)
        assert done.returncode == 1
        assert f"Thiếu tệp khóa {file}" in done.stdout + done.stderr
    assert not file.exists()
    (home_at_rest.path / "away").rename(file)
    assert "Thiếu" not in hssk_on("doctor").stdout


def test_a_key_of_scopes_that_is_changed_under_the_pages_is_named_and_not_taken(
    home_at_rest, hssk_on
):
    """Doctor itself put the new key into the database: every page was empty then, and all was ok"""
    hssk_on("doctor")
    file = home_at_rest.keys / "scope"
    before = file.read_text()
    file.write_text("x" * 48)
    with asking_by_scopes(home_at_rest):
        for command in (["doctor"], ["coverage", "--unit", "12", "--on", "2024-03-13"]):
            done = hssk_on(*command)
            assert done.returncode == 1
            assert f"Tệp khóa {file} không còn là tệp" in done.stdout + done.stderr
        file.write_text(before)
        assert "không còn là tệp" not in hssk_on("doctor").stdout
        file.write_text("x" * 48)
    assert "không còn là tệp" not in hssk_on("doctor").stdout  # as after a restore


@pytest.mark.parametrize(
    ("file", "written"), [("home.json", '{"id": "x'), ("home.json", "[]"), ("pg/hssk.json", "{")]
)
def test_a_damaged_file_of_facts_is_named_with_what_to_do(home_at_rest, hssk_on, file, written):
    hssk_on("doctor")
    (home_at_rest.path / file).write_text(written)
    for command in (["doctor"], ["coverage", "--unit", "12", "--on", "2024-03-13"]):
        done = hssk_on(*command)
        assert done.returncode == 1
        said = done.stdout + done.stderr
        assert f"{home_at_rest.path / file} bị hỏng" in said
        assert "bản sao lưu" in said
        assert "ngoài dự kiến" not in said


def test_a_folder_of_logs_that_was_swept_away_is_made_anew(home_at_rest, hssk_on):
    hssk_on("doctor")
    shutil.rmtree(home_at_rest.logs)
    done = hssk_on("doctor")
    assert "Traceback" not in done.stderr
    assert "đủ" in next(line for line in done.stdout.splitlines() if "lược đồ" in line)
    assert home_at_rest.logs.stat().st_mode & 0o077 == 0


def test_a_home_that_cannot_be_written_is_named_with_what_to_do(home_at_rest, hssk_on):
    hssk_on("doctor")
    (home_at_rest.path / "pg.users").unlink(missing_ok=True)
    (home_at_rest.path / "pg.users").mkdir()  # no open() writes there, not even that of root
    for command in (["doctor"], ["coverage", "--unit", "12", "--on", "2024-03-13"]):
        done = hssk_on(*command)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) <= 1
        assert f"Không dùng được {home_at_rest.path / 'pg.users'}" in done.stdout + done.stderr


def test_a_folder_that_is_read_only_is_said_by_doctor(home_at_rest, monkeypatch):
    from hssk.config import health

    assert "không ghi được" not in "".join(f.found for f in health.of_home(home_at_rest))
    monkeypatch.setattr(health.os, "access", lambda path, mode: False)
    bad = [found for found in health.of_home(home_at_rest) if found.state == "bad"]
    assert "không ghi được" in bad[0].found
    assert bad[0].advice


def test_a_server_that_ends_for_want_of_place_is_told_as_a_full_disk(home_at_rest, monkeypatch):
    from hssk.kit.pg import use

    monkeypatch.setattr(use, "TO_START", 2**60)
    with pytest.raises(Trouble, match="Ổ đĩa đã đầy"):
        use._refuse_a_full_disk(home_at_rest)


def test_an_empty_file_of_a_key_is_a_lost_key(home_at_rest, hssk_on):
    hssk_on("doctor")
    file = home_at_rest.keys / "codes"
    file.write_text("")
    done = hssk_on("doctor")
    assert done.returncode == 1
    assert f"Thiếu tệp khóa {file}" in done.stdout


def test_a_lost_home_json_is_named_and_none_is_made_for_it(home_at_rest, hssk_on):
    hssk_on("doctor")
    file = home_at_rest.path / "home.json"
    file.rename(home_at_rest.path / "away")
    for command in (["doctor"], ["coverage", "--unit", "12", "--on", "2024-03-13"]):
        done = hssk_on(*command)
        assert done.returncode == 1
        assert f"Mất tệp {file}" in done.stdout + done.stderr
    assert not file.exists()


def test_doctor_tells_the_time_that_pages_tell(hssk, home, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    told = json.loads(hssk("doctor", "--json", check=False).stdout)
    clock = next(finding for finding in told if finding["subject"] == "đồng hồ")
    assert "+07" in clock["found"]
    here = datetime.now(timezone(timedelta(hours=7)))
    assert f"{here:%d/%m/%Y}" in clock["found"]


def test_the_page_of_a_fault_says_that_people_are_invented(settings):
    from django.test import RequestFactory

    from hssk.config.failing import server_error

    settings.HSSK_INVENTED = True
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "DỮ LIỆU BỊA" in answer.content.decode()
    settings.HSSK_INVENTED = False
    assert "DỮ LIỆU BỊA" not in server_error(RequestFactory().get("/")).content.decode()
