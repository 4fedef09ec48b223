"""The room at work: what it keeps of people follows them, as what people itself keeps."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "hssk.outreach"

    def ready(self) -> None:
        """Have contacts and cards be about whom their person is by now, when files are taken back,
        coverage offer the reports of this room, and contacts be a reason to have looked."""
        from hssk.coverage.services.kinds import add_kind
        from hssk.coverage.services.unusual import tell_acts
        from hssk.outreach.reports.kinds import KINDS
        from hssk.outreach.services.contacts import contacts_about
        from hssk.people.services.lives import also_about

        also_about("outreach_contact", "person")
        also_about("outreach_card", "person")
        for kind in KINDS:
            add_kind(kind)
        tell_acts(contacts_about)
