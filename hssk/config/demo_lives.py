"""The invented city has lives: facilities, and for some families of its first commune what the form
asks, their visits, and a round of check-ups in the weeks before the day of the city's lists.

Few enough that the city stands in a minute; enough that every page of a record shows something.
"""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hssk.access.models import User

SOME = 120  # people, household by household
WINDOW = timedelta(days=365)


def bring_in_lives(city: Any, actor: User, *, later: bool) -> None:
    """Take in the list of facilities and the claims of some people, as real ones are taken in.

    later  leave the claims to a worker, so that the pages need not wait for them
    """
    from hssk.config.cli._progress import shown
    from hssk.exchange.invented.claims import write_checkups, write_claims
    from hssk.exchange.invented.lives import Folk
    from hssk.exchange.models import Batch
    from hssk.exchange.services import importing, working
    from hssk.places.services import unit_on

    _name_facilities(city)
    with tempfile.TemporaryDirectory() as folder:
        folk = Folk(city)
        write_claims(
            folder, folk, since=city.on - WINDOW, until=city.on, per_file=10_000,
            only=range(min(SOME, len(folk))),
        )  # fmt: skip
        _fill_forms(folk, city.on, actor)
        # nothing after the lists: the pages open on the newest day, and its figures are of theirs
        write_checkups(folder, folk, until=city.on, only=range(min(SOME, len(folk))))
        on = city.on + timedelta(days=12)
        for path in sorted(Path(folder).glob("*.xml")):
            batch = importing.open_batch(
                path, kind=Batch.CLAIMS, unit=unit_on("12", on), on=on, partial=True, actor=actor,
                area=None,
            )  # fmt: skip
            if not later:
                with shown(f"batch-{batch.id}"):
                    importing.work(batch)
    if later:
        working.resume()


def _name_facilities(city: Any) -> None:
    from hssk.exchange.invented.lives.catalogue import facilities
    from hssk.places.models import Facility
    from hssk.places.services import unit_on

    for one in facilities().values():
        unit = unit_on(one.commune, city.on) if one.commune else None
        Facility.objects.get_or_create(code=one.code, defaults={"name": one.name, "unit": unit})


def _fill_forms(folk: Any, on: date, actor: User) -> None:
    """The form of QĐ 831 of those whom the register knows by their number, as answered on `on`."""
    from django.db.models import Q

    from hssk.exchange.invented.lives import answers_of, background
    from hssk.people.models import Identifier
    from hssk.records.services import file_answers

    folks = (folk[n] for n in range(min(SOME, len(folk))))
    some = {(one.pid, one.born.year): one for one in folks if one.pid}
    known = Identifier.objects.filter(
        kind=Identifier.PID, value__in=[number for number, _year in some]
    )
    for number, root, born in known.values_list("value", "person__root", "person__birth_on"):
        one = some.pop((number, born.year), None) if born else None  # not who bears their number
        if one is not None:
            answers = answers_of(background(one, folk, on))
            file_answers(root, answers, seen={}, sight=Q(), author=actor, on=on, why="hỏi lại")
