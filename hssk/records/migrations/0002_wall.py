"""What of an entry may change, and who sees it; and the standing of each record for the ledger."""

from pathlib import Path

from django.db import migrations

from hssk.records.rules.completeness import CLINICAL, COUNTED, FROM_EVER, REQUIRED, Required
from hssk.records.rules.sections import CONCLUSION, OWN

SQL = Path(__file__).resolve().parent.parent / "sql"
PARTS = tuple(f"{part.name}_since" for part in REQUIRED)


PART = f"CASE WHEN section = '{OWN}' AND visit IS NOT NULL THEN '{CONCLUSION}' ELSE section END"


def among(sections):
    return f"section IN ({', '.join(repr(name) for name in sections)})"


def first(sections):
    return f"min(COALESCE(day, '{FROM_EVER.isoformat()}')) FILTER (WHERE {among(sections)})"


def lacking(part: Required):
    """SQL for the days on which a part is required of somebody and has no entry yet."""
    unfilled = f"daterange(NULL, {part.name}_since)"
    if part.since or part.until:
        ages = [f"records_years_on(birth, {age})" if age is not None else "NULL"
                for age in (part.since, part.until)]
        unfilled = f"daterange({', '.join(ages)}) * {unfilled}"
    days = f"datemultirange({unfilled})"
    if part.sex is None:
        return f" - {days}"
    return f" - CASE WHEN sex = {part.sex:d} THEN {days} ELSE '{{}}'::datemultirange END"


def filled(name):
    """The statements of one file, with what follows from the table of what is required."""
    text = (SQL / name).read_text("utf-8")
    always = (f"{part.name}_since" for part in REQUIRED
              if part.sex is None and not part.since and part.until is None)
    known = {*CLINICAL, *(section for part in REQUIRED for section in part.sections)}
    places = {
        "parts": ", ".join(PARTS),
        "first": ", ".join(first(part.sections) for part in REQUIRED),
        "content": first(CLINICAL),
        "updated": "range_agg(daterange(day, records_years_on(day, 1)))"
                   f" FILTER (WHERE day IS NOT NULL AND {among(CLINICAL)})",
        "part": PART,
        "counted": f"replaced_at IS NULL AND NOT withdrawn AND tier <= {COUNTED:d}",
        "of_the_form": among(sorted(known)),
        "most": f"{COUNTED:d}",
        "mins": ", ".join(f"min({part}) AS {part}" for part in PARTS),
        "least": ", ".join(f"LEAST(s.{part}, t.{part}) AS {part}" for part in PARTS),
        "replaced": ", ".join(f"{part} = excluded.{part}" for part in PARTS),
        "declared": ", ".join(f"{part} date" for part in PARTS),
        "none": " OR ".join(f"{part} IS NULL" for part in always),
        "lacking": "\n            ".join(map(lacking, REQUIRED)),
    }  # fmt: skip
    for place, value in places.items():
        text = text.replace(f"/*{place}*/", value)
    return text


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial"), ("people", "0004_bases")]

    operations = [
        migrations.RunSQL([(filled(name), None)], migrations.RunSQL.noop)
        for name in ("entries.sql", "standing.sql", "standing_told.sql")
    ]
