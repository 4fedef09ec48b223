"""The pages of going out and of reports for `bench.pages`, each at its largest: what a home lacks
for them is made the first time, by the services, as staff would."""

import tempfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

MOST_CAME, MEMBERS = 60, 300
Pages = list[tuple[str, str]]


def pages_of_calling(on: str, commune: str, hamlet: int) -> Pages:
    """(what, address) of reports, campaigns, sessions, lists, cards, organisations and who is
    registered, of the largest commune and its largest hamlet."""
    from django.db import transaction

    day = date.fromisoformat(on)
    told = [*_doors(), *_of_campaigns(day, commune), *_of_reports(day)]
    with transaction.atomic():
        going = _Going(day, commune, hamlet)
        told += [*going.sessions(), *going.lists(), *going.organisations()]
    return told


def _doors() -> Pages:
    from django.urls import reverse

    return [(what, reverse(name)) for what, name in (
        ("reports", "coverage:reports"), ("sessions", "plans:sessions"),
        ("campaigns told", "plans:overview"), ("new session", "plans:new-session"),
        ("copies", "outreach:copies"), ("new copy", "outreach:new"),
        ("copies one holds", "outreach:held"), ("a picture of a list", "outreach:trace"),
        ("cards", "outreach:cards"), ("registered for first contact", "outreach:registered"),
        ("organisations", "organisations:list"))]  # fmt: skip


def _of_campaigns(on: date, commune: str) -> Pages:
    from django.urls import reverse

    told = []
    for what, code in (("province 12", "12"), ("largest commune", commune)):
        for kind in ("progress", "quality", "facilities", "left", "visits"):
            told.append((f"{what}, report {kind}", reverse("coverage:report", args=[code, kind])))
        campaign = _campaign(code, on)
        for page in ("campaign", "places", "progress"):
            told.append((f"{what}, campaign: {page}", reverse(f"plans:{page}", args=[campaign.pk])))
        if proposal := _proposal(campaign, on):
            told.append((f"{what}, proposal", reverse("plans:proposal", args=[proposal.pk])))
    return told


def _of_reports(on: date) -> Pages:
    """A report of progress that was sent, of the whole province."""
    from django.urls import reverse
    from django.utils import timezone

    from hssk.coverage.models import SentReport
    from hssk.coverage.services import sending
    from hssk.places.services import unit_on

    sent = SentReport.objects.filter(kind="progress", unit__code="12").first()
    if sent is None:
        unit = unit_on("12", on)
        sent = sending.send(sending.draft("progress", unit, on, on), unit, _actor(), timezone.now())
    return [
        ("province 12, a report as it was sent", reverse("coverage:sent-report", args=[sent.pk]))
    ]


def _actor() -> Any:
    from hssk.config.cli._run import actor_named

    return actor_named(None)


def _unit_by_now(code: str, on: date) -> Any:
    """What a unit of a day is by now."""
    from django.utils import timezone

    from hssk.places.services import on_map, unit_on

    was = unit_on(code, on)
    return on_map({was.pk}, timezone.localdate()).target.get(was.pk) or was


def _campaign(code: str, on: date) -> Any:
    """A campaign of this year in what a unit of a day is by now, made the first time."""
    from django.utils import timezone

    from hssk.outreach.models import Campaign
    from hssk.outreach.services.planning import CampaignSaid, TeamSaid, open_campaign, save_team

    today, unit = timezone.localdate(), _unit_by_now(code, on)
    found = Campaign.objects.filter(unit=unit, last__gte=today).first()
    if found is None:
        said = CampaignSaid(name="Cuối năm", percent=Decimal(95), first=today,
                            last=today + timedelta(days=300), map_day=today)  # fmt: skip
        found = open_campaign(said, unit, by=_actor(), at=timezone.now())
        save_team(found, TeamSaid(name="Đội 1", capacity=40))
    return found


def _proposal(campaign: Any, on: date) -> Any:
    """What the planner proposes for it, where the planner is installed."""
    from django.utils import timezone

    from hssk.outreach.models import Proposal
    from hssk.outreach.services.planning import can_plan, work_out

    found = campaign.proposals.exclude(done_at=None).last()
    if found is None and can_plan():
        found = Proposal.objects.create(
            campaign=campaign, asked_by=_actor(), asked_at=timezone.now()
        )
        work_out(found, on=on, now=timezone.now())
    return found


