"""Finding somebody by the last digits of a number too; the function as it is by now."""

from importlib import import_module

from django.db import migrations

SQL = import_module("hssk.people.migrations.0006_search").SQL
ENDS = 'CREATE INDEX people_identifier_ends ON people_identifier ((reverse(value) COLLATE "C"))'


class Migration(migrations.Migration):
    dependencies = [("people", "0011_held_by_hand")]

    operations = [
        migrations.RunSQL([(ENDS, None), (SQL.read_text("utf-8"), None)], migrations.RunSQL.noop)
    ]
