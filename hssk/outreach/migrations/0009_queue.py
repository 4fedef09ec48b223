"""The queue of a session's day, and its wall."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql" / "queue.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0008_visits'),
        ('places', '0004_facilities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('desk', models.CharField(max_length=10)),
                ('since', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='outreach.session')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'user'), name='seat_once'), models.CheckConstraint(condition=models.Q(('desk__in', ['reception', 'record', 'vitals', 'doctor', 'book'])), name='seat_desk')],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('person', models.UUIDField(db_index=True)),
                ('desk', models.CharField(max_length=10)),
                ('standing', models.CharField(max_length=10)),
                ('came_at', models.DateTimeField()),
                ('since', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hamlet', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.hamlet')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='outreach.session')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('session', 'number'), name='ticket_number'), models.UniqueConstraint(fields=('session', 'person'), name='ticket_once'), models.CheckConstraint(condition=models.Q(('desk__in', ['reception', 'record', 'vitals', 'doctor', 'book'])), name='ticket_desk'), models.CheckConstraint(condition=models.Q(('standing__in', ['waiting', 'serving', 'done', 'left'])), name='ticket_standing')],
            },
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
