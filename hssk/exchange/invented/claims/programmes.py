"""Tables of births and programmes: 9 birth certificates, 6 HIV, 15 tuberculosis."""

from datetime import date, timedelta

from ..lives import Folk
from ..lives.shapes import Newborn
from .general import Context, Row
from .stamps import day, doctors_name, head_of, moment


def table9(c: Context, folk: Folk) -> list[Row]:
    """One certificate a child: 35 fields each."""
    return [_mother(c) | _child(c, child, folk) for child in c.visit.newborns]


def _mother(c: Context) -> Row:
    p = c.patient
    issued = date(2021, 5, 1) + timedelta(c.visit.person % 600)
    return {
        "MA_LK": c.visit.key,
        "MA_BHXH_NND": p.insurance_number,
        "MA_THE_NND": p.newest_card,
        "HO_TEN_NND": p.name,
        "NGAYSINH_NND": p.birth[:8],
        "MA_DANTOC_NND": p.people,
        "SO_CCCD_NND": p.pid,
        "NGAYCAP_CCCD_NND": day(issued) if p.pid else "",
        "NOICAP_CCCD_NND": "Cục Cảnh sát QLHC về TTXH" if p.pid else "",
        "NOI_CU_TRU_NND": p.address,
        "MA_QUOCTICH": p.nation,
        "MATINH_CU_TRU": p.province,
        "MAHUYEN_CU_TRU": p.district,
        "MAXA_CU_TRU": p.commune,
    }


def _child(c: Context, child: Newborn, folk: Folk) -> Row:
    """The child may have no name yet; each has a number of its own in the book."""
    visit, born = c.visit, folk[child.child]
    return {
        "HO_TEN_CHA": folk[born.father].name if born.father is not None else "",
        "MA_THE_TAM": f"TE112{child.child % 10**10:010d}",
        "HO_TEN_CON": born.name if c.number % 3 else "",
        "GIOI_TINH_CON": str(child.sex),
        "SO_CON": str(len(visit.newborns)),
        "LAN_SINH": visit.facts.get("order", "1"),
        "SO_CON_SONG": str(_living(c, folk)),
        "CAN_NANG_CON": str(child.weight),
        "NGAY_SINH_CON": moment(child.born),
        "NOI_SINH_CON": visit.facility.name,
        "TINH_TRANG_CON": child.state,
        "SINHCON_PHAUTHUAT": "1" if child.caesarean else "0",
        "SINHCON_DUOI32TUAN": "1" if child.weeks < 32 else "0",
        "GHI_CHU": "",
        "NGUOI_DO_DE": doctors_name(c.number + 1),
        "NGUOI_GHI_PHIEU": doctors_name(c.number + 2),
        "NGAY_CT": day(visit.closed),
        "SO": f"{c.number % 100000:05d}{child.number}",
        "QUYEN_SO": f"{visit.closed.year}/01",
        "MA_TTDV": head_of(visit.facility.code),
        "DU_PHONG": "",
    }


def _living(c: Context, folk: Folk) -> int:
    """Children of the mother alive when the paper is written."""
    on = c.visit.closed.date()
    children = [folk[index] for index in folk[c.visit.person].children]
    return sum(p.born <= on and (p.died is None or p.died > on) for p in children)


def table6(c: Context) -> list[Row]:
    """HIV care: 47 fields, what no programme told is empty."""
    visit, p = c.visit, c.patient
    step = int(visit.facts.get("step", "0"))
    begun = visit.arrival.date() - timedelta(step * 30)
    facility, drug = visit.facility.code, visit.prescriptions[0]
    row = {
        **_viral_load(c),
        "MA_LK": visit.key,
        "MA_THE_BHYT": p.card,
        "SO_CCCD": p.pid,
        "NGAY_SINH": p.birth,
        "GIOI_TINH": p.sex,
        "DIA_CHI": p.address,
        "MATINH_CU_TRU": p.province,
        "MAHUYEN_CU_TRU": p.district,
        "MAXA_CU_TRU": p.commune,
        "NGAYKD_HIV": day(begun - timedelta(20)),
        "NOI_LAY_MAU_XN": facility,
        "NOI_XN_KD": facility,
        "NOI_BDDT_ARV": facility,
        "BDDT_ARV": day(begun),
        "MA_PHAC_DO_DIEU_TRI_BD": drug.medicine.code,
        "MA_BAC_PHAC_DO_BD": "1",
        "MA_LYDO_DTRI": "1",
        "SANG_LOC_LAO": "0",
        "MA_LOAI_BN": "1",
        "GIAI_DOAN_LAM_SANG": "1",
        "NHOM_DOI_TUONG": "1",
        "MA_PHAC_DO_DIEU_TRI": drug.medicine.code,
        "MA_BAC_PHAC_DO": "1",
        "SO_NGAY_CAP_THUOC_ARV": str(drug.days),
        "MA_CSKCB": facility,
    }
    return [row]


def _viral_load(c: Context) -> Row:
    load = next((r for r in c.visit.results if r.index.key == "hivvl"), None)
    if not load:
        return {}
    return {
        "MA_LYDO_XNTL_VR": "1",
        "NGAY_XN_TLVR": day(load.at),
        "KQ_XNTL_VR": "2" if load.abnormal else "1",
        "NGAY_KQ_XN_TLVR": day(load.at),
    }


def table15(c: Context) -> list[Row]:
    """Tuberculosis care: 20 fields."""
    visit, p = c.visit, c.patient
    step = int(visit.facts.get("step", "0"))
    begun = visit.arrival.date() - timedelta(step * 28)
    ended = step >= 6
    return [
        {
            "MA_LK": visit.key,
            "STT": "1",
            "MA_BN": p.code,
            "HO_TEN": p.name,
            "SO_CCCD": p.pid,
            "PHANLOAI_LAO_VITRI": "1",
            "PHANLOAI_LAO_TS": "1",
            "PHANLOAI_LAO_HIV": "2",
            "PHANLOAI_LAO_VK": "1",
            "PHANLOAI_LAO_KT": "1",
            "LOAI_DTRI_LAO": "1",
            "NGAYBD_DTRI_LAO": day(begun),
            "PHACDO_DTRI_LAO": "1",
            "NGAYKT_DTRI_LAO": day(visit.end) if ended else "",
            "KET_QUA_DTRI_LAO": "1" if ended else "",
            "MA_CSKCB": visit.facility.code,
            "NGAYKD_HIV": "",
            "BDDT_ARV": "",
            "NGAY_BAT_DAU_DT_CTX": "",
            "DU_PHONG": "",
        }
    ]
