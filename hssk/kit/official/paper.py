"""What an office sends: who, where, when, to whom, what it says, who signs, and its annex.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I. The number is left open: the office's clerk gives it. The words
of the decree are in no catalogue; what is official is in Vietnamese, whoever asks.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hssk.kit.official.table import Table
from hssk.kit.typesetting import typeset

_HERE = Path(__file__).resolve().parent
_ROMAN = ("I", "II", "III", "IV", "V")  # as many annexes as a paper may have


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What stands around the text of a paper; every line as it is printed.

    above     the body over the office; office: whose paper it is
    title     its kind (BÁO CÁO, KẾ HOẠCH); about: what it is about
    to        to whom it is addressed; "" where the kind has no such line
    parent    under the title of the annex: of which paper it is, its number and day left open
    proof     a last small line, or ""
    """

    above: str
    office: str
    number: str
    place_and_day: str
    title: str
    about: str
    signed: str
    receivers: Sequence[str]
    to: str = ""
    appendix: str = "PHỤ LỤC"
    parent: str = ""
    proof: str = ""
    nation: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Heading:
    """The heading of a part of the text."""

    text: str


@dataclass(frozen=True)
class Paper:
    """One paper: its letter, its text (sentences, headings, tables), and the tables of its annexes,
    each of which begins on a page of its own; several are numbered."""

    letter: Letter
    body: Sequence[str | Heading | Table]
    annexes: Sequence[Table] = ()
    invented: str = ""

    @property
    def annexed(self) -> list[tuple[str, Table]]:
        """Each annex with what is written above it: its number where there are several."""
        numbers = [f" {number}" for number in _ROMAN] if len(self.annexes) > 1 else [""]
        return [
            (f"{self.letter.appendix}{number}", table)
            for number, table in zip(numbers, self.annexes, strict=False)
        ]


def day_written(day: date) -> str:
    """Days below 10 and the months 1 and 2 with a nought, as the decree has it."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def day_open(year: int) -> str:
    """A day that whoever issues the paper writes in."""
    return f"ngày      tháng      năm {year}"


def invented_line() -> str:
    """What stands above every paper of an installation whose people are made up; "" elsewhere."""
    return _("DỮ LIỆU BỊA – KHÔNG PHẢI NGƯỜI THẬT") if settings.HSSK_INVENTED else ""


def as_pdf(paper: Paper, made: datetime) -> bytes:
    """The paper to print: the same paper made at the same time gives the same bytes."""
    said = {
        "invented": paper.invented,
        "letter": asdict(paper.letter),
        "body": [_block(block) for block in paper.body],
        "annexes": [{"above": above, "table": _table(one)} for above, one in paper.annexed],
    }
    stamp = int(made.astimezone(UTC).timestamp())
    return typeset(_HERE / "paper.typ", said, faces=_HERE / "faces", format="pdf", timestamp=stamp)


def as_word(paper: Paper, made: datetime) -> bytes:
    """The same to be numbered, signed and sent by an office."""
    from hssk.kit.official.word import word_of

    return word_of(paper, made)


def _block(block: str | Heading | Table) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"kind": "table", "table": _table(block)}
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text}
    return {"kind": "text", "text": block}


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [[column.title, column.kind, column.width] for column in table.columns],
        "rows": [
            {"strong": row.strong, "inner": row.depth == 2, "drawn": row.drawn,
             "cells": [cell.text for cell in row.cells]}
            for row in table.rows
        ],
        "notes": list(table.notes), "goal": table.goal, "drawn": table.drawn,
    }  # fmt: skip
