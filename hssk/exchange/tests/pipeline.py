"""What the tests of the pipeline share: small files, taking them in, and all that came of them."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import xlsxwriter
from django.db import connection

from hssk.access.models import User
from hssk.access.services import access_of
from hssk.coverage.services import figures, missing
from hssk.exchange.models import Batch
from hssk.exchange.services import importing
from hssk.exchange.services.area import units_of
from hssk.exchange.services.waiting import waiting_for_review
from hssk.places.services import unit_on

MARCH, APRIL, MAY, JUNE = (date(2024, month, 10) for month in (3, 4, 5, 6))
CITY = "12-105"
COMMUNE = "Phường Quyết Thắng"
SEX = ("", "Nam", "Nữ")

ROSTER = {
    "number": "STT", "household": "Số hộ", "name": "Họ và tên", "birth": "Ngày sinh",
    "sex": "Giới tính", "relation": "Quan hệ với chủ hộ", "ethnicity": "Dân tộc",
    "pid": "Số định danh cá nhân", "bhxh": "Mã số BHXH", "hamlet": "Tổ dân phố/bản",
    "phone": "Số điện thoại", "note": "Ghi chú",
}  # fmt: skip
RECORDS = {
    "number": "STT", "system_number": "MA_HSSK", "name": "HO_TEN", "birth": "NGAY_SINH",
    "sex": "GIOI_TINH", "pid": "SO_CCCD", "bhxh": "MA_THE_BHYT", "address": "DIA_CHI",
    "unit": "PHUONG_XA", "phone": "DIEN_THOAI", "created": "NGAY_TAO",
    "updated": "NGAY_CAP_NHAT", "visits": "SO_LUOT_KHAM", "status": "TRANG_THAI",
}  # fmt: skip


def person(name: str, birth: str = "", sex: int = 1, **facts: object) -> dict:
    """One line of a file; `unit` names its commune, `household` and `hamlet` its home."""
    line = {"name": name, "birth": birth, "sex": sex, "unit": COMMUNE, **facts}
    line.setdefault("hamlet", "Tổ dân phố số 1")
    line.setdefault("household", "1")
    return line


def lines_of(city: object, kind: str) -> list[dict]:
    """The lines of an invented city, to be edited and written."""
    rows = city.roster_rows() if kind == Batch.ROSTER else city.records_rows()  # type: ignore[attr-defined]
    return [
        {
            "name": row.name,
            "birth": str(row.birth) if row.birth else "",
            "sex": row.sex,
            "pid": row.pid or row.cmnd,
            "bhxh": row.bhxh,
            "unit": row.unit_text,
            "hamlet": row.hamlet_text,
            "address": row.hamlet_text,
            "household": row.household_no,
            "relation": row.relation,
            "ethnicity": row.ethnicity,
            "phone": row.phone,
            "note": row.note,
            "system_number": row.system_number,
            "created": row.created and row.created.strftime("%d/%m/%Y"),
            "updated": row.updated and row.updated.strftime("%d/%m/%Y"),
            "visits": row.visits,
            "status": row.status,
        }
        for row in rows
    ]


def write_roster(path: Path, lines: list[dict], title: str = "DANH SÁCH NHÂN KHẨU") -> Path:
    """A roster with a sheet for each commune, in the order of the lines."""
    sheets = defaultdict(list)
    for line in lines:
        sheets[line["unit"]].append(line)
    with xlsxwriter.Workbook(path) as book:
        for unit, members in sheets.items():
            sheet = book.add_worksheet(unit.replace("Phường ", "P. ").replace("Xã ", "X. "))
            sheet.write(0, 0, f"{title} {unit.upper()}")
            _write(sheet, 2, ROSTER, members)
    return path


def write_records(path: Path, lines: list[dict]) -> Path:
    """An extract of the health-record software."""
    with xlsxwriter.Workbook(path) as book:
        _write(book.add_worksheet("HSSK"), 0, RECORDS, lines)
    return path


def write(path: Path, kind: str, lines: list[dict]) -> Path:
    return write_roster(path, lines) if kind == Batch.ROSTER else write_records(path, lines)


def _write(sheet, top: int, headers: dict[str, str], lines: list[dict]) -> None:
    for column, text in enumerate(headers.values()):
        sheet.write(top, column, text)
    for number, line in enumerate(lines, start=1):
        cells = {**line, "number": number, "sex": SEX[line.get("sex", 0)]}
        for column, key in enumerate(headers):
            if cells.get(key) not in (None, ""):
                sheet.write(top + number, column, cells[key])


def somebody() -> User:
    return User.objects.get_or_create(username="mai", defaults={"is_active": True})[0]


def take_in(
    path: Path, kind: str = "auto", on: date = MARCH, unit: str = CITY, partial: bool = False,
    insist: bool = False, by: User | None = None,
) -> tuple[Batch, dict]:  # fmt: skip
    """Take a file in; its batch and the counts told. `by` somebody with posts, else by who has all."""
    batch = importing.open_batch(
        path, kind=kind, unit=unit_on(unit, on), on=on, partial=partial, actor=by or somebody(),
        area=units_of(access_of(by, on)) if by else None,
    )  # fmt: skip
    if insist:
        importing.insist(batch, actor=somebody())
    counts = importing.work(batch)
    return batch, counts


def rows(sql: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


# a row, told by its file and place in it; a batch, told by its file and day
_ROW = """(SELECT b.digest || b."on" || ' ' || r.sheet || ' ' || r.number
           FROM exchange_sourcerow r JOIN exchange_batch b ON b.id = r.batch_id WHERE r.id = {})"""
_BATCH = """(SELECT b.digest || b."on" FROM exchange_batch b WHERE b.id = {})"""
_STAY = f"""s.since, s.until, s.decided, {_BATCH.format("s.source")}, {_ROW.format("s.row")},
            {_BATCH.format("s.ended_by")}"""
_SAID = """s.name, s.birth_on, s.birth_precision, s.sex, s.pid, s.cmnd, s.bhxh, s.phone,
           s.insurance_place"""
_HAMLET = """(SELECT u.code || ' ' || h.key FROM places_hamlet h
              JOIN places_unit u ON u.id = h.unit_id WHERE h.id = s.hamlet_id)"""
_HOME = f"{_HAMLET}, (SELECT k.number FROM places_household k WHERE k.id = s.household_id)"
_OF_PEOPLE = {
    "lives": f"SELECT person_id, {_STAY}, {_HOME}, s.kind, s.away, s.relation FROM people_residence s",
    "listed": f"SELECT person_id, {_STAY}, {_SAID}, {_HOME}, s.relation, s.ethnicity, s.note"
    " FROM people_listing s",
    "holds": f"""SELECT person_id, {_STAY}, {_SAID}, {_HAMLET}, s.system, s.number,
        s.unit_id, s.created, s.updated, s.visits, s.app_opened, s.status, s.dead, s.moved, s.address,
        s.unlisted_since, {_BATCH.format("s.unlisted_by")} FROM people_holding s""",
    "number": f"""SELECT person_id, s.kind, s.value, s.status, s.since, s.until,
        {_BATCH.format("s.source")}, {_ROW.format("s.row")} FROM people_identifier s""",
    "decided": f"""SELECT d.person, {_ROW.format("d.row_id")}, d.decision, round(d.score::numeric, 3),
        {_ROW.format("d.against")}, d.unchanged FROM exchange_linkdecision d""",
}


# files of which a wrong number of rows is kept as having found nobody
_MISCOUNTED = """SELECT b.id, b.state, b.found_nobody FROM exchange_batch b WHERE b.found_nobody <> (
    SELECT count(*) FROM exchange_linkdecision d JOIN exchange_sourcerow r ON r.id = d.row_id
    WHERE r.batch_id = b.id AND d.decision = 'new')"""


def everything(*, days: tuple[date, ...] = (MARCH, APRIL, MAY, JUNE, date(2025, 1, 1))) -> dict:
    """All that this installation holds and shows, keys aside; equal for equal installations."""
    assert rows(_MISCOUNTED) == []
    said = defaultdict(list)
    for word, sql in _OF_PEOPLE.items():
        for who, *facts in rows(sql):
            said[who].append((word, *map(str, facts)))
    people, groups = {}, defaultdict(list)
    for who, root, *shown in rows(
        f"""SELECT s.id, s.root, s.name, s.name_folded, s.name_sort, s.birth_on, s.birth_precision,
        s.sex, s.ethnicity, s.died_on, {_BATCH.format("s.source")} FROM people_person s"""
    ):
        people[who] = (*map(str, shown), *sorted(said[who]))
        groups[root].append(people[who])
    return {
        "people": sorted(map(sorted, groups.values())),
        "hamlets": sorted(
            rows(
                "SELECT u.code, h.key, h.name, h.since::text, h.until::text FROM places_hamlet h"
                " JOIN places_unit u ON u.id = h.unit_id"
            ),
            key=str,
        ),
        "households": sorted(
            rows(
                "SELECT u.code, h.key, k.number FROM places_household k"
                " JOIN places_hamlet h ON h.id = k.hamlet_id JOIN places_unit u ON u.id = h.unit_id"
            )
        ),
        "batches": sorted(
            (digest, str(on), sorted(counts.items()))
            for digest, on, counts in Batch.objects.filter(state=Batch.APPLIED).values_list(
                "digest", "on", "counts"
            )
        ),
        "asked": waiting_for_review(),
        **{str(day): shown_on(day) for day in days},
    }


def shown_on(day: date) -> list:
    """The ledger and the missing of the city on a day."""
    whole = figures(CITY, day)
    places = [whole, *whole.children]
    for child in whole.children:
        if child.kind == "commune":
            places += figures(child.key, day).children
    numbers = sorted((place.name, repr(place.counts)) for place in places)
    names = [(p.hamlet, p.household, p.name, str(p.birth)) for p in missing(CITY, day)]
    return [numbers, names]


def differences(one: dict, other: dict) -> dict:
    """What two installations do not have in common, part by part; empty when they are alike."""
    told = {}
    for part in one.keys() | other.keys():
        if one.get(part) != other.get(part):
            mine, theirs = one.get(part), other.get(part)
            if isinstance(mine, list) and isinstance(theirs, list):
                told[part] = (
                    [x for x in mine if x not in theirs][:3],
                    [x for x in theirs if x not in mine][:3],
                )
            else:
                told[part] = (mine, theirs)
    return told
