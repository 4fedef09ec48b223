"""The story of the day of a session: a nurse scans cards, photographs one, opens records, and is
warned of somebody who may have a record elsewhere; on a machine a sixth as fast, without waiting."""

import os
import time
from contextlib import contextmanager

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.kit.tests.browser import violations
from hssk.kit.tests.test_pictures import photograph
from hssk.outreach.models import Contact
from hssk.outreach.services.planning import SessionSaid, make_session
from hssk.outreach.tests.place import CODE, PLACE, many
from hssk.people.models import Identifier
from tests.system.conftest import PASSWORD
from tests.system.test_moving import fits, signed_in
from tests.system.test_planning_weekends import looked_at
from tests.village import commune, hamlet, on_duty, village

KNOWN = [f"0121840001{number:02}" for number in range(4)]
ELSEWHERE = "012184000199"
MOST_ACTIONS, MOST_WAITING, SLOWER = 6, 2.0, 6
# what a browser keeps from the first page on, and what is asked for to open a record
LOOKS = ("stylesheet", "script", "image", "font", "other")
OPENED = [("document", "POST"), ("document", "GET")]


@pytest.fixture
def session(fresh_database):
    people = village(many(40))
    village("03404 | Bản Khác | Vàng Thị Xa | yes | born=1961-02-03")
    for number, letter in zip(KNOWN, "ACEG", strict=True):
        numbered(people[f"Lò Thị {letter}"], number)
    numbered(person_named("Vàng Thị Xa"), ELSEWHERE)
    nurse = on_duty("y.ta", Role.CLINICIAN, commune(CODE), password=PASSWORD)
    said = SessionSaid(unit=commune(CODE), hamlets=[hamlet(CODE, PLACE).pk], place="Nhà văn hóa",
                       on=timezone.localdate(), staff="Y tá")  # fmt: skip
    return make_session(said, by=nurse, at=timezone.now())


def person_named(name):
    from hssk.people.models import Person

    return Person.objects.get(name=name)


def numbered(who, number):
    Identifier.objects.create(person=who, kind=Identifier.PID, value=number)


class Counted:
    """A page on a slow machine, whose user acts and waits; `asked`: for what, in order."""

    def __init__(self, page):
        self.page, self.actions, self.waited, self.asked = page, 0, 0.0, []
        page.on("request", self._sent)
        slow = page.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def _sent(self, request):
        if request.resource_type not in LOOKS:
            self.asked.append((request.resource_type, request.method))

    @contextmanager
    def acts(self, ready):
        """One action that brings the next page; what passes until `ready` is there is waited."""
        self.actions += 1
        began = time.perf_counter()
        with self.page.expect_navigation(wait_until="commit"):
            yield
        self.page.wait_for_selector(ready)
        self.waited += time.perf_counter() - began


def card(number, name, birth="15081950"):
    return f"{number}||{name}|{birth}|Nữ|Bản Tưởng Tượng, Sùng Phài, Lai Châu|10052021"


def opened(page, number, name):
    """A record opened from the card of somebody known: (actions, seconds of waiting).

    A scan waits for one page, and a record for one answer and its page; nothing is fetched besides.
    """
    hand = Counted(page)
    page.locator("[name=scanned]").fill(card(number, name))  # a scanner types, and presses Enter
    with hand.acts("main section button:focus"):  # of the one found
        page.keyboard.press("Enter")
    assert hand.asked == [("document", "POST")]
    with hand.acts("form[data-history]"):
        page.click("text=Lập và khai hồ sơ")
    assert hand.asked == [("document", "POST"), *OPENED]
    assert name in page.inner_text("h1")
    return hand.actions, hand.waited


def test_a_nurse_opens_records_from_cards_by_few_actions(live_server, session, width):
    day = f"/sessions/{session.pk}/day/"
    with signed_in(live_server, "y.ta", width) as page:
        done = []
        for number, letter in zip(KNOWN[:3], "ACE", strict=True):
            page.goto(page.site + day)
            done.append(opened(page, number, f"Lò Thị {letter}"))
        page.goto(page.site + day)
        next_is_ready(page, KNOWN[3], "Lò Thị G")
        assert queue_of(page, session, width) == ("1", "2", "3", "4")
    assert max(actions for actions, _waited in done) <= MOST_ACTIONS
    if os.environ.get("HSSK_MEASURE"):  # `python -m bench receiving`: no test here is timed
        waits = sorted(waited for _actions, waited in done)
        print(f"{width} px, CPU {SLOWER} times as slow: waiting {waits[1]:.2f} s of {MOST_WAITING}")
    assert Contact.objects.filter(kind="record-made").count() == 4


