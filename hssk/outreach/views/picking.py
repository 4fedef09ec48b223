"""Hamlets to tick for a session: commune by commune, each with how many remain there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hssk.access.views.doorkeeper import access
from hssk.coverage.services import numbers_on
from hssk.coverage.services.ordering import natural
from hssk.kit.numbers import format_number
from hssk.kit.text import fold
from hssk.kit.words import language
from hssk.outreach.services.naming import communes_of, names_on
from hssk.outreach.views.within import day_counted
from hssk.places.models import Hamlet


@dataclass(frozen=True)
class Box:
    """A hamlet with how many have no record there, in `words` too; `key` is what its name is found
    by. Where two of a commune bear one name, `name` says the former unit as well."""

    hamlet: int
    name: str
    commune: str
    left: int
    words: str
    chosen: bool
    key: str


@dataclass(frozen=True)
class Group:
    """The hamlets of a commune that are shown, of how many there are in all."""

    name: str
    boxes: list[Box]
    size: int
    left: int
    is_open: bool


def picked(request: HttpRequest, hamlets: QuerySet[Hamlet]) -> dict[str, Any]:
    """What the page of a session's form shows of its hamlets.

    `find` in what was sent narrows them to those whose name or commune holds these words; whatever
    is ticked stays, so that narrowing loses nothing.
    """
    words = fold(request.POST.get("find", ""))
    ticked = set(request.POST.getlist("hamlets"))
    boxes = _boxes(list(hamlets), access(request).day, day_counted(request), ticked)
    by_commune: dict[str, list[Box]] = defaultdict(list)
    for box in boxes:
        by_commune[box.commune].append(box)
    names = sorted(by_commune, key=natural)
    groups = [_group(name, by_commune[name], words, alone=len(names) == 1) for name in names]
    chosen = [box for box in boxes if box.chosen]
    return {
        "find": request.POST.get("find", ""), "narrowed": bool(words),
        "groups": [group for group in groups if group.boxes],
        "found": sum(words in box.key for box in boxes) if words else len(boxes),
        "count": len(boxes), "chosen": chosen, "left": sum(box.left for box in chosen),
    }  # fmt: skip


def _group(name: str, boxes: list[Box], words: str, *, alone: bool) -> Group:
    shown = [box for box in boxes if box.chosen or words in box.key]
    shown.sort(key=lambda box: natural(box.name))
    is_open = alone or bool(words) or any(box.chosen for box in boxes)
    return Group(name, shown, len(boxes), sum(box.left for box in boxes), is_open)


def _boxes(hamlets: list[Hamlet], today: date, on: date, ticked: set[str]) -> list[Box]:
    communes, numbers = communes_of((one.pk for one in hamlets), today), numbers_on(on)
    remain, done, tongue = _("còn {n}"), _("đủ"), language()
    names, boxes = names_on(today), []
    for one in hamlets:
        commune = communes[one.pk]
        name = names[one.pk]
        left = numbers[one.pk].missing if one.pk in numbers else 0
        words = remain.format(n=format_number(left, tongue)) if left else done
        key = fold(f"{name} {commune}")
        boxes.append(Box(one.pk, name, commune, left, words, str(one.pk) in ticked, key))
    return boxes
