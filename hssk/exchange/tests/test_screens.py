"""What the pages answer: behind the login, calm about nonsense, quick to say how far work is."""

from dataclasses import asdict

import pytest
from django.utils import translation

from hssk.exchange.formats.tables.cells.faults import problem
from hssk.exchange.forms import DayField, ImportForm, column_letter
from hssk.exchange.linkage.weights import LEVELS
from hssk.exchange.models import Batch, LinkDecision, Review
from hssk.exchange.services import showing, working
from hssk.exchange.services.comparing import why
from hssk.exchange.tests.pairs import pairs, reviewer
from hssk.exchange.tests.pipeline import MARCH
from hssk.kit import progress
from hssk.kit.tests.conftest import compiled_messages  # noqa: F401

PAGES = ["import/", "batches/", "review/", "batches/1/", "batches/1/undo/", "units/", "review/1/"]


@pytest.fixture
def nurse(db):
    return reviewer()


@pytest.fixture
def signed_in(client, nurse, monkeypatch):
    monkeypatch.setattr(working, "start", lambda jobs, *words: None)
    client.force_login(nurse)
    return client


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.django_db
def test_every_page_is_behind_the_login(client, page):
    assert client.get(f"/exchange/{page}").url.startswith("/accounts/login/")


@pytest.mark.parametrize("page", ["batches/99/", "batches/99/progress/", "batches/99/undo/"])
def test_a_file_that_is_not_there_is_not_found(signed_in, page):
    assert signed_in.get(f"/exchange/{page}").status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Batch.APPLIED, "Đã ghi vào sổ"),
        (Batch.HELD, "có điều đáng ngờ"),
        (Batch.FAILED, "không đọc được"),
        (Batch.UNDONE, "đã được hoàn tác"),
        (Batch.WAITING, "Đang chờ đọc"),
    ],
)
def test_the_page_of_a_file_says_where_it_stands(signed_in, nurse, state, words):
    row = pairs(["Ai Đó"], nurse)[0].row
    Batch.objects.filter(id=row.batch_id).update(
        state=state,
        trouble={"message": "Có {n} dòng lạ.", "params": {"n": 7}, "advice": "Xem lại."},
    )
    text = signed_in.get(f"/exchange/batches/{row.batch_id}/").text
    assert words in text
    if state in (Batch.HELD, Batch.FAILED):
        assert "Có 7 dòng lạ." in text


def test_progress_is_told_in_words_and_numbers(signed_in, nurse):
    batch = pairs(["Ai Đó"], nurse)[0].row.batch
    Batch.objects.filter(id=batch.id).update(state=Batch.WAITING)
    progress.tell(f"batch-{batch.id}", "link", 31000, 47515)
    told = signed_in.get(f"/exchange/batches/{batch.id}/progress/").json()
    assert (told["done"], told["total"], told["finished"]) == (31000, 47515, False)
    assert "31.000 trong 47.515 dòng" in told["text"]


def test_a_file_is_told_to_wait_only_until_work_on_it_begins(signed_in, nurse):
    batch = pairs(["Ai Đó"], nurse)[0].row.batch
    Batch.objects.filter(id=batch.id).update(state=Batch.WAITING)
    progress.tell(f"batch-{batch.id}", "apply", 0, 47515)
    page = signed_in.get(f"/exchange/batches/{batch.id}/").text
    assert "Đang chờ đọc" not in page
    assert '<li data-stage="apply" aria-current="step">' in page


def test_a_file_that_is_undone_is_not_told_to_be_read(signed_in, nurse):
    batch = pairs(["Ai Đó"], nurse)[0].row.batch
    working.request_undo(batch, actor=nurse)
    page = signed_in.get(f"/exchange/batches/{batch.id}/").text
    assert "Đang hoàn tác" in page
    assert 'class="steps"' not in page


def test_the_column_of_a_problem_is_said_once(signed_in, nurse):
    row = pairs(["Ai Đó"], nurse)[0].row
    row.problems = [asdict(problem("date_impossible", column="D", value="31/02/1990"))]
    row.save()
    page = signed_in.get(f"/exchange/batches/{row.batch_id}/rows/?only=warnings").text
    assert page.count("Cột D:") == 1


