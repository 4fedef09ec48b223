"""The whole page frame in a real browser: axe, no sideways scrolling, menus without scripts."""

import pytest

from hssk.kit.tests.browser import browser_page, show, violations
from hssk.kit.tests.preview import preview_html

WIDTHS = [1280, 360]


@pytest.fixture(scope="module")
def html():
    return preview_html()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(width, dark, html):
    with browser_page(width, dark=dark) as page:
        show(page, html)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_menu_of_a_phone_opens_without_scripts(html):
    with browser_page(360, scripts=False) as page:
        show(page, html)
        menu = page.locator("details.narrow")
        assert not menu.get_by_role("link", name="Các lần nhập").is_visible()
        menu.locator("summary").click()
        assert menu.get_by_role("link", name="Các lần nhập").is_visible()


def test_the_review_queue_is_worked_by_keys(html):
    with browser_page() as page:
        show(page, html)
        page.evaluate(
            "window.pressed = []; document.querySelectorAll('[data-key]').forEach(b =>"
            " b.addEventListener('click', e => { e.preventDefault(); pressed.push(b.dataset.key) }))"
        )
        for key in ["s", "D", "Control+l", "l"]:
            page.keyboard.press(key)
        page.locator("#id_on").press("s")
        assert page.evaluate("pressed") == ["s", "d", "l"]


def test_a_chosen_file_is_named_before_it_is_sent(html):
    with browser_page() as page:
        show(page, html)
        page.set_input_files(
            "input[type=file]",
            {"name": "dân cư.xlsx", "mimeType": "x/y", "buffer": b"0" * 1_500_000},
        )
        assert page.locator(".chosen").inner_text() == "Đã chọn: dân cư.xlsx (1,5 MB)"


def test_the_first_tab_leads_past_the_menu(html):
    with browser_page() as page:
        show(page, html)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_progress_moves_by_itself_survives_a_lost_server_and_leads_on():
    states = [
        {"done": 500, "total": 1000, "text": "Đang ghép 500 trong 1.000 dòng"},
        None,
        {"done": 999, "total": 1000, "text": "Đang ghi"},
        {"done": 1000, "total": 1000, "text": "Xong", "finished": True, "next": "/done"},
    ]
    moving = {"done": 0, "total": 1000, "text": "Bắt đầu", "poll_url": "/poll"}
    with browser_page() as page:
        show(page, preview_html(progress=moving))
        page.evaluate(
            """() => {
                const text = (part) => document.querySelector(part).textContent;
                const note = () => { window.name += "|" + text("[data-percent]") + text("[data-text]"); };
                window.name = "";  // it outlives the page
                new MutationObserver(note).observe(
                    document.querySelector(".progress"), { childList: true, subtree: true });
            }"""
        )
        page.route(
            "**/poll",
            lambda route: route.fulfill(json=state) if (state := states.pop(0)) else route.abort(),
        )
        page.wait_for_url("**/done")
        said = page.evaluate("window.name").split("|")
    assert "50 %Đang ghép 500 trong 1.000 dòng" in said
    assert "50 %Mất kết nối với máy chủ; đang thử lại. Việc đã làm không mất." in said
    assert "99 %Đang ghi" in said


def test_the_step_that_is_marked_is_the_one_that_work_is_at():
    steps = [{"label": "Đọc", "stage": "read"}, {"label": "Ghi", "stage": "apply"}]
    told = {"done": 1, "total": 2, "text": "Đang ghi", "stage": "apply"}
    with browser_page() as page:
        page.route("**/poll", lambda route: route.fulfill(json=told))
        moving = {"done": 0, "total": 2, "text": "Bắt đầu", "poll_url": "/poll"}
        show(page, preview_html(progress=moving, steps=steps))
        page.wait_for_selector(".steps [data-stage=apply][aria-current=step]")
        assert page.locator(".steps [aria-current]").count() == 1
        assert page.locator(".steps .done").all_inner_texts() == ["Đọc"]
