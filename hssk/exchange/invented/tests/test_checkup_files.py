"""Files of check-ups about invented people: as software of facilities writes them, and true."""

from base64 import b64decode
from collections import Counter
from datetime import date

import pytest
from lxml import etree

from hssk.exchange.formats.claims_xml import Claim, read_claims
from hssk.exchange.formats.claims_xml.packing import staged
from hssk.exchange.formats.mark import is_invented
from hssk.exchange.invented import invent
from hssk.exchange.invented.claims import groups_of, write_checkups
from hssk.exchange.invented.lives import Folk

UNTIL = date(2026, 11, 29)


@pytest.fixture(scope="module")
def folk():
    return Folk(invent(people=300, seed=1))


@pytest.fixture
def file(tmp_path, folk):
    return write_checkups(tmp_path, folk, until=UNTIL, only=range(200))


def told(file):
    """What each check-up says by tag, read here by nothing of ours."""
    for hoso in etree.parse(file).iter("HOSO"):
        said = {}
        for content in hoso.iter("NOIDUNGFILE"):
            for field in etree.fromstring(b64decode(content.text)):
                said.setdefault(field.tag, field.text or "")
        yield said


def test_most_came_each_once_and_is_told_truly(file, folk):
    people = {folk[n].pid: folk[n] for n in range(200) if folk[n].pid}
    said = list(told(file))
    assert is_invented(file)
    assert 80 < len(said) < 200
    assert len({one["MA_LK"] for one in said}) == len(said)
    numbered = [one for one in said if one["SO_CCCD"]]
    assert len(numbered) > len(said) / 2
    for one in numbered:
        groups, paid = groups_of(people[one["SO_CCCD"]], UNTIL)
        assert one["HO_TEN"] == people[one["SO_CCCD"]].name.upper()
        assert (one["DOI_TUONG"], one["NGUON_CHI_TRA"]) == (";".join(groups), paid)


def test_what_reads_check_ups_finds_the_same(file):
    said, found = list(told(file)), list(read_claims(file))
    assert all(isinstance(one, Claim) for one in found)
    counted = [staged(one)["counted"] for one in found]
    assert Counter(paid for _, paid in counted) == Counter(one["NGUON_CHI_TRA"] for one in said)
    assert [groups for groups, _ in counted] == [one["DOI_TUONG"] for one in said]
    assert not any(staged(one)["findings"] for one in found)


def test_the_same_city_is_examined_in_the_same_way(file, folk, tmp_path):
    before = file.read_bytes()
    assert write_checkups(tmp_path, folk, until=UNTIL, only=range(200)).read_bytes() == before
