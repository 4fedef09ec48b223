"""What a claim says of the person it is about, and whether the name is the person's own."""

import re
from dataclasses import dataclass
from datetime import date

from hssk.exchange.formats.claims_xml.checkups.counted import is_checkup
from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.values import Card, birth_of, cards_of, day_of
from hssk.kit.dates import DAY, PartialDate
from hssk.kit.text import fold
from hssk.people.rules.identifiers import (
    CMND,
    PID,
    UNKNOWN,
    Number,
    classify_number,
    pid_facts,
)

NEWBORN = 28  # days
_CHILDS = re.compile(r"TE\d{13}", re.ASCII)  # a card for those below six
_BEARERS = re.compile(r"[A-Z]{2}\d{13}", re.ASCII)  # a card that tells for whom it is
# How a child that was left behind is entered, or whoever cannot tell who they are: under the
# facility's name, or under words that say that there is none.
_NOBODY = re.compile(
    r"(benh vien|trung tam|tram y te|tram xa|phong kham|nha ho sinh|co so|bv ?(dk)?|ttyt|tyt)\b"
    r"|.*\b(vo danh|bo roi|unknown)\b"
    r"|\W*$"
)
_NO_NAME = re.compile(
    r"(.*\s)?(khong|chua) ((ro|xac dinh)$|((ro|biet|co|dat|xac dinh) )?(ho )?(va )?ten\b"
    r"|(ro|biet|xac dinh) (danh|nhan|lai)\b)"
)
_NO = ("không", "chưa")  # and not Khổng and Chua, which are people's names


@dataclass(frozen=True, slots=True)
class Identity:
    """The person as the claim says. "" and None where it does not say.

    sex        1 male, 2 female, 0 not told or undetermined
    number     SO_CCCD as it stands; the annex lets it be a personal number, an old card, a passport
    pid, cmnd  the same where it has the form of a personal number (12 digits) or an old card (9);
               the zero that software lost before it is given back, and a filler is no number
    cards      the person's own: not a parent's that a newborn was entered with
    phone      0xxxxxxxxx, often a relative's; never an identifier
    province, district, commune  codes as they stood on `on`; the district is not to be relied on
    patient_code  the facility's own number of the patient; it means nothing elsewhere
    newborn_under_parent  at most 28 days old and without a card of its own: the name is a
               parent's, and so is the number; one that has its card has no parent's number here
    nameless   the name is a facility's, or says that there is none
    """

    name: str
    birth: PartialDate | None
    sex: int
    number: str
    pid: str
    cmnd: str
    cards: tuple[Card, ...]
    phone: str
    address: str
    province: str
    district: str
    commune: str
    ethnicity: str
    nationality: str
    occupation: str
    patient_code: str
    on: date | None
    newborn_under_parent: bool
    nameless: bool

    @property
    def may_match_by_name(self) -> bool:
        """Whether the name is the person's own, so that people may be compared by it.

        Source: TT 30/2020/TT-BYT, article 10: a newborn without a card is entered under the name of
        mother, father or guardian, an abandoned one under the facility's.
        """
        return bool(self.name) and not (self.newborn_under_parent or self.nameless)


def identity_of(claim: Claim) -> Identity | None:
    """What XML1 says of the person, or XML0 where there is only a check-in; None without both."""
    row = next((rows[0] for table in ("XML1", "XML0") if (rows := claim.tables.get(table))), None)
    if row is None:
        return None
    said = row.get  # XML0 has fewer tags
    number = classify_number(row["SO_CCCD"])
    birth, on = birth_of(row["NGAY_SINH"]), day_of(row["NGAY_VAO"])
    cards, under_parent = cards_of(row), False
    of_visit = not is_checkup(claim)  # which has its own place for who came with a child
    if of_visit and birth and _is_newborn(birth, on, day_of(said("NGAY_RA", ""))):
        borrowed = _is_grown_ups(number, birth)
        cards = _own(cards, borrowed=borrowed)
        under_parent = not cards
        if borrowed and not under_parent:
            number = Number(UNKNOWN, "")
    return Identity(
        name=row["HO_TEN"],
        birth=birth,
        sex={"1": 1, "2": 2}.get(row["GIOI_TINH"], 0),
        number=row["SO_CCCD"],
        pid=number.value if number.kind == PID else "",
        cmnd=number.value if number.kind == CMND else "",
        cards=cards,
        phone=_phone(said("DIEN_THOAI", "")),
        address=said("DIA_CHI", ""),
        province=said("MATINH_CU_TRU", ""),
        district=said("MAHUYEN_CU_TRU", ""),
        commune=said("MAXA_CU_TRU", ""),
        ethnicity=said("MA_DANTOC", ""),
        nationality=said("MA_QUOCTICH", ""),
        occupation=said("MA_NGHE_NGHIEP", ""),
        patient_code=row["MA_BN"],
        on=on,
        newborn_under_parent=under_parent,
        nameless=_is_nobodys(row["HO_TEN"]),
    )


def _is_nobodys(name: str) -> bool:
    folded, small = fold(name), name.lower()
    if _NOBODY.match(folded):
        return True
    says_no = name.isascii() or any(word in small for word in _NO)
    return says_no and bool(_NO_NAME.match(folded))


def _is_newborn(birth: PartialDate, on: date | None, ended: date | None) -> bool:
    """Whether somebody was at most 28 days old on the day of a visit, or born while it lasted: of
    a birth in the house software tells the day on which the mother came."""
    if on is None or birth.precision != DAY:
        return False
    return (on - birth.value).days <= NEWBORN and birth.value <= max(on, ended or on)


def _is_grown_ups(number: Number, birth: PartialDate) -> bool:
    """Whether a number cannot be of a child born then: an old card, or made for another year."""
    told = pid_facts(number.value)
    return number.kind == CMND or (told is not None and told.birth_year != birth.value.year)


def _own(cards: tuple[Card, ...], *, borrowed: bool) -> tuple[Card, ...]:
    """The cards of a newborn that may be its own: a card that tells for whom it is is one for
    small children, and one that does not is a parent's where the number is a parent's."""
    return tuple(
        card for card in cards
        if _CHILDS.fullmatch(card.number) or not (borrowed or _BEARERS.fullmatch(card.number))
    )  # fmt: skip


def _phone(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"84\d{9}", digits):
        digits = "0" + digits[2:]
    elif re.fullmatch(r"[35789]\d{8}", digits):  # a number where it should be text: QĐ 130
        digits = "0" + digits
    return digits if re.fullmatch(r"0\d{9}", digits) else ""
