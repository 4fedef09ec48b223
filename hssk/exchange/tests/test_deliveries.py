"""Records go out to the software in use once, and its next extract says which arrived."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.exchange.errors import Refused
from hssk.exchange.formats.outgoing import Saying
from hssk.exchange.formats.tables.tests import making
from hssk.exchange.models import DeliveredPerson, Delivery, LinkDecision, Review, SoftwareLayout
from hssk.exchange.rules import Said, delivered, what_differs
from hssk.exchange.services import delivering, reviewing
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pipeline import (
    CITY,
    MAY,
    person,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.models import Document, How, Person
from hssk.people.services import lives, verify
from hssk.places.models import Unit
from hssk.places.services import unit_on
from tests.village import MARCH, on_duty

DAY = date(2024, 4, 1)
MO = person("Lò Thị Mơ", "15/08/1984", 2, pid="012184000123", household="3", phone="0912345678")
SON = person("Lò Văn Sơn", "01/05/1961", pid="012061000009", household="9", relation="Chủ hộ")
PAO = person("Vàng A Páo", "02/06/1970", pid="012070000004", household="9", relation="Em")
HOA = person("Vàng Thị Hoa", "01/01/1990", 2, pid="012190000777", household="5")
TITLES = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chủ hộ", "Nhóm máu"]

THEIRS = Said(name="Lò Thị Mơ", birth=19840815, sex=2, pid="012184000123")


@pytest.mark.parametrize(
    ("ours", "theirs", "differs"),
    [
        (THEIRS, THEIRS, []),
        (Said(name="LÒ  THỊ MƠ"), THEIRS, []),
        (Said(name="Lò Thị Mợ"), THEIRS, ["name"]),
        (Said(), THEIRS, []),
        (Said(birth=19840000), THEIRS, []),
        (Said(birth=19840816), THEIRS, ["birth"]),
        (Said(birth=19840815), Said(birth=19840000), ["birth"]),
        (Said(sex=1), THEIRS, ["sex"]),
        (Said(pid="012184000124"), THEIRS, []),
        (Said(pid="012184000124", by_hand=True), THEIRS, ["pid"]),
        (Said(pid="012184000124"), Said(), ["pid"]),
    ],
)
def test_what_is_known_here_corrects_what_the_software_has(ours, theirs, differs):
    assert what_differs(ours, theirs) == differs


def test_what_was_said_of_somebody_is_the_same_until_who_they_are_changes():
    assert delivered(THEIRS) == delivered(Said(name="lò thị mơ", birth=19840815, sex=2,
                                               pid="012184000123"))  # fmt: skip
    assert delivered(THEIRS) != delivered(Said(name="Lò Thị Mơ", birth=19840815, sex=2))


@pytest.fixture
def officer(db):
    return on_duty("mai", unit=unit_on(CITY, MARCH), full_name="Lò Thị Mai")


@pytest.fixture
def who(officer):
    return access_of(officer, DAY)


@pytest.fixture
def city(db, tmp_path):
    """A roster of four, of whom the software has one, and a day later three were enrolled by hand."""
    take_in(write_roster(tmp_path / "list.xlsx", [MO, SON, PAO, HOA]), "roster")
    take_in(write_records(tmp_path / "old.xlsx", [HOA | {"system_number": "1", "unit": HOA["unit"]}]),
            "records")  # fmt: skip
    for line in (MO, SON, PAO):
        enrolled(line["name"])


def enrolled(name):
    by = access_of(somebody_of_the_station(), DAY)
    at = datetime(2024, 3, 31, 3, tzinfo=UTC)
    return lives.enrol(named(name).root, on=MARCH, at=at, by=by)


def somebody_of_the_station():
    from hssk.access.models import User

    return User.objects.filter(username="y.ta").first() or on_duty("y.ta", Role.CLINICIAN)


def named(name):
    return Person.objects.get(name=name)


def template(tmp_path):
    path = making.xlsx(tmp_path / "mau.xlsx", [["MẪU NHẬP HỒ SƠ"], TITLES], titles=["Nhập"])
    with open(path, "rb") as file:
        return SimpleUploadedFile("mẫu nhập.xlsx", file.read())


@pytest.fixture
def layout(who, city, tmp_path):
    """The workbook of the software, mapped as it was guessed."""
    made = delivering.new_layout(template(tmp_path), unit_on(CITY, MARCH), "Phần mềm HSSK",
                                 by=who.user, at=timezone.now())  # fmt: skip
    said = [Saying(column["way"]) for column in made.columns]
    delivering.save_layout(made, said, by=who.user, at=timezone.now())
    return made


def deliver(layout, who):
    with within(who):
        return delivering.deliver(layout, by=who, at=timezone.now())


def waiting(layout, who):
    with within(who):
        found = delivering.waiting_in(layout.unit, who.day)
    return {Person.objects.get(pk=root).name: kind for root, kind in found.people.items()}


def states(delivery, who):
    with within(who):
        lines = delivering.lines_of(delivery)
    return {Person.objects.get(pk=line.root).name: line.state for line in lines}


def cells(content):
    return CalamineWorkbook.from_filelike(BytesIO(bytes(content))).get_sheet_by_index(0).to_python()


def extract(tmp_path, *lines, on=MAY, partial=False, unit=CITY):
    """The software's next extract: those it had, and these."""
    rows = [line | {"system_number": str(n), "created": "31/03/2024"}
            for n, line in enumerate((HOA, *lines), 1)]  # fmt: skip
    path = write_records(tmp_path / f"{on}-{len(lines)}.xlsx", rows)
    return take_in(path, "records", on, unit=unit, partial=partial, insist=True)[0]


