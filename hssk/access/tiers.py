"""By what somebody may come to a person, and how far each way leads: one table, and no way besides.

Source: protection.md §1.3 (five bases) and §1.4 (minors). The same table stands for readers in
docs/security/tiers.md; a test compares the two.
"""

from enum import StrEnum

from hssk.access.rights import Role


class Kind(StrEnum):
    """A basis: why a person may be seen at all."""

    AREA = "area"  # a post, and the person lives or is named in its area
    CARE = "care"  # a visit, a referral, a programme, the facility of first contact
    REGISTERED = "registered"  # the register states first contact with the facility of the post
    SELF = "self"  # their own booklet
    GUARDIAN = "guardian"  # the booklet of a child, as far as its age allows
    BREAK_GLASS = "break-glass"  # one person in an emergency, four hours, reviewed
    AUDIT = "audit"  # a case that two officers opened


class Tier(StrEnum):
    """A part of what is known of a person."""

    REGISTER = "register"  # name, birth, sex, household, numbers, which records there are
    EMERGENCY = "emergency"  # the emergency set (people/services/emergency.py)
    PREVENTIVE = (
        "preventive"  # of the routine record what prevention needs: vaccinations, screening
    )
    ROUTINE = "routine"  # the routine clinical record
    SENSITIVE = "sensitive"  # compartments: HIV, mental health, abortion, violence and their like
    LOG = "log"  # who looked at the person


R, P, C, S = Tier.REGISTER, Tier.PREVENTIVE, Tier.ROUTINE, Tier.SENSITIVE
# A role that is not here opens nothing by that basis; an area never leads to SENSITIVE.
BY_POST: dict[tuple[Role, Kind], frozenset[Tier]] = {
    (Role.OFFICER, Kind.AREA): frozenset({R}),
    (Role.CLINICIAN, Kind.AREA): frozenset({R, P}),
    (Role.CLINICIAN, Kind.CARE): frozenset({R, P, C}),
    (Role.CLINICIAN, Kind.BREAK_GLASS): frozenset({Tier.EMERGENCY}),
    (Role.CLERK, Kind.AREA): frozenset({R}),
    (Role.COLLABORATOR, Kind.AREA): frozenset({R}),
    (Role.PROVINCE, Kind.AUDIT): frozenset({Tier.LOG}),
    (Role.AUDITOR, Kind.AUDIT): frozenset({Tier.LOG}),
    (Role.FIRST_CONTACT, Kind.REGISTERED): frozenset({R}),
}
# Whoever holds no post: the citizen. What a guardian is shown shrinks as the child grows
# (people/rules/guardians.py), and the booklet may show less.
BY_BOOKLET: dict[Kind, frozenset[Tier]] = {
    Kind.SELF: frozenset({R, P, C, S}),
    Kind.GUARDIAN: frozenset({R, P, C, S}),
}


def opens(role: Role, kind: Kind) -> frozenset[Tier]:
    """What a post of `role` opens of a person by a basis of `kind`; empty for nothing."""
    return BY_POST.get((role, kind), frozenset())


def roles_by(kind: Kind) -> frozenset[Role]:
    """The roles whose posts open anything by a basis of `kind`."""
    return frozenset(role for role, by in BY_POST if by is kind)