class _Going:
    """Sessions, lists, cards and members of the largest hamlet, made where they are not there."""

    def __init__(self, on: date, commune: str, hamlet: int) -> None:
        from django.utils import timezone

        from hssk.access.services import access_of
        from hssk.coverage.services.lists import in_hamlets
        from hssk.places.models import Hamlet

        self.on, self.now, self.actor = on, timezone.now(), _actor()
        self.today = timezone.localdate(self.now)
        self.by = access_of(self.actor, self.today)
        self.hamlet = Hamlet.objects.select_related("unit").get(pk=hamlet)
        self.unit = _unit_by_now(commune, on)
        self.people = in_hamlets([hamlet], on)

    def sessions(self) -> Pages:
        """A session of today with sixty in its queue and a book that came back; one of last week,
        closed, and the report of its day."""
        from django.urls import reverse

        from hssk.outreach.models import BookFile, DayReport, Session

        mine = Session.objects.filter(unit=self.unit, stops__hamlet=self.hamlet)
        today = mine.filter(on=self.today).first() or self._today()
        past = mine.filter(reports__isnull=False).first() or self._past()
        book = BookFile.objects.filter(session=today).first()
        told = [
            (f"a session: {page}", reverse(f"plans:{page}", args=[today.pk]))
            for page in ("session", "day", "queue", "queue-state", "board")
        ]
        told += [(f"a session: {page}", reverse(f"plans:{page}", args=[past.pk]))
                 for page in ("close-day", "day-report")]  # fmt: skip
        daily = DayReport.objects.filter(session=past).first()
        told.append(
            ("the report of a day as it was sent", reverse("plans:sent-day", args=[daily.pk]))
        )
        if book:
            told.append(("the book of a session", reverse("plans:book-file", args=[book.pk])))
        return told

    def _made(self, on: date, at: datetime) -> Any:
        from hssk.outreach.services.planning import SessionSaid, make_session

        said = SessionSaid(unit=self.unit, hamlets=[self.hamlet.pk], on=on, place="Nhà văn hóa bản",
                           staff="2 y tá", expected={self.hamlet.pk: MOST_CAME})  # fmt: skip
        return make_session(said, by=self.actor, at=at)

    def _today(self) -> Any:
        from contextlib import suppress

        from django.core.files.uploadedfile import SimpleUploadedFile

        from hssk.outreach.errors import CannotWork
        from hssk.outreach.services.daybooks import make_daybook, stage
        from hssk.outreach.services.daybooks.queueing import arrive

        session = self._made(self.today, self.now)
        for one in self.people[:MOST_CAME]:
            arrive(session, one.id, by=self.by)
        with suppress(CannotWork):  # more than one book can hold, or nobody
            _book, _lines, content = make_daybook(session, self.on, by=self.actor, at=self.now)
            stage(SimpleUploadedFile("so.xlsx", content), session, by=self.actor, at=self.now)
        return session

    def _past(self) -> Any:
        from hssk.outreach.reports.day import day_content
        from hssk.outreach.services.closing import DaySaid, close_day, send_day

        week = timedelta(days=7)
        session = self._made(self.today - week, self.now - week)
        said = DaySaid(came={self.hamlet.pk: 12}, began=time(7, 30), ended=time(16))
        close_day(session, said, by=self.actor, at=self.now)
        session.refresh_from_db()
        content = day_content(session, by=self.actor, today=self.today)
        send_day(session, content, by=self.actor, at=self.now)
        return session

    def lists(self) -> Pages:
        """A copy with everybody of the hamlet on it, its cards, its slips and its work list."""
        from django.urls import reverse

        from hssk.outreach.models import CardRun, Copy, Invitation
        from hssk.outreach.rules import Holder, Purpose
        from hssk.outreach.services import Session, Wanted, cards, invite, issue

        copy = Copy.objects.filter(hamlet=self.hamlet, purpose=Purpose.CHECK_UP).first()
        if copy is None:
            wanted = Wanted(
                hamlet=self.hamlet, purpose=Purpose.CHECK_UP, on=self.on, office=Holder.HEAD,
                holder="Giàng A Bịa", holder_user=self.actor,
            )  # fmt: skip
            copy = issue(wanted, by=self.actor, at=self.now)
        if not CardRun.objects.filter(hamlet=self.hamlet).exists():
            cards.print_run(self.hamlet, self.on, by=self.actor, at=self.now)
        slips = Invitation.objects.filter(hamlet=self.hamlet).first()
        if slips is None:
            wanted = Session(hamlet=self.hamlet, purpose=Purpose.CHECK_UP, on=self.on,
                             place="Trạm y tế", at=self.now + timedelta(days=7))  # fmt: skip
            slips = invite(wanted, by=self.actor, now=self.now)
        return [
            ("largest hamlet, a copy", reverse("outreach:copy", args=[copy.pk])),
            ("largest hamlet, a copy one holds", reverse("outreach:held-copy", args=[copy.pk])),
            ("largest hamlet, cards", reverse("outreach:hamlet-cards", args=[self.hamlet.pk])),
            ("largest hamlet, slips", reverse("outreach:invitation", args=[slips.pk])),
            ("largest hamlet, work list", f"{reverse('outreach:work')}?hamlet={self.hamlet.pk}"),
        ]  # fmt: skip

    def organisations(self) -> Pages:
        """A school whose three hundred members live in the hamlet, and the file that said so."""
        from django.urls import reverse

        from hssk.exchange.models import MemberFile
        from hssk.places.models import Organisation
        from hssk.places.services import make_organisation

        school = Organisation.objects.filter(unit=self.unit, name="Trường bịa để đo").first()
        if school is None:
            school = make_organisation(name="Trường bịa để đo", kind=Organisation.SCHOOL,
                                       unit=self.unit, since=self.today)  # fmt: skip
        files = MemberFile.objects.filter(organisation=school)
        if not files.exists():
            self._members(school)
        file = files.get()
        told = [(f"an organisation: {page}", reverse(f"organisations:{page}", args=[school.pk]))
                for page in ("one", "work", "members")]  # fmt: skip
        return [*told, ("an organisation: file", reverse("organisations:file", args=[file.pk]))]

    def _members(self, school: Any) -> None:
        from hssk.exchange.formats.mark import MARK
        from hssk.exchange.services import members
        from hssk.kit.workbook import Column, Sheet, write_workbook

        columns = [Column("STT", 6), Column("Họ và tên", 28), Column("Ngày sinh", 14)]
        named = [one for one in self.people if one.birth][:MEMBERS]
        rows = [[number, one.name, str(one.birth)] for number, one in enumerate(named, 1)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "thanh_vien.xlsx"
            write_workbook([Sheet("Danh sách", columns, rows, title="THÀNH VIÊN")], path, MARK)
            file = members.stage(
                path, school, on=self.today, whole=True, by=self.actor, at=self.now
            )
            plan = members.plan(file, by=self.actor, today=self.today)
            members.carry_out(file, plan.digest, by=self.actor, at=self.now)
