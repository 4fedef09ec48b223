"""Files of claims, parsed and filed: `python -m bench.claims [CLAIMS]`.

What a reading child does is set against the floor: lxml parsing the same documents to rows, and
nothing else; in a year of claims as they come, and in those of them that are as large as the figure
asked is of. Filed is `hssk import`, from disk to the record and the ledger, in a city of its own.
With a number, so many claims (a year of some 0.38 people each) are filed, and nothing else is
measured: 33443 of them take some minutes.
"""

import base64
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

from lxml import etree

from bench import processes, table
from bench.homes import fresh_home
from hssk.exchange.formats.claims_xml import Claim, Refused, read_claims
from hssk.exchange.formats.claims_xml.packing import packed, staged
from hssk.exchange.invented import invent, write_files
from hssk.exchange.invented.claims import write_claims
from hssk.exchange.invented.lives import Folk
from hssk.kit.memory import no_walks

PEOPLE, SEED = 3_000, 7
PEOPLE_A_CLAIM = 0.383  # of the invented: who files a number of claims needs so many people
SINCE, UNTIL, ON = date(2023, 3, 1), date(2024, 3, 1), "2024-03-13"
ONE = re.compile(rb"<HOSO>.*?</HOSO>", re.DOTALL)
LARGE = range(45_000, 110_000)  # bytes: of the invented ones, 70 KB in the middle
LEAST_SHARE, LEAST_A_SECOND, MOST_MEGABYTES = 0.6, 120, 700
MOST_CLAIMS, MOST_SECONDS = 33_443, 300
BIN = Path(sys.executable).parent


def rows_by_lxml(path: Path) -> int:
    """The floor: every inner document to rows of tag and text, one after the other."""
    count = 0
    for _event, inner in etree.iterparse(str(path), tag="NOIDUNGFILE"):
        root = etree.fromstring(base64.b64decode(inner.text))
        count += len([{cell.tag: cell.text for cell in row} for row in _rows(root)])
        inner.clear()
    return count


def _rows(root: etree._Element) -> Iterator[etree._Element]:
    """The elements that hold cells and nothing deeper."""
    return (one for one in root.iter() if len(one) and not any(len(cell) for cell in one))


def large_ones(files: list[Path]) -> list[Path]:
    """The same files beside them, with their large claims alone."""
    made = []
    for path in files:
        content = path.read_bytes()
        large = [one for one in ONE.findall(content) if len(one) in LARGE]
        before, after = content.partition(b"<HOSO>")[0], content.rpartition(b"</HOSO>")[2]
        if large:
            made.append(path.with_suffix(".large"))
            made[-1].write_bytes(before + b"".join(large) + after)
    return made


def parsing(files: list[Path]) -> list[list[str]]:
    """A line for the floor, and one for each share of what the child does; as the child, without
    walks through the memory. In turns, and of each the median: a machine's pace changes."""
    with no_walks():
        turns = [(_floor(files), *_each(files, staged), _each(files, packed)[1]) for _turn in "123"]
    floor, claims, read, whole = map(median, zip(*turns, strict=True))
    return [
        ["lxml, parsed to rows and nothing else", f"{claims / floor:,.0f}", "1.00"],
        [
            "ours: parsed to rows by tag, checked against every rule, staged as the row that is"
            " kept (who, what may be sensitive, findings)",
            f"{claims / read:,.0f}", f"{floor / read:.2f} (asked {LEAST_SHARE})",
        ],
        ["ours: all that, and mapped to FHIR", f"{claims / whole:,.0f}", f"{floor / whole:.2f}"],
    ]  # fmt: skip


def _floor(files: list[Path]) -> float:
    """The seconds that lxml alone needs."""
    began = time.perf_counter()
    for path in files:
        rows_by_lxml(path)
    return time.perf_counter() - began


def _each(files: list[Path], work: Callable[[Claim | Refused], dict]) -> tuple[int, float]:
    """How many claims the files have, and the seconds it takes to read and `work` on each."""
    began = time.perf_counter()
    claims = sum(1 for path in files for _ in map(work, read_claims(path)))
    return claims, time.perf_counter() - began


def _mean_of(files: list[Path]) -> float:
    """KB of a claim."""
    sizes = [len(one) for path in files for one in ONE.findall(path.read_bytes())]
    return sum(sizes) / len(sizes) / 1000


def filing(folder: Path, files: list[Path]) -> list[list[str]]:
    """One `hssk import` of all claims, where the roster has been taken in before."""
    with fresh_home() as (home, data):
        roster = next(folder.glob("danh_sach*.xlsx"))
        command = [str(BIN / "hssk"), "import", "--json", "--unit", "12", "--on", ON, "--kind"]
        processes.run([*command, "roster", str(roster)], data, HSSK_HOME=str(home))
        run = processes.run([*command, "claims", *map(str, files)], data, HSSK_HOME=str(home))
    claims = sum(json.loads(line)["rows"] for line in run.output.splitlines())
    asked = f"asked {MOST_SECONDS}" if claims >= MOST_CLAIMS else ""
    return [
        ["claims filed", f"{claims:,}", ""],
        ["seconds", f"{run.wall:,.0f}", asked],
        ["of the processor: the command and its children", f"{run.cpu:,.0f}", ""],
        ["of the processor: the database", f"{run.database:,.0f}", ""],
        ["claims a second", f"{claims / run.wall:,.0f}", f"asked {LEAST_A_SECOND}"],
        ["peak of the command and its child, MB", f"{run.peak:,.0f}", f"asked {MOST_MEGABYTES}"],
    ]


def main(claims: int | None = None) -> None:
    """Invent, measure, print."""
    people = PEOPLE if claims is None else round(claims * PEOPLE_A_CLAIM)
    with tempfile.TemporaryDirectory(prefix="hssk-bench-") as name:
        folder = Path(name)
        city = invent(people=people, seed=SEED)
        write_files(city, folder)
        (folder / "claims").mkdir()
        write_claims(folder / "claims", Folk(city), since=SINCE, until=UNTIL, per_file=10_000)
        files = sorted((folder / "claims").glob("*.xml"))
        size = sum(path.stat().st_size for path in files)
        print(f"{len(files)} files, {size / 1e6:,.0f} MB; {table.machine()}")
        if claims is None:
            heads = ["", "claims/s", "of the floor"]
            table.show("Parsing a year's, on one core", heads, parsing(files))
            large = large_ones(files)
            table.show(f"Parsing those of {_mean_of(large):.0f} KB", heads, parsing(large))
        table.show("From disk to the record", ["", "", ""], filing(folder, files))
        print(table.machine())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
