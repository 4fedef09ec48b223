"""Invented lives: the same for the same seed, plausible, and never against nature."""

import csv
import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from hssk.exchange.invented import invent
from hssk.exchange.invented.lives import Folk, answers_of, catalogue, live, visits
from hssk.exchange.invented.lives.births import deliveries, delivery_of
from hssk.records.rules.fhir import faults_of
from hssk.records.sections import (
    NOTHING,
    NOTHING_OF_A_SECTION,
    PARTS,
    answer_in,
    resource_of,
)

SINCE, UNTIL = date(2022, 7, 1), date(2023, 12, 31)


@pytest.fixture(scope="module")
def folk():
    return Folk(invent(1_200, seed=5), seed=3)


@pytest.fixture(scope="module")
def window(folk):
    """(person, visit) of two years of everybody."""
    return [(p, v) for p in folk for v in visits(p, folk, since=SINCE, until=UNTIL)]


@pytest.fixture(scope="module")
def lives(folk):
    return [live(folk[index], folk, date(2024, 3, 1)) for index in range(0, 1_200, 19)]


def test_the_same_seed_gives_the_same_life_alone_or_among_others(folk):
    again = Folk(invent(1_200, seed=5), seed=3)
    other = Folk(invent(1_500, seed=5), seed=4)
    for index in (3, 700, 1_102):
        alone = live(again[index], again, UNTIL)
        assert alone == live(folk[index], folk, UNTIL)
        assert alone != live(other[index], other, UNTIL)


def test_a_window_holds_the_visits_of_the_whole_life(folk):
    for index in range(0, 1_200, 83):
        person = folk[index]
        whole = [v for v in live(person, folk, UNTIL).visits if v.arrival.date() >= SINCE]
        assert list(visits(person, folk, since=SINCE, until=UNTIL)) == whole


def test_people_come_about_two_and_a_half_times_a_year(folk, window):
    alive = sum(1 for p in folk if not p.died or p.died > UNTIL)
    assert 2.0 < len(window) / alive / 1.5 < 3.0


def test_kinds_of_visits_lie_within_bands(window):
    share = Counter(v.kind for _, v in window)
    count = len(window)
    assert 0.04 < share["03"] / count < 0.13
    assert 0.40 < share["01"] / count < 0.75
    assert 0.15 < (share["05"] + share["08"] + share["07"]) / count < 0.45
    assert {"02", "06", "09"} <= set(share)


def test_small_children_and_the_old_come_most(folk, window):
    acute = [(p, v) for p, v in window if v.cause in catalogue.acute()]

    def rate(first, last):
        people = sum(first <= p.age_on(SINCE) < last for p in folk)
        return sum(first <= p.age_on(SINCE) < last for p, _ in acute) / people

    assert rate(0, 5) > 2 * rate(20, 45)
    assert rate(62, 100) > 1.2 * rate(20, 45)


def test_breathing_is_ill_in_winter_and_bowels_in_summer(window):
    months = {
        letter: Counter(v.arrival.month for _, v in window if v.main.code[:2] == letter)
        for letter in ("J0", "A0")
    }
    assert sum(months["J0"][m] for m in (11, 12, 1, 2)) > sum(months["J0"][m] for m in (5, 6, 7, 8))
    assert sum(months["A0"][m] for m in (5, 6, 7, 8)) > sum(months["A0"][m] for m in (11, 12, 1, 2))


def test_nobody_is_seen_before_birth_or_after_death(folk, lives, window):
    for life in lives:
        person = folk[life.person]
        last = datetime.combine(person.died or date.max, time.max)
        for visit in life.visits:
            assert person.born <= visit.arrival.date()
            assert visit.arrival <= visit.closed <= visit.end <= last
        assert all(person.born <= dose.on <= last.date() for dose in life.vaccinations)
    assert all(
        p.born <= v.arrival.date() and (not p.died or v.end.date() <= p.died) for p, v in window
    )


def test_what_is_done_lies_within_the_visit(window):
    for _, visit in window:
        moments = [note.at for note in visit.notes]
        moments += [p.ordered for p in visit.prescriptions] + [p.given for p in visit.prescriptions]
        moments += [p.begun for p in visit.services] + [r.at for r in visit.results]
        assert all(visit.arrival <= at <= visit.end for at in moments), visit
        if visit.admitted:
            assert visit.arrival <= visit.admitted < visit.end


def test_one_person_is_in_one_place_at_a_time(window):
    for (one, before), (other, after) in pairwise(window):
        if one is other:
            assert before.closed < after.arrival


def test_men_have_no_pregnancies(window):
    for person, visit in window:
        if any(d.code[0] == "O" or d.code in ("Z36.9", "N76.0") for d in visit.diagnoses):
            assert person.sex == 2
            assert 13 < person.age_on(visit.arrival.date()) < 90
        if visit.weeks or visit.newborns:
            assert person.sex == 2


