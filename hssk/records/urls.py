"""Addresses of the record. A person and a visit go by keys of ours, which tell nothing."""

from django.urls import path

from hssk.records.views import history, paper, record, typing_in

app_name = "records"
urlpatterns = [
    path("record/<uuid:person>/", record.record_page, name="record"),
    path("record/<uuid:person>/new/", typing_in.visit_form, name="new-visit"),
    path("record/<uuid:person>/form/", history.history_form, name="form"),
    path("record/<uuid:person>/paper/", paper.paper_page, name="paper"),
    path("record/diseases/", typing_in.diseases_meant, name="diseases"),
    path("record/<uuid:person>/visit/<uuid:visit>/", record.visit_page, name="visit"),
]
