"""Addresses of moves. They name proposals by number, never a person."""

from django.urls import path

from hssk.people.views import arrivals, centre, departures

app_name = "people"
urlpatterns = [
    path("", arrivals.arrivals, name="arrivals"),
    path("new/", arrivals.new, name="new-move"),
    path("<int:move>/withdraw/", arrivals.withdraw, name="withdraw"),
    path("<int:move>/desk/", arrivals.desk, name="desk"),
    path("<int:move>/mistake/", arrivals.mistake, name="mistake"),
    path("leaving/", departures.departures, name="departures"),
    path("leaving/<int:move>/", departures.answer, name="answer"),
    path("leaving/<int:move>/mistake/", departures.mistake, name="release-mistake"),
    path("centre/", centre.centre, name="centre"),
    path("centre/<int:move>/close/", centre.close, name="close"),
    path("centre/<int:move>/undo/", centre.undo, name="undo-move"),
    path("centre/<int:user>/free/", centre.free, name="free"),
]
