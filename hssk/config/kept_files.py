"""What `hssk doctor` says of the files that were taken in: whether they are still there."""

from collections.abc import Iterator

from hssk.config.health import Finding
from hssk.exchange.services.keeping import lost_files


def of_kept_files() -> Iterator[Finding]:
    """A finding where files of batches are gone or empty: nobody can look up what they said then,
    and a copy of the home without its `files` folder is no copy."""
    lost = lost_files()
    if lost:
        yield Finding(
            "bad",
            "tệp đã nhận",
            f"{len(lost)} tệp không còn trong thư mục files hoặc đã rỗng, như “{lost[0]}”",
            "Chép lại thư mục files từ bản sao lưu, hoặc gửi lại đúng tệp ấy.",
        )
