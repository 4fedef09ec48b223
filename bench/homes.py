"""Homes for measuring in: made for one bench, with the database running for as long as it lasts."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.linkage_data import SAMPLE
from hssk.config.schema import bring_up_to_date
from hssk.exchange.invented import invent, write_files
from hssk.kit.home import Home
from hssk.kit.pg.cluster import Cluster
from hssk.kit.pg.use import database, is_served

PEOPLE, SEED = 47_500, 2024


@dataclass(frozen=True)
class Pair:
    """A roster and an extract, as files; `unit` and `on` as `hssk import` takes them."""

    title: str
    roster: Path
    records: Path
    unit: str
    on: str


@contextmanager
def fresh_home() -> Iterator[tuple[Path, Path]]:
    """(home, data directory) of a new installation, its database running; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="hssk-bench-"))
    folder.chmod(0o711)  # the database runs under another account
    home = Home(folder / "home")
    os.environ["HSSK_LINGER"] = "0"
    try:
        with database(home.open()) as connections:
            bring_up_to_date(home, connections)
            yield home.path, Cluster.of(home).data
        while is_served(home):
            time.sleep(0.1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def files() -> Iterator[Pair]:
    """The two sample workbooks, or invented ones of that size where the sample is not at hand."""
    if SAMPLE.is_dir():
        roster, records = (
            SAMPLE / f"{name}_2024-03.xlsx" for name in ("danh_sach_nhan_khau", "trich_xuat_hssk")
        )
        yield Pair("the sample", roster, records, "12-105", "2024-03-13")
        return
    with tempfile.TemporaryDirectory(prefix="hssk-bench-") as folder:
        city = invent(PEOPLE, seed=SEED)
        made = write_files(city, folder)
        day = city.on.isoformat()
        yield Pair(f"invented, {PEOPLE:,} people", made.roster, made.records, "12", day)
