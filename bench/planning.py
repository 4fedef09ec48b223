"""A year of weekends planned: `python -m bench.planning [COMMUNES] [TEAMS]`.

Invented cities of seven communes, twelve months, six teams: how long it takes, and how far below
the solver's own bound the plan stays. Asked: 30 seconds, 5 %.
"""

import random
import sys
import time
from datetime import date

from bench import table
from hssk.outreach.rules.planning import Crew, Place, Task
from hssk.outreach.rules.solving import solve


def year(communes: int = 7, teams: int = 6, seed: int = 1) -> Task:
    """An invented city: hamlets of 80 to 700 people, 5 to 55 % of them without a record."""
    dice, places, rates = random.Random(seed), [], {}
    for commune in range(communes):
        have = lives = 0
        for number in range(dice.randint(10, 20)):
            people = dice.randint(80, 700)
            missing = int(people * dice.uniform(0.05, 0.55))
            have, lives = have + people - missing, lives + people
            place = f"Bản {commune}.{number}"
            places.append(
                Place(len(places), place, f"xã {commune}", f"{commune}.{number % 3}", missing)
            )
        rates[f"xã {commune}"] = (have, lives)
    crews = [Crew(team, f"Đội {team}", (30, 40, 50)[team % 3]) for team in range(teams)]
    return Task(date(2027, 1, 1), date(2027, 12, 31), places, crews, rates, 0.35)


def main(communes: int = 7, teams: int = 6) -> None:
    """Plan, print."""
    print(f"{communes} communes, 12 months, {teams} teams; {table.machine()}")
    rows, fine = [], True
    for seed in (1, 2, 3):
        task = year(communes, teams, seed)
        began = time.perf_counter()
        plan = solve(task)
        took = time.perf_counter() - began
        reached = took <= 30 and plan.gap <= 0.05
        fine &= reached
        missing = sum(place.remaining for place in task.places)
        sizes = [len(task.places), f"{missing:,}", f"{plan.expected:,}", len(plan.outings)]
        figures = [f"{took:.1f}", f"{plan.gap:.2%}", table.verdict(reached)]
        rows.append([f"city {seed}", *sizes, *figures])
    header = ["", "hamlets", "missing", "expected", "team-days", "seconds", "gap", "reached"]
    table.show("Plans of a year", header, rows)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
