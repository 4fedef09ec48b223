"""The normal row: what reading a file yields, what linkage and apply consume."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hssk.kit.dates import PartialDate

ERROR = "error"
WARNING = "warning"

Cell = Any  # str | int | float | bool | date | datetime | None, as the file holds it


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one row, in words for the person who keeps the list.

    `message` and `advice` are Vietnamese format strings; `params` fills both, so that they can
    be translated first. `column` is the letter Excel shows, "" when it concerns the whole row.
    """

    column: str
    severity: str
    message: str
    params: dict[str, str] = field(default_factory=dict)
    advice: str = ""

    @property
    def text(self) -> str:
        """What is wrong and what to do, as one Vietnamese sentence pair."""
        return f"{self.message} {self.advice}".strip().format(**self.params)


@dataclass(slots=True)
class Row:
    """One person as one row of one sheet says. Empty text means the row does not say."""

    sheet: str
    number: int  # as Excel shows it, 1-based
    cells: list[Cell]  # verbatim, column A first
    name: str = ""
    birth: PartialDate | None = None
    sex: int = 0  # 0 unknown, 1 nam, 2 nữ
    pid: str = ""  # 12 digits, lost zeros restored
    cmnd: str = ""  # 9 digits, the old card
    bhxh: str = ""  # 10 digits
    card: str = ""  # 15 characters, upper case
    phone: str = ""  # 0xxxxxxxxx
    unit_text: str = ""
    hamlet_text: str = ""
    household_no: str = ""  # "#12" where the file gives no number: the household begun at row 12
    relation: str = ""
    ethnicity: str = ""
    insurance_place: str = ""
    note: str = ""
    address: str = ""
    system_number: str = ""
    created: date | None = None
    updated: date | None = None
    app_opened: bool | None = None
    visits: int | None = None
    status: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def rejected(self) -> bool:
        """Whether the row is kept and given back instead of accepted."""
        return any(problem.severity == ERROR for problem in self.problems)


@dataclass
class Columns:
    """A sheet's rows, column-wise. Fields not in `fields` are at their default in every row."""

    numbers: list[int]
    cells: list[list[Any]]  # by column of the sheet
    fields: dict[str, list[Any]] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)  # position → problems
