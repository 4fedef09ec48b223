"""This room follows large changes: it counts whoever changed once, at their end."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "hssk.coverage"

    def ready(self) -> None:
        from hssk.coverage.services.upkeep import deferred
        from hssk.kit import bulk

        bulk.follow(deferred)
