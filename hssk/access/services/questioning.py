"""Asking about unusual looking: which person a user is, and what was asked, answered and closed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _n

from hssk.access import rules
from hssk.access.errors import NotYours
from hssk.access.models import Question, Tie, User
from hssk.access.services.areas import Access
from hssk.access.services.scope import within

KINDS = {
    rules.FAMILY: gettext_lazy("mở xem chính mình hoặc người cùng hộ với mình"),
    rules.NEIGHBOURS: gettext_lazy("mở xem nhiều người cùng tổ, bản với mình"),
    rules.COLLEAGUES: gettext_lazy("mở xem người đang làm cùng hệ thống"),
    rules.NIGHT: gettext_lazy("xem nhiều lần trong đêm (22 giờ–5 giờ)"),
    rules.MANY: gettext_lazy("xem nhiều người hơn hẳn những người cùng nhiệm vụ"),
    rules.FAR: gettext_lazy("mở xem nhiều người mà 30 ngày quanh đó không có việc gì"),
    rules.REFUSED: gettext_lazy("thử nhiều lần vào nơi không được giao"),
}
Key = tuple[int, str, date]  # about whom, the kind of finding, the day


@dataclass
class Thread:
    """What was asked about one finding, its answers, and how it was closed, in their order."""

    about: User
    kind: str
    day: date
    looks: int
    steps: list[Question] = field(default_factory=list)

    @property
    def said(self) -> str:
        """The finding in words."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def closed(self) -> bool:
        """Whether nobody waits for anything any more."""
        return self.steps[-1].step == Question.CLOSE

    @property
    def waits_for_answer(self) -> bool:
        """Whether the one asked has not answered the newest question."""
        return self.steps[-1].step == Question.ASK


def threads(about: User | None = None) -> dict[Key, Thread]:
    """What was ever asked, of everybody or of one user, newest day first, as the scope shows."""
    steps = Question.objects.select_related("about", "by").order_by("id")
    if about is not None:
        steps = steps.filter(about=about)
    found: dict[Key, Thread] = {}
    for step in steps:
        key = (step.about_id, step.kind, step.day)
        if key not in found:
            found[key] = Thread(step.about, step.kind, step.day, step.looks)
        found[key].steps.append(step)
    return dict(sorted(found.items(), key=lambda item: item[0][2], reverse=True))


def own_threads(who: Access) -> list[Thread]:
    """What was asked of oneself."""
    with within(who):
        return list(threads(who.user).values())


def ask(who: Access, about: User, kind: str, day: date, *, looks: int, text: str) -> None:
    """Ask somebody for the reason. Raises NotYours of oneself: another officer asks one."""
    _step(who, (about, kind, day), step=Question.ASK, text=text, looks=looks)


def close(who: Access, about: User, kind: str, day: date, *, looks: int, text: str) -> None:
    """Close a finding, asked about or not, with what was found. Raises NotYours of oneself."""
    _step(who, (about, kind, day), step=Question.CLOSE, text=text, looks=looks)


def answer(who: Access, kind: str, day: date, text: str) -> None:
    """Answer what was asked of oneself. Raises NotYours where nothing was, or it is closed."""
    with within(who):
        mine = threads(who.user).get((who.user.pk, kind, day))
        if mine is None or mine.closed:
            raise NotYours(_n("Không có câu hỏi nào đang chờ bạn trả lời về việc này."))
        _write(who, (who.user, kind, day), step=Question.ANSWER, text=text, looks=mine.looks)


def _step(who: Access, matter: tuple[User, str, date], **said: Any) -> None:
    if matter[0] == who.user:
        raise NotYours(_n("Người khác phải xem xét các lần xem của chính bạn."))
    _write(who, matter, **said)


def _write(who: Access, matter: tuple[User, str, date], **said: Any) -> None:
    about, kind, day = matter
    Question.objects.create(about=about, kind=kind, day=day, by=who.user, at=Now(), **said)


def ties() -> dict[int, UUID]:
    """User → the person they are, of those for whom it was said."""
    newest = Tie.objects.order_by("user_id", "-id").distinct("user_id")
    return {tie.user_id: tie.person for tie in newest if tie.person is not None}


def tie(who: Access, user: User, person: UUID | None) -> None:
    """Say which person of the register a user is; None that they are nobody of it."""
    Tie.objects.create(user=user, person=person, by=who.user, at=Now())
