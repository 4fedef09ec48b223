"""Who pays what of a line of costs, to the đồng and the hundredth of it.

Source: domain.md 3.4. Each line's parts add up to its amount: insurance, the patient's share of
what is insured, what the patient pays alone, and other purses.
"""

from dataclasses import dataclass
from decimal import Decimal

from .stamps import amount, cents

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cover:
    """`share` is MUC_HUONG: 100, 95 or 80, and 0 for who is not insured."""

    share: int

    @property
    def insured(self) -> bool:
        """Whether insurance pays anything."""
        return self.share > 0


@dataclass(frozen=True, slots=True)
class Amounts:
    """One line: the whole, the insured part, and who pays it."""

    whole: Decimal
    insured: Decimal
    rate: int  # TYLE_TT_BH
    share: int  # MUC_HUONG
    state: Decimal
    alone: Decimal
    together: Decimal
    fund: Decimal


def amounts(
    quantity: Decimal,
    price: Decimal,
    cover: Cover,
    *,
    rate: int = 100,
    service_rate: int = 100,
    state_pays: bool = False,
) -> Amounts:
    """`rate` of a hundred is insured, `service_rate` of a hundred is charged."""
    whole = cents(quantity * price * service_rate / 100)
    rate = 0 if state_pays or not cover.insured else rate
    insured = cents(whole * rate / 100)
    fund = cents(insured * cover.share / 100)
    state = whole if state_pays else ZERO
    return Amounts(
        whole=whole,
        insured=insured,
        rate=rate,
        share=cover.share if rate else 0,
        state=state,
        alone=whole - insured - state,
        together=insured - fund,
        fund=fund,
    )


def as_fields(line: Amounts) -> dict[str, str]:
    """The fields that tables 2 and 3 share."""
    return {
        "TYLE_TT_BH": str(line.rate),
        "THANH_TIEN_BV": amount(line.whole),
        "THANH_TIEN_BH": amount(line.insured),
        "MUC_HUONG": str(line.share),
        "T_NGUONKHAC_NSNN": amount(line.state),
        "T_NGUONKHAC_VTNN": "0.00",
        "T_NGUONKHAC_VTTN": "0.00",
        "T_NGUONKHAC_CL": "0.00",
        "T_NGUONKHAC": amount(line.state),
        "T_BNTT": amount(line.alone),
        "T_BNCCT": amount(line.together),
        "T_BHTT": amount(line.fund),
    }


def totals(medicines: list[Amounts], others: list[Amounts], materials: Decimal) -> dict[str, str]:
    """The sums of table 1; `materials` is what of the others is materials."""
    lines = [*medicines, *others]
    whole = sum((line.whole for line in lines), ZERO)
    insured = sum((line.insured for line in lines), ZERO)
    together = sum((line.together for line in lines), ZERO)
    return {
        "T_THUOC": amount(sum((line.whole for line in medicines), ZERO)),
        "T_VTYT": amount(materials),
        "T_TONGCHI_BV": amount(whole),
        "T_TONGCHI_BH": amount(insured),
        "T_BNTT": amount(sum((line.alone for line in lines), ZERO)),
        "T_BNCCT": amount(together),
        "T_BHTT": amount(insured - together),
        "T_NGUONKHAC": amount(sum((line.state for line in lines), ZERO)),
    }
