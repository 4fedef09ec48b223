"""The ways through the product, the same on every page. Only here all rooms are known."""

from importlib import import_module
from importlib.util import find_spec

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _


def _waiting() -> int:
    """How many pairs wait for a person's decision; 0 until the exchange room counts them."""
    if find_spec("hssk.exchange.services") is None:
        return 0
    count = getattr(import_module("hssk.exchange.services"), "waiting_for_review", None)
    return count() if count else 0


def _entries() -> list[tuple[str, str, str]]:
    return [
        ("coverage:home", "cover", _("Độ bao phủ")),
        ("exchange:import", "import", _("Nhập tệp")),
        ("exchange:review", "review", _("Cặp chờ xem lại")),
        ("exchange:batches", "batches", _("Các lần nhập")),
        ("help", "help", _("Trợ giúp")),
    ]


def _items(path: str) -> list[dict[str, object]]:
    items = []
    for name, icon, label in _entries():
        try:
            url = reverse(name)
        except NoReverseMatch:  # a room that has no pages yet
            continue
        inside = path.startswith(url) and (url != "/" or path.startswith("/coverage/"))
        current = "page" if path == url else "true" if inside else ""
        count = _waiting() if name == "exchange:review" else 0
        items.append({"url": url, "icon": icon, "label": label, "current": current, "count": count})
    return items


def navigation(request: HttpRequest) -> dict[str, object]:
    """`navigation` and `account` for those who are signed in; `language_url` for all."""
    known: dict[str, object] = {"language_url": reverse("set_language")}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        known["navigation"] = _items(request.path)
        known["account"] = {
            "name": str(user),
            "password_url": reverse("password"),
            "logout_url": reverse("logout"),
        }
    return known
