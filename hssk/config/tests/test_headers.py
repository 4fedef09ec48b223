"""No page behind the login stays in a cache, and no address carries a name or a number of anybody."""

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter, StringConverter, UUIDConverter

from tests.proof.addresses import _routes
from tests.village import on_duty, village

# words of ours that stand in an address: of units and of counts
OURS = {"code", "count", "kind"}


def patterns(resolver):
    for one in resolver.url_patterns:
        yield from [one] if isinstance(one, URLPattern) else patterns(one)


def test_no_page_behind_the_login_stays_in_a_cache(client, db):
    from hssk.places.models import Hamlet, Household

    people = village("03403 | Bản Tưởng Tượng | Giàng A Bịa | yes | household=1")
    somebody = next(iter(people.values()))
    known = {"person": somebody.pk, "hamlet": Hamlet.objects.get(name="Bản Tưởng Tượng").pk,
             "household": Household.objects.get().pk, "code": "03403", "count": "missing",
             "kind": "found", "visit": somebody.pk, "slip": somebody.pk}  # fmt: skip
    client.force_login(on_duty())
    client.raise_request_exception = False
    seen = 0
    for name, wanted in _routes(get_resolver(), ""):
        answer = client.get(reverse(name, kwargs={key: known.get(key, 1) for key in wanted}))
        assert "no-store" in answer.headers["Cache-Control"], name
        seen += answer.status_code == 200
        client.force_login(on_duty(f"again.{name}".replace(":", ".")))
    assert seen > 20


def test_addresses_have_keys_of_ours_alone():
    for one in patterns(get_resolver()):
        for key, converter in one.pattern.converters.items():
            if key in OURS:
                assert isinstance(converter, StringConverter)
            else:
                assert isinstance(converter, IntConverter | UUIDConverter), (str(one), key)


@pytest.mark.parametrize("path", ["/accounts/login/", "/khong-co/", "/accounts/change/"])
def test_pages_for_strangers_stay_in_no_cache_either(client, db, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]
