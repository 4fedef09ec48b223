"""What is broken is named, with what to do; a fault of ours still says whose data this is."""

import json
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest


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
