"""What an office writes around a report: who, where, when, to whom, and who signs."""

from datetime import date

from hssk.coverage.reports.telling import Told
from hssk.kit.official import Letter
from hssk.kit.official.paper import day_written
from hssk.places.services import office_of

END = "Số liệu từng nơi ở phụ lục kèm theo./."


def letter_of(told: Told, *, place: str, sent_on: date, digest: str) -> Letter:
    """The letter around a report.

    place    the name of the place where it is signed, without its kind
    sent_on  the day on which it was sent
    """
    office = office_of(told.level)
    return Letter(
        above=f"UBND {told.unit}".upper(),
        office=office.name.upper(),
        number=f"Số:          /BC-{office.short}",
        place_and_day=f"{place}, {day_written(sent_on)}",
        title="BÁO CÁO",
        about=told.title,
        to=f"Kính gửi: Ủy ban nhân dân {told.unit}",
        signed=office.head.upper(),
        receivers=["- Như trên;", f"- Lưu: VT, {office.short}."],
        parent=office.annexed("Báo cáo", "BC", day_written(sent_on)),
        proof=f"Mã kiểm chứng của số liệu (SHA-256): {digest}",
    )
