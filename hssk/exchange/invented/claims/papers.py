"""The papers that go with a visit: tables 7, 8, 10, 11, 13 and 14."""

from datetime import timedelta

from .general import Context, Row
from .stamps import day, doctor, doctors_name, head_of

_FROM_TABLE_1 = [
    "HO_TEN",
    "NGAY_SINH",
    "GIOI_TINH",
    "DIA_CHI",
    "MA_THE_BHYT",
    "GT_THE_DEN",
    "NGAY_VAO",
    "NGAY_VAO_NOI_TRU",
    "NGAY_RA",
    "CHAN_DOAN_RV",
    "MA_BENH_CHINH",
    "MA_BENH_KT",
    "MA_BENH_YHCT",
]


def _signed(c: Context) -> Row:
    code = c.visit.facility.code
    return {
        "MA_LK": c.visit.key,
        "MA_TTDV": head_of(code),
        "NGAY_CT": day(c.visit.closed),
        "DU_PHONG": "",
    }


def _doctor(c: Context) -> Row:
    return {
        "MA_BS": doctor(c.visit.facility.code, c.number),
        "TEN_BS": doctors_name(c.number),
    }


def _workplace(c: Context) -> str:
    return "Hợp tác xã Bịa Đặt" if c.patient.newest_card.startswith("DN") else ""


def table7(c: Context, one: Row) -> Row:
    """Paper of discharge: 26 fields."""
    visit, p, leave = c.visit, c.patient, c.visit.leave
    ended = visit.ended_pregnancy
    return {
        **_signed(c),
        **_doctor(c),
        "SO_LUU_TRU": f"LT{c.number:07d}",
        "MA_YTE": p.code,
        "MA_KHOA_RV": visit.ward,
        "NGAY_VAO": one["NGAY_VAO"],
        "NGAY_RA": one["NGAY_RA"],
        "MA_DINH_CHI_THAI": "1" if ended else "0",
        "NGUYENNHAN_DINHCHI": ended,
        "THOIGIAN_DINHCHI": one["NGAY_RA"] if ended else "",
        "TUOI_THAI": str(visit.weeks) if ended else "",
        "CHAN_DOAN_RV": one["CHAN_DOAN_RV"],
        "PP_DIEUTRI": visit.treatment,
        "GHI_CHU": visit.advice,
        "MA_CHA": p.fathers_number,
        "MA_ME": p.mothers_number,
        "MA_THE_TAM": p.temporary_card,
        "HO_TEN_CHA": p.father,
        "HO_TEN_ME": p.mother,
        "SO_NGAY_NGHI": str(leave.days) if leave else "",
        "NGOAITRU_TUNGAY": day(leave.first) if leave else "",
        "NGOAITRU_DENNGAY": day(leave.last) if leave else "",
    }


def table8(c: Context, one: Row) -> Row:
    """Summary of the case: 22 fields."""
    visit, p = c.visit, c.patient
    return {
        **_signed(c),
        "MA_LOAI_KCB": visit.kind,
        "HO_TEN_CHA": p.father,
        "HO_TEN_ME": p.mother,
        "NGUOI_GIAM_HO": p.mother or p.father,
        "DON_VI": _workplace(c),
        "NGAY_VAO": one["NGAY_VAO"],
        "NGAY_RA": one["NGAY_RA"],
        "CHAN_DOAN_VAO": one["CHAN_DOAN_VAO"],
        "CHAN_DOAN_RV": one["CHAN_DOAN_RV"],
        "QT_BENHLY": visit.history,
        "TOMTAT_KQ": summary(c),
        "PP_DIEUTRI": visit.treatment,
        "NGAY_SINHCON": "",
        "NGAY_CONCHET": "",
        "SO_CONCHET": "",
        "KET_QUA_DTRI": visit.outcome,
        "GHI_CHU": visit.advice,
        "MA_THE_TAM": p.temporary_card,
    }


def summary(c: Context) -> str:
    """Results outside their range, in one line."""
    told = [f"{r.index.name}: {r.value} {r.index.unit}".strip() for r in c.visit.results]
    strange = [t for t, r in zip(told, c.visit.results, strict=True) if r.abnormal]
    return "; ".join(strange or told[:3]) or "Không làm cận lâm sàng"


