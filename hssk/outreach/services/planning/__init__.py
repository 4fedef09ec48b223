"""What is done with campaigns: opened, manned, planned; and with sessions: made, moved, held."""

from hssk.outreach.services.planning.campaigns import (
    CampaignSaid,
    TeamSaid,
    close_campaign,
    drop_cost,
    drop_team,
    open_campaign,
    save_campaign,
    save_cost,
    save_roads,
    save_team,
)
from hssk.outreach.services.planning.ground import Ground, ground_of, sessions_ahead
from hssk.outreach.services.planning.outlook import CostLine, costs, outlook
from hssk.outreach.services.planning.proposing import (
    ask_plan,
    can_plan,
    has_failed,
    resume,
    take_over,
    work_out,
)
from hssk.outreach.services.planning.sessions import (
    SessionSaid,
    cancel_session,
    fix_session,
    hold_session,
    make_session,
    move_session,
)
from hssk.outreach.services.planning.telling import CampaignTold, SessionTold, campaign_told

__all__ = [
    "CampaignSaid", "CampaignTold", "CostLine", "Ground", "SessionSaid", "SessionTold", "TeamSaid",
    "ask_plan", "campaign_told", "can_plan",
    "cancel_session", "close_campaign", "costs", "drop_cost", "drop_team", "fix_session",
    "ground_of", "has_failed", "hold_session", "make_session", "move_session", "open_campaign",
    "outlook", "resume", "save_campaign", "save_cost", "save_roads", "save_team", "sessions_ahead",
    "take_over", "work_out",
]  # fmt: skip
