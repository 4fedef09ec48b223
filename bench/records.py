"""The record at a province's size: a page of 500 entries, the entries of one person among millions,
and finding somebody among a million: `python -m bench.records`."""

import gzip
import json
import math
import re
import statistics
import sys
import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from bench import table
from bench.large_home import large_home
from bench.pages import logged_in, users
from hssk.kit.home import Home

PEOPLE, EACH, LARGE, ASKED = 1_000_000, 5, 500, 50_000_000
TIMES, PERSONS = 15, 200
MOST_PAGE, MOST_KILOBYTES, MOST_ENTRIES, MOST_SEARCH = 60, 60, 5, 100

# a pulse as a facility sends it: what most entries weigh
_RESOURCE = (
    '{"resourceType":"Observation","status":"final","subject":{"reference":"Patient/self"},'
    '"effectiveDateTime":"2024-03-05T08:30:00+07:00","code":{"coding":[{"system":'
    '"http://loinc.org","code":"8867-4"}],"text":"Mạch"},"valueQuantity":{"value":75,'
    '"unit":"lần/phút","system":"http://unitsofmeasure.org","code":"/min"}}'
)
_ENTRIES = """
    INSERT INTO records_entry (entry, version, person, section, kind, "on", precision, system,
        code, display, facility, labels, tier, resource, withdrawn, why, source, recorded_at)
    SELECT gen_random_uuid(), 1, p.id, 'examinations', 'Observation',
        date '2024-03-05' - (n * 37 %% 3000), 'D', 'http://loinc.org', '8867-4', 'Mạch', '12001',
        '{}', 2, %(resource)s, false, '', -1, now()
    FROM people_person p, (SELECT %(number)s::int AS n) AS asked
"""


def entries_there() -> int:
    """How many entries the home has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_entry")
        return int(cursor.fetchone()[0])


def add_entries(number: int) -> None:
    """One more entry of everybody, and what autovacuum does after."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"resource": _RESOURCE, "number": number})
        cursor.execute("ANALYZE records_entry")


def entries_of_one() -> float:
    """Median milliseconds for the current entries of one person, of persons all over the table."""
    from hssk.people.models import Person
    from hssk.records.services import about

    people = list(Person.objects.order_by("name_sort").values_list("id", flat=True)[:PERSONS])
    taken = []
    for person in people:
        began = time.perf_counter()
        list(about(person).current())
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def _points(people: int) -> list[tuple[int, float]]:
    """(entries, milliseconds) as the table is filled; kept with the home, for it is filled once."""
    kept = Home.current().path / "entries.json"
    if kept.exists():
        before = [(size, taken) for size, taken in json.loads(kept.read_text())]
        return [*before[:-1], (before[-1][0], entries_of_one())]
    points = []
    for number in range(1, EACH + 1):
        if entries_there() < number * people:
            add_entries(number)
        points.append((entries_there(), entries_of_one()))
    kept.write_text(json.dumps(points))
    return points


def growth(people: int) -> list[list[str]]:
    """The entries of one person as the table grows, and at 50 million by the logarithm: what grows
    is the depth of an index."""
    points = _points(people)
    (first, quick), (last, now) = points[0], points[-1]
    slope = (now - quick) / math.log(last / first) if last > first else 0
    projected = now + max(slope, 0) * math.log(ASKED / last)
    lines = [[f"{size:,} entries", f"{taken:.2f} ms", ""] for size, taken in points]
    asked = f"≤ {MOST_ENTRIES} ms: {table.verdict(projected <= MOST_ENTRIES)}"
    return [*lines, [f"{ASKED:,}, projected", f"{projected:.2f} ms", asked]]


def staff() -> dict[str, Any]:
    """Role → a user of that role: the clinician in the largest commune, the officer over all."""
    return {who.partition(",")[0]: user for who, user in users(date(2024, 3, 13))}


