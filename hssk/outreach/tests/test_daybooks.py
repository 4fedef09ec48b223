"""The book of a session goes out, is filled in anyhow, and comes home."""

import random
import shutil
import subprocess
from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.utils.datetime import from_excel

from hssk.access.services import access_of
from hssk.coverage.services import figures, settle, verify
from hssk.exchange.errors import Refused
from hssk.exchange.formats.mark import is_session_book
from hssk.exchange.models import Batch
from hssk.exchange.services.importing import open_batch
from hssk.outreach.errors import CannotWork
from hssk.outreach.models import BookRow, Contact, Kind
from hssk.outreach.services.contacts import record_outcome, withdraw
from hssk.outreach.services.daybooks import (
    ASKS,
    DOES,
    NOTHING,
    THERE,
    WRONG,
    carry_out,
    choose,
    digest_of_plan,
    make_daybook,
    plan,
    stage,
    take_back,
)
from hssk.outreach.services.daybooks.checking_in import came
from hssk.outreach.services.planning import SessionSaid, cancel_session, make_session
from hssk.outreach.tests.place import CODE

TODAY = date(2024, 4, 13)  # a Saturday
NOW = datetime(2024, 4, 13, 16, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HEADER = 4  # the row of the titles
CODE_AT, NAME_AT, OUTCOME_AT, UNTIL_AT, WHERE_AT, WHY_AT = 1, 4, 6, 7, 8, 9


@pytest.fixture
def by(nurse):
    return access_of(nurse, TODAY)


@pytest.fixture
def session(place, nurse):
    said = SessionSaid(unit=place.unit, hamlets=[place.pk], on=TODAY, place="Nhà văn hóa bản",
                       staff="Y tá")  # fmt: skip
    return make_session(said, by=nurse, at=NOW.replace(hour=6))


@pytest.fixture
def book(session, nurse):
    return make_daybook(session, TODAY, by=nurse, at=NOW.replace(hour=6))


def opened(content):
    return openpyxl.load_workbook(BytesIO(content))


def rows_of(workbook):
    """name → the row of a book in which it stands."""
    page = workbook.worksheets[0]
    return {page.cell(at, NAME_AT).value: at for at in range(HEADER + 1, page.max_row + 1)
            if page.cell(at, NAME_AT).value}  # fmt: skip


def filled(content, said, shuffle=None):
    """The book with what was said: name → outcome, or (outcome, until, where, why)."""
    workbook = opened(content)
    page, rows = workbook.worksheets[0], rows_of(workbook)
    for name, words in said.items():
        for column, word in enumerate(words if isinstance(words, tuple) else (words,), OUTCOME_AT):
            page.cell(rows[name], column).value = word
    if shuffle:
        shuffle(page)
    return sent(workbook)


def sent(workbook, name="so.xlsx"):
    out = BytesIO()
    workbook.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def counts():
    settle()
    found = figures(CODE, TODAY).counts
    return found.expected, found.found, found.missing


def done(session, upload, by):
    file = stage(upload, session, by=by.user, at=NOW)
    steps = plan(file, by=by)
    return file, steps, carry_out(file, digest_of_plan(steps), by=by, at=NOW)


def does(steps):
    return [step.does for step in steps if step.said("outcome")]


def test_a_book_lists_who_has_no_record_and_nothing_but_what_is_needed(book, people):
    _book, lines, content = book
    assert len(lines) == 20
    workbook = opened(content)
    page = workbook.worksheets[0]
    assert set(rows_of(workbook)) == {line.name for line in lines}
    text = " ".join(str(cell.value or "") for row in page.iter_rows() for cell in row)
    assert "0900000000" not in text


def test_a_book_may_be_sorted_and_added_to_as_its_guide_says_and_its_titles_stay(book):
    page = opened(book[2]).worksheets[0]
    assert page.protection.sheet
    assert not page.protection.password
    open_to = ("sort", "autoFilter", "insertRows", "insertColumns", "formatColumns", "formatRows")
    assert not any(getattr(page.protection, act) for act in open_to)  # what is locked is true
    assert page.protection.deleteRows
    assert page.auto_filter.ref == f"A{HEADER}:I{HEADER + 60}"
    # Excel sorts a protected sheet only where no cell of its rows is locked
    rows = page.iter_rows(min_row=HEADER + 1, max_row=HEADER + 60, max_col=WHY_AT)
    assert not any(cell.protection.locked for row in rows for cell in row)
    assert all(page.cell(HEADER, at).protection.locked for at in range(1, WHY_AT + 1))


def test_a_book_keeps_the_hand_from_what_is_known_and_asks_for_a_day(book):
    page = opened(book[2]).worksheets[0]
    known, outcome, until = page.data_validations.dataValidation
    last = HEADER + 60
    assert (known.type, known.formula1) == ("custom", f'$A{HEADER + 1}=""')
    assert str(known.sqref) == f"A{HEADER + 1}:E{last}"
    assert known.errorStyle in (None, "stop")
    assert (outcome.type, str(outcome.sqref)) == ("list", f"F{HEADER + 1}:F{last}")
    assert (until.type, until.operator) == ("date", "greaterThanOrEqual")
    assert from_excel(float(until.formula1)).date() == TODAY
    assert str(until.sqref) == f"G{HEADER + 1}:G{last}"


def test_what_a_book_says_moves_the_ledger_and_taken_back_moves_it_back(session, book, by):
    before = counts()
    upload = filled(book[2], {
        "Lò Thị A": "Đã lập hồ sơ", "Lò Thị C": "x", "Lò Thị E": ("Đi vắng", date(2024, 5, 1)),
        "Lò Thị G": ("Từ chối", None, None, "không muốn"),
    })  # fmt: skip
    file, steps, count = done(session, upload, by)
    assert count == 4
    assert [step.does for step in steps].count(NOTHING) == 16
    assert counts() == (before[0], before[1] + 2, before[2] - 2)
    absent = Contact.objects.get(kind="absent")
    assert absent.until == date(2024, 5, 1)
    assert take_back(file, by=by, at=NOW) == 4
    assert counts() == before
    assert verify([TODAY]) == []


def test_it_comes_home_sorted_with_columns_moved_and_rows_added(session, book, by):
    def shuffled(page):
        page.protection.sheet = False
        lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=HEADER)]
        header, body = lines[0], [line for line in lines[1:] if line[NAME_AT - 1]]
        random.Random(3).shuffle(body)
        order = [5, 3, 0, 1, 2, 8, 7, 6, 4]
        page.delete_rows(1, page.max_row)
        page.append(["Ghi chú của trạm"])
        page.append([header[at] for at in order])
        page.append(["Đã tự mở sổ điện tử", "Lò Thị B", None, None, None, None, None, None, "1951"])
        for line in body:
            page.append([line[at] for at in order])

    said = {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị Y": "Đi vắng"}
    _file, _steps, count = done(session, filled(book[2], said, shuffled), by)
    assert count == 3
    kinds = {contact.person: contact.kind for contact in Contact.objects.all()}
    lines = {line.name: line.person for line in book[1]}
    assert kinds[lines["Lò Thị A"]] == "record-made"
    assert kinds[lines["Lò Thị Y"]] == "absent"


def test_the_same_file_twice_adds_nothing_and_two_hands_agree_or_are_told(session, book, by):
    one = filled(book[2], {"Lò Thị A": "Đã lập hồ sơ"})
    content = one.read()
    one.seek(0)
    file, _steps, _count = done(session, one, by)
    again = stage(SimpleUploadedFile("khac.xlsx", content), session, by=by.user, at=NOW)
    assert again == file
    other, steps, count = done(
        session, filled(book[2], {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị C": "Đã lập hồ sơ"}), by
    )
    assert sorted(does(steps)) == [DOES, THERE]
    assert count == 1
    _third, steps, count = done(session, filled(book[2], {"Lò Thị C": "Đi vắng"}), by)
    assert does(steps) == [WRONG]
    assert count == 0
    assert Contact.objects.count() == 2
    assert take_back(other, by=by, at=NOW) == 1
    assert Contact.objects.filter(taken_back_at=None).count() == 1


def test_two_hands_that_name_another_day_or_place_are_told_of_the_first(session, book, by):
    back, later = date(2024, 4, 20), date(2024, 5, 2)
    first = {"Lò Thị A": ("Đi vắng", back), "Lò Thị C": ("Đã có hồ sơ ở nơi khác", None, "Trạm A")}
    done(session, filled(book[2], first), by)
    other = {"Lò Thị A": ("Đi vắng", later), "Lò Thị C": ("Đã có hồ sơ ở nơi khác", None, "Viện B")}
    _file, steps, count = done(session, filled(book[2], other), by)
    told = [step for step in steps if step.does == WRONG]
    assert [step.params["other"] for step in told] == ["20/4/2024", "Trạm A"]
    assert [step.column for step in told] == ["G", "H"]
    assert count == 0
    vague = {"Lò Thị A": "Không gặp", "Lò Thị C": ("Đã có hồ sơ ở nơi khác", None, "trạm a")}
    _file, steps, _count = done(session, filled(book[2], vague), by)
    assert does(steps) == [THERE, THERE]


def test_a_second_hand_that_wrote_a_column_of_its_own_is_read_too(session, book, by):
    def second(page):
        rows = rows_of(opened(book[2]))
        page.cell(HEADER, WHY_AT + 1).value = "Kết quả"
        page.cell(rows["Lò Thị C"], WHY_AT + 1).value = "Đã lập hồ sơ"
        page.cell(rows["Lò Thị A"], WHY_AT + 1).value = "Đi vắng"
        page.cell(rows["Lò Thị E"], WHY_AT + 1).value = "Đi vắng"

    said = {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị E": "Đi vắng"}
    _file, steps, count = done(session, filled(book[2], said, second), by)
    assert sorted(does(steps)) == [DOES, DOES, WRONG]
    [wrong] = [step for step in steps if step.does == WRONG]
    assert wrong.params["text"] == "Đã lập hồ sơ / Đi vắng"
    assert count == 2


def test_a_sheet_that_was_copied_says_nothing_twice(session, book, by):
    upload = filled(book[2], {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị C": "Đi vắng"})
    workbook = openpyxl.load_workbook(upload)
    workbook.copy_worksheet(workbook.worksheets[0]).title = "Bản chép"
    _file, steps, count = done(session, sent(workbook), by)
    assert does(steps) == [DOES, DOES, WRONG, WRONG]
    wrong = next(step for step in steps if step.does == WRONG)
    assert "dòng 5 của trang “Sổ của buổi”" in wrong.message.format(**wrong.params)
    assert count == Contact.objects.count() == 2


def test_a_second_copy_that_comes_home_after_another_visit_adds_nothing(session, book, nurse, by):
    said = {"Lò Thị A": "Đi vắng"}
    done(session, filled(book[2], said), by)
    monday = access_of(nurse, TODAY + timedelta(days=2))
    away = next(line.person for line in book[1] if line.name == "Lò Thị A")
    record_outcome(away, Kind.ABSENT, on=monday.day, by=monday)
    _file, steps, count = done(session, filled(book[2], {**said, "Lò Thị C": "x"}), monday)
    assert does(steps) == [THERE, DOES]
    assert count == 1
    assert Contact.objects.filter(on=TODAY).count() == 2


def test_what_the_next_desk_writes_down_takes_no_record_off_the_day(session, book, nurse, by):
    made = book[1][0].person
    record_outcome(made, Kind.RECORD_MADE, on=TODAY, by=by)
    record_outcome(made, Kind.BOOK_OPENED, on=TODAY, by=by)
    monday = access_of(nurse, TODAY + timedelta(days=2))
    record_outcome(made, Kind.ABSENT, on=monday.day, by=monday)
    [line] = came(session)
    assert (line.made, line.met) == (1, 0)


def test_a_day_or_a_place_without_an_outcome_is_asked_about_and_a_note_is_not(session, book, by):
    said = {"Lò Thị A": (None, date(2024, 5, 1)), "Lò Thị C": (None, None, "Trạm y tế bịa"),
            "Lò Thị E": (None, None, None, "sai năm sinh")}  # fmt: skip
    _file, steps, count = done(session, filled(book[2], said), by)
    wrong = [(step.column, step.message.format(**step.params)) for step in steps
             if step.does == WRONG]  # fmt: skip
    assert [column for column, _message in wrong] == ["G", "H"]
    assert "“Trạm y tế bịa”" in wrong[1][1]
    assert count == 0


def test_one_column_sorted_alone_is_seen_and_does_nothing(session, book, by):
    def slid(page):
        names = [page.cell(at, NAME_AT).value for at in range(HEADER + 1, HEADER + 21)]
        for at, name in enumerate([names[-1], *names[:-1]], HEADER + 1):
            page.cell(at, NAME_AT).value = name
            page.cell(at, OUTCOME_AT).value = "Đã lập hồ sơ"

    _file, steps, count = done(session, filled(book[2], {}, slid), by)
    assert set(does(steps)) == {WRONG}
    assert steps[0].column == "D"
    assert count == 0
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("column", "cell", "letter"),
    [
        (OUTCOME_AT, "bận quá", "F"),
        (UNTIL_AT, "mai", "G"),
        (CODE_AT, "K7F3B-014-M", "A"),
    ],
)
def test_what_is_wrong_is_said_with_its_column_and_holds_nothing_up(
    session, book, by, column, cell, letter
):
    def spoiled(page):
        at = rows_of(page.parent)["Lò Thị E"]
        page.cell(at, OUTCOME_AT).value = "Đi vắng"
        page.cell(at, column).value = cell

    upload = filled(book[2], {"Lò Thị A": "Đã lập hồ sơ"}, spoiled)
    _file, steps, count = done(session, upload, by)
    [wrong] = [step for step in steps if step.does == WRONG]
    assert (wrong.column, count) == (letter, 1)
    assert wrong.message.format(**wrong.params)


@pytest.mark.parametrize(("word", "letter"), [("Từ chối", ""), ("Đã có hồ sơ ở nơi khác", "")])
def test_an_outcome_that_needs_words_asks_for_them(session, book, by, word, letter):
    _file, steps, count = done(session, filled(book[2], {"Lò Thị A": word}), by)
    [wrong] = [step for step in steps if step.does == WRONG]
    assert (wrong.column, count) == (letter, 0)


def test_whom_a_row_without_a_code_means_is_asked_where_words_do_not_tell(
    session, book, by, people
):
    def added(page):
        page.append([None, None, None, "Lò Thị C", "1999", "Đã lập hồ sơ"])
        page.append([None, None, None, "LÒ THỊ G", None, "Đã lập hồ sơ"])
        page.append([None, None, None, None, None, "Đã lập hồ sơ"])

    file, steps, count = done(session, filled(book[2], {}, added), by)
    assert does(steps) == [WRONG, ASKS, WRONG]
    assert count == 0
    asked = next(step for step in steps if step.does == ASKS)
    with pytest.raises(CannotWork):
        choose(asked.row, people["Lò Thị A"].pk, by=by)
    choose(asked.row, people["Lò Thị G"].pk, by=by)
    steps = plan(file, by=by)
    assert carry_out(file, digest_of_plan(steps), by=by, at=NOW) == 1
    assert Contact.objects.get().person == people["Lò Thị G"].pk


def test_nothing_is_done_that_was_not_shown(session, book, by):
    file = stage(filled(book[2], {"Lò Thị A": "Đã lập hồ sơ"}), session, by=by.user, at=NOW)
    shown = digest_of_plan(plan(file, by=by))
    record_outcome(book[1][0].person, "record-made", on=TODAY, by=by)
    with pytest.raises(CannotWork):
        carry_out(file, shown, by=by, at=NOW)


def test_what_was_withdrawn_by_hand_is_done_again_by_the_same_file(session, book, by):
    file, _steps, _count = done(session, filled(book[2], {"Lò Thị A": "Đã lập hồ sơ"}), by)
    withdraw(Contact.objects.get(), by)
    steps = plan(file, by=by)
    assert does(steps) == [DOES]
    assert carry_out(file, digest_of_plan(steps), by=by, at=NOW) == 1
    assert BookRow.objects.exclude(contact=None).count() == 1


def test_a_book_of_another_session_is_told_where_to_go(session, book, by, place, nurse):
    said = SessionSaid(unit=place.unit, hamlets=[place.pk], on=TODAY, place="Trạm", staff="Y tá")
    other = make_session(said, by=nurse, at=NOW.replace(hour=6))
    _file, steps, count = done(other, filled(book[2], {"Lò Thị A": "Đã lập hồ sơ"}), by)
    assert (does(steps), count) == ([WRONG], 0)


def test_a_workbook_that_is_no_book_is_refused_by_name(session, by):
    workbook = openpyxl.Workbook()
    workbook.active.append(["Cái này", "là gì"])
    with pytest.raises(CannotWork):
        stage(sent(workbook), session, by=by.user, at=NOW)


def test_no_book_of_a_session_that_is_off(session, nurse):
    cancel_session(session, "mưa", by=nurse, at=NOW.replace(hour=7))
    session.refresh_from_db()
    with pytest.raises(CannotWork):
        make_daybook(session, TODAY, by=nurse, at=NOW)


def test_a_book_sent_at_the_door_of_lists_is_told_its_own_door(session, book, by, tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_bytes(filled(book[2], {"Lò Thị A": "Đã lập hồ sơ"}).read())
    with pytest.raises(Refused, match="sổ của một buổi"):
        open_batch(path, kind="auto", unit=session.unit, on=TODAY, partial=True, actor=by.user,
                   area=None)  # fmt: skip
    assert not Batch.objects.exists()


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_it_comes_home_saved_by_another_program(session, book, by, tmp_path, kind):
    """Filled in, then opened and saved by LibreOffice: still the same rows, still marked."""
    said = {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị C": ("Đi vắng", date(2024, 5, 1))}
    path = tmp_path / "so.xlsx"
    path.write_bytes(filled(book[2], said).read())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", tmp_path / "out", path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = tmp_path / "out" / f"so.{kind}"
    upload = SimpleUploadedFile(saved.name, saved.read_bytes())
    _file, _steps, count = done(session, upload, by)
    assert count == 2
    assert Contact.objects.get(kind="absent").until == date(2024, 5, 1)
    assert kind == "ods" or is_session_book(saved)
