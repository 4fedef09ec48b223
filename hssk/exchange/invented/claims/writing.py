"""Claim files of a folder, written as the visits come: memory holds some files' claims, no more."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..lives import Folk, visits
from ..lives.chance import dice
from .claim import Claim, claim_as_text, make_claim
from .dialect import PLAIN, Dialect
from .envelope import file_bytes
from .faults import FAULTS, plant
from .sending import Resends, sendings
from .stamps import day
from .traps import Traps

TRUTH = ("file", "claim", "ma_lk", "true_person", "trap", "fault", "sending", "dialect")
WRONG_COUNT = "wrong_count"  # a fault of the file: SOLUONGHOSO is not how many it holds
_LATER = 150  # claims are sent again after so many others
_WRONG_COUNTS_AMONG_FAULTS = 0.5


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: counts, the bytes of all files, and where truth lies."""

    files: int
    claims: int
    size: int
    truth: Path


@dataclass(slots=True)
class _Open:
    """A file that gathers claims of one facility."""

    name: str
    facility: str
    dialect: Dialect
    texts: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def write_claims(
    folder: Path | str,
    people: Folk,
    *,
    seed: int = 1,
    since: date,
    until: date,
    per_file: int = 50,
    dialect: Dialect | Sequence[Dialect] = PLAIN,
    only: Iterable[int] | None = None,
    traps: Traps | None = None,
    resends: Resends | None = None,
    faults: float = 0.0,
    fault_names: Sequence[str] = (),
) -> Written:
    """Files of one facility each, `<facility>_<number>.xml`, and truth.csv, in an existing folder.

    Visits that begin from `since` to `until` of the people with indices `only`, else of all.
    Several dialects take turns, file by file. `faults` is the share of claims that get one of
    `fault_names`, or of all. The same arguments write the same bytes. truth.csv has the columns
    `TRUTH`: `claim` counts from 1 within a file, `trap` joins several with `;`, `true_person`
    P… stands in the population, F… is nobody of it. ValueError for `per_file` below 1.
    """
    if per_file < 1:
        raise ValueError("a file holds at least one claim")
    names = list(fault_names or FAULTS)
    with _Desk(Path(folder), seed, dialect, per_file=per_file, faults=faults) as desk:
        later: deque[tuple[int, Claim]] = deque()
        for index in range(len(people)) if only is None else only:
            person = people[index]
            for visit in visits(person, people, since=since, until=until):
                how = desk.dialect_at(visit.facility.code)
                claim = make_claim(visit, person, people, traps=traps, dialect=how)
                for again in _send(desk, claim, names, resends or Resends()):
                    later.append((desk.claims + _LATER, again))
                while later and later[0][0] <= desk.claims:
                    desk.add(later.popleft()[1])
        for _, claim in later:
            desk.add(claim)
    return desk.written()


def _send(desk: "_Desk", claim: Claim, names: list[str], rates: Resends) -> list[Claim]:
    """The claim into its file, with a fault for some; gives what is to be sent of it later."""
    rng = dice(desk.seed, claim.key, "sending")
    if rng.random() < desk.faults:
        plant(claim, names, desk.dialect_at(claim.facility), rng)
        desk.add(claim)
        return []
    now, *later = sendings(claim, rates, rng)
    desk.add(now)
    return later


class _Desk:
    """The open file of each facility, and truth beside."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        dialect: Dialect | Sequence[Dialect],
        *,
        per_file: int,
        faults: float,
    ) -> None:
        self.folder, self.seed = folder, seed
        self.dialects = (dialect,) if isinstance(dialect, Dialect) else tuple(dialect)
        self.per_file, self.faults = per_file, faults
        self.open: dict[str, _Open] = {}
        self.files = self.claims = self.size = self._begun = 0
        self._truth = folder / "truth.csv"

    def __enter__(self) -> "_Desk":
        self._stream = self._truth.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(TRUTH)
        return self

    def __exit__(self, *error: Any) -> None:
        if error[0] is None:
            for code in sorted(self.open):
                self._finish(self.open[code])
        self._stream.close()

    def dialect_at(self, facility: str) -> Dialect:
        """Of the file that the facility's next claim goes into."""
        return self._file(facility).dialect

    def add(self, claim: Claim) -> None:
        """The claim into its facility's file, which is written when it is full."""
        file = self._file(claim.facility)
        file.texts.append(claim_as_text(claim, file.dialect))
        claim.tables = {}  # its text is kept, its rows are not needed any more
        file.claims.append(claim)
        self.claims += 1
        if len(file.claims) == self.per_file:
            self._finish(file)
            del self.open[claim.facility]

    def written(self) -> Written:
        """What has been written."""
        return Written(self.files, self.claims, self.size, self._truth)

    def _file(self, facility: str) -> _Open:
        if facility not in self.open:
            self._begun += 1
            dialect = self.dialects[(self._begun - 1) % len(self.dialects)]
            name = f"{facility}_{self._begun:06d}.xml"
            self.open[facility] = _Open(name, facility, dialect)
        return self.open[facility]

    def _finish(self, file: _Open) -> None:
        if not file.claims:
            return
        rng = dice(self.seed, file.name, "file")
        wrong = rng.random() < self.faults * _WRONG_COUNTS_AMONG_FAULTS
        made = day(max(claim.closed for claim in file.claims))
        count = len(file.claims) + wrong
        data = file_bytes(file.facility, made, file.texts, file.dialect, count)
        (self.folder / file.name).write_bytes(data)
        self.files, self.size = self.files + 1, self.size + len(data)
        for number, claim in enumerate(file.claims, start=1):
            fault = ";".join(filter(None, (claim.fault, WRONG_COUNT if wrong else "")))
            self._writer.writerow(
                (
                    file.name,
                    number,
                    claim.key,
                    claim.person,
                    ";".join(claim.traps),
                    fault,
                    claim.sending,
                    file.dialect.name,
                )
            )


def read_truth(path: Path) -> Iterator[dict[str, str]]:
    """Lines of a truth.csv by column."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
