"""What raw SQL in the role of the server can not make of the tables by which people come in."""

import base64
import pickle

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from hssk.access.models import Post, Sitting, User
from hssk.access.rights import Role
from hssk.access.services import access_of, appoint, grant_post, slowed_again, within
from hssk.access.services.posts import hashed_first
from hssk.access.sessions import digest_of
from hssk.access.tests.test_coming_in import PASSWORD, is_in
from hssk.access.tests.test_sittings import enter
from tests.village import on_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse():
    return on_duty("lo.thi.bia", password=PASSWORD)


def key_of(client):
    return client.session.session_key


def every_word():
    """Whatever any table tells, in one text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'access_key'"
        )
        told = []
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT x::text FROM {name} x")
            told += [row for (row,) in cursor.fetchall()]
    return "\n".join(told)


def test_whoever_reads_every_table_learns_the_key_of_no_session(client, nurse):
    enter(client)
    client.get("/help/")
    key = key_of(client)
    told = every_word()
    assert digest_of(key) in told
    assert key not in told
    # what a session holds is packed, and told to whoever unpacks it
    assert key not in str(client.session._get_session())
    thief = Client()
    thief.cookies[client_cookie()] = digest_of(key)
    assert thief.get("/help/").status_code == 302


def client_cookie():
    from django.conf import settings

    return settings.SESSION_COOKIE_NAME


def test_whoever_puts_another_s_session_under_their_own_key_is_nobody(client, nurse):
    other = Client()
    on_duty("thao.a.ao", password=PASSWORD)
    enter(client)
    enter(other, "thao.a.ao")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_session SET session_data = (SELECT session_data FROM django_session"
            " WHERE session_key = %s) WHERE session_key = %s",
            [digest_of(key_of(client)), digest_of(key_of(other))],
        )
        assert cursor.rowcount == 1
    assert is_in(client)
    assert not is_in(other)


def test_what_lies_in_the_cache_is_read_as_text_and_never_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return (open, (str(tmp_path / "run"), "w"))

    cache.set("tries", [1.5, 2.5], 60)
    assert cache.get("tries") == [1.5, 2.5]
    packed = base64.b64encode(pickle.dumps(Evil())).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_cache SET value = %s", [packed])
        assert cursor.rowcount == 1
    assert cache.get("tries", "none") == "none"
    assert not (tmp_path / "run").exists()


def test_what_is_counted_runs_out_and_is_added_once():
    assert cache.add("lock", True, 60)
    assert not cache.add("lock", True, 60)
    cache.set("over", 1, -1)
    assert cache.get("over") is None
    assert cache.add("over", 2, 60)
    assert cache.touch("over", 90)
    assert cache.get("over") == 2
    assert cache.delete("over")
    assert not cache.delete("over")
    assert not cache.touch("over", 90)


def test_a_post_is_given_by_the_act_and_by_no_line_of_sql_in_the_same_scope(nurse):
    giver = access_of(on_duty("truong", role=Role.ADMINISTRATOR, unit=None), timezone.localdate())
    post = nurse.posts.get()
    with within(giver):
        with pytest.raises(Exception, match="acts of the machine"), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(role=Role.OFFICER)
        given = grant_post(nurse, Role.CLERK, post.unit, since=giver.day, giver=giver)
        made, password = appoint("moi", "Mới", Role.CHAIR, post.unit, giver=giver)
    assert Post.objects.filter(pk__in=[given.pk, made.pk]).count() == 2
    assert password


def test_an_account_is_changed_by_acts_and_only_its_last_coming_by_the_way(nurse):
    with within(access_of(nurse, timezone.localdate())):
        User.objects.filter(pk=nurse.pk).update(last_login=timezone.now())
        for change in ({"password": "x"}, {"username": "local-operator"}, {"round": 9},
                       {"is_active": False}, {"second_by": None, "first_until": "2026-01-01"}):  # fmt: skip
            with pytest.raises(Exception, match="acts of the machine"), transaction.atomic():
                User.objects.filter(pk=nurse.pk).update(**change)


def test_a_first_password_is_kept_more_slowly_once_it_was_used(client, nurse, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    User.objects.filter(pk=nurse.pk).update(password=hashed_first(PASSWORD))
    assert "$10000$" in User.objects.get(pk=nurse.pk).password
    enter(client)
    kept = User.objects.get(pk=nurse.pk).password
    assert "$10000$" not in kept
    assert is_in(client)
    slowed_again(User.objects.get(pk=nurse.pk), PASSWORD, timezone.localdate())
    assert User.objects.get(pk=nurse.pk).password == kept  # as slow as it is to be


def test_a_stay_is_known_by_a_digest(client, nurse):
    enter(client)
    assert Sitting.objects.get(user=nurse).session_key == digest_of(key_of(client))
