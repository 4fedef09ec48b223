"""The functions that keep the ledger, and the triggers that call them on the facts of people."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"

COUNTS = (
    "expected", "found", "to_decide", "visited", "app_opened", "away", "moved_in", "unlisted",
    "doubles", "dead_listed", "moved_listed", "only_unlisted", "listings", "records",
    "records_unlisted", "duplicates", "nobody_dead", "nobody_left", "nobody_unknown",
)


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
        "add_month": ", ".join(f"{c} = coverage_month.{c} + excluded.{c}" for c in COUNTS),
    }
    for table in "mdcp":
        places[f"counts_{table}"] = ", ".join(f"{table}.{count}" for count in COUNTS)
    for place, value in places.items():
        text = text.replace(f"/*{place}*/", value)
    return text


FILES = ("indexes.sql", "recount.sql", "fold.sql", "refresh.sql", "triggers.sql", "read.sql")


class Migration(migrations.Migration):

    dependencies = [("coverage", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL([(filled(name), None)], migrations.RunSQL.noop) for name in FILES
    ]
