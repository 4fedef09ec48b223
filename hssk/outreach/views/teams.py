"""The teams of a campaign and the days on which they go out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.kit.dates import format_day
from hssk.outreach.models import Campaign, Team
from hssk.outreach.planning_forms import TeamForm
from hssk.outreach.services import planning
from hssk.outreach.views.going_out import campaign_asked, team_asked, told


@needs(Right.PLAN)
def new_team(request: HttpRequest, campaign: int) -> HttpResponse:
    """A team more."""
    return _page(request, campaign_asked(request, campaign), None)


@needs(Right.PLAN)
def team_page(request: HttpRequest, team: int) -> HttpResponse:
    """Who is in a team, for how many a day, when it goes out."""
    one = team_asked(request, team)
    return _page(request, one.campaign, one)


@needs(Right.PLAN)
@require_POST
def drop_team(request: HttpRequest, team: int) -> HttpResponse:
    """Take a team away that has no session."""
    one = team_asked(request, team)
    if told(request, lambda: planning.drop_team(one), _("Đã xóa đội.")):
        return redirect("plans:campaign", one.campaign_id)
    return redirect("plans:team", one.pk)


def _page(request: HttpRequest, campaign: Campaign, team: Team | None) -> HttpResponse:
    now: dict[str, object] = {"weekdays": [5, 6]}
    if team is not None:
        off = ", ".join(format_day(day.on) for day in team.days_off.order_by("on"))
        now = {"name": team.name, "capacity": team.capacity, "staff": team.staff,
               "skills": team.skills, "weekdays": team.weekdays, "off": off}  # fmt: skip
    form = TeamForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        said = planning.TeamSaid(**form.cleaned_data)
        if told(request, lambda: planning.save_team(campaign, said, team), _("Đã lưu."), form):
            return redirect("plans:campaign", campaign.pk)
    context = {"form": form, "title": team.name if team else _("Thêm đội"), "action": _("Lưu"),
               "campaign": campaign, "team": team}  # fmt: skip
    return render(request, "outreach/plan_form.html", context)
