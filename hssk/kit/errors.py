"""One kind of error for everything a person, not a programmer, must act on."""

import errno

FULL = (errno.ENOSPC, errno.EDQUOT)


class Trouble(Exception):
    """Something the reader must act on, said in one Vietnamese sentence with what to do.

    message  a format string with named places, so that it can be translated at the edge
    params   what fills the places; never a personal number
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message.format(**self.params)


def disk_full() -> Trouble:
    """What to tell when there is no place left on a disk, ours or the database's."""
    return Trouble(
        "Ổ đĩa đã đầy nên việc này dừng lại; việc đã xong không mất. Giải phóng ổ đĩa (xem "
        "`hssk doctor`), rồi chạy lại lệnh."
    )


def of_system(error: OSError) -> Trouble:
    """What to tell of a file that the computer does not let us read or write."""
    if error.errno in FULL:
        return disk_full()
    return Trouble(
        "Không dùng được {file}: {reason}. Kiểm tra ổ đĩa có bị gắn chỉ đọc không và quyền của "
        "tệp ấy, rồi chạy lại lệnh.",
        file=error.filename or "HSSK_HOME",
        reason=error.strerror or type(error).__name__,
    )