def test_a_birth_is_one_truth_for_mother_and_child(folk):
    born = [p for p in folk if p.born.year >= 2018 and delivery_of(p, folk)]
    assert len(born) > 40
    for child in born:
        delivery = delivery_of(child, folk)
        assert delivery in deliveries(folk[child.mother], folk)
        mine = next(n for n in delivery.newborns if n.child == child.index)
        assert mine.born.date() == child.born
        assert 1_000 < mine.weight < 5_000
        if delivery.place:
            mother = folk[child.mother]
            seen = list(visits(mother, folk, since=child.born, until=child.born + timedelta(1)))
            seen += list(visits(mother, folk, since=child.born - timedelta(1), until=child.born))
            assert any(n.child == child.index for v in seen for n in v.newborns) or mother.died


def test_twins_are_two_children_and_two_visits(folk):
    twins = [p for p in folk if p.twin and p.born.year >= 2010 and delivery_of(p, folk)]
    assert twins
    for child in twins:
        delivery = delivery_of(child, folk)
        assert len(delivery.newborns) == 2
        own = list(visits(child, folk, since=child.born, until=child.born))
        assert [v.is_newborn for v in own] == [True]


def test_illness_runs_a_course(folk):
    first, later = [], []
    for person in folk:
        for visit in visits(person, folk, since=date(2015, 1, 1), until=date(2016, 12, 31)):
            if visit.cause == "hypertension" and person.age_on(UNTIL) > 18:
                step = int(visit.facts["step"])
                (first if step == 0 else later if step > 5 else []).append(visit.vitals.systolic)
    assert sum(first) / len(first) > sum(later) / len(later) + 8


def test_sensitive_care_and_every_ending_occur():
    city = invent(3_000, seed=2)
    folk = Folk(city, seed=2)
    codes, departures, outcomes = Counter(), Counter(), Counter()
    for person in folk:
        for visit in visits(person, folk, since=date(2023, 1, 1), until=date(2023, 12, 31)):
            codes.update({d.code for d in visit.diagnoses})
            departures[visit.departure] += 1
            outcomes[visit.outcome] += 1
    assert {"B20", "F20.9", "F11.2", "O04.9", "T74.1", "A15.0", "B18.1"} <= set(codes)
    assert {"1", "2", "4", "5"} <= set(departures)
    assert {"1", "2", "3", "5"} <= set(outcomes)


def test_children_are_vaccinated_by_the_schedule(folk, lives):
    young = [folk[i] for i in range(len(folk)) if folk[i].born.year in (2019, 2020, 2021)]
    doses = [live(p, folk, date(2024, 3, 1)).vaccinations for p in young]
    given = Counter((d.vaccine, d.dose) for each in doses for d in each)
    assert given["BCG", 1] > 0.7 * len(young)
    assert given["DPT-VGB-Hib", 3] <= given["DPT-VGB-Hib", 1] + len(young) * 0.1
    assert 0 < given["Viêm gan B sơ sinh", 1] < len(young)


def test_the_other_sections_are_there(lives):
    assert any(life.allergies for life in lives)
    assert any(life.family for life in lives)
    smokers = [life for life in lives if life.risks and life.risks.smoking != "không"]
    assert 0 < len(smokers) < len(lives) / 2
    assert all(life.birth.weight > 900 for life in lives)


def test_a_life_answers_the_form(lives):
    """Every answer is to an item that there is, and makes a sound resource."""
    answered = Counter()
    for life in lives:
        for code, answer in answers_of(life).items():
            key, _, name = code.partition(".")
            section = PARTS[key]
            item = NOTHING_OF_A_SECTION if name == NOTHING else section.item(name)
            assert item is not None, code
            assert not item.choices or answer in dict(item.choices)
            resource = resource_of(section, item, answer, UNTIL)
            assert faults_of(resource) == []
            assert answer_in(item, section, resource) == answer
            answered[key] += 1
    assert {"birth", "risk_factors", "allergies", "family_history", "immunisation"} <= set(answered)


def test_code_material_is_whole():
    """Every code that an entry names is there, and codes that look real are not."""
    names, medicines = catalogue.diagnoses(), catalogue.medicines()
    for entry in catalogue.acute().values():
        assert {entry.code, *entry.companions} <= set(names)
        assert set(entry.services) <= set(catalogue.services())
        assert {k for k in entry.medicines if not k.endswith("+")} <= set(medicines)
    for course in catalogue.chronic().values():
        assert {course.code, *(c for c, _ in course.companions)} <= set(names)
        assert set(course.medicines) <= set(medicines)
    assert all(re.fullmatch(r"90\.\d{4}", m.code) for m in medicines.values())
    assert all(s.code.startswith("90.") for s in catalogue.services().values())
    assert all(re.fullmatch(r"12\d{3}", code) for code in catalogue.facilities())
    assert len(names) >= 60 <= len(medicines)
    assert len(catalogue.services()) >= 40 <= len(catalogue.indices())


def test_every_line_of_the_material_names_its_source():
    folder = catalogue._DATA
    for name in ("diagnoses", "medicines", "services", "indices", "materials", "facilities"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            assert all(line["source"] for line in csv.DictReader(stream)), name
