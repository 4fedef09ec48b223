"""A hamlet large enough for a list: forty people in ten households, half of them without a record."""

import pytest

from hssk.outreach.tests.place import CODE, PLACE, many


@pytest.fixture
def people(db):
    from tests.village import village

    return village(many(40))


@pytest.fixture
def place(people):
    from tests.village import hamlet

    return hamlet(CODE, PLACE)


@pytest.fixture
def nurse(place):
    return _on_duty("y.ta", "clinician", unit=place.unit, full_name="Lò Thị Y Tá")


@pytest.fixture
def head(place):
    return _on_duty("truong.ban", "head", where=place, full_name="Giàng A Trưởng")


def _on_duty(name, role, **where):
    from hssk.access.rights import Role
    from tests.village import on_duty

    return on_duty(name, Role(role), **where)
