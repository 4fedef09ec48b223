"""A million residents and a million records in memory: `python -m bench.linkage_million`.

Splink links the same entries with the same training as in bench.linkage. Each side runs in a
process of its own, so that its peak of memory is its own.
"""

import multiprocessing
import time
from dataclasses import replace
from multiprocessing.connection import Connection

import numpy as np

from bench import linkage_data, linkage_figures, linkage_peers, table
from hssk.exchange.invented import Dirt
from hssk.exchange.linkage import Entries, link

PEOPLE, SEED = 1_000_000, 7
# so many of the residents have records that there are a million of these as well
DIRT = Dirt(has_record=0.94, household_without=0.01)


def _ours(answer: Connection) -> None:
    case = linkage_data.invented("", PEOPLE, DIRT, SEED)
    start = time.perf_counter()
    case.roster.prepare(), case.records.prepare()
    prepared = time.perf_counter()
    # Splink only links (link_only): the roster's own duplicates are told it, and timed apart here
    known = linkage_figures.with_persons(case.roster, link(Entries.empty(), case.roster))
    before = time.perf_counter()
    links = link(known, case.records)
    after = time.perf_counter()
    figures = linkage_figures.judge_links(case, known, links)
    sizes = len(case.roster), len(case.records)
    times = prepared - start, before - prepared, after - before
    answer.send((sizes, times, table.peak_megabytes(), figures.cells()))


def _splink(answer: Connection) -> None:
    case = linkage_data.invented("", PEOPLE, DIRT, SEED)
    found, taken = linkage_peers.splink(linkage_peers.splink_tables(case))
    known = replace(case.roster, person=case.roster_truth.astype(np.int32))
    figures = linkage_figures.judge_rows(case, known, found)
    answer.send((taken, table.peak_megabytes(), figures.cells()))


def _alone(work: object) -> tuple:
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs,))  # type: ignore[arg-type]
    process.start()
    theirs.close()
    try:
        return mine.recv()
    finally:
        process.join()


def main() -> None:
    """Print the table."""
    print(table.machine())
    sizes, (prepared, itself, taken), peak, cells = _alone(_ours)
    splink_taken, splink_peak, splink_cells = _alone(_splink)
    table.show(
        f"{sizes[0]:,} × {sizes[1]:,} (names taken apart beforehand in {prepared:.1f} s; "
        f"the roster against itself {itself:.1f} s)",
        ["", "time", "ratio", "peak MB", *linkage_figures.HEADER],
        [
            ["hssk.exchange.linkage", f"{taken:.1f} s", "1", f"{peak:.0f}", *cells],
            [
                "Splink 5, trained",
                f"{splink_taken:.1f} s",
                f"{splink_taken / taken:.1f}",
                f"{splink_peak:.0f}",
                *splink_cells,
            ],
        ],
    )


if __name__ == "__main__":
    main()
