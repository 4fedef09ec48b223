"""What was written down by hand of a person, and what whoever asks may write down."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from hssk.access.rights import Right
from hssk.access.tiers import Kind
from hssk.access.views.doorkeeper import access
from hssk.coverage.views.after_death import signs_of
from hssk.people.models import Person
from hssk.people.rules.lives import MALE
from hssk.people.services import lives
from hssk.people.views.asked import is_shown, may_here


def life_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    """`told` of births, names and deaths, with `signs` of life after a death; the acts that the
    page offers, none where care alone opens it (`by_care`); whom of the family it names."""
    who, told = access(request), _seen(request, lives.told_of(person.pk))
    death = told.death
    by_care = who.by is Kind.CARE
    typed = bool(told.birth or told.strangers)
    acts, decides = (
        not by_care and may_here(request, person, right, by_care=False)
        for right in (Right.MOVE, Right.DECIDE)
    )
    family = [*([told.mother] if told.mother else []), *(child for _birth, child in told.children)]
    return {
        "told": told,
        "by_care": by_care,
        "family": [one.pk for one in family],
        "signs": signs_of(death) if death else [],
        "died": death.day if death else None,
        "may_act": acts,
        "may_bear": acts and death is None and person.sex != MALE,
        "strangers": [(one, one.at + lives.TELL_WITHIN) for one in told.strangers],
        "may_know": decides and typed and lives.may_be_known(person.pk),
        "decides": decides,
        "may_name": acts and typed and lives.can_amend(person.pk),
    }


def _seen(request: HttpRequest, told: lives.Told) -> lives.Told:
    """`told` without those of the family who are not the asker's."""
    mother = told.mother
    if mother is not None and not is_shown(request, mother, Right.REGISTER):
        mother = None
    children = [
        (birth, child) for birth, child in told.children
        if is_shown(request, child, Right.REGISTER)
    ]  # fmt: skip
    return replace(told, mother=mother, children=children)
