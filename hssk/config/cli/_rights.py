"""A command acts as somebody: within the rights and the area of their posts, as on the pages."""

from hssk.kit.errors import Trouble


def check(module, options, actor):
    """Raise Trouble where `actor` has no post that opens what the command needs, there.

    `NEEDS` of a command names the right; one that names no unit needs it everywhere. To insist on a
    file that was held takes the right to take files back as well.
    """
    from django.utils import timezone

    from hssk.access.rights import Right
    from hssk.access.services import access_of
    from hssk.places.services import unit_on

    needed = getattr(module, "NEEDS", None)
    if needed is None:
        return
    access, rights = access_of(actor, timezone.localdate()), [Right(needed)]
    if getattr(options, "insist", False):
        rights.append(Right.UNDO)
    if hasattr(options, "unit"):
        unit = unit_on(options.unit, options.on)
        allowed = all(access.holds_unit(unit, right) for right in rights)
    else:
        allowed = all(map(access.holds_everything, rights))
    if not allowed:
        raise Trouble(
            "Nhiệm vụ của {user} không mở việc này ở đây. Nhờ người quản trị giao nhiệm vụ, hoặc bỏ"
            " --as để làm với tư cách người vận hành.",
            user=actor.username,
        )


def note_export(purpose, actor, people=()):
    """Write down, before anything is written out, that these people are about to be."""
    from django.utils import timezone

    from hssk.access.rights import Right
    from hssk.access.services import access_of, look
    from hssk.access.services.looks import EXPORT

    who = access_of(actor, timezone.localdate())
    look(who, EXPORT, Right.REGISTER, people, purpose=purpose)


def within_area(actor):
    """A transaction in which the database itself shows what the posts of `actor` open."""
    from django.utils import timezone

    from hssk.access.services import access_of, within

    return within(access_of(actor, timezone.localdate()))
