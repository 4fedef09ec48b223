"""Every part of the page frame with invented figures, for looking at and for tests.

Look at it: `python -m hssk.kit.tests.preview OUT_DIR` writes a picture for each width and colour.
"""

import os
import sys
from datetime import date
from pathlib import Path

from hssk.kit.compare import compare_line

PLAIN_STORAGE = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

COMMUNES = [
    ("Xã Bịa Cao", 4812, 96, 9310),
    ("Xã San Bịa", 3690, 120, 6020),
    ("Phường Bịa Một", 7015, 61, 9500),
    ("Phường Tưởng Tượng", 9803, 88, 12040),
    ("Phường Không Thật", 4400, 47, 4620),
    ("Phường Giả Định", 2199, 0, 2200),
]


def _rows():
    from hssk.kit.numbers import people_to_goal

    return [
        {
            "label": name,
            "url": f"#{found}",
            "found": found,
            "to_decide": ask,
            "missing": expected - found - ask,
            "expected": expected,
            "gap": people_to_goal(found, expected, 95),
        }
        for name, found, ask, expected in COMMUNES
    ]


def _forms():
    from django import forms

    class FilterForm(forms.Form):
        age = forms.ChoiceField(label="Nhóm tuổi", choices=[("", "Tất cả"), ("0", "0–5")])
        sex = forms.ChoiceField(label="Giới", choices=[("", "Tất cả"), ("2", "Nữ")])
        phone = forms.BooleanField(label="Có số điện thoại", required=False)

    class FileForm(forms.Form):
        file = forms.FileField(
            label="Kéo tệp vào đây hoặc chọn tệp", help_text=".xlsx, .xls, .ods, .csv"
        )

    class WrongForm(forms.Form):
        on = forms.DateField(label="Ngày lập danh sách", help_text="ví dụ 13/3/2024")

    return {
        "filter_form": FilterForm(),
        "file_form": FileForm(),
        "wrong_form": WrongForm({"on": "32/3/2024"}),
    }


def context() -> dict:
    """All figures of the preview page; nobody in it exists."""
    from django.core.paginator import Paginator

    lines = [
        compare_line("Họ và tên", "Giàng Thị Bịa", "Giàng Thị Bia"),
        compare_line("Ngày sinh", "13/11/2019", "11/3/2019"),
        compare_line("Giới", "Nữ", "Nữ"),
        compare_line("Số định danh", "", "012319000000"),
        compare_line("Tổ, bản", "Bản Tưởng Tượng", "Bản Giả Định"),
    ]
    ages = ["Dưới 6 tuổi", "6–17 tuổi", "18–59 tuổi", "60 tuổi trở lên"]
    return {
        "invented": True,
        "data_day": date(2024, 3, 13),
        "language_url": "/language/",
        "navigation": [
            {"url": "/", "icon": "cover", "label": "Độ bao phủ", "current": "page"},
            {"url": "/i", "icon": "import", "label": "Nhập tệp"},
            {"url": "/r", "icon": "review", "label": "Cần xem lại", "count": 412},
            {"url": "/b", "icon": "batches", "label": "Các lần nhập"},
            {"url": "/h", "icon": "help", "label": "Trợ giúp"},
        ],
        "account": {"name": "Lò Thị Y Tá", "password_url": "/p", "logout_url": "/o"},
        "breadcrumbs": [
            {"label": "Tỉnh Bịa", "url": "/1"},
            {"label": "Thành phố Bịa", "url": "/2"},
            {"label": "Phường Bịa Một"},
        ],
        "rows": _rows(),
        "tiles": [
            {
                "label": age,
                "parts": [(20 + 9 * n + 5 * k, 80) for k in range(7)],
                "found": 900 + n * 77,
                "expected": 1500,
            }
            for n, age in enumerate(ages)
        ]
        + [
            {
                "label": "12 tháng qua",
                "shares": [41, 44, 52, 53, 60, 67.2],
                "found": 31920,
                "expected": 47515,
            }
        ],
        "chips": [{"label": "Nữ", "remove_url": "?a"}, {"label": "0–5 tuổi", "remove_url": "?b"}],
        "home": [
            ("found", False),
            ("missing", False),
            ("found", True),
            ("ask", True),
            ("away", False),
        ],
        "big_home": [("found", False)] * 4 + [("missing", False)] * 3 + [("missing", True)] * 4,
        "page": Paginator(range(1204), 50).page(3),
        "lines": lines,
        "keys": [
            ("S", "cùng một người"),
            ("D", "khác"),
            ("L", "để sau"),
            ("U", "lùi lại"),
            ("J", "xuống"),
            ("K", "lên"),
        ],
        "steps": [
            {"label": "Chọn tệp", "url": "#"},
            {"label": "Xem cách đọc"},
            {"label": "Nhận và ghép"},
            {"label": "Kết quả"},
        ],
        "progress": {
            "done": 31000,
            "total": 47515,
            "text": "Đang ghép 31.000 trong 47.515 dòng",
            "poll_url": "",
            "next_url": "",
        },
        **_forms(),
    }


def preview_html(**changes) -> str:
    """The whole page as text."""
    from django.template import engines
    from django.test import RequestFactory

    source = (Path(__file__).parent / "templates" / "preview.html").read_text("utf-8")
    request = RequestFactory().get("/", {"page": 3})
    return engines["django"].from_string(source).render({**context(), **changes}, request)


def main(folder: str) -> None:
    """Pictures of the preview page at both widths, light and dark."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hssk.config.settings")
    import django
    from django.test import override_settings

    from hssk.kit.tests.browser import browser_page, show, violations

    django.setup()
    for width in (1280, 360):
        for dark in (False, True):
            with override_settings(STORAGES=PLAIN_STORAGE), browser_page(width, dark=dark) as page:
                show(page, preview_html())
                name = f"{width}-{'dark' if dark else 'light'}.png"
                page.screenshot(path=str(Path(folder) / name), full_page=True)
                print(name, *violations(page), sep="\n  ", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
