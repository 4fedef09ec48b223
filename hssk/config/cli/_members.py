"""Take a list of an organisation's members in: what of `hssk import` is about no residents."""


def take_in(file, unit, options, actor):
    """What came of a list: as of any file, where `new` are those of whom nobody is known, for it
    makes nobody. It is done at once; a page takes it back.

    Raises Trouble where the organisation is not there, is not the actor's, or the file not read.
    """
    from django.db import transaction
    from django.utils import timezone

    from hssk.exchange.models import MemberFile
    from hssk.exchange.services import members

    now = timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        one = _organisation(unit, options, actor, today)
        listed = members.stage(
            file, one, on=options.on, whole=not options.partial, by=actor, at=now
        )
        plan = members.plan(listed, by=actor, today=today)
        if plan.changes or listed.state == MemberFile.WAITING:
            members.carry_out(listed, plan.digest, by=actor, at=now)
    return _told(listed, members.counts_of(plan.steps))


def _organisation(unit, options, actor, today):
    """The organisation that was named, by its code or as its unit knows it."""
    from hssk.access.rights import Right
    from hssk.access.services import access_of
    from hssk.kit.errors import Trouble
    from hssk.kit.text import fold
    from hssk.places.models import Organisation
    from hssk.places.services import make_organisation, organisation_of_code

    said = options.organisation or ""
    if not said:
        raise Trouble("Ghi tổ chức bằng --organisation: mã như TC0007, hoặc tên.")
    if not access_of(actor, today).holds_unit(unit, Right.ROWS):
        raise Trouble("Đơn vị này không thuộc địa bàn của người chạy lệnh.")
    coded = organisation_of_code(said)
    if coded is not None and coded.unit_id == unit.pk:
        return coded
    known = Organisation.objects.filter(unit=unit, key=fold(said), until=None).first()
    if known is not None:
        return known
    if options.create is None:
        raise Trouble(
            "{unit} chưa có tổ chức “{name}”. Thêm --create với loại của tổ chức để lập.",
            unit=str(unit), name=said,
        )  # fmt: skip
    return make_organisation(name=said, kind=options.create, unit=unit, since=today)


def _told(listed, counts):
    from hssk.exchange.services import members

    wrong = counts[members.WRONG]
    return {
        "batch": None, "kind": "members", "list": listed.pk, "rows": listed.size,
        "accepted": listed.size - wrong, "rejected": wrong,
        "unchanged": counts[members.THERE] + counts[members.TWICE],
        "new": counts[members.NOBODY], "same": counts[members.DOES], "ask": counts[members.ASKS],
        "warnings": 0,
    }  # fmt: skip
