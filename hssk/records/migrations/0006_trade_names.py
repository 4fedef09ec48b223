"""The emergency set knows insulin and anticoagulants by their trade names too (codes/drugs.csv)."""

from importlib import import_module

from django.db import migrations

emergency = import_module("hssk.records.migrations.0003_emergency").filled


class Migration(migrations.Migration):
    dependencies = [("records", "0005_conclusions")]

    operations = [
        migrations.RunSQL(
            [(emergency().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), None)],
            migrations.RunSQL.noop,
        )
    ]
