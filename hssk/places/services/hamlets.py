"""Find or make the hamlets and households that lists name; a file costs a few queries.

Made rows have an unknown start (`since` empty): a list says that a hamlet is, not since when.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection, models, transaction
from django.db.models import DecimalField, Func, ManyToOneRel, QuerySet, TextField, Value
from django.db.models.functions import Cast

from hssk.kit.text import clean
from hssk.places.models import Hamlet, Household, Unit
from hssk.places.rules import fullest_spelling, hamlet_key, household_key, same_hamlet

# what a misread column holds may be any length; what is stored is not
_LONGEST_NAME, _LONGEST_NUMBER = 200, 60


def hamlets_for(unit: Unit, texts: Iterable[str], day: date) -> dict[str, Hamlet]:
    """The hamlet of `unit` that each text means on `day`, made where there is none yet."""
    found = hamlets_of_file({(unit.pk, text) for text in texts}, day)
    return {text: hamlet for (_unit, text), hamlet in found.items()}


@transaction.atomic
def hamlets_of_file(places: Iterable[tuple[int, str]], day: date) -> dict[tuple[int, str], Hamlet]:
    """The hamlet of each (unit id, hamlet as written); missing ones are made, in bulk.

    places   any number of pairs; "" stands for "hamlet not known" and has a hamlet of its own
    returns  each pair → its Hamlet in force on `day`. The name shown becomes the fullest spelling
             met so far. One query when all are known, at most four; two imports at once meet in
             the same rows
    """
    keyed = {(unit, text): hamlet_key(text)[:_LONGEST_NAME] for unit, text in places}
    units = {unit for unit, _text in keyed}
    known = _known(units, day)
    chosen = _settle(keyed, known)
    spellings: dict[tuple[int, str], set[str]] = {}
    for (unit, text), key in chosen.items():
        spellings.setdefault((unit, key), set()).add(clean(text)[:_LONGEST_NAME])
    missing = sorted(spellings.keys() - known.keys())
    if missing:
        ended = set(
            Hamlet.objects.filter(unit_id__in=units, since=None, until__lte=day).values_list(
                "unit_id", "key"
            )
        )
        Hamlet.objects.bulk_create(
            (
                Hamlet(
                    unit_id=unit,
                    key=key,
                    name=fullest_spelling(spellings[unit, key]),
                    since=day if (unit, key) in ended else None,
                )
                for unit, key in missing
            ),
            ignore_conflicts=True,
        )
        known = _known(units, day)
    _rename({known[place]: texts for place, texts in spellings.items()})
    return {pair: known[pair[0], key] for pair, key in chosen.items()}


def _known(units: Iterable[int], day: date) -> dict[tuple[int, str], Hamlet]:
    """(unit, key) → the hamlet in force on `day`."""
    rows = hamlets_on(day).filter(unit_id__in=units).order_by("pk")
    return {(hamlet.unit_id, hamlet.key): hamlet for hamlet in rows}


def hamlets_on(day: date) -> QuerySet[Hamlet]:
    """Hamlets in force on `day`; an unknown start or end does not bound."""
    return Hamlet.objects.exclude(since__gt=day).exclude(until__lte=day)


def in_order(hamlets: QuerySet[Hamlet]) -> QuerySet[Hamlet]:
    """By commune, then by name: "Tổ dân phố số 2" before "Tổ dân phố số 10"."""
    words = Func(
        "name", Value(r"\d.*"), Value(""), function="regexp_replace", output_field=TextField()
    )
    digits = Func("name", Value(r"\d{1,30}"), function="regexp_substr", output_field=TextField())
    number = Cast(digits, DecimalField(max_digits=60, decimal_places=0))
    return hamlets.order_by("unit__name", words, number, "name", "pk")


def _settle(
    keyed: dict[tuple[int, str], str], known: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], str]:
    """Each pair's key after bare numbers found the hamlet they mean in the same commune.

    What is known comes first; then, for a bare number, what else the list itself names.
    """
    standing: dict[int, set[str]] = {}
    listed: dict[int, set[str]] = {}
    for unit, key in known:
        standing.setdefault(unit, set()).add(key)
    for (unit, _text), key in keyed.items():
        listed.setdefault(unit, set()).add(key)
    settled = {}
    for (unit, text), key in keyed.items():
        here = same_hamlet(key, standing.get(unit, ()))
        bare = key[:1].isdigit() and not here
        settled[unit, text] = here or (bare and same_hamlet(key, listed[unit] - {key})) or key
    return settled


def _rename(spellings: dict[Hamlet, set[str]]) -> None:
    """Show the fullest spelling of the ones met and the one shown; one query, if any changed."""
    renamed = []
    for hamlet, texts in spellings.items():
        name = fullest_spelling({hamlet.name, *texts})
        if name != hamlet.name:
            hamlet.name = name
            renamed.append(hamlet)
    if renamed:
        Hamlet.objects.bulk_update(sorted(renamed, key=lambda hamlet: hamlet.pk), ["name"])


def name_hamlets(spellings: dict[int, Iterable[str]]) -> None:
    """Name hamlets anew from the spellings that remain, as if others had never been met.

    spellings  hamlet id → every spelling still on file; a hamlet with none keeps its name
    For undo: the name shown must not tell of a file that was taken back.
    """
    hamlets = Hamlet.objects.in_bulk(spellings)
    for pk, hamlet in hamlets.items():
        hamlet.name = fullest_spelling(spellings[pk]) or hamlet.name
    Hamlet.objects.bulk_update([hamlets[pk] for pk in sorted(hamlets)], ["name"])


@transaction.atomic
def households_for(places: Iterable[tuple[int, str]], day: date) -> dict[tuple[int, str], int]:
    """The household id of each (hamlet id, number as written); missing ones are made, in bulk.

    places   any number of pairs, numbers not empty; "001", "1" and "Hộ 1" are one household of a
             hamlet, shown as first written
    returns  each pair → the id of its Household in force on `day`; one query when all are known,
             three otherwise
    """
    wanted = {pair: household_key(_number(pair[1])) for pair in places}
    hamlets = sorted({hamlet for hamlet, _number in wanted})
    known = _households(hamlets, day)
    missing: dict[tuple[int, str], str] = {}
    for (hamlet, number), key in sorted(wanted.items()):
        if (hamlet, key) not in known:
            missing.setdefault((hamlet, key), _number(number))
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(
                _NEW_HOUSEHOLDS,
                {
                    "hamlets": [hamlet for hamlet, _key in missing],
                    "numbers": list(missing.values()),
                    "day": day,
                },
            )
        known = _households(hamlets, day)
    return {pair: known[pair[0], key] for pair, key in wanted.items()}


def _number(written: str) -> str:
    """A household number as it is stored."""
    return clean(written)[:_LONGEST_NUMBER]


# a household of that number that ended by `day` makes the new one start on `day`
_NEW_HOUSEHOLDS = """
    INSERT INTO places_household (hamlet_id, number, since)
    SELECT wanted.hamlet, wanted.number, CASE WHEN ended.id IS NULL THEN NULL ELSE %(day)s::date END
    FROM unnest(%(hamlets)s::bigint[], %(numbers)s::text[])
         WITH ORDINALITY AS wanted (hamlet, number, place)
    LEFT JOIN places_household AS ended
           ON ended.hamlet_id = wanted.hamlet AND ended.number = wanted.number
          AND ended.since IS NULL AND ended.until <= %(day)s::date
    ORDER BY wanted.place
    ON CONFLICT DO NOTHING
