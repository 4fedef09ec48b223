"""Files of claims: every dialect is well-formed and says the same, and truth knows each claim."""

from collections import Counter, defaultdict
from datetime import date

import pytest
from lxml import etree

from hssk.exchange.formats.mark import MARK
from hssk.exchange.invented import invent
from hssk.exchange.invented.claims import (
    BY_NAME,
    DIALECTS,
    FAULTS,
    PLAIN,
    Resends,
    inner_size,
    make_claim,
    read_truth,
    write_claims,
)
from hssk.exchange.invented.claims.tags import ALWAYS, FIELDS, REFERRAL_IN_3176
from hssk.exchange.invented.lives import Folk, visits

from .claim_reading import claims_in

SINCE, UNTIL = date(2023, 1, 1), date(2023, 12, 31)
QUIET = {"resends": Resends.none()}


@pytest.fixture(scope="module")
def folk():
    return Folk(invent(700, seed=5), seed=3)


def write(folder, folk, **options):
    return write_claims(folder, folk, **{"since": SINCE, "until": UNTIL, **options})


def by_key(folder):
    return {
        claim["XML1"][0]["MA_LK"]: claim
        for path in sorted(folder.glob("*.xml"))
        for claim in claims_in(path)
    }


@pytest.fixture(scope="module")
def plain(folk, tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    return write(folder, folk, **QUIET), folder


@pytest.fixture(scope="module")
def whole(plain):
    """Every claim of the plain files, by its MA_LK."""
    return by_key(plain[1])


def test_the_same_arguments_write_the_same_bytes(folk, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        options = {"only": range(0, 700, 9), "faults": 0.2, "dialect": DIALECTS, "per_file": 9}
        write(tmp_path / name, folk, **options)
    files = sorted(p.name for p in (tmp_path / "one").iterdir())
    assert files == sorted(p.name for p in (tmp_path / "two").iterdir())
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_subset_of_people_has_the_same_claims(folk, whole, tmp_path):
    write(tmp_path, folk, only=range(100, 140), **QUIET)
    some = by_key(tmp_path)
    assert some
    assert all(whole[key] == claim for key, claim in some.items())


def test_every_field_of_the_annex_stands_in_the_plain_file(whole):
    for claim in whole.values():
        for table, rows in claim.items():
            for row in rows:
                assert tuple(row) == FIELDS[table]


def test_truth_names_each_claim_in_its_place(plain):
    written, folder = plain
    lines = list(read_truth(written.truth))
    assert len(lines) == written.claims
    files = {path.name: claims_in(path) for path in folder.glob("*.xml")}
    assert len(files) == written.files
    assert sum(path.stat().st_size for path in folder.glob("*.xml")) == written.size
    for line in lines:
        claim = files[line["file"]][int(line["claim"]) - 1]
        assert claim["XML1"][0]["MA_LK"] == line["ma_lk"]
        assert line["sending"] == "first"
        assert line["file"].startswith(claim["XML1"][0]["MA_CSKCB"])
    assert len({line["ma_lk"] for line in lines}) == len(lines)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_dialect_is_well_formed_and_tells_the_same(folk, whole, tmp_path, dialect):
    write(tmp_path, folk, dialect=dialect, only=range(0, 700, 20), per_file=4, **QUIET)
    told = by_key(tmp_path)
    assert told
    # what a dialect says in another way
    loose = {"DIEN_BIEN_LS", "NGAY_SINH", "MAHUYEN_CU_TRU"}
    loose |= {"MA_THE_BHYT", "MA_DKBD", "GT_THE_TU", "GT_THE_DEN", "NGAYSINH_NND", "MA_THE_NND"}
    for key, claim in told.items():
        assert set(claim) - {"XML0"} == set(whole[key])
        for table, rows in whole[key].items():
            for plainly, row in zip(rows, claim[table], strict=True):
                for tag, text in plainly.items():
                    kept = tag in row or tag not in ALWAYS
                    assert kept, tag
                    if tag in row and tag not in loose:
                        assert row[tag].strip() == text.strip(), (table, tag)


def test_dialects_are_what_they_are_called(folk, tmp_path):
    raw = {}
    for name in (
        "plain",
        "marked",
        "utf16",
        "inline",
        "cdata",
        "partial_births",
        "two_cards",
        "edition_3176",
        "check_in",
    ):
        (tmp_path / name).mkdir()
        options = {"dialect": BY_NAME[name], "only": range(0, 700, 20)}
        write(tmp_path / name, folk, **options, **QUIET)
        raw[name] = b"".join(path.read_bytes() for path in sorted((tmp_path / name).glob("*.xml")))
    assert MARK.encode() in raw["plain"]
    assert raw["marked"].startswith(b"\xef\xbb\xbf")
    assert raw["utf16"].startswith((b"\xff\xfe", b"\xfe\xff"))
    assert b"<TONG_HOP>" in raw["inline"]
    assert b"<![CDATA[" in raw["cdata"]
    births = [c["XML1"][0]["NGAY_SINH"] for c in by_key(tmp_path / "partial_births").values()]
    assert sum(birth.endswith("00000000") for birth in births) > len(births) / 20
    cards = [c["XML1"][0] for c in by_key(tmp_path / "two_cards").values()]
    doubled = [one for one in cards if ";" in one["MA_THE_BHYT"]]
    assert doubled
    for one in doubled:
        lists = [
            one[tag].split(";") for tag in ("MA_THE_BHYT", "MA_DKBD", "GT_THE_TU", "GT_THE_DEN")
        ]
        assert {len(each) for each in lists} == {2}
    newer = by_key(tmp_path / "edition_3176").values()
    assert all(tuple(r) == REFERRAL_IN_3176 for c in newer for r in c.get("XML13", []))
    assert all(not c["XML1"][0]["MAHUYEN_CU_TRU"] for c in newer)
    assert all("XML0" in c for c in by_key(tmp_path / "check_in").values())


def test_claims_come_again_corrected_withdrawn_and_completed(folk, tmp_path):
    rates = Resends(again=0.05, correction=0.05, withdrawal=0.05, late_result=0.2)
    written = write(tmp_path, folk, resends=rates, per_file=20, only=range(250))
    files = {path.name: claims_in(path) for path in tmp_path.glob("*.xml")}
    sent = defaultdict(list)
    for line in read_truth(written.truth):
        sent[line["ma_lk"]].append((line, files[line["file"]][int(line["claim"]) - 1]))
    kinds = Counter(line["sending"] for each in sent.values() for line, _ in each[1:])
    assert set(kinds) == {"again", "correction", "withdrawal", "late_result"}
    for (line, first), *rest in sent.values():
        assert line["sending"] == "first"
        for again, later in rest:
            assert again["true_person"] == line["true_person"]
            one, other = first["XML1"][0], later["XML1"][0]
            if again["sending"] == "again":
                assert later == first
            elif again["sending"] == "correction":
                assert one["MA_BENH_CHINH"] != other["MA_BENH_CHINH"]
            elif again["sending"] == "withdrawal":
                assert other["MA_DOITUONG_KCB"] == "8"
            else:
                assert not first["XML4"][-1]["GIA_TRI"] + first["XML4"][-1]["KET_LUAN"]
                assert later["XML4"][-1]["NGAY_KQ"] > one["NGAY_RA"][:8] or one["MA_LOAI_KCB"]


def test_planted_faults_are_in_the_claims_and_in_truth(folk, whole, tmp_path):
    written = write(tmp_path, folk, faults=1.0, per_file=1, only=range(350), **QUIET)
    seen = Counter()
    for line in read_truth(written.truth):
        name = line["fault"].split(";")[0]
        seen[name] += 1
        if seen[name] > 10:
            continue
        try:
            (claim,) = claims_in(tmp_path / line["file"])
        except (etree.XMLSyntaxError, ValueError):
            assert name.startswith("broken_")
        else:
            assert claim != whole[line["ma_lk"]], name
    assert set(FAULTS) <= set(seen)


def test_a_fault_may_be_asked_for_by_name(folk, tmp_path):
    write(tmp_path, folk, faults=1, fault_names=["no_name"], only=range(9), **QUIET)
    assert all(not claim["XML1"][0]["HO_TEN"] for claim in by_key(tmp_path).values())
    with pytest.raises(KeyError):
        write(tmp_path, folk, faults=1, fault_names=["no_such_fault"], only=range(9))


def test_a_file_may_say_another_count_than_it_holds(folk, tmp_path):
    written = write(
        tmp_path, folk, faults=0.4, fault_names=["wrong_total"], per_file=5, only=range(90), **QUIET
    )
    wrong = {line["file"] for line in read_truth(written.truth) if "wrong_count" in line["fault"]}
    assert wrong
    for path in tmp_path.glob("*.xml"):
        root = etree.parse(path).getroot()
        said, held = int(root.findtext(".//SOLUONGHOSO")), len(list(root.iter("HOSO")))
        assert (said != held) == (path.name in wrong)


def test_a_stay_is_large_and_a_visit_small(folk):
    sizes = defaultdict(list)
    for person in (folk[index] for index in range(0, 700, 2)):
        for visit in visits(person, folk, since=SINCE, until=UNTIL):
            sizes[visit.kind].append(inner_size(make_claim(visit, person, folk)))
    middle = {kind: sorted(each)[len(each) // 2] for kind, each in sizes.items()}
    assert 35_000 < middle["03"] < 90_000
    assert 4_000 < middle["01"] < 15_000
    assert max(sizes["03"]) > 70_000


def test_a_file_holds_at_least_one_claim(folk, tmp_path):
    with pytest.raises(ValueError, match="at least one"):
        write(tmp_path, folk, per_file=0)
    assert write(tmp_path, folk, only=(), dialect=PLAIN).files == 0
