"""The functions that keep the ledger, and the triggers that call them on the facts of people."""

from pathlib import Path

from django.db import migrations

from hssk.records.rules.completeness import REQUIRED

SQL = Path(__file__).resolve().parent.parent / "sql"

COUNTS = (
    "expected", "found", "to_decide", "visited", "app_opened", "away", "moved_in", "unlisted",
    "doubles", "dead_listed", "moved_listed", "only_unlisted", "listings", "records",
    "records_unlisted", "duplicates", "nobody_dead", "nobody_left", "nobody_unknown",
)
# numbers by their dates, in the order of DatedCount.what
DATED = ("fresh", "verified", "content", "complete", "updated")


def filled(name):
    """The statements of one file, with the lists of counts written out."""
    text = (SQL / name).read_text("utf-8")
    places = {
        "counts": ", ".join(COUNTS),
        "zeros": ", ".join("0" for _ in COUNTS),
        "sums": ", ".join(f"sum({count})::int AS {count}" for count in COUNTS),
        "sums_t": ", ".join(f"sum(t.{count})::int" for count in COUNTS),
        "declared": ", ".join(f"{count} int" for count in COUNTS),
        "any": "(" + ", ".join(COUNTS) + ") IS DISTINCT FROM (" + ", ".join("0" for _ in COUNTS) + ")",
        "any_or": " OR ".join(f"{count} <> 0" for count in COUNTS),
        "whole": ", ".join(f"COALESCE({count}, 0)" for count in COUNTS),
        "rows_come": ", ".join("sum(e.way)" if c == "listings" else "0" for c in COUNTS),
        "rows_go": ", ".join("-sum(e.way)" if c == "listings" else "0" for c in COUNTS),
        "add_day": ", ".join(f"{c} = coverage_day.{c} + excluded.{c}" for c in COUNTS),
        "add_standing": ", ".join(f"{c} = coverage_standing.{c} + excluded.{c}" for c in COUNTS),
        "dated": ", ".join(DATED),
        "dated_named": ", ".join(f"0 AS {count}" for count in DATED),
        "dated_zeros": ", ".join("0" for _ in DATED),
        "dated_sums": ", ".join(f"sum({count})::int" for count in DATED),
        "dated_sums_t": ", ".join(f"sum(t.{count})::int" for count in DATED),
        "dated_declared": ", ".join(f"{count} int" for count in DATED),
        "dated_whole": ", ".join(f"COALESCE({count}, 0)" for count in DATED),
        "dated_any": " OR ".join(f"{count} <> 0" for count in DATED),
        "dated_lines": ", ".join(f"({what}, {count})" for what, count in enumerate(DATED)),
        "dated_one": ", ".join(f"(f.what = {what})::int * f.n" for what in range(len(DATED))),
        "dated_edges": ", ".join(
            f"sum(n * way) FILTER (WHERE what = {what}) AS {count}" for what, count in enumerate(DATED)
        ),
        "dated_add": ", ".join(f"{c} = coverage_standing.{c} + excluded.{c}" for c in DATED),
        "parts": ", ".join(f"t.{part.name}_since" for part in REQUIRED),
        "mins": ", ".join(f"min(s.{p.name}_since) AS {p.name}_since" for p in REQUIRED),
        "add_month": ", ".join(f"{c} = coverage_month.{c} + excluded.{c}" for c in COUNTS),
    }
    for table in "mdcp":
        places[f"counts_{table}"] = ", ".join(f"{table}.{count}" for count in COUNTS)
    for place, value in places.items():
        text = text.replace(f"/*{place}*/", value)
    return text


FILES = ("indexes.sql", "recount.sql", "fold.sql", "refresh.sql", "triggers.sql", "read.sql")


class Migration(migrations.Migration):

    dependencies = [
        ("coverage", "0001_initial"), ("people", "0001_initial"), ("records", "0002_wall"),
    ]  # fmt: skip

    operations = [
        migrations.RunSQL([(filled(name), None)], migrations.RunSQL.noop) for name in FILES
    ]
