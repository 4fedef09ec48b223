"""What an invented city promises: the same again, exact counts, and every hard case."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from hssk.exchange.invented import Dirt, invent
from hssk.exchange.invented.population import DIED, MOVED, RESIDENT, UNLISTED
from hssk.kit.text import fold
from hssk.places.rules import hamlet_key


@pytest.fixture(scope="module")
def city():
    return invent(47_500, seed=1)


def _same(one, other):
    return all(
        np.array_equal(one[key], other[key])
        if isinstance(one[key], np.ndarray)
        else one[key] == other[key]
        for key in one
    )


def test_the_same_arguments_give_the_same_city():
    one, other = invent(2_000, seed=5), invent(2_000, seed=5)
    assert _same(one.roster, other.roster)
    assert _same(one.records, other.records)
    assert np.array_equal(one.records_truth, other.records_truth)


def test_another_seed_gives_other_people():
    assert invent(500, seed=1).roster["name"] != invent(500, seed=2).roster["name"]


def test_other_dirt_spoils_the_same_people():
    usual, bare = invent(2_000, dirt=Dirt.usual()), invent(2_000, dirt=Dirt.few_identifiers())
    assert usual.population.name == bare.population.name
    assert np.array_equal(usual.population.pid, bare.population.pid)


@pytest.mark.parametrize("people", [50, 200, 1_000, 47_500])
def test_exactly_so_many_residents_are_listed(people):
    city = invent(people, seed=3)
    assert len(np.unique(city.roster_truth)) == people
    assert int((city.population.state == RESIDENT).sum()) == people


def test_too_small_a_city_and_no_commune_are_refused():
    with pytest.raises(ValueError, match="at least 50"):
        invent(10)
    with pytest.raises(ValueError, match="at least one commune"):
        invent(100, communes=[])


def test_people_live_in_the_communes_given():
    city = invent(300, communes=[("00001", "Phường Một"), ("00002", "Xã Hai")])
    assert set(city.roster["commune"].tolist()) == {0, 1}
    kinds = {(h.commune, h.name.startswith("Tổ dân phố")) for h in city.population.hamlets}
    assert (0, True) in kinds
    assert (1, True) not in kinds


def test_a_million_people_need_more_communes_than_the_province_has():
    from hssk.exchange.invented.territory import choose_communes

    communes = choose_communes(1_000_000, None)
    codes = [code for code, _ in communes]
    assert len(set(codes)) == len(codes) > 106
    assert len({name for code, name in communes if code.startswith("99")}) > 40


def test_nobody_is_born_after_the_day(city):
    for table in (city.roster, city.records):
        assert int(table["birth"].max()) <= 20240301
        assert int(table["birth"].min()) > 19100000


def test_every_birth_is_a_day_of_the_calendar(city):
    from hssk.kit.dates import PartialDate

    for table in (city.roster, city.records):
        for birth in np.unique(table["birth"]).tolist():
            assert PartialDate.from_number(birth).number == birth


def test_numbers_have_their_lengths_and_belong_to_one_person(city):
    people = city.population
    for numbers, digits in ((people.pid, 12), (people.bhxh, 10), (people.cmnd, 9)):
        held = numbers[numbers > 0]
        assert len(np.unique(held)) == len(held)
        assert int(held.max()) < 10**digits
    century_and_sex = people.pid // 100_000_000 % 10
    expected = (people.birth // 10000 // 100 - 19) * 2 + (people.sex == 2)
    assert np.mean(century_and_sex == expected) > 0.99


# --- people


def test_households_are_families(city):
    people = city.population
    sizes = np.bincount(np.bincount(people.household))
    assert len(sizes) == 10, "one to nine people"
    assert 3.5 < len(people) / sizes[1:].sum() < 4.4
    has_father = np.flatnonzero(people.father >= 0)
    older = people.birth[has_father] // 10000 - people.birth[people.father[has_father]] // 10000
    assert np.mean(older >= 15) > 0.995
    surnames = [name.split(" ")[0] for name in people.name]
    shared = [surnames[i] == surnames[people.father[i]] for i in has_father.tolist()]
    assert np.mean(shared) == 1.0
    grandchildren = people.father[has_father][people.father[people.father[has_father]] >= 0]
    assert len(grandchildren) > 200, "three generations under one roof"


def test_all_ages_and_all_peoples_are_there(city):
    people = city.population
    age = 2024 - people.birth // 10000
    shares, _ = np.histogram(age, [0, 15, 60, 130])
    assert 0.2 < shares[0] / len(people) < 0.35
    assert 0.05 < shares[2] / len(people) < 0.15
    assert len(np.unique(people.people)) == 12


def test_the_father_s_name_links_generations_of_the_ha_nhi(city):
    from hssk.exchange.invented.peoples import HA_NHI, PEOPLES

    people = city.population
    children = np.flatnonzero((people.people == PEOPLES.index(HA_NHI)) & (people.father >= 0))
    linked = [
        people.name[i].split(" ")[1] == people.name[people.father[i]].split(" ")[-1]
        for i in children.tolist()
    ]
    assert len(linked) > 50
    assert np.mean(linked) > 0.95


def test_twins_share_a_birth_day_but_not_a_name(city):
    people = city.population
    twins = np.flatnonzero(people.twin)
    assert 100 < len(twins) < 1_200
    pairs = Counter((int(people.household[i]), int(people.birth[i]), people.name[i]) for i in twins)
    assert sum(count > 1 for count in pairs.values()) <= 2


def test_every_spelling_of_a_hamlet_means_it_and_no_other(city):
    meant = {}
    for hamlet in city.population.hamlets:
        for text in (hamlet.name, *hamlet.variants):
            key = hamlet.commune, hamlet_key(text)
            assert meant.setdefault(key, hamlet.name) == hamlet.name, text
    assert len(meant) == len(city.population.hamlets)


def test_namesakes_live_in_one_hamlet(city):
    people = city.population
    hamlet, year = people.hamlet.tolist(), (people.birth // 10000).tolist()
    assert sum(n > 1 for n in Counter(zip(people.name, hamlet, strict=True)).values()) > 1_000
    close = Counter(zip(people.name, hamlet, year, strict=True))
    assert sum(n > 1 for n in close.values()) > 30
    whole = Counter(zip(people.name, people.birth.tolist(), strict=True))
    assert sum(n > 1 for n in whole.values()) > 8


def test_some_left_died_or_were_never_listed_and_households_went_as_a_whole(city):
    state = city.population.state
    counts = np.bincount(state, minlength=4)
    assert counts.tolist() == [47_500, 1_425, 570, 475]
    assert set(city.population.state[city.roster_truth].tolist()) == {RESIDENT}
    known = np.bincount(state[city.records_truth], minlength=4)
    assert (known[[MOVED, DIED, UNLISTED]] > 300).all()
    listed = set(city.population.household[city.roster_truth].tolist())
    recorded = set(city.population.household[city.records_truth].tolist())
    assert len(listed & recorded) > 8_000, "households in both files"
    assert len(listed - recorded) > 800, "households without any record"
    assert len(recorded - listed) > 100, "households that only the software knows"


# --- dirt


def _differs(city, column):
    held = city.records[column] > 0
    return held & (city.records[column] != getattr(city.population, column)[city.records_truth])


def test_a_parent_s_number_stands_on_children(city):
    people, who = city.population, city.records_truth
    wrong = np.flatnonzero(_differs(city, "pid"))
    parents = {
        int(row)
        for row in wrong
        for parent in (people.mother[who[row]], people.father[who[row]])
        if parent >= 0 and people.pid[parent] == city.records["pid"][row]
    }
    young = [people.birth[who[row]] > 20070000 for row in parents]
    assert sum(young) > 50
    assert np.mean(young) > 0.8, "beside them, neighbours in the list who changed numbers"


def test_twins_and_couples_change_numbers(city):
    people, who = city.population, city.records_truth
    holder = {number: person for person, number in enumerate(people.pid.tolist())}
    wrong = np.flatnonzero(_differs(city, "pid")).tolist()
    next_in_line = sum(holder.get(int(city.records["pid"][r])) == int(who[r]) + 1 for r in wrong)
    assert next_in_line > 30


def test_notes_say_who_lives_away_or_stays_for_a_time(city):
    notes = Counter(city.roster["note"])
    assert {"tạm trú", "đi làm ăn xa", "học nội trú", "mới chuyển đến"} < set(notes)
    assert notes[""] > 0.97 * len(city.roster_truth)


def test_dates_are_known_to_the_day_the_month_or_the_year(city):
    birth = city.roster["birth"]
    assert 0.01 < np.mean(birth % 10000 == 0) < 0.08
    assert np.sum((birth % 100 == 0) & (birth % 10000 > 0)) > 20


def test_somebody_else_s_card_is_most_often_a_neighbour_s(city):
    people, who = city.population, city.records_truth
    holder = {number: person for person, number in enumerate(people.bhxh.tolist())}
    wrong = np.flatnonzero(_differs(city, "bhxh")).tolist()
    near = [abs(holder[int(city.records["bhxh"][row])] - int(who[row])) <= 5 for row in wrong]
    assert len(wrong) > 200
    assert np.mean(near) > 0.95


def test_phones_are_shared_at_home_and_by_many_and_go_stale(city):
    phones = city.records["phone"]
    counts = Counter(phones[phones > 0].tolist())
    assert sum(1 for n in counts.values() if n > 1) > 2_000
    assert max(counts.values()) >= 10
    assert np.mean(_differs(city, "phone")) > 0.05


def test_the_mother_s_name_stands_on_newborns(city):
    people, who = city.population, city.records_truth
    mothers = [
        row
        for row, person in enumerate(who.tolist())
        if people.mother[person] >= 0
        and people.birth[person] > 20230301
        and fold(people.name[people.mother[person]]) in fold(city.records["name"][row])
    ]
    assert len(mothers) > 30


def test_somebody_listed_twice_stands_in_two_communes(city):
    communes: dict[int, set[int]] = {}
    for person, commune in zip(
        city.roster_truth.tolist(), city.roster["commune"].tolist(), strict=True
    ):
        communes.setdefault(person, set()).add(commune)
    twice = [person for person, count in Counter(city.roster_truth.tolist()).items() if count > 1]
    assert 180 < len(twice) < 400
    assert all(len(communes[person]) == 2 for person in twice)


@pytest.mark.parametrize(
    ("what", "low", "high"),
    [
        ("no_pid", 0.15, 0.24),
        ("no_bhxh", 0.20, 0.24),
        ("no_phone", 0.36, 0.40),
        ("no_hamlet", 0.53, 0.57),
        ("wrong_hamlet", 0.010, 0.035),
        ("wrong_commune", 0.006, 0.014),
        ("other_birth", 0.04, 0.09),
        ("other_name", 0.04, 0.10),
        ("wrong_sex", 0.004, 0.008),
        ("twice", 0.015, 0.03),
        ("old_card", 0.01, 0.05),
    ],
)
def test_faults_strike_at_their_rates(city, what, low, high):
    table, who, people = city.records, city.records_truth, city.population
    names = zip(table["name"], who.tolist(), strict=True)
    shares = {
        "no_pid": (table["pid"] == 0) & (table["cmnd"] == 0),
        "no_bhxh": table["bhxh"] == 0,
        "no_phone": table["phone"] == 0,
        "no_hamlet": table["hamlet"] < 0,
        "wrong_hamlet": (table["hamlet"] >= 0) & (table["hamlet"] != people.hamlet[who]),
        "wrong_commune": table["commune"] != people.commune[who],
        "other_birth": table["birth"] != people.birth[who],
        "other_name": np.array([fold(n) != fold(people.name[i]) for n, i in names]),
        "wrong_sex": table["sex"] != people.sex[who],
        "twice": np.array([len(who) - len(np.unique(who))]) / len(who),
        "old_card": table["cmnd"] > 0,
    }
    assert low < float(np.mean(shares[what])) < high


def test_with_few_identifiers_most_records_carry_none():
    table = invent(10_000, dirt=Dirt.few_identifiers()).records
    none = (table["pid"] == 0) & (table["cmnd"] == 0) & (table["bhxh"] == 0) & (table["phone"] == 0)
    assert 0.6 < np.mean(none) < 0.8


def test_rough_dirt_is_dirtier_and_clean_dirt_is_clean():
    def wrong_births(city):
        return np.mean(city.records["birth"] != city.population.birth[city.records_truth])

    rough, usual, clean = (
        invent(5_000, dirt=dirt) for dirt in (Dirt.rough(), Dirt.usual(), Dirt.clean())
    )
    assert wrong_births(rough) > 1.7 * wrong_births(usual)
    assert wrong_births(clean) == 0
    people, who = clean.population, clean.records_truth
    assert clean.records["name"] == [people.name[i] for i in who.tolist()]
    assert np.array_equal(clean.records["pid"], people.pid[who])
    assert len(np.unique(who)) == len(who)
    assert set(who.tolist()) <= set(clean.roster_truth.tolist())


# --- the truth stays hidden


def test_no_column_leaks_the_truth(city):
    """No column of the extract rises and falls with the true person, nor names him."""
    who = city.records_truth
    for key, values in city.records.items():
        if key in {"commune", "hamlet", "hamlet_text", "insurance_place"}:
            continue  # where one lives is what a file says, truly or not
        ranks = np.unique(np.asarray(values), return_inverse=True)[1]
        assert abs(np.corrcoef(ranks, who)[0, 1]) < 0.15, key
    assert not {"person", "truth", "true_person"} & (set(city.roster) | set(city.records))
    assert not {"person"} & set(city.entries("records"))


def test_entries_hold_what_linkage_compares(city):
    for kind, count in (("roster", len(city.roster_truth)), ("records", len(city.records_truth))):
        entries = city.entries(kind)
        assert {len(values) for values in entries.values()} == {count}
        assert all(len(pid) in {0, 12} for pid in entries["pid"])
        assert all(len(phone) in {0, 10} for phone in entries["phone"])
    assert city.on == date(2024, 3, 1)
