"""Moves, and births, names and deaths typed by hand: acts, and their walls."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


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
        migrations.CreateModel(
            name='Birth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.UUIDField()),
                ('nth', models.PositiveSmallIntegerField()),
                ('of', models.PositiveSmallIntegerField()),
                ('child', models.UUIDField(unique=True)),
                ('mother', models.UUIDField(db_index=True)),
                ('on', models.DateField()),
                ('clock', models.TimeField(null=True)),
                ('paper', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('act', 'nth'), name='birth_once')],
            },
        ),
        migrations.CreateModel(
            name='Death',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('on', models.DateField()),
                ('precision', models.CharField(max_length=1)),
                ('counted_on', models.DateField()),
                ('place', models.CharField(blank=True, max_length=10)),
                ('paper', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='death_person')],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person',), name='death_stands_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(models.Q(('why', ''), _negated=True), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='death_taken_back_by_whom'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Stranger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.UUIDField(unique=True)),
                ('person', models.UUIDField(unique=True)),
                ('kind', models.CharField(max_length=10)),
                ('words', models.CharField(blank=True, max_length=250)),
                ('nationality', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField(db_index=True)),
                ('what', models.CharField(max_length=10)),
                ('before', models.CharField(blank=True, max_length=255)),
                ('after', models.CharField(max_length=255)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunSQL(
            [((SQL / name).read_text("utf-8"), None) for name in ("moves.sql", "lives.sql")],
            migrations.RunSQL.noop,
        ),
    ]
