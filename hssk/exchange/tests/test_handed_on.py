"""Rows of other communes are kept and handed on; whoever has those communes answers."""

import pytest

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch, HandedRow, SourceRow
from hssk.exchange.services import handing, importing, working
from hssk.exchange.services.handing import Handing
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pipeline import (
    APRIL,
    COMMUNE,
    MARCH,
    MAY,
    differences,
    everything,
    person,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.exchange.tests.test_elsewhere import ELSEWHERE, code_of
from hssk.people.models import Holding, Person
from hssk.people.services import label_of_row
from hssk.places.services import unit_on
from tests.village import on_duty

pytestmark = pytest.mark.django_db

OWN = [person(f"Lò Văn {name}", f"0{n}/02/1971") for n, name in enumerate(("Một", "Hai", "Ba"), 1)]
OTHERS = [
    person(f"Vàng Thị {name}", f"0{n}/03/1972", 2, unit=ELSEWHERE, hamlet="Tổ dân phố số 9")
    for n, name in enumerate(("Bốn", "Năm"), 1)
]


@pytest.fixture(autouse=True)
def no_workers(monkeypatch):
    monkeypatch.setattr(working, "start", lambda jobs, *words: None)


def clerk_of(name, username):
    return on_duty(username, role=Role.CLERK, unit=unit_on(code_of(name), MARCH))


@pytest.fixture
def sender():
    return clerk_of(COMMUNE, "mai.gui")


@pytest.fixture
def receiver():
    return clerk_of(ELSEWHERE, "lan.nhan")


@pytest.fixture
def there():
    return unit_on(code_of(ELSEWHERE), MARCH)


def sent(tmp_path, by, lines=(*OWN, *OTHERS), name="xa.xlsx", on=MARCH, **more):
    path = tmp_path / name
    if not path.exists():
        write_roster(path, list(lines))
    return take_in(path, Batch.ROSTER, on, code_of(COMMUNE), by=by, **more)


def taken(batch, unit, by):
    own = handing.take_over(Handing(batch.id, unit), actor=by, area=[unit.pk])
    return own, importing.work(own)


def names(**where):
    return sorted(Person.objects.filter(**where).values_list("name", flat=True))


def test_rows_of_another_commune_are_kept_not_applied_and_handed_on(tmp_path, sender, there):
    batch, counts = sent(tmp_path, sender)
    assert (counts["rows"], counts["accepted"], counts["rejected"]) == (5, 3, 2)
    assert counts["handed"] == 2
    assert names() == ["Lò Văn Ba", "Lò Văn Hai", "Lò Văn Một"]
    assert handing.how_many_wait([there.pk]) == handing.how_many_wait(None) == 2
    [group] = handing.waiting([there.pk])
    assert (group["batch"], group["unit"], group["rows"]) == (batch.id, there, 2)
    assert handing.how_many_wait([batch.unit_id]) == 0


def test_a_record_that_names_another_commune_is_handed_on_too(tmp_path, sender, there):
    path = write_records(tmp_path / "r.xlsx", [*OWN, *OTHERS])
    batch, counts = take_in(path, Batch.RECORDS, MARCH, code_of(COMMUNE), by=sender)
    assert (counts["accepted"], counts["handed"]) == (3, 2)
    assert Holding.objects.exclude(unit=batch.unit).count() == 0
    assert handing.how_many_wait([there.pk]) == 2


def test_a_commune_that_nobody_knows_stays_an_error(tmp_path, sender):
    _, counts = sent(tmp_path, sender, [*OWN, person("Ai Đó", unit="Phường Không Có")])
    assert (counts["rejected"], counts["handed"]) == (1, 0)


def test_who_has_everything_hands_nothing_on(tmp_path):
    _, counts = sent(tmp_path, None)
    assert (counts["rejected"], counts["handed"]) == (2, 0)
    assert not HandedRow.objects.exists()


def test_who_takes_them_applies_them_in_an_import_of_their_own(tmp_path, sender, receiver, there):
    batch, _ = sent(tmp_path, sender)
    before = SourceRow.objects.filter(batch=batch).values_list("cells", flat=True)
    own, counts = taken(batch, there, receiver)
    assert (counts["accepted"], counts["new"]) == (2, 2)
    assert (own.state, own.actor, own.unit, own.partial) == (Batch.APPLIED, receiver, there, True)
    assert names(residences__hamlet__unit=there) == ["Vàng Thị Bốn", "Vàng Thị Năm"]
    assert set(map(str, own.rows.values_list("cells", flat=True))) < set(map(str, before))
    assert handing.how_many_wait([there.pk]) == 0
    with pytest.raises(Refused):
        taken(batch, there, receiver)


def test_what_was_taken_is_undone_on_its_own_and_waits_again(tmp_path, sender, receiver, there):
    batch, _ = sent(tmp_path, sender)
    before = everything()
    own, _ = taken(batch, there, receiver)
    undo(own, actor=receiver)
    assert differences(before, everything()) == {}
    assert handing.how_many_wait([there.pk]) == 2
    taken(batch, there, receiver)
    assert handing.how_many_wait([there.pk]) == 0


def test_undoing_the_file_they_came_with_leaves_what_was_taken(tmp_path, sender, receiver, there):
    batch, _ = sent(tmp_path, sender)
    own, _ = taken(batch, there, receiver)
    undo(batch, actor=somebody())
    own.refresh_from_db()
    assert own.state == Batch.APPLIED
    assert names() == ["Vàng Thị Bốn", "Vàng Thị Năm"]
    sent(tmp_path, sender)
    assert handing.how_many_wait([there.pk]) == 0  # they are in already


def test_what_was_not_taken_goes_with_its_file(tmp_path, sender, there):
    batch, _ = sent(tmp_path, sender)
    undo(batch, actor=somebody())
    assert handing.how_many_wait([there.pk]) == 0
    sent(tmp_path, sender)
    assert handing.how_many_wait([there.pk]) == 2


def test_the_same_file_and_the_same_rows_of_a_later_one_wait_once(tmp_path, sender, there):
    sent(tmp_path, sender)
    _, counts = sent(tmp_path, sender)
    assert (counts["unchanged"], counts["new"]) == (3, 0)
    _, later = sent(
        tmp_path, sender, [*OTHERS, *OWN, OTHERS[0] | {"name": "Ai Nữa"}], "b.xlsx", MAY
    )
    assert later["handed"] == 3
    assert handing.how_many_wait([there.pk]) == 3


def test_what_is_refused_is_kept_with_its_reason_and_can_be_taken_later(
    tmp_path, sender, receiver, there
):
    batch, _ = sent(tmp_path, sender)
    with pytest.raises(Refused):
        handing.refuse(Handing(batch.id, there), "  ", actor=receiver)
    assert handing.refuse(Handing(batch.id, there), "không ở phường", actor=receiver) == 2
    assert handing.how_many_wait([there.pk]) == 0
    [group] = handing.refused([there.pk])
    assert (group["reason"], group["rows"]) == ("không ở phường", 2)
    assert taken(batch, there, receiver)[1]["new"] == 2


def test_a_held_import_of_handed_rows_needs_no_file_to_be_tried_again(
    tmp_path, sender, receiver, there
):
    batch, _ = sent(tmp_path, sender)
    own = handing.take_over(Handing(batch.id, there), actor=receiver, area=[there.pk])
    Batch.objects.filter(id=own.id).update(state=Batch.HELD)
    own.refresh_from_db()
    working.again(own)
    assert importing.work(own)["new"] == 2


def page(client, rest="", method="get", **said):
    return getattr(client, method)(f"/exchange/handed/{rest}", said)


def test_the_rows_wait_on_the_page_of_whoever_has_the_commune_alone(
    client, tmp_path, sender, receiver, there
):
    batch, _ = sent(tmp_path, sender)
    address = f"{batch.id}/{there.pk}/"
    client.force_login(sender)
    assert "Đang chờ bạn trả lời" not in page(client).text
    assert page(client, address).status_code == 404
    assert page(client, address + "take/", "post").status_code == 404
    client.force_login(receiver)
    assert client.get("/exchange/batches/").context["handed"] == 2
    inbox = page(client).text
    assert str(there) in inbox
    assert "xa.xlsx" not in inbox
    assert "Vàng Thị Bốn" in page(client, address).text
    looked = Look.objects.filter(actor=receiver, act="list").latest("id")
    rows = handing.rows_of(Handing(batch.id, there))
    assert looked.people == [label_of_row(row.id) for row in rows]  # each row, and no word of it
    assert len(looked.people) == 2
    answer = page(client, address + "take/", "post")
    assert answer.status_code == 302
    assert Batch.objects.get(taken_from=batch).actor == receiver
    assert page(client, address).status_code == 404


def test_the_sender_sees_how_many_went_and_never_what_became_of_them(
    client, tmp_path, sender, receiver, there
):
    batch, _ = sent(tmp_path, sender)
    client.force_login(sender)

    def shown():
        pages = ("", "rows/?only=handed", "rows/", "rows/?only=centre", "progress/")
        return [client.get(f"/exchange/batches/{batch.id}/{rest}").text for rest in pages]

    first = [text.split("csrf")[0] + text.partition("<main")[2] for text in shown()]
    assert "Đã chuyển đến trung tâm y tế" in first[0]
    assert "Vàng Thị Năm" in first[1]
    assert "Vàng Thị Năm" not in first[2]
    taken(batch, there, receiver)
    again = [text.split("csrf")[0] + text.partition("<main")[2] for text in shown()]
    assert again == first


def test_refusing_by_the_page_asks_for_a_reason(client, tmp_path, sender, receiver, there):
    batch, _ = sent(tmp_path, sender)
    client.force_login(receiver)
    address = f"{batch.id}/{there.pk}/"
    page(client, address + "refuse/", "post", reason="")
    assert handing.how_many_wait([there.pk]) == 2
    page(client, address + "refuse/", "post", reason="không phải người phường")
    assert "không phải người phường" in page(client).text


def test_a_commune_of_a_later_day_is_found_by_its_own_day(tmp_path, sender, there):
    batch, _ = sent(tmp_path, sender, on=APRIL)
    assert HandedRow.objects.filter(row__batch=batch, unit=there).count() == 2
