"""Addresses of the outreach room. They name copies by a number of ours."""

from django.urls import path

from hssk.outreach.views import (
    cards,
    chasing,
    copies,
    handing_over,
    held,
    inviting,
    issuing,
    registered,
    ticksheets,
    tracing,
    working,
)

app_name = "outreach"
urlpatterns = [
    path("", copies.copies_page, name="copies"),
    path("new/", issuing.new_page, name="new"),
    path("<int:copy>/", copies.copy_page, name="copy"),
    path("<int:copy>/paper.pdf", copies.paper, name="paper"),
    path("<int:copy>/taken/", copies.taken, name="taken"),
    path("<int:copy>/close/", copies.close_copy, name="close"),
    path("<int:copy>/ticks/", copies.ticks, name="ticks"),
    path("<int:copy>/reminder/", chasing.reminder_page, name="reminder"),
    path("<int:copy>/list.xlsx", ticksheets.ticksheet, name="ticksheet"),
    path("<int:copy>/sent/", ticksheets.send_ticksheet, name="send-ticksheet"),
    path("<int:copy>/sent/done/", ticksheets.do_ticksheet, name="do-ticksheet"),
    path("hamlet/<int:hamlet>/invite/", inviting.invite_page, name="invite"),
    path("invitations/<int:invitation>/", inviting.invitation_page, name="invitation"),
    path("invitations/<int:invitation>/slips.pdf", inviting.slips_paper, name="slips"),
    path("slips/", inviting.find_slip, name="find-slip"),
    path("slips/<uuid:slip>/", inviting.slip_page, name="slip"),
    path("cards/", cards.cards_page, name="cards"),
    path("cards/hamlet/<int:hamlet>/", cards.hamlet_cards, name="hamlet-cards"),
    path("cards/hamlet/<int:hamlet>/print/", cards.print_cards, name="print-cards"),
    path("cards/runs/<int:run>/cards.pdf", cards.cards_paper, name="cards-paper"),
    path("cards/<int:card>/handed/", cards.card_handed, name="card-handed"),
    path("cards/<int:card>/back/", cards.card_back, name="card-back"),
    path("cards/<int:card>/anew/", cards.card_anew, name="card-anew"),
    path("work/", working.work_page, name="work"),
    path("work/<uuid:person>/", working.outcome, name="outcome"),
    path("registered/", registered.registered_page, name="registered"),
    path("households/<int:household>/hand-over/", handing_over.hand_over, name="hand-over"),
    path("contacts/of/<uuid:person>/", working.contacts_page, name="contacts"),
    path("contacts/<int:contact>/undo/", working.undo_outcome, name="undo-outcome"),
    path("trace/", tracing.trace_page, name="trace"),
    path("held/", held.held_page, name="held"),
    path("held/<int:copy>/", held.held_copy, name="held-copy"),
    path("held/<int:copy>/ticks/", held.held_ticks, name="held-ticks"),
]
