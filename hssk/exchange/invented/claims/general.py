"""Tables 1 and 0: the visit as a whole, and the check-in."""

from dataclasses import dataclass
from datetime import timedelta

from ..lives import Visit
from ..lives.catalogue import HOSPITAL, STATION
from .money import Cover
from .stamps import day, head_of, moment
from .who import Patient

Row = dict[str, str]
# Codes of traditional medicine in the shape of QĐ 6552/2018; not looked up
_TRADITIONAL = {"M54.5": "U62.392.3", "M17.9": "U62.191.2"}
_SHARES = {"1": 100, "2": 100, "3": 95, "4": 80, "5": 100}


@dataclass(frozen=True, slots=True)
class Context:
    """What every table of one claim is written from."""

    visit: Visit
    patient: Patient
    cover: Cover

    @property
    def icd(self) -> str:
        """Codes of the companions, at most twelve."""
        return ";".join(d.code for d in self.visit.diagnoses[1:13])

    @property
    def words(self) -> str:
        """All diagnoses in words."""
        return "; ".join(f"{d.code} - {d.name}" for d in self.visit.diagnoses)

    @property
    def number(self) -> int:
        """A number that is the visit's own, for papers and doctors."""
        return int(self.visit.key[-7:])


def cover_of(visit: Visit, patient: Patient) -> Cover:
    """MUC_HUONG: by the card; whole at a station and for newborns; none without a card."""
    if visit.is_newborn:
        return Cover(100)
    if not patient.card:
        return Cover(0)
    return Cover(100 if visit.facility.level == STATION else _SHARES[patient.newest_card[2]])


def object_code(visit: Visit, patient: Patient) -> str:
    """MA_DOITUONG_KCB, the first that fits (QĐ 3276/2025)."""
    rules = (
        (visit.is_newborn, "1.7"),
        (not patient.card, "9"),
        (visit.kind == "07", "7"),
        (visit.emergency, "2"),
        (patient.registered.split(";")[-1] == visit.facility.code, "1.1"),
        (visit.facility.level == STATION, "1.2"),
        (bool(visit.referred_from), "1.3"),
        (visit.facts.get("step", "0") != "0", "1.5"),
        (patient.area == "K1", "3.6"),
        (visit.facility.level == HOSPITAL, "1.17"),
        (visit.is_stay, "1.15"),
    )
    return next((code for fits, code in rules if fits), "1.12")


def days_treated(visit: Visit) -> int:
    """SO_NGAY_DTRI by kind of visit."""
    if visit.kind in ("01", "07", "09"):
        return 0
    if visit.kind == "05":
        return max((p.days for p in visit.prescriptions), default=0)
    if visit.kind == "08":
        return len({p.ordered.date() for p in visit.services})
    return (visit.end.date() - visit.arrival.date()).days + 1


def table1(c: Context, sums: Row) -> Row:
    """TONG_HOP: 66 fields."""
    visit, p = c.visit, c.patient
    operations = ";".join(dict.fromkeys(s.service.icd9 for s in visit.services if s.service.icd9))
    return {
        **_person(c),
        "STT": "1",
        "NHOM_MAU": p.blood,
        "MA_QUOCTICH": p.nation,
        "MA_DANTOC": p.people,
        "MA_NGHE_NGHIEP": p.work,
        "DIA_CHI": p.address,
        "MATINH_CU_TRU": p.province,
        "MAHUYEN_CU_TRU": p.district,
        "MAXA_CU_TRU": p.commune,
        "DIEN_THOAI": p.phone,
        "NGAY_MIEN_CCT": _free_of_sharing(c),
        "LY_DO_VV": visit.complaint,
        "LY_DO_VNT": f"{visit.complaint}, cần theo dõi" if visit.is_stay else "",
        "MA_LY_DO_VNT": "01" if visit.is_stay else "",
        "CHAN_DOAN_VAO": visit.main.name,
        "CHAN_DOAN_RV": c.words,
        "MA_BENH_CHINH": visit.main.code,
        "MA_BENH_KT": c.icd,
        "MA_BENH_YHCT": _TRADITIONAL.get(visit.main.code, "") if visit.ward == "K16" else "",
        "MA_PTTT_QT": operations,
        "MA_DOITUONG_KCB": object_code(visit, p),
        "MA_NOI_DI": visit.referred_from,
        "MA_NOI_DEN": visit.referral.to if visit.referral else "",
        "MA_TAI_NAN": visit.accident,
        **_times(c),
        **sums,
        **_rest(c),
    }


