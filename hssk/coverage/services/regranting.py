"""After a reform: what each post opens, what it would open if given anew, and how many people more.

Counts of places for whoever gives posts, who may see no row: about, to the nearest ten, where the
people behind them are not his to see (protection.md §1.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _

from hssk.access.models import Post, User
from hssk.access.rights import Right
from hssk.access.services import Access, opened_by, posts_within, regrants
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.figures import numbers_on
from hssk.kit.numbers import format_date, format_number
from hssk.kit.words import language
from hssk.kit.workbook import NUMBER, Cell, Column, Sheet, write_workbook
from hssk.places.models import Unit


@dataclass(frozen=True)
class Reach:
    """Hamlets and the people in them; `words` tells how many, as the giver may know."""

    hamlets: int
    people: int
    words: str


@dataclass(frozen=True)
class HeirLine:
    """A successor: what the new post would open, and of that what is more and what is no longer."""

    unit: Unit
    given: bool
    then: Reach
    more: Reach
    fewer: Reach


@dataclass(frozen=True)
class RegrantLine:
    """A post whose unit has ended, what it opens now, and where it may be given anew."""

    post: Post
    ended: date
    now: Reach
    heirs: tuple[HeirLine, ...]


@dataclass(frozen=True)
class AccessLine:
    """What the posts of one user opened before and open after; `beyond` came by nobody's giving."""

    user: User
    posts: str
    before: Reach
    after: Reach
    more: Reach
    approved: Reach
    fewer: Reach
    beyond: Reach


class _Reaches:
    def __init__(self, giver: Access, on: date) -> None:
        self.giver, self.numbers = giver, numbers_on(on)

    def __call__(self, hamlets: Iterable[int]) -> Reach:
        there = list(hamlets)
        people = sum(self.numbers[key].expected for key in there if key in self.numbers)
        return Reach(len(there), people, self._words(people, there))

    def _words(self, people: int, hamlets: list[int]) -> str:
        if not people or self.giver.holds_hamlets(hamlets, Right.REGISTER):
            return format_number(people, language())
        if people < LEAST_SHOWN:
            return _("dưới {n}").format(n=LEAST_SHOWN)
        return _("khoảng {n}").format(n=format_number(round(people, -1), language()))


def regrant_lines(giver: Access) -> list[RegrantLine]:
    """Each post that `giver` may give anew because its unit is no more, by name of its user."""
    reach = _Reaches(giver, giver.day)
    return [
        RegrantLine(
            each.post,
            each.ended,
            reach(each.hamlets),
            tuple(
                HeirLine(
                    heir.unit,
                    heir.given,
                    reach(heir.hamlets),
                    reach(heir.hamlets - each.hamlets),
                    reach(each.hamlets - heir.hamlets),
                )
                for heir in each.heirs
            ),
        )
        for each in regrants(giver)
    ]


def access_lines(giver: Access, before: date, after: date) -> list[AccessLine]:
    """What each user whose posts `giver` may give could reach on `before` and on `after`.

    People are counted as of `after` on both sides, so that a difference is one of access alone.
    """
    posts = posts_within(giver, before)
    reach = _Reaches(giver, after)
    held: dict[int, list[str]] = {}
    for post in posts:
        held.setdefault(post.user_id, []).append(f"{post.role_name}, {post.area}")
    return [
        AccessLine(
            each.user,
            "; ".join(held[each.user.pk]),
            reach(each.before),
            reach(each.after),
            reach(each.after - each.before),
            reach((each.after - each.before) & each.approved),
            reach(each.before - each.after),
            reach(each.beyond),
        )
        for each in opened_by(posts, before, after)
    ]


def access_workbook(lines: list[AccessLine], before: date, after: date) -> bytes:
    """The report over all users as an .xlsx file."""
    then, now = format_date(before, language()), format_date(after, language())
    columns = [
        Column(_("Tên đăng nhập"), 18),
        Column(_("Họ và tên"), 24),
        Column(_("Nhiệm vụ"), 40),
        Column(_("Tổ, bản"), 9, NUMBER, group=_("Mở ngày {day}").format(day=then)),
        Column(_("Người"), 14, group=_("Mở ngày {day}").format(day=then)),
        Column(_("Tổ, bản"), 9, NUMBER, group=_("Mở ngày {day}").format(day=now)),
        Column(_("Người"), 14, group=_("Mở ngày {day}").format(day=now)),
        Column(_("Thêm (người)"), 14),
        Column(_("Trong đó có người giao"), 14),
        Column(_("Bớt (người)"), 14),
        Column(_("Tự rộng ra (phải là 0)"), 14),
    ]
    rows: list[list[Cell]] = [
        [
            line.user.username, line.user.full_name, line.posts, line.before.hamlets,
            line.before.words, line.after.hamlets, line.after.words, line.more.words,
            line.approved.words, line.fewer.words, line.beyond.words,
        ]
        for line in lines
    ]  # fmt: skip
    sheet = Sheet(
        name=_("Trước và sau"), columns=columns, rows=rows,
        title=_("AI XEM ĐƯỢC BAO NHIÊU NGƯỜI, TRƯỚC VÀ SAU"),
        subtitle=_("Ngày {then} và ngày {now}").format(then=then, now=now), landscape=True,
    )  # fmt: skip
    out = BytesIO()
    write_workbook([sheet], out)
    return out.getvalue()
