"""What pages show by the hundred, written in one go: the lines of a copy with a box for each,
the hamlets of a province to choose from. `{% load outreach %}`."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hssk.outreach.models import ListedPerson
from hssk.outreach.views.picking import Box

register = template.Library()

_LINE = (
    '<li><fieldset data-line><legend><span class="n">{}.</span> <b>{}</b>{}{}</legend>'
    "{}</fieldset></li>"
)
_CHECKED = SafeString(" checked")
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


@register.simple_tag
def hamlet_boxes(boxes: Iterable[Box]) -> SafeString:
    """Hamlets to choose from, as items of a list."""
    return mark_safe("\n".join(map(_hamlet, boxes)))  # noqa: S308


def _hamlet(box: Box) -> str:
    """One of them. Every word of it is made safe here: a province has a thousand of these."""
    name, chosen = escape(box.name), " checked" if box.chosen else ""
    return (
        f'<li data-key="{escape(box.key)}"><label><input type="checkbox" name="hamlets"'
        f' value="{box.hamlet:d}" data-name="{name}" data-left="{box.left:d}"{chosen}>'
        f' <span>{name}</span> <span class="n soft">{escape(box.words)}</span></label></li>'
    )


def _small(words: object) -> SafeString:
    return format_html(" <small>{}</small>", words) if words else SafeString("")


class _Boxes:
    """The boxes of a line; all that differs between lines is their number and which is chosen."""

    def __init__(self, answers: Sequence[tuple[str, str]]) -> None:
        self._drawn = {
            chosen: [
                format_html(_BOX, n="\0", key=key, value=value, words=words,
                            chosen=_CHECKED if value == chosen else "")
                for key, (value, words) in enumerate(answers)
            ]
            for chosen in (None, *(value for value, _words in answers))
        }  # fmt: skip

    def of(self, line: ListedPerson) -> SafeString:
        drawn = self._drawn[line.tick if line.tick in self._drawn else None]
        return mark_safe("".join(drawn).replace("\0", str(int(line.number))))  # noqa: S308
