"""Looks in words: who, by which post, why, what for, what they saw, when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access import told
from hssk.access.models import Look, Post, User
from hssk.access.services.coming_in import KNEW, Knew
from hssk.access.services.looks import (
    ANSWER,
    APART,
    BACK,
    BIRTH,
    BOOK,
    CARD,
    CONTACT,
    DEATH,
    ENROL,
    ENTER,
    EXPORT,
    HAND,
    IN,
    LEAVE,
    LET_IN,
    LIST,
    LOCK,
    MATCH,
    NAME,
    NO_DEATH,
    OBJECT,
    OPEN,
    OUT,
    PLACE,
    PRINT,
    PROPOSE,
    PURGE,
    SAME,
    STRANGER,
    UNLOCK,
)
from hssk.access.tiers import Kind, Tier
from hssk.kit.workbook import NUMBER, Column, Sheet, write_workbook

ACTS = {
    OPEN: gettext_lazy("mở xem"),
    LIST: gettext_lazy("xem danh sách"),
    EXPORT: gettext_lazy("tải tệp"),
    PRINT: gettext_lazy("in ra giấy"),
    ENTER: gettext_lazy("vào trang không được giao"),
    IN: gettext_lazy("đăng nhập"),
    BACK: gettext_lazy("vào lại bằng mã ngắn"),
    LOCK: gettext_lazy("khoá máy"),
    OUT: gettext_lazy("đăng xuất"),
    LET_IN: gettext_lazy("cấp lại mật khẩu"),
    UNLOCK: gettext_lazy("gỡ bước thứ hai"),
    PURGE: gettext_lazy("xóa tháng nhật ký quá hạn lưu"),
    MATCH: gettext_lazy("hỏi xem đã có hồ sơ ở nơi khác chưa"),
    PROPOSE: gettext_lazy("đề nghị chuyển đến"),
    ANSWER: gettext_lazy("trả lời một đề nghị chuyển"),
    BIRTH: gettext_lazy("khai sinh"),
    STRANGER: gettext_lazy("thêm người chưa có giấy tờ"),
    SAME: gettext_lazy("nói hai hồ sơ là một người"),
    APART: gettext_lazy("rút lại việc nói hai hồ sơ là một người"),
    NAME: gettext_lazy("ghi tên hoặc số"),
    DEATH: gettext_lazy("ghi là đã mất"),
    NO_DEATH: gettext_lazy("rút lại việc ghi là đã mất"),
    HAND: gettext_lazy("ghi tên vào một bản danh sách giao đi"),
    CARD: gettext_lazy("in, giao, hoặc hủy thẻ hồ sơ"),
    OBJECT: gettext_lazy("ghi đề nghị không đưa tên vào danh sách"),
    CONTACT: gettext_lazy("ghi kết quả một lần liên hệ"),
    ENROL: gettext_lazy("ghi đã lập hồ sơ, hoặc rút lại"),
    BOOK: gettext_lazy("ghi đã mở sổ điện tử, hoặc rút lại"),
    PLACE: gettext_lazy("xếp tổ, bản của xã đã chia"),
    LEAVE: gettext_lazy("ghi không còn ở địa bàn, hoặc rút lại"),
}
BASES = {
    Kind.AREA: gettext_lazy("người này thuộc địa bàn được giao"),
    Kind.CARE: gettext_lazy("đang khám, chữa bệnh cho người này"),
    Kind.REGISTERED: gettext_lazy("người này đăng ký khám ban đầu ở cơ sở được giao"),
    Kind.SELF: gettext_lazy("xem của chính mình"),
    Kind.GUARDIAN: gettext_lazy("là người giám hộ"),
    Kind.BREAK_GLASS: gettext_lazy("mở khẩn cấp"),
    Kind.AUDIT: gettext_lazy("kiểm tra, bảo vệ dữ liệu"),
}
TIERS = {
    Tier.REGISTER: gettext_lazy("tên, hộ, nơi ở"),
    Tier.EMERGENCY: gettext_lazy("thông tin cấp cứu"),
    Tier.PREVENTIVE: gettext_lazy("tiêm chủng, tầm soát"),
    Tier.ROUTINE: gettext_lazy("thông tin khám, chữa bệnh thường"),
    Tier.SENSITIVE: gettext_lazy("thông tin sức khỏe nhạy cảm"),
    Tier.LOG: gettext_lazy("ai đã xem"),
}
_KEY = re.compile(r"#(\d+)")
_ACCOUNT = re.compile(r"user#(\d+) ([a-z]+)")  # as look_at_account writes it


@dataclass(frozen=True)
class Line:
    """One look as people read it; `posts` are those by which it was asked, as they are called."""

    look: Look
    posts: list[str]
    act: str
    basis: str
    tier: str
    purpose: str


def in_words(looks: Iterable[Look]) -> list[Line]:
    """Each look in words, in the order given."""
    looks = list(looks)
    keys = {int(key) for look in looks for key in _KEY.findall(look.posts)}
    found = Post.objects.filter(pk__in=keys).select_related("unit", "hamlet")
    posts = {post.pk: f"{post.role_name}, {post.area}" for post in found}
    accounts = _accounts(looks)
    return [
        Line(
            look=look,
            posts=[posts[int(k)] for k in _KEY.findall(look.posts) if int(k) in posts],
            act=str(ACTS.get(look.act, look.act)),
            basis=str(BASES.get(Kind(look.basis), look.basis)),
            tier=str(TIERS.get(Tier(look.tier), look.tier)),
            purpose=accounts.get(look.purpose) or _purpose(look.purpose),
        )
        for look in looks
    ]


def _purpose(said: str) -> str:
    """What a page was for, with which paper of it, where one is named after the page."""
    words = told.purposes.get(said)
    if words is not None:
        return str(words)
    page, _space, paper = said.rpartition(" ")
    return f"{told.purposes[page]} ({paper})" if page in told.purposes else ""


def _accounts(looks: Iterable[Look]) -> dict[str, str]:
    """What was done for accounts of staff: whose they are, and how that was known."""
    told_of = {look.purpose: _ACCOUNT.fullmatch(look.purpose) for look in looks}
    parts = {purpose: found.groups() for purpose, found in told_of.items() if found}
    users = User.objects.in_bulk([int(key) for key, _how in parts.values()])
    return {
        purpose: _("cho {user} ({name}): {how}").format(
            user=users[int(key)], name=users[int(key)].username, how=KNEW[Knew(how)]
        )
        for purpose, (key, how) in parts.items()
        if int(key) in users and how in list(Knew)
    }


def looks_workbook(looks: Iterable[Look], out: BinaryIO) -> None:
    """Write who looked at one person as a workbook; it does not say who that person is."""
    columns = [
        Column(_("Lúc"), 18),
        Column(_("Người xem"), 24),
        Column(_("Theo nhiệm vụ"), 34),
        Column(_("Đã làm gì"), 16),
        Column(_("Để làm gì"), 30),
        Column(_("Vì sao được xem"), 26),
        Column(_("Đã thấy gì"), 24),
        Column(_("Số người cùng được nêu"), 12, NUMBER),
        Column(_("Kết quả"), 12),
    ]
    rows: Iterable[list[str | int]] = (
        [
            f"{localtime(line.look.at):%H:%M:%S %d/%m/%Y}",
            f"{line.look.actor} ({line.look.actor.username})",
            "; ".join(line.posts) or "–",
            line.act,
            line.purpose or "–",
            line.basis,
            line.tier,
            len(line.look.people),
            _("bị từ chối") if line.look.refused else _("đã xem"),
        ]
        for line in in_words(looks)
    )
    title = _("Ai đã xem một người")
    write_workbook([Sheet(title, columns, rows, title=title.upper(), landscape=True)], out)
