"""A village written as a table, so that a test reads like the lists it is about."""

from typing import Any

from hssk.exchange.linkage import ASK, NEW, SAME, Entries, Links, link

_COLUMNS = ("name", "birth", "sex", "pid", "bhxh", "phone", "place", "household", "relation")
_WORDS = {SAME: "same", NEW: "new", ASK: "ask"}
_SEXES = {"nam": 1, "nữ": 2}


def entries(table: str, *, known: bool = False, records: bool = False) -> Entries:
    """Rows of `name | dd/mm/yyyy | nam | number | card | phone | unit.hamlet | household | …`.

    Trailing columns may be left out, `-` is unknown. Known rows are one person each, unless two
    of them begin with the same `A:`, `B:` …
    """
    rows: list[dict[str, Any]] = []
    labels: dict[object, int] = {}
    for line in filter(None, map(str.strip, table.splitlines())):
        row = dict(zip(_COLUMNS, (cell.strip() for cell in line.split("|")), strict=False))
        row = {key: "" if value == "-" else value for key, value in row.items()}
        label, _, name = row["name"].rpartition(":")
        person = labels.setdefault(label or len(labels), len(labels)) if known else -1
        unit, _, hamlet = row.pop("place", "").partition(".")
        rows.append(
            {
                **row,
                "name": name.strip(),
                "birth": day(row.get("birth", "")),
                "sex": _SEXES.get(row.get("sex", ""), 0),
                "unit": int(unit or -1),
                "hamlet": int(unit) * 10 + int(hamlet) if hamlet else -1,
                "household": int(row.get("household") or -1),
                "source": int(records),
                "person": person,
            }
        )
    return Entries.from_rows(rows)


def day(text: str) -> int:
    """5/3/1958, 3/1958 or 1958 as yyyymmdd."""
    parts = [int(part) for part in text.split("/")] if text else [0]
    return sum(part * 100**place for part, place in zip(parts[::-1], (2, 1, 0), strict=False))


def decided(known: Entries, incoming: Entries) -> list[str]:
    """For each row "same Lò Văn Páo", "new" or "ask Lò Văn Páo" ("ask" for a new person)."""
    return words(known, link(known, incoming))


def words(known: Entries, links: Links) -> list[str]:
    """The links as `decided` says them."""
    names = {int(p): name for p, name in reversed(list(zip(known.person, known.name, strict=True)))}
    return [
        f"{_WORDS[int(d)]} {names.get(int(p), '')}".strip()
        for d, p in zip(links.decision, links.person, strict=True)
    ]
