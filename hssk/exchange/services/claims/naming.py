"""What claims call things, in words."""

from hssk.exchange.formats.claims_xml.to_fhir.systems import KINDS


def kind_of_visit(code: str) -> str:
    """What a kind of visit (MA_LOAI_KCB, two digits) is called; "" for a code of no list.

    Source: QĐ 5937/QĐ-BYT (2021), QĐ 1804/QĐ-BYT (2026).
    """
    return KINDS[code][1] if code in KINDS else ""
