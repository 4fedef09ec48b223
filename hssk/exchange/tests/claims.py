"""Small files of claims, written by hand: what each visit says, and nothing else."""

import base64
from pathlib import Path
from xml.sax.saxutils import escape

ROOTS = {
    "XML2": "CHITIEU_CHITIET_THUOC/DSACH_CHI_TIET_THUOC/CHI_TIET_THUOC",
    "XML3": "CHITIEU_CHITIET_DVKT_VTYT/DSACH_CHI_TIET_DVKT/CHI_TIET_DVKT",
    "XML4": "CHITIEU_CHITIET_DICHVUCANLAMSANG/DSACH_CHI_TIET_CLS/CHI_TIET_CLS",
    "XML5": "CHITIEU_CHITIET_DIENBIENLAMSANG/DSACH_CHI_TIET_DIEN_BIEN_BENH/CHI_TIET_DIEN_BIEN_BENH",
}


def visit(code: str, name: str, birth: str, *, on: str = "20240305", **said) -> dict:
    """One visit: `rows` of XML2…XML5 by table, every other word a tag of XML1."""
    rows = said.pop("rows", {})
    head = {
        "MA_LK": code, "STT": "1", "MA_BN": f"BN{code}", "HO_TEN": name, "NGAY_SINH": birth,
        "GIOI_TINH": "1", "MA_LOAI_KCB": "01", "NGAY_VAO": f"{on}0800", "NGAY_RA": f"{on}0900",
        "CHAN_DOAN_RV": "Tăng huyết áp", "MA_BENH_CHINH": "I10", "LY_DO_VV": "Đau đầu",
        "MA_CSKCB": "12001", "KET_QUA_DTRI": "2", "MA_LOAI_RV": "1", **said,
    }  # fmt: skip
    return {"head": head, "rows": rows}


def medicine(name: str, **said) -> dict:
    return {"STT": "1", "TEN_THUOC": name, "LIEU_DUNG": "1 viên/lần * 2 lần/ngày", **said}


def write_claims(path: Path, visits: list[dict], facility: str = "12001") -> Path:
    """A file of QĐ 3176 with a HOSO for each visit."""
    hosos = "".join(_hoso(one) for one in visits)
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><GIAMDINHHS><THONGTINDONVI>'
        f"<MACSKCB>{facility}</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20240331</NGAYLAP>"
        f"<SOLUONGHOSO>{len(visits)}</SOLUONGHOSO><DANHSACHHOSO>{hosos}</DANHSACHHOSO>"
        "</THONGTINHOSO></GIAMDINHHS>",
        "utf-8",
    )
    return path


def _hoso(one: dict) -> str:
    tables = {"XML1": f"<TONG_HOP>{_tags(one['head'])}</TONG_HOP>"}
    for table, rows in one["rows"].items():
        root, many, single = ROOTS[table].split("/")
        code = {"MA_LK": one["head"]["MA_LK"]}
        inner = "".join(f"<{single}>{_tags(code | row)}</{single}>" for row in rows)
        tables[table] = f"<{root}><{many}>{inner}</{many}></{root}>"
    files = "".join(
        f"<FILEHOSO><LOAIHOSO>{table}</LOAIHOSO><NOIDUNGFILE>"
        f"{base64.b64encode(inner.encode()).decode()}</NOIDUNGFILE></FILEHOSO>"
        for table, inner in tables.items()
    )
    return f"<HOSO>{files}</HOSO>"


def _tags(said: dict) -> str:
    return "".join(f"<{tag}>{escape(str(value))}</{tag}>" for tag, value in said.items())
