"""Why somebody may see a person: bases, cases of audit, reviews; and their walls."""

import datetime
from pathlib import Path
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).resolve().parent.parent / "sql" / "bases.sql"
VERIFYING = SQL.with_name("verifying.sql")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_wall'),
        ('access', '0005_scope'),
        ('places', '0003_mark'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('reason', models.CharField(max_length=500)),
                ('opened_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AuditSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('name', models.CharField(max_length=255)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='people.auditcase')),
            ],
        ),
        migrations.CreateModel(
            name='Basis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('kind', models.CharField(choices=[('care', 'care'), ('self', 'self'), ('guardian', 'guardian'), ('break-glass', 'break-glass'), ('audit', 'audit')], max_length=12)),
                ('holder', models.UUIDField(null=True)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('why', models.CharField(max_length=20)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='people.auditcase')),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('granted_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='GlassReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('justified', models.BooleanField()),
                ('note', models.CharField(blank=True, max_length=500)),
                ('basis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='people.basis')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='auditcase',
            constraint=models.UniqueConstraint(fields=('number',), name='audit_case_number'),
        ),
        migrations.AddConstraint(
            model_name='auditcase',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('opened_by')), _negated=True), _connector='OR'), name='audit_by_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='auditsubject',
            constraint=models.UniqueConstraint(fields=('case', 'person'), name='audit_subject_once'),
        ),
        migrations.AddIndex(
            model_name='basis',
            index=models.Index(fields=['person'], name='basis_person'),
        ),
        migrations.AddIndex(
            model_name='basis',
            index=models.Index(condition=models.Q(('kind', 'break-glass')), fields=['since'], name='basis_broken_glass'),
        ),
        migrations.AddConstraint(
            model_name='basis',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='basis_days'),
        ),
        migrations.AddConstraint(
            model_name='basis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('holder', None), ('kind', 'care'), ('unit__isnull', False), ('user', None)), models.Q(('case', None), ('holder__isnull', False), ('kind__in', ['self', 'guardian']), ('unit', None), ('user', None)), models.Q(('case', None), ('holder', None), ('kind', 'break-glass'), ('unit', None), ('until__isnull', False), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('since'), '+', models.Value(datetime.timedelta(seconds=14400)))), ('user', models.F('granted_by')), ('user__isnull', False)), models.Q(models.Q(('case__isnull', False), ('holder', None), ('kind', 'audit'), ('unit', None), ('until__isnull', False), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('since'), '+', models.Value(datetime.timedelta(days=14)))), ('user__isnull', False)), models.Q(('user', models.F('granted_by')), _negated=True)), _connector='OR'), name='basis_for_whom'),
        ),
        migrations.RunSQL([(SQL.read_text("utf-8"), None)], migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField(db_index=True)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('how', models.CharField(choices=[('document', 'Document'), ('population', 'Population')], max_length=10)),
                ('document', models.CharField(blank=True, choices=[('card', 'Identity Card'), ('vneid', 'Vneid'), ('birth', 'Birth Certificate'), ('passport', 'Passport'), ('other', 'Other')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_back_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('document', ''), ('how', 'population')), models.Q(models.Q(('document', ''), _negated=True), models.Q(('document', 'other'), _negated=True), ('how', 'document')), models.Q(models.Q(('note', ''), _negated=True), ('document', 'other'), ('how', 'document')), _connector='OR'), name='verified_by_what'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None), ('why', '')), models.Q(models.Q(('why', ''), _negated=True), ('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='verified_taken_back')],
            },
        ),
        migrations.RunSQL([(VERIFYING.read_text("utf-8"), None)], migrations.RunSQL.noop),
    ]
