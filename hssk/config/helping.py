"""The page of help, with what each duty post opens: from the table by which it opens it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hssk.access.policy import for_everybody
from hssk.access.rights import NAMES, OPENS, RIGHTS, Right, Role
from hssk.access.views.doorkeeper import access


@for_everybody
def help_page(request: HttpRequest) -> HttpResponse:
    """How to begin, what the figures mean, who may do what: one's own posts first."""
    mine = {Role(post.role) for post in access(request).posts}
    roles = [
        {
            "name": NAMES[role],
            "mine": role in mine,
            "opens": [OPENS[right] for right in Right if right in RIGHTS[role]],
        }
        for role in sorted(Role, key=lambda role: role not in mine)
    ]
    return render(request, "config/help.html", {"roles": roles})
