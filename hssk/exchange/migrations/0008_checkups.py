"""What health check-ups are counted by, behind the wall."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "checkups.sql"


class Migration(migrations.Migration):

    dependencies = [('exchange', '0007_beyond')]

    operations = [
        migrations.CreateModel(
            name='Checkup',
            fields=[
                ('row', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='checkup', serialize=False, to='exchange.sourcerow')),
                ('visit', models.UUIDField(db_index=True)),
                ('groups', models.CharField(blank=True, max_length=60)),
                ('paid', models.CharField(blank=True, max_length=2)),
            ],
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