def test_a_file_whose_worker_died_too_often_says_so_and_offers_another_try(signed_in, nurse):
    batch = pairs(["Ai Đó"], nurse)[0].row.batch
    Batch.objects.filter(id=batch.id).update(state=Batch.WAITING)
    working._failures[working.job_of(batch)] = working.MOST_FAILURES
    assert "Thử lại" in signed_in.get(f"/exchange/batches/{batch.id}/").text
    signed_in.post(f"/exchange/batches/{batch.id}/again/")
    assert not working.has_failed(working.job_of(batch))


def test_insisting_stands_on_the_file_with_a_name(signed_in, nurse):
    batch = pairs(["Ai Đó"], nurse)[0].row.batch
    Batch.objects.filter(id=batch.id).update(state=Batch.HELD)
    signed_in.post(f"/exchange/batches/{batch.id}/insist/")
    batch.refresh_from_db()
    assert (batch.insisted_by, batch.state) == (nurse, Batch.RECEIVED)


@pytest.mark.parametrize("address", ["insist/", "again/"])
def test_what_changes_things_needs_a_button_not_a_link(signed_in, nurse, address):
    batch = pairs(["Ai Đó"], nurse)[0].row.batch
    assert signed_in.get(f"/exchange/batches/{batch.id}/{address}").status_code == 405


def test_a_verdict_that_is_none_decides_nothing(signed_in, nurse):
    pair = pairs(["Ai Đó"], nurse)[0]
    signed_in.post(f"/exchange/review/{pair.row_id}/verdict/", {"verdict": "maybe"})
    pair.refresh_from_db()
    assert pair.decision == "ask"


def test_a_verdict_is_on_the_two_rows_that_were_seen_or_on_none(signed_in, nurse):
    """An undo may have a row compared with another one while somebody reads."""
    first, second = pairs(["Ai Đó", "Người Khác"], nurse)
    page = signed_in.get(f"/exchange/review/{first.row_id}/")
    assert f'name="against" value="{first.against}"' in page.text
    said = {"verdict": "same", "next": second.row_id, "against": first.against}
    LinkDecision.objects.filter(row=first.row_id).update(against=second.against)
    answer = signed_in.post(f"/exchange/review/{first.row_id}/verdict/", said, follow=True)
    assert answer.redirect_chain[-1][0] == f"/exchange/review/{first.row_id}/"
    assert "nay được so với một dòng khác" in answer.text
    assert not Review.objects.exists()
    signed_in.post(f"/exchange/review/{first.row_id}/verdict/", {**said, "against": second.against})
    assert Review.objects.get().verdict == Review.SAME


@pytest.mark.parametrize(
    ("text", "day"),
    [("13/3/2024", MARCH.replace(day=13)), ("13-03-2024", MARCH.replace(day=13)),
     ("2024-03-13", MARCH.replace(day=13)), ("", None)],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text, day):
    assert DayField(required=False).clean(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thành phố Lai Châu, Tỉnh Lai Châu · 12-105", "12-105"),
        ("12-105", "12-105"),
        ("thanh pho lai chau", "12-105"),
        ("Tỉnh Lai Châu", "12"),
        ("Tân Phong", None),
        ("không có đâu", None),
    ],
)
@pytest.mark.django_db
def test_a_unit_is_found_by_label_code_or_words_and_never_guessed(text, code):
    form = ImportForm({"unit": text, "on": "13/3/2024", "kind": "auto"})
    form.is_valid()
    found = form.cleaned_data.get("unit")
    assert getattr(found, "code", None) == code


@pytest.mark.django_db
def test_units_are_offered_as_they_stood_on_the_day():
    before = [unit.code for unit in showing.units_like("Thành phố Lai Châu", MARCH)]
    after = [
        unit.code for unit in showing.units_like("Thành phố Lai Châu", MARCH.replace(year=2026))
    ]
    assert before[0] == "12-105"
    assert "12-105" not in after


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_named_as_in_excel(column, letter):
    assert column_letter(column) == letter


@pytest.mark.usefixtures("compiled_messages", "db")
def test_why_the_program_asks_is_said_in_english_too():
    evidence = {
        "bhxh": LEVELS["bhxh"].index("same"),
        "name": LEVELS["name"].index("different"),
    }
    assert why(evidence) == "Cùng mã số BHXH; nhưng tên khác nhau."
    with translation.override("en"):
        assert why(evidence) == "Same social insurance code; but different names."
