"""Addresses of the record. A person and a visit go by keys of ours, which tell nothing."""

from django.urls import path

from hssk.records.views import correcting, history, paper, record, typing_in, visit

app_name = "records"
_VISIT = "record/<uuid:person>/visit/<uuid:visit>"
urlpatterns = [
    path("record/<uuid:person>/", record.record_page, name="record"),
    path("record/<uuid:person>/new/", typing_in.visit_form, name="new-visit"),
    path("record/<uuid:person>/form/", history.history_form, name="form"),
    path("record/<uuid:person>/paper/", paper.paper_page, name="paper"),
    path("record/diseases/", typing_in.diseases_meant, name="diseases"),
    path(f"{_VISIT}/", visit.visit_page, name="visit"),
    path(
        f"{_VISIT}/correct/",
        correcting.correction_form,
        name="correct",
    ),
    path(
        f"{_VISIT}/withdraw/",
        correcting.withdrawal_form,
        name="withdraw",
    ),
]
