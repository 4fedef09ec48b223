"""A report in words and tables, from its figures: what page, paper and files all show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content, Line, lines_of
from hssk.kit.numbers import (
    NO_FIGURE,
    format_date,
    format_number,
    format_percent,
    format_signed,
)
from hssk.kit.official import Cell, Column, Row, number_cell, text_cell
from hssk.kit.words import language
from hssk.places.models import Unit


@dataclass(frozen=True)
class Told:
    """A report. `lead` says it in sentences; `rows` end with the whole; `notes` stand below.

    drawn  what the bar of each row shows; "" where none is drawn
    goal   in per cent: a tick on each bar
    brief  the sentences of it that are said where it stands within another report
    parts  the reports that stand within this one
    """

    kind: str
    unit: str
    level: str
    on: date
    title: str
    lead: list[str]
    table: str
    columns: list[Column]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    drawn: str = ""
    goal: float | None = None
    brief: list[str] = field(default_factory=list)
    parts: list["Told"] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Cell, Column]]]]:
        """The rows, each with what stands in which column."""
        return [(row, list(zip(row.cells, self.columns, strict=True))) for row in self.rows]


def heading(content: Content) -> dict[str, Any]:
    """What every report says of itself in the same way: the first fields of `Told`."""
    return {
        "kind": content["kind"],
        "unit": content["name"],
        "level": content["level"],
        "on": date.fromisoformat(content["on"]),
    }


def numbers_of(content: Content, line: Line) -> dict[str, int]:
    """The numbers of a line by their names; None those that are not known of it."""
    return dict(zip(content["counts"], line["now"], strict=True))


def change_of(content: Content, line: Line, count: str) -> int | None:
    """By how much a number grew since the day before; None where it was not told then."""
    names = content.get("compared", ["expected", "found"])
    if not line["before"] or count not in names:
        return None
    return numbers_of(content, line)[count] - line["before"][names.index(count)]


def numbered(content: Content) -> Iterator[tuple[int, list[Cell], Line]]:
    """Every line: how deep it stands, its place in the order and its name, and the line itself."""
    order = 0
    for depth, line in lines_of(content):
        order = order + 1 if depth == 1 else order
        name = line["name"] if depth else _("Cộng")
        yield depth, [text_cell(str(order) if depth == 1 else ""), text_cell(name)], line


def by_parts(content: Content) -> str:
    """Which parts the lines of a unit are."""
    return _("tổ, bản") if content["level"] == Unit.COMMUNE else _("xã, phường và tổ, bản")


def usual_notes(content: Content) -> list[str]:
    """What is said below every table: who is told together, and where nothing is compared."""
    notes = []
    if any(len(line["keys"]) > 1 for _depth, line in lines_of(content)):
        notes.append(
            _(
                "Nơi dưới 30 người được tính chung với nơi khác trong một dòng, "
                "để không ai bị nhận ra."
            )
        )
    if any(line["before"] is None for _depth, line in lines_of(content)):
        notes.append(
            _("Dấu – ở cột tăng, giảm: lần trước chưa có, quá ít người, hoặc được tính chung khác.")
        )
    return notes


def signed(value: int | None) -> Cell:
    """A change with its sign, or the dash."""
    return Cell(NO_FIGURE if value is None else format_signed(value, language()), value)


def moved(value: int | None) -> str:
    """A change within a sentence, where a bare 0 would be read as nobody; "" where not known."""
    if value is None:
        return ""
    words = _("không đổi") if not value else _("tăng {n}") if value > 0 else _("giảm {n}")
    return words.format(n=format_number(abs(value), language()))


def percent(part: int, whole: int) -> Cell:
    """A share of a whole."""
    return Cell(format_percent(part, whole, language()), part / whole if whole else None)


def day_of(iso: str) -> str:
    """A day of a content as people read it."""
    return format_date(date.fromisoformat(iso), language())


def per_cent(goal: float) -> str:
    """A goal as it was set."""
    said = f"{goal:g}"
    return f"{said.replace('.', ',')} %" if language() == "vi" else f"{said}%"


def said(content: Content) -> dict[str, str]:
    """For sentences: the unit, its days, and every number of the whole, as people read them."""
    numbers = numbers_of(content, content["whole"]).items()
    return {
        "unit": content["name"],
        "day": day_of(content["on"]),
        "since": day_of(content["since"]),
        "data": day_of(content["data"]),
        **{name: number_cell(value).text for name, value in numbers},
    }
