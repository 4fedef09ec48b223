"""What a claim costs and who pays: kept apart from the record, which holds no money."""

from dataclasses import dataclass
from decimal import Decimal

from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.values import decimal_of

Amount = Decimal | None  # đồng; None where the text is no number


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of XML2 or XML3. `line` from 1; `rate` and `share` in percent."""

    table: str
    line: int
    code: str
    name: str
    group: str
    unit: str
    quantity: Amount
    price: Amount
    total: Amount  # THANH_TIEN_BV
    covered: Amount  # THANH_TIEN_BH
    rate: Amount  # TYLE_TT_BH
    share: Amount  # MUC_HUONG
    paid_by_insurance: Amount  # T_BHTT
    paid_together: Amount  # T_BNCCT
    paid_by_person: Amount  # T_BNTT
    paid_by_others: Amount  # T_NGUONKHAC


@dataclass(frozen=True, slots=True)
class Bill:
    """The totals of XML1 and the lines of XML2 and XML3. None where XML1 does not say."""

    medicines: Amount  # T_THUOC
    supplies: Amount  # T_VTYT
    total: Amount  # T_TONGCHI_BV
    covered: Amount  # T_TONGCHI_BH
    paid_by_insurance: Amount  # T_BHTT
    paid_together: Amount  # T_BNCCT
    paid_by_person: Amount  # T_BNTT
    paid_by_others: Amount  # T_NGUONKHAC
    outside_quota: Amount  # T_BHTT_GDV
    year: str  # NAM_QT
    month: str  # THANG_QT
    lines: tuple[BillLine, ...]


def bill_of(claim: Claim) -> Bill:
    """The bill of a claim; without XML1 it has no totals."""
    row = next(iter(claim.tables.get("XML1", ())), {})

    def said(tag: str) -> Amount:
        return decimal_of(row.get(tag, ""))

    lines = tuple(
        _line(table, line, each)
        for table in ("XML2", "XML3")
        for line, each in enumerate(claim.tables.get(table, ()), 1)
    )
    return Bill(
        said("T_THUOC"), said("T_VTYT"), said("T_TONGCHI_BV"), said("T_TONGCHI_BH"),
        said("T_BHTT"), said("T_BNCCT"), said("T_BNTT"), said("T_NGUONKHAC"), said("T_BHTT_GDV"),
        row.get("NAM_QT", ""), row.get("THANG_QT", ""), lines,
    )  # fmt: skip


def shares_of(claim: Claim) -> tuple[Amount, ...] | None:
    """What the visit cost in all, and what insurance, the person and others pay of it, as XML1 has
    it; None where it says nothing of any of it.

    The person pays a share of what insurance covers (T_BNCCT) and all that it does not (T_BNTT).
    """
    row = next(iter(claim.tables.get("XML1", ())), {})
    total, insurance, together, alone, others = (
        decimal_of(row.get(tag, ""))
        for tag in ("T_TONGCHI_BV", "T_BHTT", "T_BNCCT", "T_BNTT", "T_NGUONKHAC")
    )
    own = [part for part in (together, alone) if part is not None]
    shares = total, insurance, sum(own, Decimal()) if own else None, others
    return None if shares == (None,) * len(shares) else shares


def _line(table: str, line: int, row: Row) -> BillLine:
    if table == "XML2":
        code, name, price = row["MA_THUOC"], row["TEN_THUOC"], row["DON_GIA"]
    else:
        code = row["MA_VAT_TU"] or row["MA_DICH_VU"]
        name = row["TEN_VAT_TU"] or row["TEN_DICH_VU"]
        price = row["DON_GIA_BV"]
    amounts = (
        row["SO_LUONG"], price, row["THANH_TIEN_BV"], row["THANH_TIEN_BH"], row["TYLE_TT_BH"],
        row["MUC_HUONG"], row["T_BHTT"], row["T_BNCCT"], row["T_BNTT"], row["T_NGUONKHAC"],
    )  # fmt: skip
    return BillLine(
        table, line, code, name, row["MA_NHOM"], row["DON_VI_TINH"], *map(decimal_of, amounts)
    )
