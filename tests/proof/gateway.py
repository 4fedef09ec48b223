"""Attempts at the gateway: by sessions, which open nothing there, and by the tokens of others."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from hssk.access.models import Sender
from hssk.access.policy import _named, policy_of
from hssk.access.services import access_of, give_token
from hssk.exchange.formats.claims_xml.tests.making import WHOLE, envelope, hoso
from tests.proof.world import World

TAKES = frozenset({"gateway:token", "gateway:token_form"})  # for whoever has a password


def by_token() -> frozenset[str]:
    """The addresses that only a token opens."""
    named = _named(get_resolver())
    return frozenset(name for name, view in named if getattr(policy_of(view), "by_token", False))


def by_session(client: Client, csrf: str, name: str) -> Iterator[str]:
    """Whoever is signed in, with the token of a page, is nobody there."""
    path, headers = reverse(name), {"x-csrftoken": csrf}
    for got in (client.post(path, {"maGiaoDich": "x"}, headers=headers), client.get(path)):
        if got.status_code not in (401, 429) or got.cookies:
            yield f"{name} answers a session with {got.status_code}"


def by_others(world: World) -> Iterator[str]:
    """Each account asks for every receipt, and sends for every facility: its own are its own."""
    nobodys = "x" * 24
    for sender in Sender.objects.select_related("user", "facility"):
        ask = _asker(sender)
        nothing = ask("gateway:status", {"maGiaoDich": nobodys})
        for code, owner in world.receipts.items():
            got = ask("gateway:status", {"maGiaoDich": code})
            if owner == sender.user_id and got.status_code != 200:
                yield f"{sender.user} does not see its own receipt"
            elif owner != sender.user_id and (got.status_code, got.content) != (
                404, nothing.content
            ):  # fmt: skip
                yield f"{sender.user} tells somebody else's receipt from nobody's"
        for facility in set(Sender.objects.values_list("facility__code", flat=True)):
            if facility != sender.facility.code:
                file = base64.b64encode(envelope(hoso(WHOLE), facility=facility).encode()).decode()
                if ask("gateway:send_3176", {"files": [file]}).json()["totalSuccess"]:
                    yield f"{sender.user} sends for {facility}"


def _asker(sender: Sender) -> Any:
    now = timezone.now()
    access = access_of(sender.user, timezone.localdate())
    token = give_token(access, sender, at=now, lasts=timedelta(hours=1))
    client = Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {token}"},
                    raise_request_exception=False)  # fmt: skip
    return lambda name, said: client.post(reverse(name), json.dumps(said), "application/json")
