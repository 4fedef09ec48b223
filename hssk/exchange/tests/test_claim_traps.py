"""The traps that claims set, run through linkage and judged by the truth beside them."""

from collections import defaultdict
from datetime import date

import pytest

from hssk.exchange.formats.claims_xml.tests.making import envelope
from hssk.exchange.invented import invent
from hssk.exchange.invented.claims import Traps, claim_as_text, make_claim
from hssk.exchange.invented.claims.traps import MARRIED, NEWBORN, NOT_LISTED, OLD_CARD, TWIN
from hssk.exchange.invented.lives import Folk, visits
from hssk.exchange.models import LinkDecision
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, person, take_in, write_roster
from hssk.kit.dates import PartialDate
from hssk.people.models import Listing

SINCE, UNTIL = date(2023, 9, 1), date(2024, 3, 1)
YOUNG = date(2021, 3, 1)  # who was born later stands on no list yet, and came as a newborn
WANTED, SAME = {OLD_CARD, MARRIED, NEWBORN, TWIN}, LinkDecision.SAME
RATES = Traps(married=0.5, fathers_pid=0, foreigner=0, unidentified=0)


def line_of(one):
    """The line of a roster about somebody, true in everything."""
    return person(
        one.name, str(PartialDate.from_number(one.birth)), one.sex, pid=one.pid, bhxh=one.bhxh,
        unit=one.commune_name, hamlet=one.hamlet, household=str(one.index),
    )  # fmt: skip


@pytest.fixture(scope="module")
def world():
    """(lines of the roster by code of the person, claims that fall into these traps)."""
    folk = Folk(invent(1_200, seed=5), seed=3)
    listed = {one.code: line_of(one) for one in folk if one.listed and one.born < YOUNG}
    claims = []
    for one in folk:
        since, until = (one.born, one.born) if one.born >= YOUNG else (SINCE, UNTIL)
        for came in visits(one, folk, since=since, until=until):
            claim = make_claim(came, one, folk, traps=RATES)
            if WANTED & set(claim.traps) and NOT_LISTED not in claim.traps:
                claims.append(claim)
    return listed, claims


def judge(lines, claims, tmp_path):
    """Whom each claim was decided to be about: (claim, decision, person); and code → person."""
    take_in(write_roster(tmp_path / "roster.xlsx", list(lines.values())), "roster")
    truth = {line["pid"]: code for code, line in lines.items() if line["pid"]}
    listed = Listing.objects.exclude(pid="").values_list("pid", "person")
    path = tmp_path / "claims.xml"
    path.write_text(envelope(*map(claim_as_text, claims)), "utf-8")
    batch, _counts = take_in(path, "claims", on=APRIL)
    decisions = LinkDecision.objects.filter(row__batch=batch).select_related("row")
    found = {one.row.number: one for one in decisions}
    told = [(c, found[nth].decision, found[nth].person) for nth, c in enumerate(claims, 1)]
    return told, {truth[pid]: key for pid, key in listed}


def test_what_linkage_makes_of_each_trap_is_what_the_truth_says(db, world, tmp_path):
    told, who = judge(*world, tmp_path)
    code_of = {key: code for code, key in who.items()}
    decided = [(c, key) for c, decision, key in told if decision != LinkDecision.ASK]
    # nobody of the list is taken for somebody else
    assert [c.key for c, key in decided if code_of.get(key, c.person) != c.person] == []
    for trap in (OLD_CARD, MARRIED):  # leads to the person all the same, and makes nobody anew
        caught = [one for one in told if trap in one[0].traps and one[0].person in who]
        right = [c for c, decision, key in caught if (decision, key) == (SAME, who[c.person])]
        assert len(caught) >= 10, trap
        assert len(right) >= 0.95 * len(caught), trap
        assert not any(decision == LinkDecision.NEW for _c, decision, _key in caught), trap
    # a newborn is none of those on the list, and each of them is one person
    keys = defaultdict(set)
    for claim, key in decided:
        if NEWBORN in claim.traps:
            assert key not in code_of
            keys[claim.person].add(key)
    assert len(keys) >= 5
    assert all(len(mine) == 1 for mine in keys.values())
    assert len(set.union(*keys.values())) == len(keys)


def nobody(code: str, patient: str) -> dict:
    return visit(code, "Vô danh", "198000000000", MA_BN=patient)


def people_of(*files):
    """Whom the claims of these files were decided to be about, in order."""
    for path in files:
        take_in(path, "claims", on=APRIL)
    decided = LinkDecision.objects.order_by("row__batch", "row__number")
    return list(decided.values_list("person", flat=True))


def test_two_who_have_no_name_and_no_number_are_two(db, tmp_path):
    path = write_claims(tmp_path / "a.xml", [nobody("LK1", ""), nobody("LK2", "")])
    one, other = people_of(path)
    assert one != other


def test_the_number_of_a_patient_without_a_name_means_nobody_in_another_facility(db, tmp_path):
    here = write_claims(tmp_path / "a.xml", [nobody("LK1", "240017"), nobody("LK2", "240017")])
    there = write_claims(tmp_path / "b.xml", [nobody("LK1", "240017")], facility="12003")
    first, again, elsewhere = people_of(here, there)
    assert first == again
    assert elsewhere != first
