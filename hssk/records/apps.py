"""The room at work: behind a broken glass it tells what treats somebody safely."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "hssk.records"

    def ready(self) -> None:
        """Add to the emergency set of people what records know."""
        from hssk.people.services.emergency import tell_further
        from hssk.records.services.emergency import emergency_facts

        tell_further(emergency_facts)
