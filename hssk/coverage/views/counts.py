"""The counts that have a list: what each is called, what it means, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hssk.coverage.services import Child, Figures
from hssk.coverage.views.asking import Asked


@dataclass(frozen=True)
class Listed:
    """One count: its name in the services, its title, what it says, whose noun it counts."""

    name: str
    title: str | Promise
    says: str | Promise
    noun: str = "person"
    tone: str = "plain"


STATES = [
    Listed("expected", _("Dân cư"), _("mỗi người được tính một lần")),
    Listed("found", _("Đã có hồ sơ"), _("đang ở đây và có hồ sơ"), tone="found"),
    Listed(
        "to_decide",
        _("Người còn chờ xem lại"),
        _("có thể đã có hồ sơ, chờ người xác nhận"),
        tone="ask",
    ),
    Listed("missing", _("Chưa có hồ sơ"), _("có tên, chưa có hồ sơ nào"), tone="missing"),
]
# what our own record says, each of all residents and by itself; what the lack of each is called
OWN = [
    Listed(
        "verified",
        _("Đã xác minh danh tính"),
        _("đối chiếu giấy tờ tại chỗ hoặc với dữ liệu dân cư, biết ai làm và lúc nào"),
    ),
    Listed(
        "content",
        _("Có nội dung sức khỏe"),
        _("ít nhất một mục còn giá trị, không kể hành chính, lịch hẹn và mục nhạy cảm"),
    ),
    Listed(
        "complete",
        _("Đầy đủ theo QĐ 831"),
        _("đủ các phần mà mẫu cần ở tuổi và giới của từng người; ghi “không có” cũng là đủ"),
    ),
    Listed(
        "updated",
        _("Có mục mới trong 12 tháng"),
        _("theo ngày ghi trong từng mục sức khỏe, không theo ngày nhập tệp"),
    ),
]
LACKING = [
    Listed(
        "unverified",
        _("Chưa xác minh danh tính"),
        _("chưa ai đối chiếu giấy tờ tại chỗ hoặc với dữ liệu dân cư"),
    ),
    Listed(
        "empty",
        _("Chưa có nội dung sức khỏe"),
        _("không có mục sức khỏe nào được tính"),
    ),
    Listed(
        "incomplete",
        _("Chưa đầy đủ theo QĐ 831"),
        _("còn thiếu ít nhất một phần mà mẫu cần ở tuổi và giới của người ấy"),
    ),
    Listed(
        "outdated",
        _("Không có mục mới trong 12 tháng"),
        _("kể cả người chưa có mục sức khỏe nào"),
    ),
]
FURTHER = [
    Listed("fresh", _("Hồ sơ cập nhật trong một năm"), _("theo ngày cập nhật ghi ở phần mềm")),
    Listed("visited", _("Hồ sơ có lượt khám"), _("theo số lượt khám ghi ở phần mềm")),
    Listed("app_opened", _("Đã mở sổ sức khỏe trên ứng dụng"), _("theo cột ứng dụng ở phần mềm")),
    Listed("away", _("Đi vắng, sống ở nơi khác"), _("theo ghi chú ở danh sách nhân khẩu")),
    Listed("moved_in", _("Mới chuyển đến"), _("theo ghi chú ở danh sách nhân khẩu")),
    Listed("unlisted", _("Đề nghị xem là đã rời đi"), _("danh sách mới nhất không còn tên")),
    Listed("dead_listed", _("Phần mềm ghi đã mất, danh sách còn tên"), _("cần xác minh")),
    Listed("moved_listed", _("Phần mềm ghi đã chuyển đi, danh sách còn tên"), _("cần xác minh")),
    Listed(
        "only_unlisted",
        _("Chỉ còn hồ sơ mà trích xuất mới nhất không có"),
        _("vẫn tính là đã có hồ sơ, cần xác minh"),
    ),
    Listed("doubles", _("Đứng nhiều dòng trong danh sách"), _("một người, nhiều dòng"), "row"),
]
RECORDS = [
    Listed("duplicates", _("Hồ sơ trùng"), _("hồ sơ thừa của người đã có hồ sơ"), "record"),
    Listed(
        "records_unlisted",
        _("Hồ sơ trích xuất mới nhất không còn"),
        _("trích xuất trước có, không tính vào con số của phần mềm"),
        "record",
    ),
    Listed("nobody_dead", _("Hồ sơ của người đã mất"), _("không còn là dân cư"), "record"),
    Listed("nobody_left", _("Hồ sơ của người đã chuyển đi"), _("không còn là dân cư"), "record"),
    Listed(
        "nobody_unknown",
        _("Hồ sơ không thuộc ai trong danh sách"),
        _("không tìm thấy trong danh sách nhân khẩu nào"),
        "record",
    ),
]
# steps of the way from the software's figure to the true one that have a list and no tile
STEPS = [
    Listed(
        "kept_for_others",
        _("Hồ sơ để ở đây của người sống nơi khác"),
        _("người ấy được tính ở nơi đang sống"),
        "record",
    ),
    Listed(
        "kept_elsewhere",
        _("Hồ sơ để ở nơi khác của người sống ở đây"),
        _("người ấy được tính ở đây"),
        "record",
    ),
    Listed(
        "listed_nobody",
        _("Dòng của người đã mất hoặc đã chuyển đi"),
        _("không còn là dân cư"),
        "row",
    ),
    Listed(
        "listed_for_others",
        _("Dòng ở đây của người sống nơi khác"),
        _("người ấy được tính ở nơi đang sống"),
        "row",
    ),
    Listed(
        "listed_elsewhere",
        _("Dòng ở nơi khác của người sống ở đây"),
        _("người ấy được tính ở đây"),
        "row",
    ),
]
BY_NAME = {each.name: each for each in (*STATES, *OWN, *LACKING, *FURTHER, *RECORDS)}
LISTS = {**BY_NAME, **{each.name: each for each in STEPS}}
OF_PEOPLE = {each.name for each in (*STATES, *OWN, *LACKING, *FURTHER)}


def tiles(whole: Figures, asked: Asked, listed: list[Listed]) -> list[dict[str, Any]]:
    """Each count of a unit with the address of its list; none is left out, 0 is said too."""
    return [
        {**_tile(whole, each), "url": asked.url("list", whole.key, each.name, map=None)}
        for each in listed
    ]


def own_lines(place: Child, url: Callable[[str], str]) -> list[dict[str, Any]]:
    """What our own record says of a place's residents: how many have it and how many not.

    url  the address of the list of a count by its name; "" where it has none
    """
    return [
        {
            "label": has.title,
            "note": has.says,
            "found": getattr(place.counts, has.name),
            "lacking": getattr(place.counts, lacks.name),
            "expected": place.counts.expected,
            "url": url(has.name),
            "lacking_label": lacks.title,
            "lacking_url": url(lacks.name),
        }
        for has, lacks in zip(OWN, LACKING, strict=True)
    ]


def own_multiples(whole: Figures) -> list[dict[str, Any]]:
    """The same as small multiples: a tile for each, a column for each part, in the page's order."""
    return [
        {
            "label": each.title,
            "url": "",
            "parts": [
                (getattr(child.counts, each.name), child.counts.expected)
                for child in whole.children
            ],
            "found": getattr(whole.counts, each.name),
            "expected": whole.counts.expected,
        }
        for each in OWN
    ]


def without_lists(place: Child) -> list[dict[str, Any]]:
    """The states of a place as tiles that lead nowhere."""
    return [_tile(place, each) for each in STATES]


def _tile(place: Child, each: Listed) -> dict[str, Any]:
    value = getattr(place.counts, each.name)
    return {"label": each.title, "value": value, "note": each.says, "tone": each.tone}
