"""Tables 2 and 3, medicines and services with materials, and the sums they make."""

from decimal import Decimal

from ..lives.catalogue import STATION
from ..lives.shapes import Performed, Prescription, Used
from .general import Context, Row
from .money import ZERO, Amounts, amounts, as_fields, totals
from .stamps import amount, doctor, moment, price, quantity

_PARTLY_PAID = {"salmet": 80, "insulin": 100}  # TYLE_TT_BH of medicines with a rate
_MOST_FOR_A_PACKAGE = Decimal(45 * 1_800_000)  # 45 basic wages: TT 04/2017
_SHARED_BED = 50  # TYLE_TT_DV of a bed for two


def costs(c: Context) -> tuple[list[Row], list[Row], Row]:
    """(rows of table 2, rows of table 3, sums of table 1)."""
    medicines = [(p, _of_medicine(p, c)) for p in c.visit.prescriptions]
    services = [(s, _of_service(s, c)) for s in c.visit.services]
    materials = [(u, amounts(u.quantity, u.material.price, c.cover)) for u in c.visit.materials]
    two = [_medicine(c, n, p, a) for n, (p, a) in enumerate(medicines, start=1)]
    three = [_service(c, n, s, a) for n, (s, a) in enumerate(services, start=1)]
    after = len(three) + 1
    three += [_material(c, n, u, a) for n, (u, a) in enumerate(materials, start=after)]
    of_materials = sum((a.whole for _, a in materials), ZERO)
    others = [a for _, a in services] + [a for _, a in materials]
    sums = totals([a for _, a in medicines], others, of_materials)
    # a station is paid by head: nothing of it lies outside that
    outside = amount(ZERO) if c.visit.facility.level == STATION else sums["T_BHTT"]
    return two, three, {**sums, "T_BHTT_GDV": outside}


def _of_medicine(p: Prescription, c: Context) -> Amounts:
    rate = 0 if p.medicine.group == "5" else _PARTLY_PAID.get(p.medicine.key, 100)
    return amounts(p.quantity, p.medicine.price, c.cover, rate=rate, state_pays=p.state_pays)


def _service_rate(s: Performed, c: Context) -> int:
    """Half for beds of crowded wards, whole for all else."""
    crowded = s.service.group == "15" and c.number % 11 == 0
    return _SHARED_BED if crowded else 100


def _of_service(s: Performed, c: Context) -> Amounts:
    return amounts(s.quantity, s.service.price, c.cover, service_rate=_service_rate(s, c))


def dose(p: Prescription) -> str:
    """`2 viên/lần * 2 lần/ngày * 5 ngày [4 viên/ngày]`."""
    unit = p.medicine.unit.lower()
    each, daily = quantity(p.per_take), quantity(p.per_take * p.takes)
    return f"{each} {unit}/lần * {p.takes} lần/ngày * {p.days} ngày [{daily} {unit}/ngày]"


def _payment(c: Context) -> str:
    return "2" if c.visit.facility.level == STATION else "1"


def _medicine(c: Context, number: int, p: Prescription, line: Amounts) -> Row:
    m, code = p.medicine, c.visit.facility.code
    by_mouth = m.route == "1.01"
    return {
        "MA_LK": c.visit.key,
        "STT": str(number),
        "MA_THUOC": m.code,
        "MA_PP_CHEBIEN": "",
        "MA_CSKCB_THUOC": "",
        "MA_NHOM": m.group,
        "TEN_THUOC": m.name,
        "DON_VI_TINH": m.unit,
        "HAM_LUONG": m.strength,
        "DUONG_DUNG": m.route,
        "DANG_BAO_CHE": m.form,
        "LIEU_DUNG": dose(p),
        "CACH_DUNG": "Uống sau ăn" if by_mouth else "Theo y lệnh",
        "SO_DANG_KY": f"VD-{m.code[3:]}9-BIA",
        "TT_THAU": f"9999/QĐ-BIA;G1;N{int(m.code[3:]) % 4 + 1};{c.visit.closed.year}",
        "PHAM_VI": "2" if m.group == "5" else "1",
        **as_fields(line),
        "SO_LUONG": quantity(p.quantity),
        "DON_GIA": price(m.price),
        "MA_KHOA": c.visit.ward,
        "MA_BAC_SI": doctor(code, c.number),
        "MA_DICH_VU": "",
        "NGAY_YL": moment(p.ordered),
        "NGAY_TH_YL": moment(p.given),
        "MA_PTTT": _payment(c),
        "NGUON_CTRA": "3" if p.state_pays else "1",
        "VET_THUONG_TP": "",
        "DU_PHONG": "",
    }


