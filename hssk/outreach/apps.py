"""The room at work: what it keeps of people follows them, as what people itself keeps."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "hssk.outreach"

    def ready(self) -> None:
        """Have contacts be about whom their person is by now, when files are taken back."""
        from hssk.people.services.lives import also_about

        also_about("outreach_contact", "person")
