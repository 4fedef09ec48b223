"""What `hssk doctor` says of how the last `hssk serve` could be reached, and of the provider."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from hssk.config.certificates import faults, names_in, read
from hssk.config.reach import Reach
from hssk.kit.errors import Trouble

# as middleware.py lets a page use the device, without TLS
_HERE = (
    "chỉ máy này (127.0.0.1), không TLS; tại máy này máy ảnh dùng được, khoá bảo mật dùng được "
    "khi mở bằng http://localhost; máy khác chưa mở được trang"
)
RENEWED_BEFORE = timedelta(days=30)
Told = tuple[str, str, str]  # state, what was found, what to do


def as_served(reach: Reach, own: tuple[Path, Path] | None) -> dict:
    """What `hssk serve` notes in the home: from where it is reached, by which certificate."""
    serial = str(read(own[0]).serial_number) if own else ""
    return {**reach.environment(), "own": [str(path) for path in own or ()], "serial": serial}


def of_reach(served: dict, now: datetime) -> Iterator[Told]:
    """One finding, or one for each thing that is wrong.

    served   what `hssk serve` noted in the home; empty where it never ran
    """
    own = [Path(path) for path in served.get("own", [])]
    reach = Reach.of({name: value for name, value in served.items() if isinstance(value, str)})
    if not reach.tls:
        yield "ok", _HERE, ""
    elif not own:
        yield "ok", f"sau proxy {', '.join(reach.proxies)}, tên {', '.join(reach.names)}", ""
    else:
        yield from _of_certificate(own[0], own[1], now, served.get("serial"))


def _of_certificate(
    certificate: Path, key: Path, now: datetime, serial: str | None
) -> Iterator[Told]:
    renew = "Tạo lại (hssk certificate) hoặc lấy chứng thư mới, rồi chạy lại hssk serve."
    try:
        wrong, one = faults(certificate, key, now), read(certificate)
    except Trouble as trouble:
        yield "bad", str(trouble), renew
        return
    for fault in wrong:
        yield "bad", fault, renew
    if wrong:
        return
    if serial and serial != str(one.serial_number):  # the server reads it when it starts alone
        found = "chứng thư đã được thay, nhưng hssk serve còn dùng cái cũ"
        yield "warn", found, "Chạy lại hssk serve."
        return
    ends = one.not_valid_after_utc
    found = f"TLS, chứng thư đến {ends:%d/%m/%Y} cho {', '.join(names_in(one))}"
    soon = ends - now < RENEWED_BEFORE
    yield ("warn", found, renew) if soon else ("ok", found, "")
