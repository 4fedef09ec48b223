"""What a check-up tells of something sensitive without naming it: a tick, a finding of the mind."""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.checkups.tables import TABLE
from hssk.exchange.formats.claims_xml.model import Claim
from hssk.kit.text import fold

# tick → the illness of ICD-10 that it tells, in the terms of the table of labels
_TELLS = {
    "TSBT_BENH_TAM_THAN": "F99", "TSBT_NGHIEN_RUOU": "F10", "TSBT_RUOU_THUONG_XUYEN": "F10",
    "TSBT_MA_TUY": "F19", "NGUY_CO_TU_KY": "F84",
}  # fmt: skip
_OF_THE_MIND = ("NOI_KHOA_TAM_THAN", "NHI_KHOA_TAM_THAN")
_NOTHING = ("binh thuong", "khong", "chua", "on dinh")
_FOUND = ("duong tinh", "(+)", "positive")


def told_by_ticks(claim: Claim) -> Iterator[tuple[str, str]]:
    """(kind, text) that may be sensitive, besides the texts of the check-up themselves."""
    for row in claim.tables.get(TABLE, ()):
        yield from (("icd", code) for tag, code in _TELLS.items() if row[tag] == "1")
        minds = [fold(row[tag]).lower() for tag in _OF_THE_MIND if row[tag]]
        if any(not text.startswith(_NOTHING) for text in minds):
            yield "icd", "F99"
        if any(word in fold(row["KQ_XN_MA_TUY"]).lower() for word in _FOUND):
            yield "icd", "F19"
