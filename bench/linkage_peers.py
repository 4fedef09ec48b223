"""The peers of linkage: an exact join, and Splink 5 as it comes with its training."""

import logging
import time
import warnings
from typing import Any

import duckdb
import numpy as np
import pyarrow
import splink.comparison_library as cl
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage_data import Case
from hssk.exchange.linkage import Entries
from hssk.kit.text import fold

Rows = NDArray[np.int64]  # per record the roster row that it was found to be, -1 none
_IDENTIFIERS = ("pid", "cmnd", "bhxh")


def exact_join(case: Case) -> Rows:
    """The roster row of equal number, card, or folded name with birth date and commune."""
    roster, records = case.roster, case.records
    keys: list[tuple[list[object], list[object]]] = [
        (list(getattr(roster, column)), list(getattr(records, column))) for column in _IDENTIFIERS
    ]
    keys.append((_name_keys(roster), _name_keys(records)))
    found = np.full(len(records), -1, np.int64)
    for left, right in keys:
        where = {key: row for row, key in reversed(list(enumerate(left))) if key}
        for row, key in enumerate(right):
            if found[row] < 0 and key in where:
                found[row] = where[key]
    return found


def _name_keys(entries: Entries) -> list[object]:
    return [
        (fold(name), birth, unit) if birth else None
        for name, birth, unit in zip(
            entries.name, entries.birth.tolist(), entries.unit.tolist(), strict=True
        )
    ]


def splink_tables(case: Case) -> tuple[pyarrow.Table, pyarrow.Table]:
    """Both files as Splink wants them, names folded, unknown as null: its preparation, untimed."""
    return _table(case.roster), _table(case.records)


def _table(entries: Entries) -> pyarrow.Table:
    births = entries.birth.tolist()
    # a bare year as its 1 January, so that Splink's levels of nearby dates can see it
    first = [b // 10000 * 10000 + max(b // 100 % 100, 1) * 100 + max(b % 100, 1) for b in births]
    birth = [f"{b // 10000}-{b // 100 % 100:02d}-{b % 100:02d}" for b in first]
    columns: dict[str, list[object]] = {
        "unique_id": list(range(len(entries))),
        "name": [fold(name) or None for name in entries.name],
        "given": [fold(name).split(" ")[-1] or None for name in entries.name],
        "birth": [day if known else None for day, known in zip(birth, births, strict=True)],
        "year": [b // 10000 or None for b in births],
        "sex": [s or None for s in entries.sex.tolist()],
        "unit": [u if u >= 0 else None for u in entries.unit.tolist()],
    }
    for column in (*_IDENTIFIERS, "phone"):
        columns[column] = [text or None for text in getattr(entries, column)]
    return pyarrow.table(columns)


def _settings() -> SettingsCreator:
    rare: dict[str, Any] = {"term_frequency_adjustments": True}
    return SettingsCreator(
        link_type="link_only",
        retain_matching_columns=False,
        comparisons=[
            cl.NameComparison("name").configure(**rare),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.ExactMatch("unit").configure(**rare),
            cl.DamerauLevenshteinAtThresholds("pid", 1),
            cl.ExactMatch("cmnd"),
            cl.DamerauLevenshteinAtThresholds("bhxh", 1),
            cl.ExactMatch("phone").configure(**rare),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("pid"),
            block_on("cmnd"),
            block_on("bhxh"),
            block_on("name", "year"),
            block_on("name", "unit"),
            block_on("birth", "unit"),
            block_on("birth", "given"),
        ],
    )


def splink(tables: tuple[pyarrow.Table, pyarrow.Table]) -> tuple[Rows, float]:
    """Rows by Splink's pairs of chance 0.5 or more, the best per record; and seconds taken.

    Trained as its guide says: recall guess, u by random sampling, m by expectation maximisation
    on two blocking rules. Of the pairs of rules tried these are the fastest and do best.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore")
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET memory_limit = '8GB'")  # beyond that it works on disk
    api = DuckDBAPI(connection)
    left, right = tables
    start = time.perf_counter()
    linker = Linker(
        [
            api.register(left, dataset_display_name="a_roster"),
            api.register(right, dataset_display_name="b_records"),
        ],
        _settings(),
        log_level=None,
    )
    linker.training.estimate_probability_two_random_records_match(
        [block_on("pid"), block_on("bhxh"), block_on("name", "birth")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("pid"), block_on("name", "birth")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    pairs = (
        predicted.as_duckdbpyrelation()
        .project("unique_id_l, unique_id_r, match_weight")
        .fetchnumpy()
    )
    taken = time.perf_counter() - start
    roster, record = np.asarray(pairs["unique_id_l"]), np.asarray(pairs["unique_id_r"])
    order = np.lexsort((-roster, pairs["match_weight"]))
    found = np.full(right.num_rows, -1, np.int64)
    found[record[order]] = roster[order]
    return found, taken
