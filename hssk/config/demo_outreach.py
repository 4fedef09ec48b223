"""The invented city calls its missing: a campaign, sessions past and to come, lists on loan, slips,
cards, a report that was sent. All by the services, as staff would have done it in the last weeks.

Enough that every page of going out shows something; little enough that nobody waits for it.
"""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from hssk.access.models import User

NAME, PLACE = "Chiến dịch cuối năm", "Nhà văn hóa bản"
STAFF = "2 y tá, 1 cán bộ dân số"
HEADS = ("Giàng A Bịa", "Lò Văn Tưởng", "Vàng Thị Không")  # invented, as everybody here
SATURDAY, WEEK = 5, timedelta(days=7)
MOST_CAME = 16
# what came of whom the past session met, over and over: most have a record by now
_OUTCOMES = ("record-made", "record-made", "absent", "record-made", "no-phone", "record-made",
             "refused", "record-made")  # fmt: skip


def bring_in_outreach(city: Any, actor: User) -> None:
    """Do in the services what staff of the city's largest ward did in the last three weeks."""
    from django.db import transaction
    from django.utils import timezone

    from hssk.outreach.models import Campaign

    on = city.on + timedelta(days=12)
    hamlets = _hamlets(on)  # counts the city, side by side: not within one transaction
    if not hamlets or Campaign.objects.exists():
        return
    now = timezone.now()
    with transaction.atomic():
        campaign = _campaign(hamlets[0], actor, now)
        _past_session(hamlets, on, actor)
        coming = _coming_sessions(campaign, hamlets, actor, now)
        _lists(hamlets, on, actor, now)
        _slips_and_cards(hamlets, on, coming, actor, now)
        _report(on, actor, now)


def _hamlets(on: date) -> list[Any]:
    """The hamlets of one commune in which most people have no record, the most first."""
    from hssk.coverage.services import figures
    from hssk.places.models import Hamlet

    communes = [child for child in figures("12-105", on).children if child.key]
    if not communes:
        return []
    most = max(communes, key=lambda child: child.counts.missing)
    parts = [child for child in figures(most.key, on).children if child.key]
    parts.sort(key=lambda child: -child.counts.missing)
    known = Hamlet.objects.select_related("unit").in_bulk(int(child.key) for child in parts[:6])
    return [known[int(child.key)] for child in parts[:6]]


def _campaign(hamlet: Any, actor: User, now: datetime) -> Any:
    from django.utils import timezone

    from hssk.outreach.models.campaigns import DAY, ONCE, SESSION
    from hssk.outreach.services.planning import (
        CampaignSaid,
        TeamSaid,
        open_campaign,
        save_cost,
        save_team,
    )
    from hssk.places.services import on_map

    today, was = timezone.localdate(now), hamlet.unit
    unit = on_map({was.pk}, today).target.get(was.pk) or was
    said = CampaignSaid(
        name=NAME, percent=Decimal(95), first=today - 4 * WEEK, last=today + 12 * WEEK,
        map_day=today,
    )  # fmt: skip
    campaign = open_campaign(said, unit, by=actor, at=now - 4 * WEEK)
    for name, capacity in (("Đội 1", 40), ("Đội 2", 30)):
        save_team(campaign, TeamSaid(name=name, capacity=capacity, staff=STAFF,
                                     skills="lập hồ sơ, mở sổ điện tử"))  # fmt: skip
    for name, of, amount in (("Xăng xe", DAY, 200_000), ("Nước uống", SESSION, 150_000),
                             ("In phiếu, danh sách", ONCE, 900_000)):  # fmt: skip
        save_cost(campaign, name, of, amount)
    return campaign


def _session(
    unit: Any, hamlets: list[Any], on: date, *, by: User, at: datetime, **who: Any
) -> Any:  # fmt: skip
    from hssk.outreach.services.planning import SessionSaid, make_session

    said = SessionSaid(
        unit=unit, hamlets=[one.pk for one in hamlets], on=on, place=PLACE,
        expected={one.pk: MOST_CAME for one in hamlets}, **who,
    )  # fmt: skip
    return make_session(said, by=by, at=at)


