"""What a record tells behind a broken glass."""

from pathlib import Path

from django.db import migrations

from hssk.records.rules.emergency import places
from hssk.records.rules.sections import Tier

SQL = Path(__file__).resolve().parent.parent / "sql"


def filled():
    """The statement, with what follows from the rules."""
    text = (SQL / "emergency.sql").read_text("utf-8")
    for place, value in places(Tier.ROUTINE).items():
        text = text.replace(f"/*{place}*/", value)
    return text


class Migration(migrations.Migration):
    dependencies = [("records", "0002_wall"), ("people", "0004_bases")]

    operations = [migrations.RunSQL([(filled(), None)], migrations.RunSQL.noop)]
