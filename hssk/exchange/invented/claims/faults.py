"""Named faults to plant in a claim, so that a reader's findings can be held against truth.

Each takes the claim's tables and gives whether it could be planted. What it changes it changes in
rows of the claim's own: nothing else shares them.
"""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from .claim import Claim
from .dialect import Dialect
from .general import Row

_COMPANIONS = [
    "I10",
    "E11.9",
    "E78.5",
    "M10.9",
    "K29.7",
    "K21.9",
    "J44.9",
    "B18.1",
    "N39.0",
    "M54.5",
    "M17.9",
    "D50.9",
    "G44.2",
]


def _one(claim: Claim) -> Row:
    return claim.tables["XML1"][0]


def _more(text: str, by: int) -> str:
    return str(Decimal(text) + by)


def wrong_total(claim: Claim, rng: Random) -> bool:
    """T_TONGCHI_BV is not what tables 2 and 3 add up to."""
    _one(claim)["T_TONGCHI_BV"] = _more(_one(claim)["T_TONGCHI_BV"], rng.randrange(1_000, 90_000))
    return True


def wrong_insured_total(claim: Claim, rng: Random) -> bool:
    """T_BHTT is not T_TONGCHI_BH less T_BNCCT."""
    _one(claim)["T_BHTT"] = _more(_one(claim)["T_BHTT"], rng.randrange(1_000, 90_000))
    return True


def wrong_line(claim: Claim, rng: Random) -> bool:
    """A medicine's amount is not quantity times price."""
    rows = claim.tables.get("XML2")
    if not rows:
        return False
    row = rng.choice(rows)
    row["THANH_TIEN_BV"] = _more(row["THANH_TIEN_BV"], 777)
    return True


def two_main_diagnoses(claim: Claim, rng: Random) -> bool:
    """MA_BENH_CHINH holds two codes."""
    _one(claim)["MA_BENH_CHINH"] += ";R10.4"
    return True


def no_main_diagnosis(claim: Claim, rng: Random) -> bool:
    """MA_BENH_CHINH is empty."""
    _one(claim)["MA_BENH_CHINH"] = ""
    return True


def unknown_diagnosis(claim: Claim, rng: Random) -> bool:
    """A code that no edition of ICD-10 has."""
    _one(claim)["MA_BENH_CHINH"] = "Q99.99"
    return True


def thirteen_companions(claim: Claim, rng: Random) -> bool:
    """MA_BENH_KT holds more than twelve codes."""
    _one(claim)["MA_BENH_KT"] = ";".join(_COMPANIONS)
    return True


def end_before_begin(claim: Claim, rng: Random) -> bool:
    """NGAY_RA lies before NGAY_VAO."""
    one = _one(claim)
    one["NGAY_RA"] = f"{int(one['NGAY_VAO'][:4]) - 1}{one['NGAY_VAO'][4:8]}0800"
    return True


def before_birth(claim: Claim, rng: Random) -> bool:
    """NGAY_SINH lies after NGAY_VAO."""
    one = _one(claim)
    one["NGAY_SINH"] = f"{int(one['NGAY_VAO'][:4]) + 1}01010000"
    return True


def impossible_day(claim: Claim, rng: Random) -> bool:
    """NGAY_VAO is no day of any calendar."""
    one = _one(claim)
    one["NGAY_VAO"] = f"{one['NGAY_VAO'][:4]}0231{one['NGAY_VAO'][8:]}"
    return True


def unknown_sex(claim: Claim, rng: Random) -> bool:
    """GIOI_TINH is a code of no list."""
    _one(claim)["GIOI_TINH"] = "9"
    return True


def no_name(claim: Claim, rng: Random) -> bool:
    """HO_TEN is empty."""
    _one(claim)["HO_TEN"] = ""
    return True


def referral_without_reason(claim: Claim, rng: Random) -> bool:
    """Table 13 stands beside an ordinary discharge."""
    if "XML13" not in claim.tables:
        return False
    _one(claim)["MA_LOAI_RV"] = "1"
    return True


