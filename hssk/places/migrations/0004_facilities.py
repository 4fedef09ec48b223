"""Facilities that examine and treat people."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_mark")]

    operations = [
        migrations.CreateModel(
            name="Facility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True)),
                ("name", models.CharField(max_length=255)),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="facilities", to="places.unit")),
            ],
            options={"verbose_name_plural": "facilities"},
        ),
    ]
