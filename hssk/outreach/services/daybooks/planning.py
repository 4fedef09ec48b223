"""Plan: what each row of a book that came back would do now, or what is wrong with it.

Worked out at each look, from the world as it is then. Nobody writes here what he could not write
one by one: the same function records each outcome, and refuses alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.services import Access
from hssk.coverage.services import Person
from hssk.exchange.formats.titled import day_said
from hssk.kit.dates import PartialDate
from hssk.kit.text import fold
from hssk.outreach.errors import CannotRecord, CannotWork
from hssk.outreach.models import BookFile, BookLine, BookRow, Contact, Kind
from hssk.outreach.rules.daybooks import (
    birth_said,
    births_agree,
    is_name_of,
    line_of,
    outcome_said,
)
from hssk.outreach.services.contacts import of_day, record_outcome, refuse_lacking
from hssk.outreach.services.issuing import residents
from hssk.people.errors import Refused
from hssk.people.services import roots_of

DOES, THERE, NOTHING, ASKS, WRONG = "does", "there", "nothing", "asks", "wrong"
BACK = "back"  # done once, and taken back with the whole file


class _Wrong(Exception):
    """A row cannot be done: the field it is about, what is wrong and what to do."""

    def __init__(self, field: str, message: str, **params: object) -> None:
        super().__init__(message)
        self.field, self.message, self.params = field, message, params


@dataclass
class Step:
    """What a row would do: `does` is one of the words above; those that were done already are
    THERE.

    person      whom it is about; None where nobody, or several
    candidates  whom it may be about, where it ASKS
    column      letter of the column that is wrong, "" for the whole row; `message` is a Vietnamese
                format string that `params` fill
    """

    row: BookRow
    does: str = WRONG
    person: UUID | None = None
    kind: Kind | None = None
    until: date | None = None
    candidates: list[Person] = field(default_factory=list)
    column: str = ""
    message: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """The text of a field of the row; "" where it says nothing."""
        return self.row.said.get(name, ("", ""))[1]


def plan(file: BookFile, *, by: Access) -> list[Step]:
    """What each row of a file would do if it were done now by `by`, in the file's order."""
    rows = list(file.rows.select_related("contact").order_by("pk"))
    return _Planner(file, rows, by).steps()


def digest_of_plan(steps: Iterable[Step]) -> str:
    """A digest of what would be done, by which one sees that it is not what was shown."""
    said = [(s.row.pk, s.does, s.person, s.kind, s.until) for s in steps]
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()


def choose(row: BookRow, person: UUID, *, by: Access) -> None:
    """Somebody says whom a row without a code is about: one of those it may be about.

    Raises CannotWork for anybody else.
    """
    step = next(one for one in plan(row.file, by=by) if one.row.pk == row.pk)
    if person not in {one.id for one in step.candidates}:
        raise CannotWork(_n("Dòng này không hỏi về người ấy."))
    BookRow.objects.filter(pk=row.pk).update(chosen=person)


