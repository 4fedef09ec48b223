"""The witness: keeps what it was told, and takes nothing that does not continue it."""

import hashlib
import hmac
from collections.abc import Sequence
from pathlib import Path

from hssk.access.checkpoints import Told
from hssk.kit.errors import Trouble


def keep(path: Path, told: Sequence[Told], key: str, *, scanned: bool = False) -> tuple[int, int]:
    """Add to the witness's file what is new; (new ones, all of them).

    key      the witness's own secret, with which each line is signed, so that the file is not
             changed unseen
    scanned  a seal photographed alone need not follow the last one kept; those between are taken
             later, and must then lead to it
    Raises Trouble when the file was changed, or what is told contradicts or skips what is kept, or
    ends before it: what is new is kept then all the same.
    """
    kept = kept_in(path, key)
    known = {one.number: one for one in kept}
    fresh: list[Told] = []
    for one in sorted(told, key=lambda one: one.number):
        if one.number in known:
            if known[one.number] != one:
                raise Trouble(
                    "Mốc {n} được báo khác với mốc đã giữ: nhật ký ở nơi báo đã bị sửa. Đừng xóa "
                    "tệp {file}; hãy báo người bảo vệ dữ liệu.",
                    n=one.number,
                    file=path,
                )
            continue
        _refuse_a_gap(one, known, path, scanned=scanned)
        known[one.number] = one
        fresh.append(one)
    with path.open("a", encoding="utf-8") as out:
        out.writelines(f"{one} {_sign(one, key)}\n" for one in fresh)
    if not scanned:
        _refuse_an_end_before(max(known, default=0), told, path)
    return len(fresh), len(kept) + len(fresh)


def _refuse_an_end_before(newest: int, told: Sequence[Told], path: Path) -> None:
    """What is told whole reaches as far as what is kept, unless the log lost its end."""
    last = max((one.number for one in told), default=0)
    if last < newest:
        raise Trouble(
            "Nơi báo chỉ báo đến mốc {n}, trong khi {file} đã giữ đến mốc {kept}: tệp báo là tệp "
            "cũ, hoặc nhật ký ở đó đã bị cắt bớt hay lùi về một bản sao lưu. Hãy lấy lại bằng "
            "`hssk audit tell`; nếu vẫn vậy, giữ nguyên {file} và báo người bảo vệ dữ liệu.",
            n=last,
            kept=newest,
            file=path,
        )


def kept_in(path: Path, key: str) -> list[Told]:
    """What the witness keeps; Trouble when a line is not as it signed it."""
    found = []
    text = path.read_text("utf-8", errors="replace") if path.exists() else ""
    for number, line in enumerate(text.splitlines(), 1):
        words, _space, signature = line.rpartition(" ")
        try:
            one = Told.read(words)
        except ValueError:
            one = None
        if one is None or not hmac.compare_digest(_sign(one, key).encode(), signature.encode()):
            raise Trouble(
                "Dòng {n} của {file} không phải do máy này ghi. Lấy lại tệp từ bản sao lưu.",
                n=number,
                file=path,
            )
        found.append(one)
    return found


def _refuse_a_gap(one: Told, known: dict[int, Told], path: Path, *, scanned: bool) -> None:
    before, after = known.get(one.number - 1), known.get(one.number + 1)
    follows = one.continues(before) if before or one.number == 1 else scanned
    if not follows or (after is not None and not after.continues(one)):
        raise Trouble(
            "Mốc {n} không nối tiếp các mốc đã giữ trong {file}. Hãy lấy lại toàn bộ bằng `hssk "
            "audit tell`; nếu vẫn vậy, nhật ký ở nơi báo đã bị sửa.",
            n=one.number,
            file=path,
        )


def _sign(one: Told, key: str) -> str:
    return hmac.new(key.encode(), str(one).encode(), hashlib.sha256).hexdigest()
