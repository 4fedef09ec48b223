"""Our own small line drawings, 24 by 24, drawn in the colour of the text beside them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = {
    "cover": "M3 11 12 4l9 7M5.5 9.5V20h13V9.5M9 20v-5h6v5",
    "import": "M12 3v11m-4-4 4 4 4-4M4 16v4h16v-4",
    "export": "M12 15V4M8 8l4-4 4 4M4 16v4h16v-4",
    "review": "M4 5h7v14H4zM13 5h7v14h-7zM6.5 9h2M15.5 9h2M6.5 12.5h2M15.5 12.5h2",
    "batches": "M4 7.5 12 4l8 3.5-8 3.5zM4 12l8 3.5 8-3.5M4 16.5 12 20l8-3.5",
    "help": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3"
    "c-.7.3-1 .8-1 1.7M12 16.5v.6",
    "find": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20 20",
    "move": "M4 20V11l5-4 5 4v9M8 20v-5h2v5M14 6h6m-3-3 3 3-3 3",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
    "check": "m5 12.5 4.5 4.5L19 7",
    "warning": "M12 4 2.5 20h19zM12 10v4.5M12 17v.5",
    "error": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6M15 9l-6 6",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5.5M12 7.5v.5",
    "next": "m9 5 7 7-7 7",
    "back": "m15 5-7 7 7 7",
    "undo": "M8 5 4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3",
    "filter": "M4 5h16l-6 7.5V19l-4 1.5v-8z",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "later": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
}


def icon(name: str) -> SafeString:
    """The drawing called `name`, hidden from screen readers: the words stand beside it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
        '<path d="{}"/></svg>',
        ICONS[name],
    )
