"""The invented city has a school, whose list of staff came in as any list of members does."""

import tempfile
from pathlib import Path
from typing import Any

from hssk.access.models import User

STAFF = 90  # people, adults of its first commune
NAME = "Trường THCS Bịa"
ONE_IN, AT_WORK = 9, range(22, 60)


def bring_in_school(city: Any, actor: User) -> None:
    """Make the school of the city's first commune, with its list, written at once."""
    from django.utils import timezone

    from hssk.exchange.services import members
    from hssk.places.models import Organisation, Unit
    from hssk.places.services import UnitNames, make_organisation, unit_on

    rows = list(city.roster_rows())
    unit = UnitNames(unit_on("12-105", city.on), city.on).meant(rows[0].unit_text)
    if not isinstance(unit, Unit) or Organisation.objects.filter(unit=unit).exists():
        return
    school = make_organisation(name=NAME, kind=Organisation.SCHOOL, unit=unit, since=city.on)
    grown = [
        row for row in rows if row.unit_text == rows[0].unit_text and row.birth is not None
        and city.on.year - row.birth.value.year in AT_WORK
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "can_bo_giao_vien.xlsx"
        _write(path, grown[::ONE_IN][:STAFF])
        now = timezone.now()
        file = members.stage(path, school, on=city.on, whole=True, by=actor, at=now)
        plan = members.plan(file, by=actor, today=timezone.localdate(now))
        members.carry_out(file, plan.digest, by=actor, at=now)


def _write(path: Path, staff: list[Any]) -> None:
    from hssk.exchange.formats.mark import MARK
    from hssk.kit.workbook import Column, Sheet, write_workbook

    columns = [Column("STT", 6), Column("Họ và tên", 28), Column("Ngày sinh", 14)]
    lines = [[number, row.name, str(row.birth)] for number, row in enumerate(staff, 1)]
    sheet = Sheet("Danh sách", columns, lines, title="DANH SÁCH CÁN BỘ, GIÁO VIÊN")
    write_workbook([sheet], path, mark=MARK)
