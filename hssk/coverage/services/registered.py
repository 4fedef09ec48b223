"""With which facility the residents of a place are registered for first contact, as figures."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from hashlib import sha256

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hssk.coverage.reports.content import Content
from hssk.coverage.services.figures import drawn_up, ground_with_records
from hssk.coverage.services.goals import goal_of
from hssk.coverage.services.ground import Ground
from hssk.coverage.services.lines import Lines, Shape
from hssk.coverage.services.ordering import natural
from hssk.coverage.services.reporting import Before, content_made, refuse_few
from hssk.coverage.services.shapes import Child, Counts, Figures
from hssk.coverage.services.small import TOLD
from hssk.coverage.services.upkeep import settle
from hssk.kit.text import fold
from hssk.places.models import Facility, Unit

FACILITIES = Shape("facilities", (*TOLD, "near"))
FACILITY = "facility"  # the kind of a line
UNKNOWN = "-"  # its key where no facility is said
_CODE = re.compile(r"[0-9A-Z]{5}")


def facilities(unit: Unit, on: date, before: Before, data: date) -> Content:
    """The residents of a unit on a day by the facility that they are registered with.

    As `reporting.by_places`; small facilities are told together as small places are.
    """
    ground, numbers = ground_with_records(unit, on)
    goal, then = goal_of(unit), before.numbers
    whole = drawn_up(ground, numbers, goal)
    refuse_few(whole)
    whole = _by_facility(whole, on)
    earlier = None
    if then is not None:
        earlier = _by_facility(drawn_up(ground, then, goal), before.since)
    lines = Lines(FACILITIES, before.content)
    parts = lines.of_parts(whole, earlier)
    stations = set(Facility.objects.exclude(unit=None).values_list("code", flat=True))
    for line in parts:
        if not stations.intersection(line["keys"]):  # a hospital lies in no commune of its own
            line["now"][FACILITIES.counts.index("near")] = None
        if (n := len(line["keys"])) > 1:
            line["name"] = ngettext(
                "{n} cơ sở ít người đăng ký, tính chung",
                "{n} cơ sở ít người đăng ký, tính chung",
                n,
            ).format(n=n)
    told = [lines.line(whole, [unit.code], earlier), *parts]
    return content_made(FACILITIES, whole, before, data, told)


def _by_facility(whole: Figures, on: date) -> Figures:
    """The same with facilities as its parts, those with most people first, the unknown last."""
    children = [replace(child, goal=whole.goal) for child in registered(whole.ground, on)]
    near = sum(child.more["near"] for child in children)
    return replace(whole, children=children, more=Counter(near=near))


def registered(ground: Ground, on: date) -> list[Child]:
    """Each facility with how many residents of a ground are registered with it on a day.

    `more["near"]` are those of the commune whose station it is; of other facilities nobody.
    """
    settle()
    here = list(ground.hamlets)
    communes = [ground.communes[hamlet].pk for hamlet in here]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coverage_registered(%s, %s, %s)", [on, here, communes])
        rows = cursor.fetchall()
    known = {one.code: one for one in Facility.objects.all()}
    code_of = {fold(one.name): code for code, one in known.items()}  # some write its name
    counts: defaultdict[str, list[Counts]] = defaultdict(list)
    near: Counter[str] = Counter()
    for commune, written, *numbers in rows:
        said = code_of.get(fold(written), written)
        people, found, to_decide, opened = numbers
        counts[said].append(Counts(people, found, to_decide, app_opened=opened))
        station = known.get(said)
        if station is not None and station.unit_id == commune:
            near[said] += people
    children = [
        Child(FACILITY, _key(said), _name(said, known), Counts.total(held),
              more=Counter(near=near[said]))
        for said, held in counts.items()
    ]  # fmt: skip
    return sorted(
        children, key=lambda c: (c.key == UNKNOWN, -c.counts.expected, natural(c.name), c.key)
    )


def _key(said: str) -> str:
    """What a facility is found again by. Whatever was written that is no code is kept as a digest:
    a line of few people tells no word of theirs."""
    if not said or _CODE.fullmatch(said):
        return said or UNKNOWN
    return sha256(said.encode()).hexdigest()[:16]


def _name(said: str, known: dict[str, Facility]) -> str:
    if not said:
        return _("Chưa rõ nơi đăng ký")
    if said in known:
        return f"{known[said].name} ({said})"
    return _("{said} (chưa có trong danh mục cơ sở)").format(said=said)
