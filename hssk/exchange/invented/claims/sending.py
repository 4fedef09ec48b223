"""How one claim comes more than once: again, corrected, withdrawn, or with a late result."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from .claim import Claim
from .stamps import day

FIRST, AGAIN, CORRECTION = "first", "again", "correction"
WITHDRAWAL, LATE_RESULT = "withdrawal", "late_result"
_WITHDRAWN = "8"  # MA_DOITUONG_KCB: taken back (QĐ 3276/2025)
_DAYS_UNTIL_RESULT = 12


@dataclass(frozen=True, slots=True)
class Resends:
    """Shares of claims."""

    again: float = 0.004
    correction: float = 0.008
    withdrawal: float = 0.002
    late_result: float = 0.01

    @classmethod
    def none(cls) -> "Resends":
        """Every claim comes once."""
        return cls(0, 0, 0, 0)


def sendings(claim: Claim, rates: Resends, rng: Random) -> list[Claim]:
    """What is sent at once, and after it what is sent of the same MA_LK later."""
    chance = rng.random()
    for rate, make in (
        (rates.again, _again),
        (rates.correction, _corrected),
        (rates.withdrawal, _withdrawn),
        (rates.late_result, _late),
    ):
        if chance < rate:
            return make(claim)
        chance -= rate
    return [claim]


def _copy(claim: Claim, sending: str) -> Claim:
    copy = deepcopy(claim)
    copy.sending = sending
    copy.closed = claim.closed + timedelta(_DAYS_UNTIL_RESULT + 1)
    return copy


def _again(claim: Claim) -> list[Claim]:
    return [claim, _copy(claim, AGAIN)]


def _corrected(claim: Claim) -> list[Claim]:
    """At first a hasty diagnosis and another weight; what comes later is true."""
    later = _copy(claim, CORRECTION)
    one = claim.tables["XML1"][0]
    one["MA_BENH_CHINH"] = "R50.9" if one["MA_BENH_CHINH"] != "R50.9" else "R10.4"
    one["CAN_NANG"] = f"{float(one['CAN_NANG']) * 1.1:.2f}"
    return [claim, later]


def _withdrawn(claim: Claim) -> list[Claim]:
    """It never should have been sent: the same key again, as taken back, and nothing claimed."""
    later = _copy(claim, WITHDRAWAL)
    later.tables = {"XML1": later.tables["XML1"]}
    one = later.tables["XML1"][0]
    one["MA_DOITUONG_KCB"] = _WITHDRAWN
    for tag in one:
        if tag.startswith("T_"):
            one[tag] = "0.00"
    return [claim, later]


def _late(claim: Claim) -> list[Claim]:
    """The last service's results are not there yet when the claim is first sent."""
    rows = claim.tables.get("XML4")
    if not rows:
        return [claim]
    later, service = _copy(claim, LATE_RESULT), rows[-1]["MA_DICH_VU"]
    arrives = f"{day(claim.closed + timedelta(_DAYS_UNTIL_RESULT))}0900"
    for now, then in zip(rows, later.tables["XML4"], strict=True):
        if now["MA_DICH_VU"] == service:
            now.update(GIA_TRI="", MO_TA="", KET_LUAN="", NGAY_KQ="")
            then["NGAY_KQ"] = arrives
    for sent, when in ((claim, ""), (later, arrives)):
        for row in sent.tables["XML3"]:
            if row.get("MA_DICH_VU") == service:
                row["NGAY_KQ"] = when
    return [claim, later]
