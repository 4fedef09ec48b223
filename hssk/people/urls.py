"""Addresses of the people room. They name bases and cases by number, never a person."""

from django.urls import path

from hssk.people.views import cases, emergency

app_name = "people"
urlpatterns = [
    path("emergency/", emergency.break_page, name="emergency"),
    path("emergency/<int:basis>/", emergency.behind_glass, name="behind-glass"),
    path("emergency/reviews/", emergency.reviews_page, name="reviews"),
    path("emergency/<int:basis>/review/", emergency.review, name="review-glass"),
    path("cases/", cases.cases_page, name="cases"),
    path("cases/<int:case>/", cases.case_page, name="case"),
    path("cases/<int:case>/confirm/", cases.confirm, name="case-confirm"),
    path("cases/<int:case>/close/", cases.close, name="case-close"),
]