"""


def _households(hamlets: Iterable[int], day: date) -> dict[tuple[int, str], int]:
    """(hamlet, key of the number) → id of the household in force on `day`; the eldest of twins."""
    rows = (
        Household.objects.filter(hamlet_id__in=hamlets)
        .exclude(since__gt=day)
        .exclude(until__lte=day)
        .order_by("-pk")
        .values_list("hamlet_id", "number", "pk")
    )
    return {(hamlet, household_key(number)): pk for hamlet, number, pk in rows}


def remove(*, hamlets: Iterable[int] = (), households: Iterable[int] = ()) -> None:
    """Remove hamlets and households that nothing speaks of any more, by their keys.

    A hamlet that somebody gave an heir stays: that was said by a person, not by a file. So does a
    place that a key of a room above names with RESTRICT: a paper that went out is about it.
    Refused by the database (foreign_key_violation) for a place that somebody still lives in.
    """
    Household.objects.filter(id__in=_not_restricted(Household, set(households))).delete()
    free = _not_restricted(Hamlet, set(hamlets))
    Hamlet.objects.filter(id__in=free, heir=None, households=None).delete()


def _not_restricted(kind: type[Hamlet | Household], keys: set[int]) -> set[int]:
    """Those of `keys` that no row names which wants them to stay."""
    for relation in kind._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.on_delete is models.RESTRICT:
            name, rows = relation.field.name, relation.field.model._base_manager
            keys = keys - set(rows.filter(**{f"{name}__in": keys}).values_list(name, flat=True))
    return keys
