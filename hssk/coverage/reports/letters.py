"""What an office writes around a report: who, where, when, to whom, and who signs.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I. The number is left open: the office's clerk gives it. These
words are the decree's own, so they are in no catalogue.
"""

from dataclasses import dataclass
from datetime import date

from hssk.coverage.reports.telling import Told
from hssk.places.models import Unit


@dataclass(frozen=True, slots=True)
class Letter:
    """A report as an office sends it; every line as it is printed."""

    nation: str
    motto: str
    above: str
    office: str
    number: str
    place_and_day: str
    title: str
    about: str
    to: str
    lead: list[str]
    end: str
    appendix: str
    signed: str
    receivers: list[str]
    proof: str


def letter_of(told: Told, *, place: str, sent_on: date, digest: str) -> Letter:
    """The letter around a report.

    place    the name of the place where it is signed, without its kind
    sent_on  the day on which it was sent
    """
    office, short, head = _offices()[told.level]
    committee = f"Ủy ban nhân dân {told.unit}"
    return Letter(
        nation="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        motto="Độc lập - Tự do - Hạnh phúc",
        above=f"UBND {told.unit}".upper(),
        office=office.upper(),
        number=f"Số:          /BC-{short}",
        place_and_day=f"{place}, {_day_of(sent_on)}",
        title="BÁO CÁO",
        about=told.title,
        to=f"Kính gửi: {committee}",
        lead=told.lead,
        end="Số liệu từng nơi ở phụ lục kèm theo./.",
        appendix="PHỤ LỤC",
        signed=head.upper(),
        receivers=["- Như trên;", f"- Lưu: VT, {short}."],
        proof=f"Mã kiểm chứng của số liệu (SHA-256): {digest}",
    )


def _day_of(day: date) -> str:
    """Days below 10 and the months 1 and 2 with a nought, as the decree has it."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _offices() -> dict[str, tuple[str, str, str]]:
    """Which office of health reports at each level, its short name, and who signs there."""
    return {
        Unit.PROVINCE: ("Sở Y tế", "SYT", "Giám đốc"),
        Unit.DISTRICT: ("Trung tâm Y tế", "TTYT", "Giám đốc"),
        Unit.COMMUNE: ("Trạm Y tế", "TYT", "Trưởng trạm"),
    }
