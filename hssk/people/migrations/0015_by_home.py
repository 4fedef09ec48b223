"""Who lives in a household is found by it: a hamlet has thousands, a page asks about fifty."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0014_certified")]

    operations = [
        migrations.AddIndex(
            model_name="residence",
            index=models.Index(fields=["hamlet", "household"], name="residence_by_home"),
        ),
        migrations.AlterField(
            model_name="residence",
            name="hamlet",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to="places.hamlet",
            ),  # fmt: skip
        ),
    ]
