"""Copies of lists on loan, slips for households, and their wall."""

from pathlib import Path

import datetime
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql" / "wall.sql"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0004_facilities'),
        ('people', '0004_bases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=12, unique=True)),
                ('purpose', models.CharField(max_length=20)),
                ('cover', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('seed', models.BinaryField(max_length=16)),
                ('issued_at', models.DateTimeField()),
                ('issued_on', models.DateField()),
                ('office', models.CharField(max_length=15)),
                ('holder', models.CharField(max_length=120)),
                ('until', models.DateField()),
                ('taken_on', models.DateField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closing', models.CharField(blank=True, max_length=10)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hamlet', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.hamlet')),
                ('holder_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'copies',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('place', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('issued_at', models.DateTimeField()),
                ('hamlet', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.hamlet')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ListedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('name', models.CharField(max_length=255)),
                ('year', models.CharField(blank=True, max_length=4)),
                ('head', models.CharField(blank=True, max_length=255)),
                ('head_person', models.UUIDField(null=True)),
                ('tick', models.CharField(blank=True, max_length=10)),
                ('ticked_at', models.DateTimeField(null=True)),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='outreach.copy')),
                ('ticked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('token', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('head', models.UUIDField(null=True)),
                ('called', models.CharField(blank=True, max_length=255)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.household')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='outreach.invitation')),
            ],
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('hamlet', 'purpose'), name='copy_one_out'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('issued_on')), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('issued_on'), '+', models.Value(datetime.timedelta(days=14))))), name='copy_loan'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('closing', ''), ('why', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('closing', 'returned')), models.Q(models.Q(('why', ''), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False), ('closing', 'lost')), _connector='OR'), name='copy_closed'),
        ),
        migrations.AddConstraint(
            model_name='listedperson',
            constraint=models.UniqueConstraint(fields=('copy', 'number'), name='line_number'),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
