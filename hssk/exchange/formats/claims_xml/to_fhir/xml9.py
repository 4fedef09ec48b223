"""XML9, the certificate of birth → a document of the mother's visit: a child was born, when, of
what sex and weight. Names and numbers of child and parents stay out: they are not of her record.

`births_of` is all that a certificate says; by it the child is opened or found, apart from the
record of the mother (`certified`, docs/decisions/0042).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.to_fhir.documents import document
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.to_fhir.xml7 import readable
from hssk.exchange.formats.claims_xml.values import Moment, birth_of, decimal_of, moment
from hssk.kit.dates import PartialDate

_TEXT = "DocumentReference.content.attachment.data"
MAPPING = {
    "NGAY_SINH_CON": _TEXT,
    "GIOI_TINH_CON": _TEXT,
    "CAN_NANG_CON": _TEXT,
    "TINH_TRANG_CON": _TEXT,
    "SINHCON_PHAUTHUAT": _TEXT,
    "SINHCON_DUOI32TUAN": _TEXT,
    "SO_CON": _TEXT,
    "LAN_SINH": _TEXT,
    "SO_CON_SONG": _TEXT,
    "NGAY_CT": "DocumentReference.content.attachment.creation",
}
_SEXES = {"1": "Nam", "2": "Nữ"}
_ANSWERS = {"1": "Có", "0": "Không"}


def made_of(visit: Visit) -> Iterator[Made]:
    """One document for each child born."""
    for line, row in visit.lines("XML9"):
        weight, sex = row["CAN_NANG_CON"], row["GIOI_TINH_CON"]
        caesarean, early = row["SINHCON_PHAUTHUAT"], row["SINHCON_DUOI32TUAN"]
        said = [
            ("Con sinh lúc", readable(row["NGAY_SINH_CON"])),
            ("Giới tính của con", _SEXES.get(sex, sex)),
            ("Cân nặng của con", f"{weight} g" if weight else ""),
            ("Tình trạng của con", row["TINH_TRANG_CON"]),
            ("Phẫu thuật lấy thai", _ANSWERS.get(caesarean, caesarean)),
            ("Sinh con dưới 32 tuần", _ANSWERS.get(early, early)),
            ("Số con lần này", row["SO_CON"]),
            ("Lần sinh", row["LAN_SINH"]),
            ("Số con hiện sống", row["SO_CON_SONG"]),
        ]
        yield document(visit, "XML9", line, "Giấy chứng sinh", said, on=row["NGAY_CT"])


@dataclass(frozen=True, slots=True)
class Birth:
    """One child born. "" and None where the certificate does not say.

    child_sex      1 male, 2 female, 0 not told
    weight         grams
    children, living_children, pregnancies  SO_CON, SO_CON_SONG, LAN_SINH as written
    mother_number  SO_CCCD_NND, of a kind the certificate does not tell
    temporary_card the child's card until it has its own
    """

    line: int
    child_name: str
    child_sex: int
    born: Moment | None
    birthplace: str
    weight: Decimal | None
    condition: str
    children: str
    living_children: str
    pregnancies: str
    caesarean: bool
    before_32_weeks: bool
    temporary_card: str
    mother_name: str
    mother_birth: PartialDate | None
    mother_number: str
    mother_bhxh: str
    mother_card: str
    mother_ethnicity: str
    mother_address: str
    province: str
    commune: str
    father_name: str
    certificate: str
    book: str
    signed_on: Moment | None


def births_of(claim: Claim) -> list[Birth]:
    """The births a claim certifies, one for each child; empty for most claims."""
    return [
        Birth(
            line=line,
            child_name=row["HO_TEN_CON"],
            child_sex={"1": 1, "2": 2}.get(row["GIOI_TINH_CON"], 0),
            born=moment(row["NGAY_SINH_CON"]),
            birthplace=row["NOI_SINH_CON"],
            weight=decimal_of(row["CAN_NANG_CON"]),
            condition=row["TINH_TRANG_CON"],
            children=row["SO_CON"],
            living_children=row["SO_CON_SONG"],
            pregnancies=row["LAN_SINH"],
            caesarean=row["SINHCON_PHAUTHUAT"] == "1",
            before_32_weeks=row["SINHCON_DUOI32TUAN"] == "1",
            temporary_card=row["MA_THE_TAM"],
            mother_name=row["HO_TEN_NND"],
            mother_birth=birth_of(row["NGAYSINH_NND"]),
            mother_number=row["SO_CCCD_NND"],
            mother_bhxh=row["MA_BHXH_NND"],
            mother_card=row["MA_THE_NND"],
            mother_ethnicity=row["MA_DANTOC_NND"],
            mother_address=row["NOI_CU_TRU_NND"],
            province=row["MATINH_CU_TRU"],
            commune=row["MAXA_CU_TRU"],
            father_name=row["HO_TEN_CHA"],
            certificate=row["SO"],
            book=row["QUYEN_SO"],
            signed_on=moment(row["NGAY_CT"]),
        )
        for line, row in enumerate(claim.tables.get("XML9", ()), 1)
    ]
