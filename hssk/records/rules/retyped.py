"""A typed visit read back out of its entries, so that it can be corrected; and, where two correct
it at the same time, whose answer stands.

Works on anything that has the fields of an entry; asks nothing of any database.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import Any
from uuid import UUID

from hssk.records.rules.encounter import in_rank, told, words_of
from hssk.records.rules.typed import (
    DIASTOLIC,
    FIGURES,
    SYSTOLIC,
    Numbers,
    TypedVisit,
    disease_key,
    medicine_key,
)
from hssk.records.sections import EXAMINED, answer_in, code_of

_BY_CODE = {figure.code: figure.key for figure in (*FIGURES, SYSTOLIC, DIASTOLIC)}
# numbers of one kind within a visit that are looked for: more than hands ever type and correct
_MOST = 200
_EXAMINED = {code_of(part.key, item.key): (item, part) for part in EXAMINED for item in part.items}
Parts = dict[str, Any]  # name of the field that asks → what stands in it


def typed_of(entries: Iterable[Any], key: UUID) -> TypedVisit:
    """What was typed, out of the entries that say it; `typed.entries_of` the other way round.

    entries  those of the visit `key` that stand, its Encounter among them
    """
    listed = list(entries)
    head = next(one for one in listed if one.entry == key)
    ill = {one.entry: one for one in listed if one.kind == "Condition"}
    places = {medicine_key(key, number): number for number in range(_MOST)}
    return TypedVisit(
        on=head.on or date.min,
        reason="; ".join(told(head.resource).reasons),
        figures=dict(_figures(listed)),
        diseases=tuple(_label(ill[entry]) for entry in in_rank(head.resource, ill)),
        medicines=tuple(
            _label(one)[1]
            for one in sorted(listed, key=lambda one: places.get(one.entry, 0))
            if one.kind == "MedicationStatement"
        ),
        advice=words_of(head.resource),
        found={
            one.code: answer_in(*_EXAMINED[one.code], one.resource)
            for one in listed
            if one.code in _EXAMINED
        },
    )


def _label(one: Any) -> tuple[str, str]:
    """The code and the words of a disease or a medicine, however long."""
    words = one.resource.get("medicationCodeableConcept") or one.resource.get("code") or {}
    return one.code, words.get("text", "")


def _figures(entries: Iterable[Any]) -> Iterable[tuple[str, float]]:
    for one in entries:
        if one.kind != "Observation":
            continue
        for part in (one.resource, *(one.resource.get("component") or ())):
            for coding in part["code"].get("coding") or ():
                value = (part.get("valueQuantity") or {}).get("value")
                if coding.get("code") in _BY_CODE and value is not None:
                    yield _BY_CODE[coding["code"]], value


def numbers_for(
    said: TypedVisit, standing: Sequence[Any], key: UUID, ever: Container[UUID]
) -> Numbers:
    """The numbers of what is now said: what stays keeps its own, what is said otherwise takes that
    of what it stands for, and what is new has one that nothing ever had.

    standing  the entries of the visit that stand
    ever      every entry that the visit ever had
    """
    labels = {one.entry: _label(one) for one in standing}
    ill = {n: labels[disease_key(key, n)] for n in range(_MOST) if disease_key(key, n) in labels}
    taken = {
        n: labels[medicine_key(key, n)][1] for n in range(_MOST) if medicine_key(key, n) in labels
    }
    return Numbers(
        _numbered(ill, said.diseases, lambda n: disease_key(key, n) in ever),
        _numbered(taken, said.medicines, lambda n: medicine_key(key, n) in ever),
    )


def _numbered(
    before: Mapping[int, Any], after: Sequence[Any], was: Callable[[int], bool]
) -> list[int]:
    left: dict[int, Any] = dict(before)
    numbers: list[int | None] = []
    for label in after:
        same = next((number for number, said in left.items() if said == label), None)
        if same is not None:
            del left[same]
        numbers.append(same)
    spare = chain(sorted(left), (number for number in count() if not was(number)))
    return [next(spare) if number is None else number for number in numbers]


@dataclass(frozen=True)
class Merged:
    """What comes of a correction: the visit, and the fields that somebody else changed otherwise
    since the form was opened."""

    visit: TypedVisit
    clashes: tuple[str, ...]


def merged(shown: TypedVisit, mine: TypedVisit, theirs: TypedVisit) -> Merged:
    """What one typed over what the form showed, and what stands by now: field by field.

    What one left as it was shown stays as others have it now; what both changed, and not to the
    same, is a clash, and is told as one has it.
    """
    before, typed, stands = parts_of(shown), parts_of(mine), parts_of(theirs)
    taken: Parts = {}
    clashes: list[str] = []
    for name in {**before, **typed, **stands}:
        was, my, their = before.get(name), typed.get(name), stands.get(name)
        taken[name] = their if my == was else my
        if my not in (was, their) and their != was:
            clashes.append(name)
    return Merged(_of_parts(mine.on, taken), tuple(clashes))


def parts_of(visit: TypedVisit) -> Parts:
    """A typed visit by the fields of its form; what is empty is not there."""
    figures = visit.figures
    pressed = tuple(figures.get(one.key) for one in (SYSTOLIC, DIASTOLIC))
    parts = {
        "reason": visit.reason, "advice": visit.advice, "diagnosis": visit.diseases,
        "medicines": visit.medicines, "pressure": pressed if any(pressed) else None,
        **{one.key: figures.get(one.key) for one in FIGURES}, **visit.found,
    }  # fmt: skip
    return {name: said for name, said in parts.items() if said}


def _of_parts(on: date, parts: Parts) -> TypedVisit:
    systolic, diastolic = parts.get("pressure") or (None, None)
    figures = {SYSTOLIC.key: systolic, DIASTOLIC.key: diastolic}
    figures |= {one.key: parts.get(one.key) for one in FIGURES}
    return TypedVisit(
        on=on, reason=parts.get("reason") or "", advice=parts.get("advice") or "",
        diseases=tuple(parts.get("diagnosis") or ()), medicines=tuple(parts.get("medicines") or ()),
        figures={key: value for key, value in figures.items() if value is not None},
        found={code: said for code in _EXAMINED if (said := parts.get(code))},
    )  # fmt: skip
