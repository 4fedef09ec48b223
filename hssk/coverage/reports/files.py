"""A sent report as a paper to print, a Word file to sign and a workbook: the kept text and no more.

What is official here is in Vietnamese, whoever asks.
"""

from io import BytesIO

from django.utils import timezone, translation

from hssk.coverage.models import SentReport
from hssk.coverage.reports.content import read
from hssk.coverage.reports.letters import END, letter_of
from hssk.coverage.reports.telling import Told
from hssk.coverage.services.kinds import told
from hssk.kit import official, workbook
from hssk.kit.official import PERCENT, TEXT, Heading, Letter, Paper, Table, invented_line

_KINDS = {TEXT: workbook.TEXT, PERCENT: workbook.PERCENT}


@translation.override("vi")
def as_pdf(report: SentReport) -> bytes:
    """The paper: the same report gives the same bytes."""
    return official.as_pdf(_paper(report), report.sent_at)


@translation.override("vi")
def as_word(report: SentReport) -> bytes:
    """The same to be numbered, signed and sent by an office."""
    return official.as_word(_paper(report), report.sent_at)


def _paper(report: SentReport) -> Paper:
    it, letter = _written(report)
    inner: list[str | Heading] = []
    for part in it.parts:
        inner += [Heading(part.title), *part.brief]
    annexes = [
        Table(one.table, one.columns, one.rows, one.notes, goal=one.goal, drawn=one.drawn)
        for one in (it, *it.parts)
    ]
    return Paper(letter, [*it.lead, *inner, END], annexes, invented_line())


@translation.override("vi")
def as_workbook(report: SentReport) -> bytes:
    """The table with figures that can be added up, the sentences below it; what stands within the
    report on sheets of its own."""
    it, letter = _written(report)
    sheets = [_sheet(it, letter, it.unit, it.lead)]
    sheets += [_sheet(part, letter, part.title, part.brief) for part in it.parts]
    out = BytesIO()
    workbook.write_workbook(sheets, out)
    return out.getvalue()


def _sheet(it: Told, letter: Letter, name: str, lead: list[str]) -> workbook.Sheet:
    rows = [
        [f"    {cell.value}" if column == 1 and row.depth == 2 else cell.value
         for column, cell in enumerate(row.cells)]
        for row in it.rows
    ]  # fmt: skip
    return workbook.Sheet(
        name=name,
        columns=[
            workbook.Column(c.title, c.width, _KINDS.get(c.kind, workbook.NUMBER))
            for c in it.columns
        ],
        rows=rows[:-1],
        total=rows[-1],
        office=[*filter(None, [invented_line()]), letter.above, letter.office],
        title=f"{letter.title} {it.title.upper()}",
        subtitle=it.table,
        notes=[*it.notes, *lead, letter.proof],
        landscape=True,
    )


def _written(report: SentReport) -> tuple[Told, Letter]:
    it = told(read(report.content))
    day = timezone.localtime(report.sent_at).date()
    return it, letter_of(it, place=report.unit.name, sent_on=day, digest=report.digest)
