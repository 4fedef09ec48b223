"""What `hssk doctor` says of the log of looks: is it whole, sealed in time, and witnessed?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hssk.access.services import (
    last_witnessed,
    latest_look,
    newest_seal,
    not_sealed_since,
    verify_log,
)
from hssk.config.health import Finding

LOOKED_AT = 20  # seals worked out anew: `hssk audit verify` works out all
LATE = timedelta(hours=1)  # a server seals every ten minutes
FORGOTTEN = timedelta(days=31)
STEP = timedelta(minutes=5)  # by so much a clock that runs well is never set back


def of_log(now: datetime) -> Iterator[Finding]:
    """Findings on the log; `now` is aware, in the time of the installation."""
    if (latest := latest_look()) is not None and latest - now > STEP:
        yield Finding(
            "warn",
            "đồng hồ",
            f"có lần xem ghi lúc {latest.astimezone(now.tzinfo):%H:%M %d/%m/%Y}, sau giờ máy bây "
            "giờ: đồng hồ bị lùi, hoặc khi ấy chạy nhanh",
            "Chỉnh đúng giờ máy: nhiệm vụ, mật khẩu tạm và mã trên điện thoại tính theo giờ ấy.",
        )
    if wrong := verify_log(today=now.date(), newest=LOOKED_AT):
        advice = "Giữ nguyên máy, chạy `hssk audit verify`, báo người bảo vệ dữ liệu."
        yield Finding("bad", "nhật ký xem", "; ".join(wrong[:3]), advice)
        return
    newest = newest_seal()
    since = not_sealed_since()
    if since is not None and now - since > LATE:
        found = f"có lần xem từ {since.astimezone(now.tzinfo):%H:%M %d/%m/%Y} chưa chốt"
        yield Finding("warn", "nhật ký xem", found, "Chạy `hssk audit seal`.")
    elif newest is None:
        found = "chưa có lần xem nào" if since is None else "chưa chốt lần nào, mới có lần xem"
        yield Finding("ok", "nhật ký xem", found)
    else:
        found = f"các mốc mới nhất nguyên vẹn, đến mốc {newest.number}"
        yield Finding("ok", "nhật ký xem", found)
    if newest is not None:
        yield _of_witness(now, newest.number)


def _of_witness(now: datetime, newest: int) -> Finding:
    witnessed = last_witnessed()
    if witnessed is None:
        return Finding(
            "warn",
            "làm chứng",
            "chưa có máy nào khác giữ các mốc của nhật ký xem",
            "Đưa `hssk audit tell` sang máy khác, ở đó chạy `hssk witness`; rồi đối chiếu ở đây "
            "bằng `hssk audit verify --witness`.",
        )
    number, at = witnessed
    told = f"người làm chứng giữ đến mốc {number}/{newest}, đối chiếu ngày {at:%d/%m/%Y}"
    if now - at > FORGOTTEN:
        return Finding("warn", "làm chứng", told, "Đối chiếu lại: `hssk audit verify --witness`.")
    return Finding("ok", "làm chứng", told)
