"""The page of help tells what each duty post opens, from the table by which it opens it."""

import html

import pytest
from django.utils import translation

from hssk.access.rights import NAMES, OPENS, RIGHTS, Right, Role
from tests.village import on_duty

pytestmark = pytest.mark.django_db


def test_every_right_has_words_and_no_two_the_same():
    assert list(OPENS) == list(Right)
    for language in ("vi", "en"):
        with translation.override(language):
            assert len({str(words) for words in OPENS.values()}) == len(Right)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_says_of_each_post_what_it_opens_and_nothing_else(client, language):
    client.force_login(on_duty(role=Role.CLERK))
    client.post("/language/", {"language": language, "next": "/help/"})
    text = html.unescape(client.get("/help/").text)
    told = text.partition('id="ai-lam-gi"')[2].partition('<div class="card">')[0]
    posts = told.split("<details")[1:]
    assert len(posts) == len(Role)
    with translation.override(language):
        assert str(NAMES[Role.CLERK]) in posts[0]  # one's own first, and open
        assert [post.startswith(" open") for post in posts] == [True] + [False] * (len(Role) - 1)
        by_name = {str(NAMES[role]): RIGHTS[role] for role in Role}
        for post in posts:
            name = post.partition("<summary>")[2].partition("<")[0].strip()
            listed = [item.partition("</li>")[0] for item in post.split("<li>")[1:]]
            assert listed == [str(OPENS[right]) for right in Right if right in by_name[name]]
