"""Who does what where: posts given and ended by whoever may."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.errors import NotYours
from hssk.access.forms import PostForm
from hssk.access.policy import needs
from hssk.access.rights import Right, Role
from hssk.access.services import (
    Access,
    appoint,
    end_post,
    grantable,
    is_asleep,
    may_let_in,
    posts_within,
    units_to_choose,
    with_second_factor,
)
from hssk.access.views.doorkeeper import access as access_of_request
from hssk.places.models import Facility, Organisation


@needs(Right.POSTS)
def posts_page(request: HttpRequest) -> HttpResponse:
    """Everybody with a post in one's own area, and the form that gives another."""
    access = access_of_request(request)
    roles = grantable(access)
    form = PostForm(request.POST or None, roles=roles, day=access.day)
    given = _given(request, form, access) if request.method == "POST" and form.is_valid() else None
    if given is not None:
        form = PostForm(roles=roles, day=access.day)
    return page_of_posts(request, access, form, given=given)


def page_of_posts(
    request: HttpRequest, access: Access, form: PostForm, **told: dict[str, Any] | None
) -> HttpResponse:
    """The page, with what was just done for somebody."""
    posts = posts_within(access)
    helped = {post.user_id for post in posts if may_let_in(access, post.user)}
    context = {
        "posts": posts,
        "asleep": {post.user_id for post in posts if is_asleep(post.user, access.day)},
        "helped": helped,
        "unlockable": with_second_factor(helped),
        "form": form,
        "units": units_to_choose(access, Right.POSTS),
        "facilities": Facility.objects.filter(unit=None).order_by("code"),
        "organisations": _organisations(access),
        **told,
    }
    return render(request, "access/posts.html", context)


def _given(request: HttpRequest, form: PostForm, access: Access) -> dict[str, Any] | None:
    """The post that was given and the first password of a new account; None where it was not.

    The password stands on this page alone: a message would lie in the session till the next one.
    """
    said = form.cleaned_data
    role, place = Role(said["role"]), {
        "hamlet": said["hamlet"], "facility": said["facility"],
        "organisation": said["organisation"], "giver": access,
    }  # fmt: skip
    try:
        post, password = appoint(said["username"], said["full_name"], role, said["unit"], **place)
    except NotYours as refusal:
        form.add_error("unit", _(refusal.message))
        return None
    return {"post": post, "password": password}


@needs(Right.POSTS)
@require_POST
def end(request: HttpRequest, post: int) -> HttpResponse:
    """End a post of one's own area today."""
    access = access_of_request(request)
    found = next((each for each in posts_within(access) if each.pk == post), None)
    if found is None or found.user_id == access.user.pk:
        raise Http404
    end_post(found, on=access.day, giver=access)
    messages.success(request, _("Đã kết thúc nhiệm vụ của {user}.").format(user=found.user))
    return redirect("posts")


def _organisations(access: Access) -> list[Organisation]:
    """Those of the units in which one gives posts, to choose from."""
    every = Organisation.objects.filter(until=None).select_related("unit__parent")
    return [one for one in every.order_by("name") if access.holds_unit(one.unit, Right.POSTS)]