def next_is_ready(page, number, name):
    """From a card to the empty box for the next one, by the keyboard alone and in three answers."""
    hand = Counted(page)
    page.fill("[name=scanned]", card(number, name))
    with hand.acts("main section button:focus"):
        page.keyboard.press("Enter")
    with hand.acts("text=Mời người tiếp theo"):
        page.keyboard.press("Enter")
    page.wait_for_selector("[name=scanned]:focus")
    assert hand.asked == [("document", "POST"), *OPENED]


def queue_of(page, session, width):
    """The numbers of those who came, all done; one of them is sent on, called by one key, and seen
    on the board, which renews itself."""
    page.goto(page.site + f"/sessions/{session.pk}/queue/")
    numbers = tuple(page.locator("td[data-label='Số']").all_inner_texts())
    assert page.locator(".state.found:text-is('xong')").count() == 4
    page.click("text=Sửa số 2")
    page.click("details[open] button[value=doctor]")
    page.click(".desks button[value=doctor]")
    board = page.context.new_page()
    board.goto(page.site + f"/sessions/{session.pk}/queue/board/")
    assert "2" in board.inner_text(".board")
    assert board.locator(".called").count() == 0
    page.wait_for_selector("button:text-is('Gọi số tiếp'):focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".served .called:text-is('2')")
    looked_at(page, "queue", width)
    board.wait_for_selector(".called:text-is('2')", timeout=20_000)  # asked for by itself
    assert "Lò Thị" not in board.inner_text("main")
    looked_at(board, "board", width)
    board.close()
    return numbers


def test_back_and_reloading_after_a_scan_bring_the_day_and_send_nothing_again(
    live_server, session, width
):
    with signed_in(live_server, "y.ta", width) as page:
        day = page.site + f"/sessions/{session.pk}/day/"
        page.goto(day)
        page.fill("[name=scanned]", card(KNOWN[0], "Lò Thị A"))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        hand = Counted(page)
        page.click("text=Hàng chờ")
        page.go_back()
        page.wait_for_selector("[name=scanned]:focus")
        page.reload()
        assert page.url == day
        assert "POST" not in [method for _kind, method in hand.asked]


def test_a_photograph_of_a_card_finds_its_bearer_and_is_kept_nowhere(live_server, session, width):
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(page.site + f"/sessions/{session.pk}/day/")
        looked_at(page, "day", width)
        picture = photograph(card(KNOWN[3], "Lò Thị G"))
        with page.expect_navigation():
            page.set_input_files("[name=photo]", {"name": "anh.jpg", "mimeType": "image/jpeg",
                                                  "buffer": picture})  # fmt: skip
        assert "Lò Thị G" in page.inner_text("main section")
        assert KNOWN[3] not in page.content()
        looked_at(page, "day-found", width)
        page.set_input_files("[name=photo]", {"name": "x.jpg", "mimeType": "image/jpeg",
                                              "buffer": photograph("")[:200]})  # fmt: skip
        page.wait_for_selector("text=Không đọc được ảnh này")


def test_whoever_may_have_a_record_elsewhere_is_told_before_a_second_is_made(
    live_server, session, width
):
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(page.site + f"/sessions/{session.pk}/day/")
        page.fill("[name=scanned]", card(ELSEWHERE, "VÀNG THỊ XA", "03021961"))
        page.click('main button:text-is("Tìm")')
        assert "có thể đã có hồ sơ" in page.inner_text("main")
        assert "Bản Khác" not in page.inner_text("body")
        assert ELSEWHERE not in page.url
        assert violations(page) == []
        assert fits(page)
        looked_at(page, "day-elsewhere", width)
        page.fill("[name=scanned]", card("012184000555", "Vàng Thị Lạ", "03021961"))
        page.click('main button:text-is("Tìm")')
        assert "Chưa nơi nào có người như trên thẻ" in page.inner_text("main")
        page.click("main a[href*='asked=']")
        assert page.input_value("[name=name]") == "Vàng Thị Lạ"
