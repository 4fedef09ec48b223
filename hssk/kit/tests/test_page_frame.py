"""The page frame: honest figures, drawings that need no colour, Vietnamese first."""

import gzip
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hssk.kit import compare, drawings, icons, words
from hssk.kit.tests.preview import preview_html

STATIC = Path(__file__).parent.parent / "static" / "kit"


def write(source, **context):
    return engines["django"].from_string("{% load kit %}" + source).render(context)


@pytest.mark.parametrize(
    ("source", "vietnamese", "english"),
    [
        ("{{ 14072|number }}", "14.072", "14,072"),
        ("{{ nothing|number }}", "–", "–"),
        ("{{ 1204|signed }}", "+1.204", "+1,204"),
        ("{{ 33443|percent_of:47515 }}", "70,4\xa0%", "70.4%"),
        (
            "{{ 33443|share_of:47515 }}",
            "33.443/47.515 =\xa070,4\xa0%",
            "33,443/47,515 =\xa070.4%",
        ),
        ("{{ 97.5|per_cent }}", "97,5\xa0%", "97.5%"),
        ("{{ column|per_cent }}", "95\xa0%", "95%"),
        ("{{ on|day }}", "13/3/2024", "13 March 2024"),
        ("{{ at|moment }}", "08:30, 13/3/2024", "08:30, 13 March 2024"),
        ("{{ 3400000|size }}", "3,4 MB", "3.4 MB"),
        ("{% counted 1 'person' %}", "1 người", "1 person"),
        ("{% counted 1204 'household' %}", "1.204 hộ", "1,204 households"),
        ("{% gap_to_goal 90 100 95 as gap %}{{ gap }}", "5", "5"),
    ],
)
def test_a_template_writes_figures_in_the_language_of_its_reader(
    source, vietnamese, english, compiled_messages
):
    given = {
        "on": date(2024, 3, 13),
        "at": datetime(2024, 3, 13, 1, 30, tzinfo=UTC),
        "nothing": None,
        "column": Decimal("95.00"),
    }
    assert write(source, **given) == vietnamese
    with translation.override("en"):
        assert write(source, **given) == english


def test_the_day_of_a_moment_is_that_of_the_clock_here():
    early = datetime(2024, 3, 12, 17, 26, tzinfo=UTC)  # 00:26 of the 13th
    assert write("{{ at|day }}", at=early) == "13/3/2024"


def test_without_a_day_nothing_is_written():
    assert write("{{ none|day }}{{ none|moment }}", none=None) == ""


def widths(svg, kind):
    return [float(width) for width in re.findall(rf'class="{kind}"[^>]* width="([\d.]+)%', svg)]


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_a_bar_never_draws_some_as_none_nor_most_as_all(found, ask, missing):
    expected = found + ask + missing
    svg = drawings.bar(found, ask, expected, 95)
    (full,), (hatched,) = widths(svg, "found"), widths(svg, "ask")
    assert (full == 0) == (found == 0)
    assert (full == 100) == (found == expected and expected > 0)
    assert full + hatched <= 100
    assert (hatched > 0) == (ask > 0)


def test_a_goal_is_a_tick_on_the_bar():
    assert 'class="goal" x="95%"' in drawings.bar(1, 0, 2, 95)
    assert "goal" not in drawings.bar(1, 0, 2)


@pytest.mark.parametrize(
    ("states", "words_of_house"),
    [
        ([], "Hộ có 0 người"),
        (["found"], "Hộ có 1 người: 1 người đã có hồ sơ"),
        (
            ["missing", "found", "ask", "away", "found"],
            "Hộ có 5 người: 2 người đã có hồ sơ, 1 người còn chờ xem lại, 1 người chưa có hồ sơ, "
            "1 người đang ở nơi khác",
        ),
    ],
)
def test_a_house_says_in_words_what_it_draws(states, words_of_house):
    assert drawings.household_words(states) == words_of_house
    svg = drawings.household((state, False) for state in states)
    assert f'aria-label="{words_of_house}"' in svg
    assert svg.count("<g ") == len(states)


def test_small_multiples_and_lines_are_drawn_for_any_number_of_points():
    assert drawings.columns([], 95).count('class="found"') == 0
    assert drawings.columns([(1, 2), (0, 0)], 95).count('class="found"') == 2
    assert drawings.line([]) == ""
    assert "<circle" in drawings.line([50.0], 95)


@pytest.mark.parametrize("name", icons.ICONS)
def test_icons_are_silent(name):
    assert 'aria-hidden="true"' in icons.icon(name)


@pytest.mark.parametrize(
    ("left", "right", "verdict", "marks"),
    [
        ("Giàng Thị Bịa", "Giàng Thị Bịa", "same", ([], [])),
        ("Giàng Thị Bịa", "GIÀNG THỊ BIA", "close", (["ị"], ["I"])),
        ("13/11/2019", "11/3/2019", "different", (["13", "11"], ["11", "3"])),
        ("Giàng Bịa", "Giàng Thị Bịa", "different", ([], ["Thị "])),
        ("Bản Lùng", "Bản Séo", "different", (["Lùng"], ["Séo"])),
        ("", "012319000000", "unknown", ([], [])),
        ("012179647801", "012179647001", "different", (["8"], ["0"])),
        ("12001", "120010", "different", ([], ["0"])),
    ],
)
def test_differences_are_marked_where_they_are(left, right, verdict, marks):
    assert compare.verdict(left, right) == verdict
    sides = compare.marked(left, right)
    assert tuple([text for text, differs in side if differs] for side in sides) == marks


@given(st.text(max_size=30), st.text(max_size=30))
def test_marking_loses_no_letter(left, right):
    for side, text in zip(compare.marked(left, right), (left, right), strict=True):
        assert "".join(segment for segment, _differs in side) == text


def test_every_page_of_an_invented_home_says_so():
    assert "DỮ LIỆU BỊA – KHÔNG PHẢI NGƯỜI THẬT" in preview_html(invented=True)
    assert "DỮ LIỆU BỊA" not in preview_html(invented=False)


def test_a_page_obeys_its_own_content_policy():
    html = preview_html()
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
    assert not re.search(r"<style|<script(?! type=\"module\" src=)", html)
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_the_first_visit_is_light():
    own = [path.read_bytes() for path in STATIC.iterdir()]
    assert len((STATIC / "hssk.css").read_bytes()) <= 25_000
    assert sum(len(path.read_bytes()) for path in STATIC.glob("*.js")) <= 10_000
    assert sum(len(gzip.compress(part)) for part in [*own, preview_html().encode()]) <= 40_000


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_says_what_to_do(name):
    html = engines["django"].get_template(f"{name}.html").render({}, RequestFactory().get("/x"))
    assert "<h1>" in html
    assert "Hãy" in html or "hãy" in html


def test_counted_words_know_every_noun():
    for noun in words.NOUNS:
        assert words.count_of(2, noun).startswith("2 ")
