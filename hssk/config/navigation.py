"""The ways through the product, the same on every page. Only here all rooms are known."""

import math
import time
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hssk.access.policy import rights_for
from hssk.access.rights import Right, Role
from hssk.access.services import as_machine, grantable, within
from hssk.access.views.adapters import first_page
from hssk.access.views.doorkeeper import access
from hssk.access.views.watch import idle_limit, sitting
from hssk.exchange.views.within import how_many_wait
from hssk.kit.words import count_of
from hssk.outreach.services.chasing import overdue_for, owed_by
from hssk.people.models import Person
from hssk.people.services import cases, moves
from hssk.people.services import emergency as broken_glass
from hssk.people.views.asked import is_of_the_area

MOST_COUNTS = 10_000  # kept at once, of some thousands of people at most
CLEARS_AFTER = 30  # seconds: by then the session has ended whatever the page's clock says


def _broken(_request: HttpRequest) -> int:
    """How many broken glasses wait for a review."""
    return broken_glass.waiting().count()


def _to_confirm(request: HttpRequest) -> int:
    """How many cases of audit wait for this second officer."""
    return cases.to_confirm(access(request).user)


def _unheard(request: HttpRequest) -> int:
    """How many wait while nobody is there to review them, for who could appoint somebody."""
    who = access(request)
    if Role.AUDITOR not in grantable(who):
        return 0
    with as_machine(who.user, who.day):  # how many, and nothing of anybody
        return broken_glass.unheard(who.day)


def _to_answer(request: HttpRequest) -> int:
    """How many people are said to have moved away, whom this person may let go."""
    who = access(request)
    return moves.waiting_for(who) if who.allows(Right.RELEASE) else 0


def _overdue(request: HttpRequest) -> int:
    """How many copies of lists should be back in the area of whoever hands them out."""
    return overdue_for(access(request)).count()


def _owed(request: HttpRequest) -> int:
    """How many copies one should have brought back oneself."""
    return len(owed_by(access(request)))


# what stands beside an entry of the menu, on every page
_BESIDE = {
    "exchange:review": how_many_wait,
    "outreach:copies": _overdue,
    "outreach:held": _owed,
    "people:arrivals": _to_answer,
    "people:cases": _to_confirm,
    "people:reviews": _broken,
}
_COUNTED = {**_BESIDE, "posts": _unheard}


# what was counted last, and when: for one person, their posts and one day
_counts: dict[tuple, tuple[float, int]] = {}


def _count(request: HttpRequest, name: str, url: str) -> int:
    """The number beside an entry: exact on its own pages, where the work is done; on all others
    as it was within the last minute, for asking costs more than many a page itself.

    Kept for one person with these posts, so that a post that ends takes its number along.
    """
    who, now = access(request), time.monotonic()
    key = (name, who.user.pk, who.day, tuple(sorted(post.pk for post in who.posts)))
    at_work = request.path.startswith(url)
    counted, count = _counts.get(key, (-math.inf, 0))
    if at_work or now - counted >= settings.COUNTS_STAND_FOR:
        if len(_counts) > MOST_COUNTS:
            _counts.clear()
        with _scope_of(request):
            count = _COUNTED[name](request)
        _counts[key] = now, count
    return count


def _scope_of(request: HttpRequest) -> AbstractContextManager[None]:
    """The scope of whoever asks: a page for everybody has none, and all would count as none."""
    policy = getattr(request, "policy", None)
    return nullcontext() if policy and policy.rights else within(access(request))


def _entries(hands_out: bool, goes_out: bool) -> list[tuple[str, str, str]]:
    """Whoever hands lists out has their own copies and the reports in the menu of their name: a
    small laptop holds nine ways beside each other. Who goes out nowhere may read of campaigns."""
    lists = (
        ("outreach:copies", "file", _("Giao danh sách"))
        if hands_out
        else ("outreach:held", "file", _("Danh sách tôi giữ"))
    )
    return [
        ("coverage:home", "cover", _("Độ bao phủ")),
        ("coverage:find", "find", _("Tìm người")),
        lists,
        *([] if hands_out else [_registered(), _organisations(), _reports()]),
        ("plans:sessions", "later", _("Đi tổ, bản")),
        *([] if goes_out else [("plans:overview", "later", _("Chiến dịch"))]),
        ("exchange:import", "import", _("Nhập tệp")),
        ("exchange:review", "review", _("Cặp chờ xem lại")),
        ("people:arrivals", "move", _("Chuyển nơi ở")),
        ("people:emergency", "warning", _("Mở khẩn cấp")),
        ("help", "help", _("Trợ giúp")),
    ]


def _registered() -> tuple[str, str, str]:
    return "outreach:registered", "person", _("Đăng ký khám ban đầu")


def _organisations() -> tuple[str, str, str]:
    return "organisations:list", "batches", _("Cơ quan, đoàn thể")


def _reports() -> tuple[str, str, str]:
    return "coverage:reports", "file", _("Báo cáo")


