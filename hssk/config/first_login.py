"""The first account of a home: under a name that somebody chose, or that chance made.

HSSK_FIRST_USER  that name, where nobody sits at the terminal

No installation has an account whose name is known beforehand. Source: ASVS 5.0, 6.3.2.
"""

import os
import re
import sys
from dataclasses import dataclass

from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.text import fold

KEPT = "demo-login"  # of an invented city, for there is nobody to protect; a real home keeps none
DEMO_WARD = "03388"
TRIES = 3
# tried first by whoever knows no name; compared without accents, digits and signs
GUESSED = frozenset(
    ("admin", "administrator", "root", "quantri", "quantrivien", "quantrihethong", "user", "test",
     "guest", "demo", "hssk", "sa", "su", "super", "superuser", "operator", "localoperator",
     "manager", "sysadmin", "system", "tram", "tramyte", "yte")
)  # fmt: skip


@dataclass(frozen=True)
class FirstLogin:
    """A name and the password that was made for it."""

    name: str
    password: str


def first_login(home: Home) -> FirstLogin | None:
    """Make the first account where there is none; what to sign in with, or None when it is known.

    In an invented city the same is told at each start. A first password that ran out before anybody
    came in is replaced: nobody else could.
    Raises Trouble for a name that no account may have, and where none was given in some tries.
    """
    from hssk.access.models import User

    people = User.objects.exclude(username=User.LOCAL_OPERATOR)
    if not people.exists():
        return _made(home)
    if home.invented:
        return _kept(home)
    only = people.first() if people.count() == 1 else None
    return _again(only) if only is not None else None


def why_no_name(name: str) -> str:
    """Why the first account may not be called so, in words; empty where it may."""
    from django.utils.translation import gettext_noop as _n

    from hssk.access.models import User

    if not 3 <= len(name) <= 30 or not re.fullmatch(User.username_validator.regex, name):
        return _n("Tên đăng nhập có từ 3 đến 30 ký tự: chữ, số và các dấu @ . + - _")
    if re.sub(r"[\W\d_]", "", fold(name)) in GUESSED:
        return _n("Tên này ai cũng đoán được. Hãy dùng tên của bạn, ví dụ lo.thi.mai.")
    return ""


def _made(home: Home) -> FirstLogin:
    from django.utils import timezone

    from hssk.access.models import User
    from hssk.access.rights import Role
    from hssk.access.services import access_of, first_password, grant_post
    from hssk.access.services.posts import FIRST_LASTS
    from hssk.places.services import unit_on

    login = FirstLogin(_name(home), first_password())
    operator = access_of(User.objects.get(username=User.LOCAL_OPERATOR), timezone.localdate())
    until = None if home.invented else operator.day + FIRST_LASTS
    user = User.objects.create_user(
        login.name, password=login.password, full_name="Quản trị", first_until=until
    )
    for role in (Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR):
        grant_post(user, role, None, since=operator.day, giver=operator)
    if home.invented:
        # a station too, so that records can be tried: the ward that took the city's first communes
        ward = unit_on(DEMO_WARD, operator.day)
        grant_post(user, Role.CLINICIAN, ward, since=operator.day, giver=operator)
        home.set_key(KEPT, f"{login.name}\n{login.password}")
    return login


def _name(home: Home) -> str:
    """The name that was set or is typed; of chance in an invented city and without a terminal."""
    said = os.environ.get("HSSK_FIRST_USER", "").strip()
    if said:
        if why := why_no_name(said):
            raise Trouble("HSSK_FIRST_USER: {why}", why=why)
        return said
    if home.invented or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _name_of_chance()
    return _asked()


def _name_of_chance() -> str:
    from django.utils.crypto import get_random_string

    from hssk.access.services.posts import SAID_CLEARLY

    return f"quan-tri-{get_random_string(4, SAID_CLEARLY)}"


def _asked() -> str:
    from django.utils.translation import gettext as _

    print(_("Chưa có tài khoản nào. Tài khoản đầu tiên, của người quản trị, tên là gì?"))
    for _try in range(TRIES):
        name = input(_("Tên đăng nhập (ví dụ lo.thi.mai): ")).strip()
        if not (why := why_no_name(name)):
            return name
        print(_(why))
    raise Trouble("Chưa có tên cho tài khoản đầu tiên. Hãy chạy lại.")


def _kept(home: Home) -> FirstLogin | None:
    path = home.keys / KEPT
    if not path.exists():
        return None
    return FirstLogin(*path.read_text("utf-8").split("\n"))


def _again(user) -> FirstLogin | None:
    """A new first password, where the one before ran out and nobody has ever come in."""
    from django.utils import timezone

    from hssk.access.services import first_password, has_run_out
    from hssk.access.services.posts import FIRST_LASTS

    today = timezone.localdate()
    if user.last_login is not None or not has_run_out(user, today):
        return None
    password = first_password()
    user.set_password(password)
    user.woken_on, user.first_until = today, today + FIRST_LASTS
    user.save(update_fields=["password", "first_until", "woken_on"])
    return FirstLogin(user.username, password)