def somebody_treated(nurse: Any) -> UUID:
    """Somebody of the nurse's commune whom visits of its station gave LARGE entries and more."""
    from django.utils import timezone

    from hssk.access.models import Post
    from hssk.people.models import Residence
    from hssk.records.rules.typed import TypedVisit
    from hssk.records.services import about, file_visit

    unit = Post.objects.get(user=nurse).unit
    home = Residence.objects.filter(until=None, hamlet__unit=unit).order_by("id").first()
    assert home is not None
    person, day = home.person.root, timezone.localdate()
    figures = {"systolic": 150, "diastolic": 90, "pulse": 75, "weight": 61.5, "height": 158}
    while about(person).count() < LARGE:
        visit = TypedVisit(
            on=day, figures=figures, diseases=(("I10", "Bệnh lý tăng huyết áp"),),
            medicines=("Amlodipin 5mg, 1 viên sáng", "Losartan 50mg, 1 viên tối"),
        )  # fmt: skip
        file_visit(person, visit, key=uuid4(), unit=unit, author=nurse, at=timezone.now())
        day -= timedelta(days=31)
    return person


def record_page() -> list[list[str]]:
    """Server time and weight of the record of somebody with LARGE entries."""
    nurse = staff()["clinician"]
    client, person = logged_in(nurse), somebody_treated(nurse)
    address = f"/record/{person}/"
    answer = client.get(address)
    taken = table.seconds(lambda: client.get(address), times=TIMES) * 1000
    body = answer.content
    size = len(body if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(body))
    visits = _plain(answer).count(b"/visit/")
    return [
        ["time", f"{taken:.0f} ms", f"≤ {MOST_PAGE} ms: {table.verdict(taken <= MOST_PAGE)}"],
        ["compressed", f"{size / 1000:.1f} KB",
         f"≤ {MOST_KILOBYTES} KB: {table.verdict(size <= 1000 * MOST_KILOBYTES)}"],
        ["visits shown", str(visits), ""],
    ]  # fmt: skip


def asked_by_hand(people: int) -> list[tuple[str, str]]:
    """(what, what is typed) of one person of the home: as people ask."""
    from hssk.kit.text import fold
    from hssk.people.models import Identifier, Residence

    home = Residence.objects.filter(until=None, person__birth_on__isnull=False)[people // 3]
    words = home.person.name.split()
    number = Identifier.objects.filter(person=home.person).values_list("value", flat=True).first()
    return [
        ("whole name", home.person.name), ("without marks", fold(home.person.name)),
        ("backwards", " ".join(reversed(words))), ("given name alone", words[-1]),
        ("two words, year", f"{words[0]} {words[-1]} {home.person.birth_on.year}"),
        ("beginning of a number", (number or "012")[:7]), ("nobody", "zzzz qqqq"),
    ]  # fmt: skip


def searching(people: int) -> list[list[str]]:
    """The page that finds people, as a clinician of one commune and as an officer of all."""
    known, lines = staff(), []
    for who in ("clinician", "officer"):
        client = logged_in(known[who])
        for what, typed in asked_by_hand(people):
            answer = client.post("/find/", {"asked": typed})
            taken = 1000 * table.seconds(
                lambda client=client, typed=typed: client.post("/find/", {"asked": typed}),
                times=TIMES,
            )
            found = len(re.findall(rb"/person/[0-9a-f-]{36}", _plain(answer)))
            asked = f"≤ {MOST_SEARCH} ms: {table.verdict(taken <= MOST_SEARCH)}"
            lines.append([f"{who}: {what}", f"{taken:.0f} ms", str(found), asked])
    return lines


def _plain(answer: Any) -> bytes:
    body = answer.content
    return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


def main(people: int = PEOPLE) -> None:
    """Print the figures."""
    print(table.machine())
    with large_home(people) as made:
        print(f"home: {people:,} invented residents, made in {made['seconds']} s")
        table.show("Finding somebody", ["", "time", "found", "asked for"], searching(people))
        table.show("The entries of one person", ["", "time", "asked for"], growth(people))
        title = f"The record of somebody with {LARGE} entries"
        table.show(title, ["", "measured", "asked for"], record_page())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
