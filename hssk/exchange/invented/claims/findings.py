"""Tables 4 and 5: results, and the course with its shorthand of vital signs."""

from random import Random

from ..lives.shapes import Note, Result, Vitals
from .general import Context, Row
from .stamps import doctor, moment

_TEXT_GROUPS = ("2", "3")  # what is looked at has words; what is measured has a figure


def table4(c: Context) -> list[Row]:
    """One row a result."""
    return [_result(c, number, r) for number, r in enumerate(c.visit.results, start=1)]


def _result(c: Context, number: int, r: Result) -> Row:
    words = bool(r.index.words) and r.service.group in _TEXT_GROUPS
    return {
        "MA_LK": c.visit.key,
        "STT": str(number),
        "MA_DICH_VU": r.service.code,
        "MA_CHI_SO": r.index.code,
        "TEN_CHI_SO": r.index.name,
        "GIA_TRI": "" if words else r.value,
        "DON_VI_DO": r.index.unit,
        "MO_TA": f"Kỹ thuật tốt. {r.value}." if words else "",
        "KET_LUAN": r.conclusion,
        "NGAY_KQ": moment(r.at),
        "MA_BS_DOC_KQ": doctor(c.visit.facility.code, c.number + 5),
        "DU_PHONG": "",
    }


def table5(c: Context, rng: Random | None = None) -> list[Row]:
    """One row a note; with dice, the shorthand is as sloppy as clerks are."""
    return [_note(c, number, note, rng) for number, note in enumerate(c.visit.notes, start=1)]


def _note(c: Context, number: int, note: Note, rng: Random | None) -> Row:
    text = note.text
    if note.vitals:
        text += ". " + (sloppy(note.vitals, rng) if rng else shorthand(note.vitals))
    return {
        "MA_LK": c.visit.key,
        "STT": str(number),
        "DIEN_BIEN_LS": text,
        "GIAI_DOAN_BENH": note.stage,
        "HOI_CHAN": note.consultation,
        "PHAU_THUAT": note.operation,
        "THOI_DIEM_DBLS": moment(note.at),
        "NGUOI_THUC_HIEN": doctor(c.visit.facility.code, c.number + number),
        "DU_PHONG": "",
    }


def _parts(v: Vitals) -> list[str]:
    temperature = f"{v.temperature:.1f}".removesuffix(".0")
    parts = [f"M{v.pulse}", f"T{temperature}"]
    if v.systolic is not None:
        parts.append(f"HA{v.systolic}/{v.diastolic}")
    return [*parts, f"NT{v.breaths}", f"SP{v.spo2}"]


def shorthand(v: Vitals) -> str:
    """`CSST<M75_T37_HA120/70_NT18_SP98>`, the convention of QĐ 4750."""
    return f"CSST<{'_'.join(_parts(v))}>"


def sloppy(v: Vitals, rng: Random) -> str:
    """The same as it is typed in life."""
    parts, plain = _parts(v), shorthand(v)
    ways = (
        plain,
        plain.lower(),
        plain.replace(".", ","),
        plain.replace("_", ";"),
        plain.replace("_", " "),
        plain.removesuffix(">"),
        plain.replace("<", "(").replace(">", ")"),
        plain.replace("<", "&lt;").replace(">", "&gt;"),  # escaped twice
        plain.replace(">", "_HL2>"),
        plain.replace("CSST<", "CSST < "),
        f"CSST<{'_'.join(rng.sample(parts, max(2, len(parts) - 2)))}>",
        f"Mạch {v.pulse} l/p, nhiệt độ {v.temperature} độ C" + _spelt_pressure(v),
        f"M: {v.pulse}, T: {v.temperature}, NT: {v.breaths}, SpO2: {v.spo2}%" + _spelt_pressure(v),
        plain.replace("/", "-"),
    )
    return rng.choice(ways)


def _spelt_pressure(v: Vitals) -> str:
    return f", HA {v.systolic}/{v.diastolic} mmHg" if v.systolic is not None else ""