class _Planner:
    """Looks once at whom the rows may name, then judges row by row."""

    def __init__(self, file: BookFile, rows: list[BookRow], by: Access) -> None:
        self.session, self.rows, self.by = file.session, rows, by
        self.lines = {
            (line.book.serial, line.number): line
            for line in BookLine.objects.filter(book__session=file.session).select_related("book")
        }
        named = [line.person for line in self.lines.values()]
        self.roots = roots_of([*named, *(row.chosen for row in rows if row.chosen)])
        self.known = of_day(self.roots.values(), self.session.on)
        self.planned: dict[UUID, BookRow] = {}  # whom a row above is about → that row
        self._residents: list[Person] | None = None

    def steps(self) -> list[Step]:
        return [self._step(row) for row in self.rows]

    def _step(self, row: BookRow) -> Step:
        step = Step(row)
        try:
            self._judge(step)
        except _Wrong as wrong:
            step.does, step.message, step.params = WRONG, wrong.message, wrong.params
            step.column = row.said.get(wrong.field, ("", ""))[0]
        return step

    def _judge(self, step: Step) -> None:
        if step.row.contact is not None and step.row.contact.taken_back_at is None:
            step.does, step.kind = THERE, Kind(step.row.contact.kind)
            step.person = step.row.contact.person
            return
        if not step.said("outcome"):
            self._unmet(step)
            return
        step.kind = self._kind(step)
        step.person = self._person(step)
        if step.person is None:
            step.does = ASKS
            return
        self._once(step, step.person)
        self._words(step, step.kind)
        if self._is_there(step):
            step.does = THERE
            return
        _rehearse(step, self.session.on, self.by)
        step.does = DOES

    def _unmet(self, step: Step) -> None:
        """A note may stand beside somebody who was not met; a day or a place is of an outcome."""
        for told in ("until", "where"):
            if step.said(told):
                raise _Wrong(told, _n("Có ghi “{text}” mà chưa có kết quả. Hãy chọn một kết quả."),
                             text=step.said(told))  # fmt: skip
        step.does = NOTHING

    def _kind(self, step: Step) -> Kind:
        meant = outcome_said(step.said("outcome"))
        if not meant:
            raise _Wrong("outcome", _n("Không hiểu kết quả “{text}”. Hãy chọn một dòng trong danh "
                                       "sách của sổ."), text=step.said("outcome"))  # fmt: skip
        return Kind(meant)

    def _person(self, step: Step) -> UUID | None:
        """Whom the row is about: by its code, by what somebody chose, by what it says; None where
        somebody has to say."""
        if step.said("code"):
            return self.roots[self._line(step).person]
        if step.row.chosen is not None:
            return self.roots.get(step.row.chosen)
        return self._by_words(step)

    def _line(self, step: Step) -> BookLine:
        code = line_of(step.said("code"))
        if code is None:
            raise _Wrong("code", _n("Mã dòng “{text}” không đúng. Hãy chép lại từ sổ đã tải về."),
                         text=step.said("code"))  # fmt: skip
        line = self.lines.get(code)
        if line is None:
            raise _Wrong("code", _n("Mã dòng “{text}” là của sổ khác. Hãy gửi tệp ở trang của buổi "
                                    "ấy."), text=step.said("code"))  # fmt: skip
        if line.person not in self.roots:
            raise _Wrong("code", _n("Người ở dòng này nay không còn ở địa bàn của bạn."))
        if not is_name_of(step.said("name"), line.name):
            raise _Wrong("name", _n("Mã dòng này là của {known}, nhưng dòng ghi “{text}”. Có thể "
                                    "một cột đã bị sắp xếp riêng. Hãy so lại với sổ đã tải về."),
                         known=line.name, text=step.said("name"))  # fmt: skip
        return line

    def _by_words(self, step: Step) -> UUID | None:
        name = fold(step.said("name"))
        if not name:
            raise _Wrong("name", _n("Dòng thêm vào phải có họ và tên."))
        alike = [one for one in self._everybody() if fold(one.name) == name]
        said = birth_said(step.said("birth"))
        if said is not None:
            alike = [one for one in alike if one.birth is None or births_agree(said, one.birth)]
        if not alike:
            raise _Wrong("name", _n("Không thấy ai tên ấy, sinh ngày ấy ở các tổ, bản của buổi. "
                                    "Hãy sửa cho đúng, hoặc đưa người này vào danh sách dân rồi "
                                    "xem lại trang này."))  # fmt: skip
        if len(alike) == 1 and said is not None and alike[0].birth == said:
            return alike[0].id
        step.candidates = alike
        return None

    def _everybody(self) -> list[Person]:
        if self._residents is None:
            stops = self.session.stops.select_related("hamlet")
            on = self.by.day
            self._residents = [one for stop in stops for one in residents(stop.hamlet, on)]
        return self._residents

    def _once(self, step: Step, person: UUID) -> None:
        before = self.planned.setdefault(person, step.row)
        if before == step.row:
            return
        if before.sheet != step.row.sheet:
            raise _Wrong("", _n("Người này đã có ở dòng {number} của trang “{sheet}”. Hãy bỏ một "
                                "dòng."), number=before.number, sheet=before.sheet)  # fmt: skip
        raise _Wrong("", _n("Người này đã có ở dòng {number}. Hãy bỏ một dòng."),
                     number=before.number)  # fmt: skip

    def _words(self, step: Step, kind: Kind) -> None:
        text = step.said("until")
        step.until = day_said(text) if text else None
        if text and step.until is None:
            raise _Wrong("until", _n("“{text}” không phải là ngày. Ghi ngày/tháng/năm, ví dụ "
                                     "13/3/2027."), text=text)  # fmt: skip
        if kind is not Kind.ABSENT:
            step.until = None
        try:
            refuse_lacking(
                kind,
                self.session.on,
                by=self.by,
                why=step.said("why"),
                until=step.until,
                where=step.said("where"),
            )
        except CannotRecord as why:
            field = {Kind.REFUSED: "why", Kind.HAD_ONE: "where", Kind.ABSENT: "until"}.get(kind, "")
            raise _Wrong(field, why.message, **why.params) from why

    def _is_there(self, step: Step) -> bool:
        """Whether another file said the same of them for this day; one that said otherwise stands
        until it is taken back."""
        told = self.known.get(step.person, []) if step.person else []
        if not told:
            return False
        alike = [one for one in told if one.kind == step.kind]
        if not alike:
            raise _otherwise("outcome", Kind(told[-1].kind), told[-1])
        if all(_says_otherwise(step, one) for one in alike):
            field = "until" if step.kind is Kind.ABSENT else "where"
            latest = alike[-1]
            known = str(PartialDate(latest.until)) if latest.until else latest.where
            raise _otherwise(field, known or Kind(latest.kind), latest)
        return True


def _otherwise(field: str, known: Kind | str, contact: Contact) -> _Wrong:
    return _Wrong(field, _n("Hôm ấy đã ghi kết quả khác: {other}, do {who} ghi. Hãy rút kết quả ấy "
                            "lại trước, hoặc bỏ dòng này."),
                  other=known, who=contact.by)  # fmt: skip


def _says_otherwise(step: Step, contact: Contact) -> bool:
    """Whether a row names another day or place than a contact with the same outcome; one that
    names none says nothing against it."""
    if step.kind is Kind.ABSENT:
        return step.until is not None and step.until != contact.until
    if step.kind in (Kind.HAD_ONE, Kind.MOVED):
        return fold(step.said("where")) not in ("", fold(contact.where))
    return False


def do(step: Step, on: date, by: Access) -> Contact:
    """Write down what a right row says of a day."""
    assert step.person is not None
    assert step.kind is not None
    return record_outcome(
        step.person, step.kind, on=on, by=by, why=step.said("why"), until=step.until,
        where=step.said("where"),
    )  # fmt: skip


class _Enough(Exception):
    """Raised to take a rehearsal back."""


def _rehearse(step: Step, on: date, by: Access) -> None:
    """Do it and take it back at once: what would refuse it then says so now."""
    try:
        with transaction.atomic():
            do(step, on, by)
            raise _Enough
    except _Enough:
        return
    except (CannotRecord, Refused) as why:
        raise _Wrong("", why.message, **why.params) from why
