"""What the doctor says of second factors."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from hssk.config.second_factors import of_second_factors
from tests.village import on_duty

pytestmark = pytest.mark.django_db


def test_a_key_that_is_of_another_database_is_told_before_somebody_is_shut_out(settings):
    assert list(of_second_factors()) == []
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(
        user=on_duty(), type=Authenticator.Type.TOTP, data={"secret": secret}
    )
    assert list(of_second_factors()) == []
    settings.FACTOR_KEY = "of an older copy"
    (finding,) = of_second_factors()
    assert (finding.state, finding.subject) == ("bad", "bảo vệ hai lớp")
