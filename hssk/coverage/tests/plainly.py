"""What the ledger keeps, worked out the slow and plain way from the facts themselves."""

from collections import defaultdict
from datetime import date, timedelta

from hssk.coverage.models import LedgerRow
from hssk.coverage.services.registered import UNKNOWN
from hssk.people.models import Holding, Identifier, Listing, Person, Residence


def residents(on):
    """(root, the human being's people, their homes, the one that counts) of everybody on a day."""
    for root in Person.objects.filter(same_as=None):
        group = list(Person.objects.filter(root=root.id))
        deaths = [each.died_on for each in group if each.died_on]
        homes = list(Residence.objects.on(on).filter(person__in=group))
        if not homes or (deaths and min(deaths) <= on):
            continue
        kinds = min("CTP".index(home.kind) for home in homes)
        home = min(
            (h for h in homes if "CTP".index(h.kind) == kinds),
            key=lambda h: (-h.since.toordinal(), h.id),
        )
        yield root, group, homes, home


def naive(on):
    """Hamlet → expected, found, to decide, fresh."""
    total = {}
    for _root, group, homes, home in residents(on):
        held = list(Holding.objects.on(on).filter(person__in=group))
        counts = total.setdefault(home.hamlet_id, [0, 0, 0, 0])
        counts[0] += 1
        found = any(h.decided for h in homes) and any(h.decided for h in held)
        counts[1] += found
        counts[2] += bool(held) and not found
        counts[3] += found and any(
            h.decided and h.updated and h.updated <= on < _aged(h.updated) for h in held
        )
    return total


def said_to_be_registered(on):
    """What is said of their facility → expected, found, to decide, app opened, by the list."""
    total = defaultdict(lambda: [0, 0, 0, 0])
    for row in LedgerRow.objects.filter(since__lte=on, until__gt=on):
        counts = total[row.insurance_place or UNKNOWN]
        for nth, counts_here in enumerate((True, row.state == 2, row.state == 1, row.flags & 4)):
            counts[nth] += bool(counts_here)
    return total


def _aged(day):
    return (day + timedelta(days=1)).replace(year=day.year + 1) if day.day == 29 and day.month == 2 \
        else day.replace(year=day.year + 1)  # fmt: skip


def numbers_doubted(on):
    """Hamlet → no number, only numbers that contradict birth or sex, an age that cannot be."""
    total = defaultdict(lambda: [0, 0, 0])
    for root, group, _homes, home in residents(on):
        stated = Identifier.objects.filter(person__in=group, kind="pid").exclude(status="cancelled")
        known = [
            one.value for one in stated
            if len(one.value) == 12 and (one.since is None or one.since <= on)
            and (one.until is None or one.until > on)
        ]  # fmt: skip
        born = root.birth_on
        total[home.hamlet_id][0] += not known
        total[home.hamlet_id][1] += bool(known) and not any(_fits(root, one) for one in known)
        total[home.hamlet_id][2] += born is None or born > on or born <= _long_ago(on)
    return {place: counts for place, counts in total.items() if any(counts)}


def _fits(who, number):
    century, year = int(number[3]), int(number[4:6])
    sex = who.sex not in (1, 2) or who.sex == 1 + century % 2
    return sex and (who.birth_on is None or who.birth_on.year == 1900 + 100 * (century // 2) + year)


def _long_ago(on):
    day = 28 if (on.month, on.day) == (2, 29) and (on.year - 110) % 4 else on.day
    return date(on.year - 110, on.month, day)


def places_of(about):
    """Where people who are one are of."""
    homes = list(Residence.objects.filter(person__in=about))
    if now := {-home.hamlet_id for home in homes if home.until is None}:
        return now
    last = max((home.until for home in homes), default=None)
    listed_in = Listing.objects.filter(person__in=about).values_list("hamlet", flat=True)
    held = Holding.objects.filter(person__in=about, unit__isnull=False)
    return {
        0, *(-home.hamlet_id for home in homes if home.until == last),
        *(-hamlet for hamlet in listed_in), *held.values_list("unit", flat=True),
    }  # fmt: skip
