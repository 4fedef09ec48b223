"""Addresses of campaigns and sessions. They name both by numbers of ours, and people not at all."""

from django.urls import path

from hssk.outreach.views import (
    books,
    campaigns,
    closing,
    overview,
    proposals,
    session_day,
    sessions,
    teams,
)

app_name = "plans"
urlpatterns = [
    path("", sessions.sessions_page, name="sessions"),
    path("new/", sessions.new_session, name="new-session"),
    path("<int:session>/", sessions.session_page, name="session"),
    path("<int:session>/move/", sessions.move_session, name="move"),
    path("<int:session>/fix/", sessions.fix_session, name="fix"),
    path("<int:session>/cancel/", sessions.cancel_session, name="cancel"),
    path("<int:session>/close/", closing.close_page, name="close-day"),
    path("<int:session>/report/", closing.day_report, name="day-report"),
    path("reports/<int:daily>/", closing.sent_day, name="sent-day"),
    path("reports/<int:daily>/report.pdf", closing.day_pdf, name="day-pdf"),
    path("reports/<int:daily>/report.docx", closing.day_word, name="day-word"),
    path("overview/", overview.overview, name="overview"),
    path("campaigns/<int:campaign>/progress/", overview.progress, name="progress"),
    path("campaigns/<int:campaign>/plan.pdf", campaigns.plan_pdf, name="plan-pdf"),
    path("campaigns/<int:campaign>/plan.docx", campaigns.plan_word, name="plan-word"),
    path("<int:session>/day/", session_day.day_page, name="day"),
    path("<int:session>/day/check-in/", session_day.check_in, name="check-in"),
    path("<int:session>/day/made/", session_day.made, name="made"),
    path("<int:session>/day/book/", books.book, name="book"),
    path("<int:session>/day/sent/", books.send_book, name="send-book"),
    path("books/<int:book>/", books.book_file, name="book-file"),
    path("books/<int:book>/act/", books.book_act, name="book-act"),
    path("campaigns/new/", campaigns.new_campaign, name="new"),
    path("campaigns/<int:campaign>/", campaigns.campaign_page, name="campaign"),
    path("campaigns/<int:campaign>/edit/", campaigns.edit_campaign, name="edit"),
    path("campaigns/<int:campaign>/close/", campaigns.close_campaign, name="close"),
    path("campaigns/<int:campaign>/places/", campaigns.places_page, name="places"),
    path("campaigns/<int:campaign>/costs/", campaigns.add_cost, name="add-cost"),
    path("campaigns/<int:campaign>/costs/<int:cost>/drop/", campaigns.drop_cost, name="drop-cost"),
    path(
        "campaigns/<int:campaign>/costs/<int:cost>/spent/",
        campaigns.spent_once,
        name="spent-once",
    ),
    path("campaigns/<int:campaign>/session/", sessions.new_session_of, name="new-session-of"),
    path("campaigns/<int:campaign>/teams/new/", teams.new_team, name="new-team"),
    path("campaigns/<int:campaign>/propose/", proposals.propose, name="propose"),
    path("teams/<int:team>/", teams.team_page, name="team"),
    path("teams/<int:team>/drop/", teams.drop_team, name="drop-team"),
    path("proposals/<int:proposal>/", proposals.proposal_page, name="proposal"),
    path("proposals/<int:proposal>/state/", proposals.state, name="state"),
]
