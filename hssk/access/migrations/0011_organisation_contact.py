"""Contacts of organisations, whose posts hold no area."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_first_contact'),
        ('places', '0005_organisations'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation'),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('administrator', 'administrator'), ('province', 'province'), ('officer', 'officer'), ('clinician', 'clinician'), ('clerk', 'clerk'), ('collaborator', 'collaborator'), ('head', 'head'), ('chair', 'chair'), ('integrator', 'integrator'), ('auditor', 'auditor'), ('first-contact', 'first-contact'), ('organisation-contact', 'organisation-contact')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation', None), models.Q(('role', 'organisation-contact'), _negated=True)), models.Q(('hamlet', None), ('organisation__isnull', False), ('role', 'organisation-contact'), ('unit__isnull', False)), _connector='OR'), name='post_of_an_organisation'),
        ),
    ]
