"""What a visit found is its conclusion, also where it was filed among own illnesses before: how records
stand is worked out so, and whoever had such an entry is counted again (decision 36). The medicines to
beware of come from a table now."""

from importlib import import_module

from django.db import migrations

from hssk.records.rules.sections import OWN

filled = import_module("hssk.records.migrations.0002_wall").filled
emergency = import_module("hssk.records.migrations.0003_emergency").filled

# whoever reads the ledger next takes these notes in; a word of them goes to it by itself
AGAIN = f"""
    INSERT INTO records_note (person, anew)
    SELECT DISTINCT person, true FROM records_entry
    WHERE section = '{OWN}' AND visit IS NOT NULL AND replaced_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0004_looks_in_care")]

    operations = [
        migrations.RunSQL([(text, None)], migrations.RunSQL.noop)
        for text in (
            filled("standing.sql"),
            emergency().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
            AGAIN,
        )
    ]
