"""Whose files, rows and open questions the pages of exchange are about."""

import pytest

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.exchange.models import Batch, Review, SourceRow
from hssk.exchange.services import waiting, working
from hssk.exchange.tests.pairs import DAY, file_of, pairs, row_of
from hssk.places.models import Unit
from tests.village import on_duty

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_workers(monkeypatch):
    monkeypatch.setattr(working, "start", lambda jobs, *words: None)


def unit(code):
    return Unit.objects.on(DAY).get(code=code)


@pytest.fixture
def sender():
    return on_duty("gui.tep", role=Role.INTEGRATOR, unit=unit("12-105"))


@pytest.fixture
def file(sender):
    return file_of(Batch.ROSTER, sender, "danh_sach.xlsx")


def page(client, file, rest=""):
    return client.get(f"/exchange/batches/{file.id}/{rest}").status_code


def test_who_delivers_files_sees_what_became_of_them_and_no_row(client, sender, file):
    client.force_login(sender)
    assert page(client, file) == page(client, file, "progress/") == 200
    for rest in ("rows/", "errors.xlsx", "layout/", "undo/"):
        assert page(client, file, rest) == 403
    assert client.get("/exchange/review/").status_code == 403
    assert client.get("/coverage/unit/12-105/").status_code == 403


def test_who_delivers_files_reads_no_name_from_them_and_is_led_to_no_closed_page(
    client, sender, file
):
    row = row_of(file, 3, name="Giàng Thị Mỷ")
    SourceRow.objects.filter(pk=row.pk).update(accepted=False)
    client.force_login(sender)
    answer = client.get(f"/exchange/batches/{file.id}/")
    assert answer.context["rejected"] == 1
    assert "Giàng" not in answer.text
    for closed in ("rows/", "errors.xlsx", "layout/", "undo/"):
        assert f"/exchange/batches/{file.id}/{closed}" not in answer.text
    client.force_login(on_duty("mai", role=Role.CLERK, unit=unit("12-105")))
    assert "Giàng" in client.get(f"/exchange/batches/{file.id}/").text
    assert Look.objects.get().act == "list"


def test_a_file_of_another_area_is_not_there(client, file):
    client.force_login(on_duty("xa", unit=unit("01")))
    assert page(client, file) == page(client, file, "rows/") == page(client, file, "undo/") == 404
    assert client.post(f"/exchange/batches/{file.id}/again/").status_code == 404
    assert client.get("/exchange/batches/").context["page"].paginator.count == 0


def test_a_clerk_of_the_area_sees_the_file_and_cannot_take_it_back(client, file):
    client.force_login(on_duty("mai", role=Role.CLERK, unit=unit("12-105")))
    assert page(client, file) == page(client, file, "rows/") == 200
    assert page(client, file, "undo/") == 403
    assert client.post(f"/exchange/batches/{file.id}/insist/").status_code == 403


def test_a_file_is_taken_in_for_a_unit_of_the_own_area_only(client, tmp_path, settings):
    client.force_login(on_duty("mai", role=Role.CLERK, unit=unit("03403")))
    said = {"unit": "12-105", "on": "13/3/2024", "kind": "auto"}
    upload = tmp_path / "a.csv"
    upload.write_text("Họ và tên,Ngày sinh\nAi đó,1/1/1990\n")
    with upload.open("rb") as it:
        answer = client.post("/exchange/import/", {**said, "uploads": it})
    assert "không thuộc địa bàn" in answer.text
    assert not Batch.objects.exists()


@pytest.fixture
def pair(sender):
    return pairs(["Giàng Thị Mỷ"], sender)[0]


def test_a_question_is_asked_of_whoever_decides_on_both_sides(client, pair):
    client.force_login(on_duty("mai", unit=unit("12-105")))
    assert client.get("/exchange/review/").context["queue"]["count"] == 1
    assert set(Look.objects.get().people) == {pair.person}


def test_the_household_and_the_neighbours_beside_a_pair_are_written_down_too(client, sender):
    asked = pairs(["Giàng Thị Mỷ", "Giàng A Lềnh"], sender)
    client.force_login(on_duty("mai", unit=unit("12-105")))
    page = client.get("/exchange/review/")
    assert set(Look.objects.get().people) == {each.person for each in asked}
    assert "Giàng A Lềnh" in page.text


def test_a_question_with_one_side_elsewhere_is_nobodys_of_one_side(client, pair):
    client.force_login(on_duty("mai", unit=unit("01")))
    queue = client.get("/exchange/review/")
    assert queue.context["queue"]["count"] == 0
    answer = client.post(
        f"/exchange/review/{pair.pk}/verdict/",
        {"verdict": "same", "against": pair.against},
    )
    assert answer.status_code == 404
    assert not Review.objects.exists()
    assert waiting.waiting_for_review() == 1