def _past_session(hamlets: list[Any], data: date, actor: User) -> None:
    """The Saturday before the day of the data: whom it met, how it went, and the report of it. Not
    a later one, or the pages would open on a day of another map than that of the files."""
    from django.utils import timezone

    from hssk.access.services import access_of
    from hssk.coverage.services.lists import in_hamlets
    from hssk.outreach.models import Kind
    from hssk.outreach.reports.day import day_content
    from hssk.outreach.services.closing import DaySaid, close_day, send_day
    from hssk.outreach.services.contacts import record_outcome

    there, on = hamlets[:2], _saturday(data)
    held = _session(
        hamlets[0].unit, there, on, by=actor, at=_moment(on, time(9)) - WEEK, staff=STAFF
    )
    by, came = access_of(actor, timezone.localdate()), dict.fromkeys((one.pk for one in there), 0)
    missing = [one for one in in_hamlets(came, on) if one.state_name == "missing"]
    for person, kind in zip(missing[:MOST_CAME], cycle(_OUTCOMES), strict=False):
        record_outcome(
            person.id, Kind(kind), on=on, by=by, why="chưa thấy cần" if kind == "refused" else "",
            until=on + 2 * WEEK if kind == "absent" else None,
        )  # fmt: skip
        came[person.hamlet_id] += kind == "record-made"
    said = DaySaid(came=came, began=time(7, 30), ended=time(15, 45), spent={"Xăng xe": 200_000},
                   problems="Mạng yếu, phải ghi vào sổ rồi gửi về sau.")  # fmt: skip
    close_day(held, said, by=actor, at=_moment(on, time(17)))
    held.refresh_from_db()
    content = day_content(held, by=actor, today=timezone.localdate())
    send_day(held, content, by=actor, at=_moment(on, time(17, 30)))


def _coming_sessions(campaign: Any, hamlets: list[Any], actor: User, now: datetime) -> list[Any]:
    """The next two weekends."""
    from django.utils import timezone

    first = _saturday(timezone.localdate(now)) + WEEK
    return [
        _session(campaign.unit, hamlets[2 + at : 3 + at] or hamlets[:1], first + at * WEEK,
                 by=actor, at=now, campaign=campaign, team=team)
        for at, team in enumerate(campaign.teams.order_by("pk"))
    ]  # fmt: skip


def _lists(hamlets: list[Any], on: date, actor: User, now: datetime) -> None:
    """A list that came back with its ticks, one that is overdue, one in the hands of a head."""
    from hssk.outreach.errors import CannotIssue
    from hssk.outreach.models import RETURNED
    from hssk.outreach.rules import Holder, Purpose
    from hssk.outreach.services import Wanted, close, issue, note_taken, tick

    # a small city has few hamlets, and one list of a purpose at a time
    reasons = (Purpose.NO_RECORD, Purpose.CHECK_UP, Purpose.UNVERIFIED)
    which = ((hamlet, why) for why in reasons for hamlet in hamlets)
    for (hamlet, why), holder, weeks in zip(which, HEADS, (3, 3, 1), strict=False):
        at = now - weeks * WEEK
        wanted = Wanted(hamlet=hamlet, purpose=why, on=on, office=Holder.HEAD, holder=holder)
        with suppress(CannotIssue):  # a hamlet too small for names
            copy = issue(wanted, by=actor, at=at)
            note_taken(copy, at=at)
            if holder == HEADS[0]:
                tick(copy, {1: "told", 2: "told", 3: "absent"}, by=actor, at=now - WEEK)
                close(copy, RETURNED, by=actor, at=now - WEEK)


def _slips_and_cards(
    hamlets: list[Any], on: date, coming: list[Any], actor: User, now: datetime
) -> None:
    """Slips to the next session, and cards of records: some handed over, others at the station."""
    from hssk.outreach.errors import CannotIssue
    from hssk.outreach.rules import Purpose
    from hssk.outreach.rules.cards import Handing
    from hssk.outreach.services import Session, cards, invite

    with suppress(CannotIssue):
        at = _moment(coming[0].on, coming[0].begins)
        hamlet = coming[0].stops.select_related("hamlet__unit").get().hamlet
        invite(Session(hamlet=hamlet, purpose=Purpose.NO_RECORD, on=on, place=PLACE, at=at),
               by=actor, now=now)  # fmt: skip
    with suppress(CannotIssue):
        run = cards.print_run(hamlets[0], on, by=actor, at=now - WEEK)
        for card in run.cards.all()[:5]:
            cards.hand_over(card, Handing.STATION, by=actor, at=now)


def _report(on: date, actor: User, now: datetime) -> None:
    """The report of progress of the city, as its centre sent it."""
    from hssk.coverage.errors import TooFew
    from hssk.coverage.services import sending
    from hssk.places.services import unit_on

    unit = unit_on("12-105", on)
    with suppress(TooFew):
        sending.send(sending.draft("progress", unit, on, on), unit, actor, now)


def _moment(day: date, at: time) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(day, at))


def _saturday(day: date) -> date:
    """The Saturday on or before a day."""
    return day - timedelta(days=(day.weekday() - SATURDAY) % 7)
