"""Plan: what each row of a workbook of posts would do now, or what is wrong with it and what to do.

Nobody gives here what he could not give one by one: the same functions of `access` are asked.
"""

from datetime import date
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import Misplaced
from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.access.services import (
    Access,
    accounts_named,
    are_two_people,
    grantable,
    hamlet_of_post,
    may_be_named,
    may_end,
    may_wake,
    role_named,
    why_not_given,
)
from hssk.exchange.formats.postings import END, GIVE, action_said
from hssk.exchange.formats.titled import day_said
from hssk.exchange.models import PostFile, PostRow
from hssk.exchange.services.posting.steps import (
    ACCOUNT,
    ENDING,
    POST,
    UNCHANGED,
    WOKEN,
    WRONG,
    Step,
    Wrong,
)
from hssk.exchange.services.posting.units import Units
from hssk.kit.numbers import format_date
from hssk.places.models import Unit
from hssk.places.rules import hamlet_key, unit_key
from hssk.places.services import Ambiguous


def plan(file: PostFile, *, giver: Access) -> list[Step]:
    """What each row of a file would do if it were done today by `giver`, in the file's order."""
    rows = list(file.rows.order_by("id"))
    return _Planner(rows, giver).steps(rows)


class _Planner:
    def __init__(self, rows: list[PostRow], giver: Access) -> None:
        self.giver, self.units = giver, Units(giver)
        self.roles = set(grantable(giver))
        names = {row.said["username"][1] for row in rows if "username" in row.said}
        self.users = {user.username: user for user in accounts_named(names)}
        self.spelt = {name.lower(): name for name in self.users}  # one name in whichever case
        self.posts: dict[str, list[Post]] = {}
        held = Post.objects.filter(user__in=list(self.users.values())).order_by("id")
        for post in held.select_related("user", "unit__parent", "hamlet"):
            self.posts.setdefault(post.user.username, []).append(post)
        self.planned: dict[tuple, int] = {}  # places of posts to be given → number of the row
        self.about: dict[int, Step] = {}  # posts that are there → the first row that speaks of them
        self.made: dict[str, str] = {}  # accounts to be made or woken: login name → full name

    def steps(self, rows: list[PostRow]) -> list[Step]:
        return [self._step(row) for row in rows]

    def _step(self, row: PostRow) -> Step:
        step = Step(row)
        try:
            step.username, step.full_name = self._name(step), step.said("full_name")
            step.role = self._role(step)
            action = action_said(step.said("action"))
            if action == GIVE:
                self._give(step)
            elif action == END:
                self._end(step)
            else:
                raise Wrong(
                    "action", _n("Không hiểu “{text}”."), _n("Ghi “Giao” hoặc “Kết thúc”."),
                    text=step.said("action"),
                )  # fmt: skip
            self._said_once(step)
        except Wrong as wrong:
            step.does, step.message, step.advice = WRONG, wrong.message, wrong.advice
            step.params = wrong.params
            step.column = row.said.get(wrong.field, ("", ""))[0]
        return step

    def _said_once(self, step: Step) -> None:
        """Of two rows about one post none may end it: what one takes away the other would leave."""
        if step.post is None:
            return
        first = self.about.setdefault(step.post.pk, step)
        if first is not step and ENDING in (first.does, step.does):
            self._twice(first.row.number)

    def _twice(self, number: int) -> NoReturn:
        raise Wrong("", _n("Trùng với dòng {number}."), _n("Bỏ một dòng."), number=str(number))

    def _name(self, step: Step) -> str:
        name, full = step.said("username"), step.said("full_name")
        try:
            User.username_validator(name)
        except ValidationError:
            name = ""
        if name not in self.users:
            name = self.spelt.setdefault(name.lower(), name)
        if not may_be_named(name, self.users.get(name)) or len(name) > 150 or len(full) > 200:
            raise Wrong(
                "username", _n("Tên đăng nhập thiếu hoặc có ký tự không dùng được."),
                _n("Chỉ dùng chữ không dấu, số, dấu chấm và gạch; ví dụ lo.thi.mai."),
            )  # fmt: skip
        if full and not (full.isprintable() and any(sign.isalpha() for sign in full)):
            raise Wrong(
                "full_name", _n("Họ và tên không đọc được."),
                _n("Gõ họ tên bằng chữ, không dùng công thức."),
            )  # fmt: skip
        known = self.users.get(name)
        if are_two_people(known.full_name if known else self.made.get(name, ""), full):
            raise Wrong(
                "username", _n("Tên đăng nhập này đã là của một người mang họ tên khác."),
                _n("Sửa họ tên nếu là cùng một người, hoặc chọn tên đăng nhập khác."),
            )  # fmt: skip
        return name

    def _role(self, step: Step) -> Role:
        text = step.said("role")
        role = role_named(text)
        if role is None:
            raise Wrong(
                "role", _n("Không có nhiệm vụ nào tên “{text}”."),
                _n("Chép đúng tên nhiệm vụ từ trang hướng dẫn của bảng mẫu."), text=text,
            )  # fmt: skip
        return role

    def _give(self, step: Step) -> None:
        assert step.role is not None
        if step.role not in self.roles:
            raise Wrong("role", _n("Bạn không được giao nhiệm vụ này ở địa bàn này."))
        step.unit = self._unit(step.said("unit"))
        try:
            step.hamlet = hamlet_of_post(step.role, step.unit, step.said("hamlet"), self.giver.day)
        except Misplaced as misplaced:
            params = {name: str(value) for name, value in misplaced.params.items()}
            raise Wrong(misplaced.field, misplaced.message, **params) from misplaced
        user = self.users.get(step.username)
        asked = user or User(username=step.username)
        if why := why_not_given(asked, step.role, step.unit, giver=self.giver, hamlet=step.hamlet):
            raise Wrong("unit", why.message, _n("Nhờ người quản lý cấp trên giao nhiệm vụ này."))
        self._days(step)
        if not self._is_there(step):
            self._account(step, user)
            self.planned[step.place] = step.row.number

    def _unit(self, text: str) -> Unit | None:
        if not text:
            return None
        meant = self.units.meant(text)
        if isinstance(meant, Ambiguous):
            raise Wrong(
                "unit", _n("“{text}” có thể là: {units}."), _n("Ghi mã đơn vị thay cho tên."),
                text=text, units=", ".join(f"{unit} ({unit.code})" for unit in meant.candidates),
            )  # fmt: skip
        if meant is None:
            raise Wrong(
                "unit", _n("Không tìm thấy đơn vị “{text}” trong địa bàn của bạn."),
                _n("Ghi mã đơn vị, ví dụ 03403, hoặc tên đầy đủ như “Xã San Thàng”."), text=text,
            )  # fmt: skip
        return meant

    def _days(self, step: Step) -> None:
        """From when to when; a day that is past already means today."""
        today = self.giver.day
        for name in ("since", "until"):
            text = step.said(name)
            day = day_said(text) if text else None
            if text and day is None:
                raise Wrong(
                    name, _n("“{text}” không phải là ngày."),
                    _n("Ghi ngày/tháng/năm, ví dụ 13/3/2027."), text=text,
                )  # fmt: skip
            setattr(step, name, day)
        step.since = max(step.since or today, today)
        if step.until is not None and step.until <= step.since:
            raise Wrong(
                "until", _n("Ngày kết thúc không sau ngày bắt đầu, hoặc đã qua."),
                _n("Sửa ngày, hoặc bỏ dòng này."),
            )  # fmt: skip

    def _is_there(self, step: Step) -> bool:
        """Whether the post is there by then; a day that ends it sooner ends it."""
        if (number := self.planned.get(step.place)) is not None:
            self._twice(number)
        for post in self._held(step.username):
            if _place_of(post) != step.place or post.since > (step.since or post.since):
                continue
            step.post = post
            if step.until in (None, post.until):
                step.does = UNCHANGED
            elif post.until is None or step.until < post.until:
                self._end_on(step, post, step.until)
            else:
                raise Wrong(
                    "until", _n("Nhiệm vụ này đã có, đến ngày {day}."),
                    _n("Muốn kéo dài: ghi “Từ ngày” là ngày ấy."), day=format_date(post.until),
                )  # fmt: skip
            return True
        return False

    def _held(self, username: str) -> list[Post]:
        user = self.users.get(username)
        if user is None or not user.is_active:
            return []
        held = self.posts.get(username, [])
        return [p for p in held if p.until is None or p.until > max(self.giver.day, p.since)]

    def _account(self, step: Step, user: User | None) -> None:
        if step.username in self.made:
            step.does = POST
        elif user is None:
            step.does = ACCOUNT
        elif not user.is_active:
            if not may_wake(self.giver, user):
                raise Wrong("username", _n("Bạn không được mở lại tài khoản này."))
            step.does = WOKEN
        else:
            step.does = POST
        self.made[step.username] = self.made.get(step.username) or step.full_name

    def _end(self, step: Step) -> None:
        fitting = [post for post in self.posts.get(step.username, []) if _fits(step, post)]
        held = set(self._held(step.username))
        here = [post for post in fitting if post in held]
        if not fitting or (here and not any(may_end(self.giver, post) for post in here)):
            raise Wrong(
                "username", _n("Người này không có nhiệm vụ như vậy trong địa bàn của bạn."),
                _n("Xem lại tên đăng nhập, nhiệm vụ và đơn vị ở trang “Người và nhiệm vụ”."),
            )  # fmt: skip
        here = [post for post in here if may_end(self.giver, post)]
        if len(here) > 1:
            raise Wrong(
                "unit", _n("Người này có nhiều nhiệm vụ như vậy."),
                _n("Ghi rõ đơn vị và tổ, bản của nhiệm vụ cần kết thúc."),
            )  # fmt: skip
        if not here:
            step.does, step.post = UNCHANGED, fitting[-1]
            return
        text = step.said("until")
        day = day_said(text) if text else self.giver.day
        if day is None or day < self.giver.day:
            raise Wrong(
                "until", _n("“{text}” không phải là ngày từ hôm nay trở đi."),
                _n("Để trống là kết thúc hôm nay."), text=text,
            )  # fmt: skip
        self._end_on(step, here[0], day)

    def _end_on(self, step: Step, post: Post, day: date) -> None:
        """A post ends on a day, unless it ends by then anyhow."""
        if not may_end(self.giver, post):
            raise Wrong("username", _n("Bạn không được kết thúc nhiệm vụ này."))
        step.post, step.unit, step.hamlet = post, post.unit, post.hamlet
        step.since, step.until = post.since, max(day, post.since)
        sooner = post.until is None or step.until < post.until
        step.does = ENDING if sooner else UNCHANGED


def _place_of(post: Post) -> tuple[str, Role, int | None, int | None]:
    return post.user.username, Role(post.role), post.unit_id, post.hamlet_id


def _fits(step: Step, post: Post) -> bool:
    """Whether a row that ends a post may mean this one; what it leaves out fits any."""
    unit, hamlet = step.said("unit"), step.said("hamlet")
    if step.role is not Role(post.role):
        return False
    if hamlet and (post.hamlet is None or post.hamlet.key != hamlet_key(hamlet)):
        return False
    if not unit:
        return True
    code = unit.rpartition("·")[2].strip()
    of = post.unit
    same = of is not None and unit_key(unit).name == unit_key(str(of)).name
    return of is not None and (same or of.code in (code, code.zfill(5), code.zfill(2)))
