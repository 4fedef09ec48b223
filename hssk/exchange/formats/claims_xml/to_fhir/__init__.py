"""A claim as FHIR R4: what it says of the person's health; not whose it is, nor what it cost."""

from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.to_fhir import (
    checkup,
    leaves,
    xml1,
    xml2,
    xml3,
    xml4,
    xml5,
    xml7,
    xml8,
    xml9,
    xml13,
    xml14,
)
from hssk.exchange.formats.claims_xml.to_fhir.visit import IcdNames, Made, Visit
from hssk.exchange.formats.claims_xml.to_fhir.xml9 import Birth, births_of

__all__ = ["MAPPINGS", "Birth", "IcdNames", "Made", "births_of", "hints_of", "resources_of"]

# tag → where it is found, for each table of a claim that makes resources
MAPPINGS = {
    "XML1": xml1.MAPPING,
    "XML2": xml2.MAPPING,
    "XML3": xml3.MAPPING,
    "XML4": xml4.MAPPING,
    "XML5": xml5.MAPPING,
    "XML7": xml7.MAPPING,
    "XML8": xml8.MAPPING,
    "XML9": xml9.MAPPING,
    "XML10": leaves.MAPPING_10,
    "XML11": leaves.MAPPING_11,
    "XML13": xml13.MAPPING,
    "XML14": xml14.MAPPING,
}
_MAKERS = (
    xml1.made_of,
    xml2.made_of,
    xml3.made_of,
    xml4.made_of,
    xml5.made_of,
    xml7.made_of,
    xml8.made_of,
    xml9.made_of,
    leaves.made_of_10,
    leaves.made_of_11,
    xml13.made_of,
    xml14.made_of,
    checkup.made_of,
)


def resources_of(claim: Claim, *, icd: IcdNames | None = None) -> list[Made]:
    """All resources of a claim, in the order of its tables; XML0, 6 and 15 make none.

    icd  gives a code of illness its Vietnamese name; codes it does not know are kept all the same

    References between the resources resolve; the person is always Patient/self.
    """
    visit = Visit(claim, icd)
    return [made for maker in _MAKERS for made in maker(visit)]


def hints_of(claim: Claim) -> frozenset[str]:
    """What besides codes of illness makes the whole visit sensitive: "hiv" (there is an XML6, or an
    XML15 tells since when it is known or treated), "tuberculosis" (an XML15), "pregnancy_ended"
    (MA_DINH_CHI_THAI 1), "child_died" (XML8), "violence" and "suicide" (MA_TAI_NAN 5 and 6)."""
    tables = claim.tables
    papers = [*tables.get("XML7", ()), *tables.get("XML11", ())]
    injuries = {row["MA_TAI_NAN"].lstrip("0") for row in tables.get("XML1", ())}
    found = {
        "hiv": bool(tables.get("XML6"))
        or any(row["NGAYKD_HIV"] or row["BDDT_ARV"] for row in tables.get("XML15", ())),
        "tuberculosis": bool(tables.get("XML15")),
        "pregnancy_ended": any(row["MA_DINH_CHI_THAI"] == "1" for row in papers),
        "child_died": any(row["NGAY_CONCHET"] for row in tables.get("XML8", ())),
        "violence": "5" in injuries,
        "suicide": "6" in injuries,
    }
    return frozenset(hint for hint, there in found.items() if there)
