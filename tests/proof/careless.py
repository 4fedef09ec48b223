"""Holes in the program itself, as careless hands leave them: a cache keyed without the user, an export
that forgets the filter, a count that scans all, an address whose area nobody asks about.

Each is a context manager that plants its hole and takes it out again.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any
from unittest.mock import patch

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from hssk.access.policy import Policy
from hssk.access.rights import Right
from hssk.access.services import as_machine
from hssk.access.views.doorkeeper import Doorkeeper, access

Plant = Callable[[], Any]
NAMED: dict[str, Plant] = {}


def hole(plant: Callable[[], Iterator[None]]) -> Plant:
    """Note a hole under its name."""
    made = contextmanager(plant)
    NAMED[plant.__name__.replace("_", " ")] = made
    return made


def _forget(name: str, **instead: Any) -> None:
    """Note a hole: things of modules, `path.to.module:name`, that somebody wrote too shortly."""

    def plant() -> Iterator[None]:
        with ExitStack() as stack:
            for where, what in instead.items():
                module, _, attribute = where.rpartition(".")
                stack.enter_context(patch.object(_thing(module), attribute, what))
            yield

    plant.__name__ = name.replace(" ", "_")
    hole(plant)


def _thing(path: str) -> Any:
    """A module, or a class in one."""
    try:
        return import_module(path)
    except ModuleNotFoundError:
        module, _, name = path.rpartition(".")
        return getattr(import_module(module), name)


def _pattern(name: str, resolver: URLResolver | None = None, space: str = "") -> URLPattern:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            if f"{space}{one.name}" == name:
                return one
            continue
        inner = f"{space}{one.namespace}:" if one.namespace else space
        try:
            return _pattern(name, one, inner)
        except LookupError:
            continue
    raise LookupError(name)


@contextmanager
def _view(name: str, make: Callable[[Any], Any]) -> Iterator[None]:
    """Another view at an address; it keeps the policy of the first unless `make` says otherwise."""
    pattern = _pattern(name)
    before = pattern.callback
    made = make(before)
    if not hasattr(made, "policy"):
        made.policy = before.policy
    pattern.callback = made
    try:
        yield
    finally:
        pattern.callback = before


# a cache keyed without the user


@hole
def answers_kept_by_their_path() -> Iterator[None]:
    kept: dict[str, HttpResponse] = {}
    asks = Doorkeeper.__call__

    def answer(self: Doorkeeper, request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return asks(self, request)
        if request.path not in kept:
            response = asks(self, request)
            if response.status_code != 200 or response.streaming:
                return response
            kept[request.path] = response
        return kept[request.path]

    with patch.object(Doorkeeper, "__call__", answer):
        yield


@hole
def the_page_of_a_person_kept_by_its_key() -> Iterator[None]:
    kept: dict[Any, HttpResponse] = {}

    def make(before: Any) -> Any:
        def view(request: HttpRequest, **keys: Any) -> HttpResponse:
            who = tuple(keys.values())
            if who not in kept:
                kept[who] = before(request, **keys)
            access(request).looked = True  # the first who asked was written down
            return kept[who]

        return view

    with _view("coverage:person", make):
        yield


def _keep_person() -> Any:
    asks, kept = import_module("hssk.people.views.asked").person_asked, {}

    def asked(request: HttpRequest, person: Any, *more: Any) -> Any:
        if person not in kept:
            kept[person] = asks(request, person, *more)
        return kept[person]

    return asked


@hole
def a_person_kept_by_their_key() -> Iterator[None]:
    with patch("hssk.coverage.views.people.person_asked", _keep_person()):
        yield


# an export that forgets the filter


def _export_all(_before: Any) -> Any:
    from hssk.coverage.services import exports
    from hssk.coverage.views import within
    from hssk.coverage.views.asking import asked_of
    from hssk.places.services import unit_on

    def view(request: HttpRequest, code: str) -> Any:
        asked, who = asked_of(request), access(request)
        out = BytesIO()
        with as_machine(who.user, who.day):
            exports.missing_workbook(unit_on(code, asked.on), asked.on, out)
            within.look(request, "export", ())
        out.seek(0)
        return FileResponse(out, as_attachment=True, filename="x.xlsx")

    return view


@hole
def an_export_without_the_filter() -> Iterator[None]:
    with _view("coverage:missing-file", _export_all):
        yield


@hole
def an_export_as_the_machine_of_whatever_is_asked() -> Iterator[None]:
    def make(before: Any) -> Any:
        def view(request: HttpRequest, **keys: Any) -> Any:
            who = access(request)
            with as_machine(who.user, who.day):
                return before(request, **keys)

        return view

    from hssk.coverage.views import within
    from hssk.places.services import unit_on

    def anywhere(_request: HttpRequest, code: str, asked: Any, _right: Right) -> Any:
        return unit_on(code, asked.on)

    with _view("coverage:list", make), patch.object(within, "unit_asked", anywhere):
        yield


@hole
def the_log_of_a_person_as_a_file_for_everybody() -> Iterator[None]:
    def make(before: Any) -> Any:
        def view(request: HttpRequest, **keys: Any) -> Any:
            who = access(request)
            with as_machine(who.user, who.day):
                return before(request, **keys)

        view.policy = Policy(frozenset(Right))  # type: ignore[attr-defined]
        return view

    with _view("looks-person-file", make):
        yield


# a count that scans all


def _of_all(function: Callable[..., Any], user: Any = None) -> Callable[..., Any]:
    from hssk.access.models import User

    def counted(*_area: Any) -> Any:
        operator = User.objects.get(username=User.LOCAL_OPERATOR)
        with as_machine(operator, operator.date_joined.date()):
            return function()

    return counted


@hole
def a_count_of_all_pairs_in_the_menu() -> Iterator[None]:
    from hssk.config import navigation
    from hssk.exchange.services import waiting_for_review

    counted = _of_all(waiting_for_review)
    with patch.dict(navigation._COUNTED, {"exchange:review": counted}):
        yield


@hole
def a_count_of_all_moves_in_the_menu() -> Iterator[None]:
    from hssk.config import navigation
    from hssk.people.models import Release

    counted = _of_all(lambda: Release.objects.filter(state="waiting").count())
    with patch.dict(navigation._COUNTED, {"people:arrivals": counted}):
        yield


@hole
def a_count_of_all_rows_handed_on() -> Iterator[None]:
    from hssk.exchange.services import handing

    asks = handing.how_many_wait
    with patch.object(handing, "how_many_wait", _of_all(lambda: asks(None))):
        yield


@hole
def a_count_of_everybody_in_the_menu() -> Iterator[None]:
    from hssk.config import navigation
    from hssk.people.models import Listing

    counted = {"coverage:find": _of_all(Listing.objects.count)}
    with patch.dict(navigation._BESIDE, counted), patch.dict(navigation._COUNTED, counted):
        yield


# addresses of which nobody asks whose they are


def _unit(_request: Any, code: str, asked: Any, _right: Any) -> Any:
    return import_module("hssk.places.services").unit_on(code, asked.on)


def _get(model: str, key: str = "pk") -> Callable[..., Any]:
    def found(_request: Any, asked: Any, *_more: Any, **_rest: Any) -> Any:
        from django.apps import apps
        from django.shortcuts import get_object_or_404

        return get_object_or_404(apps.get_model(model), **{key: asked})

    return found


def _handing(_request: Any, batch: int, unit: int) -> Any:
    from hssk.exchange.services.handing import Handing
    from hssk.places.models import Unit

    return Handing(batch, Unit.objects.select_related("parent").get(pk=unit))


_forget("a unit of any area", **{"hssk.coverage.views.within.unit_asked": _unit})
_forget(
    "a hamlet of any area", **{"hssk.coverage.views.within.hamlet_asked": _get("places.Hamlet")}
)
_forget("a household of any area",
        **{"hssk.coverage.views.within.household_asked": _get("places.Household")})  # fmt: skip
_forget("a file of any area", **{"hssk.exchange.views.within.file_asked": _get("exchange.Batch")})
_forget("a case of anybody", **{"hssk.people.views.cases._mine": _get("people.AuditCase")})


# acts that nobody asks about


def _as_machine(view: str) -> Callable[[Any], Any]:
    def make(before: Any) -> Any:
        def run(request: HttpRequest, **keys: Any) -> Any:
            who = access(request)
            with as_machine(who.user, who.day):
                return before(request, **keys)

        return run

    make.__name__ = view
    return make


@hole
def a_verdict_on_any_pair() -> Iterator[None]:
    from hssk.exchange.views import within

    with (
        _view("exchange:verdict", _as_machine("")),
        patch.object(within, "questions", lambda _r: None),
    ):
        yield


@hole
def a_proposal_of_anybody_withdrawn() -> Iterator[None]:
    from hssk.people.models import Move
    from hssk.people.views import within

    def withdrawn(move: Any, *, by: Any) -> None:
        with as_machine(by.user, by.day):
            Move.objects.filter(pk=move.pk).update(state="withdrawn")

    with (
        _view("people:withdraw", _as_machine("")),
        patch.object(within, "arrivals_of", lambda *_a: Move.objects.all()),
        patch("hssk.people.services.moves.withdraw_proposal", withdrawn),
    ):
        yield


@hole
def a_release_answered_by_anybody() -> Iterator[None]:
    from hssk.people.models import Release
    from hssk.people.services.moves import answering
    from hssk.people.views import within

    with (
        _view("people:answer", _as_machine("")),
        patch.object(within, "releases_of", lambda *_a: Release.objects.all()),
        patch.object(answering, "_is_asked", lambda *_a: True),
    ):
        yield


@hole
def a_post_of_any_area_ended() -> Iterator[None]:
    from hssk.access.models import Post
    from hssk.access.services import posts

    with (
        patch("hssk.access.views.posts.posts_within", lambda _giver: list(Post.objects.all())),
        patch.object(posts, "may_end", lambda *_a: True),
    ):
        yield


@hole
def a_post_given_anywhere() -> Iterator[None]:
    with patch("hssk.access.services.posts.may_grant", lambda *_a: True):
        yield


@hole
def a_session_of_anybody_ended() -> Iterator[None]:
    from hssk.access.models import Sitting

    def ended(_user: Any, sitting: int) -> bool:
        return bool(Sitting.objects.filter(pk=sitting).delete()[0])

    with patch("hssk.access.views.sittings.end_sitting", ended):
        yield


@hole
def handed_rows_taken_by_anybody() -> Iterator[None]:
    with (
        patch("hssk.exchange.views.handed._asked", _handing),
        _view("exchange:handed-refuse", _as_machine("")),
    ):
        yield


@hole
def a_goal_set_anywhere() -> Iterator[None]:
    with patch("hssk.coverage.views.within.unit_asked", _unit):
        yield


@hole
def an_act_without_the_token_of_its_page() -> Iterator[None]:
    view = _pattern("post-end").callback
    view.csrf_exempt = True
    try:
        yield
    finally:
        del view.csrf_exempt


# doors


@hole
def an_address_without_a_policy() -> Iterator[None]:
    view = _pattern("coverage:person").callback
    before = view.policy
    del view.policy
    try:
        yield
    finally:
        view.policy = before


@hole
def an_address_open_to_strangers() -> Iterator[None]:
    def make(before: Any) -> Any:
        from django.contrib.auth.decorators import login_not_required

        def view(request: HttpRequest, **keys: Any) -> Any:
            from hssk.people.models import Person

            return HttpResponse(", ".join(Person.objects.values_list("name", flat=True)))

        view.policy = Policy(strangers=True)  # type: ignore[attr-defined]
        return login_not_required(view)

    with _view("coverage:household", make):
        yield


@hole
def a_session_that_nobody_ends() -> Iterator[None]:
    with patch("hssk.access.views.watch._is_over", lambda *_a: False):
        yield


@hole
def a_session_of_an_earlier_round() -> Iterator[None]:
    from hssk.access.models import User

    with patch.object(User, "_get_session_auth_hash", lambda self, secret=None: "same"):
        yield


@hole
def the_sessions_of_everybody_in_a_list() -> Iterator[None]:
    from hssk.access.models import Sitting

    with patch(
        "hssk.access.views.sittings.sittings_of", lambda _user, _at: Sitting.objects.order_by("-pk")
    ):
        yield


@hole
def a_short_code_of_another_machine() -> Iterator[None]:
    with patch("hssk.access.views.machines.come_back", lambda *_a: (_first_user(), True)):
        yield


@cache
def _first_user() -> Any:
    from hssk.access.models import Post, User

    return User.objects.filter(pk__in=Post.objects.values("user")).order_by("pk").first()


# Where each is: the attempts by address, which are of every address, are made here at these alone.
AT: dict[str, tuple[str, ...]] = {
    "answers kept by their path": ("coverage:home", "people:departures", "coverage:person"),
    "the page of a person kept by its key": ("coverage:person",),
    "a person kept by their key": ("coverage:person",),
    "an export without the filter": ("coverage:missing-file",),
    "an export as the machine of whatever is asked": ("coverage:list",),
    "the log of a person as a file for everybody": ("looks-person-file",),
    "a unit of any area": ("coverage:unit",),
    "a hamlet of any area": ("coverage:hamlet",),
    "a household of any area": ("coverage:household",),
    "a file of any area": ("exchange:batch", "exchange:undo"),
    "a case of anybody": ("people:case",),
    "a verdict on any pair": ("exchange:verdict",),
    "a proposal of anybody withdrawn": ("people:withdraw",),
    "a release answered by anybody": ("people:answer",),
    "a post of any area ended": ("post-end",),
    "a post given anywhere": ("posts",),
    "a session of anybody ended": ("sitting-end",),
    "handed rows taken by anybody": ("exchange:handed-refuse",),
    "a goal set anywhere": ("coverage:goal",),
}
