"""One visit in words, as its page, the printed form and its history tell it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.kit.numbers import format_decimal
from hssk.kit.words import language
from hssk.records.models import Entry
from hssk.records.rules.changes import Act, Change, Deed, acts_of
from hssk.records.rules.encounter import in_rank, told
from hssk.records.rules.retyped import parts_of
from hssk.records.rules.sections import TEXTS as SECTION_NAMES
from hssk.records.rules.summary import Visit
from hssk.records.rules.typed import TypedVisit
from hssk.records.sections import NOTHING, answer_in, item_of
from hssk.records.views import showing

Fact = tuple[str, str]  # what is told, and the words
DEEDS = {
    Deed.WRITTEN: _n("Ghi lần đầu"),
    Deed.CORRECTED: _n("Sửa"),
    Deed.WITHDRAWN: _n("Thu hồi"),
}
_MOST_CHANGES = 30  # of one act that are told one by one


def whole_visit(visit: Visit) -> dict[str, Any]:
    """Everything that one visit says: its line, what it tells of itself, and its sections."""
    return {
        **showing.visit_line(visit, showing.places_of(visit.entries)),
        "facts": _facts(visit),
        "sections": showing.by_section(one for one in visit.entries if one.kind != "Encounter"),
        "bmi": showing.bmi(visit.entries),
    }


def visit_of(key: UUID, entries: Sequence[Any]) -> Visit:
    """These entries of one visit, the main illness before the others, with its Encounter where
    that may be seen."""
    head = next((entry for entry in entries if entry.kind == "Encounter"), None)
    order = in_rank(head.resource if head else {}, [one.entry for one in entries])
    place = {entry: number for number, entry in enumerate(order)}
    listed = sorted(entries, key=lambda one: place[one.entry])
    return Visit(key, (head or entries[0]).on, head, listed)


def _facts(visit: Visit) -> list[Fact]:
    """Why they came, what was thought, how it ended, what was advised, who examined; what is not
    told is left out."""
    if visit.head is None:
        return []
    first = Entry.objects.filter(entry=visit.head.entry, version=1).select_related("author").first()
    return _facts_of(visit.head, visit.entries, typed_by=name_of(first and first.author))


def _facts_of(head: Any, beside: Iterable[Any] = (), *, typed_by: str = "") -> list[Fact]:
    found = told(head.resource, [one.resource for one in beside])
    facts = (
        (_("Lý do đến khám"), "; ".join(found.reasons)),
        (_("Chẩn đoán lúc vào"), found.admitted),
        (_("Ra viện"), found.ending),
        (_("Kết quả điều trị"), found.outcome),
        (_("Lời dặn"), found.advice),
        (_("Người khám"), typed_by or ", ".join(found.staff)),
    )
    return [(name, said) for name, said in facts if said]


def name_of(user: User | None) -> str:
    """The name of whoever typed something; "" for what a file brought."""
    return str(user) if user else ""


def withdrawn_of(person: UUID, versions: Collection[int]) -> list[dict[str, Any]]:
    """The visits of somebody that were withdrawn, the latest first, as lines that lead to what they
    said.

    versions  the keys of those versions that say so, of which whoever asks may read
    """
    if not versions:
        return []
    gone = Entry.objects.filter(pk__in=versions)
    found: list[Any] = list(gone.select_related("author").order_by("-id"))
    places = showing.places_of(found)
    return [
        {"on": one.on, "at": one.recorded_at, "who": _who(one, places), "why": one.why,
         "url": reverse("records:visit", args=[person, one.entry])}
        for one in found
    ]  # fmt: skip


def _who(version: Any, places: dict[str, str]) -> str:
    """Who wrote a version: a name, or the file of which facility."""
    place = places.get(version.facility, "–")
    return name_of(version.author) or _("tệp của {place}").format(place=place)


def history_of(versions: Sequence[Any]) -> list[dict[str, Any]]:
    """What was done to a visit, the latest first: when, by whom, why, and what changed."""
    places = showing.places_of(versions)
    return [_act(act, places) for act in acts_of(versions)]


def _act(act: Act, places: dict[str, str]) -> dict[str, Any]:
    by = act.by
    # of what is new or gone as a whole how much it is says enough
    told = act.changes if act.deed is Deed.CORRECTED else ()
    changes = [line for one in told if (line := _change(one))]
    return {
        "at": act.at, "known": act.at.isoformat(), "who": _who(by, places), "why": by.why,
        "deed": _(DEEDS[act.deed]), "gone": act.deed is Deed.WITHDRAWN, "count": len(act.changes),
        "changes": changes[:_MOST_CHANGES], "more": max(0, len(changes) - _MOST_CHANGES),
        "reordered": bool(told) and not changes,
    }  # fmt: skip


def _change(change: Change) -> dict[str, str] | None:
    """What changed in one entry: name, before, after; None where nothing that is read did."""
    (name, before), (then, after) = map(_words, (change.before, change.after))
    if change.before and change.after:
        if (name, before) == (then, after):
            return None
        if name != then:
            before, after = f"{name} {before}", f"{then} {after}"
        shared = name.rstrip(":") if name == then else ""
        return {"name": shared, "before": before.strip() or "–", "after": after.strip() or "–"}
    gone = change.before is not None
    return {"name": "", "before": f"{name} {before}".strip() if gone else "",
            "after": "" if gone else f"{then} {after}".strip()}  # fmt: skip


def _words(version: Any | None) -> Fact:
    if version is None:
        return "", ""
    if version.kind == "Encounter":
        facts = _facts_of(version)
        return _("Lần khám"), "; ".join(f"{name}: {said}" for name, said in facts)
    if version.visit is None and (answered := item_of(version)):
        section, item = answered
        if item.key == NOTHING:
            return f"{_(SECTION_NAMES[section.key])}:", _(item.name)
        said = item.said(answer_in(item, section, version.resource))
        return (f"{_(item.name)}:", said) if said else (_(item.name), "")
    line = next(showing.lines([version]))
    name = f"{line['name']} {line['code']}" if line["icd"] else line["name"]
    return name or "–", line["said"]


def said_in_field(visit: TypedVisit, field: str) -> str:
    """What a visit says in one field of its form, in words; "" where it says nothing."""
    said = parts_of(visit).get(field)
    if field == "diagnosis":
        return "; ".join(f"{code} {name}".strip() for code, name in said or ())
    if field == "medicines":
        return "; ".join(said or ())
    if field == "pressure":
        return "/".join(_number(value) for value in said or ())
    return said if isinstance(said, str) else _number(said)


def _number(value: float | None) -> str:
    return "" if value is None else format_decimal(value, 2, language())
