"""The whole nation's units before and after 1 July 2025, and what became of each."""

from django.db import migrations

from hssk.places.services.loading import load_units


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        load_units(cursor)


def unload(apps, schema_editor):
    apps.get_model("places", "UnitSuccession").objects.all().delete()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM places_unit")


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
