"""Addresses of the people room. They name proposals, bases and cases by number, a
person by a key of ours."""

from django.urls import path

from hssk.people.views import (
    arrivals,
    cases,
    centre,
    departures,
    emergency,
    known,
    lives,
    objecting,
    strangers,
)

app_name = "people"
urlpatterns = [
    path("people/emergency/", emergency.break_page, name="emergency"),
    path("people/emergency/<int:basis>/", emergency.behind_glass, name="behind-glass"),
    path("people/emergency/reviews/", emergency.reviews_page, name="reviews"),
    path("people/emergency/<int:basis>/review/", emergency.review, name="review-glass"),
    path("people/cases/", cases.cases_page, name="cases"),
    path("people/cases/<int:case>/", cases.case_page, name="case"),
    path("people/cases/<int:case>/confirm/", cases.confirm, name="case-confirm"),
    path("people/cases/<int:case>/refuse/", cases.refuse, name="case-refuse"),
    path("people/cases/<int:case>/close/", cases.close, name="case-close"),
    path("people/<uuid:person>/birth/", lives.birth, name="birth"),
    path("people/<uuid:person>/name/", lives.name, name="name"),
    path("people/<uuid:person>/death/", lives.death, name="death"),
    path("people/<uuid:person>/lists/", objecting.objection, name="objection"),
    path("people/new/", strangers.new, name="new-stranger"),
    path("people/<uuid:person>/told/", strangers.told, name="told"),
    path("people/<uuid:person>/known/", known.known, name="known"),
    path("people/<uuid:person>/apart/", known.apart, name="apart"),
    path("moves/", arrivals.arrivals, name="arrivals"),
    path("moves/new/", arrivals.new, name="new-move"),
    path("moves/<int:move>/withdraw/", arrivals.withdraw, name="withdraw"),
    path("moves/<int:move>/desk/", arrivals.desk, name="desk"),
    path("moves/<int:move>/mistake/", arrivals.mistake, name="mistake"),
    path("moves/leaving/", departures.departures, name="departures"),
    path("moves/leaving/<int:move>/", departures.answer, name="answer"),
    path("moves/leaving/<int:move>/mistake/", departures.mistake, name="release-mistake"),
    path("moves/centre/", centre.centre, name="centre"),
    path("moves/centre/<int:move>/close/", centre.close, name="close"),
    path("moves/centre/<int:move>/undo/", centre.undo, name="undo-move"),
    path("moves/centre/<int:user>/free/", centre.free, name="free"),
]
