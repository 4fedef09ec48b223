"""The page that strangers read says what the table of tiers says, and the table keeps its promises."""

from pathlib import Path

from hssk.access.rights import RIGHTS, Right, Role
from hssk.access.tiers import BY_BOOKLET, BY_POST, Kind, Tier, opens, roles_by

PAGE = Path(__file__).resolve().parents[3] / "docs" / "security" / "tiers.md"


def told():
    """(post or –, basis) → tiers, as the page has them."""
    lines = PAGE.read_text("utf-8").partition("**The bases**")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines
            if line.startswith("| ")]  # fmt: skip
    head = [Tier(word) for word in rows[0][2:]]
    return {
        (post, Kind(kind)): {tier for tier, cell in zip(head, cells, strict=True) if cell}
        for post, kind, *cells in rows[1:]
    }


def test_the_page_and_the_table_say_the_same():
    table = {(role.value, kind): set(tiers) for (role, kind), tiers in BY_POST.items()}
    table |= {("–", kind): set(tiers) for kind, tiers in BY_BOOKLET.items()}
    assert told() == table


def test_every_basis_and_tier_is_explained():
    text = PAGE.read_text("utf-8")
    assert all(f"\n| {kind.value} |" in text for kind in Kind)
    assert all(f"*{tier.value}*:" in text for tier in Tier)


def test_no_post_opens_the_sensitive_tier():
    assert not any(Tier.SENSITIVE in tiers for tiers in BY_POST.values())


def test_the_area_opens_the_register_and_to_clinicians_what_prevention_needs():
    assert opens(Role.CLINICIAN, Kind.AREA) == {Tier.REGISTER, Tier.PREVENTIVE}
    others = {role: opens(role, Kind.AREA) for role in roles_by(Kind.AREA) - {Role.CLINICIAN}}
    assert set(others.values()) == {frozenset({Tier.REGISTER})}


def test_break_glass_opens_the_emergency_set_alone_and_audit_the_log_alone():
    assert {opens(role, Kind.BREAK_GLASS) for role in roles_by(Kind.BREAK_GLASS)} == {
        frozenset({Tier.EMERGENCY})
    }
    assert {opens(role, Kind.AUDIT) for role in roles_by(Kind.AUDIT)} == {frozenset({Tier.LOG})}


def test_the_tiers_and_the_rights_name_the_same_roles():
    for right, kind in (
        (Right.REGISTER, Kind.AREA), (Right.EMERGENCY, Kind.BREAK_GLASS), (Right.CASES, Kind.AUDIT),
    ):  # fmt: skip
        assert {role for role in Role if right in RIGHTS[role]} == roles_by(kind)