def test_whom_a_hand_opened_a_record_for_waits_and_whom_the_software_has_does_not(layout, who):
    assert waiting(layout, who) == {"Lò Thị Mơ": "new", "Lò Văn Sơn": "new", "Vàng A Páo": "new"}


def test_a_delivery_is_the_workbook_of_the_software_filled_in_and_stays_as_it_left(layout, who):
    made = deliver(layout, who)
    rows = cells(made.content)
    assert rows[:2] == [["MẪU NHẬP HỒ SƠ", *[""] * 6], TITLES]
    assert ["Lò Thị Mơ", "15/08/1984", "Nữ", "012184000123", "", ""] in [row[1:] for row in rows]
    assert ["Vàng A Páo", "02/06/1970", "Nam", "012070000004", "Lò Văn Sơn", ""] in [
        row[1:] for row in rows
    ]
    assert len(rows) == 2 + made.count == 5
    assert made.digest == sha256(bytes(made.content)).hexdigest()
    for change in (lambda: Delivery.objects.update(count=0),
                   lambda: DeliveredPerson.objects.all().delete()):  # fmt: skip
        with pytest.raises(DatabaseError, match="appended to"), transaction.atomic():
            change()


def test_the_next_delivery_carries_only_who_is_new_or_changed(layout, who):
    deliver(layout, who)
    with pytest.raises(Refused, match="Không có hồ sơ nào mới"):
        deliver(layout, who)
    mo = named("Lò Thị Mơ")
    mo.name = "Lò Thị Mợ"
    mo.save()
    assert waiting(layout, who) == {"Lò Thị Mợ": "changed"}
    assert deliver(layout, who).count == 1


def test_nothing_goes_out_before_somebody_looked_at_the_columns(who, city, tmp_path):
    made = delivering.new_layout(None, unit_on(CITY, MARCH), "Mới", by=who.user, at=timezone.now())
    with pytest.raises(Refused, match="lưu cách điền"):
        deliver(made, who)
    with pytest.raises(Refused, match="họ và tên"):
        delivering.save_layout(
            made, [Saying("")] * len(made.columns), by=who.user, at=timezone.now()
        )


def test_the_next_extract_says_who_arrived_and_who_did_not(layout, who, tmp_path):
    made = deliver(layout, who)
    assert set(states(made, who).values()) == {"out"}
    came = extract(tmp_path, MO)
    assert states(made, who) == {
        "Lò Thị Mơ": "arrived", "Lò Văn Sơn": "missing", "Vàng A Páo": "missing",
    }  # fmt: skip
    undo(came, actor=somebody())
    assert set(states(made, who).values()) == {"out"}


def test_an_extract_of_before_or_of_a_part_says_of_nobody_that_they_are_missing(
    layout, who, tmp_path
):
    made = deliver(layout, who)
    extract(tmp_path, MO, partial=True)
    assert states(made, who) == {
        "Lò Thị Mơ": "arrived", "Lò Văn Sơn": "out", "Vàng A Páo": "out",
    }  # fmt: skip
    extract(tmp_path, MO, SON, on=DAY)
    assert states(made, who)["Vàng A Páo"] == "out"


