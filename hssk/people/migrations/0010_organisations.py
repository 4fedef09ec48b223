"""Who belongs to which organisation, behind the wall."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "memberships.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0011_organisation_contact'),
        ('people', '0009_registered'),
        ('places', '0005_organisations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField(db_index=True)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('source', models.BigIntegerField()),
                ('row', models.BigIntegerField()),
                ('ended_by', models.BigIntegerField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'person', 'since'), name='membership_once'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='membership_days')],
            },
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
