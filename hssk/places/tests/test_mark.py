"""What was worked out from places is kept while they stand as they stood, and no longer."""

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from hssk.places.models import Hamlet, Unit
from hssk.places.services import kept_while_places_stand

pytestmark = pytest.mark.django_db
asked: list[str] = []


@kept_while_places_stand(4)
def _names(start: str) -> tuple[str, ...]:
    asked.append(start)
    return tuple(Hamlet.objects.filter(name__startswith=start).values_list("name", flat=True))


@pytest.fixture
def commune():
    asked.clear()
    return Unit.objects.filter(level=Unit.COMMUNE).first()


def _hamlet(commune, name):
    return Hamlet.objects.create(unit=commune, name=name, key=name.lower())


def test_the_same_question_is_worked_out_once(commune):
    _hamlet(commune, "Bản Mới")
    assert _names("Bản M") == _names("Bản M") == ("Bản Mới",)
    assert asked == ["Bản M"]


def test_an_answer_falls_with_any_change_also_one_taken_back(commune):
    hamlet = _hamlet(commune, "Bản Cũ")
    assert _names("Bản C") == ("Bản Cũ",)
    with transaction.atomic():
        Hamlet.objects.filter(pk=hamlet.pk).update(name="Bản Chợ")
        assert _names("Bản C") == ("Bản Chợ",)
        transaction.set_rollback(True)
    assert _names("Bản C") == ("Bản Cũ",)
    hamlet.delete()
    assert _names("Bản C") == ()


def test_each_language_has_its_own_answer(commune):
    for language in ("vi", "en", "vi"):
        with override(language):
            _names("Tổ")
    assert asked == ["Tổ", "Tổ"]


def test_the_marks_of_many_changes_become_one(commune):
    for number in range(120):
        _hamlet(commune, f"Bản {number}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM places_touched")
        assert cursor.fetchone()[0] <= 101
