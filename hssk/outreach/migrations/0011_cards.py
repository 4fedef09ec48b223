"""Cards of records, their runs, and that one was handed over; with their wall."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql" / "cards.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0010_left_counted'),
        ('places', '0004_facilities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CardRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hamlet', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.hamlet')),
            ],
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('name', models.CharField(max_length=255)),
                ('year', models.CharField(blank=True, max_length=4)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=10)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='outreach.cardrun')),
                ('taken_back_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['run', 'number'],
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='card_number'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None), ('why', '')), models.Q(models.Q(('why', ''), _negated=True), ('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='card_ended')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('how', models.CharField(max_length=10)),
                ('line', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='outreach.card')),
                ('taken_back_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('line__isnull', False)), fields=['line'], name='handover_of_line')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('card',), name='handover_once'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None), ('why', '')), models.Q(models.Q(('why', ''), _negated=True), ('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='handover_taken_back')],
            },
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
