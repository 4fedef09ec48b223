"""A copy that went out as a workbook and comes back: its columns, and what each row of it says.

A row is known by its number in the copy and by the name beside it: where one column was sorted by
itself nothing is done. Pure: nothing is written here.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hssk.exchange.formats.titled import TitledRow, Titles, header_key
from hssk.outreach.rules.daybooks import is_name_of

# field → what its header may say, folded; the first is what the workbook says itself
TICKSHEET = Titles(
    {
        "number": ("so", "ma dong", "stt", "so thu tu", "no", "number"),
        "name": ("ho va ten", "ho ten", "ten", "full name", "name"),
        "tick": ("da bao", "da giao", "dau", "danh dau", "ket qua", "tick", "told"),
    },
    {"number", "name", "tick"},
    together=("tick",),
)
# what a cell may say, folded → the tick it means; a bare sign means that somebody was told, or
# has their card
_SAID: Mapping[str, tuple[str, ...]] = {
    "told": ("da bao", "da giao", "da nhan", "x", "v", "roi", "co", "da moi", "told", "1"),
    "absent": ("di vang", "vang", "vang mat", "khong gap", "absent"),
    "refused": ("khong muon", "tu choi", "khong dong y", "refused"),
    "other": ("can xem lai", "xem lai", "khac", "other"),
}
_MEANT = {said: tick for tick, words in _SAID.items() for said in words}
_SIGNS = frozenset("✓✔☑√")
_NUMBER = re.compile(r"(?:([0-9A-Z]{4}-?[0-9A-Z]{4})[-/ ]+)?([0-9]{1,4})")


class Does(StrEnum):
    """What a row would do."""

    TICKS = "ticks"
    THERE = "there"
    NOTHING = "nothing"
    WRONG = "wrong"


class Wrong(StrEnum):
    """What is wrong with a row."""

    NUMBER = "number"  # the copy has none such
    COPY = "copy"  # of another copy
    NAME = "name"  # the number is somebody else's
    TICK = "tick"  # not understood
    TWICE = "twice"  # another row says otherwise


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the copy as it is now: the name printed there, and what was ticked before."""

    name: str
    tick: str


@dataclass
class TickStep:
    """What a row would do.

    number  of the line it is about; None where none
    tick    what it says; was: what is there now
    wrong   what is wrong with it; `about` what its words need beside what the row says
    column  letter of the column that is wrong
    """

    row: TitledRow
    does: Does = Does.WRONG
    number: int | None = None
    tick: str = ""
    was: str = ""
    wrong: Wrong | None = None
    column: str = ""
    about: str = ""

    def said(self, name: str) -> str:
        """The text of a field of the row; "" where it says nothing."""
        return self.row.said.get(name, ("", ""))[1]


def number_of(serial: str, number: int) -> str:
    """How the workbook writes the number of a line: "K7F3-B2QM-14"."""
    return f"{serial}-{number}"


def tick_said(text: str) -> str | None:
    """The tick that a cell means; "" where it says nothing, None where it is not understood."""
    if not text:
        return ""
    if set(text.replace(" ", "")) <= _SIGNS:
        return "told"
    return _MEANT.get(header_key(text))


def steps_of(rows: Iterable[TitledRow], lines: Mapping[int, Known], serial: str) -> list[TickStep]:
    """What each row would do to the lines of a copy, in the order of the file.

    lines   number → the line
    serial  of the copy
    """
    said: dict[int, TickStep] = {}
    return [_judged(TickStep(row), lines, serial, said) for row in rows]


def ticks_of(steps: Collection[TickStep]) -> dict[int, str]:
    """Number → tick, of the rows that would change one."""
    return {one.number: one.tick for one in steps if one.does is Does.TICKS and one.number}


def _judged(
    step: TickStep, lines: Mapping[int, Known], serial: str, said: dict[int, TickStep]
) -> TickStep:
    number = _line(step, lines, serial)
    if number is None:
        return step
    tick = tick_said(step.said("tick"))
    if tick is None:
        return _wrong(step, Wrong.TICK, "tick")
    step.number, step.tick, step.was = number, tick, lines[number].tick
    if not tick:  # the untouched sheet beside a copied one, or what another hand fills in
        step.does = Does.NOTHING
        return step
    before = said.setdefault(number, step)
    if before.tick != tick:
        return _wrong(step, Wrong.TWICE, "number", str(before.row.number))
    step.does = Does.THERE if tick == step.was or before is not step else Does.TICKS
    return step


def _line(step: TickStep, lines: Mapping[int, Known], serial: str) -> int | None:
    """The number of the line that a row is about; None where it is wrong, and it says why."""
    match = _NUMBER.fullmatch(step.said("number").upper())
    if match and match[1] and match[1].replace("-", "") != serial.replace("-", ""):
        _wrong(step, Wrong.COPY, "number", match[1])
        return None
    if match is None or int(match[2]) not in lines:
        _wrong(step, Wrong.NUMBER, "number")
        return None
    number, name = int(match[2]), step.said("name")
    if not name or not is_name_of(name, lines[number].name):
        _wrong(step, Wrong.NAME, "name", lines[number].name)
        return None
    return number


def _wrong(step: TickStep, wrong: Wrong, name: str, about: str = "") -> TickStep:
    step.does, step.wrong, step.about = Does.WRONG, wrong, about
    step.column = step.row.said.get(name, ("", ""))[0]
    return step
