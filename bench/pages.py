"""How long the server needs for each page of a home with 500,000 residents, for the operator of all
and for every role in an area of its own, and how much a first visit weighs:
`python -m bench.pages [PEOPLE]`."""

import gzip
import re
import statistics
import sys
import time
from datetime import date
from typing import Any

from bench import table
from bench.calling import pages_of_calling
from bench.large_home import large_home

PEOPLE, TIMES, MOST_MILLISECONDS, MOST_KILOBYTES = 500_000, 15, 100, 100
TIMES_OF_A_ROLE = 5
_ASSET = re.compile(r"""(?:href|src)=["'](/static/[^"'?]+\.(?:css|js|svg|woff2))["']""")


def addresses(on: str) -> list[tuple[str, str]]:
    """(what, address) of every drill-down level and list page, at its largest."""
    from django.urls import reverse

    from hssk.coverage.views.counts import BY_NAME

    commune, hamlet, household, person = _largest()
    told = [("city, first page", reverse("coverage:home"))]
    for name, code in (("province 12", "12"), ("largest commune", commune)):
        told.append((name, reverse("coverage:unit", args=[code])))
        for page in ("changes", "goal"):
            told.append((f"{name}, {page}", reverse(f"coverage:{page}", args=[code])))
        for count in BY_NAME:
            told.append((f"{name}, list {count}", reverse("coverage:list", args=[code, count])))
    deep = reverse("coverage:list", args=["12", "missing"])
    told.append(("province 12, list missing, page 1000", f"{deep}?page=1000"))
    told.append(("largest hamlet", reverse("coverage:hamlet", args=[hamlet])))
    for count in BY_NAME:
        address = reverse("coverage:hamlet-list", args=[hamlet, count])
        told.append((f"largest hamlet, list {count}", address))
    told.append(("largest hamlet, alone", reverse("coverage:alone", args=[hamlet])))
    told.append(("largest household", reverse("coverage:household", args=[household])))
    told.append(("a person", reverse("coverage:person", args=[person])))
    dated = [(what, f"{url}{'&' if '?' in url else '?'}on={on}") for what, url in told]
    return [*dated, *_of_exchange(), *pages_of_calling(on, commune, hamlet)]


def _largest() -> tuple[str, int, int, Any]:
    """The commune, the hamlet and the household with most residents, and one person there."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT u.code, r.hamlet_id FROM coverage_row r
            JOIN places_hamlet h ON h.id = r.hamlet_id JOIN places_unit u ON u.id = h.unit_id
            GROUP BY u.code, r.hamlet_id
            ORDER BY sum(count(*)) OVER (PARTITION BY u.code) DESC, count(*) DESC LIMIT 1"""
        )
        commune, hamlet = cursor.fetchone()
        cursor.execute(
            """SELECT household_id, (array_agg(person_id))[1] FROM coverage_row
            WHERE household_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"""
        )
        household, person = cursor.fetchone()
    return commune, hamlet, household, person


def _of_exchange() -> list[tuple[str, str]]:
    from django.urls import reverse

    from hssk.exchange.models import Batch, LinkDecision

    told = [("taking in", reverse("exchange:import")), ("files", reverse("exchange:batches"))]
    for batch in Batch.objects.order_by("id"):
        told.append((f"file, {batch.kind}", reverse("exchange:batch", args=[batch.id])))
        told.append(
            (f"rows of file, {batch.kind}", reverse("exchange:batch-rows", args=[batch.id]))
        )
    told.append(("review queue", reverse("exchange:review")))
    asked = LinkDecision.objects.filter(decision=LinkDecision.ASK).first()
    if asked:
        told.append(("one case", reverse("exchange:review-case", args=[asked.pk])))
    return told


def users(on: date) -> list[tuple[str, Any]]:
    """(what, user) of every role, with a post where the pages measured are the heaviest."""
    from hssk.access.models import Post, User
    from hssk.access.rights import AT_A_FACILITY, OF_AN_ORGANISATION, Role
    from hssk.places.models import Hamlet
    from hssk.places.services import unit_on

    commune, hamlet, _household, _person = _largest()
    areas = {
        Role.CLINICIAN: {"unit": unit_on(commune, on)},
        Role.CLERK: {"unit": unit_on(commune, on)},
        Role.COLLABORATOR: {"unit": unit_on(commune, on), "hamlet": Hamlet.objects.get(pk=hamlet)},
        Role.HEAD: {"unit": unit_on(commune, on), "hamlet": Hamlet.objects.get(pk=hamlet)},
    }
    told = []
    for role in Role:
        user, _made = User.objects.get_or_create(username=f"pages-{role.value}")
        area = areas.get(role, {"unit": unit_on("12", on)})
        if role in AT_A_FACILITY:
            area["facility"] = _hospital()
        if role in OF_AN_ORGANISATION:
            area["organisation"] = _school()
        Post.objects.get_or_create(
            user=user, role=role, **area, defaults={"since": date(2020, 1, 1), "granted_by": user}
        )
        told.append((f"{role.value}, {area.get('hamlet') or area['unit']}", user))
    return told


