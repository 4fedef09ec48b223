"""An identity provider (OpenID Connect) of the province, where the environment names one.

HSSK_OIDC_ISSUER       its address: https, or on this computer
HSSK_OIDC_CLIENT       what it calls this installation
HSSK_OIDC_SECRET_FILE  the file that holds what it gave us
HSSK_OIDC_TITLE        what people call it, on the button
HSSK_OIDC_LOGIN_CLAIM  the claim that holds our login name, where it is trusted to know it
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hssk.kit.addresses import is_loopback
from hssk.kit.errors import Trouble

ID = "province"


def providers(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """For SOCIALACCOUNT_PROVIDERS; empty where none is named.

    Raises Trouble for an issuer without TLS, and for a secret that is not there.
    """
    issuer = environment.get("HSSK_OIDC_ISSUER", "").strip()
    if not issuer:
        return {}
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise Trouble("Nhà cung cấp danh tính phải dùng https: {issuer}.", issuer=issuer)
    file = Path(environment.get("HSSK_OIDC_SECRET_FILE", ""))
    try:
        secret = file.read_text("utf-8").strip()
    except OSError as error:
        raise Trouble("Không đọc được HSSK_OIDC_SECRET_FILE: {file}.", file=file) from error
    app = {
        "provider_id": ID,
        "name": environment.get("HSSK_OIDC_TITLE") or parts.hostname,
        "client_id": environment.get("HSSK_OIDC_CLIENT", "hssk"),
        "secret": secret,
        "settings": {
            "server_url": issuer.rstrip("/"),
            "issuer": issuer,  # as its tokens state it, some with a stroke at the end
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
            "login_claim": environment.get("HSSK_OIDC_LOGIN_CLAIM", ""),
        },
    }
    return {"openid_connect": {"APPS": [app]}}