def test_a_row_that_may_be_somebody_is_asked_until_somebody_says(layout, who, tmp_path):
    made = deliver(layout, who)
    extract(tmp_path, MO, SON | {"pid": "", "birth": "1961", "name": "Lò Văn Sờn"})
    assert states(made, who)["Lò Văn Sơn"] == "asked"
    asks = LinkDecision.objects.get(decision=LinkDecision.ASK)
    verdict = reviewing.decide(asks.pk, Review.DIFFERENT, actor=somebody())
    assert states(made, who)["Lò Văn Sơn"] == "missing"
    reviewing.take_back(verdict)
    assert states(made, who)["Lò Văn Sơn"] == "asked"
    asks.refresh_from_db()
    reviewing.decide(asks.pk, Review.SAME, actor=somebody())
    assert states(made, who)["Lò Văn Sơn"] == "arrived"


def test_one_press_delivers_again_those_who_did_not_arrive_and_once(layout, who, tmp_path):
    made = deliver(layout, who)
    extract(tmp_path, MO)
    with within(who):
        again = delivering.deliver_again(made, by=who, at=timezone.now())
        with pytest.raises(Refused, match="Không còn ai"):
            delivering.deliver_again(made, by=who, at=timezone.now())
    assert (again.again, again.count) == (made, 2)
    assert [row[1] for row in cells(again.content)[2:]] == ["Vàng A Páo", "Lò Văn Sơn"]
    assert states(made, who) == {
        "Lò Thị Mơ": "arrived", "Lò Văn Sơn": "again", "Vàng A Páo": "again",
    }  # fmt: skip


def test_whose_record_was_taken_back_is_not_delivered_again(layout, who, tmp_path):
    act = lives.enrolments_of(named("Lò Văn Sơn").root)[0]
    made = deliver(layout, who)
    extract(tmp_path, MO, partial=True)
    lives.take_back_enrolment(act.pk, "Ghi nhầm.", at=timezone.now(),
                              by=access_of(somebody_of_the_station(), DAY))  # fmt: skip
    assert states(made, who)["Lò Văn Sơn"] == "withdrawn"


def test_whom_somebody_confirmed_is_corrected_where_the_software_says_otherwise(
    layout, who, tmp_path
):
    hoa = named("Vàng Thị Hoa")
    extract(tmp_path, MO, SON, PAO, on=date(2024, 3, 20))
    assert waiting(layout, who) == {}
    hoa.birth_on = date(1991, 1, 1)
    hoa.save()
    assert waiting(layout, who) == {}  # nobody has confirmed it
    verify(hoa, How.DOCUMENT, Document.IDENTITY_CARD, by=somebody(),
           at=datetime(2024, 3, 31, tzinfo=UTC), typed_by=())  # fmt: skip
    assert waiting(layout, who) == {"Vàng Thị Hoa": "changed"}
    made = deliver(layout, who)
    assert waiting(layout, who) == {}
    extract(tmp_path, MO, SON, PAO)
    assert states(made, who) == {"Vàng Thị Hoa": "missing"}


@pytest.fixture
def page_of(client, officer, layout, monkeypatch):
    client.force_login(officer)
    return client


def test_everybody_in_a_workbook_is_in_the_log_before_it_leaves(page_of, layout):
    page = page_of.post(f"/exchange/software/{layout.pk}/deliver/", follow=True)
    made = Delivery.objects.get()
    people = sorted(made.people.values_list("person", flat=True))
    answer = page_of.get(f"/exchange/deliveries/{made.pk}/file.xlsx")
    assert sha256(answer.content).hexdigest() == made.digest
    assert answer.content == page_of.get(f"/exchange/deliveries/{made.pk}/file.xlsx").content
    looks = Look.objects.filter(right="deliver").exclude(people=[]).order_by("pk")
    assert [(look.act, sorted(look.people)) for look in looks] == [
        ("hand", people), ("list", people), ("export", people), ("export", people),
    ]  # fmt: skip
    assert made.digest in page.text


