"""Moves: proposals, what the commune left is asked, blind matches; and their wall."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "moves.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_bases'),
        ('places', '0003_mark'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('name_folded', models.CharField(db_collation='C', max_length=255)),
                ('birth_on', models.DateField()),
                ('birth_precision', models.CharField(max_length=1)),
                ('sex', models.PositiveSmallIntegerField()),
                ('number', models.CharField(max_length=20)),
                ('household', models.CharField(blank=True, max_length=60)),
                ('kind', models.CharField(default='P', max_length=1)),
                ('since', models.DateField()),
                ('proposed_on', models.DateField()),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('answered_on', models.DateField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('person', models.UUIDField(null=True)),
                ('standing', models.BooleanField(default=False)),
                ('undo_asked', models.CharField(blank=True, max_length=8)),
                ('hamlet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.hamlet')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undo_asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('witnessed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MoveQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField()),
                ('transaction', models.BigIntegerField()),
                ('name', models.CharField(max_length=255)),
                ('birth_on', models.DateField()),
                ('birth_precision', models.CharField(max_length=1)),
                ('number', models.CharField(max_length=20)),
                ('known', models.BooleanField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MoveReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('move', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='release', serialize=False, to='people.move')),
                ('person', models.UUIDField(db_index=True)),
                ('name', models.CharField(max_length=255)),
                ('kind', models.CharField(max_length=1)),
                ('since', models.DateField()),
                ('asked_on', models.DateField()),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('answered_on', models.DateField(null=True)),
                ('how', models.CharField(blank=True, max_length=10)),
                ('reason', models.CharField(blank=True, max_length=10)),
                ('undo_asked', models.CharField(blank=True, max_length=8)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hamlet', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.hamlet')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(fields=['proposed_by', 'proposed_on'], name='move_by_proposer'),
        ),
        migrations.AddIndex(
            model_name='movequestion',
            index=models.Index(fields=['actor', 'asked_on'], name='question_by_actor'),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
