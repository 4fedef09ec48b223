"""A plan by OR-Tools' CP-SAT, an optional extra: the same each time, with the solver's own bound.

What is chosen is the weekend of each day's work; what a day's work is was made by rule (`loads`),
and the bound is of that choice. Teams and days of a weekend are dealt out after, which loses
nothing: its two days are worth the same, and whoever can write down more can write down less.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hssk.outreach.rules.loads import Load, fixed_loads, loads_of
from hssk.outreach.rules.planning import (
    REST,
    Crew,
    Outing,
    Plan,
    Stop,
    Task,
    open_slots,
    saturday_of,
    weekends,
)

GAP = 0.02  # the search ends this close to its bound: 5 % are asked
WORK = 12.0  # in the solver's own units of work, the same on every machine
SECONDS = 25.0  # the end in any case
SEED = 7
# Somebody reached is worth this, and one for each weekend that is left then.
BASE = 12
# For each person by whom a commune stays further behind than is fair, at each of two looks: half of
# what anybody reached is worth at least, so that it is never better to go to nobody.
FINE = BASE // 2

_Chosen = tuple[date, int, Load, int | None]  # day, team, load, the fixed session if it is one


class NoSolver(Exception):
    """OR-Tools is not installed: an optional extra, requirements/plan.txt."""


class NoPlan(Exception):
    """The solver found none within its time."""


@dataclass
class _Model:
    """`by[load][at]`: whether that load is done by the end of that weekend."""

    task: Task
    cp: Any
    sat: list[date]
    loads: list[Load]
    held: list[Load]
    slots: list[list[tuple[Crew, date]]]
    by: list[list[Any]] = field(default_factory=list)
    late: dict[str, list[Any]] = field(default_factory=dict)
    looks: list[tuple[int, str, int, Any]] = field(default_factory=list)


def solve(task: Task, *, work: float = WORK) -> Plan:
    """The best plan found. Deterministic: the same task gives the same plan.

    work  how long to search, in units of the solver

    Raises NoSolver where OR-Tools is missing, NoPlan where the search found nothing.
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError as absent:
        raise NoSolver("ortools") from absent
    held, left = fixed_loads(task)
    sat = weekends(task.first, task.last)
    slots = [open_slots(task, saturday) for saturday in sat]
    model = _Model(task, cp_model.CpModel(), sat, loads_of(task, left), held, slots)
    for said in (_times, _teams, _rounds, _fair, _worth, _hint):
        said(model)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = SEED
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.relative_gap_limit = GAP
    solver.parameters.max_deterministic_time = work
    solver.parameters.max_time_in_seconds = SECONDS
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoPlan(solver.status_name(status))
    return _plan(model, solver)


def _times(model: _Model) -> None:
    """Once done, done; not on a weekend that is barred, or near a fixed session of the hamlet."""
    closed = {(hamlet, saturday_of(day)) for hamlet, day in model.task.barred}
    index = {saturday: at for at, saturday in enumerate(model.sat)}
    for one in model.task.fixed:
        at = index.get(saturday_of(one.day), -REST)
        near = model.sat[max(0, at + 1 - REST) : max(0, at + REST)]
        closed |= {(hamlet, saturday) for hamlet in one.hamlets for saturday in near}
    for load in model.loads:
        done = [model.cp.new_bool_var("") for _saturday in model.sat]
        for at, saturday in enumerate(model.sat):
            before = done[at - 1] if at else 0
            if any((hamlet, saturday) in closed for hamlet, _people in load.takes):
                model.cp.add(done[at] == before)
            elif at:
                model.cp.add_implication(before, done[at])
        model.by.append(done)


def _teams(model: _Model) -> None:
    """In no weekend more loads of a size than there are team-days that can take it."""
    for at, slots in enumerate(model.slots):
        for floor in sorted({0, *(crew.capacity for crew, _day in slots)}):
            those = [n for n, load in enumerate(model.loads) if load.size > floor]
            room = sum(crew.capacity > floor for crew, _day in slots)
            before = sum(model.by[n][at - 1] for n in those) if at else 0
            if those:
                model.cp.add(sum(model.by[n][at] for n in those) - before <= room)


def _rounds(model: _Model) -> None:
    """A further round of a hamlet comes REST weekends after every load of the one before."""
    of: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, load in enumerate(model.loads):
        for hamlet, _people in load.takes:
            of[hamlet, load.turn].append(number)
    pairs = {
        (before, number)
        for (hamlet, turn), numbers in of.items() for number in numbers
        for before in of.get((hamlet, turn - 1), ())
    }  # fmt: skip
    for before, number in sorted(pairs):
        for at, done in enumerate(model.by[number]):
            if at < REST:
                model.cp.add(done == 0)
            else:
                model.cp.add_implication(done, model.by[before][at - REST])


