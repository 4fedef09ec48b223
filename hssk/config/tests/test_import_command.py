"""`hssk import`: what it answers, what it says on stderr, and what it leaves behind."""

import json

import openpyxl
import pytest

from hssk.access.models import User
from hssk.config.cli import import_, main, parser_of
from hssk.config.cli._words import Misuse
from hssk.exchange.formats.door import Begun
from hssk.exchange.invented import invent, write_files
from hssk.exchange.models import Batch
from hssk.exchange.tests.pipeline import (
    CITY,
    COMMUNE,
    person,
    somebody,
    write_records,
    write_roster,
)
from hssk.exchange.tests.test_silence import FIRST, OTHERS
from hssk.kit.home import Home

pytestmark = pytest.mark.django_db
DAY = "2024-03-10"
PEOPLE = [person(f"Giàng A {n}", f"0{n}/03/1980", pid=f"01208000000{n}") for n in range(1, 6)]


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = Home(tmp_path / "home").open()


@pytest.fixture
def take(capsys):
    """Run `hssk import …`: exit code, what stands on stdout, the lines of stderr."""

    def run(*words, unit=CITY, on=DAY):
        given = [*map(str, words), "--unit", unit, "--on", on]
        options = parser_of("import", import_).parse_args(given)
        with import_.ahead(options):
            code = import_.run(options, User.objects.get(username=User.LOCAL_OPERATOR))
        said = capsys.readouterr()
        return code, said.out, said.err.splitlines()

    return run


@pytest.fixture
def roster(tmp_path):
    return write_roster(tmp_path / "danh_sach.xlsx", PEOPLE)


@pytest.fixture
def records(tmp_path):
    return write_records(tmp_path / "ho_so.xlsx", PEOPLE[:3])


@pytest.fixture
def wrong(tmp_path):
    """A roster of the same commune on which nobody of the first stands."""
    return write_roster(tmp_path / "a.xlsx", FIRST), write_roster(tmp_path / "b.xlsx", OTHERS)


def kept(settings):
    return [path.name for path in settings.HOME.files.iterdir()]


def test_a_rehearsal_counts_and_leaves_nothing_behind(take, roster, settings):
    code, out, _ = take(roster, "--dry-run", "--json")
    assert (code, json.loads(out)["new"], json.loads(out)["batch"]) == (0, 5, None)
    assert not Batch.objects.exists()
    assert kept(settings) == []


def test_a_rehearsal_without_json_names_no_batch(take, roster):
    assert take(roster, "--dry-run")[1].startswith("Nhập thử, không ghi gì (roster): 5 dòng")


def test_insisting_in_a_rehearsal_does_not_have_a_held_file_applied_later(take, wrong, settings):
    first, other = wrong
    take(first)
    assert take(other)[0] == 1
    before = Batch.objects.order_by("id").values_list("id", "state", "insisted_by")
    held = list(before)
    assert [state for _, state, _ in held] == [Batch.APPLIED, Batch.HELD]
    assert take(other, "--dry-run", "--insist")[0] == 0
    assert list(before.all()) == held
    assert len(kept(settings)) == 2  # the held file waits for somebody, so it stays


def test_a_rehearsal_of_a_file_that_is_held_leaves_nothing_behind(take, wrong, settings):
    take(wrong[0])
    assert take(wrong[1], "--dry-run")[0] == 1
    assert Batch.objects.count() == len(kept(settings)) == 1


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_a_file_that_nobody_can_read_leaves_nothing_behind(take, tmp_path, settings, more):
    (tmp_path / "danh_sach.pdf").write_bytes(b"%PDF-1.7 ...")
    code, out, said = take(tmp_path / "danh_sach.pdf", *more)
    assert (code, out) == (1, "")
    assert len(said) == 1
    assert said[0].startswith("hssk import: danh_sach.pdf: Tệp này là PDF")
    assert not Batch.objects.exists()
    assert kept(settings) == []


def test_an_unreadable_file_that_the_pages_list_stays_listed(take, tmp_path, settings):
    (tmp_path / "danh_sach.pdf").write_bytes(b"%PDF-1.7 ...")
    from hssk.exchange.services import importing
    from hssk.places.services import unit_on

    path, on = tmp_path / "danh_sach.pdf", import_day()
    importing.open_batch(
        path, kind="auto", unit=unit_on(CITY, on), on=on, partial=False, actor=somebody(), area=None
    )
    assert take(path)[0] == 1
    assert Batch.objects.get().state == Batch.FAILED
    assert len(kept(settings)) == 1


def import_day():
    from hssk.config.cli._words import day

    return day(DAY)


