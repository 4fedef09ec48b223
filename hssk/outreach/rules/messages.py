"""Calls without a name in them: to a session by loudspeaker, poster, SMS, Zalo; and to whoever has
kept a list too long.

Source: protection.md §1.5; an SMS of one part has 160 signs of the GSM alphabet, without our marks.
"""

from dataclasses import dataclass
from datetime import date, datetime

from hssk.kit.text import without_marks

LONGEST_SMS = 160
_DEAR = str.maketrans("[]{}|\\^~`", "()()//  '")


@dataclass(frozen=True, slots=True)
class Call:
    """One session as people are told of it.

    task   what they are invited to, as in "đến trạm lập hồ sơ"
    bring  what they should have with them
    """

    hamlet: str
    task: str
    place: str
    at: datetime
    bring: str


def spoken_time(at: datetime) -> str:
    """As it is read out: "7 giờ 30, thứ bảy, ngày 5/12/2026"."""
    days = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
    minutes = f" {at.minute:02d}" if at.minute else ""
    return f"{at.hour} giờ{minutes}, {days[at.weekday()]}, ngày {at.day}/{at.month}/{at.year}"


def for_loudspeaker(call: Call) -> str:
    """To be read out twice: short sentences, the time at the end, where it is remembered."""
    return (
        f"A lô, a lô. Kính mời bà con {call.hamlet} chú ý. Trạm y tế mời bà con {call.task}. "
        f"Bà con nhớ mang theo {call.bring}. Đến tại {call.place}. Vào lúc {spoken_time(call.at)}. "
        "Ai đi vắng, nhờ người nhà nhắn giúp. Xin cảm ơn bà con."
    )


def for_poster(call: Call) -> list[str]:
    """The lines of a poster, the largest first."""
    first, when = f"MỜI BÀ CON {call.task.upper()}", spoken_time(call.at)
    return [first, when, call.place, f"Mang theo: {call.bring}", call.hamlet]


def for_sms(call: Call) -> str:
    """One part of at most LONGEST_SMS signs without marks; the place gives way where it is long."""
    at = f"{call.at:%H:%M} {call.at.day}/{call.at.month}"
    start, end = f"Tram y te moi {call.task}. {at}, ", f". Mang {call.bring}."
    room = max(0, LONGEST_SMS - len(_plain(start + end)))
    said = _plain(start) + _short(call.place, room) + _plain(end)
    return said[:LONGEST_SMS]


def _plain(text: str) -> str:
    """One sign of another alphabet would make the whole message dearer, and these count twice."""
    return without_marks(text).encode("ascii", "ignore").decode().translate(_DEAR)


def _short(text: str, room: int) -> str:
    """As many whole words as there is room for: half of "số 12" is another house."""
    plain = _plain(text)
    if len(plain) <= room:
        return plain
    return (plain[: room + 1].rpartition(" ")[0] or plain[:room]).rstrip(" ,;.-")


def for_zalo(call: Call) -> str:
    """A message for a group of the hamlet."""
    return (
        f"📣 Mời bà con {call.hamlet} {call.task}\n🕖 {spoken_time(call.at)}\n📍 {call.place}\n"
        f"🪪 Mang theo: {call.bring}"
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """A copy that did not come back. Whoever hears of it learns of nobody who stands on it.

    until    the day before which it should have come back
    station  where it belongs, as in "Trạm y tế xã Giả Định"
    """

    serial: str
    hamlet: str
    issued: date
    until: date
    station: str


def days_late(until: date, today: date) -> int:
    """How many days a copy is late: one on the day before which it should have come back."""
    return (today - until).days + 1


def reminder(owed: Owed, today: date) -> str:
    """To be read out by telephone, or printed and handed over: which copy, since when, what now."""
    return (
        f"Bản danh sách số {owed.serial} của {owed.hamlet}, giao {_day(owed.issued)}, phải trả "
        f"trước {_day(owed.until)}. Hôm nay đã quá hạn {days_late(owed.until, today)} ngày. Mời "
        f"người giữ mang bản ấy đến {owed.station} trả lại, dù chưa báo hết mọi nhà. Đừng chụp, "
        "đừng sao, đừng đưa cho ai. Nếu đã mất, xin báo ngay để trạm ghi lại và lo cho bà con có "
        "tên trên đó."
    )


def reminder_sms(owed: Owed, today: date) -> str:
    """The same as one part of at most LONGEST_SMS signs without marks."""
    late = days_late(owed.until, today)
    start, end = (
        f"Ban danh sach {owed.serial} qua han tra {late} ngay. Mang tra ",
        (", du chua xong. Mat thi bao ngay. Dung chup, dung dua ai."),
    )
    room = max(0, LONGEST_SMS - len(_plain(start + end)))
    return _plain(start) + _short(owed.station, room) + end


def _day(day: date) -> str:
    return f"ngày {day.day}/{day.month}/{day.year}"
