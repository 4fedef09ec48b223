"""What `hssk doctor` says of second factors: whether the key of this home opens them."""

from collections.abc import Iterator

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken

from hssk.config.health import Finding


def of_second_factors() -> Iterator[Finding]:
    """A finding where the newest code of a phone was kept with another key: nobody who has a second
    factor gets in then. It is so when keys and database are of different copies."""
    kept = Authenticator.objects.filter(type=Authenticator.Type.TOTP).order_by("-pk").first()
    try:
        if kept is not None:
            get_adapter().decrypt(kept.data["secret"])
    except InvalidToken:
        yield Finding(
            "bad",
            "bảo vệ hai lớp",
            "tệp khoá keys/factors không phải của cơ sở dữ liệu này: không ai qua được lớp thứ hai",
            "Chép lại keys/factors từ bản sao lưu cùng ngày với cơ sở dữ liệu.",
        )