def other_key(claim: Claim, rng: Random) -> bool:
    """A row of table 3 carries the MA_LK of another visit."""
    rows = claim.tables.get("XML3")
    if not rows:
        return False
    rng.choice(rows)["MA_LK"] = f"{claim.key}X"
    return True


def repeated_number(claim: Claim, rng: Random) -> bool:
    """Two rows of table 2 have one STT."""
    rows = claim.tables.get("XML2", [])
    if len(rows) < 2:
        return False
    rows[1]["STT"] = rows[0]["STT"]
    return True


def result_without_service(claim: Claim, rng: Random) -> bool:
    """A result of a service that table 3 does not have."""
    rows = claim.tables.get("XML4")
    if not rows:
        return False
    rows[-1]["MA_DICH_VU"] = "90.9999.9999"
    return True


def result_too_late(claim: Claim, rng: Random) -> bool:
    """A result comes more than sixty days after the visit."""
    rows = claim.tables.get("XML4")
    if not rows:
        return False
    rows[-1]["NGAY_KQ"] = f"{int(_one(claim)['NGAY_VAO'][:4]) + 1}12010900"
    return True


def decimal_comma(claim: Claim, rng: Random) -> bool:
    """Amounts with a comma, as people write and the annex forbids."""
    one = _one(claim)
    for tag in ("T_TONGCHI_BV", "T_TONGCHI_BH", "CAN_NANG"):
        one[tag] = one[tag].replace(".", ",")
    return True


def pregnant_man(claim: Claim, rng: Random) -> bool:
    """GIOI_TINH 1 with a diagnosis that women alone have."""
    _one(claim).update(GIOI_TINH="1", MA_BENH_CHINH="O80.0")
    return True


def wrong_days(claim: Claim, rng: Random) -> bool:
    """SO_NGAY_DTRI is not what the kind of visit makes it."""
    _one(claim)["SO_NGAY_DTRI"] = str(int(_one(claim)["SO_NGAY_DTRI"]) + 9)
    return True


def no_table_1(claim: Claim, rng: Random) -> bool:
    """A HOSO of details without the table that says whose they are."""
    if len(claim.tables) < 2:
        return False
    del claim.tables["XML1"]
    return True


def broken_inner_xml(claim: Claim, rng: Random) -> bool:
    """Table 1 ends in the middle."""
    claim.broken = "broken_inner_xml"
    return True


def broken_base64(claim: Claim, rng: Random) -> bool:
    """Letters in NOIDUNGFILE that base64 does not have."""
    claim.broken = "broken_base64"
    return True


# Few claims have a referral or results: these are tried first half of the time
_RARELY_FIT = {"referral_without_reason", "result_without_service", "result_too_late"}
_PREFER_THE_RARE = 0.5

Fault = Callable[[Claim, Random], bool]
FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        wrong_total,
        wrong_insured_total,
        wrong_line,
        two_main_diagnoses,
        no_main_diagnosis,
        unknown_diagnosis,
        thirteen_companions,
        end_before_begin,
        before_birth,
        impossible_day,
        unknown_sex,
        no_name,
        referral_without_reason,
        other_key,
        repeated_number,
        result_without_service,
        result_too_late,
        decimal_comma,
        pregnant_man,
        wrong_days,
        no_table_1,
        broken_inner_xml,
        broken_base64,
    )
}


def plant(claim: Claim, names: list[str], dialect: Dialect, rng: Random) -> str:
    """One of the faults, "" where none of them fits this claim; KeyError for an unknown name."""
    order = rng.sample(names, len(names))
    if rng.random() < _PREFER_THE_RARE:
        order.sort(key=lambda name: name not in _RARELY_FIT)
    for name in order:
        # what breaks hidden content would break the whole file in the open
        hidden = dialect.content in ("base64", "wrapped")
        if name.startswith("broken_") and not hidden:
            continue
        if FAULTS[name](claim, rng):
            claim.fault = name
            return name
    return ""
