"""What is done with campaigns and sessions: opened, manned, made, moved, held, cancelled."""

from hssk.outreach.services.planning.campaigns import (
    CampaignSaid,
    TeamSaid,
    close_campaign,
    drop_cost,
    drop_team,
    open_campaign,
    save_campaign,
    save_cost,
    save_team,
)
from hssk.outreach.services.planning.sessions import (
    SessionSaid,
    cancel_session,
    fix_session,
    hold_session,
    make_session,
    move_session,
)

__all__ = [
    "CampaignSaid", "SessionSaid", "TeamSaid", "cancel_session", "close_campaign", "drop_cost",
    "drop_team", "fix_session", "hold_session", "make_session", "move_session", "open_campaign",
    "save_campaign", "save_cost", "save_team",
]  # fmt: skip
