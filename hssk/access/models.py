"""What is stored of access: who uses the installation, and what they ran."""

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hssk.access.rights import NAMES, Role


class User(AbstractUser):
    """Somebody who uses this installation. The local operator acts on the command line only."""

    LOCAL_OPERATOR = "local-operator"

    full_name = models.CharField(max_length=200, blank=True)
    woken_on = models.DateField(null=True)  # an account nobody used sleeps, until somebody wakes it
    # the last day of a password that somebody else made; None where it is one's own
    first_until = models.DateField(null=True)
    # the last day without a second factor; None where none was ever asked for
    second_by = models.DateField(null=True)
    round = models.PositiveIntegerField(default=0)  # sessions of earlier rounds have ended

    @property
    def is_local_operator(self):
        return self.username == self.LOCAL_OPERATOR

    def __str__(self):
        return self.full_name or self.username

    def check_password(self, raw_password):
        """Whether it is theirs. Nothing is written by asking: `slowed_again` does that."""
        return check_password(raw_password, self.password)

    def _get_session_auth_hash(self, secret=None):
        """What a session must agree with: a new password or a new round ends every one there is."""
        salt, words = "hssk.access.models.User.session", f"{self.round}|{self.password}"
        return salted_hmac(salt, words, secret=secret, algorithm="sha256").hexdigest()


class CommandLog(models.Model):
    """One command run on this installation: who, what, when, how it ended. Appended only."""

    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    command = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    exit_code = models.SmallIntegerField(null=True)


class PostQuerySet(models.QuerySet):
    def on(self, day):
        """Posts in force on `day`."""
        return self.filter(
            models.Q(until=None) | models.Q(until__gt=day), since__lte=day, user__is_active=True
        )


def _named_by(field, role, name):
    """That posts of `role`, and no other, name such a place, beside their unit."""
    place = {f"{field}__isnull": False, "role": role, "unit__isnull": False, "hamlet": None}
    condition = models.Q(**{field: None}) & ~models.Q(role=role) | models.Q(**place)
    return models.CheckConstraint(condition=condition, name=name)


class Post(models.Model):
    """Somebody's duty in an area, from one day to another: what opens anything at all here.

    `unit` is a unit as it stood then: when units are merged or divided a post does not grow with
    them, somebody grants it anew. With `hamlet` the area is that hamlet alone; without either it is
    all that this installation holds. With `facility` or `organisation` it holds no area: it is of
    those registered there for first contact, or opens its figures; `unit` says where it is given.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="+")
    hamlet = models.ForeignKey("places.Hamlet", models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey("places.Facility", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "places.Organisation", models.PROTECT, null=True, related_name="+"
    )
    since = models.DateField()
    until = models.DateField(null=True)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="post_days",
            ),
            _named_by("facility", Role.FIRST_CONTACT, "post_at_a_facility"),
            _named_by("organisation", Role.ORGANISATION_CONTACT, "post_of_an_organisation"),
        ]

    @property
    def has_area(self):
        """Whether its unit, or its hamlet, is what it opens."""
        return self.facility_id is None and self.organisation_id is None

    @property
    def area(self):
        """The place it is about, as people call it."""
        if not self.has_area:
            return str(self.facility or self.organisation)
        if self.unit_id is None:
            return _("Mọi nơi có dữ liệu ở đây")
        return f"{self.hamlet}, {self.unit}" if self.hamlet_id else str(self.unit)

    @property
    def role_name(self):
        """What the role is called."""
        return NAMES[Role(self.role)]


class Confirmation(models.Model):
    """Somebody who may give a post said that it is still needed. Appended only."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="confirmations")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Look(models.Model):
    """A request that showed people, or was refused: who asked, by which right, and whom it named.

    Written before anything is shown, and only ever appended, into a table for each month
    (sql/looks.sql). `posts` are the posts by which it was asked, `basis` what ties them to those
    named, `tier` the most guarded fields shown, `purpose` the page or command that showed them.
    People are named by their key as a label, so that the log depends on nobody.
    """

    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    right = models.CharField(max_length=20)
    posts = models.CharField(max_length=200, blank=True)
    people = ArrayField(models.UUIDField())
    refused = models.BooleanField(default=False)
    basis = models.CharField(max_length=12)
    tier = models.CharField(max_length=12)
    purpose = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["actor", "at"], name="look_by_actor"),
            GinIndex(fields=["people"], name="look_at_person"),
        ]


class Checkpoint(models.Model):
    """A seal on the looks up to `last`, of one month: the root of their lines, the chain of seals.
    Appended only, and told to a witness, so that no line sealed is changed unseen."""

    number = models.IntegerField(primary_key=True)
    last = models.BigIntegerField()
    lines = models.BigIntegerField()
    month = models.DateField()
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    at = models.DateTimeField()


class Witnessed(models.Model):
    """That somebody else was found to keep the seals up to `number`. Appended only."""

    number = models.IntegerField()
    chain = models.CharField(max_length=64)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Retention(models.Model):
    """For how many years looks are kept from now on; only ever more. Appended only."""

    years = models.SmallIntegerField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Purge(models.Model):
    """That the looks of a month were removed, past the rule; their seals stay. Appended only."""

    month = models.DateField(unique=True)
    lines = models.BigIntegerField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Tie(models.Model):
    """Which person of the register a user is, as somebody who reads the log has said.

    It serves to see who looks at neighbours and family, and nothing else. The newest line of a user
    counts; one without a person unties. Appended only."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    person = models.UUIDField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Question(models.Model):
    """One step of asking somebody about unusual looking: asked, answered, or closed.

    Which looking is meant: the kind of finding and the day. `looks` is how many there were when it
    was asked. Appended only.
    """

    ASK, ANSWER, CLOSE = "ask", "answer", "close"
    about = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    day = models.DateField()
    step = models.CharField(max_length=10)
    looks = models.IntegerField(default=0)
    text = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "day"], name="question_about")]


class Sitting(models.Model):
    """One stay of a user at a browser, from signing in until it ends: for their own list."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=200, blank=True)
    shared = models.BooleanField(default=False)  # at a machine that several people use
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class Presence(models.Model):
    """Somebody who signed in fully at a shared machine on one day: there and then they may come
    back by their short code.

    `machine` is a digest of what its browser keeps, `proof` one of the password and the round.
    """

    machine = models.CharField(max_length=64)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    proof = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)  # wrong codes since the last right one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine", "user", "day"], name="one_presence_a_day")
        ]


class SpareCode(models.Model):
    """A code that stands in for the phone, once: a slow digest of it. It is deleted when used."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()  # which of the ten: its first digit
    digest = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="one_code_a_place")]


class ShortCode(models.Model):
    """The six digits by which somebody comes back to a shared machine: a slow digest."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=200)


class Sender(models.Model):
    """Software of a facility that delivers files by the gateway: an account of its own, bound to
    that facility, with a post of the role integrator where its files belong. `secret` is a digest
    of its password, which opens the gateway and no page."""

    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    facility = models.OneToOneField("places.Facility", models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    secret = models.CharField(max_length=128)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class SenderToken(models.Model):
    """What a sender shows with each request, until a moment: its digest (SHA-256, hex)."""

    sender = models.ForeignKey(Sender, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
