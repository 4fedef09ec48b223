"""The circle, once round: a city's two files, who is missing, a weekend planned, a list handed out,
the book of a session filled in by LibreOffice, taken in, reported; every figure agrees."""

import shutil
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hssk.access.services import access_of
from hssk.coverage.reports.content import lines_of
from hssk.coverage.services import figures, missing, sending, settle, verify
from hssk.exchange.invented import invent
from hssk.exchange.invented.files import write_files
from hssk.exchange.tests.pipeline import take_in
from hssk.kit.home import Home
from hssk.outreach.models import Contact, Proposal, Session
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import Wanted, issue, reasons_left
from hssk.outreach.services.daybooks import carry_out, digest_of_plan, make_daybook, plan, stage
from hssk.outreach.services.planning import (
    CampaignSaid,
    TeamSaid,
    ground_of,
    open_campaign,
    save_team,
    take_over,
    work_out,
)
from hssk.places.services import unit_on
from tests.system.office import fill_in
from tests.village import on_duty

CITY = "12-105"


@pytest.fixture
def city(fresh_database, settings, tmp_path):
    """The two files of an invented city, taken in, in a database that no other test has filled and
    emptied: what the planner of queries knows of it is what it holds. Its day."""
    pytest.importorskip("ortools")
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice: apt-get install libreoffice-calc-nogui")
    settings.HOME = Home(tmp_path / "home").open()
    made = invent(people=3_000, seed=12)
    files = write_files(made, tmp_path)
    take_in(files.roster, "roster", on=made.on)
    take_in(files.records, "records", on=made.on)
    settle()
    return made.on


def planned(city, officer, now):
    """The first session of a proposal that was taken over."""
    said = CampaignSaid(name="Cuối năm", percent=Decimal(95), first=now.date(),
                        last=now.date() + timedelta(days=60), map_day=city)  # fmt: skip
    campaign = open_campaign(said, unit_on(CITY, city), by=officer, at=now)
    save_team(campaign, TeamSaid(name="Đội 1", capacity=60))
    ground, counts = ground_of(campaign, city, now.date()), figures(CITY, city).counts
    assert (ground.expected, ground.found) == (counts.expected, counts.found)
    assert ground.remaining + sum(ground.aside.values()) == counts.missing
    proposal = Proposal.objects.create(campaign=campaign, asked_by=officer, asked_at=now)
    work_out(proposal, on=city, now=now)
    take_over(proposal, range(len(proposal.plan["outings"])), by=officer, at=now)
    return Session.objects.earliest("on", "pk")


def left_in(hamlet, day):
    return {one.id for one in missing(CITY, day) if one.hamlet_id == hamlet.pk}


def listed(session, city, officer, now):
    """A copy for each hamlet of the session; every one names exactly who is missing there."""
    ground = ground_of(session.campaign, city, now.date())
    for stop in session.stops.select_related("hamlet"):
        left = left_in(stop.hamlet, city)
        place = next(one for one in ground.places if one.hamlet == stop.hamlet_id)
        assert stop.remaining == place.remaining == len(left) - place.aside
        wanted = Wanted(hamlet=stop.hamlet, purpose=Purpose.NO_RECORD, on=city,
                        office=Holder.HEALTH_WORKER, holder="Lò Thị Y Tá")  # fmt: skip
        copy = issue(wanted, by=officer, at=now)
        assert left <= set(copy.lines.values_list("person", flat=True))
    return [stop.hamlet for stop in session.stops.all()]


def brought_home(session, city, officer, tmp_path):
    """The book goes out, is filled in by LibreOffice and done: (rows in it, contacts made)."""
    begins = timezone.make_aware(datetime.combine(session.on, datetime.min.time()).replace(hour=7))
    _book, rows, content = make_daybook(session, city, by=officer, at=begins)
    path = Path(tmp_path) / "so_buoi.xlsx"
    path.write_bytes(content)
    fill_in(path, tmp_path / "desk")
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    by, evening = access_of(officer, session.on), begins + timedelta(hours=11)
    file = stage(upload, session, by=officer, at=evening)
    return len(rows), carry_out(file, digest_of_plan(plan(file, by=by)), by=by, at=evening)


def test_from_the_gap_to_the_list_to_the_visit_to_the_record_to_the_report(city, tmp_path):
    now = timezone.make_aware(datetime.combine(city, datetime.min.time()).replace(hour=9))
    officer, unit = on_duty("can.bo"), unit_on(CITY, city)
    before = figures(CITY, city).counts
    assert before.missing == len(missing(CITY, city)) > 0

    session = planned(city, officer, now)
    hamlets = listed(session, city, officer, now)
    there = sum(len(left_in(hamlet, city)) for hamlet in hamlets)
    rows, done = brought_home(session, city, officer, tmp_path)
    assert rows == done == there

    settle()
    assert verify([city, session.on]) == []
    made = Contact.objects.filter(kind="record-made").count()
    assert made == done - done // 3
    after = figures(CITY, session.on).counts
    assert (after.found, after.missing) == (before.found + made, before.missing - made)
    assert sum(len(left_in(hamlet, session.on)) for hamlet in hamlets) == there - made
    reasons = sum(reasons_left(CITY, session.on).values(), Counter())
    assert (reasons.total(), reasons["absent"]) == (after.missing, done - made)

    report = sending.draft("progress", unit, session.on, city, sending.WEEK)
    counts = dict(zip(report["counts"], report["whole"]["now"], strict=True))
    assert (counts["expected"], counts["found"], counts["missing"]) == (
        after.expected, after.found, after.missing,
    )  # fmt: skip
    communes = [line for depth, line in lines_of(report) if depth == 1]
    assert sum(line["now"][1] for line in communes) == after.found
