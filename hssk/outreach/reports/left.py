"""Why people are left without a record, and who has what to open the book with: the figures."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from django.db import connection

from hssk.coverage.reports.content import Content
from hssk.coverage.rules import MISSING
from hssk.coverage.services import Ground, settle
from hssk.coverage.services.lines import Shape
from hssk.coverage.services.reporting import Before, by_places
from hssk.outreach.models import Kind
from hssk.places.models import Unit

# what came of going last to somebody who is missing; whatever is not named here is `other`
REASONS = {
    "": "nobody_went",
    Kind.ABSENT: "absent",
    Kind.REFUSED: "refused",
    Kind.TOLD: "told",
    Kind.MOVED: "not_there",
    Kind.DIED: "not_there",
    Kind.UNKNOWN: "not_there",
}
OF_MISSING = ("nobody_went", "told", "absent", "refused", "not_there", "other")
# what is known of the telephone of those who have not opened the book
OF_DEVICES = ("no_phone", "phone_unfit", "device_unknown")
LEFT = Shape(
    "left",
    counts=("expected", "missing", *OF_MISSING, "app_opened", *OF_DEVICES),
    compared=("expected", "missing"),
    levels=((*OF_MISSING, *OF_DEVICES),),
    first="missing",
)


def left(unit: Unit, on: date, before: Before, data: date) -> Content:
    """Why people of a unit are left on a day, by its parts; as coverage's `by_places`."""
    return by_places(LEFT, unit, on, before, data, more=reasons)


def reasons(ground: Ground, on: date) -> Mapping[int, Counter[str]]:
    """Hamlet → how many of its residents on a day, by each of OF_MISSING and OF_DEVICES.

    OF_MISSING add up to the count `missing`; OF_DEVICES and `app_opened` to `expected`. Numbers,
    never whom.
    """
    settle()
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_left(%s, %s)", [on, list(ground.hamlets)])
        for hamlet, state, opened, reason, device, people in cursor.fetchall():
            if state == MISSING:
                found[hamlet][REASONS.get(reason, "other")] += people
            if not opened:
                found[hamlet][_DEVICES.get(device, "device_unknown")] += people
    return found


_DEVICES = {Kind.NO_PHONE.value: "no_phone", Kind.PHONE_UNFIT.value: "phone_unfit"}