def _free_of_sharing(c: Context) -> str:
    """A few have paid their share of the year already, after five years insured."""
    year = c.patient.five_years and c.visit.closed.year
    return f"{year}02010000" if year and c.number % 40 == 0 else ""


def _person(c: Context) -> Row:
    p = c.patient
    return {
        "MA_LK": c.visit.key,
        "MA_BN": p.code,
        "HO_TEN": p.name,
        "SO_CCCD": p.pid,
        "NGAY_SINH": p.birth,
        "GIOI_TINH": p.sex,
        "MA_THE_BHYT": p.card,
        "MA_DKBD": p.registered,
        "GT_THE_TU": p.card_from,
        "GT_THE_DEN": p.card_to,
    }


def _times(c: Context) -> Row:
    visit = c.visit
    came_with = f"CT{c.number:07d}" if visit.referred_from else ""
    return {
        "NGAY_VAO": moment(visit.arrival),
        "NGAY_VAO_NOI_TRU": moment(visit.admitted) if visit.admitted else "",
        "NGAY_RA": moment(visit.end),
        "GIAY_CHUYEN_TUYEN": came_with,
        "SO_NGAY_DTRI": str(days_treated(visit)),
        "PP_DIEU_TRI": visit.treatment,
        "KET_QUA_DTRI": visit.outcome,
        "MA_LOAI_RV": visit.departure,
        "GHI_CHU": visit.advice,
        "NGAY_TTOAN": moment(visit.closed + timedelta(minutes=10)),
    }


def _rest(c: Context) -> Row:
    visit = c.visit
    return {
        "NAM_QT": str(visit.closed.year),
        "THANG_QT": f"{visit.closed.month:02d}",
        "MA_LOAI_KCB": visit.kind,
        "MA_KHOA": visit.ward,
        "MA_CSKCB": visit.facility.code,
        "MA_KHUVUC": c.patient.area,
        "CAN_NANG": f"{visit.vitals.weight:.2f}",
        "CAN_NANG_CON": ";".join(str(child.weight) for child in visit.newborns),
        "NAM_NAM_LIEN_TUC": c.patient.five_years,
        "NGAY_TAI_KHAM": day(visit.appointment) if visit.appointment else "",
        "MA_HSBA": f"BA{c.number:07d}",
        "MA_TTDV": head_of(visit.facility.code),
        "DU_PHONG": "",
    }


def table0(c: Context, one: Row) -> Row:
    """The check-in that a facility sends while the patient waits: 26 fields."""
    visit = c.visit
    exam = next((s for s in visit.services if s.service.group == "13"), None)
    drug = visit.prescriptions[0].medicine if visit.is_stay and visit.prescriptions else None
    thing = visit.materials[0].material if visit.is_stay and visit.materials else None
    return {
        **_person(c),
        "STT": "1",
        "MA_DOITUONG_KCB": one["MA_DOITUONG_KCB"],
        "NGAY_VAO": one["NGAY_VAO"],
        "NGAY_VAO_NOI_TRU": one["NGAY_VAO_NOI_TRU"],
        "LY_DO_VNT": one["LY_DO_VNT"],
        "MA_LY_DO_VNT": one["MA_LY_DO_VNT"],
        "MA_LOAI_KCB": visit.kind,
        "MA_CSKCB": visit.facility.code,
        "MA_DICH_VU": exam.service.code if exam else "",
        "TEN_DICH_VU": exam.service.name if exam else "",
        "MA_THUOC": drug.code if drug else "",
        "TEN_THUOC": drug.name if drug else "",
        "MA_VAT_TU": thing.code if thing else "",
        "TEN_VAT_TU": thing.name if thing else "",
        "NGAY_YL": moment(exam.ordered if exam else visit.arrival),
    }