def _fair(model: _Model) -> None:
    """Half-way and at the end no commune stays further behind than is fair, or it costs."""
    task, of = model.task, {place.hamlet: place.commune for place in model.task.places}
    found = sum(have for have, _lives in task.rates.values())
    residents = sum(lives for _have, lives in task.rates.values())
    for end in sorted({len(model.sat) // 2, len(model.sat)} - {0}):
        gained: dict[str, list[Any]] = defaultdict(list)
        for load, done in zip(model.loads, model.by, strict=True):
            for hamlet, people in load.takes:
                gained[of[hamlet]].append(people * done[end - 1])
        whole = sum(term for terms in gained.values() for term in terms)
        for commune, (have, lives) in sorted(task.rates.items()):
            late = model.cp.new_int_var(0, lives, "")
            part = round(1000 * lives / residents) if residents else 0
            model.cp.add(
                1000 * (have + sum(gained[commune]) + late)
                >= part * (found + whole) - round(10 * task.fair * lives)
            )
            model.late.setdefault(commune, []).append(late)
            model.looks.append((end, commune, part, late))


def _worth(model: _Model) -> None:
    """People reached, the earlier the better; no further than what is wanted."""
    gain: list[Any] = []
    for load, done in zip(model.loads, model.by, strict=True):
        gain += [load.size * one for one in done]
        gain += [BASE * load.size * one for one in done[-1:]]
    fines = [FINE * late for many in model.late.values() for late in many]
    model.cp.maximize(sum(gain) - sum(fines))
    if model.task.wanted is not None and model.sat and model.loads:
        most = max(0, model.task.wanted - sum(load.size for load in model.held))
        most += max(load.size for load in model.loads) - 1 if most else 0
        ends = zip(model.loads, model.by, strict=True)
        model.cp.add(sum(load.size * done[-1] for load, done in ends) <= most)


def _hint(model: _Model) -> None:
    """A plan to begin with: the largest loads of the earliest rounds as early as they fit."""
    sizes = [(load.turn, -load.size, number) for number, load in enumerate(model.loads)]
    room = [sorted(crew.capacity for crew, _day in slots) for slots in model.slots]
    last: dict[tuple[int, int], int] = {}
    when_done: list[tuple[int, Load]] = []
    for turn, size, number in sorted(sizes):
        hamlets = [hamlet for hamlet, _people in model.loads[number].takes]
        first = max(0, *(last.get((hamlet, turn - 1), -REST) + REST for hamlet in hamlets))
        fits = (at for at in range(first, len(room)) if room[at] and room[at][-1] >= -size)
        at = next(fits, len(room))
        if at < len(room):
            room[at].remove(next(one for one in room[at] if one >= -size))
        for hamlet in hamlets:
            last[hamlet, turn] = max(last.get((hamlet, turn), 0), at)
        when_done.append((at, model.loads[number]))
        for when, one in enumerate(model.by[number]):
            model.cp.add_hint(one, int(when >= at))
    _hint_late(model, when_done)


def _hint_late(model: _Model, when_done: Sequence[tuple[int, Load]]) -> None:
    """How far behind that leaves each commune: a hint that is whole is a plan from the start."""
    of = {place.hamlet: place.commune for place in model.task.places}
    found = sum(have for have, _lives in model.task.rates.values())
    for end, commune, part, late in model.looks:
        done = [take for at, load in when_done if at < end for take in load.takes]
        here = sum(people for hamlet, people in done if of[hamlet] == commune)
        have, lives = model.task.rates[commune]
        whole = part * (found + sum(people for _hamlet, people in done))
        short = whole - round(10 * model.task.fair * lives) - 1000 * (have + here)
        model.cp.add_hint(late, min(lives, max(0, -(-short // 1000))))


def _plan(model: _Model, solver: Any) -> Plan:
    """The outings, with who remains in each hamlet by then."""
    chosen: list[_Chosen] = [
        (one.day, one.team, load, one.session)
        for one, load in zip(model.task.fixed, model.held, strict=True)
    ]
    for at, slots in enumerate(model.slots):
        todo = [load for load, done in zip(model.loads, model.by, strict=True)
                if solver.value(done[at]) and not (at and solver.value(done[at - 1]))]  # fmt: skip
        chosen += _dealt(todo, slots)
    behind = {name: max(map(solver.value, many)) for name, many in model.late.items()}
    return Plan(
        _counted(model.task, chosen), round(solver.objective_value),
        round(solver.best_objective_bound), {name: n for name, n in behind.items() if n},
    )  # fmt: skip


def _dealt(loads: Iterable[Load], slots: Sequence[tuple[Crew, date]]) -> list[_Chosen]:
    """The largest load to whoever can take most; they fit, as the model counted them."""
    able = sorted(slots, key=lambda slot: (-slot[0].capacity, slot[1], slot[0].team))
    largest = sorted(loads, key=lambda load: (-load.size, load.takes))
    return [(day, crew.team, load, None) for load, (crew, day) in zip(largest, able, strict=False)]


def _counted(task: Task, chosen: Sequence[_Chosen]) -> tuple[Outing, ...]:
    remaining, outings = {place.hamlet: place.remaining for place in task.places}, []
    for day, team, load, session in sorted(chosen, key=lambda one: (one[0], one[1], one[2].takes)):
        stops = []
        for hamlet, people in load.takes:
            stops.append(Stop(hamlet, people, remaining.get(hamlet, 0)))
            remaining[hamlet] = remaining.get(hamlet, 0) - people
        outings.append(Outing(day, team, tuple(stops), session))
    return tuple(outings)
