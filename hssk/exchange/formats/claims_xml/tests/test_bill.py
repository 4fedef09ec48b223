"""What a claim costs."""

from decimal import Decimal

from hssk.exchange.formats.claims_xml import bill_of, read_claims
from hssk.exchange.formats.claims_xml.tests import sample
from hssk.exchange.formats.claims_xml.tests.making import envelope, hoso


def bill(tables):
    (claim,) = read_claims(envelope(hoso(tables)).encode())
    return bill_of(claim)


def test_totals_and_lines():
    found = bill(sample.EVERYTHING)
    assert (found.medicines, found.supplies) == (Decimal("45000.00"), Decimal("6000.00"))
    assert (found.total, found.paid_by_insurance) == (Decimal("139400.00"), Decimal("139400.00"))
    assert (found.year, found.month) == ("2024", "3")
    assert [(line.table, line.line, line.code) for line in found.lines] == [
        ("XML2", 1, "40.155"), ("XML3", 1, "18.0119.0028"), ("XML3", 2, "N03.02.010"),
        ("XML3", 3, "K02.1917"), ("XML3", 4, "22.0121.1369"),
    ]  # fmt: skip
    medicine, _, supply, *_ = found.lines
    assert (medicine.quantity, medicine.price, medicine.share) == (10, 4500, 100)
    assert (supply.name, supply.unit, supply.total) == ("Bơm tiêm 5ml", "Lần", 6000)


def test_without_xml1_there_are_no_totals():
    found = bill({"XML2": [sample.XML2 | {"DON_GIA": "4.500,00"}]})
    assert found.total is None
    assert (found.year, found.lines[0].price) == ("", None)
