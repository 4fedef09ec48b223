"""How entries are shown: lines of words, drawings, the sections of the form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hssk.kit.numbers import format_decimal
from hssk.kit.words import language
from hssk.places.models import Facility
from hssk.records.rules import encounter, summary
from hssk.records.rules.bmi import bmi_of
from hssk.records.rules.encounter import paper_of
from hssk.records.rules.sections import SECTIONS, read_in
from hssk.records.rules.sections import TEXTS as SECTION_NAMES
from hssk.records.rules.summary import Summary, Visit, day_of
from hssk.records.sections import FORM
from hssk.records.sections.immunisation import (
    appointed,
    doses,
    due,
    given,
    lacking,
    month_of,
    place_of,
    reaction_of,
)
from hssk.records.services import Read
from hssk.records.views import naming

ONE_DAY = timedelta(days=1)  # an entry holds until the day after its last
_MOST_TOLD = 8  # values of one name that a line tells
_ANY = UUID(int=0)  # stands in an address for the key of a visit
_BRIEF = 90  # letters of a reason that a line of the timeline tells
_MOST_NAMED = 3  # medicines or results that a line of the timeline names


def beware(found: Summary) -> list[dict[str, str]]:
    """The banner: what everybody who treats this person must know; empty where nothing is known."""
    allergies = [
        {"what": _(summary.TEXTS["allergy"]), "name": one.display} for one in found.allergies
    ]
    return [
        *allergies,
        *({"what": _(summary.TEXTS[word]), "name": name} for word, name in found.beware),
    ]


def places_of(entries: Iterable[Read]) -> dict[str, str]:
    """Code → name of the facilities of these entries; the code where we have no name."""
    codes = {one.facility for one in entries if one.facility}
    named = dict(Facility.objects.filter(code__in=codes).values_list("code", "name"))
    return {code: named.get(code, code) for code in codes}


def years(found: Summary, person: UUID, places: dict[str, str]) -> list[dict[str, Any]]:
    """The timeline, by year; None for what has no day.

    places  as `places_of` gives them
    """
    # an address takes long to work out, a life has hundreds of visits: one of them says all
    any_one = reverse("records:visit", args=[person, _ANY])
    return [
        {
            "year": year,
            "visits": [
                visit_line(visit, places)
                | {"url": any_one.replace(str(_ANY), str(visit.key)) if visit.key else ""}
                for visit in visits
            ],
        }
        for year, visits in found.years
    ]


def visit_line(visit: Visit, places: dict[str, str]) -> dict[str, Any]:
    """One visit, or one single fact, as a line of the timeline."""
    head = visit.head
    first = visit.entries[0]
    title, kind, place = _title(visit), _kind(visit), places.get((head or first).facility, "")
    return {
        "on": day_of(head or first),
        "until": head.until - ONE_DAY if head and head.until else None,
        "title": title,
        "kind": kind,
        "place": place,
        "what": " · ".join(filter(None, (kind, place, _reason(visit, title)))),
        "found": list(_found(visit)) if head is not None else [],
        "is_visit": head is not None,
    }


def _title(visit: Visit) -> str:
    """What a visit was about: its illnesses, else what it says of itself, else its first entry."""
    if named := list(filter(None, map(naming.known_name, visit.illnesses))):
        return "; ".join(dict.fromkeys(named))
    return (visit.head and visit.head.display) or visit.entries[0].display or _("Lần khám")


def _reason(visit: Visit, title: str) -> str:
    """Why the person came, in few words, where the title does not say so already."""
    reasons = encounter.told(visit.head.resource).reasons if visit.head else ()
    words = "; ".join(reasons)
    brief = words if len(words) <= _BRIEF else words[:_BRIEF].rsplit(" ", 1)[0] + "…"
    return "" if words == title else brief


def _kind(visit: Visit) -> str:
    if visit.head is None:
        return _(SECTION_NAMES[visit.entries[0].section])
    kinds = [visit.head.resource.get("class") or {}]
    kinds += [{"display": one.get("text")} for one in visit.head.resource.get("type") or ()]
    return next((kind["display"] for kind in reversed(kinds) if kind.get("display")), "")


def _found(visit: Visit) -> Iterator[tuple[str, str, int]]:
    """What was given, measured and done at a visit: (word, the first names of it, how many)."""
    words = (
        (_("Thuốc"), ("medicines",)),
        (pgettext("measured", "Kết quả"), ("results", "examinations")),
        (_("Dịch vụ, thủ thuật"), ("procedures", "surgery")),
    )
    for word, sections in words:
        if entries := visit.of(*sections):
            names = list(dict.fromkeys(one.display for one in entries if one.display))
            more = ", …" if len(names) > _MOST_NAMED else ""
            yield word, ", ".join(names[:_MOST_NAMED]) + more, len(entries)


def bmi(entries: Iterable[Read]) -> str:
    """The body mass index of a visit in words; "" where weight or height was not measured."""
    value = bmi_of(entries)
    return f"{format_decimal(value, 1, language())} kg/m²" if value else ""


def by_section(entries: Iterable[Read]) -> list[dict[str, Any]]:
    """Entries under the sections of the form, in its order; only those that have any."""
    listed: dict[str, list[Read]] = {}
    for one in entries:
        listed.setdefault(read_in(one.section, one.visit), []).append(one)
    return [
        {
            "name": _(SECTION_NAMES[key]),
            "count": len(listed[key]),
            "lines": list(lines(listed[key])),
        }
        for key in SECTIONS
        if key in listed
    ]


def lines(entries: Iterable[Read]) -> Iterator[dict[str, Any]]:
    """What has one name and code as one line: its day, what it says each time, its text if any."""
    groups: dict[tuple[str, str], list[Read]] = {}
    for one in entries:
        groups.setdefault((one.display, one.code), []).append(one)
    for (name, code), group in groups.items():
        told = list(filter(None, (said(one.resource) for one in group)))
        by_day = sorted(group, key=lambda one: one.on or date.min)  # they may come the latest first
        yield {
            "name": name or naming.shown_name(group[0]),
            **naming.marks(group[-1]),
            "code": "" if code.startswith("XML") or group[0].system == FORM else code,
            "on": day_of(by_day[0]),
            "until": day_of(by_day[-1]) if by_day[-1].on != by_day[0].on else None,
            "said": "; ".join(told[:_MOST_TOLD]) + ("; …" if len(told) > _MOST_TOLD else ""),
            "count": len(group),
            "texts": [text for one in group if (text := paper_of(one.resource))],
        }


def said(resource: dict[str, Any]) -> str:
    """What a resource says besides its name: a value with its unit, a dose, a text."""
    return " · ".join(filter(None, _said(resource)))


def _said(resource: dict[str, Any]) -> Iterator[str]:
    parts = resource.get("component") or ()
    both = _pressure(parts)
    yield from (_value(part) for part in (resource, *(() if both else parts)))
    yield both
    for dosage in resource.get("dosage") or ():
        yield dosage.get("text", "")
    if resource.get("resourceType") == "Immunization":
        yield from _dose(resource)
    for key in ("conclusion", "comment"):
        if isinstance(resource.get(key), str):
            yield resource[key]
    for note in resource.get("note") or ():
        yield note.get("text", "")


def _pressure(parts: Sequence[dict[str, Any]]) -> str:
    """A blood pressure as everybody writes it, 150/95 mmHg; "" for other parts."""
    quantities = (part.get("valueQuantity") or {} for part in parts)
    found = sorted(quantities, key=_number, reverse=True)
    if len(found) != 2 or {one.get("unit") for one in found} != {"mmHg"}:
        return ""
    return "/".join(f"{_number(one):g}" for one in found) + " mmHg"


def _number(quantity: Mapping[str, Any]) -> float:
    return float(quantity.get("value") or 0)


def _dose(resource: dict[str, Any]) -> Iterator[str]:
    told = {
        _("lô {said}"): resource.get("lotNumber"),
        "{said}": place_of(resource),
        _("tháng thai {said}"): month_of(resource),
        _("phản ứng: {said}"): reaction_of(resource),
    }
    yield from (words.format(said=said) for words, said in told.items() if said)


def _value(part: dict[str, Any]) -> str:
    quantity = part.get("valueQuantity")
    if quantity and quantity.get("value") is not None:
        number = format_decimal(float(quantity["value"]), 2, language())
        return f"{number} {quantity.get('unit', '')}".strip()
    concept = part.get("valueCodeableConcept") or {}
    return str(part.get("valueString") or concept.get("text") or "")


def doses_due(who: Mapping[str, Any], entries: Sequence[Read], on: date) -> dict[str, date]:
    """Doses that somebody should have had by now, by key, with the day they were due: those of the
    programme, where the birth is known to the month, and those of appointments; nothing for the
    dead.

    who  as `record.who_is` says it
    """
    if who["died"] is not None:
        return {}
    booked = _booked(entries)
    return {dose.key: day for dose, day in due(who["birth"], _had(entries), on, booked)}


def doses_booked(who: Mapping[str, Any], entries: Sequence[Read]) -> dict[str, date]:
    """Doses that somebody has not had and has an appointment for, by key; nothing for the dead."""
    if who["died"] is not None:
        return {}
    booked, left = _booked(entries), lacking(_had(entries))
    return {
        dose.key: booked[dose.vaccine, dose.number]
        for dose in left
        if (dose.vaccine, dose.number) in booked
    }


def _had(entries: Sequence[Read]) -> dict[tuple[str, int], date | None]:
    """(vaccine, number) → the day on which the dose was given, as far as it is known."""
    doses = ((given(one.resource), one.on) for one in entries if one.kind == "Immunization")
    return {dose: on for dose, on in doses if dose}


def _booked(entries: Sequence[Read]) -> dict[tuple[str, int], date]:
    """(vaccine, number) → the day of the appointment that was made last."""
    kind = "ImmunizationRecommendation"
    made = sorted((one for one in entries if one.kind == kind), key=lambda one: one.id)
    return dict(filter(None, (appointed(one.resource) for one in made)))


def due_lines(days: Mapping[str, date]) -> list[tuple[str, date]]:
    """(name, day) of these doses, the earliest first."""
    names = {dose.key: dose.name for dose in doses()}
    return sorted(((names[key], day) for key, day in days.items()), key=lambda one: one[1])
