"""How far a record fills the Ministry's form, as its reader sees it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hssk.people.models import Person
from hssk.records.rules.completeness import FROM_EVER, OF_FORM, completeness
from hssk.records.rules.sections import TEXTS, read_in
from hssk.records.services import Read

ADMINISTRATIVE = "administrative"


def filling(person: Person, entries: Iterable[Read], on: date) -> dict[str, Any]:
    """The parts of the form that are asked of somebody on a day: names filled, and those lacking.

    entries  those that whoever asks may read; what they may not read fills nothing for them
    """
    first: dict[str, date | None] = {}
    for one in entries:
        day = one.on or FROM_EVER
        section = read_in(one.section, one.visit)
        first[section] = min(first.get(section) or day, day)
    found = completeness(
        first,
        sex=person.sex,
        birth=person.birth,
        ethnicity=person.ethnicity,
        on=on,
    )
    return {
        "filled": [_name(part) for part in found.filled],
        "lacking": [{"name": _name(part), "reason": _reason(part)} for part in found.lacking],
    }


def _name(part: str) -> str:
    sections = OF_FORM[part].sections if part in OF_FORM else (ADMINISTRATIVE,)
    return _(TEXTS[sections[0]])


def _reason(part: str) -> str:
    if part == ADMINISTRATIVE:
        return _(
            "Cần giới tính, năm sinh và dân tộc: sửa ở danh sách nhân khẩu, hoặc ghi ở trang của "
            "người này nếu hồ sơ do trạm mở."
        )
    return _(OF_FORM[part].reason)
