"""What came of going to people, whose turn a household is, and their wall."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0002_campaign'),
        ('people', '0008_outcomes'),
        ('places', '0004_facilities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField(db_index=True)),
                ('on', models.DateField()),
                ('kind', models.CharField(max_length=12)),
                ('until', models.DateField(null=True)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('said', models.CharField(blank=True, max_length=500)),
                ('act', models.BigIntegerField(null=True)),
                ('line', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.household')),
                ('taken_back_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('line',), name='contact_of_line'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None), ('why', '')), models.Q(models.Q(('why', ''), _negated=True), ('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='contact_withdrawn'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'refused'), _negated=True), models.Q(('said', ''), _negated=True), ('line__isnull', False), _connector='OR'), name='contact_refused_why')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField(null=True)),
                ('said', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hamlet', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.hamlet')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='places.household')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('household',), name='step_one_owner'), models.CheckConstraint(condition=models.Q(('owner', models.F('other')), _negated=True), name='step_of_two_sides')],
            },
        ),
        *(
            migrations.RunSQL([((SQL / name).read_text("utf-8"), None)], migrations.RunSQL.noop)
            for name in ("contacts.sql", "steps.sql")
        ),
    ]
