"""What somebody who has signed in must still do before anything else opens.

A password that somebody else made is replaced first. Whoever opens people's data and has had their
days sets up a second factor.

Source: ASVS 5.0, 6.3.3 and 6.4.1.
"""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hssk.access.models import User
from hssk.access.policy import policy_of
from hssk.access.services import must_enrol
from hssk.access.views.doorkeeper import access

ALWAYS = frozenset({"logout", "account_logout", "lock", "still"})
TO_CHANGE = ALWAYS | {
    "password", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
TO_ENROL = TO_CHANGE | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}


def came_by_provider(request: HttpRequest, user: User) -> bool:
    """Whether a provider of identity let somebody in: then a first password was not used."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "socialaccount" for record in records)


class Thresholds:
    """Leads whoever has something to do first to where it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        user, policy = request.user, policy_of(view)
        if not isinstance(user, User) or (policy is not None and policy.strangers):
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if user.first_until is not None and not came_by_provider(request, user):
            return None if name in TO_CHANGE else redirect("password")
        if name not in TO_ENROL and must_enrol(access(request)):
            return redirect("mfa_index")
        return None
