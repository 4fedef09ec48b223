"""What the second wall costs, at half a million residents: `python -m bench walls`.

A scope beside a plain transaction; the queries of list pages behind the wall beside the same ones
by the owner, before whom there is none; a look written down, and each further person in it.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from uuid import uuid4

from bench import table
from bench.large_home import large_home

PEOPLE, TIMES, ON_A_PAGE = 500_000, 41, 50
MOST_SCOPE, MOST_LIST, MOST_LOOK, MOST_PERSON = 1.0, 30, 0.5, 0.05  # ms, per cent, ms, ms


def medians(*works: Callable[[], object]) -> list[float]:
    """Milliseconds of each, asked in turns: a machine that is shared is slow for all of them
    alike, so that what one costs beyond another tells of the work and not of the moment."""
    taken: list[list[float]] = [[] for _work in works]
    for turn in range(TIMES + 1):
        for work, times in zip(works, taken, strict=True):
            began = time.perf_counter()
            work()
            if turn:  # the first is to warm up
                times.append(1000 * (time.perf_counter() - began))
    return [statistics.median(times) for times in taken]


@contextmanager
def owners_connection() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """A connection of the owner, kept open in one transaction, as pages are: the same queries, and
    no wall before them. Yields what puts it in the place of the app's for a while."""
    from django.db import connections

    from hssk.kit.home import Home
    from hssk.kit.pg.connection import connection_of

    apps, owners = connections["default"], connections.create_connection("default")
    owners.settings_dict = {
        **apps.settings_dict, **connection_of(Home.current(), "owner").django()
    }  # fmt: skip

    owners.set_autocommit(False)

    @contextmanager
    def as_owner() -> Iterator[None]:
        connections["default"] = owners
        try:
            yield
        finally:
            connections["default"] = apps

    try:
        yield as_owner
    finally:
        owners.close()


def clerk_of(unit):
    """Somebody with a post in that unit."""
    from hssk.access.models import Post, User
    from hssk.access.rights import Role
    from hssk.access.services import access_of

    user, _made = User.objects.get_or_create(username=f"bench-{unit.pk}")
    Post.objects.get_or_create(
        user=user, role=Role.CLERK, unit=unit,
        defaults={"since": date(2020, 1, 1), "granted_by": user},
    )  # fmt: skip
    return access_of(user, date(2026, 11, 1))


def scopes(who) -> list[list[str]]:
    """A request's own cost: a transaction with a scope beside one without."""
    from django.db import connection, transaction

    from hssk.access.services import within

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM places_touched")

    def plain() -> None:
        with transaction.atomic():
            ask()

    def scoped() -> None:
        with within(who):
            ask()

    without, with_it = medians(plain, scoped)
    added = with_it - without
    verdict = table.verdict(added <= MOST_SCOPE)
    return [
        ["a transaction", f"{without:.2f} ms", ""],
        ["with a scope", f"{with_it:.2f} ms", f"+{added:.2f} ms, ≤ {MOST_SCOPE:g}: {verdict}"],
    ]


def lists(who, unit, on: date) -> list[list[str]]:
    """A page of a list, by who may see that unit, behind the wall and before none."""
    from hssk.access.services import within
    from hssk.coverage.services import people_with, records_with

    asked = [
        *((f"residents: {name}", people_with, name) for name in ("expected", "missing", "doubles")),
        *((f"records: {name}", records_with, name) for name in ("duplicates", "nobody_unknown",
                                                                "kept_elsewhere")),
    ]  # fmt: skip
    rows = []
    with owners_connection() as as_owner:
        for what, service, name in asked:

            def page(service=service, name=name) -> None:
                list(service(name, unit, on)[:ON_A_PAGE])

            def open_to_all(page=page) -> None:
                with as_owner():
                    page()

            with within(who):  # the price of that itself stands above
                before, behind = medians(open_to_all, page)
            more = 100 * (behind / before - 1)
            verdict = f"{more:+.0f} %, ≤ {MOST_LIST} %: {table.verdict(more <= MOST_LIST)}"
            rows.append([what, f"{before:.1f} ms", f"{behind:.1f} ms", verdict])
    return rows


def looks(who) -> list[list[str]]:
    """One look, and each further person on the page; beside the least that can be written and kept
    at all, for a look stands on the disk before its page goes out."""
    from django.db import connection

    from hssk.access.rights import Right
    from hssk.access.services import look, within

    def writing(people: int) -> Callable[[], None]:
        named = [uuid4() for _ in range(people)]

        def write() -> None:
            with within(who):
                look(who, "list", Right.REGISTER, named)

        return write

    def nothing() -> None:
        with within(who):
            pass

    def least() -> None:
        with within(who), connection.cursor() as cursor:
            cursor.execute("SELECT pg_logical_emit_message(true, 'bench', 'a word')")

    scope, floor, one, many = medians(nothing, least, writing(1), writing(101))
    each = (many - one) / 100
    kept, beyond = one - scope, one - floor
    return [
        ["the least that is written and kept (floor)", f"{floor - scope:.2f} ms", ""],
        ["one look of one person", f"{kept:.2f} ms",
         f"≤ {MOST_LOOK} ms: {table.verdict(kept <= MOST_LOOK)}"],
        ["of it beyond the floor", f"{beyond:.2f} ms",
         f"≤ {MOST_LOOK} ms: {table.verdict(beyond <= MOST_LOOK)}"],
        ["each further person", f"{each:.3f} ms",
         f"≤ {MOST_PERSON} ms: {table.verdict(each <= MOST_PERSON)}"],
    ]  # fmt: skip


def main() -> None:
    """At half a million residents, for the clerk of the largest commune and of a whole district."""
    print(table.machine())
    with large_home(PEOPLE) as made:
        from hssk.coverage.services import figures
        from hssk.places.services import unit_on

        on = date.fromisoformat(made["on"])
        communes = [c for c in figures("12", on).children if c.key]
        largest = unit_on(max(communes, key=lambda c: c.counts.expected).key, on)
        commune = largest
        if largest.level != "commune":
            inside = figures(largest, on).children
            commune = unit_on(max(inside, key=lambda c: c.counts.expected).key, on)
        clerk = clerk_of(commune)
        table.show("A request", ["", "time", "asked for"], scopes(clerk))
        for unit in (commune, largest) if largest != commune else (commune,):
            table.show(
                f"A page of {ON_A_PAGE}, of {unit} by its own clerk",
                ["", "no wall", "the wall", "asked for"],
                lists(clerk_of(unit), unit, on),
            )
        table.show("The log", ["", "time", "asked for"], looks(clerk))


if __name__ == "__main__":
    main()
