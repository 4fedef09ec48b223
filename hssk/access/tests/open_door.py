"""Addresses with planted holes: a view that says nothing, and one that forgets to note its look."""

from django.http import HttpResponse
from django.urls import include, path

from hssk.access.policy import for_everybody, needs
from hssk.access.rights import Right


def open_to_all(request):
    return HttpResponse("everybody's names")


@needs(Right.REGISTER)
def forgetful(request):
    return HttpResponse("names, and nobody noted who saw them")


@for_everybody
def named(request):
    return HttpResponse("")


urlpatterns = [
    path(
        "inner/",
        include([path("open/", open_to_all, name="open"), path("forgetful/", forgetful, name="f")]),
    ),
    *(
        path(f"{name}/", named, name=name)
        for name in ("help", "login", "logout", "password", "mfa_index", "set_language", "posts",
                     "posts-review", "looks", "questions", "sittings", "lock", "still")
    ),
    path("", include(([path(f"{name}/", named, name=name) for name in ("home", "find", "regrants", "unusual", "after-death", "reports")], "coverage"))),
    path("z/", include(([path(f"{name}/", named, name=name) for name in ("copies", "held", "registered", "trace")], "outreach"))),
    path("o/", include(([path("list/", named, name="list")], "organisations"))),
    path("w/", include(([path("sessions/", named, name="sessions"), path("overview/", named, name="overview")], "plans"))),
    path(
        "y/",
        include(([path(f"{name}/", named, name=name) for name in ("arrivals", "emergency", "reviews", "cases")],
                 "people")),
    ),
    path(
        "x/",
        include(
            ([path(f"{name}/", named, name=name) for name in ("import", "review", "batches", "postings")],
             "exchange")
        ),
    ),
]  # fmt: skip
