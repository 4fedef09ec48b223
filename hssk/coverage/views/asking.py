"""What an address asks for: a day, a map, residents of some kind; and how it is carried on."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from hssk.access.policy import rights_for
from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.access.views.doorkeeper import access
from hssk.coverage.forms import AskForm, FilterForm
from hssk.coverage.services import Filters
from hssk.coverage.views import reading


@dataclass
class Asked:
    """The question of a page, on `today`. `latest` is the last day of the data, None where there is
    none.

    unheard  the day asked is later than all that is known: the page must say of when it speaks
    """

    today: date
    on: date
    map_day: date
    filters: Filters
    latest: date | None
    form: AskForm
    filter_form: FilterForm
    carried: dict[str, str]
    access: Access

    @property
    def unheard(self) -> bool:
        return self.latest is not None and self.on > self.latest

    @property
    def data_day(self) -> date:
        """The day of which the figures really speak: never later than the newest data."""
        return self.latest if self.latest is not None and self.on > self.latest else self.on

    def url(self, name: str, *args: object, **more: object) -> str:
        """The page `name`, asked the same question; `more` is put on top, None takes it away.

        "" for whoever has no right that opens such a page.
        """
        rights = rights_for(f"coverage:{name}")
        if rights and not self.access.allows(*rights):
            return ""
        asked = {**self.carried, **more}
        query = urlencode({key: value for key, value in asked.items() if value not in (None, "")})
        return reverse(f"coverage:{name}", args=args) + (f"?{query}" if query else "")

    def chips(self, path: str) -> list[dict[str, str]]:
        """The filters in force, each with the address that goes on without it."""
        named = self.filter_form.asked()
        return [
            {
                "label": self.filter_form.words(name, value),
                "remove_url": path + "?" + urlencode(_without(self.carried, name)),
            }
            for name, value in named.items()
        ]

    def cleared(self, path: str) -> str:
        return path + "?" + urlencode(_without(self.carried, *self.filter_form.asked()))

    def on_day(self, path: str, day: date) -> str:
        """The page at `path` on another day, with the same filters."""
        kept = _without(self.carried, "on", "map")
        if day != self.latest:  # the newest data is what is asked for when nothing is said
            kept["on"] = day.isoformat()
        return path + (f"?{urlencode(kept)}" if kept else "")

    def as_of_today(self, request: HttpRequest) -> str:
        """The address of this page of today; "" where it is of today already, and where its unit
        has ended and its reader may not see the one that followed it."""
        if self.on >= self.today:
            return ""
        path = request.path
        code = request.resolver_match.kwargs.get("code") if request.resolver_match else None
        if code:
            heir = reading.heir_of(code, self.on, self.today)
            if heir is None or not self.access.holds_unit(heir, Right.FIGURES):
                return ""
            path = path.replace(f"/{code}/", f"/{heir.code}/", 1)
        return self.on_day(path, self.today)

    def same_then(self, request: HttpRequest) -> bool:
        """Whether the unit of this page bore its code on the day of the newest data too: codes were
        given to other units in 2025, and a way there would lead to another place."""
        code = request.resolver_match.kwargs.get("code") if request.resolver_match else None
        return not (code and self.latest) or reading.is_same(code, self.on, self.latest)

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the room shows of the question."""
        return {
            "asked": self,
            "ask_form": self.form,
            "kept": _without(self.carried, "on", "map"),
            "filter_form": self.filter_form,
            "chips": self.chips(request.path),
            "clear_url": self.cleared(request.path),
            "data_day": self.data_day,
            "latest_url": self.on_day(request.path, self.latest)
            if self.latest and self.unheard
            else "",
            "same_then": SimpleLazyObject(lambda: self.same_then(request)),
            "today_url": SimpleLazyObject(lambda: self.as_of_today(request)),  # few pages say it
        }


def _without(asked: dict[str, str], *names: str) -> dict[str, str]:
    return {key: value for key, value in asked.items() if key not in names}


def asked_of(request: HttpRequest) -> Asked:
    """The question of a request; a day that cannot be read is said in the form and not used."""
    today = timezone.localdate()
    latest = reading.latest_day(today)
    usual = latest or today
    first = AskForm(request.GET, maps=[])
    first.is_valid()
    on = first.cleaned_data.get("on") or usual
    maps = reading.maps_for(on)
    chosen = request.GET.get("map", "")
    chosen = chosen if chosen in dict(maps) else ""
    form = AskForm({"on": request.GET.get("on") or on, "map": chosen}, maps=maps)
    carried = {"on": on.isoformat() if on != usual else "", "map": chosen}
    carried = {name: value for name, value in carried.items() if value}
    filter_form = FilterForm(request.GET.dict(), carried)
    return Asked(
        today=today,
        on=on,
        map_day=date.fromisoformat(chosen) if chosen else on,
        filters=filter_form.filters(),
        latest=latest,
        form=form,
        filter_form=filter_form,
        carried={**carried, **filter_form.asked()},
        access=access(request),
    )
