"""The record on paper, in the layout of the form of QĐ 831: A4, every box of it, filled or not."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import PRINT
from hssk.kit.dates import PartialDate
from hssk.people.models import Holding, Identifier, Listing, Person, Residence
from hssk.people.rules import PEOPLES
from hssk.people.views.asked import person_asked
from hssk.records import sections
from hssk.records.rules.sections import TEXTS as SECTION_NAMES
from hssk.records.rules.summary import summarise
from hssk.records.sections import NOTHING, Asks, Item, Section, answer_in, answers_of, code_of
from hssk.records.sections.immunisation import MOTHER, Dose, doses, month_of, place_of, reaction_of
from hssk.records.sections.immunisation import TEXTS as TABLES
from hssk.records.services import Read
from hssk.records.views import showing
from hssk.records.views.record import in_care, known_of, readable, who_is
from hssk.records.views.telling_visits import whole_visit

_APART = ("administrative", "immunisation")  # stand with the register's facts, and as tables


@needs(Right.RECORD)
def paper_page(request: HttpRequest, person: UUID) -> HttpResponse:
    """The whole form about one person as it stands for whoever prints it, with the last visit."""
    one = person_asked(request, person, Right.RECORD)
    if one.root != one.pk:
        return redirect("records:paper", one.root)
    entries = readable(request, one, by_care=in_care(request, one), act=PRINT)
    held = answers_of(entries)
    who = who_is(one)
    known = {code: said for code, said in known_of(request, one).items() if code not in held}
    context = {
        **who,
        "printed_on": timezone.localdate(),
        "ethnicity": PEOPLES.get(one.ethnicity, ""),
        "numbers": _numbers(one),
        "homes": _homes(one),
        "administrative": list(_lines(sections.PARTS["administrative"], held, known)),
        "parts": [
            {"part": part.part, "name": _(SECTION_NAMES[part.key]),
             "nothing": code_of(part.key, NOTHING) in held, "lines": list(_lines(part, held))}
            for part in sections.PARTS.values()
            if part.key not in _APART and part.asked_of(one.sex or 0, None)
        ],
        "tables": list(_tables(held, _days_to_come(who, entries))),
        "mother": _mother(held),
        "visit": _last_visit(one, entries),
        "back": reverse("records:record", args=[one.root]),
    }  # fmt: skip
    return render(request, "records/paper.html", context)


def _numbers(one: Person) -> dict[str, str]:
    """The numbers that hold, by kind, of all rows of the person: of several of a kind the verified
    one, else one that nothing speaks against, else the last stated. What a row states of which
    nobody has decided whose it is, is nobody's number yet."""
    asked = [
        row
        for model in (Listing, Holding)
        for row in model.objects.filter(
            person__root=one.root, decided=False, row__isnull=False
        ).values_list("row", flat=True)
    ]
    stated = Identifier.objects.filter(person__root=one.root).exclude(status=Identifier.CANCELLED)
    stated = stated.exclude(row__in=asked)
    weakest_first = sorted(
        stated.order_by("id"),
        key=lambda number: (
            number.status == Identifier.VERIFIED, number.status != Identifier.DOUBTED,
            number.until is None,
        ),
    )  # fmt: skip
    return {number.kind: number.value for number in weakest_first}


def _homes(one: Person) -> list[dict[str, Any]]:
    """Where they live: what kind of stay, hamlet, commune, household and relation to its head."""
    stays = Residence.objects.filter(person__root=one.root, until=None)
    roster = Listing.objects.filter(person__root=one.root).order_by("-since", "-id").first()
    return [
        {
            "kind": stay.kind, "hamlet": stay.hamlet.name, "unit": stay.hamlet.unit,
            "household": stay.household.number if stay.household else "",
            "relation": stay.relation or (roster.relation if roster else ""),
            "phone": roster.phone if roster else "",
        }
        for stay in stays.select_related("hamlet__unit", "household").order_by("kind")
    ]  # fmt: skip


def _lines(
    part: Section, held: dict[str, list[Read]], known: Mapping[str, str] = MappingProxyType({})
) -> Iterator[dict[str, Any]]:
    """Every item of a part with its answer: choices as boxes of which one is ticked.

    known  what stands where nothing was answered, by the code of the item
    """
    for item in part.items:
        found = held.get(code_of(part.key, item.key), [])
        if item.asks is not Asks.LINES:
            found = found[:1]  # the latest that the reader sees, as the form has it
        answers = [answer_in(item, part, one.resource) for one in reversed(found)]
        if said := known.get(code_of(part.key, item.key)):
            answers = [said]
        yield {
            "name": _(item.name), "boxes": _boxes(item, answers),
            "said": "; ".join(item.said(answer) for answer in answers),
            "words": item.asks is not Asks.TICK and item.asks is not Asks.CHOICE,
        }  # fmt: skip


def _boxes(item: Item, answers: list[str]) -> list[tuple[str, bool]]:
    if item.asks is Asks.TICK:
        return [("", bool(answers))]
    return [(_(name), key in answers) for key, name in item.choices]


def _days_to_come(who: dict[str, Any], entries: list[Read]) -> dict[str, date]:
    """By key of a dose: when it is due; where there is an appointment for it, the day of that."""
    due = showing.doses_due(who, entries, timezone.localdate())
    return due | showing.doses_booked(who, entries)


def _tables(held: dict[str, list[Read]], due: dict[str, date]) -> Iterator[dict]:
    """The three tables of part C, out of the one table of doses; other vaccines after them."""
    for table, name in TABLES.items():
        rows = [
            _dose(dose, held) | {"due": due.get(dose.key)}
            for dose in doses()
            if dose.table == table
        ]
        yield {"table": table, "name": _(name), "rows": rows}


def _dose(dose: Dose, held: dict[str, list[Read]]) -> dict[str, Any]:
    found = held.get(code_of("immunisation", dose.key), [])
    resource = found[0].resource if found else {}
    when = str(resource.get("occurrenceDateTime", ""))[:10]
    return {
        "name": dose.name, "on": PartialDate.from_iso(when) if when else None,
        "lot": resource.get("lotNumber", ""), "place": place_of(resource),
        "month": month_of(resource), "reaction": reaction_of(resource),
    }  # fmt: skip


def _mother(held: dict[str, list[Read]]) -> dict[str, str]:
    """The foot of table C1: doses against tetanus that the mother had, and how many."""
    part = sections.PARTS["immunisation"]
    found = held.get(code_of(part.key, MOTHER.key), [])
    said = MOTHER.said(answer_in(MOTHER, part, found[0].resource)) if found else ""
    return {"name": _(MOTHER.name), "said": said}


def _last_visit(one: Person, entries: list[Read]) -> dict[str, Any] | None:
    """The last visit with what belongs to it, as part D; None where there was none."""
    years = summarise(entries, timezone.localdate()).years
    visits = [visit for _year, found in years for visit in found if visit.head]
    if not visits:
        return None
    return whole_visit(visits[0])
