"""Behind a broken glass a doctor is asked of medicines that react, not of all that are sensitive."""

from importlib import import_module

from django.db import migrations

emergency = import_module("hssk.records.migrations.0003_emergency").filled


class Migration(migrations.Migration):
    dependencies = [("records", "0009_ended_pregnancies")]

    operations = [
        migrations.RunSQL(
            [(emergency().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), None)],
            migrations.RunSQL.noop,
        )
    ]
