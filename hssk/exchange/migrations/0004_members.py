"""Lists of members of organisations, behind the wall."""

from pathlib import Path

import django.db.models.deletion
import hssk.kit.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql" / "members.sql"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0011_organisation_contact'),
        ('exchange', '0003_postings'),
        ('places', '0005_organisations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('whole', models.BooleanField(default=True)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('file_name', models.CharField(max_length=255)),
                ('digest', models.CharField(max_length=64)),
                ('size', models.IntegerField()),
                ('created_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='member_files', to='places.organisation')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MemberRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(max_length=100)),
                ('number', models.IntegerField()),
                ('cells', hssk.kit.fields.WrittenJSON()),
                ('facts', hssk.kit.fields.WrittenJSON()),
                ('fault', hssk.kit.fields.WrittenJSON(null=True)),
                ('decision', models.CharField(blank=True, max_length=4)),
                ('person', models.UUIDField(null=True)),
                ('score', models.FloatField(default=0)),
                ('evidence', hssk.kit.fields.WrittenJSON(null=True)),
                ('said', models.CharField(blank=True, max_length=10)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='exchange.memberfile')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='memberfile',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'undone'), _negated=True), fields=('organisation', 'digest', 'on'), name='member_file_once'),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
