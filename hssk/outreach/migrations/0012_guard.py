"""The unit of a session never changes but by an act."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "guard.sql"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0011_cards"), ("access", "0012_guard")]

    operations = [migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)]
