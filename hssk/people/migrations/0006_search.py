"""Finding somebody by the words of their name."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "search.sql"
WORDS = "CREATE INDEX people_person_words ON people_person USING gin (string_to_array(name_folded, ' '))"


class Migration(migrations.Migration):
    dependencies = [("people", "0005_moves")]

    operations = [
        migrations.RunSQL([(WORDS, None), (SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)
    ]
