"""Exactly one main illness, at most twelve others, all of the edition in force.

Whether a code is of its edition is for the caller to say: the lists are not of this package.
Source: QĐ 130/QĐ-BYT, MA_BENH_CHINH and MA_BENH_KT; TT 06/2026/TT-BYT by the end of the visit.
"""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.to_fhir.systems import edition_on
from hssk.exchange.formats.claims_xml.to_fhir.visit import IcdNames
from hssk.exchange.formats.claims_xml.values import day_of, icd_code, items

MOST = 12


def check(claim: Claim, icd: IcdNames | None) -> Iterator[Finding]:
    """Findings about the codes of illness of XML1."""
    for line, row in enumerate(claim.tables.get("XML1", ()), 1):
        main, others = items(row["MA_BENH_CHINH"]), items(row["MA_BENH_KT"])
        if len(main) > 1:
            yield finding("one_main", "XML1", line, "MA_BENH_CHINH", count=len(main))
        if len(others) > MOST:
            yield finding("too_many_companions", "XML1", line, "MA_BENH_KT", count=len(others))
        codes = {icd_code(text) or text for text in main}
        for text in others:
            if (icd_code(text) or text) in codes:
                yield finding("main_repeated", "XML1", line, "MA_BENH_KT", value=text)
        edition = edition_on(day_of(row["NGAY_RA"]) or day_of(row["NGAY_VAO"]))
        for tag, texts in (("MA_BENH_CHINH", main), ("MA_BENH_KT", others)):
            for text in texts:
                code = icd_code(text)
                if not code:
                    yield finding("icd_shape", "XML1", line, tag, value=text)
                elif icd is not None and icd(code, edition) is None:
                    yield finding("icd_unknown", "XML1", line, tag, value=code)
