"""Addresses of the coverage room. They name places and people by our own keys, never a number
that identifies anybody."""

from django.urls import path

from hssk.coverage.views import (
    after_death,
    changing,
    dividing,
    finding,
    going,
    home,
    lists,
    people,
    places,
    regranting,
    reports,
    totals,
    unusual,
    verifying,
)

app_name = "coverage"
urlpatterns = [
    path("", home.home, name="home"),
    path("coverage/unit/<str:code>/", places.unit_page, name="unit"),
    path("coverage/unit/<str:code>/list/<slug:count>/", lists.unit_list, name="list"),
    path("coverage/unit/<str:code>/missing.xlsx", going.missing_file, name="missing-file"),
    path("coverage/unit/<str:code>/coverage.xlsx", going.table_file, name="table-file"),
    path("coverage/unit/<str:code>/changes/", changing.changes_page, name="changes"),
    path("coverage/unit/<str:code>/changes/<slug:kind>/", changing.change_list, name="change-list"),
    path("coverage/unit/<str:code>/goal/", going.goal_page, name="goal"),
    path("coverage/hamlet/<int:hamlet>/", places.hamlet_page, name="hamlet"),
    path("coverage/hamlet/<int:hamlet>/figures/", totals.hamlet_page, name="hamlet-figures"),
    path("coverage/hamlet/<int:hamlet>/list/<slug:count>/", lists.hamlet_list, name="hamlet-list"),
    path("coverage/hamlet/<int:hamlet>/alone/", people.alone_page, name="alone"),
    path("posts/reform/", regranting.regrants_page, name="regrants"),
    path("posts/reform/hamlets/", dividing.divided_page, name="divided"),
    path("posts/reform/access.xlsx", regranting.access_file, name="regrants-file"),
    path("coverage/household/<int:household>/", people.household_page, name="household"),
    path("coverage/person/<uuid:person>/", people.person_page, name="person"),
    path("coverage/after-death/", after_death.after_death_page, name="after-death"),
    path("coverage/person/<uuid:person>/verify/", verifying.verify_page, name="verify"),
    path("coverage/person/<uuid:person>/verify/back/", verifying.take_back, name="verify-back"),
    path("reports/", reports.reports_page, name="reports"),
    path("reports/unit/<str:code>/<slug:kind>/", reports.report_page, name="report"),
    path("reports/<int:report>/", reports.sent_page, name="sent-report"),
    path("reports/<int:report>/report.pdf", reports.pdf_file, name="report-pdf"),
    path("reports/<int:report>/report.docx", reports.word_file, name="report-word"),
    path("reports/<int:report>/report.xlsx", reports.book_file, name="report-book"),
    path("find/", finding.find_page, name="find"),
    path("coverage/unusual/", unusual.unusual_page, name="unusual"),
]
