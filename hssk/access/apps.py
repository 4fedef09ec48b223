"""What access listens to."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """A second factor that comes or goes ends the sessions that began without it; whoever proves
    themselves once more goes on under a new key; what failed is in the log."""

    name = "hssk.access"

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed
        from allauth.mfa import signals
        from django.contrib.auth.signals import user_login_failed

        from hssk.access.views.attempts import wrong_code, wrong_password
        from hssk.access.views.second import forget_spare_codes
        from hssk.access.views.sittings import end_others, new_key

        for changed in (
            signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset
        ):  # fmt: skip
            changed.connect(end_others)
        signals.authenticator_removed.connect(forget_spare_codes)
        authentication_step_completed.connect(new_key)
        user_login_failed.connect(wrong_password)
        signals.authentication_failed.connect(wrong_code)