def _own_entries(hands_out: bool) -> list[tuple[str, str, str]]:
    """What few people do now and then stands in the menu of their own name."""
    return [
        *([("outreach:held", "file", _("Danh sách tôi giữ")), _registered()] if hands_out else []),
        *([_organisations(), _reports()] if hands_out else []),
        ("exchange:batches", "batches", _("Các lần nhập")),
        ("posts", "person", _("Người và nhiệm vụ")),
        ("posts-review", "person", _("Rà soát nhiệm vụ")),
        ("exchange:postings", "import", _("Giao nhiệm vụ từ bảng tính")),
        ("coverage:regrants", "person", _("Nhiệm vụ sau sáp nhập")),
        ("people:reviews", "later", _("Xem xét mở khẩn cấp")),
        ("people:cases", "file", _("Vụ kiểm tra")),
        ("looks", "person", _("Nhật ký xem")),
        ("outreach:trace", "find", _("Danh sách bị lộ ra ngoài")),
        ("coverage:after-death", "later", _("Ghi đã mất, cần xem lại")),
        ("coverage:unusual", "person", _("Xem khác thường")),
        ("questions", "person", _("Câu hỏi về lần xem của tôi")),
    ]


def _items(request: HttpRequest, entries: list[tuple[str, str, str]]) -> list[dict[str, object]]:
    items, path = [], request.path
    for name, icon, label in entries:
        rights = rights_for(name)
        if rights and not access(request).allows(*rights):
            continue
        url = reverse(name)
        inside = path.startswith(url) and (url != "/" or path.startswith("/coverage/"))
        current = "page" if path == url else "true" if inside else ""
        count = _count(request, name, url) if name in _BESIDE else 0
        items.append({"url": url, "icon": icon, "label": label, "current": current, "count": count})
    return items


def _from_here(request: HttpRequest) -> list[dict[str, str]]:
    """The ways on from a page to rooms above its own, which it cannot know."""
    match, who = request.resolver_match, access(request)
    if match is None:
        return []
    if match.view_name == "coverage:person" and who.allows(Right.LISTS):
        one = Person.objects.filter(pk=match.kwargs["person"]).first()
        if one is not None and is_of_the_area(request, one, Right.MOVE):
            url = reverse("outreach:contacts", args=[one.pk])
            return [{"url": url, "label": _("Các lần liên hệ")}]
    hamlet = match.kwargs["hamlet"] if match.view_name == "coverage:hamlet" else None
    if hamlet is not None and who.holds_hamlet(hamlet, Right.LISTS):
        return [
            {"url": f"{reverse('outreach:work')}?hamlet={hamlet}", "label": _("Danh sách việc")}
        ]
    return []


def _chased(request: HttpRequest) -> list[dict[str, str]]:
    """What is late, on the page on which somebody begins: that of the area of a post of theirs."""
    if not _is_first_page(request):
        return _not_heard(request) if request.path == reverse("posts") else []
    lines = []
    for name, said, way in (
        ("outreach:copies", _("{copies} danh sách quá hạn, chưa ai trả."), _("Xem và nhắc trả")),
        ("outreach:held", _("{copies} danh sách bạn giữ đã quá hạn trả."), _("Xem phải làm gì")),
    ):
        url = reverse(name)
        allowed = access(request).allows(*rights_for(name))
        if allowed and (count := _count(request, name, url)):
            lines.append({"text": said.format(copies=count_of(count, "copy")), "way": way,
                          "url": url})  # fmt: skip
    return [*lines, *_not_heard(request)]


def _not_heard(request: HttpRequest) -> list[dict[str, str]]:
    url = reverse("posts")
    asked = access(request).allows(*rights_for("posts")) and _count(request, "posts", url)
    if not asked:
        return []
    said = _("Lần mở khẩn cấp chờ xem xét mà không còn ai làm việc xem xét: {n}.")
    way = _("Giao nhiệm vụ Kiểm tra, bảo vệ dữ liệu")
    return [{"text": said.format(n=asked), "way": way, "url": url}]


def _is_first_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.namespace != "coverage":
        return False
    if match.url_name == "unit":
        return any(
            post.unit and post.unit.code == match.kwargs["code"] for post in access(request).posts
        )
    if match.url_name in ("hamlet", "hamlet-figures"):
        return any(post.hamlet_id == match.kwargs["hamlet"] for post in access(request).posts)
    return match.url_name == "home"


def navigation(request: HttpRequest) -> dict[str, object]:
    """`navigation`, `account`, `from_here` and `chased` for those who are signed in; `language_url`
    for all."""
    known: dict[str, object] = {"language_url": reverse("set_language")}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        hands_out = access(request).allows(Right.LISTS)
        goes_out = access(request).allows(Right.PLAN, Right.SESSIONS)
        known["navigation"] = _items(request, _entries(hands_out, goes_out))
        known["from_here"] = _from_here(request)
        known["chased"] = _chased(request)
        known["account"] = {
            "name": str(user),
            "home_url": first_page(access(request)),
            "ways": _items(request, _own_entries(hands_out)),
            "password_url": reverse("password"),
            "second_url": reverse("mfa_index"),
            "sittings_url": reverse("sittings"),
            "lock_url": reverse("lock"),
            "still_url": reverse("still"),
            "shared": bool(sitting(request).get("shared")),
            "idle": (idle := idle_limit(bool(sitting(request).get("shared")))),
            "clears": idle + CLEARS_AFTER,
            "logout_url": reverse("logout"),
        }
    return known
