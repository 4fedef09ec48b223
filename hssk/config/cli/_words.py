"""What an option may hold, and what is said when it holds something else: one sentence, theirs.

Nothing of Django here: help and mistakes need no database. The sentences are written in Vietnamese
and translated where they are shown.
"""

import re
from datetime import date, datetime, timedelta

from hssk.kit.errors import Trouble

MISUSE = 2


class Misuse(Trouble):
    """The command was not written as it must be."""


def _n(text: str) -> str:
    """Mark a text for the catalogue, as gettext_noop does."""
    return text


# What argparse says → what we say; the groups of the first fill the places of the second.
SAID = (
    (
        r"the following arguments are required: (?P<what>.+)",
        _n("Thiếu {what}. Xem ví dụ: {program} --help"),
    ),
    (
        r"unrecognized arguments: (?P<what>.+)",
        _n("Lệnh này không có {what}. Xem ví dụ: {program} --help"),
    ),
    (
        r"argument (?P<what>\S+): expected (?:one|at least one) argument",
        _n("Sau {what} phải có giá trị. Xem ví dụ: {program} --help"),
    ),
    (
        r"argument (?P<what>\S+): invalid int value: (?P<given>.+)",
        _n("{what} phải là một số, không phải {given}. Xem ví dụ: {program} --help"),
    ),
    (
        r"argument (?P<what>\S+): invalid choice: (?P<given>\S+) \(choose from (?P<choices>.+)\)",
        _n("{what} không thể là {given}; hãy chọn một trong: {choices}."),
    ),
)
OTHERWISE = _n("Lệnh chưa đúng ({found}). Xem ví dụ: {program} --help")


def misuse(message: str, program: str) -> Misuse:
    """What argparse found wrong, as a sentence with what to do."""
    for pattern, ours in SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return Misuse(ours, program=program, **found.groupdict())
    return Misuse(OTHERWISE, found=message, program=program)


def day(text: str) -> date:
    """A day as options take it: YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        wrong = _n("“{given}” không phải là ngày. Hãy ghi năm-tháng-ngày, ví dụ 2024-03-13.")
        raise Misuse(wrong, given=text) from error


def past_day(text: str) -> date:
    """A day of which a file can speak: not later than tomorrow, for the sake of time zones."""
    given = day(text)
    if given > datetime.now().astimezone().date() + timedelta(days=1):
        early = _n("Ngày {given} chưa tới. Hãy ghi ngày mà danh sách này đúng, ví dụ 2024-03-13.")
        raise Misuse(early, given=text)
    return given
