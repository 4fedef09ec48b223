"""What became of an answer of the form is read on its page: by whom, when, why, what stood before;
and the form as it was known at a moment."""

import re
from datetime import timedelta
from itertools import count
from urllib.parse import unquote

import pytest

from hssk.kit.moments import transaction_moment
from hssk.records.services import writing
from hssk.records.tests.test_filling import at_work, fill, my, page_of  # noqa: F401 (my: a fixture)


@pytest.fixture(autouse=True)
def _a_minute_apart(monkeypatch):
    """A test is one transaction, and that has one moment: here each act is a minute later."""
    minutes = count()
    monkeypatch.setattr(
        writing, "transaction_moment",
        lambda: transaction_moment() + timedelta(minutes=next(minutes)),
    )  # fmt: skip


def acts(page):
    return page.content.decode().partition("Các lần sửa")[2]


def test_an_answer_that_was_replaced_is_still_read_with_who_when_and_why(my):  # noqa: F811
    first, second = at_work("mot"), at_work("hai")
    fill(first, my, page_of(first, my), allergies__food="Tôm: nổi mề đay")
    fill(second, my, page_of(second, my), allergies__food="Cua", why="Hỏi lại mẹ cháu")
    told = acts(page_of(first, my))
    assert "<del>Tôm: nổi mề đay</del>" in told
    assert "<ins>Cua</ins>" in told
    assert "Dị ứng thực phẩm" in told
    assert "Hỏi lại mẹ cháu" in told
    assert "Họ tên mot" in told
    assert "Họ tên hai" in told


def test_that_there_was_nothing_names_the_part_it_was_said_of(my):  # noqa: F811
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), allergies__none="on", surgery__none="on")
    fill(nurse, my, page_of(nurse, my), allergies__food="Cua", allergies__none="")
    told = acts(page_of(nurse, my))
    assert "bỏ <del>Dị ứng: Đã hỏi, không có gì</del>" in told
    assert "thêm <ins>Dị ứng thực phẩm: Cua</ins>" in told


def test_an_answer_that_was_taken_back_is_still_read(my):  # noqa: F811
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), own_illnesses__asthma="on", disability__none="on")
    fill(nurse, my, page_of(nurse, my), own_illnesses__asthma="")
    assert "bỏ <del>Hen suyễn</del>" in acts(page_of(nurse, my))


def test_the_form_is_read_as_it_was_known_at_a_moment(my):  # noqa: F811
    nurse = at_work()
    fill(nurse, my, page_of(nurse, my), allergies__food="Tôm")
    fill(nurse, my, page_of(nurse, my), allergies__food="Cua")
    moments = re.findall(r'"\?known=([^"]+)"', acts(page_of(nurse, my)))
    then = nurse.get(f"/record/{my.pk}/form/", {"known": unquote(moments[-1])}).content.decode()
    before = then.partition("Các lần sửa")[0]
    assert "Tôm" in before
    assert "Cua" not in before
    assert "data-history" not in before, "what was known then is read, not filled"


def test_a_sensitive_answer_of_somebody_else_leaves_no_trace(my):  # noqa: F811
    author, other = at_work("mot"), at_work("hai")
    fill(author, my, page_of(author, my), own_illnesses__other="HIV", disability__none="on")
    assert "HIV" in acts(page_of(author, my)) or "2 mục" in acts(page_of(author, my))
    told = acts(page_of(other, my))
    assert "HIV" not in told
    assert "2 mục" not in told
