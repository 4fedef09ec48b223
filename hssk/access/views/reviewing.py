"""The half-yearly review: each post is still needed, or it ends."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import is_asleep, review_posts, to_review
from hssk.access.views.doorkeeper import access as access_of_request
from hssk.kit.numbers import format_number

ON_A_PAGE = 50
NEEDED, ENDED = "needed", "ended"


@needs(Right.POSTS)
def review_page(request: HttpRequest) -> HttpResponse:
    """Every post one answers for, the longest unconfirmed first, with a tick for each."""
    access = access_of_request(request)
    if request.method == "POST":
        kept, ended = review_posts(
            _ticked(request, NEEDED), _ticked(request, ENDED), giver=access
        )  # fmt: skip
        said = _("Đã ghi: {kept} nhiệm vụ vẫn cần, {ended} nhiệm vụ kết thúc từ hôm nay.")
        messages.success(request, said.format(kept=format_number(kept), ended=format_number(ended)))
        return redirect("posts-review")
    reviewed = to_review(access)
    page = Paginator(reviewed, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "overdue": sum(each.overdue for each in reviewed),
        "asleep": {
            each.post.user_id for each in page.object_list if is_asleep(each.post.user, access.day)
        },
        "breadcrumbs": [
            {"label": _("Người và nhiệm vụ"), "url": "../"}, {"label": _("Rà soát nhiệm vụ")},
        ],
    }  # fmt: skip
    return render(request, "access/review.html", context)


def _ticked(request: HttpRequest, answer: str) -> list[int]:
    """The keys of the posts that were answered so: fields are called p and the key."""
    said = ((name, value) for name, value in request.POST.items() if value == answer)
    return [int(name[1:]) for name, _value in said if name[:1] == "p" and name[1:].isdecimal()]
