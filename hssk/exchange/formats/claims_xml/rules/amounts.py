"""Amounts that follow from others, within what rounding may make.

Quantities and prices have 3 decimals and amounts 2, so a product may differ by half of the last
decimal of each factor times the other; a total written in whole đồng, by half a đồng.
Source: QĐ 130/QĐ-BYT and QĐ 4750/QĐ-BYT, formulas of XML2, XML3 and XML1; domain.md 3.4.
"""

from collections.abc import Iterator
from decimal import Decimal

from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.values import decimal_of

_CENT, _HALF_MILL, _HUNDRED = Decimal("0.01"), Decimal("0.0005"), Decimal(100)
_SOURCES = ("T_NGUONKHAC_NSNN", "T_NGUONKHAC_VTNN", "T_NGUONKHAC_VTTN", "T_NGUONKHAC_CL")
_PRICES = {"XML2": ("DON_GIA", "DON_GIA"), "XML3": ("DON_GIA_BV", "DON_GIA_BH")}
# tag of XML1 → tag of the lines that it is the sum of, and the tables they are in
_SUMS = {
    "T_THUOC": ("THANH_TIEN_BV", ("XML2",)),
    "T_TONGCHI_BV": ("THANH_TIEN_BV", ("XML2", "XML3")),
    "T_TONGCHI_BH": ("THANH_TIEN_BH", ("XML2", "XML3")),
    "T_BNTT": ("T_BNTT", ("XML2", "XML3")),
    "T_BNCCT": ("T_BNCCT", ("XML2", "XML3")),
    "T_NGUONKHAC": ("T_NGUONKHAC", ("XML2", "XML3")),
}


def check(claim: Claim) -> Iterator[Finding]:
    """Findings about amounts; what is no number is told elsewhere and left out here."""
    for table in _PRICES:
        for line, row in enumerate(claim.tables.get(table, ()), 1):
            yield from _line(table, line, row)
    for line, row in enumerate(claim.tables.get("XML1", ()), 1):
        yield from _totals(claim, line, row)


def _line(table: str, line: int, row: Row) -> Iterator[Finding]:
    price, price_covered = (decimal_of(row[tag]) for tag in _PRICES[table])
    quantity, rate = decimal_of(row["SO_LUONG"]), decimal_of(row["TYLE_TT_BH"])
    service = decimal_of(row["TYLE_TT_DV"]) if table == "XML3" else _HUNDRED
    total, covered = decimal_of(row["THANH_TIEN_BV"]), decimal_of(row["THANH_TIEN_BH"])
    if quantity is not None and price is not None and service is not None:
        wanted = quantity * price * service / _HUNDRED
        yield from _compared(
            (table, line, "THANH_TIEN_BV"), total, [wanted], _slack(quantity, price)
        )
        # the fund may pay another price than the hospital's; the annex knows both ways
        prices = [price] if price_covered is None else [price, price_covered]
        if rate is not None:
            ways = [quantity * each * service * rate / _HUNDRED**2 for each in prices]
            slack = max(_slack(quantity, each) for each in prices)
            yield from _compared((table, line, "THANH_TIEN_BH"), covered, ways, slack)
    others = [decimal_of(row[tag]) for tag in _SOURCES]
    if None not in others:
        wanted = sum((each for each in others if each is not None), Decimal(0))
        said = decimal_of(row["T_NGUONKHAC"])
        yield from _compared((table, line, "T_NGUONKHAC"), said, [wanted], 4 * _CENT)


def _slack(quantity: Decimal, price: Decimal) -> Decimal:
    """How far a product may be off: factors that are whole numbers were not rounded."""
    slack = _CENT
    if quantity % 1:
        slack += _HALF_MILL * abs(price)
    if price % 1:
        slack += _HALF_MILL * abs(quantity)
    return slack


def _compared(
    where: tuple[str, int, str], said: Decimal | None, ways: list[Decimal], slack: Decimal
) -> Iterator[Finding]:
    """A finding at (table, line, tag), unless an amount is near what one of the ways gives."""
    if said is None or any(abs(said - wanted) <= slack for wanted in ways):
        return
    yield finding("amount", *where, value=said, expected=f"{ways[0]:.2f}")


def _totals(claim: Claim, line: int, row: Row) -> Iterator[Finding]:
    has_lines = any(claim.tables.get(table) for table in _PRICES)
    for tag, (summed, tables) in _SUMS.items():
        if has_lines:
            rows = [each for table in tables for each in claim.tables.get(table, ())]
            yield from _total(line, tag, row[tag], [each[summed] for each in rows])
    if has_lines:
        supplies = [each for each in claim.tables.get("XML3", ()) if each["MA_VAT_TU"]]
        amounts = [each["THANH_TIEN_BV"] for each in supplies]
        yield from _total(line, "T_VTYT", row["T_VTYT"], amounts)
    covered, shared = decimal_of(row["T_TONGCHI_BH"]), decimal_of(row["T_BNCCT"])
    if covered is not None and shared is not None:
        said = decimal_of(row["T_BHTT"])
        yield from _compared(("XML1", line, "T_BHTT"), said, [covered - shared], _rounding(said, 2))


def _total(line: int, tag: str, text: str, amounts: list[str]) -> Iterator[Finding]:
    said, parts = decimal_of(text), [decimal_of(each) for each in amounts]
    if None in parts:
        return
    wanted = sum((each for each in parts if each is not None), Decimal(0))
    yield from _compared(("XML1", line, tag), said, [wanted], _rounding(said, len(parts) + 1))


def _rounding(said: Decimal | None, parts: int) -> Decimal:
    whole = said is not None and not said % 1
    return _CENT * parts + (Decimal("0.5") if whole else 0)
