"""The first wall: who may come in by which address, and nothing shown that was not written down."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from hssk.access.policy import Policy, policy_of
from hssk.access.rights import NAMING
from hssk.access.services import Access, access_of, refused, within, write_refused
from hssk.access.services.looks import ENTER
from hssk.access.views.senders import answer, enter
from hssk.places.services import while_they_stand

READING = ("GET", "HEAD")


def access(request: HttpRequest) -> Access:
    """What whoever asks may see and do, as the doorkeeper worked it out."""
    return request.access  # type: ignore[attr-defined]


class Doorkeeper:
    """Sets `request.access`, and turns away whoever holds none of the rights a view asks for.

    A view that declares nothing lets nobody in, should the check at the start have missed it. A
    view runs in a transaction in which the database shows what the posts of the asker open; what
    was turned away is written down after it, for it stands whatever became of the rest. A page
    that may name people and has written down no look is withheld.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        day = timezone.localdate()
        request.access = SimpleLazyObject(lambda: access_of(request.user, day))  # type: ignore
        request.policy = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated or hasattr(request, "sender"):
            write_refused(access(request))
        policy: Policy | None = request.policy  # type: ignore[attr-defined]
        names = policy is not None and policy.rights and policy.rights <= NAMING
        if names and response.status_code == 200 and not access(request).looked:
            raise RuntimeError(f"{request.resolver_match} names people and wrote down no look")
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        policy = policy_of(view)
        request.policy = policy  # type: ignore[attr-defined]
        if policy is not None and policy.strangers:
            return None
        if policy is not None and policy.by_token:
            return _by_token(request, policy, view, args, kwargs)
        if request.user.is_authenticated and request.resolver_match:
            access(request).purpose = request.resolver_match.view_name
        if policy is not None and not policy.rights:
            return None
        if policy is None or not access(request).allows(*policy.rights):
            refused(access(request), ENTER, None)
            request.policy = None  # type: ignore[attr-defined]
            return render(request, "access/not_for_you.html", status=403)
        with within(access(request)), _places_stand(request):
            return view(request, *args, **kwargs)


def _places_stand(request: HttpRequest) -> AbstractContextManager[None]:
    """Of a request that changes nothing, what places were when it began is asked once."""
    return while_they_stand() if request.method in READING else nullcontext()


def _by_token(request: HttpRequest, policy: Policy, view, args, kwargs) -> HttpResponse:
    """What a view answers to software of a facility, which acts as its account."""
    sender = enter(request)
    if isinstance(sender, HttpResponse):
        return sender
    request.sender = sender  # type: ignore[attr-defined]
    request.access = access_of(sender.user, timezone.localdate())  # type: ignore[attr-defined]
    access(request).purpose = request.resolver_match.view_name if request.resolver_match else ""
    if not access(request).allows(*policy.rights):
        refused(access(request), ENTER, None)
        return answer(403, _("Nhiệm vụ của tài khoản này không mở việc này."))
    with within(access(request)):
        return view(request, *args, **kwargs)
