"""Linkage beside an exact join and Splink 5, in two situations: `python -m bench.linkage`."""

from bench import linkage_data, linkage_figures, linkage_peers, table
from bench.linkage_data import Case
from hssk.exchange.invented import Dirt
from hssk.exchange.linkage import link

PEOPLE, SEED = 47_500, 2024


def compare(case: Case) -> None:
    """Print the table of one case."""
    prepared = table.seconds(lambda: (case.roster.prepare(), case.records.prepare()))
    known, links = linkage_figures.ours(case)
    taken = table.seconds(lambda: link(known, case.records), times=5)
    found, splink_taken = linkage_peers.splink(linkage_peers.splink_tables(case))
    joined = linkage_peers.exact_join(case)
    join_taken = table.seconds(lambda: linkage_peers.exact_join(case))
    lines = [
        ("hssk.exchange.linkage", taken, linkage_figures.judge_links(case, known, links)),
        ("Splink 5, trained", splink_taken, linkage_figures.judge_rows(case, known, found)),
        ("exact join", join_taken, linkage_figures.judge_rows(case, known, joined)),
    ]
    rows = [[name, f"{s:.2f} s", f"{s / taken:.1f}", *f.cells()] for name, s, f in lines]
    table.show(
        f"{case.title}: {len(case.roster):,} roster rows × {len(case.records):,} records "
        f"(names taken apart beforehand in {prepared:.2f} s)",
        ["", "time", "ratio", *linkage_figures.HEADER],
        rows,
    )


def main() -> None:
    """The sample (or an invented city) and the city where most records carry no identifiers."""
    print(table.machine())
    usual = linkage_data.sample() or linkage_data.invented(
        "an invented city", PEOPLE, Dirt.usual(), SEED
    )
    compare(usual)
    compare(
        linkage_data.invented("few identifiers, invented", PEOPLE, Dirt.few_identifiers(), SEED)
    )


if __name__ == "__main__":
    main()
