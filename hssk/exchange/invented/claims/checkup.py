"""Health check-ups of invented people in the envelope KHAMSUCKHOE (QĐ 1551, QĐ 2062 of 2026).

Written from what software of facilities sends, apart from what reads it: each proves the other.
"""

from base64 import b64encode
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from hssk.exchange.formats.mark import MARK

from ..lives import Folk, Person
from ..lives.body import vitals
from ..lives.chance import at_hour, dice
from ..lives.events import conditions
from .envelope import _safe
from .general import Row
from .stamps import day, moment

_COMES = 0.7  # of all people; the others were away
_WEEKS = 4  # that a commune is examined
_ROOTS = {
    "XML1": "THONG_TIN_HANH_CHINH",
    "XML2": "THONG_TIN_CHUNG_VE_LAN_KHAM",
    "XML3": "DANH_GIA_DAU_HIEU_SINH_TON",
    "XML4": "DANH_GIA_DINH_DUONG",
    "XML7": "KHAM_LAM_SANG",
    "XML8": "KET_LUAN_VA_TU_VAN",
    "XML9": "TIEN_SU_BENH_TAT",
    "XML10": "KHAM_THE_LUC",
    "XML12": "KET_LUAN_VA_TU_VAN",
}


def write_checkups(folder: Path | str, folk: Folk, *, until: date, only: Iterable[int]) -> Path:
    """The file of a round of check-ups that ended on `until`, in an existing folder.

    only  indices of whom the station went to see; most of those alive came, each once
    """
    made: list[str] = []
    for person in map(folk.__getitem__, only):
        rng = dice(folk.seed, person.index, "check-up")
        alive = person.listed and person.died is None
        if alive and rng.random() < _COMES:
            at = at_hour(until - timedelta(days=rng.randrange(_WEEKS * 7)), rng)
            made.append(_hoso(_documents(person, folk, at, rng)))
    path = Path(folder) / "kham-suc-khoe.xml"
    path.write_text(_envelope(made, until), "utf-8")
    return path


def groups_of(person: Person, on: date) -> tuple[list[str], str]:
    """Codes of DOI_TUONG, and of NGUON_CHI_TRA, that are true of somebody on a day."""
    age, found = person.age_on(on), []
    if age >= 60:
        found.append("1")
    if person.head_letters.startswith("HN"):
        found.append("3")
    if person.ethnicity != "01":
        found.append("6")
    if 3 <= age < 6:
        found.append("10")
    if 6 <= age < 18:
        found.append("11")
    works = 18 <= age < 60
    employed = works and person.head_letters.startswith("DN")
    found += ["13"] if employed else ["14"] if works else []
    paid = "4" if employed else "3" if person.bhxh and age >= 18 else "2"
    return found or ["16"], paid


def _documents(person: Person, folk: Folk, at: datetime, rng: Random) -> dict[str, Row]:
    on = at.date()
    age, ill = person.age_on(on), [
        one for one, since, _ in conditions(person, folk.seed) if since <= on
    ]  # fmt: skip
    signs = vitals(person, on, rng, systolic=152 if _has(ill, "hypertension") else None)
    codes = [one.code for one in ill]
    verdict = {"KET_LUAN_BENH": ";".join(codes) or "Đủ sức khỏe"}
    body = {"CHIEU_CAO": f"{signs.height:.0f}", "CAN_NANG": f"{signs.weight}"}
    head = {"XML1": _person(person), "XML2": _visit(person, at, age)}
    if age < 6:
        warm = {"NHIET_DO": f"{signs.temperature}", "MACH": f"{signs.pulse}"}
        small = {"CHIEU_DAI": body["CHIEU_CAO"], "CAN_NANG": body["CAN_NANG"]}
        well = {"BINH_THUONG": "0" if codes else "1", **verdict}
        return {**head, "XML3": warm, "XML4": small, "XML7": _found("NHI_KHOA"), "XML8": well}
    pressure = f"{signs.systolic}/{signs.diastolic}" if signs.systolic else ""
    body |= {"MACH": f"{signs.pulse}", "HUYET_AP": pressure}
    grade = "1" if not codes and age < 40 else "2" if not codes else "3"
    history = {
        "TSBT_TANG_HUYET_AP": "1" if _has(ill, "hypertension") else "0",
        "TSBT_DAI_THAO_DUONG": "1" if _has(ill, "diabetes") else "0",
        "TSBT_BENH_TAM_THAN": "1" if _has(ill, "psychosis") else "0",
    }
    found = _found("NOI_KHOA" if age >= 18 else "NHI_KHOA")
    end = {"PHAN_LOAI_SK": grade, **verdict}
    return {**head, "XML7": found, "XML9": history, "XML10": body, "XML12": end}


def _has(ill: list, key: str) -> bool:
    return any(one.key == key for one in ill)


def _person(person: Person) -> Row:
    return {
        "HO_TEN": person.name.upper(), "GIOI_TINH": str(person.sex),
        "NGAY_SINH": f"{person.birth:08d}", "MA_DAN_TOC": person.ethnicity,
        "SO_CCCD": person.pid, "DIA_CHI": f"{person.hamlet}, {person.commune_name}",
        "MATINH_CU_TRU": "12", "MAXA_CU_TRU": person.commune,
        "LY_DO_VV": "Khám sức khỏe định kỳ",
    }  # fmt: skip


def _visit(person: Person, at: datetime, age: float) -> Row:
    groups, paid = groups_of(person, at.date())
    return {
        "MA_LK": f"KSK{at.year}{person.index:07d}", "MA_CSKCB": person.station.code,
        "TYPE": "ChildUnder" if age < 6 else "Minor" if age < 18 else "Adult",
        "MA_GTIN_CSKCB": _place(person.station.code), "DOI_TUONG": ";".join(groups),
        "NGUON_CHI_TRA": paid, "MA_LOAI_KCB": "15", "NGAY_VAO": moment(at),
    }  # fmt: skip


def _found(kind: str) -> Row:
    organs = ("TUAN_HOAN", "HO_HAP", "TIEU_HOA", "THAN_KINH", "TAM_THAN")
    return {f"{kind}_{organ}": "Bình thường" for organ in organs}


def _place(facility: str) -> str:
    """The thirteen digits of a facility's place."""
    return f"89399999{facility}"


def _hoso(documents: dict[str, Row]) -> str:
    files = []
    for label, row in documents.items():
        tags = "".join(f"<{tag}>{_safe(value)}</{tag}>" for tag, value in row.items())
        text = f'<?xml version="1.0" encoding="utf-8"?><{_ROOTS[label]}>{tags}</{_ROOTS[label]}>'
        coded = b64encode(text.encode()).decode("ascii")
        files.append(
            f"<FILEHOSO><LOAIHOSO>{label}</LOAIHOSO><NOIDUNGFILE>{coded}</NOIDUNGFILE></FILEHOSO>"
        )
    return f"<HOSO>{''.join(files)}</HOSO>\n"


def _envelope(made: list[str], on: date) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<!-- {MARK} -->\n<KHAMSUCKHOE>'
        f"<THONGTINDONVI><MACSKCB>{_place('12000')}</MACSKCB></THONGTINDONVI><THONGTINHOSO>"
        f"<NGAYLAP>{day(on)}</NGAYLAP><SOLUONGHOSO>{len(made)}</SOLUONGHOSO><DANHSACHHOSO>\n"
        f"{''.join(made)}</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></KHAMSUCKHOE>\n"
    )