def _line(c: Context, number: int, line: Amounts, cost: Decimal) -> Row:
    """What services and materials share."""
    return {
        "MA_LK": c.visit.key,
        "STT": str(number),
        "MA_XANG_DAU": "",
        "PHAM_VI": "1",
        "DON_GIA_BV": price(cost),
        "DON_GIA_BH": price(cost),
        "TYLE_TT_DV": "100",
        **as_fields(line),
        "T_TRANTT": "",
        "MA_KHOA": c.visit.ward,
        "MA_BAC_SI": doctor(c.visit.facility.code, c.number),
        "MA_BENH": c.visit.main.code,
        "MA_BENH_YHCT": "",
        "MA_PTTT": _payment(c),
        "VET_THUONG_TP": "",
        "VI_TRI_TH_DVKT": "",
        "TAI_SU_DUNG": "",
        "DU_PHONG": "",
    }


def _service(c: Context, number: int, s: Performed, line: Amounts) -> Row:
    done = s.service
    bed = done.group in ("14", "15", "16")
    surgery = done.group == "8" and done.icd9 != "73.59"
    return {
        **_line(c, number, line, done.price),
        "MA_DICH_VU": done.code,
        "MA_PTTT_QT": done.icd9,
        "MA_NHOM": done.group,
        "GOI_VTYT": "G1" if surgery and c.visit.materials else "",
        "MA_XANG_DAU": "XD.01" if done.group == "12" else "",
        "VI_TRI_TH_DVKT": "1" if done.icd9 in ("86.59", "79.02") else "",
        "TEN_DICH_VU": done.name,
        "DON_VI_TINH": done.unit,
        "SO_LUONG": quantity(s.quantity),
        "TYLE_TT_DV": str(_service_rate(s, c)),
        "MA_GIUONG": c.visit.bed if bed else "",
        "NGUOI_THUC_HIEN": "" if bed else doctor(c.visit.facility.code, c.number + 3),
        "NGAY_YL": moment(s.ordered),
        "NGAY_TH_YL": moment(s.begun),
        "NGAY_KQ": moment(s.resulted) if s.resulted else "",
        "PP_VO_CAM": "1" if done.icd9 == "47.01" else "2" if surgery else "",
        "MA_MAY": done.machine,
    }


def _material(c: Context, number: int, used: Used, line: Amounts) -> Row:
    thing = used.material
    packed = thing.key in ("vicryl", "gauze")
    return {
        **_line(c, number, line, thing.price),
        "MA_VAT_TU": thing.code,
        "MA_NHOM": "10",
        "GOI_VTYT": "G1" if packed else "",
        "T_TRANTT": amount(_MOST_FOR_A_PACKAGE) if packed else "",
        "TEN_VAT_TU": thing.name,
        "DON_VI_TINH": thing.unit,
        "SO_LUONG": quantity(used.quantity),
        "TT_THAU": f"8888/QĐ-BIA;G2;N1;{c.visit.closed.year}",
        "NGAY_YL": moment(used.at),
        "NGAY_TH_YL": moment(used.at),
        "MA_HIEU_SP": f"BIA-{thing.code[-3:]}",
    }
