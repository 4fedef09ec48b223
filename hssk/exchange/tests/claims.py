"""Small files of claims, written by hand: what each visit says, and nothing else."""

from pathlib import Path

from hssk.exchange.formats.claims_xml.tests.making import envelope, hoso


def visit(code: str, name: str, birth: str, *, on: str = "20240305", **said) -> dict:
    """The tables of one visit: `rows` of XML2…XML5 by table, every other word a tag of XML1."""
    rows = said.pop("rows", {})
    head = {
        "MA_LK": code, "STT": "1", "MA_BN": f"BN{code}", "HO_TEN": name, "NGAY_SINH": birth,
        "GIOI_TINH": "1", "MA_LOAI_KCB": "01", "NGAY_VAO": f"{on}0800", "NGAY_RA": f"{on}0900",
        "CHAN_DOAN_RV": "Tăng huyết áp", "MA_BENH_CHINH": "I10", "LY_DO_VV": "Đau đầu",
        "MA_CSKCB": "12001", "KET_QUA_DTRI": "2", "MA_LOAI_RV": "1", **said,
    }  # fmt: skip
    mine = {table: [{"MA_LK": code} | row for row in lines] for table, lines in rows.items()}
    return {"XML1": [head], **mine}


def medicine(name: str, **said) -> dict:
    return {"STT": "1", "TEN_THUOC": name, "LIEU_DUNG": "1 viên/lần * 2 lần/ngày", **said}


def write_claims(path: Path, visits: list[dict], facility: str = "12001") -> Path:
    """A file of QĐ 3176 with a HOSO for each visit."""
    path.write_text(envelope(*map(hoso, visits), facility=facility), "utf-8")
    return path
