"""Addresses of the record. A person and a visit go by keys of ours, which tell nothing."""

from django.urls import path

from hssk.records.views import record

app_name = "records"
urlpatterns = [
    path("record/<uuid:person>/", record.record_page, name="record"),
    path("record/<uuid:person>/visit/<uuid:visit>/", record.visit_page, name="visit"),
]
