"""Amounts that follow from others, within what rounding may make.

Quantities and prices have 3 decimals and amounts 2, so a product may differ by half of the last
decimal of each factor times the other; a total written in whole đồng, by half a đồng, and so may
each of the totals that it follows from.
Source: QĐ 130/QĐ-BYT and QĐ 4750/QĐ-BYT, formulas of XML2, XML3 and XML1; domain.md 3.4.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.values import decimal_of

_CENT, _HALF_MILL, _HUNDRED = Decimal("0.01"), Decimal("0.0005"), Decimal(100)
_LONG = 400  # letters of the amounts of a line: more of them would fill the memory
_REST = (
    "TYLE_TT_BH", "THANH_TIEN_BV", "THANH_TIEN_BH", "T_NGUONKHAC",
    "T_NGUONKHAC_NSNN", "T_NGUONKHAC_VTNN", "T_NGUONKHAC_VTTN", "T_NGUONKHAC_CL",
)  # fmt: skip
# table → its texts in the order of `_line`; a medicine has one price
_AMOUNTS = {
    "XML2": itemgetter("SO_LUONG", "DON_GIA", "DON_GIA", *_REST),
    "XML3": itemgetter("SO_LUONG", "DON_GIA_BV", "DON_GIA_BH", *_REST, "TYLE_TT_DV"),
}
Wrong = tuple[str, Decimal, str]  # tag, what is said, what was to be expected
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
    for table, amounts_of in _AMOUNTS.items():
        for line, row in enumerate(claim.tables.get(table, ()), 1):
            amounts = amounts_of(row)
            wrong_in = _line if len("".join(amounts)) > _LONG else _known_line
            for tag, said, expected in wrong_in(*amounts):
                yield finding("amount", table, line, tag, value=said, expected=expected)
    for line, row in enumerate(claim.tables.get("XML1", ()), 1):
        for tag, said, expected in _totals(claim, row):
            yield finding("amount", "XML1", line, tag, value=said, expected=expected)


def _line(*amounts: str) -> tuple[Wrong, ...]:
    """What does not follow from the rest, in a line of a bill with these amounts."""
    quantity, price, price_covered, rate, total, covered, said, *more = map(decimal_of, amounts)
    others, service = more[:4], more[4] if len(more) > 4 else _HUNDRED
    found: list[Wrong] = []
    if quantity is not None and price is not None and service is not None:
        wanted = quantity * price * service / _HUNDRED
        found += _compared("THANH_TIEN_BV", total, [wanted], _slack(quantity, price))
        # the fund may pay another price than the hospital's; the annex knows both ways
        prices = [price] if price_covered is None else [price, price_covered]
        if rate is not None:
            ways = [quantity * each * service * rate / _HUNDRED**2 for each in prices]
            slack = max(_slack(quantity, each) for each in prices)
            found += _compared("THANH_TIEN_BH", covered, ways, slack)
    if None not in others:
        wanted = sum((each for each in others if each is not None), Decimal(0))
        found += _compared("T_NGUONKHAC", said, [wanted], 4 * _CENT)
    return tuple(found)


_known_line = lru_cache(maxsize=5_000)(_line)  # bills are made of lines that come again and again


def _slack(quantity: Decimal, price: Decimal) -> Decimal:
    """How far a product may be off: factors that are whole numbers were not rounded."""
    slack = _CENT
    if quantity % 1:
        slack += _HALF_MILL * abs(price)
    if price % 1:
        slack += _HALF_MILL * abs(quantity)
    return slack


def _compared(
    tag: str, said: Decimal | None, ways: list[Decimal], slack: Decimal
) -> Iterator[Wrong]:
    """What is said under a tag, unless it is near what one of the ways gives."""
    if said is not None and not any(abs(said - wanted) <= slack for wanted in ways):
        yield tag, said, f"{ways[0]:.2f}"


def _totals(claim: Claim, row: Row) -> Iterator[Wrong]:
    """What does not follow from the lines, or from the rest, in a row of XML1."""
    if any(claim.tables.get(table) for table in _AMOUNTS):
        for tag, (summed, tables) in _SUMS.items():
            amounts = [each[summed] for table in tables for each in claim.tables.get(table, ())]
            yield from _total(tag, row[tag], amounts)
        supplies = [each for each in claim.tables.get("XML3", ()) if each["MA_VAT_TU"]]
        yield from _total("T_VTYT", row["T_VTYT"], [each["THANH_TIEN_BV"] for each in supplies])
    covered, shared = decimal_of(row["T_TONGCHI_BH"]), decimal_of(row["T_BNCCT"])
    if covered is not None and shared is not None:
        said = decimal_of(row["T_BHTT"])
        slack = sum((_rounding(each, 1) for each in (said, covered, shared)), Decimal(0))
        yield from _compared("T_BHTT", said, [covered - shared], slack)


def _total(tag: str, text: str, amounts: list[str]) -> Iterator[Wrong]:
    said = decimal_of(text)
    if said is None or (said == 0 and amounts.count(text) == len(amounts)):  # mostly all are nought
        return
    parts = list(map(decimal_of, amounts))
    if None in parts:
        return
    wanted = sum(filter(None, parts), Decimal(0))
    yield from _compared(tag, said, [wanted], _rounding(said, len(parts) + 1))


def _rounding(said: Decimal | None, parts: int) -> Decimal:
    whole = said is not None and not said % 1
    return _CENT * parts + (Decimal("0.5") if whole else 0)
