"""Going to somebody is a reason to have looked at them."""

import pytest
from django.utils import timezone

from hssk.coverage.tests.test_unusual import asked_of, strangers  # noqa: F401
from hssk.outreach.models import Contact, Kind

pytestmark = pytest.mark.django_db


def test_nobody_is_asked_why_they_looked_at_somebody_whom_they_went_to(strangers):  # noqa: F811
    nurse, people = strangers
    assert asked_of(nurse) == ["far"]
    Contact.objects.create(
        person=people[0].pk, on=timezone.localdate(), kind=Kind.ABSENT, by=nurse, at=timezone.now()
    )
    assert asked_of(nurse) == []