def table10(c: Context, one: Row) -> Row:
    """Leave in pregnancy: 13 fields; SO_NGAY is the last day less the first."""
    leave = c.visit.leave
    assert leave is not None
    return {
        **_signed(c),
        **_doctor(c),
        "SO_SERI": f"DT{c.number:07d}",
        "SO_CT": f"DT-{c.number % 10000}",
        "SO_NGAY": str(leave.days - 1),
        "DON_VI": _workplace(c),
        "CHAN_DOAN_RV": one["CHAN_DOAN_RV"],
        "TU_NGAY": day(leave.first),
        "DEN_NGAY": day(leave.last),
    }


def table11(c: Context, one: Row) -> Row:
    """Leave for who is insured through work: 23 fields."""
    visit, p, leave = c.visit, c.patient, c.visit.leave
    assert leave is not None
    return {
        **_signed(c),
        "MA_BS": doctor(visit.facility.code, c.number),
        "SO_CT": f"NV-{c.number % 10000}",
        "SO_SERI": f"NV{c.number:07d}",
        "SO_KCB": f"KCB{c.number % 100000}",
        "DON_VI": _workplace(c),
        "MA_BHXH": p.insurance_number,
        "MA_THE_BHYT": p.card,
        "CHAN_DOAN_RV": one["CHAN_DOAN_RV"],
        "PP_DIEUTRI": visit.treatment,
        "MA_DINH_CHI_THAI": "1" if visit.ended_pregnancy else "0",
        "NGUYENNHAN_DINHCHI": visit.ended_pregnancy,
        "TUOI_THAI": str(visit.weeks) if visit.ended_pregnancy else "",
        "SO_NGAY_NGHI": str(leave.days),
        "TU_NGAY": day(leave.first),
        "DEN_NGAY": day(leave.last),
        "HO_TEN_CHA": "",
        "HO_TEN_ME": "",
        "MA_THE_TAM": p.temporary_card,
        "MAU_SO": "CT07",
    }


def table13(c: Context, one: Row) -> Row:
    """Paper of referral: the fields of QĐ 4750 and, beside them, those that QĐ 3176 renamed."""
    visit, sent = c.visit, c.visit.referral
    assert sent is not None
    names = list(dict.fromkeys(s.service.name for s in visit.services))
    drugs = list(dict.fromkeys(p.medicine.name for p in visit.prescriptions))
    shared = (*_FROM_TABLE_1, "MA_QUOCTICH", "MA_DANTOC", "MA_NGHE_NGHIEP", "MA_LOAI_RV")
    signed = {tag: text for tag, text in _signed(c).items() if tag != "NGAY_CT"}
    return {
        **signed,
        **{tag: one[tag] for tag in shared},
        "SO_HOSO": one["MA_HSBA"],
        "SO_CHUYENTUYEN": str(c.number % 1000),
        "GIAY_CHUYEN_TUYEN": f"CT{c.number:07d}",
        "MA_CSKCB": visit.facility.code,
        "MA_NOI_DI": one["MA_NOI_DI"],
        "MA_CSKCB_DI": one["MA_NOI_DI"],
        "MA_NOI_DEN": sent.to,
        "MA_CSKCB_DEN": sent.to,
        "DAU_HIEU_LS": sent.signs,
        "QT_BENHLY": visit.history,
        "TOMTAT_KQ": summary(c),
        "PP_DIEUTRI": visit.treatment,
        "PP_DIEU_TRI": visit.treatment,
        "TINH_TRANG_CT": sent.signs,
        "TEN_DICH_VU": "; ".join(names),
        "TEN_THUOC": "; ".join(drugs),
        "MA_LYDO_CT": "2" if sent.asked else "1",
        "HUONG_DIEU_TRI": sent.direction,
        "PHUONGTIEN_VC": sent.transport,
        "HOTEN_NGUOI_HT": "Người Hộ Tống Giả Định" if sent.escort else "",
        "CHUCDANH_NGUOI_HT": sent.escort,
        "MA_BAC_SI": doctor(visit.facility.code, c.number),
    }


def table14(c: Context, one: Row) -> Row:
    """Paper of an appointment: 22 fields."""
    visit = c.visit
    assert visit.appointment is not None
    return {
        **_signed(c),
        **{tag: one[tag] for tag in (*_FROM_TABLE_1, "MA_DOITUONG_KCB")},
        "SO_GIAYHEN_KL": f"HK{c.number:07d}",
        "MA_CSKCB": visit.facility.code,
        "NGAY_HEN_KL": f"{day(visit.appointment)}0800",
        "MA_BAC_SI": doctor(visit.facility.code, c.number),
    }


def in_time(c: Context) -> bool:
    """Whether an appointment still lies ahead when the visit closes."""
    ahead = c.visit.appointment
    return ahead is not None and ahead > c.visit.closed + timedelta(hours=12)
