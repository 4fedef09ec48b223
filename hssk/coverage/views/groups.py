"""Small multiples: the same places side by side, once for each age group and sex."""

from collections import defaultdict
from typing import Any

from django.db.models import Case, CharField, Count, Q, Value, When

from hssk.coverage import services
from hssk.coverage.forms import AGE_GROUPS, SEXES
from hssk.coverage.models import LedgerRow
from hssk.coverage.rules import FOUND, years_before
from hssk.coverage.services import Figures, Ground
from hssk.coverage.views.asking import Asked

Pair = tuple[int, int]  # found, expected


def multiples(whole: Figures, ground: Ground, asked: Asked) -> list[dict[str, Any]]:
    """A tile for each age group and sex that has anybody, a column for each part of the unit."""
    part_of = {pk: part.key for pk, part in ground.hamlets.items()}
    order = [child.key for child in whole.children]
    tiles = []
    for name, value, label, found in _groups(part_of, asked):
        parts = [found.get(key, (0, 0)) for key in order]
        expected = sum(pair[1] for pair in found.values())
        if expected:
            tiles.append(
                {
                    "label": label,
                    "url": asked.url("unit", ground.unit.code, **{name: value}),
                    "parts": parts,
                    "found": sum(pair[0] for pair in found.values()),
                    "expected": expected,
                }
            )
    return tiles


def _groups(part_of: dict[int, str], asked: Asked) -> list[tuple[str, str, Any, dict[str, Pair]]]:
    """(field of the filter, its value, label, part → found and expected) of each group."""
    sums: dict[tuple[str, str], dict[str, Pair]] = defaultdict(dict)
    for hamlet, age, sex, expected, found in _counted(part_of, asked):
        part = part_of[hamlet]
        for group in (("age", age), ("sex", str(sex))):
            before = sums[group].get(part, (0, 0))
            sums[group][part] = (before[0] + found, before[1] + expected)
    ages = [("age", key, label) for key, (label, _from, _to) in AGE_GROUPS.items()]
    sexes = [("sex", key, label) for key, label in SEXES.items()]
    return [(name, key, label, sums[name, key]) for name, key, label in (*ages, *sexes)]


def _counted(part_of: dict[int, str], asked: Asked):
    services.settle()
    ages = []
    for key, (_label, first, last) in AGE_GROUPS.items():
        born = Q(birth_on__lte=years_before(asked.on, first))
        if last is not None:
            born &= Q(birth_on__gt=years_before(asked.on, last + 1))
        ages.append(When(born, then=Value(key)))
    rows = LedgerRow.objects.filter(
        hamlet_id__in=part_of, since__lte=asked.on, until__gt=asked.on
    ).annotate(age=Case(*ages, default=Value(""), output_field=CharField()))
    return (
        rows.values_list("hamlet_id", "age", "sex")
        .annotate(expected=Count("person"), found=Count("person", filter=Q(state=FOUND)))
        .order_by()
    )
