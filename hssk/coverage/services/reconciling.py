"""Why the software's own figure is not the true one: each step counted by its own definition."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from hssk.coverage.errors import LedgerAstray
from hssk.coverage.services.figures import counts_of
from hssk.coverage.services.records import counted, parameters
from hssk.coverage.services.shapes import Counts, Figures
from hssk.places.models import Unit

_STEPS = (
    "kept_for_others", "kept_elsewhere", "listed_nobody", "listed_for_others", "listed_elsewhere",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One step of the way from the software's number to the true one; `count` is signed.

    name  the list that names those counted: of residents (`people_with`) or of records and rows
          (`records_with`)
    """

    name: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Why "records / rows of the list" is not the share of residents with a record.

    records + Σ of_records = residents found; rows + Σ of_rows = residents expected. No step is
    what the others leave: each is counted, and that they add up is seen, not arranged.
    """

    records: int
    rows: int
    found: int
    expected: int
    of_records: list[Difference]
    of_rows: list[Difference]

    @property
    def remainders(self) -> tuple[int, int]:
        """What the steps leave unexplained of records and of rows; (0, 0) when all is right."""
        return (
            self.found - self.records - sum(step.count for step in self.of_records),
            self.expected - self.rows - sum(step.count for step in self.of_rows),
        )


def why_different(unit: Unit | str, on: date, known: Figures | None = None) -> Reconciliation:
    """The software's own figure for `unit` on `on`, taken apart step by step.

    known  the figures of `unit` on `on`, unfiltered, where they are at hand

    Raises LedgerAstray when the steps do not add up.
    """
    it = _taken_apart(unit, on, known)
    if it.remainders != (0, 0):
        it = _taken_apart(unit, on)  # somebody may have settled between two questions
    if it.remainders != (0, 0):
        raise LedgerAstray(
            "Phần giải thích số liệu không khớp: lệch {records} hồ sơ, {rows} dòng danh sách. Hãy "
            "nhờ người vận hành chạy `hssk ledger verify`.",
            records=it.remainders[0],
            rows=it.remainders[1],
        )
    return it


def _taken_apart(unit: Unit | str, on: date, known: Figures | None = None) -> Reconciliation:
    ground, it = (known.ground, known.counts) if known else counts_of(unit, on)
    with connection.cursor() as cursor:
        steps = ", ".join(f"({counted(name, every=ground.every)})" for name in _STEPS)
        cursor.execute(f"SELECT {steps}", parameters(ground))
        counts = dict(zip(_STEPS, cursor.fetchone(), strict=True))
    return Reconciliation(
        it.records,
        it.listings,
        it.found,
        it.expected,
        _of_records(it, counts),
        _of_rows(it, counts),
    )


def _of_records(it: Counts, steps: dict[str, int]) -> list[Difference]:
    """From records that the newest extracts list to residents found."""
    return [
        Difference("duplicates", -it.duplicates, _("hồ sơ thừa của người đã có hồ sơ")),
        Difference("nobody_dead", -it.nobody_dead, _("hồ sơ của người đã mất")),
        Difference("nobody_left", -it.nobody_left, _("hồ sơ của người đã chuyển đi")),
        Difference("nobody_unknown", -it.nobody_unknown, _("hồ sơ không thuộc người dân nào")),
        Difference(
            "kept_for_others",
            -steps["kept_for_others"],
            _("hồ sơ để ở đây của người sống nơi khác"),
        ),
        Difference(
            "kept_elsewhere", steps["kept_elsewhere"], _("người sống ở đây, hồ sơ để ở nơi khác")
        ),
        Difference(
            "only_unlisted",
            it.only_unlisted,
            _("người từng có hồ sơ, trích xuất mới nhất không còn"),
        ),
        Difference("to_decide", -it.to_decide, _("người có hồ sơ còn chờ xác nhận")),
    ]


def _of_rows(it: Counts, steps: dict[str, int]) -> list[Difference]:
    """From rows of the rosters to residents."""
    return [
        Difference("doubles", -it.doubles, _("dòng lặp của người đã có trong danh sách")),
        Difference(
            "listed_nobody", -steps["listed_nobody"], _("dòng của người đã mất hoặc đã chuyển đi")
        ),
        Difference(
            "listed_for_others",
            -steps["listed_for_others"],
            _("dòng ở đây của người sống nơi khác"),
        ),
        Difference(
            "listed_elsewhere",
            steps["listed_elsewhere"],
            _("dòng ở nơi khác của người sống ở đây"),
        ),
        Difference("unlisted", it.unlisted, _("người dân không còn trong danh sách")),
    ]
