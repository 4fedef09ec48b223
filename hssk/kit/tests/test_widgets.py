"""A select written at once says what Django's own says."""

import re

from django import forms

from hssk.kit.widgets import PlainSelect

CHOICES = [("", "Tất cả"), ("a<b", "A & B"), ("Nhóm", [("1", "Một"), ("2", "Hai")])]


def elements(html):
    return re.findall(r"<[^>]+>|[^<>\s][^<>]*", " ".join(html.split()))


def test_it_writes_what_djangos_own_select_writes():
    for value in ("", "a<b", "2", None, "none of them"):
        mine, djangos = (
            kind(attrs={"id": "x"}, choices=CHOICES).render("place", value)
            for kind in (PlainSelect, forms.Select)
        )
        assert [part.strip() for part in elements(mine)] == [
            part.strip() for part in elements(djangos)
        ]
