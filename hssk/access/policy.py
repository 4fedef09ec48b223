"""Who may come in by which address: each says so, or the program does not start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.csrf import csrf_exempt

from hssk.access.rights import Right

View = Callable[..., Any]


@dataclass(frozen=True)
class Policy:
    """`rights`: any of them lets in, within the area of the post that has it.

    With none, everybody who is signed in comes in; a stranger only where `strangers` is True.
    Where `by_token` is True it is software of a facility that asks, and shows a token: no session
    and no cookie opens anything.
    """

    rights: frozenset[Right] = frozenset()
    strangers: bool = False
    by_token: bool = False


def needs(*rights: Right) -> Callable[[View], View]:
    """Let in who holds one of `rights` somewhere; the view itself looks at the area."""
    return _marked(Policy(frozenset(rights)))


def for_senders(*rights: Right) -> Callable[[View], View]:
    """Let in software of a facility whose account holds one of `rights`, by the token it shows.

    A page of somebody else can have a browser send cookies, and no token: these addresses alone
    take a post without the token of a page.
    """

    def open_to_tokens(view: View) -> View:
        return login_not_required(
            csrf_exempt(_marked(Policy(frozenset(rights), by_token=True))(view))
        )

    return open_to_tokens


def for_everybody(view: View) -> View:
    """Let in whoever is signed in: the page shows nothing of anybody else."""
    return _marked(Policy())(view)


def for_strangers(view: View) -> View:
    """Let in anybody at all: the page shows nothing but itself."""
    return _marked(Policy(strangers=True))(view)


def _marked(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


def policy_of(view: View) -> Policy | None:
    """The policy that a view declares; None where it declares none."""
    return getattr(view, "policy", None)


def views_without_policy() -> list[str]:
    """The addresses that do not say who may come in; a program with any must not start."""
    return [address for address, view in _addresses(get_resolver()) if policy_of(view) is None]


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, View]]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        else:
            yield from _addresses(pattern, address)


def rights_for(name: str) -> frozenset[Right]:
    """The rights of which one is needed to follow an address, by its name (`coverage:list`)."""
    return _rights(get_resolver(), name)


@cache
def _rights(resolver: URLResolver, name: str) -> frozenset[Right]:
    for pattern_name, view in _named(resolver):
        if pattern_name == name:
            policy = policy_of(view)
            return policy.rights if policy else frozenset()
    raise LookupError(name)


def _named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, View]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern.callback
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern, inner)
