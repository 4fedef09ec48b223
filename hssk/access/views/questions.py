"""What was asked of oneself about one's looking, and the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.errors import NotYours
from hssk.access.forms import AnswerForm
from hssk.access.policy import for_everybody
from hssk.access.services.questioning import answer, own_threads
from hssk.access.views.doorkeeper import access


@for_everybody
def questions_page(request: HttpRequest) -> HttpResponse:
    """Every question about one's own looking with its answers; those that wait with a form."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answer(access(request), said["kind"], said["day"], said["text"])
        except NotYours as refusal:
            messages.error(request, _(refusal.message))
        else:
            messages.success(request, _("Đã gửi câu trả lời của bạn."))
        return redirect("questions")
    context = {"threads": own_threads(access(request)), "form": form}
    return render(request, "access/questions.html", context)
