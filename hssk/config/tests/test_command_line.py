import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_as_the_role_that_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        )
        user, is_super = cursor.fetchone()
    assert user.endswith("_app")
    assert not is_super


def test_a_fresh_database_takes_real_commits(fresh_database):
    from hssk.access.models import User

    User.objects.create_user("mai")
    connection.close()
    assert User.objects.filter(username="mai").exists()


def test_doctor_finds_a_new_home_healthy(hssk):
    assert "lược đồ" in hssk("doctor", check=False).stdout