def test_a_refused_file_is_named_and_the_others_are_taken_in(take, roster, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 ...")
    code, out, said = take(tmp_path / "x.pdf", tmp_path / "nowhere.xlsx", roster, "--json")
    assert code == 1
    assert json.loads(out)["new"] == 5
    assert [line.split(": ")[1] for line in said] == ["x.pdf", "nowhere.xlsx"]


def test_a_hold_for_another_unit_says_which_words_were_not_understood(take, tmp_path):
    lines = [{**line, "unit": "Xã Không Có"} for line in PEOPLE]
    _, _, said = take(write_roster(tmp_path / "a.xlsx", lines), "--kind", "roster")
    assert "không hiểu được" in said[-1]
    assert "XÃ KHÔNG CÓ” (×5)" in said[-1]


def test_what_is_to_be_said_of_the_file_stands_on_stderr(take, tmp_path):
    path = write_roster(tmp_path / "a.xlsx", PEOPLE)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Hướng dẫn").append(["Cách ghi"])
    book.save(path)
    code, out, said = take(path, "--json")
    assert code == 0
    assert json.loads(out)["warnings"] == 0
    assert said == [
        "hssk import: a.xlsx – Hướng dẫn: Bỏ qua trang hướng dẫn “Hướng dẫn”.",
    ]


STRANGE = ["A1", "Người", "Lúc ra đời", "G", "Ở đâu"]


@pytest.fixture
def strange(tmp_path):
    """A list whose headers nobody knows."""
    book = openpyxl.Workbook()
    book.active.title = "Trang 1"
    book.active.append([f"DANH SÁCH {COMMUNE.upper()}"])
    book.active.append(STRANGE)
    for n in range(1, 6):
        book.active.append([n, f"Giàng A {'Bcdefg'[n]}", f"0{n}/03/1980", "Nam", "Bản Giả"])
    book.save(tmp_path / "la.xlsx")
    return tmp_path / "la.xlsx"


def test_guessed_columns_are_held_and_named_with_how_to_go_on(take, strange):
    code, out, said = take(strange, "--kind", "roster")
    assert (code, out) == (1, "")
    assert Batch.objects.get().state == Batch.HELD
    assert "hssk import: la.xlsx – Trang 1: cột B “Người” được hiểu là: Họ và tên" in said
    assert "--insist" in said[-1]
    assert f"lần nhập {Batch.objects.get().id}" in said[-1]


def test_guessed_columns_are_believed_when_somebody_insists(take, strange):
    code, out, _ = take(strange, "--kind", "roster", "--insist", "--json")
    assert (code, json.loads(out)["accepted"]) == (0, 5)


def test_a_file_as_it_usually_comes_is_not_held(take, tmp_path):
    files = write_files(invent(people=120, seed=3), tmp_path)
    assert take(files.roster, unit="12")[0] == 0
    assert take(files.records, unit="12")[0] == 0


def test_an_extract_that_is_called_a_roster_is_held(take, tmp_path):
    lines = [
        {**line, "system_number": f"HS{n}", "created": "01/02/2022", "visits": 1}
        for n, line in enumerate(PEOPLE)
    ]
    path = write_records(tmp_path / "b.xlsx", lines)
    code, _, said = take(path, "--kind", "roster")
    assert code == 1
    assert "không phải danh sách nhân khẩu" in said[-1]
    assert take(path, "--kind", "roster", "--insist")[0] == 0


def test_a_roster_that_is_called_an_extract_is_held(take, roster):
    lines_before = Batch.objects.count()
    code, _, said = take(roster, "--kind", "records")
    assert code == 1
    assert "không phải trích xuất hồ sơ sức khỏe" in said[-1]
    assert Batch.objects.exclude(state=Batch.HELD).count() == lines_before


def test_a_day_that_has_not_come_is_refused(take, roster):
    with pytest.raises(Misuse, match="chưa tới"):
        take(roster, on="2999-01-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "x.xlsx", "--unit", "12", "--on", "10/3/2024"], "năm-tháng-ngày"),
        (["import", "x.xlsx", "--unit", "12"], "Thiếu --on."),
        (["import", "x.xlsx", "--kind", "y"], "hãy chọn một trong"),
        (["work", "x"], "phải là một số"),
        (["import", "--unit"], "Sau --unit phải có giá trị"),
        (["--as", "mai", "import", "x.xlsx", "--unit", "12"], "Thiếu --on."),
        (["--as=mai", "import", "x.xlsx", "--unit", "12"], "Thiếu --on."),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line_with_what_to_do(
    monkeypatch, capsys, words, said
):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert told.err.count("\n") == 1
    assert "argument" not in told.err


def test_the_same_mistake_is_told_in_english_where_the_terminal_is_english(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert main(["import", "x.xlsx", "--unit", "12"]) == 2
    assert "--on is missing" in capsys.readouterr().err


def answers(out):
    return [(a["kind"], a["rows"], a["new"], a["same"]) for a in map(json.loads, out.splitlines())]


def test_several_files_are_read_ahead_and_taken_in_one_after_the_other(take, roster, records):
    code, out, _ = take(roster, records, "--json")
    assert code == 0
    assert answers(out) == [("roster", 5, 5, 0), ("records", 3, 0, 3)]


def test_a_file_that_is_applied_already_or_not_there_does_not_confuse_the_next(
    take, roster, records, tmp_path
):
    take(roster, "--json")
    code, out, said = take(roster, tmp_path / "none.xlsx", records, records, "--json")
    assert code == 1
    assert answers(out) == [("roster", 5, 0, 0), ("records", 3, 0, 3), ("records", 3, 0, 0)]
    assert [line for line in said if "none.xlsx" in line]


def test_no_child_is_left_behind(take, roster, records, monkeypatch):
    begun = []
    begin = Begun.__init__

    def remember(self, *arguments, **options):
        begun.append(self)
        begin(self, *arguments, **options)

    monkeypatch.setattr(Begun, "__init__", remember)
    take(roster, "--json")
    take(roster, records, "--json")
    assert len(begun) == 3
    assert all(child._child.poll() is not None for child in begun)


def test_a_list_of_members_is_written_at_once_and_makes_nobody(take, roster):
    from hssk.people.models import Membership, Person

    take(roster, "--kind", "roster")
    before = Person.objects.count()
    said = ("--kind", "members", "--organisation", "Hội Bịa", "--json")
    code, _out, err = take(roster, *said)
    assert code == 1
    assert "--create" in err[0]
    code, out, _err = take(roster, *said, "--create", "union")
    told = json.loads(out)
    assert (code, told["kind"], told["same"], told["new"]) == (0, "members", 5, 0)
    assert json.loads(take(roster, *said)[1])["unchanged"] == 5
    assert (Membership.objects.count(), Person.objects.count()) == (5, before)
