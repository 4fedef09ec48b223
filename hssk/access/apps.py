"""What access listens to."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """A second factor that comes or goes ends the sessions that began without it."""

    name = "hssk.access"

    def ready(self) -> None:
        from allauth.mfa import signals

        from hssk.access.views.sittings import end_others

        for changed in (
            signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset
        ):  # fmt: skip
            changed.connect(end_others)
