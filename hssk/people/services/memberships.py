"""Who belongs to an organisation: written as its lists say it, and read."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from hssk.people.models import Membership, Person
from hssk.people.rules.memberships import Spell
from hssk.people.services.identity import roots_of
from hssk.places.models import Organisation

# from those who belong to where they live: the other way round it reads a province for each of them
_MET = """
    SELECT o.id FROM places_organisation o WHERE EXISTS (
        SELECT FROM people_membership m JOIN people_person p ON p.id = m.person
        CROSS JOIN LATERAL (
            SELECT FROM people_person k JOIN people_residence r ON r.person_id = k.id
            WHERE k.root = p.root AND r.since <= %(on)s AND (r.until IS NULL OR r.until > %(on)s)
              AND r.hamlet_id = ANY(%(hamlets)s::bigint[]) LIMIT 1
        ) AS home
        WHERE m.organisation_id = o.id AND m.since <= %(on)s
          AND (m.until IS NULL OR m.until > %(on)s)
    )
"""
_SAID = ("person", "since", "until", "source", "row", "ended_by")


@transaction.atomic
def write_memberships(organisation: Organisation, wanted: Iterable[Spell]) -> tuple[int, int]:
    """Have an organisation's memberships be these and no other; asked as the machine.

    wanted   all of them, as `rules.memberships.spells` works them out
    returns  how many were written, how many removed: nothing is touched that stands already
    """
    keys = {tuple(getattr(spell, name) for name in _SAID) for spell in wanted}
    standing = {
        tuple(getattr(one, name) for name in _SAID): one.pk
        for one in Membership.objects.filter(organisation=organisation)
    }
    gone = [key for said, key in standing.items() if said not in keys]
    Membership.objects.filter(pk__in=gone).delete()
    new = [said for said in keys if said not in standing]
    Membership.objects.bulk_create(
        Membership(organisation=organisation, **dict(zip(_SAID, said, strict=True)))
        for said in sorted(new, key=lambda said: (said[1], said[4]))
    )
    return len(new), len(gone)


def members_of(organisation: Organisation, on: date) -> set[UUID]:
    """The roots of those who belong to it on a day, of whom the asker may see."""
    belongs = Membership.objects.filter(organisation=organisation).on(on)
    roots = Person.objects.filter(pk__in=belongs.values("person"))
    return set(roots.values_list("root", flat=True))


def members_of_each(organisations: Iterable[Organisation], on: date) -> dict[int, set[UUID]]:
    """The same of several, by their keys."""
    belongs = Membership.objects.filter(organisation__in=list(organisations)).on(on)
    pairs = list(belongs.values_list("organisation", "person"))
    roots = roots_of(person for _key, person in pairs)
    found: dict[int, set[UUID]] = {}
    for key, person in pairs:
        if person in roots:
            found.setdefault(key, set()).add(roots[person])
    return found


def organisations_met(on: date, hamlets: Collection[int] | None) -> set[int]:
    """The organisations to which anybody belongs on a day who lives then in these hamlets.

    hamlets  None for all there are. Whom care alone opens to the asker is not counted: it would
             tell to what somebody of elsewhere belongs
    """
    if hamlets is None:
        return set(Membership.objects.on(on).values_list("organisation", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(_MET, {"on": on, "hamlets": list(hamlets)})
        return {organisation for (organisation,) in cursor.fetchall()}
