"""XML9, the certificate of birth → what links a newborn to the mother. No resource: until somebody
has said which person the child is, there is no record to put one in."""

from dataclasses import dataclass
from decimal import Decimal

from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.values import Moment, birth_of, decimal_of, moment
from hssk.kit.dates import PartialDate


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