def _hospital() -> Any:
    """The facility that is no station with which most people are registered, made if need be."""
    from django.db import connection

    from hssk.places.models import Facility

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT insurance_place FROM coverage_row WHERE insurance_place ~ '^[0-9A-Z]{5}$'
            AND insurance_place NOT IN (SELECT code FROM places_facility WHERE unit_id IS NOT NULL)
            GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"""
        )
        found = cursor.fetchone()
    code = found[0] if found else "12001"
    return Facility.objects.get_or_create(code=code, defaults={"name": "Bệnh viện"})[0]


def _school() -> Any:
    """An organisation of the province, made if need be."""
    from hssk.places.models import Organisation
    from hssk.places.services import unit_on

    said = {"unit": unit_on("12", date(2024, 1, 1)), "key": "truong do lan"}
    more = {"name": "Trường đo lần", "kind": Organisation.SCHOOL, "since": date(2020, 1, 1)}
    return Organisation.objects.get_or_create(**said, defaults=more)[0]


def by_role(on: date, pages: list[tuple[str, str]]) -> list[list[str]]:
    """Of each role: how many of the pages open to it are quick, the slowest, what is closed."""
    lines = []
    for who, user in users(on):
        client = logged_in(user)
        seen = [(what, *measured(client, url, TIMES_OF_A_ROLE)) for what, url in pages]
        opened = [line for line in seen if line[3] == 200]
        quick = sum(line[1] <= MOST_MILLISECONDS for line in opened)
        slowest = max(opened, key=lambda line: line[1], default=None)
        lines.append([
            who, f"{quick} of {len(opened)}",
            f"{slowest[1]:.0f} ms, {slowest[0]}" if slowest else "", len(seen) - len(opened),
        ])  # fmt: skip
    return lines


def logged_in(user: Any = None) -> Any:
    """A test client of somebody, else of the local operator, that speaks as browsers do."""
    from django.test import Client

    from hssk.config.cli._run import actor_named
    from hssk.config.serving import lay_out_static_files
    from hssk.kit.home import Home
    from hssk.kit.memory import rest_often

    lay_out_static_files(Home.current())
    rest_often()  # as the server does
    client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    client.force_login(user or actor_named(None))
    return client


def measured(client: Any, url: str, times: int = TIMES) -> tuple[float, int, int, int]:
    """(median milliseconds, queries, status, bytes as sent) of one address, after two visits."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    taken = []
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    asked = len(queries)  # now: the next request forgets them
    for _ in range(times):
        began = time.perf_counter()
        answer = client.get(url)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken), asked, answer.status_code, len(answer.content)


def first_visit(client: Any, url: str) -> list[tuple[str, int]]:
    """(what, bytes as sent) of a page and of every style sheet, script and font it names."""
    answer = client.get(url)
    text = gzip.decompress(answer.content).decode()
    parts = [("HTML", len(answer.content))]
    for asset in dict.fromkeys(_ASSET.findall(text)):
        parts.append((asset.rpartition("/")[2], _sent(asset)))
    return parts


def _sent(asset: str) -> int:
    """The size of a static file as WhiteNoise sends it: the compressed one beside it, if any."""
    from hssk.kit.home import Home

    path = Home.current().static / asset.removeprefix("/static/")
    packed = path.with_name(path.name + ".gz")
    return (packed if packed.exists() else path).stat().st_size


def show_pages(told: list[tuple[str, float, int, int, int]]) -> None:
    """Every page as (what, milliseconds, queries, status, bytes), slowest first."""
    told.sort(key=lambda line: -line[1])
    table.show(
        f"Server time, medians of {TIMES}; within {MOST_MILLISECONDS} ms: "
        f"{sum(line[1] <= MOST_MILLISECONDS for line in told)} of {len(told)}",
        ["", "time", "queries", "status", "sent"],
        [[what, f"{taken:.0f} ms", queries, status, f"{size / 1024:.1f} KB"]
         for what, taken, queries, status, size in told],
    )  # fmt: skip


def main() -> None:
    """Every page, slowest first; then the first visit."""
    print(table.machine())
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with large_home(people) as made:
        print(f"home: {made['people']:,} invented residents through the services, all steps but"
              f" reading, in {made['seconds']} s")  # fmt: skip
        client = logged_in()
        pages = addresses(made["on"])
        told = [(what, *measured(client, url)) for what, url in pages]
        visit = first_visit(client, "/")
        show_pages(told)
        roles = by_role(date.fromisoformat(made["on"]), pages)
    table.show(
        f"By role, medians of {TIMES_OF_A_ROLE}", ["", "within", "slowest", "not theirs"], roles
    )
    weight = sum(size for _, size in visit) / 1024
    parts = ", ".join(f"{what} {size / 1024:.1f}" for what, size in visit)
    print(f"\nFirst visit: {weight:.1f} KB of at most {MOST_KILOBYTES} ({parts})")


if __name__ == "__main__":
    main()
