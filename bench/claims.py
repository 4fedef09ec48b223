"""Files of claims, parsed and filed: `python -m bench.claims [CLAIMS]`.

Parsed, checked and staged is set against the floor: lxml parsing the same documents to rows, and
nothing else. Filed is `hssk import`, from disk to the record and the ledger, in a city of its own.
"""

import base64
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lxml import etree

from bench import processes, table
from bench.homes import fresh_home
from hssk.exchange.formats.claims_xml import read_claims
from hssk.exchange.formats.claims_xml.packing import packed
from hssk.exchange.invented import invent, write_files
from hssk.exchange.invented.claims import write_claims
from hssk.exchange.invented.lives import Folk

PEOPLE, SEED = 3_000, 7
SINCE, UNTIL, ON = date(2023, 3, 1), date(2024, 3, 1), "2024-03-13"
LEAST_SHARE, LEAST_A_SECOND, MOST_MEGABYTES = 0.6, 120, 700
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


def ours(path: Path) -> int:
    """Parsed, checked, mapped to FHIR, packed for the parent: all that the child does."""
    return sum(1 for _ in map(packed, read_claims(path)))


def parsing(files: list[Path]) -> list[list[str]]:
    """A line for the floor and one for ours."""
    floor = table.seconds(lambda: [rows_by_lxml(path) for path in files], times=3)
    began = time.perf_counter()
    claims = sum(map(ours, files))
    mine = time.perf_counter() - began
    return [
        ["lxml, parsed to rows and nothing else", f"{claims / floor:,.0f}", "1.00"],
        ["ours: parsed, checked, mapped to FHIR", f"{claims / mine:,.0f}",
         f"{floor / mine:.2f} (asked {LEAST_SHARE})"],
    ]  # fmt: skip


def filing(folder: Path, files: list[Path]) -> list[list[str]]:
    """One `hssk import` of all claims, where the roster has been taken in before."""
    with fresh_home() as (home, data):
        roster = next(folder.glob("danh_sach*.xlsx"))
        command = [str(BIN / "hssk"), "import", "--json", "--unit", "12", "--on", ON, "--kind"]
        processes.run([*command, "roster", str(roster)], data, HSSK_HOME=str(home))
        run = processes.run([*command, "claims", *map(str, files)], data, HSSK_HOME=str(home))
    claims = sum(json.loads(line)["rows"] for line in run.output.splitlines())
    return [
        ["claims filed", f"{claims:,}", ""],
        ["claims a second", f"{claims / run.wall:,.0f}", f"asked {LEAST_A_SECOND}"],
        ["peak of the command and its child, MB", f"{run.peak:,.0f}", f"asked {MOST_MEGABYTES}"],
    ]


def main() -> None:
    """Invent, measure, print."""
    with tempfile.TemporaryDirectory(prefix="hssk-bench-") as name:
        folder = Path(name)
        city = invent(people=PEOPLE, seed=SEED)
        write_files(city, folder)
        (folder / "claims").mkdir()
        write_claims(folder / "claims", Folk(city), since=SINCE, until=UNTIL, per_file=10_000)
        files = sorted((folder / "claims").glob("*.xml"))
        size = sum(path.stat().st_size for path in files)
        print(f"{len(files)} files, {size / 1e6:,.0f} MB; {table.machine()}")
        table.show("Parsing, on one core", ["", "claims/s", "of the floor"], parsing(files))
        table.show("From disk to the record", ["", "", ""], filing(folder, files))


if __name__ == "__main__":
    main()
