"""Workbooks in the users' own layout: the missing by hamlet, and the table of figures.

Neither carries a personal number: a list goes down to the hamlets (protection.md).
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from hssk.coverage.services.figures import figures
from hssk.coverage.services.lists import missing
from hssk.coverage.services.shapes import Child, Figures, Filters, Person
from hssk.kit.dates import DAY
from hssk.kit.numbers import format_date, format_number
from hssk.kit.words import language
from hssk.kit.workbook import NUMBER, PERCENT, Column, Sheet, write_workbook
from hssk.people.rules import PEOPLES
from hssk.places.models import Unit
from hssk.places.services import unit_on

FEMALE = 2


def missing_workbook(
    unit: Unit | str,
    on: date,
    out: Path | BinaryIO,
    filters: Filters | None = None,
    words: str = "",
) -> int:
    """Write the residents of `unit` with no record on `on`: a sheet a hamlet, by household.

    words    what `filters` ask, as a reader says it: stands in each title and beside each sum
    Returns how many people it lists; a workbook with one empty sheet where there is nobody.
    """
    root = unit_on(unit, on) if isinstance(unit, str) else unit
    people = missing(root, on, filters)
    units = Unit.objects.select_related("parent").in_bulk({person.unit_id for person in people})
    sheets = [
        _hamlet_sheet(units[group[0].unit_id], group, on, words, several=len(units) > 1)
        for group in _by_hamlet(people)
    ]
    write_workbook(sheets or [_nobody(root, on, words)], out)
    return len(people)


def _by_hamlet(people: list[Person]) -> Iterator[list[Person]]:
    for _hamlet, group in groupby(people, key=lambda person: person.hamlet_id):
        yield list(group)


def _columns() -> list[Column]:
    born = _("Ngày, tháng, năm sinh")
    return [
        Column(_("STT"), 5, NUMBER),
        Column(_("Hộ số"), 8),
        Column(_("Chủ hộ"), 24),
        Column(_("Họ và tên"), 28),
        Column(_("Nam"), 12, group=born),
        Column(_("Nữ"), 12, group=born),
        Column(_("Quan hệ với chủ hộ"), 14),
        Column(_("Dân tộc"), 10),
        Column(_("Ghi chú"), 22),
    ]


def _office(unit: Unit) -> list[str]:
    names = [str(unit.parent)] if unit.parent else []
    return [_("UBND {unit}").format(unit=name).upper() for name in (*names, str(unit))]


def _among(title: str, words: str) -> str:
    """A title that says of whom the list is, where it is not of everybody."""
    return f"{title} ({words})" if words else title


def _hamlet_sheet(
    unit: Unit, people: list[Person], on: date, words: str, *, several: bool
) -> Sheet:
    name = people[0].hamlet or _("Chưa rõ tổ, bản")
    short = name.removesuffix(f" ({unit})")
    rows = []
    household: int | None = None
    for number, person in enumerate(people, start=1):
        first = person.household_id is None or person.household_id != household
        household = person.household_id
        rows.append(_row(number, person, first=first))
    return Sheet(
        name=f"{unit.name[: max(28 - len(short), 0)]} - {short}" if several else name,
        columns=_columns(),
        rows=rows,
        office=_office(unit),
        title=_among(
            _("DANH SÁCH NGƯỜI CHƯA CÓ HỒ SƠ SỨC KHỎE {hamlet}").format(hamlet=name.upper()),
            words.upper(),
        ),
        subtitle=_("Tính đến ngày {day}").format(day=format_date(on, language())),
        notes=[_among(_("Cộng: {count} người").format(count=format_number(len(people))), words)],
        landscape=True,
    )


def _row(number: int, person: Person, *, first: bool) -> list:
    """One line; household and head stand on the first line of a household, as in the lists."""
    born = person.birth
    shown = None if born is None else born.value if born.precision == DAY else str(born)
    notes = [_("Đi vắng, ở xa")] if person.away else []
    female = person.sex == FEMALE
    return [
        number,
        person.household if first else "",
        person.head if first else "",
        person.name or _("(nay ở nơi khác)"),
        None if female else shown,
        shown if female else None,
        person.relation,
        PEOPLES.get(person.ethnicity, ""),
        "; ".join(notes),
    ]


def _nobody(unit: Unit, on: date, words: str) -> Sheet:
    return Sheet(
        name=unit.name,
        columns=_columns(),
        rows=[],
        office=_office(unit),
        title=_among(_("KHÔNG CÓ AI CHƯA CÓ HỒ SƠ SỨC KHỎE"), words.upper()),
        subtitle=_("Tính đến ngày {day}").format(day=format_date(on, language())),
    )


def coverage_workbook(
    unit: Unit | str,
    on: date,
    out: Path | BinaryIO,
    map_day: date | None = None,
    words: str = "",
) -> None:
    """Write the figures of `unit` and of each of its parts, worst first, with the whole below.

    words  what a reader must know of what is counted: stands in the title
    """
    whole = figures(unit, on, map_day)
    root = unit_on(unit, on) if isinstance(unit, str) else unit
    statements = [child.statement for child in (whole, *whole.children) if child.statement]
    sheet = Sheet(
        name=whole.name,
        columns=_figure_columns(whole),
        rows=[_figure_row(number, child) for number, child in enumerate(whole.children, start=1)],
        office=_office(root),
        title=_among(
            _("TỶ LỆ NGƯỜI DÂN CÓ HỒ SƠ SỨC KHỎE {unit}").format(unit=whole.name.upper()),
            words.upper(),
        ),
        subtitle=_("Tính đến ngày {day}, theo địa giới ngày {map_day}").format(
            day=format_date(on, language()), map_day=format_date(whole.map_day, language())
        ),
        total=[None, _("Cộng"), *_figure_row(0, whole)[2:]],
        notes=statements,
        landscape=True,
    )
    write_workbook([sheet], out)


def _figure_columns(whole: Figures) -> list[Column]:
    goal = _("Còn thiếu để đạt {goal} %").format(goal=f"{whole.goal:g}".replace(".", ","))
    among = _("Trong số đã có hồ sơ")
    return [
        Column(_("STT"), 5, NUMBER),
        Column(_("Đơn vị"), 30),
        Column(_("Dân cư"), 10, NUMBER),
        Column(_("Đã có hồ sơ"), 10, NUMBER),
        Column(_("Còn chờ xem lại"), 10, NUMBER),
        Column(_("Chưa có hồ sơ"), 10, NUMBER),
        Column(_("Tỷ lệ"), 8, PERCENT),
        Column(goal, 12, NUMBER),
        Column(_("Cập nhật trong một năm"), 12, NUMBER, among),
        Column(_("Có lượt khám"), 10, NUMBER, among),
        Column(_("Đã mở ứng dụng"), 10, NUMBER, among),
        Column(_("Đi vắng, ở xa"), 10, NUMBER),
    ]


def _figure_row(number: int, place: Child) -> list:
    it = place.counts
    return [
        number,
        place.name,
        it.expected,
        it.found,
        it.to_decide,
        it.missing,
        it.found / it.expected if it.expected else None,
        place.gap,
        it.fresh,
        it.visited,
        it.app_opened,
        it.away,
    ]
