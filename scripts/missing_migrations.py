"""Fail when a model has changed and no migration says so. Needs no database."""

import os
import sys

import django
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"
    django.setup()
    translation.deactivate_all()  # migrations are written without a language
    loader = MigrationLoader(None, ignore_no_migrations=True)
    if conflicts := loader.detect_conflicts():
        print(f"two last migrations: {conflicts}", file=sys.stderr)
        return 1
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
        graph=loader.graph
    )
    for app, migrations in changes.items():
        for operation in (step for migration in migrations for step in migration.operations):
            print(f"missing migration in {app}: {operation.describe()}", file=sys.stderr)
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
