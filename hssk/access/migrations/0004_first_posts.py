"""Whoever administered an installation before there were posts goes on doing so."""

from django.db import migrations


def give_posts(apps, schema_editor):
    User, Post = apps.get_model("access", "User"), apps.get_model("access", "Post")
    for user in User.objects.filter(is_superuser=True, posts=None):
        for role in ("officer", "administrator", "auditor"):
            Post.objects.create(
                user=user, role=role, since=user.date_joined.date(), granted_by=user
            )


class Migration(migrations.Migration):

    dependencies = [("access", "0003_looks_stay")]

    operations = [migrations.RunPython(give_posts, migrations.RunPython.noop)]
