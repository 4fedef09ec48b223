"""The lines of a copy with a box for each answer: a hamlet has hundreds, so that they are written
in one go. `{% load outreach %}`."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hssk.outreach.models import ListedPerson

register = template.Library()

_LINE = (
    '<li><fieldset data-line><legend><span class="n">{}.</span> <b>{}</b>{}{}</legend>'
    "{}</fieldset></li>"
)
_BOX = (
    '<label><input type="radio" id="line-{n}-{key}" name="line-{n}" value="{value}"{chosen}>'
    ' <kbd aria-hidden="true">{key}</kbd> {words}</label>'
)


@register.simple_tag
def tick_lines(lines: Iterable[ListedPerson], answers: Sequence[tuple[str, str]]) -> SafeString:
    """Lines of a copy as items of a list.

    answers  (value, words) in the order of the keys that choose them
    """
    home, boxes = _("hộ %(head)s"), _Boxes(answers)
    return format_html_join(
        "\n", _LINE, (
            (line.number, line.name, _small(line.year),
             _small(line.head and home % {"head": line.head}), boxes.of(line))
            for line in lines
        ),
    )  # fmt: skip


def _small(words: object) -> SafeString:
    return format_html(" <small>{}</small>", words) if words else SafeString("")


class _Boxes:
    """The boxes of a line; all that differs between lines is their number and which is chosen."""

    def __init__(self, answers: Sequence[tuple[str, str]]) -> None:
        self._drawn = {
            chosen: [
                format_html(_BOX, n="\0", key=key, value=value, words=words,
                            chosen=SafeString(" checked") if value == chosen else "")
                for key, (value, words) in enumerate(answers)
            ]
            for chosen in (None, *(value for value, _words in answers))
        }  # fmt: skip

    def of(self, line: ListedPerson) -> SafeString:
        drawn = self._drawn[line.tick if line.tick in self._drawn else None]
        return mark_safe("".join(drawn).replace("\0", str(int(line.number))))  # noqa: S308
