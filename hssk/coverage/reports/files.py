"""A sent report as a paper to print, a Word file to sign and a workbook: the kept text and no more.

What is official here is in Vietnamese, whoever asks.
"""

from datetime import UTC
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hssk.coverage.models import SentReport
from hssk.coverage.reports.content import read
from hssk.coverage.reports.letters import Letter, letter_of
from hssk.coverage.reports.telling import PERCENT, TEXT, Told
from hssk.coverage.reports.word import word_of
from hssk.coverage.services.kinds import told
from hssk.kit import workbook
from hssk.kit.typesetting import typeset

_HERE = Path(__file__).resolve().parent
_KINDS = {TEXT: workbook.TEXT, PERCENT: workbook.PERCENT}


@translation.override("vi")
def as_pdf(report: SentReport) -> bytes:
    """The paper: the same report gives the same bytes."""
    it, letter = _written(report)
    said = {
        "invented": _invented(),
        "letter": {name: getattr(letter, name) for name in letter.__slots__},
        "table": it.table,
        "columns": [[column.title, column.kind, column.width] for column in it.columns],
        "rows": [
            {"depth": row.depth, "cells": [cell.text for cell in row.cells], "drawn": row.drawn}
            for row in it.rows
        ],
        "goal": it.goal,
        "drawn": it.drawn,
        "notes": it.notes,
    }
    stamp = int(report.sent_at.astimezone(UTC).timestamp())
    return typeset(_HERE / "report.typ", said, faces=_HERE / "faces", format="pdf", timestamp=stamp)


@translation.override("vi")
def as_word(report: SentReport) -> bytes:
    """The same to be numbered, signed and sent by an office."""
    it, letter = _written(report)
    return word_of(it, letter, _invented(), report.sent_at)


@translation.override("vi")
def as_workbook(report: SentReport) -> bytes:
    """The table with figures that can be added up; the sentences below it."""
    it, letter = _written(report)
    rows = [
        [f"    {cell.value}" if column == 1 and row.depth == 2 else cell.value
         for column, cell in enumerate(row.cells)]
        for row in it.rows
    ]  # fmt: skip
    sheet = workbook.Sheet(
        name=it.unit,
        columns=[
            workbook.Column(c.title, c.width, _KINDS.get(c.kind, workbook.NUMBER))
            for c in it.columns
        ],
        rows=rows[:-1],
        total=rows[-1],
        office=[*filter(None, [_invented()]), letter.above, letter.office],
        title=f"{letter.title} {letter.about.upper()}",
        subtitle=it.table,
        notes=[*it.notes, *it.lead, letter.proof],
        landscape=True,
    )
    out = BytesIO()
    workbook.write_workbook([sheet], out)
    return out.getvalue()


def _written(report: SentReport) -> tuple[Told, Letter]:
    it = told(read(report.content))
    day = timezone.localtime(report.sent_at).date()
    return it, letter_of(it, place=report.unit.name, sent_on=day, digest=report.digest)


def _invented() -> str:
    return _("DỮ LIỆU BỊA – KHÔNG PHẢI NGƯỜI THẬT") if settings.HSSK_INVENTED else ""
