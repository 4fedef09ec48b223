"""Helping colleagues who cannot come in: a new first password, or a lost second step taken away.

Two acts, each with how whoever helps knew who asked: one of a closed list, which the log keeps.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.forms import KnewForm, PostForm
from hssk.access.models import User
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import (
    Knew,
    grantable,
    has_second_factor,
    let_in_again,
    may_let_in,
    posts_within,
    take_second_away,
)
from hssk.access.services.coming_in import IN_PERSON
from hssk.access.views.doorkeeper import access
from hssk.access.views.posts import page_of_posts


@needs(Right.POSTS)
def let_in(request: HttpRequest, post: int) -> HttpResponse:
    """Let somebody in again who forgot the password or whose account sleeps; the second step stays.

    The new password stands on this page alone, as that of a new account.
    """
    who, user = access(request), _helped(request, post)
    form = KnewForm(request.POST or None, ways=Knew)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, user, form, unlocks=False)
    password = let_in_again(user, giver=who, knew=form.cleaned_data["knew"])
    second = has_second_factor(user)
    given = {"user": user, "password": password, "second": second, "post": post}
    return page_of_posts(request, who, PostForm(roles=grantable(who), day=who.day), again=given)


@needs(Right.POSTS)
def unlock(request: HttpRequest, post: int) -> HttpResponse:
    """Take away the second step of somebody who lost phone, key and spare codes; the password
    stays."""
    user = _helped(request, post)
    if not has_second_factor(user):
        raise Http404
    form = KnewForm(request.POST or None, ways=IN_PERSON)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, user, form, unlocks=True)
    take_second_away(user, giver=access(request), knew=form.cleaned_data["knew"])
    messages.success(request, _("Đã gỡ bước thứ hai của {user}.").format(user=user))
    return redirect("posts")


def _helped(request: HttpRequest, post: int) -> User:
    """Whose post it is, if whoever asks may help them; otherwise the page is not there."""
    who = access(request)
    found = next((each for each in posts_within(who) if each.pk == post), None)
    if found is None or not may_let_in(who, found.user):
        raise Http404
    return found.user


def _asked(request: HttpRequest, user: User, form: KnewForm, *, unlocks: bool) -> HttpResponse:
    context = {
        "helped": user,
        "form": form,
        "unlocks": unlocks,
        "breadcrumbs": [{"label": _("Người và nhiệm vụ"), "url": "../../"}, {"label": str(user)}],
    }
    return render(request, "access/let_in.html", context)
