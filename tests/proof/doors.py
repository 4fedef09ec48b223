"""Ways in that should be none: without the token of a page, as a stranger, by sessions that are over."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.test import Client
from django.urls import reverse

from hssk.access.models import Sitting, User
from tests.proof import gateway
from tests.proof.addresses import routes, text_of
from tests.proof.keys import NOBODY
from tests.proof.world import Reader, World


def without_a_token(reader: Reader) -> Iterator[str]:
    """Post to every address without the token of a page."""
    client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True,
                    raise_request_exception=False)  # fmt: skip
    client.force_login(reader.user)
    for name, wanted in routes():
        asked = {key: NOBODY.get(key, "found") for key in wanted if key != "provider_id"}
        answers = {403}
        if name in gateway.by_token() | gateway.TAKES:  # which no browser can show to them
            answers = {400, 401, 429}
        if client.post(reverse(name, kwargs=asked)).status_code not in answers:
            yield f"{name} takes a post without its token"


def as_a_stranger(world: World) -> Iterator[str]:
    """Ask every address without signing in."""
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    for name, wanted in routes():
        known = {**NOBODY, "person": next(iter(world.people)), "count": "missing", "kind": "found"}
        asked = {key: known[key] for key in wanted if key != "provider_id"}
        got = client.get(reverse(name, kwargs=asked))
        if got.status_code >= 500 or world.shown_in(text_of(got)) - world.shown_in(str(asked)):
            yield f"a stranger at {name}: {got.status_code}"


def doors(world: World) -> Iterator[str]:
    """Sessions that are over, or of an earlier round; other people's; ways back that are none."""
    one, other = (world.readers[n].user for n in (1, 2))

    def signed_in(user: User) -> Client:
        client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        client.force_login(user)
        client.get("/accounts/here/")
        return client

    for what, back in (("seen", settings.SITTING_SHARED_IDLE + settings.SITTING_IDLE + 60),
                       ("began", settings.SITTING_LONGEST + 60)):  # fmt: skip
        client = signed_in(one)
        session = client.session
        if "sitting" not in session:  # a page that fails keeps none
            yield "a session without its beginning"
            continue
        session["sitting"] = {**session["sitting"], what: session["sitting"][what] - back}
        session.save()
        if client.get("/accounts/here/").status_code != 302:
            yield f"a session goes on that is over by {what}"
    mine, theirs = signed_in(one), signed_in(other)
    shown = set(re.findall(r'name="which" value="(\d+)"', mine.get("/accounts/here/").text))
    own = set(map(str, Sitting.objects.filter(user=one).values_list("pk", flat=True)))
    if shown - own:
        yield "the list of one's sessions shows those of others"
    User.objects.filter(pk=other.pk).update(round=other.round + 1)
    try:
        if theirs.get("/accounts/here/").status_code != 302:
            yield "a session of an earlier round goes on"
    finally:  # whoever has heard enough asks no further
        User.objects.filter(pk=other.pk).update(round=other.round)
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.MACHINE_COOKIE_NAME] = "x" * 43
    client.post("/accounts/change/", {"who": "1", "code": "280914"})
    if "_auth_user_id" in client.session:
        yield "a short code lets in at a machine where nobody was"
