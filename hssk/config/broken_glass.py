"""What `hssk doctor` says of broken glasses: whether somebody is there to review them."""

from collections.abc import Iterator
from datetime import date

from hssk.config.health import Finding
from hssk.people.services.emergency import unheard


def of_broken_glass(on: date) -> Iterator[Finding]:
    """A finding where some wait and nobody who could review them is at work on `on`: no page tells
    anybody of them then, and whoever broke them may not do so again after 72 hours."""
    if count := unheard(on):
        yield Finding(
            "warn",
            "mở khẩn cấp",
            f"{count} lần chờ xem xét mà không còn ai làm việc xem xét",
            "Giao nhiệm vụ “Kiểm tra, bảo vệ dữ liệu” ở trang Người và nhiệm vụ.",
        )
