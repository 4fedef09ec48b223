"""In a real browser: what is folded on the screen is read on paper, and a visit is one sheet."""

import base64
from datetime import date
from io import BytesIO
from unicodedata import normalize
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from hssk.access.rights import Role
from hssk.kit.dates import PartialDate
from hssk.kit.tests.browser import browser_page, violations
from hssk.people.services import Event, open_care
from hssk.records.rules.typed import TypedVisit, entries_of
from hssk.records.services import Draft, write
from hssk.records.tests.test_at_the_station import PASSWORD, come_in
from tests.village import commune, on_duty, village

VISIT, ON = uuid4(), date(2024, 3, 5)
LETTER = {
    "resourceType": "DocumentReference", "status": "current", "description": "Giấy ra viện",
    "content": [{"attachment": {"contentType": "text/plain; charset=utf-8", "data":
        base64.b64encode("Lời dặn: uống thuốc đều, tái khám sau một tháng".encode()).decode()}}],
}  # fmt: skip
SAID = TypedVisit(on=ON, reason="Đau đầu", diseases=(("I10", "Bệnh lý tăng huyết áp"),),
                  medicines=("Amlodipin 5mg",), figures={"pulse": 75})  # fmt: skip


@pytest.fixture
def my(fresh_database):
    who = village("03403 | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06")["Giàng Thị Mỷ"]
    user = on_duty("y.ta", role=Role.CLINICIAN, unit=commune("03403"), password=PASSWORD)
    open_care(who.pk, commune("03403"), Event.VISIT, at=timezone.now(), actor=user)
    drafts = [
        Draft(said.entry, who.pk, said.section, said.resource, PartialDate(ON), code=said.code,
              display=said.display, visit=VISIT)
        for said in entries_of(SAID, VISIT)
    ]  # fmt: skip
    letter = Draft(uuid4(), who.pk, "documents", LETTER, PartialDate(ON), display="Giấy ra viện",
                   visit=VISIT)  # fmt: skip
    with transaction.atomic():
        write([*drafts, letter], source=1)
    return who


@pytest.fixture
def site(my, live_server):
    from django.db import connections

    yield live_server.url
    connections.close_all()


def printed(page):
    """The size in points of each page that the browser prints, and what they say, without blanks:
    faces that the machine lacks are patched letter by letter."""
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    words = "".join(normalize("NFC", each.extract_text()) for each in pages)
    return [[round(float(n)) for n in each.mediabox[2:]] for each in pages], squeezed(words)


def squeezed(text):
    return "".join(text.split())


def test_the_words_of_papers_are_printed_and_a_visit_is_one_sheet(site, my):
    with browser_page(1280) as page:
        come_in(page, site)
        for address in ("", "paper/", f"visit/{VISIT}/"):
            page.goto(f"{site}/record/{my.pk}/{address}")
            assert violations(page) == []
            sizes, words = printed(page)
            assert squeezed("tái khám sau một tháng") in words
            assert squeezed("Xem nội dung") not in words
            if address == "paper/":
                for said in ("Bản Tả", "Đau đầu"):
                    assert squeezed(said) in words
        assert sizes in ([[595, 842]], [[596, 842]])
        for said in ("Giàng Thị Mỷ", "Đau đầu", "Amlodipin 5mg", "ký, ghi rõ họ tên"):
            assert squeezed(said) in words
        assert squeezed("Các lần sửa") not in words
