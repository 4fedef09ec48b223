"""What is stored of going out: campaigns, their teams and costs, sessions.

It says nothing of anybody: places, days and counts.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
# of what a cost is counted: of the whole, of each day on which anybody goes out, of each session,
# of each hamlet of a session
ONCE, DAY, SESSION, HAMLET = "once", "day", "session", "hamlet"


class Campaign(models.Model):
    """What a unit means to reach by a day, and from when it goes out for it.

    percent  the share of residents that is to have a record
    first    the first day on which a team may go out
    last     the last one, by which the goal is to be met
    map_day  the day on whose map its communes are drawn
    """

    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    first = models.DateField()
    last = models.DateField()
    map_day = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="campaign_percent"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="campaign_days"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="campaign_closed",
            ),
        ]

    def __str__(self):
        return self.name


class Team(models.Model):
    """Staff who go out together in a campaign.

    capacity  for how many people it can open a record in a day
    staff     who goes, as the unit writes it
    skills    what it can do, as the unit writes it: languages, blood tests
    weekdays  on which it goes out, as date.weekday() counts: 5 is Saturday
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    capacity = models.PositiveSmallIntegerField()
    staff = models.CharField(max_length=500, blank=True)
    skills = models.CharField(max_length=200, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="team_name"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="team_capacity"),
        ]

    def __str__(self):
        return self.name


class TeamOff(models.Model):
    """A day on which a team does not go out, though its weekday is one of theirs."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="days_off")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "on"], name="team_off_day")]


class Cost(models.Model):
    """A line of what a campaign costs: `amount` đồng for each `of`.

    spent  đồng really paid, of a line that is counted once; of any other the sessions say it
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="costs")
    name = models.CharField(max_length=120)
    of = models.CharField(max_length=10)
    amount = models.PositiveBigIntegerField()
    spent = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(of__in=[ONCE, DAY, SESSION, HAMLET]), name="cost_of")
        ]


class SessionQuerySet(models.QuerySet):
    """Sessions by how they stand."""

    def standing(self) -> "SessionQuerySet":
        """Planned or held."""
        return self.exclude(state=CANCELLED)


class Session(models.Model):
    """A team goes to hamlets on a day; by a campaign, or without one.

    unit      whose session it is: its posts that make sessions may change it
    staff     who goes, where no team of a campaign does
    proposed  the planner chose it; otherwise a person did
    fixed     a person keeps it as it is: no plan touches it
    why       why it was cancelled, or why the planner chose it
    """

    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="sessions")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="sessions")
    on = models.DateField(db_index=True)
    begins = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=120)
    staff = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, default=PLANNED)
    proposed = models.BooleanField(default=False)
    fixed = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "begins", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="session_times"),
            models.CheckConstraint(
                condition=Q(team=None) | Q(campaign__isnull=False), name="session_team"
            ),
            models.UniqueConstraint(
                fields=["team", "on"], condition=~Q(state=CANCELLED), name="session_team_day"
            ),
            models.CheckConstraint(
                condition=Q(state=PLANNED, closed_at=None, closed_by=None)
                | Q(state__in=[HELD, CANCELLED], closed_at__isnull=False, closed_by__isnull=False),
                name="session_state",
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.place}"

    def is_past(self, day: date) -> bool:
        """Whether its day is over on `day`."""
        return self.on < day


class SessionHamlet(models.Model):
    """One hamlet of a session.

    expected   how many are expected to come; None where nobody said
    remaining  how many had no record there when it was planned
    came       for how many a record was opened, once it was held
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="stops")
    hamlet = models.ForeignKey("places.Hamlet", models.RESTRICT, related_name="+")
    expected = models.PositiveIntegerField(null=True)
    remaining = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "hamlet"], name="stop_hamlet")]


class Barred(models.Model):
    """A hamlet that somebody struck from a weekend: the planner does not propose it again.

    on  the Saturday of that weekend
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="barred")
    hamlet = models.ForeignKey("places.Hamlet", models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "hamlet", "on"], name="barred_weekend")
        ]


class Road(models.Model):
    """The travel group of a hamlet in a campaign, as the unit names it: one day stays within one.

    Without it a hamlet is of the group of its commune.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="roads")
    hamlet = models.ForeignKey("places.Hamlet", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "hamlet"], name="road_hamlet")]


class Proposal(models.Model):
    """What the planner was asked, and what it found; nothing of it is a session yet.

    plan     the outings and how they were found, as `services.planning.proposing` writes it
    trouble  why there is none, as a code of `services.planning.proposing`
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="proposals")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    plan = models.JSONField(null=True)
    trouble = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["pk"]