def test_the_pages_tell_the_story_to_the_signature(page_of, layout, tmp_path):
    front = page_of.get("/exchange/batches/")
    assert "3 hồ sơ lập ở đây chưa có trong phần mềm" in " ".join(front.text.split())
    page = page_of.post(f"/exchange/software/{layout.pk}/deliver/", follow=True)
    made = Delivery.objects.get()
    paper = page_of.get(f"/exchange/deliveries/{made.pk}/receipt.pdf")
    assert paper.content.startswith(b"%PDF")
    assert paper.content == page_of.get(f"/exchange/deliveries/{made.pk}/receipt.pdf").content
    address = f"/exchange/deliveries/{made.pk}/"
    today = timezone.localdate()
    early = made.on - timedelta(days=1)
    for name, on in (("Lò Văn Nhận", f"{early:%d/%m/%Y}"), ("", f"{today:%d/%m/%Y}")):
        assert page_of.post(address, {"name": name, "on": on}).status_code == 200
        assert not made.taken.exists()
    page = page_of.post(address, {"name": "Lò Văn Nhận", "on": f"{today:%d/%m/%Y}"}, follow=True)
    assert "Lò Văn Nhận, ngày" in page.text
    extract(tmp_path, MO, on=today + timedelta(days=1), unit="12")
    page = page_of.get(f"{address}?state=missing")
    assert "Giao lại 2 hồ sơ chưa vào phần mềm" in " ".join(page.text.split())
    assert [line["of"].name for line in page.context["people"]] == ["Vàng A Páo", "Lò Văn Sơn"]
    page = page_of.post(f"{address}again/", follow=True)
    assert Delivery.objects.count() == 2
    assert "Giao lại của phiếu" in page.text


def test_a_workbook_is_mapped_once_on_its_own_titles(client, officer, city, tmp_path):
    client.force_login(officer)
    unit = unit_on(CITY, MARCH)
    page = client.post("/exchange/software/new/", {
        "unit": unit.pk, "software": "VNPT HIS", "start": "sent", "upload": template(tmp_path),
    }, follow=True)  # fmt: skip
    layout = SoftwareLayout.objects.get()
    ways = [column["way"] for column in layout.columns]
    assert ways == ["number", "name", "birth:dmy", "sex:words", "pid", "head", ""]
    said = {f"c{n}": way for n, way in enumerate(ways)} | {"c6": "fixed", "t6": ""}
    address = page.request["PATH_INFO"]
    assert "Hãy ghi chữ của cột này" in client.post(address, {**said, "save": "1"}).text
    assert "O+" in client.post(address, {**said, "t6": "O+", "try": "1"}).text
    layout.refresh_from_db()
    assert layout.saved_at is None
    client.post(address, {**said, "t6": "O+", "c2": "birth:ymd", "save": "1"})
    layout.refresh_from_db()
    assert (layout.columns[6]["text"], layout.columns[2]["way"]) == ("O+", "birth:ymd")
    assert layout.saved_by == officer


def test_another_area_finds_nothing_and_a_clerk_is_not_let_in(page_of, client, layout, who):
    made = deliver(layout, who)
    client.force_login(on_duty("xa.xoi", unit=Unit.objects.on(MARCH).get(code="01")))
    for way in ("", "file.xlsx", "receipt.pdf"):
        assert client.get(f"/exchange/deliveries/{made.pk}/{way}").status_code == 404
    assert client.post(f"/exchange/deliveries/{made.pk}/again/").status_code == 404
    assert client.post(f"/exchange/software/{layout.pk}/deliver/").status_code == 404
    other = access_of(on_duty("xa.khac", unit=Unit.objects.on(MARCH).get(code="01")), DAY)
    with within(other):
        assert not Delivery.objects.exists()
        assert not DeliveredPerson.objects.exists()
    client.force_login(on_duty("van.thu", role=Role.CLERK, unit=layout.unit))
    assert client.get("/exchange/deliveries/").status_code == 403


def test_axe_finds_nothing_on_the_pages_of_a_delivery_on_a_telephone(page_of, layout):
    pages = [page_of.get(f"/exchange/software/{layout.pk}/"),
             page_of.post(f"/exchange/software/{layout.pk}/deliver/", follow=True)]  # fmt: skip
    for page in pages:
        with browser_page(360) as shown:
            show(shown, page.text)
            assert violations(shown) == []
            assert shown.evaluate("document.documentElement.scrollWidth") <= 360
