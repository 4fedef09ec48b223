"""A remark about a whole sheet or file, for the person who sent it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """`message` is a Vietnamese format string, `params` fills it; severity "info" or "warning"."""

    message: str
    params: dict[str, str] = field(default_factory=dict)
    severity: str = "info"

    @property
    def text(self) -> str:
        return self.message.format(**self.params)


_SKIPPED = {
    "subtotal": "Bỏ qua {count} dòng cộng.",
    "header": "Bỏ qua {count} dòng tiêu đề lặp lại.",
    "blank": "Bỏ qua {count} dòng trống.",
    "other": "Bỏ qua {count} dòng chữ không phải người (chữ ký, ghi chú).",
    "foreign": "Bỏ qua {count} dòng của một bảng khác trong cùng trang.",
    "people": "Từ dòng {row} là một danh sách khác, xếp cột khác: {count} dòng chưa được đọc;"
    " hãy chép sang một trang khác rồi gửi lại.",
}


def skipped(tally: dict[str, int], people_from: str) -> list[Note]:
    """What is to be said of the rows that were not read, by what they are.

    people_from  the row, as Excel shows it, where another list of people begins
    """
    notes = []
    for kind, message in _SKIPPED.items():
        if tally[kind]:
            params = {"count": str(tally[kind])}
            if kind == "people":
                params["row"] = people_from
            severity = "warning" if kind in ("foreign", "people") else "info"
            notes.append(Note(message, params, severity))
    return notes
