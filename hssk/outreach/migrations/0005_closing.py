"""The end of a session's day: how it went, what it cost, what was reported, and what keeps that."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql" / "closings.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0004_daybook'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='cost',
            name='spent',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='DayReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('content', models.TextField()),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='outreach.session')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began', models.TimeField()),
                ('ended', models.TimeField()),
                ('problems', models.CharField(blank=True, max_length=2000)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='closing', to='outreach.session')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended__gt', models.F('began'))), name='closing_hours')],
            },
        ),
        migrations.CreateModel(
            name='Spending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('amount', models.PositiveBigIntegerField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spendings', to='outreach.session')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'name'), name='spending_name')],
            },
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
