"""Why a row was linked as it was, in words that the person who must decide can check."""

from dataclasses import dataclass
from typing import Any

from hssk.exchange.linkage.cascade import Links
from hssk.exchange.linkage.entries import Entries
from hssk.exchange.linkage.weights import FIELDS, LEVELS
from hssk.kit.dates import PartialDate

# Vietnamese format strings; the edge translates them. {a} the row, {b} what it was compared with.
TEXTS: dict[str, dict[str, str]] = {
    "pid": {
        "same": "Cùng số định danh",
        "same_borrowed": "Cùng số định danh, nhưng số này có vẻ là của cha mẹ",
        "slip": "Số định danh lệch một chữ số",
        "different": "Số định danh khác nhau",
        "different_borrowed": "Số định danh khác nhau, một số có vẻ là của người khác",
    },
    "cmnd": {
        "same": "Cùng số CMND",
        "slip": "Số CMND lệch một chữ số",
        "different": "Số CMND khác nhau",
    },
    "bhxh": {
        "same": "Cùng mã số BHXH",
        "slip": "Mã số BHXH lệch một chữ số",
        "different": "Mã số BHXH khác nhau",
    },
    "system_number": {"same": "Cùng mã hồ sơ"},
    "name": {
        "same": "Cùng họ tên {a}",
        "marks_missing": "Tên thiếu dấu: {a} / {b}",
        "marks_differ": "Tên khác dấu: {a} / {b}",
        "marks_differ_given": "Tên gọi khác dấu: {a} / {b}",
        "swapped": "Tên đảo thứ tự: {a} / {b}",
        "sounds_alike": "Tên đọc giống nhau: {a} / {b}",
        "middle_dropped": "Tên thiếu chữ đệm: {a} / {b}",
        "typo": "Tên lệch một hai chữ cái: {a} / {b}",
        "typo_given": "Tên gọi lệch một chữ cái: {a} / {b}",
        "near_given": "Tên gọi gần giống: {a} / {b}",
        "middle_differs": "Tên khác chữ đệm: {a} / {b}",
        "given_only": "Chỉ giống tên gọi: {a} / {b}",
        "family_only": "Chỉ cùng họ: {a} / {b}",
        "different": "Tên khác nhau: {a} / {b}",
        "mothers": "Trẻ nhỏ ghi tên mẹ: {a} / {b}",
    },
    "birth": {
        "same": "Cùng ngày sinh {a}",
        "swapped": "Ngày và tháng sinh đảo nhau: {a} / {b}",
        "month_only": "Cùng tháng sinh, một bên không có ngày: {a} / {b}",
        "year_only": "Cùng năm sinh, một bên chỉ có năm: {a} / {b}",
        "day_differs": "Ngày sinh lệch ngày: {a} / {b}",
        "month_differs": "Ngày sinh lệch tháng: {a} / {b}",
        "year_slip": "Năm sinh lệch một chữ số: {a} / {b}",
        "year_differs": "Cùng ngày và tháng, khác năm sinh: {a} / {b}",
        "same_year": "Chỉ cùng năm sinh: {a} / {b}",
        "near_year": "Năm sinh hơn kém một: {a} / {b}",
        "different": "Ngày sinh khác nhau: {a} / {b}",
    },
    "sex": {"same": "Cùng giới tính", "different": "Khác giới tính"},
    "place": {
        "same_hamlet": "Cùng tổ, bản",
        "same_unit": "Cùng xã, phường",
        "other_hamlet": "Cùng xã, phường, khác tổ, bản",
        "other_unit": "Khác xã, phường",
    },
    "phone": {
        "same": "Cùng số điện thoại",
        "household": "Số điện thoại của người cùng hộ",
        "different": "Số điện thoại khác nhau",
    },
}
_NOBODY = "Không có ai giống"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen: a Vietnamese format string, its values, and what it weighs.

    weight  natural log-odds: above 0 speaks for one person, below 0 for two
    """

    text: str
    params: dict[str, str]
    weight: float
    field: str = ""
    level: str = ""

    def __str__(self) -> str:
        return self.text.format(**self.params)


def explain(known: Entries, incoming: Entries, links: Links, i: int) -> list[Finding]:
    """What was seen between row `i` and the entry it was best compared with, weightiest first.

    known, incoming, links   as given to and returned by `link`
    returns    one finding per field that both sides know; a single finding when nobody is like it
    """
    against = int(links.against[i])
    if against < 0:
        return [Finding(_NOBODY, {}, 0.0)]
    side, at = (known, against) if against < len(known) else (incoming, against - len(known))
    findings = []
    for field, (level, weight) in links.evidence(i).items():
        params = {}
        if field == "name":
            params = {"a": incoming.name[i], "b": side.name[at]}
        if field == "birth":
            params = {"a": _day(int(incoming.birth[i])), "b": _day(int(side.birth[at]))}
        findings.append(Finding(TEXTS[field][level], params, weight, field, level))
    return sorted(findings, key=lambda f: -abs(f.weight))


def evidence(known: Entries, incoming: Entries, links: Links, i: int) -> dict[str, Any]:
    """What is stored with a decision: field → [level of agreement, weight]; {} for nobody alike.

    Weights are natural log-odds to one decimal. Holds no name, date or number of anybody.
    """
    return {field: [level, weight] for field, (level, weight) in links.evidence(i).items()}


def from_evidence(stored: dict[str, Any]) -> list[Finding]:
    """Findings out of stored evidence, without the values of name and birth.

    What this version does not know is skipped.
    """
    findings = [
        Finding(TEXTS[field][level].split(":")[0].replace(" {a}", ""), {}, weight, field, level)
        for field, (level, weight) in ((f, v) for f, v in stored.items() if f in FIELDS)
        if level in LEVELS[field]
    ]
    return sorted(findings, key=lambda f: -abs(f.weight))


def sentence(findings: list[Finding], but: str = "nhưng") -> str:
    """One sentence: what speaks for one person, then what speaks against.

    but  the word between the two, in the language of the findings
    """
    first = [str(f) for f in findings if f.weight >= 0]
    against = [str(f) for f in findings if f.weight < 0]
    parts = [_small(first)] if first else []
    if against:
        parts.append((f"{but} " if first else "") + _small(against))
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "."


def _small(texts: list[str]) -> str:
    return ", ".join(t[:1].lower() + t[1:] for t in texts)


def _day(number: int) -> str:
    return str(PartialDate.from_number(number)) if number else "?"
