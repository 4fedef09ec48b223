"""`hssk gateway` and `hssk watch` as they are typed."""

import json

import pytest

from hssk.exchange.tests.claims import visit, write_claims

FACILITIES = "code,name,unit\n12001,Bệnh viện Bịa,\n12S01,Trạm Bịa,03388\n"
SON = {"name": "Lò Văn Sơn", "birth": "195803050000"}


@pytest.fixture
def facilities(hssk, tmp_path):
    path = tmp_path / "co_so.csv"
    path.write_text(FACILITIES, "utf-8")
    hssk("facilities", path)


def test_an_account_is_made_listed_given_a_new_password_and_ended(hssk, facilities):
    one = hssk("gateway", "add", "--facility", "12s01").stdout
    assert one.startswith("Tài khoản: cong-12s01   Mật khẩu: ")
    assert hssk("gateway", "add", "--facility", "12S01").stdout != one
    assert hssk("gateway", "list").stdout.count("12S01  cong-12s01") == 1
    hssk("gateway", "end", "--facility", "12S01")
    assert "đã kết thúc" in hssk("gateway", "list").stdout
    hssk("gateway", "add", "--facility", "12S01")
    assert "đã kết thúc" not in hssk("gateway", "list").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "Thiếu --facility"),
        (["add", "--facility", "99999"], "Không có cơ sở mã 99999"),
        (["add", "--facility", "12001"], "ghi rõ đơn vị"),
        (["end", "--facility", "12001"], "không có tài khoản cổng"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(hssk, facilities, words, said):
    done = hssk("gateway", *words, check=False)
    assert done.returncode != 0
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_is_watched_once_and_by_the_posts_of_who_is_named(hssk, tmp_path):
    folder = tmp_path / "ho_so"
    folder.mkdir()
    write_claims(folder / "a.xml", [visit("LK1", **SON)])
    (folder / "b.xml").write_text("<html/>")
    done = hssk("watch", folder, "--unit", "12", "--once")
    assert sorted(done.stdout.splitlines()) == [
        "'a.xml': đã chuyển vào done/", "'b.xml': đã chuyển vào refused/",
    ]  # fmt: skip
    assert (folder / "done/a.xml.txt").read_text("utf-8").startswith("Lần nhập ")
    assert json.loads(hssk("coverage", "--unit", "12", "--on", "2024-03-31", "--json").stdout)
    assert hssk("watch", folder, "--unit", "12", "--once", "--as", "ai.do", check=False).returncode
