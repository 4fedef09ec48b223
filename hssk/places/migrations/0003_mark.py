"""The mark by which what was worked out from units and hamlets is known to be still true."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "mark.sql"
UNDONE = """
    DROP TRIGGER places_touch ON places_unit;
    DROP TRIGGER places_touch ON places_unitsuccession;
    DROP TRIGGER places_touch ON places_hamlet;
    DROP FUNCTION places_touch(), places_mark();
    DROP TABLE places_touched;
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0002_load_units")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], UNDONE)]
